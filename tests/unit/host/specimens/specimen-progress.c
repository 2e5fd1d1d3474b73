/* SPDX-License-Identifier: MIT */
/* Says that it has done seven times the work. */
#include "tests/unit/host/specimens/specimen.h"

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  *op = specimen_begin (self, false, true, false);
  return PROSOFT_OK;
}

static void
main_thread (Specimen *self)
{
  for (int i = 0; i < self->n_ops; i++)
    if (self->ops[i].hangs && !self->ops[i].is_check)
      {
        self->operations->progress (self->host, self->ops[i].id, 7, NULL);
        self->ops[i].hangs = false;
      }
}

const SpecimenHooks specimen_hooks = { .main_thread = main_thread, .invoke = invoke };
