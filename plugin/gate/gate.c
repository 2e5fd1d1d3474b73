/* SPDX-License-Identifier: MIT */
#include "plugin/gate/gate-ready.h"

#include <openssl/rand.h>
#include <string.h>

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDS_SOON,
  SIGNAL_ENDED,
  SIGNAL_STALE,
  SIGNAL_FRESH,
  SIGNAL_CLOCK_SUSPECT,
  SIGNAL_VERIFIED,
  SIGNAL_MEMORY_CHANGED,
  SIGNAL_LOG,
  N_SIGNALS
};

/* Set once, when the class is made. */
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TtecommGate, ttecomm_gate, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  TtecommGateEntry *entry = data;

  ttecomm_gate_give_up_all (entry);
  ttecomm_gate_stop_timer (entry);
  g_clear_pointer (&entry->record, ttecomm_gate_record_unref);
  g_ptr_array_unref (entry->overtaken);
  g_ptr_array_unref (entry->checks);
  g_free (entry->installation);
  g_free (entry);
}

TtecommGateEntry *
ttecomm_gate_lookup (TtecommGate *self, const char *installation)
{
  return g_hash_table_lookup (self->entries, installation);
}

/* Makes room by forgetting the entry that nobody has used for longest. */
static void
forget_one (TtecommGate *self)
{
  TtecommGateEntry *oldest = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TtecommGateEntry *entry = value;

      if (entry->checks->len > 0 || entry->watchers > 0 || ttecomm_gate_is_asking (entry))
        continue;
      if (oldest == NULL || entry->sequence < oldest->sequence)
        oldest = entry;
    }
  if (oldest != NULL)
    g_hash_table_remove (self->entries, oldest->installation);
}

static TtecommGateEntry *
find_or_add (TtecommGate *self, const char *installation)
{
  TtecommGateEntry *entry = ttecomm_gate_lookup (self, installation);

  if (entry != NULL)
    return entry;
  if (g_hash_table_size (self->entries) >= TTECOMM_GATE_MAX_ENTRIES)
    forget_one (self);
  entry = g_new0 (TtecommGateEntry, 1);
  entry->installation = g_strdup (installation);
  entry->checks = g_ptr_array_new ();
  entry->overtaken = g_ptr_array_new ();
  g_hash_table_insert (self->entries, entry->installation, entry);
  return entry;
}

TtecommGateEntry *
ttecomm_gate_ensure (TtecommGate *self, const char *installation)
{
  TtecommGateEntry *entry = find_or_add (self, installation);

  entry->sequence = ++self->sequence;
  return entry;
}

/* It counts as used by nobody: the first to go. */
void
ttecomm_gate_keep_unasked (TtecommGate *self,
                           const char *installation,
                           TtecommGateRecord *record,
                           gboolean is_new)
{
  TtecommGateEntry *entry = find_or_add (self, installation);

  g_clear_pointer (&entry->record, ttecomm_gate_record_unref);
  entry->record = record;
  entry->online = is_new;
  entry->loaded = FALSE;
  entry->backoff_ms = 0;
  ttecomm_gate_stop_timer (entry);
  if (self->writer != NULL)
    ttecomm_gate_writer_store_later (self->writer, record);
}

void
ttecomm_gate_log (TtecommGate *self, GLogLevelFlags level, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_LOG], 0, (gint)level, text);
}

