/* SPDX-License-Identifier: MIT */
#include "tests/support/disk.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
test_disk_make_link (const char *target, const char *path)
{
  return symlink (target, path) == 0;
}

gboolean
test_disk_make_pipe (const char *path)
{
  return mkfifo (path, 0600) == 0;
}

const char *
test_disk_get_device (void)
{
  return "/dev/zero";
}

void
test_disk_assert_private (const char *path, guint mode)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, mode);
}
