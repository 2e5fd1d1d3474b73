/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/operations.h"

typedef struct
{
  guint64 op;
  TtecommOperationKind kind;
} OpenOperation;

struct _TtecommOperations
{
  GArray *open; /* (owned) (element-type OpenOperation) oldest first; a handful at a time */
  guint64 last;
};

TtecommOperations *
ttecomm_operations_new (void)
{
  TtecommOperations *self = g_new0 (TtecommOperations, 1);

  self->open = g_array_new (FALSE, FALSE, sizeof (OpenOperation));
  return self;
}

void
ttecomm_operations_free (TtecommOperations *self)
{
  g_array_unref (self->open);
  g_free (self);
}

guint64
ttecomm_operations_begin (TtecommOperations *self, TtecommOperationKind kind)
{
  OpenOperation operation = { ++self->last, kind };

  g_array_append_val (self->open, operation);
  return operation.op;
}

static const OpenOperation *
find (TtecommOperations *self, guint64 op, guint *index)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      const OpenOperation *operation = &g_array_index (self->open, OpenOperation, i);

      if (operation->op == op)
        {
          *index = i;
          return operation;
        }
    }
  return NULL;
}

TtecommOperationKind
ttecomm_operations_get_kind (TtecommOperations *self, guint64 op)
{
  guint index;
  const OpenOperation *operation = find (self, op, &index);

  return operation != NULL ? operation->kind : TTECOMM_OPERATION_UNKNOWN;
}

TtecommOperationKind
ttecomm_operations_end (TtecommOperations *self, guint64 op)
{
  guint index;
  const OpenOperation *operation = find (self, op, &index);
  TtecommOperationKind kind;

  if (operation == NULL)
    return TTECOMM_OPERATION_UNKNOWN;
  kind = operation->kind;
  g_array_remove_index (self->open, index);
  return kind;
}

gboolean
ttecomm_operations_take (TtecommOperations *self, guint64 *op, TtecommOperationKind *kind)
{
  if (self->open->len == 0)
    return FALSE;
  *op = g_array_index (self->open, OpenOperation, 0).op;
  *kind = g_array_index (self->open, OpenOperation, 0).kind;
  g_array_remove_index (self->open, 0);
  return TRUE;
}
