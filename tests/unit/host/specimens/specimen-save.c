/* SPDX-License-Identifier: MIT */
/* Saves a file in another folder. */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  if (self->files != NULL)
    self->files->save (self->host, "../list.csv", "text/csv", 1);
}

const SpecimenHooks specimen_hooks = { .init = init };
