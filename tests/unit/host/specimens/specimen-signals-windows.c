/* SPDX-License-Identifier: MIT */
/* Changes what Windows does when a drive is not ready (R13): there are no signals. */
#include "tests/unit/host/specimens/specimen.h"

#include <windows.h>

static void
init (Specimen *self)
{
  SetErrorMode (GetErrorMode () ^ SEM_NOOPENFILEERRORBOX);
}

const SpecimenHooks specimen_hooks = { .init = init };
