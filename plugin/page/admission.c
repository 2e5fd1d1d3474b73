/* SPDX-License-Identifier: MIT */
#include "plugin/page/admission.h"

struct _TtecommAdmission
{
  TtecommGateMemory *memory; /* (owned) */
  TtecommClock *clock;       /* (owned) */
  char *prosoft;             /* (owned) (nullable) */
  char *open_id;             /* (owned) (nullable) */
};

TtecommAdmission *
ttecomm_admission_new (TtecommGateMemory *memory,
                       TtecommClock *clock,
                       const char *prosoft,
                       const char *open_id)
{
  TtecommAdmission *self = g_atomic_rc_box_new0 (TtecommAdmission);

  self->memory = ttecomm_gate_memory_ref (memory);
  self->clock = g_object_ref (clock);
  self->prosoft = g_strdup (prosoft);
  self->open_id = g_strdup (open_id);
  return self;
}

TtecommAdmission *
ttecomm_admission_ref (TtecommAdmission *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
admission_clear (gpointer data)
{
  TtecommAdmission *self = data;

  ttecomm_gate_memory_unref (self->memory);
  g_object_unref (self->clock);
  g_free (self->prosoft);
  g_free (self->open_id);
}

void
ttecomm_admission_unref (TtecommAdmission *self)
{
  g_atomic_rc_box_release_full (self, admission_clear);
}

TtecommDecision *
ttecomm_admission_decide (TtecommAdmission *self, const char *installation, const char **id)
{
  const char *whose = installation != NULL ? installation : self->open_id;
  g_autoptr (TtecommGateVerdict) verdict = NULL;
  TtecommDecision *decision;

  if (whose == NULL)
    return NULL;
  verdict = ttecomm_gate_memory_check (self->memory, self->clock, whose, self->prosoft);
  if (verdict == NULL || verdict->decision.code != TTECOMM_GATE_CODE_OK)
    return NULL;
  decision = ttecomm_decision_new ();
  decision->outcome = (int)verdict->decision.outcome;
  decision->allowed = TRUE;
  decision->valid_until = verdict->valid_until;
  decision->code = g_strdup (ttecomm_gate_code_to_string (verdict->decision.code));
  decision->details = g_strdup (verdict->details);
  if (id != NULL)
    *id = whose;
  return decision;
}
