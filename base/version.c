/* SPDX-License-Identifier: MIT */
#include "base/version.h"

#define MAX_PARTS 8
#define MAX_DIGITS 9

/* Reads up to MAX_PARTS numbers into @parts, which the caller has zeroed. */
static gboolean
parse_parts (const char *version, guint32 parts[MAX_PARTS])
{
  const char *p = version;

  if (version == NULL)
    return FALSE;
  for (guint i = 0; i < MAX_PARTS; i++)
    {
      const char *begin = p;
      guint32 part = 0;

      for (; g_ascii_isdigit (*p) && p - begin < MAX_DIGITS; p++)
        part = part * 10 + (guint32)(*p - '0');
      if (p == begin)
        return FALSE;
      parts[i] = part;
      if (*p == '\0')
        return TRUE;
      if (*p++ != '.')
        return FALSE;
    }
  return FALSE;
}

gboolean
ttecomm_version_is_valid (const char *version)
{
  guint32 parts[MAX_PARTS] = { 0 };

  return parse_parts (version, parts);
}

int
ttecomm_version_compare (const char *a, const char *b)
{
  guint32 left[MAX_PARTS] = { 0 };
  guint32 right[MAX_PARTS] = { 0 };
  gboolean left_valid = parse_parts (a, left);
  gboolean right_valid = parse_parts (b, right);

  if (!left_valid || !right_valid)
    return (int)left_valid - (int)right_valid;
  for (guint i = 0; i < MAX_PARTS; i++)
    if (left[i] != right[i])
      return left[i] < right[i] ? -1 : 1;
  return 0;
}
