/* SPDX-License-Identifier: MIT */
/* Sets an environment variable (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <stdlib.h>

static void
init (Specimen *self)
{
  setenv ("SPECIMEN_WAS_HERE", "1", 1);
}

const SpecimenHooks specimen_hooks = { .init = init };
