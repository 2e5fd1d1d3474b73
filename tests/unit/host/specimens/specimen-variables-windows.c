/* SPDX-License-Identifier: MIT */
/* Sets an environment variable (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <windows.h>

static void
init (Specimen *self)
{
  SetEnvironmentVariableW (L"SPECIMEN_WAS_HERE", L"1");
}

const SpecimenHooks specimen_hooks = { .init = init };
