/* SPDX-License-Identifier: MIT */
/* Takes a view back to an older revision. */
#include "tests/unit/host/specimens/specimen.h"

static void
main_thread (Specimen *self)
{
  if (self->view != 0)
    self->pages->changed (self->host, self->view, 0);
}

const SpecimenHooks specimen_hooks = { .main_thread = main_thread };
