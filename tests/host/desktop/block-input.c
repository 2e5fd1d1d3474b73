/* SPDX-License-Identifier: MIT */
/*
 * Blocks that the person fills in: input, toggle, choice. What was typed stays over revisions until
 * the plug-in says another value than it did before.
 */
#include "tests/host/desktop/block.h"

#include "tests/host/desktop/labels.h"
#include "tests/host/desktop/page.h"
#include "tests/host/json.h"
#include "tests/host/page-tree.h"

static gboolean
text_changed (JsonObject *before, JsonObject *now, const char *member)
{
  return before == NULL
         || !g_str_equal (host_page_get_text (before, member), host_page_get_text (now, member));
}

static void
label_for (GtkWidget *label, GtkWidget *control)
{
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), control);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
}

/* --- input ------------------------------------------------------------------------------------ */

typedef struct
{
  GtkWidget *label, *entry, *error; /* (unowned): of the block's widget */
} Input;

static gboolean
is_secret (JsonObject *json)
{
  return g_str_equal (host_page_get_text (json, "kind"), "secret");
}

/* Enter does what the one primary action beside it does. */
static void
activated (GtkWidget *entry, DesktopBlock *self)
{
  DesktopBlock *action
      = self->siblings != NULL ? desktop_blocks_get_default (self->siblings) : NULL;

  if (action != NULL)
    desktop_block_invoke (action);
}

static GtkWidget *
make_entry (DesktopBlock *self)
{
  GtkWidget *entry;

  if (is_secret (self->json))
    {
      entry = gtk_password_entry_new ();
      gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
    }
  else
    entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 32);
  gtk_widget_set_halign (entry, GTK_ALIGN_START);
  g_signal_connect (entry, "activate", G_CALLBACK (activated), self);
  return entry;
}

static GtkWidget *
create_input (DesktopBlock *self)
{
  Input *input = g_new0 (Input, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->state = input;
  input->label = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  input->entry = make_entry (self);
  input->error = desktop_label_new (GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_add_css_class (input->label, "field-label");
  gtk_widget_add_css_class (input->error, "field-error");
  gtk_box_append (GTK_BOX (box), input->label);
  gtk_box_append (GTK_BOX (box), input->entry);
  gtk_box_append (GTK_BOX (box), input->error);
  label_for (input->label, input->entry);
  return box;
}

static void
show_error (Input *input, const char *error)
{
  g_autofree char *text = g_strdup_printf ("%s %s", desktop_severity_symbol ("error"), error);
  gboolean wrong = *error != '\0';

  gtk_label_set_text (GTK_LABEL (input->error), wrong ? text : "");
  gtk_widget_set_visible (input->error, wrong);
  gtk_accessible_update_state (GTK_ACCESSIBLE (input->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (input->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, error, -1);
  if (wrong)
    gtk_widget_add_css_class (input->entry, "invalid");
  else
    gtk_widget_remove_css_class (input->entry, "invalid");
}

static GtkInputPurpose
purpose_of (JsonObject *json)
{
  const char *kind = host_page_get_text (json, "kind");

  if (g_str_equal (kind, "email"))
    return GTK_INPUT_PURPOSE_EMAIL;
  return is_secret (json) ? GTK_INPUT_PURPOSE_PASSWORD : GTK_INPUT_PURPOSE_FREE_FORM;
}

static void
update_input (DesktopBlock *self, JsonObject *before)
{
  Input *input = self->state;
  gboolean is_date = g_str_equal (desktop_block_text (self, "kind"), "date");
  const char *hint = desktop_block_text (self, "placeholder");

  gtk_label_set_text (GTK_LABEL (input->label), desktop_block_text (self, "label"));
  g_object_set (input->entry, "placeholder-text", is_date && *hint == '\0' ? "YYYY-MM-DD" : hint,
                NULL);
  if (GTK_IS_ENTRY (input->entry))
    gtk_entry_set_input_purpose (GTK_ENTRY (input->entry), purpose_of (self->json));
  show_error (input, desktop_block_text (self, "error"));
  if (text_changed (before, self->json, "value")
      && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (input->entry)),
                       desktop_block_text (self, "value")))
    gtk_editable_set_text (GTK_EDITABLE (input->entry), desktop_block_text (self, "value"));
}

/* A field of secrets is another widget than one of texts. */
static gboolean
input_fits (DesktopBlock *self, JsonObject *json)
{
  return is_secret (self->json) == is_secret (json);
}

static void
add_text (DesktopBlock *self, JsonObject *inputs)
{
  Input *input = self->state;

  json_object_set_string_member (inputs, self->id,
                                 gtk_editable_get_text (GTK_EDITABLE (input->entry)));
}

static void
clear_input (DesktopBlock *self)
{
  Input *input = self->state;

  g_signal_handlers_disconnect_by_data (input->entry, self);
  /* What was typed into a field of secrets does not stay in its undo list. */
  if (is_secret (self->json))
    gtk_editable_set_text (GTK_EDITABLE (input->entry), "");
  g_free (input);
}

const DesktopBlockKind desktop_kind_input = { .type = "input",
                                              .is_inline = TRUE,
                                              .create = create_input,
                                              .update = update_input,
                                              .fits = input_fits,
                                              .add_input = add_text,
                                              .clear = clear_input };

/* --- toggle ----------------------------------------------------------------------------------- */

static gboolean
toggle_value (JsonObject *json)
{
  return json_object_get_boolean_member_with_default (json, "value", FALSE);
}

static void toggled (GtkCheckButton *button, DesktopBlock *self);

static void
set_active (DesktopBlock *self, gboolean active)
{
  g_signal_handlers_block_by_func (self->widget, toggled, self);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->widget), active);
  g_signal_handlers_unblock_by_func (self->widget, toggled, self);
}

