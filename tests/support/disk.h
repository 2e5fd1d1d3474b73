/* SPDX-License-Identifier: MIT */
/* Odd things on a disk, for tests of what reads files. What differs between operating systems. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the symbolic link @path. FALSE where links are not for everybody (Windows) or not at all.
 */
gboolean test_disk_make_link (const char *target, const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* Makes a pipe that nobody writes to. FALSE where pipes do not lie among files (Windows). */
gboolean test_disk_make_pipe (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* The name of a device that can be opened and never ends or holds nothing. */
const char *test_disk_get_device (void);

/* Asserts that the file or folder is for this person only: on POSIX that it has just the rights of
 * @mode, on Windows that it names none of its own, so that those of the person's folder count. */
void test_disk_assert_private (const char *path, guint mode);

G_END_DECLS
