/* SPDX-License-Identifier: MIT */
/* prosoft.session-gate/1 */
#include "tests/host/host-private.h"

#include <stdlib.h>

#define MAX_BUTTONS 16

static void
free_button (HostButton *button)
{
  free (button->id);
  free (button->label);
  free (button->target);
  *button = (HostButton){ 0 };
}

void
host_decision_free (HostDecision *decision)
{
  char *texts[] = { decision->code,    decision->cause,   decision->was,
                    decision->message, decision->details, decision->page_id };

  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    free (texts[i]);
  for (uint32_t i = 0; i < decision->n_buttons; i++)
    free_button (&decision->buttons[i]);
  free (decision->buttons);
  free (decision);
}

static void
copy_text (Host *host, const char *what, const char *text, bool may_be_null, char **copy)
{
  if (host_text_good (host, what, text, may_be_null))
    *copy = host_strdup (text);
}

static void
copy_button (Host *host, const prosoft_gate_button_t *from, HostButton *to)
{
  bool retry = from->kind == PROSOFT_GATE_BUTTON_RETRY;

  to->kind = from->kind;
  copy_text (host, "the id of a button", from->id, false, &to->id);
  copy_text (host, "the label of a button", from->label, false, &to->label);
  copy_text (host, "the target of a button", from->target, retry, &to->target);
  if (from->kind < PROSOFT_GATE_BUTTON_ACTION || from->kind > PROSOFT_GATE_BUTTON_HOST)
    host_blame_plugin (host, HOST_CHECK_DECISION, "a button of kind %d", (int)from->kind);
}

static void
copy_buttons (Host *host, const prosoft_gate_decision_t *from, HostDecision *to)
{
  if ((from->n_buttons > 0) != (from->buttons != NULL) || from->n_buttons > MAX_BUTTONS)
    {
      host_blame_plugin (host, HOST_CHECK_STRUCT, "a decision with %u buttons at %s",
                         (unsigned)from->n_buttons, from->buttons != NULL ? "an array" : "NULL");
      return;
    }
  to->buttons = host_alloc (from->n_buttons * sizeof *to->buttons);
  for (uint32_t i = 0; i < from->n_buttons; i++)
    {
      HostButton *button = &to->buttons[to->n_buttons];

      copy_button (host, &from->buttons[i], button);
      /* One that cannot be shown, or would do nothing, is left out. */
      if (button->label != NULL
          && (button->target != NULL || button->kind == PROSOFT_GATE_BUTTON_RETRY))
        to->n_buttons++;
      else
        free_button (button);
    }
}

/* NULL with a finding where there is nothing to copy. */
static HostDecision *
copy_decision (Host *host, const prosoft_gate_decision_t *from)
{
  HostDecision *to;

  if (from == NULL || from->struct_size < PROSOFT_GATE_DECISION_SIZE_V1)
    {
      host_blame_plugin (host, HOST_CHECK_STRUCT, "a decision %s",
                         from == NULL ? "is NULL" : "is shorter than its first version");
      return NULL;
    }
  to = host_alloc (sizeof *to);
  to->allowed = from->allowed;
  to->outcome = from->outcome;
  to->valid_until = from->valid_until;
  copy_text (host, "the code of a decision", from->code, false, &to->code);
  copy_text (host, "the cause of a decision", from->cause, true, &to->cause);
  copy_text (host, "the former code of a decision", from->was, true, &to->was);
  copy_text (host, "the message of a decision", from->message, true, &to->message);
  copy_text (host, "the details of a decision", from->details, false, &to->details);
  copy_text (host, "the page of a decision", from->page_id, true, &to->page_id);
  copy_buttons (host, from, to);
  return to;
}

/* What must agree in a completed check; the first that does not, or NULL. */
static const char *
disagreement (const HostDecision *decision, prosoft_session_t session)
{
  bool opens = decision->outcome == PROSOFT_GATE_ALLOW || decision->outcome == PROSOFT_GATE_NOTE;

  if (decision->allowed != 0 && decision->allowed != 1)
    return "allowed is neither 0 nor 1";
  if (decision->outcome < PROSOFT_GATE_ALLOW || decision->outcome > PROSOFT_GATE_DENY)
    return "the outcome is none of the four";
  if ((decision->allowed == 1) != opens)
    return "allowed and outcome disagree";
  if ((decision->allowed == 1) != (session != 0))
    return "a session is given exactly when allowed is 1";
  if ((decision->allowed == 1) != (decision->valid_until > 0))
    return "valid_until is 0 exactly when it is not allowed";
  return NULL;
}

