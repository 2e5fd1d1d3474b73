/* SPDX-License-Identifier: MIT */
/* What the main loop waits on: a pipe and poll(), or an event beside the messages of windows. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct HostWake HostWake;

HostWake *host_wake_new (void);
void host_wake_free (HostWake *wake);

/* Ends the wait, or the next one. Any thread. */
void host_wake_signal (HostWake *wake);

/* Waits at most `timeout_ms` (-1: for ever); returns whether it was signalled, and takes that back.
 * May end early without it. On Windows it hands out the messages of this thread's windows. */
bool host_wake_wait (HostWake *wake, int timeout_ms);

/* A file descriptor that is readable, or the HANDLE of an event that is set, while signalled. */
intptr_t host_wake_get_handle (const HostWake *wake);
