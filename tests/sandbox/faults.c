/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/faults.h"

#include <string.h>

#include "base/json.h"

static const struct
{
  const char *name;
  SandboxFaultKind kind;
  SandboxFaultPhase phase;
} kinds[] = {
  { "refuse-503", SANDBOX_FAULT_REFUSE_503, SANDBOX_FAULT_BEFORE },
  { "busy-429", SANDBOX_FAULT_BUSY_429, SANDBOX_FAULT_BEFORE },
  { "unauthorized-401", SANDBOX_FAULT_UNAUTHORIZED_401, SANDBOX_FAULT_BEFORE },
  { "forbidden-403", SANDBOX_FAULT_FORBIDDEN_403, SANDBOX_FAULT_BEFORE },
  { "not-found-404", SANDBOX_FAULT_NOT_FOUND_404, SANDBOX_FAULT_BEFORE },
  { "proxy-407", SANDBOX_FAULT_PROXY_407, SANDBOX_FAULT_BEFORE },
  { "html-200", SANDBOX_FAULT_HTML_200, SANDBOX_FAULT_BEFORE },
  { "redirect-foreign", SANDBOX_FAULT_REDIRECT_FOREIGN, SANDBOX_FAULT_BEFORE },
  { "stall", SANDBOX_FAULT_STALL, SANDBOX_FAULT_BEFORE },
  { "reset", SANDBOX_FAULT_RESET, SANDBOX_FAULT_BEFORE },
  { "slow", SANDBOX_FAULT_SLOW, SANDBOX_FAULT_BEFORE },
  { "reset-after", SANDBOX_FAULT_RESET_AFTER, SANDBOX_FAULT_AFTER },
  { "drip", SANDBOX_FAULT_DRIP, SANDBOX_FAULT_AFTER },
  { "cut-body", SANDBOX_FAULT_CUT_BODY, SANDBOX_FAULT_AFTER },
  { "huge-body", SANDBOX_FAULT_HUGE_BODY, SANDBOX_FAULT_AFTER },
  { "bad-json", SANDBOX_FAULT_BAD_JSON, SANDBOX_FAULT_AFTER },
  { "duplicate-members", SANDBOX_FAULT_DUPLICATE_MEMBERS, SANDBOX_FAULT_AFTER },
  { "bad-signature", SANDBOX_FAULT_BAD_SIGNATURE, SANDBOX_FAULT_STATEMENT },
  { "unknown-kid", SANDBOX_FAULT_UNKNOWN_KID, SANDBOX_FAULT_STATEMENT },
  { "no-nonce", SANDBOX_FAULT_NO_NONCE, SANDBOX_FAULT_STATEMENT },
  { "wrong-nonce", SANDBOX_FAULT_WRONG_NONCE, SANDBOX_FAULT_STATEMENT },
  { "wrong-site", SANDBOX_FAULT_WRONG_SITE, SANDBOX_FAULT_STATEMENT },
  { "wrong-env", SANDBOX_FAULT_WRONG_ENV, SANDBOX_FAULT_STATEMENT },
  { "alg-none", SANDBOX_FAULT_ALG_NONE, SANDBOX_FAULT_STATEMENT },
  { "long-exp", SANDBOX_FAULT_LONG_EXP, SANDBOX_FAULT_STATEMENT },
};

#define MAX_FAULTS 64
#define DEFAULT_MS 100
#define DEFAULT_BYTES (16 * 1024 * 1024)

void
sandbox_fault_free (SandboxFault *fault)
{
  g_free (fault->path);
  g_free (fault);
}

static gboolean
is_of_phase (const SandboxFault *fault, SandboxFaultPhase phase)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == fault->kind)
      return kinds[i].phase == phase;
  return FALSE;
}

/* Whole segments: what is set for /v1/service-flag does not strike /v1/service-flags. */
static gboolean
is_under (const char *path, const char *prefix)
{
  gsize length = strlen (prefix);

  return strncmp (path, prefix, length) == 0
         && (path[length] == '\0' || path[length] == '/'
             || (length > 0 && prefix[length - 1] == '/'));
}

SandboxFault
sandbox_faults_take (SandboxWorld *world, SandboxFaultPhase phase, const char *path)
{
  SandboxFault taken = { .kind = SANDBOX_FAULT_NONE };

  for (guint i = 0; i < world->faults->len; i++)
    {
      SandboxFault *fault = g_ptr_array_index (world->faults, i);

      if (!is_of_phase (fault, phase) || !is_under (path, fault->path))
        continue;
      taken = *fault;
      taken.path = NULL;
      if (fault->times > 0 && --fault->times == 0)
        g_ptr_array_remove_index (world->faults, i);
      break;
    }
  return taken;
}

