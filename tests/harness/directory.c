/* SPDX-License-Identifier: MIT */
#include "tests/harness/directory.h"

#include <errno.h>
#include <glib/gstdio.h>

static void
remove_children (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  /* A test of a read-only directory may leave it so. */
  (void)g_chmod (path, 0700);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      harness_directory_remove (child);
    }
}

void
harness_directory_remove (const char *path)
{
  gboolean is_link = g_file_test (path, G_FILE_TEST_IS_SYMLINK);

  if (!is_link && g_file_test (path, G_FILE_TEST_IS_DIR))
    remove_children (path);
  if (g_remove (path) != 0 && errno != ENOENT)
    g_printerr ("harness: cannot remove %s: %s\n", path, g_strerror (errno));
}

void
harness_directory_remove_and_free (char *path)
{
  harness_directory_remove (path);
  g_free (path);
}
