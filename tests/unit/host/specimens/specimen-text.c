/* SPDX-License-Identifier: MIT */
/* Logs what is not UTF-8 (R8). */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  self->log->log (self->host, PROSOFT_LOG_INFO, "specimen", "caf\xe9");
}

const SpecimenHooks specimen_hooks = { .init = init };
