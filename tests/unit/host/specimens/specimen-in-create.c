/* SPDX-License-Identifier: MIT */
/* Calls the host from create(). */
#include "tests/unit/host/specimens/specimen.h"

static void
create (Specimen *self)
{
  self->host->request_callback (self->host);
}

const SpecimenHooks specimen_hooks = { .create = create };
