/* SPDX-License-Identifier: MIT */
#include "tests/unit/text/po-file.h"

#include <string.h>

typedef struct
{
  PoFile *file;
  PoText *text;    /* (owned) (nullable): being read */
  GString *string; /* (owned): of the keyword that was read last */
  char **target;   /* (nullable): where it goes */
  gboolean fuzzy;  /* the next text is */
} Reader;

static void
po_text_free (PoText *text)
{
  g_free (text->context);
  g_free (text->one);
  g_free (text->many);
  for (gsize i = 0; i < G_N_ELEMENTS (text->forms); i++)
    g_free (text->forms[i]);
  g_free (text);
}

static void
end_string (Reader *reader)
{
  if (reader->target != NULL && *reader->target == NULL)
    *reader->target = g_strdup (reader->string->str);
  reader->target = NULL;
  g_string_truncate (reader->string, 0);
}

static void
end_text (Reader *reader)
{
  PoText *text = g_steal_pointer (&reader->text);

  end_string (reader);
  if (text == NULL)
    return;
  if (text->context == NULL)
    text->context = g_strdup ("");
  if (text->one == NULL)
    text->one = g_strdup ("");
  if (*text->one != '\0' || *text->context != '\0')
    {
      g_ptr_array_add (reader->file->texts, text);
      return;
    }
  g_free (reader->file->header);
  reader->file->header = g_strdup (text->forms[0]);
  po_text_free (text);
}

static PoText *
begin_text (Reader *reader, gboolean obsolete)
{
  end_text (reader);
  reader->text = g_new0 (PoText, 1);
  reader->text->is_fuzzy = reader->fuzzy;
  reader->text->is_obsolete = obsolete;
  reader->fuzzy = FALSE;
  return reader->text;
}

/* The place for what follows the keyword at *@p, which is moved behind it. */
static char **
take_keyword (Reader *reader, const char **p, gboolean obsolete)
{
  static const char *const words[]
      = { "msgctxt ", "msgid_plural ", "msgid ", "msgstr ", "msgstr[" };
  const char *rest = *p;
  gsize i = 0;

  while (i < G_N_ELEMENTS (words) && !g_str_has_prefix (*p, words[i]))
    i++;
  if (i == G_N_ELEMENTS (words))
    return NULL;
  rest += strlen (words[i]);
  if (i == 0 || (i == 2 && (reader->text == NULL || reader->text->one != NULL)))
    begin_text (reader, obsolete);
  if (reader->text == NULL)
    return NULL;
  *p = rest;
  if (i < 4)
    return i == 0   ? &reader->text->context
           : i == 1 ? &reader->text->many
           : i == 2 ? &reader->text->one
                    : &reader->text->forms[0];
  if (rest[0] < '0' || rest[0] >= '0' + PO_MAX_FORMS - 1 || !g_str_has_prefix (rest + 1, "] "))
    return NULL;
  *p = rest + 3;
  return &reader->text->forms[rest[0] - '0'];
}

/* "text" with its quotes and backslashes. */
static gboolean
take_string (Reader *reader, const char *p)
{
  gsize length = strlen (p);
  g_autofree char *inner = NULL;
  g_autofree char *text = NULL;

  if (reader->target == NULL || length < 2 || p[0] != '"' || p[length - 1] != '"')
    return FALSE;
  inner = g_strndup (p + 1, length - 2);
  text = g_strcompress (inner);
  g_string_append (reader->string, text);
  return TRUE;
}

static gboolean
read_line (Reader *reader, const char *line)
{
  gboolean obsolete = g_str_has_prefix (line, "#~ ");
  const char *p = obsolete ? line + 3 : line;
  char **target;

  if (*p == '\0')
    {
      end_text (reader);
      return TRUE;
    }
  if (g_str_has_prefix (p, "#,"))
    reader->fuzzy |= strstr (p, "fuzzy") != NULL;
  if (*p == '#')
    return TRUE;
  if (*p == '"')
    return take_string (reader, p);
  end_string (reader);
  target = take_keyword (reader, &p, obsolete);
  if (target == NULL || *target != NULL)
    return FALSE;
  reader->target = target;
  return take_string (reader, p);
}

PoFile *
po_file_parse (const char *content, GError **error)
{
  g_autoptr (PoFile) file = g_new0 (PoFile, 1);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  Reader reader = { file, NULL, g_string_new (NULL), NULL, FALSE };
  gboolean good = g_utf8_validate (content, -1, NULL);
  guint n = 0;

  file->texts = g_ptr_array_new_with_free_func ((GDestroyNotify)po_text_free);
  while (good && lines[n] != NULL)
    good = read_line (&reader, lines[n++]);
  end_text (&reader);
  g_string_free (reader.string, TRUE);
  if (good && file->header != NULL)
    return g_steal_pointer (&file);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "line %u is not as the gettext tools write it", n);
  return NULL;
}

void
po_file_free (PoFile *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_free (self->header);
  g_free (self);
}

const PoText *
po_file_find (const PoFile *self, const char *context, const char *one)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      const PoText *text = self->texts->pdata[i];

      if (!text->is_obsolete && g_str_equal (text->one, one)
          && g_str_equal (text->context, context))
        return text;
    }
  return NULL;
}

guint
po_text_count_forms (const PoText *text)
{
  guint n = 0;

  while (text->forms[n] != NULL)
    n++;
  return n;
}

char *
po_file_dup_field (const PoFile *self, const char *field)
{
  g_auto (GStrv) lines = g_strsplit (self->header, "\n", -1);
  g_autofree char *prefix = g_strconcat (field, ":", NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], prefix))
      return g_strstrip (g_strdup (lines[i] + strlen (prefix)));
  return NULL;
}
