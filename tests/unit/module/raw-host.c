/* SPDX-License-Identifier: MIT */
#include "tests/unit/module/raw-host.h"

#include <string.h>

#include "tests/host/library.h"
#include "tests/host/page-keeper.h"

#define WAIT_MS 60000
#define ID "be.teletask.ttecomm"
const prosoft_entry_t *
raw_host_get_entry (void)
{
  g_autofree char *path = harness_build_path ("plugin/ttecomm" HOST_MODULE_SUFFIX);
  char *reason = NULL;               /* (owned) but for a program that ends */
  static HostLibrary *module = NULL; /* never closed */
  const prosoft_entry_t *entry;

  if (module == NULL)
    module = host_library_open (path, &reason);
  if (module == NULL)
    g_error ("%s", reason);
  entry = host_library_find (module, PROSOFT_ENTRY_SYMBOL);
  g_assert_nonnull (entry);
  return entry;
}

static RawHost *
host_of (const prosoft_host_t *table)
{
  return table->host_data;
}

/* The lock is held on return. */
static RawHost *
enter (const prosoft_host_t *table)
{
  RawHost *host = host_of (table);

  g_mutex_lock (&host->lock);
  if (host->gone)
    host->n_late++;
  return host;
}

static RawHost *
enter_main (const prosoft_host_t *table, GThread *main)
{
  RawHost *host = enter (table);

  if (g_thread_self () != main)
    host->n_off_main++;
  return host;
}

static void
leave (RawHost *host)
{
  g_mutex_unlock (&host->lock);
}

static GThread *main_thread;

static void
log_line (const prosoft_host_t *table,
          prosoft_log_severity_t severity,
          const char *domain,
          const char *text)
{
  static const char *const names[]
      = { "DEBUG", "INFO", "WARNING", "ERROR", "HOST_MISBEHAVING", "PLUGIN_MISBEHAVING" };
  RawHost *host = enter (table);

  g_assert_true (g_utf8_validate (domain, -1, NULL) && g_utf8_validate (text, -1, NULL));
  g_assert_null (strpbrk (text, "\r\n"));
  g_ptr_array_add (host->lines, g_strdup_printf ("%s %s: %s", names[severity], domain, text));
  harness_witness_log (text);
  leave (host);
}

static int32_t
is_main_thread (const prosoft_host_t *table)
{
  RawHost *host = enter (table);
  int32_t answer = !host->denies_main && g_thread_self () == main_thread;

  leave (host);
  return answer;
}

static int32_t
get_value (const prosoft_host_t *table, const char *key, char *buffer, int32_t capacity)
{
  RawHost *host = enter_main (table, main_thread);
  const char *value = g_hash_table_lookup (host->values, key);
  gsize needed;

  leave (host);
  if (host->get_value != NULL)
    return host->get_value (host, key, buffer, capacity);
  if (value == NULL)
    return 0;
  needed = strlen (value) + 1;
  if (needed <= (gsize)capacity)
    memcpy (buffer, value, needed);
  return (int32_t)needed;
}

static void
ending_free (gpointer data)
{
  RawEnding *ending = data;

  g_free (ending->code);
  g_free (ending->message);
  g_free (ending);
}

static RawEnding *
add_ending (RawHost *host, prosoft_op_t op)
{
  RawEnding *ending = g_new0 (RawEnding, 1);

  ending->op = op;
  ending->early = host->starting || host->gone;
  g_ptr_array_add (host->endings, ending);
  return ending;
}

static void
progress (const prosoft_host_t *table, prosoft_op_t op, double fraction, const char *text)
{
  leave (enter_main (table, main_thread));
}

static void
completed (const prosoft_host_t *table, const prosoft_completion_t *completion)
{
  RawHost *host = enter_main (table, main_thread);
  RawEnding *ending = add_ending (host, completion->op);

  g_assert_cmpuint (completion->struct_size, >=, PROSOFT_COMPLETION_SIZE_V1);
  g_assert_true (completion->message == NULL || g_utf8_validate (completion->message, -1, NULL));
  g_assert_true (completion->details == NULL || g_utf8_validate (completion->details, -1, NULL));
  ending->result = completion->result;
  ending->message = g_strdup (completion->message);
  leave (host);
}

static void
rescan (const prosoft_host_t *table)
{
  leave (enter_main (table, main_thread));
}

static void
changed (const prosoft_host_t *table, prosoft_view_t view, int64_t revision)
{
  RawHost *host = enter_main (table, main_thread);

  host->n_changed++;
  host->revision = revision;
  leave (host);
}

