/* SPDX-License-Identifier: MIT */
/* Logs two lines at once. */
#include "tests/unit/host/specimens/specimen.h"

static void
init (Specimen *self)
{
  self->log->log (self->host, PROSOFT_LOG_INFO, "specimen", "one\ntwo");
}

const SpecimenHooks specimen_hooks = { .init = init };
