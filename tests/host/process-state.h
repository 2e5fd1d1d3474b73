/* SPDX-License-Identifier: MIT */
/* What belongs to the whole process and no plug-in may change (R13). [main] */
#pragma once

#include <stdbool.h>

#include "tests/host/checks.h"
#include "tests/host/library.h"

typedef struct HostProcessState HostProcessState;

/* Notes locale, current folder, environment, what happens on signals and errors, and the
 * floating-point control. */
HostProcessState *host_process_state_new (void);
void host_process_state_free (HostProcessState *state);

/* Compares the process with what was noted; adds one finding for each difference, that names `when`
 * (eg: "init()"). Notes the difference, so that it is reported once. */
void host_process_state_compare (HostProcessState *state, const char *when, HostFindings *findings);

/* Looks whether somebody uses GLib's default main context: owns it, or has attached a source. Does
 * nothing where `module` shows no GLib. */
void host_process_state_check_context (HostProcessState *state,
                                       HostLibrary *module,
                                       const char *when,
                                       HostFindings *findings);

/* How many threads this process has; -1 where that cannot be told. */
int host_count_threads (void);
