/* SPDX-License-Identifier: MIT */
#include "tests/check/util.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check/platform.h"

void *
check_alloc (size_t size)
{
  void *memory = calloc (1, size > 0 ? size : 1);

  if (memory == NULL)
    {
      fputs ("prosoft-check: out of memory\n", stderr);
      platform_quit (70);
    }
  return memory;
}

char *
check_format (const char *format, ...)
{
  va_list arguments;
  char *text;
  int size;

  va_start (arguments, format);
  size = vsnprintf (NULL, 0, format, arguments);
  va_end (arguments);
  text = check_alloc ((size_t)size + 1);
  va_start (arguments, format);
  vsnprintf (text, (size_t)size + 1, format, arguments);
  va_end (arguments);
  return text;
}

char *
check_read_file (const char *path, size_t limit, size_t *size)
{
  FILE *file = fopen (path, "rb");
  char *bytes;

  if (file == NULL)
    return NULL;
  bytes = check_alloc (limit + 1);
  *size = fread (bytes, 1, limit, file);
  fclose (file);
  bytes[*size] = '\0';
  return bytes;
}

/* How many bytes the character takes; 0: it is none. */
static size_t
utf8_size (const unsigned char *at, size_t left)
{
  size_t size = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;

  if (size == 0 || size > left || at[0] > 0xf4)
    return 0;
  for (size_t i = 1; i < size; i++)
    if ((at[i] & 0xc0) != 0x80)
      return 0;
  if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f)
      || (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
    return 0;
  return size;
}

bool
check_utf8_valid (const char *bytes, size_t size)
{
  size_t at = 0;

  while (at < size)
    {
      size_t step = utf8_size ((const unsigned char *)bytes + at, size - at);

      if (step == 0)
        return false;
      at += step;
    }
  return true;
}

/* The bytes of one character, or 0 where there is none. */
static size_t
character (const char *at)
{
  size_t left = strlen (at), size = (unsigned char)*at < 0x80   ? 1
                                    : (unsigned char)*at < 0xe0 ? 2
                                    : (unsigned char)*at < 0xf0 ? 3
                                                                : 4;

  return size <= left && check_utf8_valid (at, size) ? size : 0;
}

void
check_write_json_text (FILE *file, const char *text)
{
  fputc ('"', file);
  while (*text != '\0')
    {
      size_t size = character (text);

      if (size == 0)
        fputs ("\\ufffd", file);
      else if (*text == '"' || *text == '\\')
        fprintf (file, "\\%c", *text);
      else if ((unsigned char)*text < 0x20 || *text == 0x7f)
        fprintf (file, "\\u%04x", (unsigned)(unsigned char)*text);
      else
        fwrite (text, 1, size, file);
      text += size > 0 ? size : 1;
    }
  fputc ('"', file);
}

void
check_write_xml_text (FILE *file, const char *text)
{
  while (*text != '\0')
    {
      size_t size = character (text);

      if (size == 0)
        fputs ("&#xFFFD;", file);
      else if (strchr ("<>&\"'", *text) != NULL)
        fprintf (file, "&#%d;", *text);
      else if (*text == '\n' || *text == '\t')
        fprintf (file, "&#%d;", *text);
      else if ((unsigned char)*text < 0x20 || *text == 0x7f)
        fputc (' ', file);
      else if (size == 3
               && (memcmp (text, "\xef\xbf\xbe", 3) == 0 || memcmp (text, "\xef\xbf\xbf", 3) == 0))
        fputs ("&#xFFFD;", file);
      else
        fwrite (text, 1, size, file);
      text += size > 0 ? size : 1;
    }
}
