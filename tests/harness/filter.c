/* SPDX-License-Identifier: MIT */
#include "tests/harness/filter.h"

static gboolean
any_matches (const char *patterns, const char *full_name)
{
  g_auto (GStrv) list = g_strsplit (patterns, ":", -1);

  for (gsize i = 0; list[i] != NULL; i++)
    {
      if (g_pattern_match_simple (list[i], full_name))
        return TRUE;
    }
  return FALSE;
}

gboolean
harness_filter_matches (const char *filter, const char *full_name)
{
  g_auto (GStrv) parts = g_strsplit (filter, "-", 2);
  const char *positive = parts[0] != NULL ? parts[0] : "";
  const char *negative = parts[0] != NULL ? parts[1] : NULL;

  if (negative != NULL && any_matches (negative, full_name))
    return FALSE;
  if (negative != NULL && *positive == '\0')
    return TRUE;
  return any_matches (positive, full_name);
}