static void
decided (const prosoft_host_t *table,
         prosoft_op_t op,
         const prosoft_gate_decision_t *decision,
         prosoft_session_t session)
{
  RawHost *host = enter_main (table, main_thread);
  RawEnding *ending = add_ending (host, op);

  g_assert_cmpuint (decision->struct_size, >=, PROSOFT_GATE_DECISION_SIZE_V1);
  /* The two texts that no decision does without (session-gate.h, R8). */
  g_assert_nonnull (decision->code);
  g_assert_nonnull (decision->details);
  ending->is_decision = TRUE;
  ending->allowed = decision->allowed;
  ending->outcome = decision->outcome;
  ending->session = session;
  ending->code = g_strdup (decision->code);
  ending->message = g_strdup (decision->message);
  leave (host);
}

static void
notice (const prosoft_host_t *table,
        prosoft_session_t session,
        const prosoft_gate_decision_t *decision)
{
  leave (enter_main (table, main_thread));
}

static void
event (const prosoft_host_t *table, const prosoft_gate_event_t *gate_event)
{
  leave (enter_main (table, main_thread));
}

static prosoft_result_t
open_uri (const prosoft_host_t *table, const char *uri)
{
  RawHost *host = enter_main (table, main_thread);

  g_ptr_array_add (host->opened, g_strdup (uri));
  leave (host);
  return PROSOFT_OK;
}

static void
attention (const prosoft_host_t *table,
           prosoft_attention_severity_t severity,
           const char *text,
           const char *page_id)
{
  leave (enter_main (table, main_thread));
}

static void
load_free (gpointer data)
{
  RawLoad *load = data;

  g_free (load->key);
  g_free (load);
}

static prosoft_result_t
load (const prosoft_host_t *table, const char *key, prosoft_cookie_t cookie)
{
  RawHost *host = enter_main (table, main_thread);
  RawLoad *asked = g_new0 (RawLoad, 1);

  asked->key = g_strdup (key);
  asked->cookie = cookie;
  g_ptr_array_add (host->loads, asked);
  leave (host);
  return PROSOFT_OK;
}

static prosoft_result_t
store (const prosoft_host_t *table,
       const char *key,
       const void *data,
       int32_t size,
       prosoft_cookie_t cookie)
{
  RawHost *host = enter_main (table, main_thread);

  g_ptr_array_add (host->stored, g_bytes_new (data, (gsize)size));
  leave (host);
  return PROSOFT_OK;
}

static prosoft_result_t
erase (const prosoft_host_t *table, const char *key)
{
  leave (enter_main (table, main_thread));
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
  static const prosoft_host_attention_t attention_table = { attention };
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
    { PROSOFT_EXT_ATTENTION, &attention_table },
    { PROSOFT_EXT_SECRETS, &secrets_table },
  };
  RawHost *host = enter (table);

  leave (host);
  if (g_strcmp0 (id, host->missing) == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_strcmp0 (tables[i].id, id) == 0)
      return tables[i].table;
  return NULL;
}

static void
request_callback (const prosoft_host_t *table)
{
  RawHost *host = enter (table);

  host->wanted = TRUE;
  g_cond_signal (&host->woken);
  leave (host);
}

