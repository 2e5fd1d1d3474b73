/* SPDX-License-Identifier: MIT */
/* Tells the progress of what nobody started (R10). */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  self->operations->progress (self->host, 4711, 0.5, NULL);
}

const SpecimenHooks specimen_hooks = { .init = init };
