/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TTECOMM_OPERATION_UNKNOWN, /* never was, or is over */
  TTECOMM_OPERATION_PAGE,    /* completed by operations->completed */
  TTECOMM_OPERATION_GATE,    /* completed by session_gate->decided */
} TtecommOperationKind;

/**
 * TtecommOperations:
 *
 * The table of open operations (R10): what is in it still owes the host its one completion. Main
 * thread.
 */
typedef struct _TtecommOperations TtecommOperations;

TtecommOperations *ttecomm_operations_new (void);
void ttecomm_operations_free (TtecommOperations *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommOperations, ttecomm_operations_free)

/* Returns the number of a new open operation; never 0, never used before. */
guint64 ttecomm_operations_begin (TtecommOperations *self, TtecommOperationKind kind);

TtecommOperationKind ttecomm_operations_get_kind (TtecommOperations *self, guint64 op);

/* Takes @op out of the table and returns what it was. UNKNOWN: its completion was given already. */
TtecommOperationKind ttecomm_operations_end (TtecommOperations *self, guint64 op);

/* Takes any open operation out of the table, the oldest first. FALSE when there is none. */
gboolean ttecomm_operations_take (TtecommOperations *self, guint64 *op, TtecommOperationKind *kind);

G_END_DECLS
