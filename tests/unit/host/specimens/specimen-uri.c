/* SPDX-License-Identifier: MIT */
/* Opens an address without TLS. */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  self->open_uri->open (self->host, "http://example.invalid/");
}

const SpecimenHooks specimen_hooks = { .init = init };
