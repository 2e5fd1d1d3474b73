/* SPDX-License-Identifier: MIT */
/* What the gate answered: opened, opened with a line, or a calm dialog that says what to do. */
#include "tests/host/desktop/dialog.h"
#include "tests/host/desktop/window-private.h"
#include "tests/host/page-tree.h"

#define MAX_BUTTONS 16

/* The buttons of the decision that is shown, copied: a new check replaces the host's. */
typedef struct
{
  GPtrArray *targets; /* (owned) (element-type utf8) (nullable elements) */
  GArray *kinds;      /* (owned) (element-type prosoft_gate_button_kind_t) */
} Shown;

static void
shown_free (Shown *shown)
{
  if (shown == NULL)
    return;
  g_ptr_array_unref (shown->targets);
  g_array_unref (shown->kinds);
  g_free (shown);
}

/* A page that was never shown has nothing yet; what cannot be done is shown at least. */
void
desktop_window_do_wanted (DesktopWindow *self)
{
  JsonObject *page = desktop_core_get_page (self->core);
  g_autofree char *target = NULL;

  if (self->wanted == NULL || page == NULL
      || g_str_equal (host_page_get_text (page, "state"), "loading"))
    return;
  target = g_steal_pointer (&self->wanted);
  if (!desktop_page_invoke (self->page, target))
    desktop_page_reveal (self->page, target);
}

static void
do_action (DesktopWindow *self, const char *target)
{
  g_free (self->wanted);
  self->wanted = g_strdup (target);
  desktop_window_show_view (self, DESKTOP_VIEW_PAGE);
  desktop_window_do_wanted (self);
}

static void
do_host (DesktopWindow *self, const char *target)
{
  if (g_strcmp0 (target, "date-settings") == 0)
    desktop_window_say (self, DESKTOP_SAY_INFO,
                        desktop_window_word (self, DESKTOP_WORD_DATE_SETTINGS));
  else if (g_strcmp0 (target, "network") == 0)
    desktop_window_say (self, DESKTOP_SAY_INFO,
                        desktop_window_word (self, DESKTOP_WORD_NETWORK_HELP));
  else if (g_strcmp0 (target, "update") == 0)
    desktop_window_say (self, DESKTOP_SAY_INFO, desktop_window_word (self, DESKTOP_WORD_UPDATE));
}

static void
do_button (DesktopWindow *self, prosoft_gate_button_kind_t kind, const char *target)
{
  switch (kind)
    {
    case PROSOFT_GATE_BUTTON_ACTION:
      do_action (self, target);
      break;
    case PROSOFT_GATE_BUTTON_URI:
      desktop_core_follow (self->core, target);
      break;
    case PROSOFT_GATE_BUTTON_RETRY:
      desktop_window_open_session (self);
      break;
    default:
      do_host (self, target);
      break;
    }
}

static void
answered (gpointer data, int answer)
{
  DesktopWindow *self = data;
  Shown *shown = g_steal_pointer (&self->shown);

  self->answer = NULL;
  if (shown != NULL && answer >= 0 && (guint)answer < shown->targets->len)
    do_button (self, g_array_index (shown->kinds, prosoft_gate_button_kind_t, answer),
               g_ptr_array_index (shown->targets, answer));
  shown_free (shown);
}

void
desktop_window_forget_decision (DesktopWindow *self)
{
  GtkWindow *answer = g_steal_pointer (&self->answer);

  if (answer != NULL)
    gtk_window_destroy (answer);
  shown_free (g_steal_pointer (&self->shown));
}

static Shown *
copy_buttons (const HostDecision *decision, DesktopDialogButton *buttons, guint *n)
{
  Shown *shown = g_new0 (Shown, 1);

  shown->targets = g_ptr_array_new_with_free_func (g_free);
  shown->kinds = g_array_new (FALSE, FALSE, sizeof (prosoft_gate_button_kind_t));
  for (guint i = 0; decision != NULL && i < decision->n_buttons && i < MAX_BUTTONS; i++)
    {
      const HostButton *from = &decision->buttons[i];

      g_ptr_array_add (shown->targets, g_strdup (from->target));
      g_array_append_val (shown->kinds, from->kind);
      buttons[(*n)++] = (DesktopDialogButton){ from->label != NULL ? from->label : "…", NULL,
                                               i == 0 ? "primary" : "normal" };
    }
  return shown;
}

/* Whether one of its buttons does nothing but to put it away. */
static gboolean
has_close (const HostDecision *decision)
{
  for (guint i = 0; decision != NULL && i < decision->n_buttons && i < MAX_BUTTONS; i++)
    if (decision->buttons[i].kind == PROSOFT_GATE_BUTTON_HOST
        && g_strcmp0 (decision->buttons[i].target, "close") == 0)
      return TRUE;
  return FALSE;
}

/* Not opened: WAIT is nothing bad, DENY has a reason that was verified. */
static void
show_dialog (DesktopWindow *self, const HostDecision *decision)
{
  gboolean denied = decision != NULL && decision->outcome == PROSOFT_GATE_DENY;
  DesktopDialogButton buttons[MAX_BUTTONS + 1];
  guint n = 0;
  Shown *shown = copy_buttons (decision, buttons, &n);
  DesktopDialogContent content = {
    .title
    = desktop_window_word (self, denied ? DESKTOP_WORD_SESSION_DENY : DESKTOP_WORD_SESSION_WAIT),
    .text = decision != NULL && decision->message != NULL
                ? decision->message
                : desktop_window_word (self, DESKTOP_WORD_SESSION_FAILED),
    .severity = denied ? "warning" : "info",
    .word = desktop_window_word (self, denied ? DESKTOP_WORD_WARNING : DESKTOP_WORD_NOTE),
    .details = decision != NULL ? decision->details : NULL,
    .details_title = desktop_window_word (self, DESKTOP_WORD_DETAILS),
    .buttons = buttons,
  };

  if (!has_close (decision))
    buttons[n++]
        = (DesktopDialogButton){ desktop_window_word (self, DESKTOP_WORD_CLOSE), NULL, "normal" };
  content.n_buttons = n;
  desktop_window_forget_decision (self);
  self->shown = shown;
  self->answer = desktop_dialog_show (self->window, "answer", &content, answered, self);
}

static void
note_button (gpointer data)
{
  DesktopWindow *self = data;
  Shown *shown = g_steal_pointer (&self->shown);

  if (shown != NULL && shown->targets->len > 0)
    do_button (self, g_array_index (shown->kinds, prosoft_gate_button_kind_t, 0),
               g_ptr_array_index (shown->targets, 0));
  shown_free (shown);
}

/* Opened, and one thing to know. */
static void
show_note (DesktopWindow *self, const HostDecision *decision)
{
  DesktopDialogButton buttons[MAX_BUTTONS];
  guint n = 0;
  Shown *shown = copy_buttons (decision, buttons, &n);

  desktop_window_forget_decision (self);
  desktop_window_say (self, DESKTOP_SAY_WARNING, decision->message);
  self->shown = shown;
  if (n > 0)
    desktop_bar_set_button (self->said_bar, 0, buttons[0].label, note_button, self);
}

void
desktop_window_show_decision (DesktopWindow *self, const HostDecision *decision)
{
  gboolean is_cancelled = decision != NULL && g_strcmp0 (decision->code, "cancelled") == 0;

  if (decision == NULL || (decision->allowed != 1 && !is_cancelled))
    show_dialog (self, decision);
  else if (decision->outcome == PROSOFT_GATE_NOTE && decision->message != NULL)
    show_note (self, decision);
  else
    desktop_window_forget_decision (self);
}
