/* SPDX-License-Identifier: MIT */
#include "plugin/gate/memory.h"

struct _TtecommGateMemory
{
  GHashTable *records; /* (owned): installation, borrowed from the record, to the record */
};

TtecommGateMemory *
ttecomm_gate_memory_new (GPtrArray *records)
{
  TtecommGateMemory *self = g_atomic_rc_box_new0 (TtecommGateMemory);

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
