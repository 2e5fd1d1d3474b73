/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench-host.h"

#include <dlfcn.h>
#include <string.h>

#define ID "be.teletask.ttecomm"
#define PATIENCE_MS 30000
#define KEPT                                                                                       \
  "{\"v\":2,\"origin\":\"%s/\",\"serial\":1,\"expires\":4102444800,\"refresh\":\"refresh\","       \
  "\"access\":\"access\",\"account\":\"acct-1\",\"email\":\"ines.claes@example.com\"}"

static BenchHost *
host_of (const prosoft_host_t *table)
{
  return table->host_data;
}

static void
log_line (const prosoft_host_t *table,
          prosoft_log_severity_t severity,
          const char *domain,
          const char *text)
{
  if (g_getenv ("BENCH_LOG") != NULL)
    g_printerr ("%d %s: %s\n", severity, domain, text);
}

static int32_t
is_main_thread (const prosoft_host_t *table)
{
  return 1;
}

static int32_t
get_value (const prosoft_host_t *table, const char *key, char *buffer, int32_t capacity)
{
  const char *value = g_hash_table_lookup (host_of (table)->values, key);
  gsize needed = value != NULL ? strlen (value) + 1 : 0;

  if (value != NULL && needed <= (gsize)capacity)
    memcpy (buffer, value, needed);
  return (int32_t)needed;
}

static void
progress (const prosoft_host_t *table, prosoft_op_t op, double fraction, const char *text)
{
}

static void
completed (const prosoft_host_t *table, const prosoft_completion_t *completion)
{
  host_of (table)->ended = completion->op;
}

static void
rescan (const prosoft_host_t *table)
{
}

static void
changed (const prosoft_host_t *table, prosoft_view_t view, int64_t revision)
{
  host_of (table)->revision = revision;
}

static void
decided (const prosoft_host_t *table,
         prosoft_op_t op,
         const prosoft_gate_decision_t *decision,
         prosoft_session_t session)
{
  BenchHost *self = host_of (table);

  self->ended = op;
  self->allowed = decision->allowed;
  self->session = session;
  g_strlcpy (self->code, decision->code != NULL ? decision->code : "", sizeof self->code);
}

static void
notice (const prosoft_host_t *table,
        prosoft_session_t session,
        const prosoft_gate_decision_t *decision)
{
}

static void
event (const prosoft_host_t *table, const prosoft_gate_event_t *gate_event)
{
}

static prosoft_result_t
open_uri (const prosoft_host_t *table, const char *uri)
{
  return PROSOFT_OK;
}

static prosoft_result_t
load (const prosoft_host_t *table, const char *key, prosoft_cookie_t cookie)
{
  BenchHost *self = host_of (table);

  g_free (self->load_key);
  self->load_key = g_strdup (key);
  self->load_cookie = cookie;
  return PROSOFT_OK;
}

static prosoft_result_t
store (const prosoft_host_t *table,
       const char *key,
       const void *data,
       int32_t size,
       prosoft_cookie_t cookie)
{
  return PROSOFT_OK;
}

static prosoft_result_t
erase (const prosoft_host_t *table, const char *key)
{
  return PROSOFT_OK;
}

static const void *
get_extension (const prosoft_host_t *table, const char *id)
{
  static const prosoft_host_log_t log_table = { log_line };
  static const prosoft_host_thread_check_t thread_table = { is_main_thread };
  static const prosoft_host_environment_t environment_table = { get_value };
  static const prosoft_host_operations_t operations_table = { progress, completed };
  static const prosoft_host_pages_t pages_table = { rescan, changed };
  static const prosoft_host_session_gate_t gate_table = { decided, notice, event };
  static const prosoft_host_open_uri_t uri_table = { open_uri };
  static const prosoft_host_secrets_t secrets_table = { load, store, erase };
  static const struct
  {
    const char *id;
    const void *table;
  } tables[] = {
    { PROSOFT_EXT_LOG, &log_table },
    { PROSOFT_EXT_THREAD_CHECK, &thread_table },
    { PROSOFT_EXT_ENVIRONMENT, &environment_table },
    { PROSOFT_EXT_OPERATIONS, &operations_table },
    { PROSOFT_EXT_PAGES, &pages_table },
    { PROSOFT_EXT_SESSION_GATE, &gate_table },
    { PROSOFT_EXT_OPEN_URI, &uri_table },
    { PROSOFT_EXT_SECRETS, &secrets_table },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].id, id))
      return tables[i].table;
  return NULL;
}

static void
request_callback (const prosoft_host_t *table)
{
  BenchHost *self = host_of (table);

  g_mutex_lock (&self->lock);
  self->wanted = TRUE;
  g_cond_signal (&self->woken);
  g_mutex_unlock (&self->lock);
}

const char *
bench_host_module (void)
{
  return BENCH_MODULES "/plugin/ttecomm.so";
}

const char *
bench_host_empty_module (void)
{
  return BENCH_MODULES "/tests/bench/bench-empty.so";
}

const char *
bench_host_linked_module (void)
{
  return BENCH_MODULES "/tests/bench/bench-linked.so";
}

