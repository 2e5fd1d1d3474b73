/* SPDX-License-Identifier: MIT */
/* What differs between operating systems, apart from processes. */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/* Readies the C library of a test program. POSIX: the locale of the environment. Windows: no box on
 * the screen when something crashes, and lines that end as everywhere. */
void harness_system_settle (void);

/* How child.c tells of a test that called abort(), and of one that wrote where nothing is (NULL: in
 * one of several ways). */
const char *harness_system_describe_abort (void);
const char *harness_system_describe_fault (void);

/* What setlocale() says from then on. */
const char *harness_system_get_locale (void);

/* Opens @path to append to it, for this process alone. (nullable) */
FILE *harness_system_open_to_append (const char *path);

G_END_DECLS
