/* SPDX-License-Identifier: MIT */
/* Changes the current folder (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <unistd.h>

static void
init (Specimen *self)
{
  if (chdir ("/") != 0)
    return;
}

const SpecimenHooks specimen_hooks = { .init = init };