const prosoft_entry_t *
bench_host_open_module (const char *path)
{
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  const prosoft_entry_t *entry;

  if (module == NULL)
    g_error ("bench: %s", dlerror ());
  entry = dlsym (module, PROSOFT_ENTRY_SYMBOL);
  if (entry == NULL || entry->init (path, NULL) != PROSOFT_OK)
    g_error ("bench: %s is no plug-in", path);
  return entry;
}

BenchHost *
bench_host_new (const prosoft_entry_t *entry)
{
  BenchHost *self = g_new0 (BenchHost, 1);

  self->table = (prosoft_host_t){ .abi = { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
                                  .host_data = self,
                                  .name = "bench",
                                  .version = "5.1.2.0",
                                  .get_extension = get_extension,
                                  .request_callback = request_callback };
  self->entry = entry;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->woken);
  bench_host_set (self, PROSOFT_ENV_PROSOFT_VERSION, "5.1.2.0");
  bench_host_set (self, PROSOFT_ENV_LOCALE, "en");
  return self;
}

void
bench_host_free (BenchHost *self)
{
  if (self->plugin != NULL)
    self->plugin->destroy (self->plugin);
  g_hash_table_unref (self->values);
  g_free (self->load_key);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->woken);
  g_free (self);
}

void
bench_host_set (BenchHost *self, const char *key, const char *value)
{
  g_hash_table_insert (self->values, g_strdup (key), g_strdup (value));
}

void
bench_host_create (BenchHost *self)
{
  const prosoft_plugin_factory_t *factory = self->entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  prosoft_error_t error = { 0 };

  self->plugin = factory->create (factory, &self->table, ID, &error);
  if (self->plugin == NULL)
    g_error ("bench: create: %s", error.message);
}

void
bench_host_init (BenchHost *self)
{
  prosoft_error_t error = { 0 };

  if (self->plugin->init (self->plugin, &error) != PROSOFT_OK)
    g_error ("bench: init: %s", error.message);
}

void
bench_host_fetch_tables (BenchHost *self)
{
  const prosoft_plugin_t *plugin = self->plugin;

  self->environment = plugin->get_extension (plugin, PROSOFT_EXT_ENVIRONMENT);
  self->operations = plugin->get_extension (plugin, PROSOFT_EXT_OPERATIONS);
  self->project = plugin->get_extension (plugin, PROSOFT_EXT_PROJECT);
  self->pages = plugin->get_extension (plugin, PROSOFT_EXT_PAGES);
  self->gate = plugin->get_extension (plugin, PROSOFT_EXT_SESSION_GATE);
  self->secrets = plugin->get_extension (plugin, PROSOFT_EXT_SECRETS);
}

static gboolean
take_wanted (BenchHost *self, guint timeout_ms)
{
  gint64 until = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  gboolean wanted;

  g_mutex_lock (&self->lock);
  while (!self->wanted && g_cond_wait_until (&self->woken, &self->lock, until))
    ;
  wanted = self->wanted;
  self->wanted = FALSE;
  g_mutex_unlock (&self->lock);
  return wanted;
}

gboolean
bench_host_pump (BenchHost *self, guint timeout_ms)
{
  gint64 begin, cpu_begin;

  if (!take_wanted (self, timeout_ms))
    return FALSE;
  cpu_begin = bench_cpu_now_ns ();
  begin = bench_now_ns ();
  self->plugin->on_main_thread (self->plugin);
  if (self->calls != NULL)
    bench_series_add (self->calls, (double)(bench_now_ns () - begin));
  if (self->cpu != NULL)
    bench_series_add (self->cpu, (double)(bench_cpu_now_ns () - cpu_begin));
  return TRUE;
}

void
bench_host_settle (BenchHost *self, guint quiet_ms)
{
  while (bench_host_pump (self, quiet_ms))
    ;
}

void
bench_host_wait (BenchHost *self, prosoft_op_t op)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (self->ended != op)
    if (!bench_host_pump (self, PATIENCE_MS) || g_get_monotonic_time () > until)
      g_error ("bench: an operation does not end");
}

void
bench_host_sign_in (BenchHost *self)
{
  g_autofree char *kept
      = g_strdup_printf (KEPT, (char *)g_hash_table_lookup (self->values, PROSOFT_ENV_TTCLOUD_URL));

  while (self->load_key == NULL)
    if (!bench_host_pump (self, PATIENCE_MS))
      g_error ("bench: no sign-in is asked for");
  self->secrets->loaded (self->plugin, self->load_cookie, PROSOFT_OK, kept, (int32_t)strlen (kept));
}

double
bench_host_time_check (BenchHost *self, const char *installation, int32_t timeout_ms)
{
  prosoft_gate_request_t request = { .struct_size = sizeof request,
                                     .kind = PROSOFT_SESSION_REMOTE,
                                     .installation_id = installation };
  prosoft_op_t op = 0;
  gint64 begin = bench_now_ns ();
  gint64 end;

  if (self->gate->check (self->plugin, &request, timeout_ms, &op) != PROSOFT_OK)
    g_error ("bench: the check is refused");
  bench_host_wait (self, op);
  end = bench_now_ns ();
  if (self->session != 0)
    self->gate->session_ended (self->plugin, self->session);
  return (double)(end - begin);
}
