/* SPDX-License-Identifier: MIT */
/* What each system has of its own in the state of a process. */
#pragma once

#include "tests/host/process-state.h"

/* (transfer full): UTF-8 */
char *host_process_current_folder (void);

/* (transfer full): "NAME=value", NULL-terminated. */
char **host_process_variables (void);

/* What happens on signals or on errors: POSIX dispositions; on Windows the error mode, the handler
 * of last resort, and the code pages of the console. */
typedef struct HostHandlers HostHandlers;
HostHandlers *host_handlers_new (void);
void host_handlers_free (HostHandlers *handlers);

/* Adds one finding for each difference, and notes it. */
void host_handlers_compare (HostHandlers *handlers, const char *when, HostFindings *findings);

void host_process_add (HostFindings *findings, HostCheck check, const char *format, ...)
    HOST_PRINTF (3, 4);
