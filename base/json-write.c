/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <string.h>

/* The one control character that json-glib 1.6 does not escape. */
#define UNIT_SEPARATOR '\x1f'

char *
ttecomm_json_to_text (JsonNode *root)
{
  g_autofree char *text = json_to_string (root, FALSE);
  GString *out;

  if (strchr (text, UNIT_SEPARATOR) == NULL)
    return g_steal_pointer (&text);

  /* Outside strings no control character is written, so each of them stands in a string. */
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == UNIT_SEPARATOR)
        g_string_append (out, "\\u001f");
      else
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}
