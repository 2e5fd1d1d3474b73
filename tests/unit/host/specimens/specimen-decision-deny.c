/* SPDX-License-Identifier: MIT */
/* Allows and denies in one decision. */
#include "tests/unit/host/specimens/specimen.h"

static void
decide (prosoft_gate_decision_t *decision, prosoft_session_t *session)
{
  decision->allowed = 1;
  decision->valid_until = 4102444800;
  decision->outcome = PROSOFT_GATE_DENY;
  *session = 5;
}

const SpecimenHooks specimen_hooks = { .decision = decide };