static void PROSOFT_ABI
decided (const prosoft_host_t *table,
         prosoft_op_t op,
         const prosoft_gate_decision_t *given,
         prosoft_session_t session)
{
  Host *host = host_of (table);
  HostOperation *operation;
  HostDecision *decision;
  const char *wrong;

  if (!host_accept_main (host, "session_gate.decided"))
    return;
  operation = host_operation_completing (host, op, true);
  decision = operation != NULL ? copy_decision (host, given) : NULL;
  if (operation == NULL)
    return;
  operation->done = true;
  operation->result = PROSOFT_E_FAILED;
  if (decision == NULL)
    return;
  wrong = disagreement (decision, session);
  if (wrong == NULL && session != 0 && session == host->last_session)
    wrong = "the session number was used before";
  if (wrong != NULL)
    {
      host_blame_plugin (host, HOST_CHECK_DECISION, "decision \"%s\" of op %llu: %s",
                         decision->code != NULL ? decision->code : "", (unsigned long long)op,
                         wrong);
      decision->allowed = 0;
    }
  decision->session = decision->allowed == 1 ? session : 0;
  if (session != 0)
    host->last_session = session;
  operation->decision = decision;
  operation->result = PROSOFT_OK;
}

static void PROSOFT_ABI
notice (const prosoft_host_t *table,
        prosoft_session_t session,
        const prosoft_gate_decision_t *given)
{
  Host *host = host_of (table);
  HostDecision *decision;

  if (!host_accept_main (host, "session_gate.notice"))
    return;
  decision = copy_decision (host, given);
  if (decision == NULL)
    return;
  if (session == 0)
    host_blame_plugin (host, HOST_CHECK_DECISION, "a notice for session 0");
  decision->session = session;
  if (host->notice != NULL)
    host_decision_free (host->notice);
  host->notice = decision;
  host->n_notices++;
}

static void PROSOFT_ABI
event (const prosoft_host_t *table, const prosoft_gate_event_t *given)
{
  Host *host = host_of (table);

  if (!host_accept_main (host, "session_gate.event"))
    return;
  if (given == NULL || given->struct_size < PROSOFT_GATE_EVENT_SIZE_V1)
    {
      host_blame_plugin (host, HOST_CHECK_STRUCT, "an event %s",
                         given == NULL ? "is NULL" : "is shorter than its first version");
      return;
    }
  if (given->kind < PROSOFT_GATE_EVENT_CHANGED || given->kind > PROSOFT_GATE_EVENT_CLOCK_SUSPECT)
    host_blame_plugin (host, HOST_CHECK_DECISION, "an event of kind %d", (int)given->kind);
  if (!host_text_good (host, "the installation of an event", given->installation, false)
      || !host_text_good (host, "the code of an event", given->code, true)
      || !host_text_good (host, "the cause of an event", given->cause, true)
      || !host_text_good (host, "the text of an event", given->text, false))
    return;
  free (host->event_text);
  host->event_text = host_strdup (given->text);
  host->event_kind = given->kind;
  host->n_events++;
}

const prosoft_host_session_gate_t host_session_gate_table = { decided, notice, event };

prosoft_result_t
host_check_session (Host *host,
                    const char *installation_id,
                    const char *site_name,
                    int32_t timeout_ms,
                    prosoft_op_t *op)
{
  prosoft_gate_request_t request = { .struct_size = sizeof request,
                                     .kind = PROSOFT_SESSION_REMOTE,
                                     .installation_id = installation_id,
                                     .site_name = site_name };
  prosoft_result_t result;
  int64_t started;

  *op = 0;
  if (!host_is_running (host) || host->gate_table == NULL)
    return PROSOFT_E_UNSUPPORTED;
  if (!host_call_begin (host, "session_gate.check", &started))
    return PROSOFT_E_BUSY;
  host_operation_starting (host);
  result = host->gate_table->check (host->plugin, &request, timeout_ms, op);
  result = host_operation_started (host, "session_gate.check", true, result, *op);
  host_call_end (host, started);
  return result;
}

prosoft_result_t
host_end_session (Host *host, prosoft_session_t session)
{
  int64_t started;

  if (!host_is_running (host) || host->gate_table == NULL || session == 0)
    return PROSOFT_E_INVALID;
  if (!host_call_begin (host, "session_gate.session_ended", &started))
    return PROSOFT_E_BUSY;
  host->gate_table->session_ended (host->plugin, session);
  host_call_end (host, started);
  return PROSOFT_OK;
}

bool
host_operation_admits (const HostOperation *operation)
{
  return operation != NULL && operation->is_check && operation->done && operation->decision != NULL
         && operation->decision->allowed == 1;
}

const HostDecision *
host_get_notice (Host *host, prosoft_session_t *session)
{
  if (host->notice != NULL && session != NULL)
    *session = host->notice->session;
  return host->notice;
}

const char *
host_get_event_text (Host *host, prosoft_gate_event_kind_t *kind)
{
  if (kind != NULL)
    *kind = host->event_kind;
  return host->event_text;
}

unsigned
host_count_notices (const Host *host)
{
  return host->n_notices;
}

unsigned
host_count_events (const Host *host)
{
  return host->n_events;
}
