/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The files of the source tree that people write, by path from its root: build directories and what
 * hides behind a dot are left out (.ci excepted). (transfer full) (element-type filename), sorted
 */
GPtrArray *tree_list_files (void);

/* The room a path from the root lies in: its folder. (transfer full), "" for the root */
char *tree_room_of (const char *path);

/* The text of a file by its path from the root. (transfer full), never NULL */
char *tree_read (const char *path);
