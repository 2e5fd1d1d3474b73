/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/form.h"

#include <string.h>

static char *
unescape (const char *text, gsize length)
{
  static const struct
  {
    const char *entity;
    char letter;
  } entities[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' },
  };
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < length;)
    {
      gsize step = 0;

      for (gsize e = 0; step == 0 && e < G_N_ELEMENTS (entities); e++)
        if (strncmp (text + i, entities[e].entity, strlen (entities[e].entity)) == 0)
          {
            g_string_append_c (out, entities[e].letter);
            step = strlen (entities[e].entity);
          }
      if (step == 0)
        g_string_append_c (out, text[i]);
      i += MAX (step, 1);
    }
  return g_string_free (out, FALSE);
}

/* Reads NAME or NAME="VALUE" at `p` into the table, and says where it ends; NULL at the tag's end.
 */
static const char *
read_attribute (const char *p, GHashTable *attributes)
{
  const char *name = p + strspn (p, " \t\r\n/");
  gsize length = strcspn (name, " \t\r\n/=>");
  const char *after = name + length;
  const char *value;
  const char *end;

  if (length == 0)
    return NULL;
  if (after[0] != '=' || after[1] != '"')
    {
      g_hash_table_insert (attributes, g_strndup (name, length), g_strdup (""));
      return after;
    }
  value = after + 2;
  end = strchr (value, '"');
  if (end == NULL)
    return NULL;
  g_hash_table_insert (attributes, g_strndup (name, length),
                       unescape (value, (gsize)(end - value)));
  return end + 1;
}

static GHashTable *
read_attributes (const char *p)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (p != NULL && *p != '>' && *p != '\0')
    p = read_attribute (p, attributes);
  return attributes;
}

static const char *
get (GHashTable *attributes, const char *name, const char *fallback)
{
  const char *value = g_hash_table_lookup (attributes, name);

  return value != NULL ? value : fallback;
}

static void
read_input (SandboxForm *form, GHashTable *attributes)
{
  const char *name = get (attributes, "name", NULL);
  const char *type = get (attributes, "type", "text");
  gboolean choice = g_str_equal (type, "radio") || g_str_equal (type, "checkbox");

  if (name == NULL)
    return;
  g_hash_table_add (form->names, g_strdup (name));
  if (!choice || g_hash_table_contains (attributes, "checked"))
    g_hash_table_replace (form->fields, g_strdup (name), g_strdup (get (attributes, "value", "")));
}

static void
read_tag (SandboxForm *form, const char *tag, gsize length, const char *rest, gboolean *in_form)
{
  g_autoptr (GHashTable) attributes = read_attributes (rest);
  g_autofree char *name = g_ascii_strdown (tag, (gssize)length);
  const char *end;

  if (g_str_equal (name, "main"))
    {
      form->kind = g_strdup (get (attributes, "data-page", NULL));
      form->result = g_strdup (get (attributes, "data-result", NULL));
    }
  else if (g_str_equal (name, "h1") && form->heading == NULL && *rest == '>')
    {
      end = strstr (rest, "</h1>");
      form->heading = end != NULL ? unescape (rest + 1, (gsize)(end - rest - 1)) : NULL;
    }
  else if (g_str_equal (name, "a"))
    g_ptr_array_add (form->links, g_strdup (get (attributes, "href", "")));
  else if (g_str_equal (name, "form") && form->action == NULL)
    {
      form->action = g_strdup (get (attributes, "action", ""));
      *in_form = TRUE;
    }
  else if (g_str_equal (name, "/form"))
    *in_form = FALSE;
  else if (*in_form && g_str_equal (name, "input"))
    read_input (form, attributes);
  else if (*in_form && g_str_equal (name, "button"))
    g_ptr_array_add (form->buttons, g_strconcat (get (attributes, "name", ""), "=",
                                                 get (attributes, "value", ""), NULL));
}

SandboxForm *
sandbox_form_read (const char *html)
{
  SandboxForm *form = g_new0 (SandboxForm, 1);
  gboolean in_form = FALSE;

  form->links = g_ptr_array_new_with_free_func (g_free);
  form->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  form->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  form->buttons = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = strchr (html, '<'); p != NULL; p = strchr (p + 1, '<'))
    {
      gsize length = strcspn (p + 1, " \t\r\n>");

      read_tag (form, p + 1, length, p + 1 + length, &in_form);
    }
  return form;
}

void
sandbox_form_free (SandboxForm *form)
{
  if (form == NULL)
    return;
  g_free (form->heading);
  g_free (form->kind);
  g_free (form->result);
  g_ptr_array_unref (form->links);
  g_free (form->action);
  g_hash_table_unref (form->fields);
  g_hash_table_unref (form->names);
  g_ptr_array_unref (form->buttons);
  g_free (form);
}

gboolean
sandbox_form_set (SandboxForm *form, const char *name, const char *value)
{
  if (!g_hash_table_contains (form->names, name))
    return FALSE;
  g_hash_table_replace (form->fields, g_strdup (name), g_strdup (value));
  return TRUE;
}

gboolean
sandbox_form_press (SandboxForm *form, const char *name, const char *value)
{
  g_autofree char *wanted = g_strconcat (name, "=", value, NULL);

  for (guint i = 0; i < form->buttons->len; i++)
    if (g_str_equal (g_ptr_array_index (form->buttons, i), wanted))
      {
        g_hash_table_replace (form->fields, g_strdup (name), g_strdup (value));
        return TRUE;
      }
  return FALSE;
}

char *
sandbox_form_encode (SandboxForm *form)
{
  GString *out = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, form->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (out->len > 0)
        g_string_append_c (out, '&');
      g_string_append_uri_escaped (out, name, NULL, FALSE);
      g_string_append_c (out, '=');
      g_string_append_uri_escaped (out, value, NULL, FALSE);
    }
  return g_string_free (out, FALSE);
}