static void
add_fault (JsonBuilder *builder, const SandboxFault *fault)
{
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == fault->kind)
      sandbox_json_string (builder, "name", kinds[i].name);
  sandbox_json_string (builder, "path", fault->path);
  json_builder_set_member_name (builder, "times");
  if (fault->times < 0)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, fault->times);
  sandbox_json_int (builder, "ms", fault->ms);
  sandbox_json_int (builder, "retry_after", fault->retry_after);
  sandbox_json_int (builder, "bytes", fault->bytes);
  json_builder_end_object (builder);
}

void
sandbox_faults_to_json (SandboxWorld *world, JsonBuilder *builder)
{
  json_builder_begin_array (json_builder_set_member_name (builder, "faults"));
  for (guint i = 0; i < world->faults->len; i++)
    add_fault (builder, g_ptr_array_index (world->faults, i));
  json_builder_end_array (builder);
  json_builder_begin_array (json_builder_set_member_name (builder, "names"));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    json_builder_add_string_value (builder, kinds[i].name);
  json_builder_end_array (builder);
}

void
sandbox_faults_list (SandboxExchange *exchange)
{
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_faults_to_json (exchange->world, builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}

static gboolean
find_kind (const char *name, SandboxFaultKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      {
        *kind = kinds[i].kind;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_fault (JsonObject *object, SandboxFault *fault, const char **name, GError **error)
{
  const char *path;

  if (!ttecomm_json_get_string (object, "name", 64, name, error)
      || !ttecomm_json_get_optional_string (object, "path", 256, &path, error)
      || !ttecomm_json_get_optional_int (object, "times", 1, 1000000, -1, &fault->times, error)
      || !ttecomm_json_get_optional_int (object, "ms", 0, 600000, DEFAULT_MS, &fault->ms, error)
      || !ttecomm_json_get_optional_int (object, "retry_after", 0, 86400, -1, &fault->retry_after,
                                         error)
      || !ttecomm_json_get_optional_int (object, "bytes", 1, 256 * 1024 * 1024, DEFAULT_BYTES,
                                         &fault->bytes, error))
    return FALSE;
  fault->path = g_strdup (path != NULL ? path : "/");
  return TRUE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxFault, sandbox_fault_free)

void
sandbox_faults_add (SandboxExchange *exchange)
{
  static const char *const members[]
      = { "name", "path", "times", "ms", "retry_after", "bytes", NULL };
  g_autoptr (JsonObject) object = sandbox_exchange_read_json (exchange);
  g_autoptr (SandboxFault) fault = g_new0 (SandboxFault, 1);
  g_autoptr (GError) error = NULL;
  const char *name = NULL;

  if (object == NULL || !sandbox_exchange_only_members (exchange, object, members))
    return;
  if (!read_fault (object, fault, &name, &error))
    sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
  else if (!find_kind (name, &fault->kind))
    sandbox_exchange_problem (exchange, "invalid",
                              "There is no fault \"%s\"; GET /sandbox/faults lists the names.",
                              name);
  else if (exchange->world->faults->len >= MAX_FAULTS)
    sandbox_exchange_problem (exchange, "conflict", "There are %d faults already.", MAX_FAULTS);
  else
    {
      g_ptr_array_add (exchange->world->faults, g_steal_pointer (&fault));
      sandbox_faults_list (exchange);
    }
}

/* All, or all of one kind. */
static void
remove_faults (SandboxWorld *world, const SandboxFaultKind *kind)
{
  for (guint i = world->faults->len; i > 0; i--)
    {
      const SandboxFault *fault = g_ptr_array_index (world->faults, i - 1);

      if (kind == NULL || fault->kind == *kind)
        g_ptr_array_remove_index (world->faults, i - 1);
    }
}

void
sandbox_faults_clear (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  const char *name = query != NULL ? g_hash_table_lookup (query, "name") : NULL;
  SandboxFaultKind kind;

  if (query == NULL)
    sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
  else if (g_hash_table_size (query) > (name != NULL ? 1 : 0))
    sandbox_exchange_problem (exchange, "invalid", "The only parameter here is name.");
  else if (name != NULL && !find_kind (name, &kind))
    sandbox_exchange_problem (exchange, "invalid",
                              "There is no fault \"%s\"; GET /sandbox/faults lists the names.",
                              name);
  else
    {
      remove_faults (exchange->world, name != NULL ? &kind : NULL);
      sandbox_faults_list (exchange);
    }
}
