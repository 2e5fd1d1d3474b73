/* SPDX-License-Identifier: MIT */
/* Does nothing wrong: what it changes for a moment it puts back (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <windows.h>

static void
init (Specimen *self)
{
  UINT mode = SetErrorMode (SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);
  LPTOP_LEVEL_EXCEPTION_FILTER filter = SetUnhandledExceptionFilter (NULL);

  SetUnhandledExceptionFilter (filter);
  SetErrorMode (mode);
}

const SpecimenHooks specimen_hooks = { .init = init };
