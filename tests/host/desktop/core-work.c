/* SPDX-License-Identifier: MIT */
/* What runs: actions of the page, checks of the gate, a remote session. */
#include "tests/host/desktop/core-private.h"

/* What ends within a moment is not worth a line. */
#define MOMENT_US (400 * G_TIME_SPAN_MILLISECOND)

static const DesktopWork *longest (DesktopCore *self);

static gboolean
tick (gpointer data)
{
  DesktopCore *self = data;

  g_clear_pointer (&self->tick, g_source_unref);
  /* What began while this was pending is too young yet. */
  if (self->works->len > 0 && longest (self) == NULL)
    self->tick = desktop_core_after (MOMENT_US / G_TIME_SPAN_MILLISECOND, tick, self);
  desktop_core_changed (self);
  return G_SOURCE_REMOVE;
}

void
desktop_core_add_work (DesktopCore *self, prosoft_op_t op, gboolean is_check)
{
  DesktopWork work = { op, is_check, FALSE, g_get_monotonic_time () };

  g_array_append_val (self->works, work);
  if (self->tick == NULL)
    self->tick = desktop_core_after (MOMENT_US / G_TIME_SPAN_MILLISECOND + 10, tick, self);
  desktop_core_look_soon (self);
}

/* What the person has switched and was refused is shown as it is. */
static void
redraw (DesktopCore *self)
{
  if (self->page != NULL)
    self->listener->page (self->data, self->page);
}

void
desktop_core_invoke (DesktopCore *self, const char *action, const char *inputs)
{
  prosoft_error_t reason = { 0 };
  prosoft_op_t op = 0;
  prosoft_result_t result;

  if (self->view == 0)
    return;
  /* The person looks at an older page than the one that would be acted on. */
  if (self->bad_page)
    {
      desktop_core_say (self, DESKTOP_SAY_ERROR,
                        desktop_word (self->language, DESKTOP_WORD_MODULE_BAD_PAGE));
      return;
    }
  result = host_invoke (self->host, self->view, action, inputs, &op, &reason);
  if (result >= 0)
    {
      desktop_core_add_work (self, op, FALSE);
      return;
    }
  if (result == PROSOFT_E_STALE)
    desktop_core_say (self, DESKTOP_SAY_INFO,
                      desktop_word (self->language, DESKTOP_WORD_PAGE_CHANGED));
  else
    {
      g_autofree char *text
          = desktop_words_format (self->language, DESKTOP_WORD_ACTION_FAILED, reason.message);
      desktop_core_say (self, DESKTOP_SAY_ERROR, text);
    }
  redraw (self);
  desktop_core_look_soon (self);
}

/* --- a remote session ------------------------------------------------------------------------- */

gboolean
desktop_core_check (DesktopCore *self)
{
  prosoft_op_t op = 0;

  if (desktop_core_is_checking (self))
    return TRUE;
  if (host_check_session (self->host, NULL, NULL, 0, &op) < 0)
    return FALSE;
  desktop_core_add_work (self, op, TRUE);
  return TRUE;
}

gboolean
desktop_core_is_checking (DesktopCore *self)
{
  for (guint i = 0; i < self->works->len; i++)
    {
      const DesktopWork *work = &g_array_index (self->works, DesktopWork, i);

      if (work->is_check && !work->is_stale)
        return TRUE;
    }
  return FALSE;
}

void
desktop_core_forget_checks (DesktopCore *self)
{
  for (guint i = 0; i < self->works->len; i++)
    {
      DesktopWork *work = &g_array_index (self->works, DesktopWork, i);

      if (!work->is_check || work->is_stale)
        continue;
      work->is_stale = TRUE;
      host_cancel (self->host, work->op);
    }
}

prosoft_session_t
desktop_core_get_session (DesktopCore *self)
{
  return self->session;
}

void
desktop_core_end_session (DesktopCore *self)
{
  if (self->session == 0)
    return;
  host_end_session (self->host, self->session);
  self->session = 0;
  desktop_core_look_soon (self);
}