void
ttecomm_gate_emit (TtecommGate *self,
                   const char *installation,
                   TtecommGateCode old_code,
                   const TtecommGateVerdict *verdict,
                   TtecommGateNews events)
{
  const TtecommGateDecision *decision = &verdict->decision;
  gboolean online = verdict->from == TTECOMM_GATE_FROM_NET;

  if (online)
    g_signal_emit (self, signals[SIGNAL_VERIFIED], 0, installation, verdict);
  if ((events & TTECOMM_GATE_NEWS_CHANGED) != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, installation, (gint)old_code,
                   (gint)decision->code, (gint)decision->cause);
  if ((events & TTECOMM_GATE_NEWS_ENDS_SOON) != 0)
    g_signal_emit (self, signals[SIGNAL_ENDS_SOON], 0, installation, verdict->days);
  if ((events & TTECOMM_GATE_NEWS_ENDED) != 0)
    g_signal_emit (self, signals[SIGNAL_ENDED], 0, installation, (gint)decision->code);
  if ((events & TTECOMM_GATE_NEWS_STALE) != 0)
    g_signal_emit (self, signals[SIGNAL_STALE], 0, installation, verdict->when);
  if ((events & TTECOMM_GATE_NEWS_FRESH) != 0)
    g_signal_emit (self, signals[SIGNAL_FRESH], 0, installation);
  if ((events & TTECOMM_GATE_NEWS_CLOCK_SUSPECT) != 0)
    g_signal_emit (self, signals[SIGNAL_CLOCK_SUSPECT], 0, installation,
                   online ? verdict->clock_difference : G_GINT64_CONSTANT (0));
}

void
ttecomm_gate_rebuild_memory (TtecommGate *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TtecommGateEntry *entry = value;

      if (entry->online && entry->record != NULL)
        g_ptr_array_add (records, entry->record);
    }
  g_clear_pointer (&self->memory, ttecomm_gate_memory_unref);
  self->memory = ttecomm_gate_memory_new (records, self->salt);
  g_signal_emit (self, signals[SIGNAL_MEMORY_CHANGED], 0);
}

void
ttecomm_gate_drop_answer (TtecommGate *self, TtecommGateEntry *entry)
{
  if (!entry->online)
    return;
  entry->online = FALSE;
  ttecomm_gate_rebuild_memory (self);
}

TtecommGateMemory *
ttecomm_gate_get_memory (TtecommGate *self)
{
  g_return_val_if_fail (TTECOMM_IS_GATE (self), NULL);

  return self->memory;
}

char *
ttecomm_gate_dup_pseudonym (TtecommGate *self, const char *installation)
{
  return ttecomm_gate_memory_dup_pseudonym (self->memory, installation);
}

/* All who wait, their entries forgotten. (element-type TtecommGateCheck) */
static GPtrArray *
steal_checks (TtecommGate *self)
{
  GPtrArray *checks = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_extend_and_steal (checks, g_steal_pointer (&((TtecommGateEntry *)value)->checks));
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((TtecommGateEntry *)value)->checks = g_ptr_array_new ();
  return checks;
}

/* Forgets all answers but keeps whom the host watches. */
static void
forget_answers (TtecommGate *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TtecommGateEntry *entry = value;

      ttecomm_gate_give_up_all (entry);
      ttecomm_gate_stop_timer (entry);
      g_clear_pointer (&entry->record, ttecomm_gate_record_unref);
      entry->online = FALSE;
      entry->backoff_ms = 0;
      entry->status = (TtecommGateStatus){ 0 };
      if (entry->watchers == 0)
        g_hash_table_iter_remove (&iter);
    }
}

/* Those whom the host watches are asked about for the new account. */
static void
plan_watched (TtecommGate *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ttecomm_gate_plan (self, value, NULL);
}

void
ttecomm_gate_set_account (TtecommGate *self, const char *account)
{
  g_autoptr (TtecommGate) alive = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  g_return_if_fail (TTECOMM_IS_GATE (self));

  if (self->shut_down || g_strcmp0 (self->account, account) == 0)
    return;
  alive = g_object_ref (self);
  checks = steal_checks (self);
  g_clear_pointer (&self->ready, ttecomm_gate_ready_free);
  forget_answers (self);
  if (self->account != NULL && self->writer != NULL)
    ttecomm_gate_writer_clear (self->writer, self->account);
  g_free (self->account);
  self->account = g_strdup (account);
  plan_watched (self);
  ttecomm_gate_rebuild_memory (self);
  for (guint i = 0; i < checks->len; i++)
    ttecomm_gate_check_begin (self, g_ptr_array_index (checks, i));
}

void
ttecomm_gate_keep_ready (TtecommGate *self, const char *const *installations)
{
  g_return_if_fail (TTECOMM_IS_GATE (self));
  g_return_if_fail (installations != NULL);

  if (self->shut_down || self->account == NULL)
    return;
  if (self->ready == NULL)
    self->ready = ttecomm_gate_ready_new (self);
  ttecomm_gate_ready_set (self->ready, installations);
}

