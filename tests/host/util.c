/* SPDX-License-Identifier: MIT */
#include "tests/host/util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void *
checked (void *memory)
{
  if (memory == NULL)
    {
      fputs ("out of memory\n", stderr);
      abort ();
    }
  return memory;
}

void *
host_alloc (size_t size)
{
  return checked (calloc (1, size > 0 ? size : 1));
}

void *
host_realloc (void *memory, size_t size)
{
  return checked (realloc (memory, size > 0 ? size : 1));
}

char *
host_strdup (const char *text)
{
  return text != NULL ? checked (strdup (text)) : NULL;
}

char *
host_format_va (const char *format, va_list arguments)
{
  va_list again;
  char *text;
  int size;

  va_copy (again, arguments);
  size = vsnprintf (NULL, 0, format, again);
  va_end (again);
  if (size < 0)
    return host_strdup (format);
  text = host_alloc ((size_t)size + 1);
  vsnprintf (text, (size_t)size + 1, format, arguments);
  return text;
}

char *
host_format (const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = host_format_va (format, arguments);
  va_end (arguments);
  return text;
}

/* The length of the sequence that `first` begins, and the least code point it may stand for. */
static size_t
sequence_length (unsigned char first, uint32_t *least, uint32_t *value)
{
  if (first < 0x80)
    return *least = 0, *value = first, 1;
  if ((first & 0xe0) == 0xc0)
    return *least = 0x80, *value = first & 0x1fu, 2;
  if ((first & 0xf0) == 0xe0)
    return *least = 0x800, *value = first & 0x0fu, 3;
  if ((first & 0xf8) == 0xf0)
    return *least = 0x10000, *value = first & 0x07u, 4;
  return 0;
}

bool
host_utf8_valid (const char *bytes, size_t size)
{
  size_t at = 0;

  while (at < size)
    {
      uint32_t least = 0, value = 0;
      size_t length = sequence_length ((unsigned char)bytes[at], &least, &value);

      if (length == 0 || length > size - at)
        return false;
      for (size_t i = 1; i < length; i++)
        {
          unsigned char next = (unsigned char)bytes[at + i];

          if ((next & 0xc0) != 0x80)
            return false;
          value = value << 6 | (next & 0x3fu);
        }
      if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return false;
      at += length;
    }
  return true;
}

prosoft_result_t
host_error (prosoft_error_t *error, prosoft_result_t code, const char *format, ...)
{
  va_list arguments;
  char *text;
  size_t size;

  if (error == NULL)
    return code;
  va_start (arguments, format);
  text = host_format_va (format, arguments);
  va_end (arguments);
  memset (error, 0, sizeof *error);
  error->code = code;
  size = strlen (text);
  if (size >= sizeof error->message)
    size = sizeof error->message - 1;
  while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
    size--;
  memcpy (error->message, text, size);
  free (text);
  return code;
}

int64_t
host_monotonic_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void
host_wipe (void *memory, size_t size)
{
  memset (memory, 0, size);
  /* The compiler must believe that somebody reads it. */
  __asm__ volatile("" : : "r"(memory) : "memory");
}
