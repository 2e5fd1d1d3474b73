/* SPDX-License-Identifier: MIT */
#include "plugin/text/packed.h"

#include <string.h>

#define MAGIC 0x950412deu
#define HEADER_SIZE 28
#define ENTRY_SIZE 8

/* Of whole lines; 0 when the last one has no end. */
static gsize
count_lines (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize n = 0;

  if (size == 0 || data[size - 1] != '\n')
    return 0;
  for (gsize i = 0; i < size; i++)
    n += data[i] == '\n';
  return n;
}

/* In the byte order of this computer, which a reader knows by the magic number. */
static void
put_u32 (GByteArray *out, gsize offset, gsize value)
{
  guint32 word = (guint32)value;

  memcpy (out->data + offset, &word, sizeof word);
}

/* Each line with a NUL for its end, and where it is in the table at @table. */
static void
put_lines (GByteArray *out, gsize table, GBytes *lines)
{
  gsize size;
  const char *line = g_bytes_get_data (lines, &size);
  const char *end = line + size;

  for (; line < end; table += ENTRY_SIZE)
    {
      gsize length = (gsize)((const char *)memchr (line, '\n', (gsize)(end - line)) - line);

      put_u32 (out, table, length);
      put_u32 (out, table + 4, out->len);
      g_byte_array_append (out, (const guint8 *)line, (guint)length);
      g_byte_array_append (out, (const guint8 *)"", 1);
      line += length + 1;
    }
}

GBytes *
ttecomm_packed_join (GBytes *texts, GBytes *translations)
{
  gsize n = count_lines (texts);
  GByteArray *out;

  if (n == 0 || n != count_lines (translations))
    return NULL;
  out = g_byte_array_new ();
  g_byte_array_set_size (out, (guint)(HEADER_SIZE + 2 * ENTRY_SIZE * n));
  memset (out->data, 0, out->len);
  put_u32 (out, 0, MAGIC);
  put_u32 (out, 8, n);
  put_u32 (out, 12, HEADER_SIZE);
  put_u32 (out, 16, HEADER_SIZE + ENTRY_SIZE * n);
  put_lines (out, HEADER_SIZE, texts);
  put_lines (out, HEADER_SIZE + ENTRY_SIZE * n, translations);
  return g_byte_array_free_to_bytes (out);
}
