/* SPDX-License-Identifier: MIT */
/* prosoft.operations/1, and the table of all operations (R10). */
#include "tests/host/host-private.h"

#include <stdlib.h>

HostOperation *
host_operation_find (const Host *host, prosoft_op_t op)
{
  for (size_t i = 0; i < host->n_operations; i++)
    if (host->operations[i]->id == op)
      return host->operations[i];
  return NULL;
}

void
host_operation_free (HostOperation *operation)
{
  free (operation->message);
  free (operation->details);
  free (operation->progress_text);
  if (operation->decision != NULL)
    host_decision_free (operation->decision);
  free (operation);
}

void
host_operation_starting (Host *host)
{
  host->starting = true;
  host->completed_inside = 0;
}

static HostOperation *
append (Host *host, prosoft_op_t op, bool is_check)
{
  HostOperation *operation = host_alloc (sizeof *operation);

  operation->id = op;
  operation->is_check = is_check;
  operation->fraction = -1;
  host->operations
      = host_realloc (host->operations, (host->n_operations + 1) * sizeof (HostOperation *));
  host->operations[host->n_operations++] = operation;
  return operation;
}

prosoft_result_t
host_operation_started (Host *host,
                        const char *call,
                        bool is_check,
                        prosoft_result_t result,
                        prosoft_op_t op)
{
  HostOperation *operation;

  host->starting = false;
  if (result < 0)
    {
      if (op != 0)
        host_blame_plugin (host, HOST_CHECK_OP_NUMBER, "%s failed with %d and gave op %llu", call,
                           (int)result, (unsigned long long)op);
      return result;
    }
  if (op == 0 || host_operation_find (host, op) != NULL)
    {
      host_blame_plugin (host, HOST_CHECK_OP_NUMBER, "%s gave op %llu, %s", call,
                         (unsigned long long)op,
                         op == 0 ? "which is none" : "which was used before");
      return PROSOFT_E_FAILED;
    }
  operation = append (host, op, is_check);
  /* Already reported; it will not come again. */
  operation->done = host->completed_inside == op;
  operation->result = operation->done ? PROSOFT_E_FAILED : PROSOFT_OK;
  return PROSOFT_OK;
}

HostOperation *
host_operation_completing (Host *host, prosoft_op_t op, bool is_check)
{
  HostOperation *operation = host_operation_find (host, op);
  const char *what = is_check ? "decided" : "completed";

  if (operation == NULL && host->starting)
    {
      host->completed_inside = op;
      host_blame_plugin (host, HOST_CHECK_OP_INSIDE, "%s (op %llu) came inside %s", what,
                         (unsigned long long)op, host->in_call);
    }
  else if (operation == NULL)
    host_blame_plugin (host, HOST_CHECK_OP_UNKNOWN, "%s for op %llu, which was never started", what,
                       (unsigned long long)op);
  else if (operation->done)
    host_blame_plugin (host, HOST_CHECK_OP_TWICE, "%s for op %llu, which was over", what,
                       (unsigned long long)op);
  else if (operation->is_check != is_check)
    host_blame_plugin (host, HOST_CHECK_OP_KIND, "%s for op %llu, which is %s", what,
                       (unsigned long long)op, is_check ? "an action" : "a check of the gate");
  else
    return operation;
  return NULL;
}

static void PROSOFT_ABI
progress (const prosoft_host_t *table, prosoft_op_t op, double fraction, const char *text)
{
  Host *host = host_of (table);
  HostOperation *operation;

  if (!host_accept_main (host, "operations.progress")
      || !host_text_good (host, "the text of a progress", text, true))
    return;
  operation = host_operation_find (host, op);
  if (operation == NULL || operation->done)
    {
      host_blame_plugin (host, HOST_CHECK_OP_UNKNOWN, "progress of op %llu, which is not open",
                         (unsigned long long)op);
      return;
    }
  if (!((fraction >= 0 && fraction <= 1) || (fraction >= -1 && fraction <= -1)))
    host_blame_plugin (host, HOST_CHECK_RESULT, "progress of op %llu is neither 0 to 1 nor -1",
                       (unsigned long long)op);
  else
    operation->fraction = fraction;
  free (operation->progress_text);
  operation->progress_text = host_strdup (text);
}

static void PROSOFT_ABI
completed (const prosoft_host_t *table, const prosoft_completion_t *completion)
{
  Host *host = host_of (table);
  HostOperation *operation;

  if (!host_accept_main (host, "operations.completed"))
    return;
  if (completion == NULL || completion->struct_size < PROSOFT_COMPLETION_SIZE_V1)
    {
      host_blame_plugin (host, HOST_CHECK_STRUCT, "a completion %s",
                         completion == NULL ? "is NULL" : "is shorter than its first version");
      return;
    }
  operation = host_operation_completing (host, completion->op, false);
  if (operation == NULL)
    return;
  operation->done = true;
  operation->result = completion->result;
  if (host_text_good (host, "the message of a completion", completion->message, true))
    operation->message = host_strdup (completion->message);
  if (host_text_good (host, "the details of a completion", completion->details, true))
    operation->details = host_strdup (completion->details);
}

const prosoft_host_operations_t host_operations_table = { progress, completed };

prosoft_result_t
host_cancel (Host *host, prosoft_op_t op)
{
  prosoft_result_t result;
  int64_t started;

  if (!host_is_running (host) || host->operations_table == NULL)
    return PROSOFT_E_UNSUPPORTED;
  if (!host_call_begin (host, "operations.cancel", &started))
    return PROSOFT_E_BUSY;
  result = host->operations_table->cancel (host->plugin, op);
  host_call_end (host, started);
  return result;
}

const HostOperation *
host_get_operation (Host *host, prosoft_op_t op)
{
  return host_operation_find (host, op);
}

size_t
host_count_open_operations (const Host *host)
{
  size_t open = 0;

  for (size_t i = 0; i < host->n_operations; i++)
    open += !host->operations[i]->done;
  return open;
}

void
host_operations_look_for_missing (Host *host)
{
  for (size_t i = 0; i < host->n_operations; i++)
    if (!host->operations[i]->done)
      {
        host_blame_plugin (host, HOST_CHECK_OP_MISSING, "destroy() returned and op %llu is open",
                           (unsigned long long)host->operations[i]->id);
        host->operations[i]->done = true;
        host->operations[i]->result = PROSOFT_E_FAILED;
      }
}
