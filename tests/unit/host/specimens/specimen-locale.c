/* SPDX-License-Identifier: MIT */
/* Changes the locale (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <locale.h>

static void
init (Specimen *self)
{
  setlocale (LC_ALL, "C");
}

const SpecimenHooks specimen_hooks = { .init = init };
