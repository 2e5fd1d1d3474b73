/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_H
#define PROSOFT_H

/*
 * The PROSOFT plug-in interface (proposed): include this. C99 or C++11, no library.
 *
 * R1  Types: int32_t, uint32_t, int64_t, uint64_t, double, pointers, char arrays. Flags are int32_t 0/1.
 * R2  Convention: every pointer is PROSOFT_ABI. One exported symbol.
 * R3  Growth: function tables never change; a new table is a new id "prosoft.name/2". Data structs
 *     start with struct_size and grow at the end: refuse only what is below PROSOFT_X_SIZE_V1, read
 *     the smaller of theirs and ours, fill with zeros what you do not know.
 * R4  Threads: the host calls the plug-in on [main] only. The plug-in calls the host on [main], except
 *     get_extension, request_callback, log and is_main_thread, which are [any].
 * R5  Nothing blocks: every call into the plug-in returns within 1 ms (init() 10 ms). Only destroy()
 *     (5 s) and deinit() may wait. The plug-in never waits for [main].
 * R6  No re-entrancy: while a plug-in function is on the stack the host calls no other function of that
 *     instance; host functions called by the plug-in return before any call back.
 * R7  Memory changes no owner. In-pointers are borrowed for the call. Small out: the caller's buffer.
 *     Large out: a writer. Large in: a reader. Static strings live until deinit().
 * R8  Text is UTF-8, NUL-terminated; so are paths. JSON is RFC 8259 without BOM. NULL only where a
 *     comment says "may be NULL".
 * R9  Errors: a negative prosoft_result_t, and a prosoft_error_t for developers. No exception, longjmp
 *     or SEH crosses the line.
 * R10 Operations: exactly one completion each, on [main], never inside the call that started it.
 * R11 Lifetime: host struct and tables live until destroy() returns; after that nothing reaches the host.
 * R12 Mapping: the module pins itself.
 * R13 Environment: nothing process-wide is changed (locale, cwd, environment, signals, default main
 *     context, floating-point mask); the plug-in's threads start with a clean floating-point mask,
 *     and the host's functions leave it alone.
 * R14 Unknown ids return NULL; ids compare exactly.
 *
 * A minimal host has log, thread-check, environment, operations, project, pages, session-gate, open-uri.
 */

#include "abi.h"
#include "error.h"
#include "stream.h"

#include "host.h"
#include "plugin.h"
#include "factory.h"
#include "entry.h"

#include "log.h"
#include "thread-check.h"
#include "environment.h"
#include "operations.h"
#include "project.h"
#include "pages.h"
#include "session-gate.h"
#include "open-uri.h"
#include "attention.h"
#include "files.h"
#include "secrets.h"

#endif