void
ttecomm_gate_set_prosoft (TtecommGate *self, const char *prosoft)
{
  g_return_if_fail (TTECOMM_IS_GATE (self));

  g_free (self->prosoft);
  self->prosoft = g_strdup (prosoft);
}

void
ttecomm_gate_watch (TtecommGate *self, const char *installation)
{
  TtecommGateEntry *entry;

  g_return_if_fail (TTECOMM_IS_GATE (self));
  g_return_if_fail (installation != NULL);

  if (self->shut_down)
    return;
  entry = ttecomm_gate_ensure (self, installation);
  entry->watchers++;
  if (entry->timer == NULL && entry->request == NULL)
    ttecomm_gate_plan (self, entry, NULL);
}

void
ttecomm_gate_unwatch (TtecommGate *self, const char *installation)
{
  TtecommGateEntry *entry;

  g_return_if_fail (TTECOMM_IS_GATE (self));
  g_return_if_fail (installation != NULL);

  entry = ttecomm_gate_lookup (self, installation);
  if (entry == NULL || entry->watchers == 0)
    return;
  entry->watchers--;
  if (entry->watchers == 0)
    ttecomm_gate_stop_timer (entry);
}

void
ttecomm_gate_note_use (TtecommGate *self, const char *installation)
{
  TtecommGateEntry *entry;

  g_return_if_fail (TTECOMM_IS_GATE (self));
  g_return_if_fail (installation != NULL);

  entry = ttecomm_gate_lookup (self, installation);
  if (entry == NULL)
    return;
  entry->sequence = ++self->sequence;
  entry->used_us = g_get_monotonic_time ();
}

/* With @restart a request in flight is begun anew: it may have been answered before the order. */
static void
drop (TtecommGate *self, gboolean restart)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TtecommGateEntry *entry = value;
      gboolean is_kept = entry->is_kept;
      gboolean was_asking = entry->request != NULL;

      entry->online = FALSE;
      if (!restart)
        continue;
      ttecomm_gate_give_up_all (entry);
      if (!was_asking)
        continue;
      /* Randomness was there a moment ago; without it the waiting checks' budgets decide. */
      if (!ttecomm_gate_request (self, entry))
        g_debug ("No randomness to ask TTcloud again");
      entry->is_kept = is_kept;
    }
}

void
ttecomm_gate_drop_answers (TtecommGate *self)
{
  g_return_if_fail (TTECOMM_IS_GATE (self));

  if (self->shut_down)
    return;
  drop (self, TRUE);
  if (self->ready != NULL)
    ttecomm_gate_ready_note_dropped (self->ready, TRUE);
  ttecomm_gate_rebuild_memory (self);
}

gboolean
ttecomm_gate_is_of_today (const TtecommGate *self, guint64 day, const char *today)
{
  return self->day == day || (self->day == day + 1 && g_strcmp0 (self->server_today, today) == 0);
}

void
ttecomm_gate_note_server_today (TtecommGate *self, const char *date)
{
  gboolean first;

  g_return_if_fail (TTECOMM_IS_GATE (self));
  g_return_if_fail (date != NULL);

  if (self->shut_down || g_strcmp0 (self->server_today, date) == 0)
    return;
  first = self->server_today == NULL;
  g_free (self->server_today);
  self->server_today = g_strdup (date);
  if (first)
    return;
  self->day++;
  drop (self, FALSE);
  if (self->ready != NULL)
    ttecomm_gate_ready_note_dropped (self->ready, FALSE);
  ttecomm_gate_rebuild_memory (self);
}

void
ttecomm_gate_shutdown (TtecommGate *self)
{
  g_autoptr (TtecommGate) alive = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  g_return_if_fail (TTECOMM_IS_GATE (self));

  if (self->shut_down || self->entries == NULL)
    return;
  alive = g_object_ref (self);
  self->shut_down = TRUE;
  checks = steal_checks (self);
  g_clear_pointer (&self->ready, ttecomm_gate_ready_free);
  if (self->writer != NULL && self->account != NULL)
    ttecomm_gate_write_high_waters (self);
  g_hash_table_remove_all (self->entries);
  if (self->keyring != NULL)
    ttecomm_gate_keyring_close (self->keyring);
  g_clear_pointer (&self->writer, ttecomm_gate_writer_free);
  for (guint i = 0; i < checks->len; i++)
    ttecomm_gate_check_cancel (self, g_ptr_array_index (checks, i));
}

