/* SPDX-License-Identifier: MIT */
/* Changes what a signal does (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <signal.h>

static void
init (Specimen *self)
{
  signal (SIGUSR2, SIG_IGN);
}

const SpecimenHooks specimen_hooks = { .init = init };
