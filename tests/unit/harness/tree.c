/* SPDX-License-Identifier: MIT */
#include "tests/unit/harness/tree.h"

#include "tests/harness/harness.h"

#include <string.h>

static gboolean
is_left_out (const char *path, const char *name)
{
  if (g_str_has_prefix (path, "build"))
    return TRUE;
  return name[0] == '.' && !g_str_equal (name, ".ci");
}

static void
list_into (GPtrArray *files, const char *path)
{
  g_autofree char *absolute = harness_source_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (absolute, 0, &error);
  const char *name = NULL;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child
          = *path == '\0' ? g_strdup (name) : g_strconcat (path, "/", name, NULL);
      g_autofree char *child_absolute = harness_source_path (child);

      if (is_left_out (child, name))
        continue;
      if (g_file_test (child_absolute, G_FILE_TEST_IS_DIR))
        list_into (files, child);
      else
        g_ptr_array_add (files, g_steal_pointer (&child));
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
tree_list_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  list_into (files, "");
  g_ptr_array_sort (files, compare_paths);
  return files;
}

char *
tree_room_of (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? g_strndup (path, (gsize)(slash - path)) : g_strdup ("");
}

char *
tree_read (const char *path)
{
  g_autofree char *absolute = harness_source_path (path);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (g_file_get_contents (absolute, &text, NULL, &error));
  g_assert_no_error (error);
  return text;
}
