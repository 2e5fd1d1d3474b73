/* SPDX-License-Identifier: MIT */
#include "plugin/gate/cache.h"

#include "base/json.h"
#include "base/platform.h"

#include <string.h>

#define MAX_STAMP 1024
#define MAX_FILE (TTECOMM_STATEMENT_MAX_BYTES + 1 + MAX_STAMP)
#define MAX_BOOT_ID 128
/* Bounds of what the second line may claim: 285 years of microseconds, the year 2999. */
#define MAX_BOOTTIME_US (G_GINT64_CONSTANT (1) << 53)
#define MAX_TIME G_GINT64_CONSTANT (32503679999)

#define NAME_PREFIX "rs-"
#define NAME_SUFFIX ".jws"
#define NAME_DIGITS 16

struct _TtecommGateCache
{
  char *folder;    /* (owned) */
  char *lock_path; /* (owned) */
  char *keys_path; /* (owned) */
  guint max_files;
};

/* A cached statement's name and when it was last used, for the choice of which go. */
typedef struct
{
  char *path; /* (owned) */
  gint64 used;
} Candidate;

TtecommGateCache *
ttecomm_gate_cache_new (const char *folder, guint max_files)
{
  TtecommGateCache *self;

  g_return_val_if_fail (folder != NULL && max_files > 0, NULL);

  self = g_atomic_rc_box_new0 (TtecommGateCache);
  self->folder = g_strdup (folder);
  self->lock_path = g_build_filename (folder, "lock", NULL);
  self->keys_path = g_build_filename (folder, "keys.jws", NULL);
  self->max_files = max_files;
  return self;
}

TtecommGateCache *
ttecomm_gate_cache_ref (TtecommGateCache *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
cache_clear (gpointer data)
{
  TtecommGateCache *self = data;

  g_free (self->folder);
  g_free (self->lock_path);
  g_free (self->keys_path);
}

void
ttecomm_gate_cache_unref (TtecommGateCache *self)
{
  g_atomic_rc_box_release_full (self, cache_clear);
}

gboolean
ttecomm_gate_cache_prepare (TtecommGateCache *self, GError **error)
{
  if (!ttecomm_platform_make_private_folder (self->folder, error))
    return FALSE;
  ttecomm_platform_remove_stale_temps (self->folder);
  return TRUE;
}

/* (transfer full): NAME_DIGITS hex digits */
static char *
digest_of (const char *text)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (digest, NAME_DIGITS);
}

char *
ttecomm_gate_cache_dup_path (TtecommGateCache *self, const char *installation, const char *account)
{
  g_autofree char *both = g_strconcat (installation, "|", account, NULL);
  g_autofree char *digest = digest_of (both);
  g_autofree char *name = g_strconcat (NAME_PREFIX, digest, NAME_SUFFIX, NULL);

  return g_build_filename (self->folder, name, NULL);
}

/* Reads the second line. Anything odd about it, and the answer is of another boot. */
static gboolean
parse_stamp (JsonObject *object, TtecommGateStamp *stamp, GError **error)
{
  return ttecomm_json_get_optional_string (object, "boot", MAX_BOOT_ID, &stamp->boot_id, error)
         && ttecomm_json_get_optional_int (object, "boottime_us", 0, MAX_BOOTTIME_US, -1,
                                           &stamp->boottime_us, error)
         && ttecomm_json_get_optional_int (object, "wall", 0, MAX_TIME, -1, &stamp->wall, error)
         && ttecomm_json_get_int (object, "high_water", 0, MAX_TIME, &stamp->high_water, error);
}

static TtecommGateRecord *
make_record (TtecommStatement *statement, const char *line, gsize length)
{
  TtecommGateStamp none = { NULL, -1, -1, ttecomm_statement_get_iat (statement) };
  TtecommGateStamp stamp = none;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = ttecomm_json_parse_object (line, length, MAX_STAMP, &error);

  if (object == NULL || !parse_stamp (object, &stamp, &error))
    return ttecomm_gate_record_new (statement, &none);
  return ttecomm_gate_record_new (statement, &stamp);
}

