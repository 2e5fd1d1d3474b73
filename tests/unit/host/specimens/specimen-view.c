/* SPDX-License-Identifier: MIT */
/* Says that a view changed which is not open. */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  self->pages->changed (self->host, 99, 1);
}

const SpecimenHooks specimen_hooks = { .init = init };
