/* SPDX-License-Identifier: MIT */
/* Decides with a struct that is too short (R3). */
#include "tests/unit/host/specimens/specimen.h"

static void
decide (prosoft_gate_decision_t *decision, prosoft_session_t *session)
{
  decision->struct_size = 16;
  *session = 0;
}

const SpecimenHooks specimen_hooks = { .decision = decide };
