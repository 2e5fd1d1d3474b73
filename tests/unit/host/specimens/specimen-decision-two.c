/* SPDX-License-Identifier: MIT */
/* Answers the flag with a 2. */
#include "tests/unit/host/specimens/specimen.h"

static void
decide (prosoft_gate_decision_t *decision, prosoft_session_t *session)
{
  decision->allowed = 2;
  decision->outcome = PROSOFT_GATE_ALLOW;
  *session = 5;
}

const SpecimenHooks specimen_hooks = { .decision = decide };
