/* SPDX-License-Identifier: MIT */
/* What a program of the host's needs of its system. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): the arguments in UTF-8, where the system has them so. From here on, what is
 * written to standard output goes out as it is. */
GStrv host_program_begin (int argc, char **argv) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full) (nullable): the file that this program is. */
char *host_program_dup_path (void) G_GNUC_WARN_UNUSED_RESULT;

/* The command that opens an address in the person's browser. */
const char *host_program_get_browser (void);

G_END_DECLS
