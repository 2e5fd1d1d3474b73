/* SPDX-License-Identifier: MIT */
/* The host's half of session-gate/1: does a decision agree with itself? */
#include "tests/check/host.h"

static bool
decision_readable (const prosoft_gate_decision_t *decision)
{
  if (decision != NULL && decision->struct_size >= PROSOFT_GATE_DECISION_SIZE_V1)
    return true;
  check_fail ("R3", "a decision %s",
              decision == NULL ? "is NULL" : "whose struct_size is below its first version");
  return false;
}

static void
judge_buttons (const prosoft_gate_decision_t *decision)
{
  if ((decision->n_buttons > 0) != (decision->buttons != NULL) || decision->n_buttons > 64)
    {
      check_fail ("gate", "a decision has %u buttons and %s array", (unsigned)decision->n_buttons,
                  decision->buttons != NULL ? "an" : "no");
      return;
    }
  for (uint32_t i = 0; i < decision->n_buttons; i++)
    {
      const prosoft_gate_button_t *button = &decision->buttons[i];

      check_text ("the id of a button", button->id, false);
      check_text ("the label of a button", button->label, false);
      if (button->kind < PROSOFT_GATE_BUTTON_ACTION || button->kind > PROSOFT_GATE_BUTTON_HOST)
        check_fail ("R1", "a button of kind %d, which is none", (int)button->kind);
      else
        check_text ("the target of a button", button->target,
                    button->kind == PROSOFT_GATE_BUTTON_RETRY);
    }
}

static void
judge_decision (const prosoft_gate_decision_t *decision, prosoft_session_t session)
{
  bool admits = decision->allowed == 1;
  bool opens = decision->outcome == PROSOFT_GATE_ALLOW || decision->outcome == PROSOFT_GATE_NOTE;

  if (decision->allowed != 0 && decision->allowed != 1)
    check_fail ("R1", "a decision's flag `allowed` is %d: neither 0 nor 1", (int)decision->allowed);
  else if (decision->outcome < PROSOFT_GATE_ALLOW || decision->outcome > PROSOFT_GATE_DENY)
    check_fail ("R1", "a decision's outcome is %d, which is none", (int)decision->outcome);
  else if (admits != opens)
    check_fail ("gate", "a decision with allowed %d and outcome %d: they disagree",
                (int)decision->allowed, (int)decision->outcome);
  else if (admits != (session != 0))
    check_fail ("gate", "a session is given exactly when allowed is 1; here it is not so");
  else if (admits != (decision->valid_until > 0))
    check_fail ("gate", "valid_until is 0 exactly when not allowed; here it is not so");
  check_text ("the code of a decision", decision->code, false);
  check_text ("the cause of a decision", decision->cause, true);
  check_text ("the former code of a decision", decision->was, true);
  check_text ("the message of a decision", decision->message, true);
  check_text ("the details of a decision", decision->details, false);
  check_text ("the page of a decision", decision->page_id, true);
  judge_buttons (decision);
}

static void PROSOFT_ABI
decided (const prosoft_host_t *table,
         prosoft_op_t id,
         const prosoft_gate_decision_t *decision,
         prosoft_session_t session)
{
  CheckHost *host = check_enter (table, "session_gate.decided", false);
  CheckOp *op;

  if (host == NULL)
    return;
  op = check_ending (host, id, true, "session_gate.decided");
  if (!decision_readable (decision))
    return;
  judge_decision (decision, session);
  if (op != NULL)
    op->allowed = decision->allowed;
}

static void PROSOFT_ABI
notice (const prosoft_host_t *table,
        prosoft_session_t session,
        const prosoft_gate_decision_t *decision)
{
  if (check_enter (table, "session_gate.notice", false) == NULL || !decision_readable (decision))
    return;
  if (session == 0)
    check_fail ("gate", "a notice for session 0, which is none");
  check_text ("the code of a notice", decision->code, false);
}

static void PROSOFT_ABI
event (const prosoft_host_t *table, const prosoft_gate_event_t *event)
{
  if (check_enter (table, "session_gate.event", false) == NULL)
    return;
  if (event == NULL || event->struct_size < PROSOFT_GATE_EVENT_SIZE_V1)
    {
      check_fail ("R3", "an event is NULL or its struct_size is below its first version");
      return;
    }
  if (event->kind < PROSOFT_GATE_EVENT_CHANGED || event->kind > PROSOFT_GATE_EVENT_CLOCK_SUSPECT)
    check_fail ("R1", "an event of kind %d, which is none", (int)event->kind);
  check_text ("the installation of an event", event->installation, false);
  check_text ("the text of an event", event->text, false);
}

const prosoft_host_session_gate_t check_gate_table = { decided, notice, event };
