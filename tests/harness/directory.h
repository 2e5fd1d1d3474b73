/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Removes `path` and all below it, without following a symbolic link; what cannot be removed is
 * left, with a line on stderr. */
void harness_directory_remove (const char *path);

/* The same, and frees `path`. */
void harness_directory_remove_and_free (char *path);
