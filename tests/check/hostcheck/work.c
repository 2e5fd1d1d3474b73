/* SPDX-License-Identifier: MIT */
/* Pages and operations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check/hostcheck/hostcheck.h"

#define INSIDE_MS 150
#define PAGE_SIZE 16384
#define FAR_FUTURE 4102444800

/* --- operations ------------------------------------------------------------------------------ */

prosoft_result_t
hostcheck_begin (Hostcheck *self, bool is_check, int64_t due_us, prosoft_op_t *op)
{
  for (size_t i = 0; i < HOSTCHECK_MAX_OPS; i++)
    if (self->ops[i].id == 0)
      {
        self->ops[i] = (HostcheckOp){ .id = *op = ++self->last_op,
                                      .is_check = is_check,
                                      .due_us = due_us,
                                      .turn = is_check ? self->n_checks++ : 0 };
        hostcheck_ask_callback (self);
        return PROSOFT_OK;
      }
  return PROSOFT_E_BUSY;
}

static void
keep_session (Hostcheck *self, prosoft_session_t session)
{
  if (self->n_sessions < HOSTCHECK_MAX_OPS)
    self->sessions[self->n_sessions++] = session;
}

static void
decide (Hostcheck *self, const HostcheckOp *op, bool all)
{
  prosoft_gate_decision_t decision = { .struct_size = sizeof decision };
  prosoft_session_t session = 0;

  decision.outcome = PROSOFT_GATE_DENY;
  decision.code = "hostcheck";
  decision.details = "a decision of prosoft-hostcheck";
  decision.message = "This answer is part of a check of the host.";
  if (!all && op->turn >= HOSTCHECK_N_TURNS)
    {
      session = op->id;
      keep_session (self, session);
      decision.allowed = 1;
      decision.outcome = PROSOFT_GATE_ALLOW;
      decision.valid_until = FAR_FUTURE;
    }
  else if (!all && op->turn == HOSTCHECK_TURN_TWO)
    {
      session = self->false_session = op->id;
      decision.allowed = 2;
      decision.outcome = PROSOFT_GATE_ALLOW;
      decision.valid_until = FAR_FUTURE;
    }
  self->gate->decided (self->host, op->id, &decision, session);
}

static void
end (Hostcheck *self, const HostcheckOp *op, bool all)
{
  prosoft_completion_t completion = { .struct_size = sizeof completion, .op = op->id };

  completion.result = all ? PROSOFT_E_CANCELLED : PROSOFT_OK;
  if (op->is_check)
    decide (self, op, all);
  else
    self->operations->completed (self->host, &completion);
}

void
hostcheck_complete (Hostcheck *self, bool all)
{
  int64_t now = platform_now_us ();

  for (size_t i = 0; i < HOSTCHECK_MAX_OPS; i++)
    {
      HostcheckOp op = self->ops[i];

      if (op.id == 0 || (!all && op.due_us > now))
        continue;
      self->ops[i].id = 0;
      end (self, &op, all);
    }
}

static prosoft_result_t PROSOFT_ABI
cancel (const prosoft_plugin_t *plugin, prosoft_op_t op)
{
  Hostcheck *self = hostcheck_self (plugin);
  prosoft_result_t result = PROSOFT_E_INVALID;
  const char *before;

  if (!hostcheck_enter (self, "operations.cancel", &before))
    return PROSOFT_E_WRONG_THREAD;
  for (size_t i = 0; op != 0 && i < HOSTCHECK_MAX_OPS; i++)
    if (self->ops[i].id == op)
      {
        /* It was given up: whatever comes now admits nobody. */
        self->ops[i].turn = HOSTCHECK_TURN_REFUSED;
        self->ops[i].due_us = 0;
        hostcheck_ask_callback (self);
        result = PROSOFT_OK;
      }
  hostcheck_leave (self, before);
  return result;
}

const prosoft_plugin_operations_t hostcheck_operations_table = { cancel };

/* --- pages ----------------------------------------------------------------------------------- */

static prosoft_view_t *
find_view (Hostcheck *self, prosoft_view_t view)
{
  for (size_t i = 0; i < HOSTCHECK_MAX_VIEWS; i++)
    if (self->views[i] == view)
      return &self->views[i];
  return NULL;
}

static bool
is_open (Hostcheck *self, prosoft_view_t view, const char *function)
{
  bool open = view != 0 && find_view (self, view) != NULL;

  hostcheck_expect (self, HOSTCHECK_VIEWS, open, "%s is called for view %llu, which is not open",
                    function, (unsigned long long)view);
  return open;
}

static uint32_t PROSOFT_ABI
count (const prosoft_plugin_t *plugin)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (hostcheck_enter (self, "pages.count", &before))
    hostcheck_leave (self, before);
  return 1;
}

static const prosoft_page_info_t *PROSOFT_ABI
info (const prosoft_plugin_t *plugin, uint32_t index)
{
  static const prosoft_page_info_t page = { .struct_size = sizeof page,
                                            .id = HOSTCHECK_PAGE,
                                            .menu_path = PROSOFT_MENU_USERS_AND_SETTINGS,
                                            .title = "Check of this host" };
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (hostcheck_enter (self, "pages.info", &before))
    hostcheck_leave (self, before);
  return index == 0 ? &page : NULL;
}

