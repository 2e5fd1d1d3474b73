/* SPDX-License-Identifier: MIT */
/* Changes the locale (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <locale.h>
#include <string.h>

static void
init (Specimen *self)
{
  setlocale (LC_ALL, strcmp (setlocale (LC_ALL, NULL), "C") == 0 ? "" : "C");
}

const SpecimenHooks specimen_hooks = { .init = init };
