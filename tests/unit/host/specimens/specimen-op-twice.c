/* SPDX-License-Identifier: MIT */
/* Completes twice (R10). */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  *op = specimen_begin (self, false, false, false);
  return PROSOFT_OK;
}

static void
main_thread (Specimen *self)
{
  if (self->n_ops > 0 && !self->ops[0].is_check)
    specimen_complete (self, self->ops[0].id, PROSOFT_OK);
}

const SpecimenHooks specimen_hooks = { .invoke = invoke, .main_thread = main_thread };