/* Only a decision that admits opens anything; no answer is a "no" like any other. */
static void
finish_check (DesktopCore *self, const HostOperation *operation, gboolean is_stale)
{
  /* The answer about a project that was closed meanwhile must not open one with the next. */
  if (is_stale)
    {
      if (host_operation_admits (operation))
        host_end_session (self->host, operation->decision->session);
      return;
    }
  if (host_operation_admits (operation))
    {
      desktop_core_end_session (self);
      self->session = operation->decision->session;
    }
  self->listener->decided (self->data, operation->decision);
}

static void
finish_action (DesktopCore *self, const HostOperation *operation)
{
  if (operation->result < 0)
    redraw (self);
  if (operation->result == PROSOFT_E_CANCELLED)
    return;
  if (operation->message != NULL && *operation->message != '\0')
    desktop_core_say (self, operation->result >= 0 ? DESKTOP_SAY_INFO : DESKTOP_SAY_ERROR,
                      operation->message);
  else if (operation->result < 0)
    {
      g_autofree char *why = g_strdup_printf ("%d", (int)operation->result);
      g_autofree char *text
          = desktop_words_format (self->language, DESKTOP_WORD_ACTION_FAILED, why);
      desktop_core_say (self, DESKTOP_SAY_ERROR, text);
    }
}

static void
look_at_session (DesktopCore *self)
{
  prosoft_session_t session = 0;
  const HostDecision *notice = host_get_notice (self->host, &session);
  prosoft_gate_event_kind_t kind = 0;
  const char *event = host_get_event_text (self->host, &kind);
  unsigned n_notices = host_count_notices (self->host), n_events = host_count_events (self->host);

  if (n_notices != self->n_notices && notice != NULL && session == self->session
      && notice->message != NULL)
    desktop_core_say (self, DESKTOP_SAY_WARNING, notice->message);
  /* That the next check would say something else is shown when somebody asks. */
  else if (n_events != self->n_events && event != NULL && *event != '\0'
           && kind != PROSOFT_GATE_EVENT_CHANGED)
    desktop_core_say (self, DESKTOP_SAY_INFO, event);
  self->n_notices = n_notices;
  self->n_events = n_events;
}

void
desktop_core_look_at_work (DesktopCore *self)
{
  /* First, so that the line of an answer stays. */
  look_at_session (self);
  for (guint i = 0; i < self->works->len;)
    {
      DesktopWork work = g_array_index (self->works, DesktopWork, i);
      const HostOperation *operation = host_get_operation (self->host, work.op);

      if (operation == NULL || !operation->done)
        {
          i++;
          continue;
        }
      g_array_remove_index (self->works, i);
      if (work.is_check)
        finish_check (self, operation, work.is_stale);
      else
        finish_action (self, operation);
    }
}

/* --- what takes its time ---------------------------------------------------------------------- */

static const DesktopWork *
longest (DesktopCore *self)
{
  const DesktopWork *oldest = NULL;

  for (guint i = 0; i < self->works->len; i++)
    {
      const DesktopWork *work = &g_array_index (self->works, DesktopWork, i);

      if (g_get_monotonic_time () - work->started >= MOMENT_US && oldest == NULL)
        oldest = work;
    }
  return oldest;
}

const char *
desktop_core_get_work (DesktopCore *self, double *fraction)
{
  const DesktopWork *work = longest (self);
  const HostOperation *operation = work != NULL ? host_get_operation (self->host, work->op) : NULL;

  if (operation == NULL)
    return NULL;
  *fraction = operation->fraction;
  if (operation->progress_text != NULL && *operation->progress_text != '\0')
    return operation->progress_text;
  return desktop_word (self->language,
                       work->is_check ? DESKTOP_WORD_SESSION_CHECKING : DESKTOP_WORD_WORKING);
}

void
desktop_core_cancel_work (DesktopCore *self)
{
  const DesktopWork *work = longest (self);

  if (work == NULL)
    return;
  host_cancel (self->host, work->op);
  desktop_core_look_soon (self);
}
