/* SPDX-License-Identifier: MIT */
/* Uses the number of an operation that is over (R10). */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  if (self->last_op > 0)
    *op = self->last_op;
  else
    *op = specimen_begin (self, false, false, false);
  return PROSOFT_OK;
}

const SpecimenHooks specimen_hooks = { .invoke = invoke };
