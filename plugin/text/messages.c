/* SPDX-License-Identifier: MIT */
#include "plugin/text/messages.h"

#include "plugin/text/plural.h"

#include <gio/gio.h>
#include <string.h>

#define MAGIC 0x950412deu
#define HEADER_SIZE 28
#define MAX_SIZE (4 * 1024 * 1024)
#define MAX_TEXTS 20000

typedef struct
{
  const char *text; /* borrowed from the bytes; ends with a NUL */
  gsize length;     /* without that NUL; forms are parted by NULs */
} Entry;

struct _TtecommMessages
{
  GBytes *bytes;         /* (owned) */
  GHashTable *entries;   /* (owned) (element-type utf8 Entry): by "context\004text" */
  TtecommPlural *plural; /* (owned) */
};

/* The bytes while they are checked. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean swapped;
} File;

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the catalogue of texts %s", what);
  return FALSE;
}

static guint32
read_u32 (const File *file, gsize offset)
{
  guint32 value;

  memcpy (&value, file->data + offset, sizeof value);
  return file->swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

/* The string that entry @i of the table at @table describes. */
static gboolean
read_string (const File *file, gsize table, gsize i, Entry *out, GError **error)
{
  guint32 length = read_u32 (file, table + 8 * i);
  guint32 offset = read_u32 (file, table + 8 * i + 4);

  if (offset >= file->size || length >= file->size - offset)
    return fail (error, "has a text beyond its end");
  out->text = (const char *)file->data + offset;
  out->length = length;
  if (out->text[length] != '\0')
    return fail (error, "has a text without an end");
  for (const char *p = out->text; p <= out->text + length; p += strlen (p) + 1)
    if (!g_utf8_validate (p, -1, NULL))
      return fail (error, "has a text that is not UTF-8");
  return TRUE;
}

static gboolean
read_header (File *file,
             guint32 *n_texts,
             guint32 *originals,
             guint32 *translations,
             GError **error)
{
  if (file->size < HEADER_SIZE || file->size > MAX_SIZE)
    return fail (error, "is too short or too long");
  if (read_u32 (file, 0) != MAGIC)
    file->swapped = TRUE;
  if (read_u32 (file, 0) != MAGIC || read_u32 (file, 4) >> 16 != 0)
    return fail (error, "is not a compiled catalogue of version 0");
  *n_texts = read_u32 (file, 8);
  *originals = read_u32 (file, 12);
  *translations = read_u32 (file, 16);
  if (*n_texts > MAX_TEXTS || *originals > file->size || *translations > file->size
      || *n_texts * 8 > file->size - *originals || *n_texts * 8 > file->size - *translations)
    return fail (error, "has a table beyond its end");
  return TRUE;
}

static gboolean
read_entries (TtecommMessages *self, File *file, GError **error)
{
  guint32 n_texts = 0, originals = 0, translations = 0;

  if (!read_header (file, &n_texts, &originals, &translations, error))
    return FALSE;
  for (gsize i = 0; i < n_texts; i++)
    {
      Entry original;
      Entry translation;

      if (!read_string (file, originals, i, &original, error)
          || !read_string (file, translations, i, &translation, error))
        return FALSE;
      if (!g_hash_table_insert (self->entries, (char *)original.text,
                                g_memdup2 (&translation, sizeof translation)))
        return fail (error, "has the same text twice");
    }
  return TRUE;
}

/* The value of Plural-Forms in the header, which is the translation of the empty text. */
static gboolean
read_plural (TtecommMessages *self, GError **error)
{
  Entry *header = g_hash_table_lookup (self->entries, "");
  g_auto (GStrv) lines = NULL;

  if (header == NULL)
    return fail (error, "has no header");
  lines = g_strsplit (header->text, "\n", 64);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "Plural-Forms:"))
      {
        self->plural = ttecomm_plural_new (*line + strlen ("Plural-Forms:"), error);
        return self->plural != NULL;
      }
  return fail (error, "has no Plural-Forms");
}

static guint
count_forms (const Entry *entry)
{
  guint n = 1;

  for (gsize i = 0; i < entry->length; i++)
    n += entry->text[i] == '\0';
  return n;
}

static gboolean
check_forms (TtecommMessages *self, GError **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint n = count_forms (value);

      if (n != 1 && n != ttecomm_plural_get_n_forms (self->plural))
        return fail (error, "has a text with another number of plural forms than it says");
    }
  return TRUE;
}

TtecommMessages *
ttecomm_messages_new (GBytes *mo, GError **error)
{
  g_autoptr (TtecommMessages) self = g_new0 (TtecommMessages, 1);
  File file = { NULL, 0, FALSE };

  g_return_val_if_fail (mo != NULL, NULL);

  self->bytes = g_bytes_ref (mo);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  file.data = g_bytes_get_data (mo, &file.size);
  if (!read_entries (self, &file, error) || !read_plural (self, error)
      || !check_forms (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ttecomm_messages_free (TtecommMessages *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  ttecomm_plural_free (self->plural);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static const Entry *
find (const TtecommMessages *self, const char *context, const char *text)
{
  g_autofree char *key = g_strconcat (context, "\004", text, NULL);

  return g_hash_table_lookup (self->entries, key);
}

const char *
ttecomm_messages_lookup (const TtecommMessages *self, const char *context, const char *text)
{
  const Entry *entry = find (self, context, text);

  return entry != NULL && *entry->text != '\0' ? entry->text : NULL;
}

const char *
ttecomm_messages_lookup_plural (const TtecommMessages *self,
                                const char *context,
                                const char *text,
                                guint64 n)
{
  const Entry *entry = find (self, context, text);
  guint form = ttecomm_plural_get_form (self->plural, n);
  const char *p;

  if (entry == NULL || count_forms (entry) != ttecomm_plural_get_n_forms (self->plural))
    return NULL;
  p = entry->text;
  while (form-- > 0)
    p += strlen (p) + 1;
  return *p != '\0' ? p : NULL;
}
