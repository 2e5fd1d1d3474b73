/* SPDX-License-Identifier: MIT */
/* Keeps a secret that is too long. */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  static const char data[PROSOFT_SECRET_MAX_SIZE + 1];

  if (self->secrets != NULL)
    self->secrets->store (self->host, "key", data, sizeof data, 1);
}

const SpecimenHooks specimen_hooks = { .init = init };