RawHost *
raw_host_new (void)
{
  RawHost *host = g_new0 (RawHost, 1);

  main_thread = g_thread_self ();
  host->table = (prosoft_host_t){ .abi = { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
                                  .host_data = host,
                                  .name = "raw host",
                                  .version = "5.1.2.0",
                                  .get_extension = get_extension,
                                  .request_callback = request_callback };
  g_mutex_init (&host->lock);
  g_cond_init (&host->woken);
  host->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  host->lines = g_ptr_array_new_with_free_func (g_free);
  host->endings = g_ptr_array_new_with_free_func (ending_free);
  host->loads = g_ptr_array_new_with_free_func (load_free);
  host->stored = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  host->opened = g_ptr_array_new_with_free_func (g_free);
  host->entry = raw_host_get_entry ();
  g_assert_cmpint (host->entry->init ("/somewhere/ttecomm.so", NULL), ==, PROSOFT_OK);
  host->factory = host->entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  g_assert_nonnull (host->factory);
  return host;
}

static void
fetch_tables (RawHost *host)
{
  const prosoft_plugin_t *plugin = host->plugin;

  host->environment = plugin->get_extension (plugin, PROSOFT_EXT_ENVIRONMENT);
  host->operations = plugin->get_extension (plugin, PROSOFT_EXT_OPERATIONS);
  host->project = plugin->get_extension (plugin, PROSOFT_EXT_PROJECT);
  host->pages = plugin->get_extension (plugin, PROSOFT_EXT_PAGES);
  host->gate = plugin->get_extension (plugin, PROSOFT_EXT_SESSION_GATE);
  host->secrets = plugin->get_extension (plugin, PROSOFT_EXT_SECRETS);
  g_assert_true (host->environment != NULL && host->operations != NULL && host->project != NULL
                 && host->pages != NULL && host->gate != NULL && host->secrets != NULL);
}

void
raw_host_start (RawHost *host)
{
  prosoft_error_t error = { 0 };

  host->plugin = host->factory->create (host->factory, &host->table, ID, &error);
  g_assert_cmpstr (error.message, ==, "");
  g_assert_nonnull (host->plugin);
  host->gone = FALSE;
  g_assert_cmpint (host->plugin->init (host->plugin, &error), ==, PROSOFT_OK);
  fetch_tables (host);
}

void
raw_host_stop (RawHost *host)
{
  host->plugin->destroy (host->plugin);
  g_mutex_lock (&host->lock);
  host->gone = TRUE;
  host->wanted = FALSE;
  g_mutex_unlock (&host->lock);
  host->plugin = NULL;
}

void
raw_host_free (RawHost *host)
{
  if (host->plugin != NULL)
    raw_host_stop (host);
  host->entry->deinit ();
  g_assert_cmpuint (host->n_late, ==, 0);
  g_assert_cmpuint (host->n_off_main, ==, 0);
  g_hash_table_unref (host->values);
  g_ptr_array_unref (host->lines);
  g_ptr_array_unref (host->endings);
  g_ptr_array_unref (host->loads);
  g_ptr_array_unref (host->stored);
  g_ptr_array_unref (host->opened);
  g_mutex_clear (&host->lock);
  g_cond_clear (&host->woken);
  g_free (host);
}

static gboolean
take_wanted (RawHost *host)
{
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_MILLISECOND;
  gboolean wanted;

  g_mutex_lock (&host->lock);
  while (!host->wanted && g_cond_wait_until (&host->woken, &host->lock, until))
    ;
  wanted = host->wanted;
  host->wanted = FALSE;
  g_mutex_unlock (&host->lock);
  return wanted;
}

typedef struct
{
  RawHost *host;
  RawPredicate predicate;
  gpointer data;
} Wait;

static gboolean
pump (gpointer data)
{
  Wait *wait = data;

  if (wait->predicate (wait->host, wait->data))
    return TRUE;
  if (take_wanted (wait->host) && wait->host->plugin != NULL)
    wait->host->plugin->on_main_thread (wait->host->plugin);
  return wait->predicate (wait->host, wait->data);
}

gboolean
raw_host_run_until (RawHost *host, RawPredicate predicate, gpointer data)
{
  Wait wait = { host, predicate, data };

  return harness_wait_until (pump, &wait, WAIT_MS);
}

static const RawEnding *
find_ending (RawHost *host, prosoft_op_t op)
{
  for (guint i = 0; i < host->endings->len; i++)
    {
      const RawEnding *ending = g_ptr_array_index (host->endings, i);

      if (ending->op == op)
        return ending;
    }
  return NULL;
}

static gboolean
has_ended (RawHost *host, gpointer data)
{
  return find_ending (host, *(prosoft_op_t *)data) != NULL;
}

const RawEnding *
raw_host_wait (RawHost *host, prosoft_op_t op)
{
  const RawEnding *ending;

  g_assert_cmpuint (op, !=, 0);
  g_assert_true (raw_host_run_until (host, has_ended, &op));
  ending = find_ending (host, op);
  g_assert_false (ending->early);
  return ending;
}

guint
raw_host_count_endings (RawHost *host, prosoft_op_t op)
{
  guint n = 0;

  for (guint i = 0; i < host->endings->len; i++)
    n += ((const RawEnding *)g_ptr_array_index (host->endings, i))->op == op;
  return n;
}

gboolean
raw_host_has_line (RawHost *host, const char *severity, const char *text)
{
  gboolean found = FALSE;

  g_mutex_lock (&host->lock);
  for (guint i = 0; i < host->lines->len && !found; i++)
    {
      const char *line = g_ptr_array_index (host->lines, i);

      found = g_str_has_prefix (line, severity) && strstr (line, text) != NULL;
    }
  g_mutex_unlock (&host->lock);
  return found;
}

guint
raw_host_count_lines (RawHost *host)
{
  guint n;

  g_mutex_lock (&host->lock);
  n = host->lines->len;
  g_mutex_unlock (&host->lock);
  return n;
}

static void
set_value (RawHost *host, const char *key, const char *value)
{
  g_hash_table_insert (host->values, g_strdup (key), g_strdup (value));
}

void
raw_host_declare_sandbox (RawHost *host, const char *origin, const char *ca)
{
  set_value (host, PROSOFT_ENV_TTCLOUD_URL, origin);
  set_value (host, PROSOFT_ENV_TTECOMM_URL, origin);
  set_value (host, PROSOFT_ENV_PROXY, "direct");
  set_value (host, PROSOFT_ENV_TTCLOUD_TRUST,
             "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"test\","
             "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}");
  if (ca != NULL)
    set_value (host, PROSOFT_ENV_TTCLOUD_CA, ca);
}

/* What looks like a secret must not come out anywhere (log.h). */
char *
raw_host_make_secret (const char *origin)
{
  return g_strdup_printf (
      "{\"v\":2,\"origin\":\"%s/\",\"serial\":1,\"expires\":4102444800,\"refresh\":"
      "\"refresh-Zm9vYmFy\",\"access\":\"access-c2VjcmV0\",\"account\":\"acct_1\","
      "\"email\":\"ines.claes@example.com\"}",
      origin);
}

static gboolean
has_load (RawHost *host, gpointer data)
{
  return host->loads->len > 0;
}

void
raw_host_sign_in (RawHost *host)
{
  const char *origin = g_hash_table_lookup (host->values, PROSOFT_ENV_TTCLOUD_URL);
  g_autofree char *kept = raw_host_make_secret (origin);
  const RawLoad *asked;

  g_assert_true (raw_host_run_until (host, has_load, NULL));
  asked = g_ptr_array_index (host->loads, 0);
  host->secrets->loaded (host->plugin, asked->cookie, PROSOFT_OK, kept, (int32_t)strlen (kept));
}

static prosoft_result_t
append (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  g_assert_cmpint (size, >=, 0);
  g_string_append_len (writer->writer_data, data, (gssize)size);
  return PROSOFT_OK;
}

char *
raw_host_render (RawHost *host, prosoft_view_t view, gint64 *revision)
{
  GString *text = g_string_new (NULL);
  prosoft_writer_t writer = { text, append };

  g_assert_cmpint (host->pages->render (host->plugin, view, &writer, revision), ==, PROSOFT_OK);
  g_assert_true (g_utf8_validate (text->str, (gssize)text->len, NULL));
  host_keep_page (text->str, text->len);
  return g_string_free (text, FALSE);
}

typedef struct
{
  prosoft_view_t view;
  const char *text;
} Shown;

static gboolean
shows (RawHost *host, gpointer data)
{
  const Shown *shown = data;
  gint64 revision;
  g_autofree char *page = raw_host_render (host, shown->view, &revision);

  return strstr (page, shown->text) != NULL;
}

void
raw_host_wait_page (RawHost *host, prosoft_view_t view, const char *text)
{
  Shown shown = { view, text };

  if (!raw_host_run_until (host, shows, &shown))
    {
      gint64 revision;
      g_autofree char *page = raw_host_render (host, view, &revision);

      g_error ("the page never says '%s': %s", text, page);
    }
}

prosoft_result_t
raw_host_invoke (RawHost *host,
                 prosoft_view_t view,
                 const char *action,
                 const char *inputs,
                 prosoft_op_t *op,
                 prosoft_error_t *error)
{
  prosoft_page_call_t call
      = { .struct_size = sizeof call, .view = view, .action_id = action, .inputs_json = inputs };
  prosoft_result_t result;

  g_free (raw_host_render (host, view, &call.revision));
  host->starting = TRUE;
  result = host->pages->invoke (host->plugin, &call, op, error);
  host->starting = FALSE;
  return result;
}

prosoft_result_t
raw_host_check (RawHost *host, const char *installation, prosoft_op_t *op)
{
  prosoft_gate_request_t request = { .struct_size = sizeof request,
                                     .kind = PROSOFT_SESSION_REMOTE,
                                     .installation_id = installation };
  prosoft_result_t result;

  host->starting = TRUE;
  result = host->gate->check (host->plugin, &request, 0, op);
  host->starting = FALSE;
  return result;
}

static int64_t
reader_size (const prosoft_reader_t *table)
{
  RawReader *reader = table->reader_data;

  return reader->size;
}

static int64_t
reader_read (const prosoft_reader_t *table, int64_t offset, void *buffer, int64_t capacity)
{
  RawReader *reader = table->reader_data;
  gsize size;
  const guint8 *data = g_bytes_get_data (reader->bytes, &size);

  reader->n_reads++;
  reader->largest = MAX (reader->largest, capacity);
  reader->off_main |= g_thread_self () != main_thread;
  if (reader->read != NULL)
    return reader->read (offset, buffer, capacity);
  if (offset >= (gint64)size)
    return 0;
  capacity = MIN (capacity, (gint64)size - offset);
  memcpy (buffer, data + offset, (gsize)capacity);
  return capacity;
}

void
raw_reader_init (RawReader *reader, GBytes *bytes)
{
  *reader = (RawReader){ .reader = { reader, reader_size, reader_read },
                         .bytes = bytes,
                         .size = (gint64)g_bytes_get_size (bytes) };
}

prosoft_result_t
raw_host_open_project (RawHost *host, const char *id, RawReader *reader)
{
  prosoft_project_info_t info = { .struct_size = sizeof info, .id = id };

  return host->project->opened (host->plugin, &info, &reader->reader, NULL);
}
