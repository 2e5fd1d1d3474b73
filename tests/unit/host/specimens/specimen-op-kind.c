/* SPDX-License-Identifier: MIT */
/* Answers a check of the gate with completed() (R10). */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
check (Specimen *self, prosoft_op_t *op)
{
  *op = specimen_begin (self, true, false, false);
  self->ops[self->n_ops - 1].is_check = false;
  return PROSOFT_OK;
}

const SpecimenHooks specimen_hooks = { .check = check, .keep_ops = true };