static void
toggled (GtkCheckButton *button, DesktopBlock *self)
{
  const char *action = desktop_block_text (self, "action");
  g_autoptr (JsonObject) inputs = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), inputs);
  g_autofree char *id = g_strdup (action);
  g_autofree char *text = NULL;

  if (*action == '\0')
    return;
  json_object_set_boolean_member (inputs, self->id, gtk_check_button_get_active (button));
  text = host_json_to_text (node);
  /* One that asks first, or cannot be chosen, is not switched by the click alone. */
  if (desktop_page_find (self->page, id) != NULL)
    {
      set_active (self, toggle_value (self->json));
      desktop_action_invoke (self->page, id, text);
    }
  else
    desktop_page_tell_invoke (self->page, id, text);
}

static GtkWidget *
create_toggle (DesktopBlock *self)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled), self);
  return button;
}

/* One with an action shows what the plug-in says; one without keeps what the person chose. */
static void
update_toggle (DesktopBlock *self, JsonObject *before)
{
  GtkWidget *label = gtk_check_button_get_child (GTK_CHECK_BUTTON (self->widget));
  const char *text = desktop_block_text (self, "label");
  gboolean value = toggle_value (self->json);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  if (before == NULL || toggle_value (before) != value
      || *desktop_block_text (self, "action") != '\0')
    set_active (self, value);
}

static void
add_toggle (DesktopBlock *self, JsonObject *inputs)
{
  json_object_set_boolean_member (inputs, self->id,
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (self->widget)));
}

static void
clear_toggle (DesktopBlock *self)
{
  g_signal_handlers_disconnect_by_data (self->widget, self);
}

const DesktopBlockKind desktop_kind_toggle = { .type = "toggle",
                                               .create = create_toggle,
                                               .update = update_toggle,
                                               .add_input = add_toggle,
                                               .clear = clear_toggle };

/* --- choice ----------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *label, *list; /* (unowned): of the block's widget */
} Choice;

static GtkWidget *
create_choice (DesktopBlock *self)
{
  Choice *choice = g_new0 (Choice, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->state = choice;
  choice->label = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  choice->list = gtk_drop_down_new (NULL, NULL);
  gtk_widget_add_css_class (choice->label, "field-label");
  gtk_widget_set_halign (choice->list, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), choice->label);
  gtk_box_append (GTK_BOX (box), choice->list);
  label_for (choice->label, choice->list);
  return box;
}

static JsonArray *
options_of (JsonObject *json)
{
  return json_object_get_array_member (json, "options");
}

static guint
find_option (JsonObject *json, const char *id)
{
  JsonArray *options = options_of (json);

  for (guint i = 0; i < json_array_get_length (options); i++)
    if (g_str_equal (host_page_get_text (json_array_get_object_element (options, i), "id"), id))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* The id of what is chosen, "" for nothing. Borrowed from @json. */
static const char *
chosen (DesktopBlock *self, JsonObject *json)
{
  Choice *choice = self->state;
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice->list));
  JsonArray *options = options_of (json);

  return at < json_array_get_length (options)
             ? host_page_get_text (json_array_get_object_element (options, at), "id")
             : "";
}

static gboolean
same_options (JsonObject *a, JsonObject *b)
{
  JsonArray *left = options_of (a), *right = options_of (b);

  if (json_array_get_length (left) != json_array_get_length (right))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (left); i++)
    {
      JsonObject *one = json_array_get_object_element (left, i);
      JsonObject *other = json_array_get_object_element (right, i);

      if (!g_str_equal (host_page_get_text (one, "id"), host_page_get_text (other, "id"))
          || !g_str_equal (host_page_get_text (one, "label"), host_page_get_text (other, "label")))
        return FALSE;
    }
  return TRUE;
}

static void
set_options (DesktopBlock *self)
{
  Choice *choice = self->state;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  JsonArray *options = options_of (self->json);

  for (guint i = 0; i < json_array_get_length (options); i++)
    gtk_string_list_append (labels, host_page_get_text (json_array_get_object_element (options, i),
                                                        "label"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice->list), G_LIST_MODEL (labels));
}

static void
update_choice (DesktopBlock *self, JsonObject *before)
{
  Choice *choice = self->state;
  g_autofree char *value
      = g_strdup (text_changed (before, self->json, "value") ? desktop_block_text (self, "value")
                                                             : chosen (self, before));

  gtk_label_set_text (GTK_LABEL (choice->label), desktop_block_text (self, "label"));
  if (before == NULL || !same_options (before, self->json))
    set_options (self);
  /* What was chosen may be gone. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice->list),
                              find_option (self->json, value) != GTK_INVALID_LIST_POSITION
                                  ? find_option (self->json, value)
                                  : find_option (self->json, desktop_block_text (self, "value")));
}

static void
add_choice (DesktopBlock *self, JsonObject *inputs)
{
  json_object_set_string_member (inputs, self->id, chosen (self, self->json));
}

static void
clear_choice (DesktopBlock *self)
{
  g_free (self->state);
}

const DesktopBlockKind desktop_kind_choice = { .type = "choice",
                                               .is_inline = TRUE,
                                               .create = create_choice,
                                               .update = update_choice,
                                               .add_input = add_choice,
                                               .clear = clear_choice };
