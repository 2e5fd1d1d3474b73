/* SPDX-License-Identifier: MIT */
/* Calls the host after destroy() (R11). */
#include "tests/unit/host/specimens/specimen.h"

static const prosoft_host_t *kept;

static void
init (Specimen *self)
{
  kept = self->host;
}

static void
leave (void)
{
  if (kept != NULL)
    kept->request_callback (kept);
}

const SpecimenHooks specimen_hooks = { .init = init, .leave = leave };
