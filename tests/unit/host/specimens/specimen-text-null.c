/* SPDX-License-Identifier: MIT */
/* Logs NULL (R8). */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  self->log->log (self->host, PROSOFT_LOG_INFO, "specimen", NULL);
}

const SpecimenHooks specimen_hooks = { .init = init };
