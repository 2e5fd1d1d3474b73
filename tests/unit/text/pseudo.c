/* SPDX-License-Identifier: MIT */
#include "tests/unit/text/pseudo.h"

#include "tests/unit/text/mo.h"
#include "tests/support/zone.h"

#include <string.h>

/* From A to FULLWIDTH LATIN CAPITAL LETTER A. */
#define FULL_WIDTH 0xFEE0

char *
pseudo_translate (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean in_placeholder = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      in_placeholder = c == '{' || (in_placeholder && c != '}');
      g_string_append_unichar (out, !in_placeholder && c < 128 && g_ascii_isalpha ((char)c)
                                        ? c + FULL_WIDTH
                                        : c);
    }
  return g_string_free (out, FALSE);
}

static MoText
translate (const PoText *text, GPtrArray *owned)
{
  MoText out = { text->context, text->one, text->many, { NULL } };
  char *one = pseudo_translate (text->one);

  g_ptr_array_add (owned, one);
  out.forms[0] = one;
  if (text->many != NULL)
    {
      char *many = pseudo_translate (text->many);

      g_ptr_array_add (owned, many);
      out.forms[1] = many;
    }
  return out;
}

static GBytes *
load (const char *language, gpointer bytes)
{
  return g_bytes_ref (bytes);
}

TtecommText *
pseudo_text_new (const PoFile *template)
{
  static const MoText header = { NULL, "", NULL, { "Plural-Forms: nplurals=2; plural=n != 1;\n" } };
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (MoText));
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");
  g_autoptr (GBytes) bytes = NULL;

  g_array_append_val (texts, header);
  for (guint i = 0; i < template->texts->len; i++)
    {
      MoText text = translate (template->texts->pdata[i], owned);

      g_array_append_val (texts, text);
    }
  bytes = mo_build ((const MoText *)(gpointer)texts->data, texts->len, FALSE);
  return ttecomm_text_new_full ("xx", load, bytes, zone);
}
