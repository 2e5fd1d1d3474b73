/* SPDX-License-Identifier: MIT */
/* Says changed() from its worker thread (R4). */
#include "tests/unit/host/specimens/specimen.h"

static void
worker (Specimen *self)
{
  self->pages->changed (self->host, 1, 1);
}

const SpecimenHooks specimen_hooks = { .worker = worker };
