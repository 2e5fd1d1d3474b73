/* SPDX-License-Identifier: MIT */
/* Refuses an action and gives an operation all the same (R10). */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  *op = 900;
  return PROSOFT_E_INVALID;
}

const SpecimenHooks specimen_hooks = { .invoke = invoke };
