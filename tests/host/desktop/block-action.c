/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/block.h"

#include "tests/host/desktop/dialog.h"
#include "tests/host/desktop/flow-layout.h"
#include "tests/host/desktop/labels.h"
#include "tests/host/desktop/page.h"
#include "tests/host/json.h"
#include "tests/host/page-tree.h"

#define LONG_LABEL 24

typedef struct
{
  GtkWidget *button, *spinner, *label, *reason; /* (unowned): of the block's widget */
} Action;

/* --- asking ----------------------------------------------------------------------------------- */

/* A question that is on the screen; the page may be another when it is answered. */
typedef struct
{
  GtkWidget *widget;   /* (owned): of the page, which may be freed before the answer comes */
  char *id;            /* (owned): of the action */
  char *inputs;        /* (owned) */
  JsonObject *confirm; /* (owned): what was asked */
} Question;

static void ask (Question *question);

static void
question_free (Question *question)
{
  g_object_unref (question->widget);
  g_free (question->id);
  g_free (question->inputs);
  json_object_unref (question->confirm);
  g_free (question);
}

static JsonObject *
confirm_of (JsonObject *action)
{
  return json_object_has_member (action, "confirm")
             ? json_object_get_object_member (action, "confirm")
             : NULL;
}

static gboolean
is_set (JsonObject *action, const char *member)
{
  return json_object_get_boolean_member_with_default (action, member, FALSE);
}

static gboolean
can_be_chosen (JsonObject *action)
{
  return is_set (action, "enabled") && !is_set (action, "busy");
}

static gboolean
asks_the_same (JsonObject *a, JsonObject *b)
{
  return g_str_equal (host_page_get_text (a, "title"), host_page_get_text (b, "title"))
         && g_str_equal (host_page_get_text (a, "text"), host_page_get_text (b, "text"))
         && g_str_equal (host_page_get_text (a, "ok"), host_page_get_text (b, "ok"));
}

/* What was said yes to is done, nothing else: when the page asks something else meanwhile (another
 * amount, say), that is asked anew; when the action has gone, nothing is done. */
static void
answered (gpointer data, int answer)
{
  Question *question = data;
  DesktopPage *page = desktop_page_of_widget (question->widget);
  JsonObject *now = page != NULL ? desktop_page_find (page, question->id) : NULL;
  JsonObject *confirm = now != NULL ? confirm_of (now) : NULL;

  if (answer == 1 && confirm != NULL && !asks_the_same (confirm, question->confirm))
    {
      json_object_unref (question->confirm);
      question->confirm = json_object_ref (confirm);
      ask (question);
      return;
    }
  if (answer == 1 && confirm != NULL && can_be_chosen (now))
    desktop_page_tell_invoke (page, question->id, question->inputs);
  question_free (question);
}

static void
ask (Question *question)
{
  DesktopPage *page = desktop_page_of_widget (question->widget);
  JsonObject *action = page != NULL ? desktop_page_find (page, question->id) : NULL;
  GtkWidget *window = gtk_widget_get_ancestor (question->widget, GTK_TYPE_WINDOW);
  const char *style = action != NULL ? host_page_get_text (action, "style") : "normal";
  DesktopDialogButton buttons[]
      = { { host_page_get_text (question->confirm, "cancel"), NULL, "normal" },
          { host_page_get_text (question->confirm, "ok"), NULL,
            g_str_equal (style, "danger") ? "danger" : "primary" } };
  DesktopDialogContent content = { .title = host_page_get_text (question->confirm, "title"),
                                   .text = host_page_get_text (question->confirm, "text"),
                                   .buttons = buttons,
                                   .n_buttons = G_N_ELEMENTS (buttons) };

  desktop_dialog_show (GTK_WINDOW (window), "confirm", &content, answered, question);
}

static char *
inputs_of (DesktopBlock *self)
{
  g_autoptr (JsonObject) inputs
      = self->siblings != NULL ? desktop_blocks_get_inputs (self->siblings) : json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), inputs);

  return host_json_to_text (node);
}

