/* SPDX-License-Identifier: MIT */
/* Forgets its open operations in destroy() (R10). */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  *op = specimen_begin (self, false, true, false);
  return PROSOFT_OK;
}

const SpecimenHooks specimen_hooks = { .keep_ops = true, .invoke = invoke };
