/* SPDX-License-Identifier: MIT */
/* Completes with a struct that is too short (R3). */
#include "tests/unit/host/specimens/specimen.h"

static void
destroy (Specimen *self)
{
  prosoft_completion_t completion = { .struct_size = 8 };

  self->operations->completed (self->host, &completion);
}

const SpecimenHooks specimen_hooks = { .destroy = destroy };