gboolean
desktop_action_invoke (DesktopPage *page, const char *id, const char *inputs)
{
  JsonObject *action = desktop_page_find (page, id);
  JsonObject *confirm = action != NULL ? confirm_of (action) : NULL;
  Question *question;

  if (action != NULL && !can_be_chosen (action))
    return FALSE;
  if (confirm == NULL)
    {
      /* Whoever asked may be gone when this comes back. */
      g_autofree char *copy = g_strdup (id);

      desktop_page_tell_invoke (page, copy, inputs);
      return TRUE;
    }
  question = g_new0 (Question, 1);
  question->widget = g_object_ref (desktop_page_get_widget (page));
  question->id = g_strdup (id);
  question->inputs = g_strdup (inputs);
  question->confirm = json_object_ref (confirm);
  ask (question);
  return TRUE;
}

void
desktop_block_invoke (DesktopBlock *self)
{
  g_autofree char *inputs = inputs_of (self);

  desktop_action_invoke (self->page, self->id, inputs);
}

/* --- the button ------------------------------------------------------------------------------- */

static void
clicked (GtkButton *button, DesktopBlock *self)
{
  /* It stays sensitive while it is busy, so that it keeps the focus. */
  desktop_block_invoke (self);
}

static GtkWidget *
make_content (Action *action)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  action->spinner = gtk_spinner_new ();
  action->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (action->label), TRUE);
  gtk_label_set_justify (GTK_LABEL (action->label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), action->spinner);
  gtk_box_append (GTK_BOX (content), action->label);
  return content;
}

static GtkWidget *
create_action (DesktopBlock *self)
{
  Action *action = g_new0 (Action, 1);
  GtkWidget *flow = desktop_flow_new ();

  self->state = action;
  action->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (action->button), make_content (action));
  action->reason = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_add_css_class (action->reason, "reason");
  gtk_label_set_width_chars (GTK_LABEL (action->reason), 18);
  desktop_flow_set_inline (action->button, TRUE);
  desktop_flow_set_inline (action->reason, TRUE);
  gtk_widget_set_parent (action->button, flow);
  gtk_widget_set_parent (action->reason, flow);
  g_signal_connect (action->button, "clicked", G_CALLBACK (clicked), self);
  return flow;
}

static void
set_style (GtkWidget *button, const char *style)
{
  static const char *const styles[] = { "normal", "primary", "danger" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (button, styles[i]);
  gtk_widget_add_css_class (button, style);
}

static void
update_action (DesktopBlock *self, JsonObject *before)
{
  Action *action = self->state;
  gboolean enabled = json_object_get_boolean_member_with_default (self->json, "enabled", FALSE);
  gboolean busy = is_set (self->json, "busy");
  const char *reason = enabled ? "" : desktop_block_text (self, "disabled_reason");

  /* A short one is not broken: a column would make it as narrow as it can. */
  gtk_label_set_text (GTK_LABEL (action->label), desktop_block_text (self, "label"));
  gtk_label_set_wrap (GTK_LABEL (action->label),
                      g_utf8_strlen (desktop_block_text (self, "label"), -1) > LONG_LABEL);
  gtk_label_set_text (GTK_LABEL (action->reason), reason);
  gtk_widget_set_visible (action->reason, *reason != '\0');
  gtk_widget_set_visible (action->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (action->spinner), busy);
  set_style (action->button, desktop_block_text (self, "style"));
  gtk_widget_set_sensitive (action->button, enabled || busy);
  gtk_accessible_update_property (GTK_ACCESSIBLE (action->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  desktop_block_text (self, "name"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (action->button), GTK_ACCESSIBLE_STATE_BUSY, busy,
                               GTK_ACCESSIBLE_STATE_DISABLED, !enabled, -1);
  /* One that says why it cannot be chosen needs the line for itself. */
  desktop_flow_set_inline (self->widget, *reason == '\0');
  gtk_widget_queue_resize (self->widget);
}

static void
clear_action (DesktopBlock *self)
{
  Action *action = self->state;

  g_signal_handlers_disconnect_by_data (action->button, self);
  g_free (action);
}

const DesktopBlockKind desktop_kind_action = { .type = "action",
                                               .is_inline = TRUE,
                                               .create = create_action,
                                               .update = update_action,
                                               .clear = clear_action };
