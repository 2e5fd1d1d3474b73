/* SPDX-License-Identifier: MIT */
/* Completes what nobody started (R10). */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  specimen_complete (self, 4711, PROSOFT_OK);
}

const SpecimenHooks specimen_hooks = { .init = init };
