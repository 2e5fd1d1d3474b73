/* SPDX-License-Identifier: MIT */
/* Starts an operation without a number (R10). */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  *op = 0;
  return PROSOFT_OK;
}

const SpecimenHooks specimen_hooks = { .invoke = invoke };
