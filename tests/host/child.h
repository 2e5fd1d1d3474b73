/* SPDX-License-Identifier: MIT */
/* A program that is started and forgotten: the browser. */
#pragma once

#include <stdbool.h>

typedef struct HostChild HostChild;

/* Starts `arguments`, NULL-terminated, looked for where the system looks for programs. It reads
 * nothing, and writes where this program writes its complaints. NULL with a `reason`, which the
 * caller frees with free(). */
HostChild *host_child_start (char *const *arguments, char **reason);

/* Whether it has ended; then with `failure`, like "exit status 1", when it failed (free()), else
 * NULL. */
bool host_child_has_ended (HostChild *child, char **failure);

/* Lets go of it, ended or not. */
void host_child_free (HostChild *child);
