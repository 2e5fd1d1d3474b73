/* SPDX-License-Identifier: MIT */
/* Reads a project that is closed. */
#include "tests/unit/host/specimens/specimen.h"

static void
destroy (Specimen *self)
{
  if (self->former != NULL)
    self->former->size (self->former);
}

const SpecimenHooks specimen_hooks = { .destroy = destroy };
