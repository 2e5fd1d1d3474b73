/* SPDX-License-Identifier: MIT */
#include "tests/unit/text/mo.h"

#define HEADER_SIZE 28

static void
put_u32 (GByteArray *out, gsize offset, gsize value, gboolean swapped)
{
  guint32 word = swapped ? GUINT32_SWAP_LE_BE ((guint32)value) : (guint32)value;

  memcpy (out->data + offset, &word, sizeof word);
}

static GString *
original_of (const MoText *text)
{
  GString *key = g_string_new (NULL);

  if (text->context != NULL)
    g_string_append_printf (key, "%s\004", text->context);
  g_string_append (key, text->one);
  if (text->many != NULL)
    {
      g_string_append_c (key, '\0');
      g_string_append (key, text->many);
    }
  return key;
}

static GString *
translation_of (const MoText *text)
{
  GString *forms = g_string_new (text->forms[0]);

  for (gsize i = 1; text->forms[i] != NULL; i++)
    {
      g_string_append_c (forms, '\0');
      g_string_append (forms, text->forms[i]);
    }
  return forms;
}

/* Appends @string with a NUL and describes it in the table entry at @entry. */
static void
put_string (GByteArray *out, gsize entry, GString *string, gboolean swapped)
{
  put_u32 (out, entry, string->len, swapped);
  put_u32 (out, entry + 4, out->len, swapped);
  g_byte_array_append (out, (const guint8 *)string->str, (guint)string->len + 1);
  g_string_free (string, TRUE);
}

GBytes *
mo_build (const MoText *texts, gsize n_texts, gboolean swapped)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_set_size (out, (guint)(HEADER_SIZE + 16 * n_texts));
  memset (out->data, 0, out->len);
  put_u32 (out, 0, 0x950412deu, swapped);
  put_u32 (out, 8, n_texts, swapped);
  put_u32 (out, 12, HEADER_SIZE, swapped);
  put_u32 (out, 16, HEADER_SIZE + 8 * n_texts, swapped);
  for (gsize i = 0; i < n_texts; i++)
    {
      put_string (out, HEADER_SIZE + 8 * i, original_of (&texts[i]), swapped);
      put_string (out, HEADER_SIZE + 8 * (n_texts + i), translation_of (&texts[i]), swapped);
    }
  return g_byte_array_free_to_bytes (out);
}

GBytes *
mo_load_garbage (const char *language, gpointer data)
{
  return g_bytes_new_static ("not a catalogue at all, but long enough for a header", 52);
}
