/* SPDX-License-Identifier: MIT */
/* Gives a session and does not allow it. */
#include "tests/unit/host/specimens/specimen.h"

static void
decide (prosoft_gate_decision_t *decision, prosoft_session_t *session)
{
  decision->allowed = 0;
  decision->outcome = PROSOFT_GATE_DENY;
  decision->valid_until = 0;
  *session = 5;
}

const SpecimenHooks specimen_hooks = { .decision = decide };
