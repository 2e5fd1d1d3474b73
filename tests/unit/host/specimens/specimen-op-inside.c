/* SPDX-License-Identifier: MIT */
/* Completes inside the call that starts (R10). */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  *op = ++self->last_op;
  specimen_complete (self, *op, PROSOFT_OK);
  return PROSOFT_OK;
}

const SpecimenHooks specimen_hooks = { .invoke = invoke };
