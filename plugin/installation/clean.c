/* SPDX-License-Identifier: MIT */
#include "plugin/installation/clean.h"

#include "base/json.h"

/* g_strstrip() knows ASCII only; an address pasted from a mail often ends in a no-break space. */
static char *
dup_trimmed (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      const char *last = g_utf8_find_prev_char (text, end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }
  return g_strndup (text, (gsize)(end - text));
}

/* Almost every name is plain ASCII: then nothing need be decoded. */
static gboolean
is_printable_ascii (const char *text)
{
  while (*text >= 0x20 && *text < 0x7f)
    text++;
  return *text == '\0';
}

char *
ttecomm_clean_text (const char *text)
{
  g_autoptr (GString) clean = NULL;

  if (text == NULL)
    return NULL;
  if (is_printable_ascii (text))
    return g_strstrip (g_strdup (text));
  clean = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (clean, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return dup_trimmed (clean->str);
}

char *
ttecomm_clean_address (const char *address)
{
  g_autofree char *text = ttecomm_clean_text (address);

  if (text == NULL || *text == '\0')
    return NULL;
  /* The same for ASCII, at a tenth of the price. */
  return is_printable_ascii (text) ? g_ascii_strdown (text, -1) : g_utf8_casefold (text, -1);
}

gboolean
ttecomm_clean_take_text (JsonObject *object,
                         const char *name,
                         gsize max_length,
                         char **out,
                         GError **error)
{
  const char *text = NULL;

  if (!ttecomm_json_get_string (object, name, max_length, &text, error))
    return FALSE;
  *out = ttecomm_clean_text (text);
  return TRUE;
}

gboolean
ttecomm_clean_take_optional_text (JsonObject *object,
                                  const char *name,
                                  gsize max_length,
                                  char **out,
                                  GError **error)
{
  const char *text = NULL;
  g_autofree char *clean = NULL;

  if (!ttecomm_json_get_optional_string (object, name, max_length, &text, error))
    return FALSE;
  clean = ttecomm_clean_text (text);
  *out = clean != NULL && *clean != '\0' ? g_steal_pointer (&clean) : NULL;
  return TRUE;
}
