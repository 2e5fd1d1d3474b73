/* SPDX-License-Identifier: MIT */
#include "tests/harness/tap.h"

#include "tests/harness/registry.h"

#include <string.h>

#define SKIP "# SKIP"

void
harness_tap_free (HarnessTap *tap)
{
  g_free (tap->reason);
  g_free (tap->file);
  g_free (tap);
}

static void
set_reason (HarnessTap *tap, const char *reason)
{
  g_autofree char *stripped = g_strstrip (g_strdup (reason));

  if (tap->reason == NULL && *stripped != '\0')
    tap->reason = g_steal_pointer (&stripped);
}

/* The form in which GLib reports a failed assertion: [domain:]ERROR:file:line:function: text. */
static gboolean
read_assertion (HarnessTap *tap, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?:^|[ :])ERROR:(.+?):([0-9]{1,7}):([^: ]*): (.*)$",
                                          G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *file = NULL;
  g_autofree char *line = NULL;
  g_autofree char *message = NULL;

  if (tap->file != NULL || !g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match))
    return FALSE;
  file = g_match_info_fetch (match, 1);
  line = g_match_info_fetch (match, 2);
  message = g_match_info_fetch (match, 4);
  tap->file = harness_resolve_source (file);
  tap->line = (int)g_ascii_strtoll (line, NULL, 10);
  g_clear_pointer (&tap->reason, g_free);
  set_reason (tap, message);
  return TRUE;
}

static void
read_bail (HarnessTap *tap, const char *text)
{
  if (!read_assertion (tap, text))
    set_reason (tap, text);
}

/* What follows the path of a verdict: "", " # SKIP why", " - why", ": why". */
static void
read_directive (HarnessTap *tap, const char *text)
{
  text += strspn (text, " -:");
  if (g_ascii_strncasecmp (text, SKIP, strlen (SKIP)) == 0)
    {
      tap->skipped = TRUE;
      set_reason (tap, text + strlen (SKIP));
    }
  else if (tap->not_ok && !read_assertion (tap, text))
    set_reason (tap, text);
}

/* The verdict need not stand at the start of its line: the test may have printed half a line. */
static void
read_verdict (HarnessTap *tap, GRegex *verdict, const char *line)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *not = NULL;
  g_autofree char *directive = NULL;

  if (!g_regex_match (verdict, line, G_REGEX_MATCH_DEFAULT, &match))
    return;
  not = g_match_info_fetch (match, 1);
  directive = g_match_info_fetch (match, 2);
  if (*not != '\0')
    tap->not_ok = TRUE;
  else
    tap->ok = TRUE;
  read_directive (tap, directive);
}

static GRegex *
verdict_regex_new (const char *path)
{
  g_autofree char *escaped = g_regex_escape_string (path, -1);
  g_autofree char *pattern = g_strdup_printf ("(not )?ok [0-9]+ %s(|[ :].*)$", escaped);

  return g_regex_new (pattern, G_REGEX_RAW, G_REGEX_MATCH_DEFAULT, NULL);
}

HarnessTap *
harness_tap_parse (const char *output, const char *path)
{
  static const char bail[] = "Bail out!";
  HarnessTap *tap = g_new0 (HarnessTap, 1);
  g_autoptr (GRegex) verdict = verdict_regex_new (path);
  g_autofree char *valid = g_utf8_make_valid (output, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *at = strstr (lines[i], bail);

      g_strchomp (lines[i]);
      /* A comment may quote what another program said. */
      if (lines[i][0] == '#')
        continue;
      if (at != NULL)
        read_bail (tap, at + strlen (bail));
      else
        read_verdict (tap, verdict, lines[i]);
    }
  return tap;
}