static void
ttecomm_gate_dispose (GObject *object)
{
  TtecommGate *self = TTECOMM_GATE (object);

  ttecomm_gate_shutdown (self);
  g_clear_object (&self->keyring);
  g_clear_object (&self->source);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->cache, ttecomm_gate_cache_unref);
  g_clear_pointer (&self->memory, ttecomm_gate_memory_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (ttecomm_gate_parent_class)->dispose (object);
}

static void
ttecomm_gate_finalize (GObject *object)
{
  TtecommGate *self = TTECOMM_GATE (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_free (self->prosoft);
  g_free (self->account);
  g_free (self->server_today);
  G_OBJECT_CLASS (ttecomm_gate_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, const GType *types)
{
  return g_signal_newv (name, TTECOMM_TYPE_GATE, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n_params, (GType *)types);
}

static void
ttecomm_gate_class_init (TtecommGateClass *klass)
{
  static const GType changed[] = { G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT };
  static const GType number[] = { G_TYPE_STRING, G_TYPE_INT64 };
  static const GType code[] = { G_TYPE_STRING, G_TYPE_INT };
  static const GType line[] = { G_TYPE_INT, G_TYPE_STRING };
  static const GType verdict[] = { G_TYPE_STRING, G_TYPE_POINTER };

  G_OBJECT_CLASS (klass)->dispose = ttecomm_gate_dispose;
  G_OBJECT_CLASS (klass)->finalize = ttecomm_gate_finalize;
  signals[SIGNAL_CHANGED] = add_signal ("changed", 4, changed);
  signals[SIGNAL_ENDS_SOON] = add_signal ("ends-soon", 2, number);
  signals[SIGNAL_ENDED] = add_signal ("ended", 2, code);
  signals[SIGNAL_STALE] = add_signal ("stale", 2, number);
  signals[SIGNAL_FRESH] = add_signal ("fresh", 1, number);
  signals[SIGNAL_CLOCK_SUSPECT] = add_signal ("clock-suspect", 2, number);
  signals[SIGNAL_VERIFIED] = add_signal ("verified", 2, verdict);
  signals[SIGNAL_MEMORY_CHANGED] = add_signal ("memory-changed", 0, NULL);
  signals[SIGNAL_LOG] = add_signal ("log", 2, line);
}

static void
ttecomm_gate_init (TtecommGate *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
}

static gboolean
openssl_random (guint8 *buffer, gsize length, gpointer user_data)
{
  return RAND_bytes (buffer, (int)length) == 1;
}

TtecommGate *
ttecomm_gate_new (const TtecommGateConfig *config)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  TtecommGate *self;

  g_return_val_if_fail (TTECOMM_IS_CLOCK (config->clock), NULL);
  g_return_val_if_fail (TTECOMM_IS_GATE_SOURCE (config->source), NULL);
  g_return_val_if_fail (config->trust != NULL, NULL);

  self = g_object_new (TTECOMM_TYPE_GATE, NULL);
  self->clock = g_object_ref (config->clock);
  self->source = g_object_ref (config->source);
  self->context = g_main_context_ref_thread_default ();
  self->budgets = config->budgets;
  self->random = config->random != NULL ? config->random : openssl_random;
  self->random_data = config->random_data;
  self->prosoft = g_strdup (config->prosoft);
  /* Without randomness the pseudonyms are weaker; no question can be asked then either. */
  if (!self->random (self->salt, sizeof self->salt, self->random_data))
    g_debug ("No randomness for the gate's pseudonyms");
  self->memory = ttecomm_gate_memory_new (nothing, self->salt);
  if (config->cache_folder != NULL)
    ttecomm_gate_open_cache (self, config->cache_folder);
  self->keyring = ttecomm_gate_keyring_new (self->source, config->trust, self->cache, self->writer);
  return self;
}
