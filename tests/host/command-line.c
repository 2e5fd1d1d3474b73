/* SPDX-License-Identifier: MIT */
#include "tests/host/command-line.h"

#include <string.h>

#include "tests/host/util.h"

/* Writes `count` backslashes; returns the end. */
static char *
put_backslashes (char *out, size_t count)
{
  memset (out, '\\', count);
  return out + count;
}

/* Backslashes count double before a quotation mark, also before the one that ends the argument. */
static char *
put_argument (char *out, const char *argument)
{
  const char *at = argument;

  *out++ = '"';
  while (*at != '\0')
    {
      size_t backslashes = strspn (at, "\\");

      at += backslashes;
      if (*at == '"')
        out = put_backslashes (out, 2 * backslashes + 1);
      else
        out = put_backslashes (out, *at == '\0' ? 2 * backslashes : backslashes);
      if (*at != '\0')
        *out++ = *at++;
    }
  *out++ = '"';
  return out;
}

char *
host_command_line (char *const *arguments)
{
  size_t size = 1;
  char *line, *out;

  for (size_t i = 0; arguments[i] != NULL; i++)
    size += 2 * strlen (arguments[i]) + 3;
  line = out = host_alloc (size);
  for (size_t i = 0; arguments[i] != NULL; i++)
    {
      if (i > 0)
        *out++ = ' ';
      out = put_argument (out, arguments[i]);
    }
  *out = '\0';
  return line;
}