TtecommGateRecord *
ttecomm_gate_cache_load (TtecommGateCache *self,
                         const TtecommStatementExpected *expected,
                         GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TtecommStatement) statement = NULL;
  const char *text;
  const char *newline;
  gsize length = 0, first;

  g_return_val_if_fail (expected != NULL && expected->nonce == NULL, NULL);

  path = ttecomm_gate_cache_dup_path (self, expected->installation, expected->account);
  bytes = ttecomm_platform_read_file (path, MAX_FILE, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  newline = length > 0 ? memchr (text, '\n', length) : NULL;
  first = newline != NULL ? (gsize)(newline - text) : length;
  statement = ttecomm_statement_verify (length > 0 ? text : "", first, expected, error);
  if (statement == NULL)
    return NULL;
  /* Used just now, for the choice of which go; in a folder that cannot be written nothing goes. */
  ttecomm_platform_touch (path);
  if (newline == NULL)
    return make_record (statement, "", 0);
  return make_record (statement, newline + 1, length - first - 1);
}

static void
add_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static void
add_known (JsonObject *object, const char *name, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/* What the file holds: the statement, a newline, the stamp, a newline. */
static char *
format_record (TtecommGateRecord *record)
{
  const TtecommGateStamp *stamp = ttecomm_gate_record_get_stamp (record);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *whose
      = digest_of (ttecomm_statement_get_account (ttecomm_gate_record_get_statement (record)));
  g_autofree char *line = NULL;

  add_text (object, "whose", whose);
  add_text (object, "boot", stamp->boot_id);
  add_known (object, "boottime_us", stamp->boottime_us);
  add_known (object, "wall", stamp->wall);
  json_object_set_int_member (object, "high_water", stamp->high_water);
  json_node_set_object (node, object);
  line = ttecomm_json_to_text (node);
  return g_strconcat (ttecomm_statement_get_jws (ttecomm_gate_record_get_statement (record)), "\n",
                      line, "\n", NULL);
}

static gboolean
is_statement_name (const char *name)
{
  const char *digits = name + strlen (NAME_PREFIX);

  return g_str_has_prefix (name, NAME_PREFIX) && strspn (digits, "0123456789abcdef") == NAME_DIGITS
         && g_str_equal (digits + NAME_DIGITS, NAME_SUFFIX);
}

static void
candidate_clear (gpointer data)
{
  g_free (((Candidate *)data)->path);
}

static int
candidate_compare (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const Candidate *)a)->used;
  gint64 right = ((const Candidate *)b)->used;

  return left < right ? -1 : left > right;
}

/* (element-type Candidate): all statements of the folder but @spared (nullable), the least recently
 * used first. A folder or a link of such a name is not ours. */
static GArray *
list_statements (TtecommGateCache *self, const char *spared)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GArray) entries = ttecomm_platform_list (self->folder, NAME_PREFIX, G_MAXUINT);

  g_array_set_clear_func (found, candidate_clear);
  for (guint i = 0; i < entries->len; i++)
    {
      const TtecommPlatformEntry *entry = &g_array_index (entries, TtecommPlatformEntry, i);
      Candidate candidate = { NULL, entry->modified };

      if (!entry->is_ordinary || !is_statement_name (entry->name))
        continue;
      candidate.path = g_build_filename (self->folder, entry->name, NULL);
      if (g_strcmp0 (candidate.path, spared) != 0)
        g_array_append_val (found, candidate);
      else
        candidate_clear (&candidate);
    }
  g_array_sort (found, candidate_compare);
  return found;
}

