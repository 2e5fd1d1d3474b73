/* SPDX-License-Identifier: MIT */
/* Changes how numbers are rounded (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <fenv.h>

static void
init (Specimen *self)
{
  fesetround (FE_UPWARD);
}

const SpecimenHooks specimen_hooks = { .init = init };
