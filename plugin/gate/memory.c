/* SPDX-License-Identifier: MIT */
#include "plugin/gate/memory.h"

#include <string.h>

#include "plugin/gate/verdict-private.h"

#define PSEUDONYM_LENGTH 4

struct _TtecommGateMemory
{
  guint8 salt[TTECOMM_GATE_SALT_SIZE];
  GHashTable *records; /* (owned): installation, borrowed from the record, to the record */
};

TtecommGateMemory *
ttecomm_gate_memory_new (GPtrArray *records, const guint8 salt[TTECOMM_GATE_SALT_SIZE])
{
  TtecommGateMemory *self = g_atomic_rc_box_new0 (TtecommGateMemory);

  memcpy (self->salt, salt, sizeof self->salt);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify)ttecomm_gate_record_unref);
  for (guint i = 0; i < records->len; i++)
    {
      TtecommGateRecord *record = g_ptr_array_index (records, i);
      TtecommStatement *statement = ttecomm_gate_record_get_statement (record);

      g_hash_table_replace (self->records, (char *)ttecomm_statement_get_installation (statement),
                            ttecomm_gate_record_ref (record));
    }
  return self;
}

TtecommGateMemory *
ttecomm_gate_memory_ref (TtecommGateMemory *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
memory_clear (gpointer data)
{
  TtecommGateMemory *self = data;

  g_hash_table_unref (self->records);
}

void
ttecomm_gate_memory_unref (TtecommGateMemory *self)
{
  g_atomic_rc_box_release_full (self, memory_clear);
}

guint
ttecomm_gate_memory_get_size (const TtecommGateMemory *self)
{
  return g_hash_table_size (self->records);
}

gboolean
ttecomm_gate_memory_decide_record (const TtecommGateRecord *record,
                                   TtecommClock *clock,
                                   const char *prosoft,
                                   TtecommGateDecision *decision)
{
  const TtecommGateFacts *facts = ttecomm_gate_record_get_facts (record);
  gint64 age = ttecomm_gate_record_get_age (record, clock);
  TtecommGateInputs inputs = { .signed_in = TRUE, .prosoft = prosoft };

  if (age < 0 || age >= TTECOMM_GATE_ANSWER_MAX_AGE
      || facts->until_ts - (facts->iat + age) <= TTECOMM_GATE_MEMORY_MARGIN)
    return FALSE;
  ttecomm_gate_inputs_set_answer (&inputs, record, age);
  *decision = ttecomm_gate_decide (&inputs);
  return ttecomm_gate_outcome_opens (decision->outcome);
}

gboolean
ttecomm_gate_memory_decide (const TtecommGateMemory *self,
                            TtecommClock *clock,
                            const char *installation,
                            const char *prosoft,
                            TtecommGateDecision *decision,
                            const TtecommGateRecord **record)
{
  const TtecommGateRecord *found = g_hash_table_lookup (self->records, installation);

  if (found == NULL || !ttecomm_gate_memory_decide_record (found, clock, prosoft, decision))
    return FALSE;
  if (record != NULL)
    *record = found;
  return TRUE;
}

char *
ttecomm_gate_memory_dup_pseudonym (const TtecommGateMemory *self, const char *installation)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, self->salt, sizeof self->salt);
  g_checksum_update (checksum, (const guchar *)installation, -1);
  return g_strndup (g_checksum_get_string (checksum), PSEUDONYM_LENGTH);
}

TtecommGateVerdict *
ttecomm_gate_memory_check (const TtecommGateMemory *self,
                           TtecommClock *clock,
                           const char *installation,
                           const char *prosoft)
{
  gint64 begin_us = g_get_monotonic_time ();
  const TtecommGateRecord *record = NULL;
  g_autofree char *pseudonym = NULL;
  TtecommGateDecision decision;
  TtecommGateVerdict *verdict;

  if (!ttecomm_gate_memory_decide (self, clock, installation, prosoft, &decision, &record))
    return NULL;
  verdict = ttecomm_gate_verdict_new (&decision, record, TTECOMM_GATE_FROM_MEMORY, clock);
  pseudonym = ttecomm_gate_memory_dup_pseudonym (self, installation);
  verdict->total_us = g_get_monotonic_time () - begin_us;
  ttecomm_gate_verdict_describe (verdict, pseudonym);
  return verdict;
}
