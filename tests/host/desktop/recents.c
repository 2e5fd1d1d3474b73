/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/recents.h"

#include <string.h>

#define MAX_FILE (64 * 1024)

static char *
file_of (const char *home)
{
  return g_build_filename (home, "recent", NULL);
}

GStrv
desktop_recents_load (const char *home)
{
  g_autofree char *file = file_of (home);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize length = 0;
  guint n = 0;

  if (g_file_get_contents (file, &text, &length, NULL) && length <= MAX_FILE)
    lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines != NULL && lines[i] != NULL && n < DESKTOP_MAX_RECENTS; i++)
    {
      g_autofree char *path = g_uri_unescape_string (lines[i], NULL);

      if (path == NULL || !g_path_is_absolute (path))
        continue;
      g_strv_builder_add (builder, path);
      n++;
    }
  return g_strv_builder_end (builder);
}

/* One escaped path a line: a name may hold a line break. */
static void
save (const char *home, const char *first, const char *without, GStrv others)
{
  g_autofree char *file = file_of (home);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  if (first != NULL)
    {
      g_autofree char *line = g_uri_escape_string (first, "/", FALSE);
      g_string_append_printf (text, "%s\n", line);
      n++;
    }
  for (gsize i = 0; others[i] != NULL && n < DESKTOP_MAX_RECENTS; i++)
    {
      g_autofree char *line = g_uri_escape_string (others[i], "/", FALSE);

      if (g_str_equal (others[i], without))
        continue;
      g_string_append_printf (text, "%s\n", line);
      n++;
    }
  if (!g_file_set_contents (file, text->str, (gssize)text->len, NULL))
    g_debug ("%s cannot be written", file);
}

void
desktop_recents_add (const char *home, const char *path)
{
  g_auto (GStrv) others = desktop_recents_load (home);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  save (home, absolute, absolute, others);
}

void
desktop_recents_remove (const char *home, const char *path)
{
  g_auto (GStrv) others = desktop_recents_load (home);

  save (home, NULL, path, others);
}
