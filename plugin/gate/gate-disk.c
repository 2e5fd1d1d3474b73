/* SPDX-License-Identifier: MIT */
#include "plugin/gate/gate-private.h"

/* How many installations' high water is written at the end, and how far it must have risen: the end
 * of the process waits for the disk. */
#define MAX_HIGH_WATERS 16
#define HIGH_WATER_STEP 60

void
ttecomm_gate_load (TtecommGate *self, TtecommGateEntry *entry)
{
  TtecommStatementExpected expected = { ttecomm_gate_keyring_get_keys (self->keyring),
                                        entry->installation, self->account, NULL, 0 };
  g_autoptr (TtecommGateRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  if (self->cache == NULL || expected.keys == NULL || expected.account == NULL)
    return;
  if (entry->record != NULL)
    expected.min_ver
        = ttecomm_statement_get_ver (ttecomm_gate_record_get_statement (entry->record));
  found = ttecomm_gate_cache_load (self->cache, &expected, &error);
  if (found == NULL)
    {
      g_debug ("No answer on disk: %s", error->message);
      return;
    }
  /* Another PROSOFT window may have asked later than we did. */
  if (entry->record != NULL
      && ttecomm_gate_record_get_facts (found)->iat
             <= ttecomm_gate_record_get_facts (entry->record)->iat)
    return;
  g_clear_pointer (&entry->record, ttecomm_gate_record_unref);
  entry->record = g_steal_pointer (&found);
  entry->loaded = TRUE;
  ttecomm_gate_drop_answer (self, entry);
}

static int
compare_use (gconstpointer a, gconstpointer b)
{
  const TtecommGateEntry *left = *(TtecommGateEntry *const *)a;
  const TtecommGateEntry *right = *(TtecommGateEntry *const *)b;

  return left->sequence > right->sequence ? -1 : left->sequence < right->sequence;
}

void
ttecomm_gate_write_high_waters (TtecommGate *self)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (entries, value);
  g_ptr_array_sort (entries, compare_use);
  for (guint i = 0; i < MIN (entries->len, MAX_HIGH_WATERS); i++)
    {
      TtecommGateEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (TtecommGateRecord) raised = NULL;

      if (entry->record == NULL)
        continue;
      ttecomm_gate_load (self, entry);
      raised = ttecomm_gate_record_raise (entry->record, self->clock, HIGH_WATER_STEP);
      if (raised != entry->record)
        ttecomm_gate_writer_replace (self->writer, raised);
    }
}

/* Sessions still work without a disk: one line in the log, and nothing outlives the process. */
static void
report_disk (const GError *error, gpointer user_data)
{
  TtecommGate *self = user_data;
  g_autofree char *text = NULL;

  if (self->disk_reported)
    return;
  self->disk_reported = TRUE;
  text = g_strdup_printf ("Remote-session checks are not kept on disk, so they will not work "
                          "offline after a restart. Check the cache folder and its free space: %s",
                          error->message);
  ttecomm_gate_log (self, G_LOG_LEVEL_WARNING, text);
}

void
ttecomm_gate_open_cache (TtecommGate *self, const char *folder)
{
  g_autoptr (GError) error = NULL;

  self->cache = ttecomm_gate_cache_new (folder, TTECOMM_GATE_CACHE_MAX_FILES);
  self->writer = ttecomm_gate_writer_new (self->cache, report_disk, self);
  /* A write will fail for the same reason, when somebody listens. */
  if (!ttecomm_gate_cache_prepare (self->cache, &error))
    g_debug ("The gate's cache folder cannot be used: %s", error->message);
}