/* Removes the first @n of @found; one failure does not keep the others. */
static gboolean
remove_statements (TtecommGateCache *self, GArray *found, guint n, GError **error)
{
  gboolean good = TRUE;

  for (guint i = 0; i < n; i++)
    {
      const char *path = g_array_index (found, Candidate, i).path;

      /* Only the first failure is told. */
      if (!ttecomm_platform_unlink (path, good ? error : NULL))
        good = FALSE;
    }
  if (n == 0 || !good)
    return good;
  return ttecomm_platform_sync_folder (self->folder, error);
}

/* Called when @path has come as a new file: it stays, whatever times the others claim. */
static gboolean
keep_the_latest (TtecommGateCache *self, const char *path, GError **error)
{
  g_autoptr (GArray) others = list_statements (self, path);

  if (others->len < self->max_files)
    return TRUE;
  return remove_statements (self, others, others->len + 1 - self->max_files, error);
}

gboolean
ttecomm_gate_cache_store (TtecommGateCache *self, TtecommGateRecord *record, GError **error)
{
  TtecommStatement *statement = ttecomm_gate_record_get_statement (record);
  g_autofree char *path
      = ttecomm_gate_cache_dup_path (self, ttecomm_statement_get_installation (statement),
                                     ttecomm_statement_get_account (statement));
  g_autofree char *text = format_record (record);
  gboolean is_new = !ttecomm_platform_exists (path);

  if (!ttecomm_platform_replace_file (path, text, strlen (text), self->lock_path, error))
    return FALSE;
  return !is_new || keep_the_latest (self, path, error);
}

/* Whether the second line says that this is of another account than that of @digest. */
static gboolean
is_of_another (const char *path, const char *digest)
{
  g_autoptr (GBytes) bytes = ttecomm_platform_read_file (path, MAX_FILE, NULL);
  g_autoptr (JsonObject) object = NULL;
  const char *whose = NULL;
  const char *text = NULL;
  const char *newline = NULL;
  gsize length = 0;

  if (bytes != NULL)
    text = g_bytes_get_data (bytes, &length);
  if (length > 0)
    newline = memchr (text, '\n', length);
  if (newline == NULL)
    return FALSE;
  object = ttecomm_json_parse_object (newline + 1, length - (gsize)(newline + 1 - text), MAX_STAMP,
                                      NULL);
  return object != NULL && ttecomm_json_get_string (object, "whose", NAME_DIGITS, &whose, NULL)
         && !g_str_equal (whose, digest);
}

gboolean
ttecomm_gate_cache_clear (TtecommGateCache *self, const char *account, GError **error)
{
  g_autoptr (GArray) found = list_statements (self, NULL);
  g_autofree char *digest = digest_of (account);

  for (guint i = found->len; i > 0; i--)
    if (is_of_another (g_array_index (found, Candidate, i - 1).path, digest))
      g_array_remove_index (found, i - 1);
  return remove_statements (self, found, found->len, error);
}

gboolean
ttecomm_gate_cache_contains (TtecommGateCache *self, const char *installation, const char *account)
{
  g_autofree char *path = ttecomm_gate_cache_dup_path (self, installation, account);

  return ttecomm_platform_exists (path);
}

TtecommKeySet *
ttecomm_gate_cache_load_keys (TtecommGateCache *self,
                              const TtecommTrust *trust,
                              gint64 min_ver,
                              GError **error)
{
  g_autoptr (GBytes) bytes
      = ttecomm_platform_read_file (self->keys_path, TTECOMM_KEY_SET_MAX_BYTES, error);
  const char *text;
  gsize length = 0;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return ttecomm_key_set_verify (length > 0 ? text : "", length, trust, min_ver, error);
}

gboolean
ttecomm_gate_cache_store_keys (TtecommGateCache *self, const TtecommKeySet *keys, GError **error)
{
  const char *text = ttecomm_key_set_get_jws (keys);

  return ttecomm_platform_replace_file (self->keys_path, text, strlen (text), self->lock_path,
                                        error);
}
