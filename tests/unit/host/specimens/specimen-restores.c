/* SPDX-License-Identifier: MIT */
/* Does nothing wrong: what it changes for a moment it puts back (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <signal.h>

static void
init (Specimen *self)
{
  struct sigaction before, ignore = { .sa_handler = SIG_IGN };

  sigaction (SIGPIPE, &ignore, &before);
  sigaction (SIGPIPE, &before, NULL);
}

const SpecimenHooks specimen_hooks = { .init = init };
