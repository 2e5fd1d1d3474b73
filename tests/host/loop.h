/* SPDX-License-Identifier: MIT */
/*
 * A main loop of the system's own means: what a host without GLib has. Tasks come from any thread
 * and run on the thread that iterates, in the order they were posted. On Windows that thread's
 * windows get their messages between them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct HostLoop HostLoop;
typedef void (*HostTask) (void *data);
typedef bool (*HostPredicate) (void *data);

HostLoop *host_loop_new (void);

/* Drops what was posted and not run. No other thread may use the loop any more. */
void host_loop_free (HostLoop *loop);

/* Runs `run` (data) from a later iteration. Any thread. */
void host_loop_post (HostLoop *loop, HostTask run, void *data);

/* For a host whose toolkit has the loop: a file descriptor that is readable when a task waits, on
 * Windows the HANDLE of an event that is set; then iterate with time 0. */
intptr_t host_loop_get_handle (const HostLoop *loop);

/* Waits at most `timeout_ms` (-1: for ever) for a task, and runs all that were posted before the
 * first of them ran. Returns whether any ran. A signal, or a
 * message to a window, ends the wait early. */
bool host_loop_iterate (HostLoop *loop, int timeout_ms);

/* Iterates until `predicate` holds or `timeout_ms` have passed; returns whether it holds. It is
 * asked after each iteration, and at least every 50 ms. */
bool host_loop_run_until (HostLoop *loop, HostPredicate predicate, void *data, int timeout_ms);