static prosoft_result_t
add_view (Hostcheck *self, const char *page_id, prosoft_view_t view, prosoft_error_t *error)
{
  prosoft_view_t *slot = find_view (self, 0);

  if (!hostcheck_text (self, "the id of a page", page_id, false)
      || strcmp (page_id, HOSTCHECK_PAGE) != 0)
    return hostcheck_refuse (error, PROSOFT_E_NOT_FOUND, "open: there is no such page");
  hostcheck_expect (self, HOSTCHECK_VIEWS, view != 0 && find_view (self, view) == NULL,
                    "pages.open is called for view %llu, which is 0 or in use",
                    (unsigned long long)view);
  if (view == 0 || find_view (self, view) != NULL || slot == NULL)
    return hostcheck_refuse (error, PROSOFT_E_INVALID, "open: the view is 0 or in use");
  *slot = view;
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
open_page (const prosoft_plugin_t *plugin,
           const char *page_id,
           prosoft_view_t view,
           prosoft_error_t *error)
{
  Hostcheck *self = hostcheck_self (plugin);
  prosoft_result_t result;
  const char *before;

  if (!hostcheck_enter (self, "pages.open", &before))
    return hostcheck_refuse (error, PROSOFT_E_WRONG_THREAD, "open: not on [main]");
  result = add_view (self, page_id, view, error);
  hostcheck_leave (self, before);
  return result;
}

static prosoft_result_t PROSOFT_ABI
render (const prosoft_plugin_t *plugin,
        prosoft_view_t view,
        const prosoft_writer_t *writer,
        int64_t *revision)
{
  Hostcheck *self = hostcheck_self (plugin);
  prosoft_result_t result = PROSOFT_E_INVALID;
  char *text;
  const char *before;

  if (!hostcheck_enter (self, "pages.render", &before))
    return PROSOFT_E_WRONG_THREAD;
  text = malloc (PAGE_SIZE);
  if (text != NULL && is_open (self, view, "pages.render"))
    {
      hostcheck_draw (self, text, PAGE_SIZE);
      *revision = self->revision;
      result = writer->write (writer, text, (int64_t)strlen (text));
    }
  free (text);
  hostcheck_leave (self, before);
  return result;
}

/* The page is another one now. */
static void
announce (Hostcheck *self)
{
  self->revision++;
  for (size_t i = 0; i < HOSTCHECK_MAX_VIEWS; i++)
    if (self->views[i] != 0 && self->pages != NULL)
      self->pages->changed (self->host, self->views[i], self->revision);
}

/* A moment in which a host that pumps its messages, or calls back at once, shows it. */
static void
stay_inside (Hostcheck *self)
{
  hostcheck_ask_callback (self);
  if (self->pages != NULL)
    self->pages->rescan (self->host);
  announce (self);
  platform_sleep_ms (INSIDE_MS);
}

static prosoft_result_t
act (Hostcheck *self, const prosoft_page_call_t *call, prosoft_op_t *op, prosoft_error_t *error)
{
  bool long_enough = call != NULL && call->struct_size >= PROSOFT_PAGE_CALL_SIZE_V1;

  hostcheck_expect (self, HOSTCHECK_SIZES, long_enough,
                    "a page call's struct_size is below its first version");
  if (!long_enough || !is_open (self, call->view, "pages.invoke")
      || !hostcheck_text (self, "the id of an action", call->action_id, false))
    return hostcheck_refuse (error, PROSOFT_E_INVALID, "invoke: not a call of an open view");
  hostcheck_text (self, "the inputs of an action", call->inputs_json, true);
  if (self->operations == NULL)
    return hostcheck_refuse (error, PROSOFT_E_UNSUPPORTED, "invoke: the host has no operations");
  if (strcmp (call->action_id, "threads") == 0)
    hostcheck_probe_threads (self);
  else if (strcmp (call->action_id, "inside") == 0)
    stay_inside (self);
  else if (strcmp (call->action_id, "addresses") == 0)
    hostcheck_probe_addresses (self);
  else
    return hostcheck_refuse (error, PROSOFT_E_STALE, "invoke: there is no such action");
  announce (self);
  return hostcheck_begin (self, false, 0, op);
}

static prosoft_result_t PROSOFT_ABI
invoke (const prosoft_plugin_t *plugin,
        const prosoft_page_call_t *call,
        prosoft_op_t *op,
        prosoft_error_t *error)
{
  Hostcheck *self = hostcheck_self (plugin);
  prosoft_result_t result;
  const char *before;

  if (!hostcheck_enter (self, "pages.invoke", &before))
    return hostcheck_refuse (error, PROSOFT_E_WRONG_THREAD, "invoke: not on [main]");
  result = act (self, call, op, error);
  hostcheck_leave (self, before);
  return result;
}

static void PROSOFT_ABI
activated (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (!hostcheck_enter (self, "pages.activated", &before))
    return;
  is_open (self, view, "pages.activated");
  hostcheck_leave (self, before);
}

static void PROSOFT_ABI
close_page (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (!hostcheck_enter (self, "pages.close", &before))
    return;
  if (is_open (self, view, "pages.close"))
    *find_view (self, view) = 0;
  hostcheck_leave (self, before);
}

const prosoft_plugin_pages_t hostcheck_pages_table
    = { count, info, open_page, render, invoke, activated, close_page };
