/* SPDX-License-Identifier: MIT */
/*
 * What the checker needs of an operating system, and nothing of it stands elsewhere: the files
 * platform-posix*.c are what is to be written again for another.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- time ------------------------------------------------------------------------------------ */

/* Microseconds of a clock that only goes forward. */
int64_t platform_now_us (void);

/* Microseconds of processor time that the calling thread has used. */
int64_t platform_thread_cpu_us (void);
void platform_sleep_ms (int ms);

/* --- modules --------------------------------------------------------------------------------- */

/* Opens with all symbols bound at once and none given away. NULL: `why` (static) says why not. */
void *platform_module_open (const char *path, const char **why);
void *platform_module_symbol (void *module, const char *name);
void platform_module_close (void *module);

/* Whether the file is in this process without being opened now. */
bool platform_module_is_loaded (const char *path);

/* --- memory ---------------------------------------------------------------------------------- */

typedef enum
{
  PLATFORM_ACCESS_NONE,
  PLATFORM_ACCESS_READ,
  PLATFORM_ACCESS_WRITE,
} PlatformAccess;

/* Whole pages, zeroed and writable, followed by one that nobody can touch; *whole is their size.
 * Ends the process when there are none. */
char *platform_pages_new (size_t size, size_t *whole);
void platform_pages_protect (char *pages, size_t whole, PlatformAccess access);
void platform_pages_free (char *pages, size_t whole);
size_t platform_page_size (void);

/* --- threads --------------------------------------------------------------------------------- */

typedef struct PlatformThread PlatformThread;
typedef void (*PlatformThreadFunc) (void *data);

/* Never NULL; joining frees. */
PlatformThread *platform_thread_new (PlatformThreadFunc func, void *data);
void platform_thread_join (PlatformThread *thread);

/* A number for the calling thread, never 0. */
uintptr_t platform_thread_id (void);

/* How many threads this process has; -1: not known. */
int platform_count_threads (void);

/* --- the state of the process (R13) ---------------------------------------------------------- */

typedef struct PlatformState PlatformState;

PlatformState *platform_state_new (void);
void platform_state_free (PlatformState *state);

/* Calls `report` with what is another now, eg: "the locale, from \"C\" to \"nl_BE\"". */
typedef void (*PlatformReport) (void *data, const char *difference);
void platform_state_compare (PlatformState *state, PlatformReport report, void *data);

/* Lets a floating-point exception end the calling thread's process, as some hosts run; and not. */
void platform_unmask_floating (void);
void platform_mask_floating (void);
/* Which ones are on in this thread: a set of bits. */
int platform_floating_traps (void);

/* --- a test's own process -------------------------------------------------------------------- */

typedef struct PlatformEnd
{
  bool timed_out;
  bool killed;       /* by a signal, else it exited */
  int code;          /* the signal's number or the exit status */
  char reason[64];   /* eg: "signal 11 (Segmentation fault)", "exit status 3" */
  char output[2048]; /* the end of what it printed, NUL-terminated */
} PlatformEnd;

typedef void (*PlatformLine) (void *data, const char *line);

/* Runs this program again with `arguments` (NULL-terminated, without the program's name), calls
 * `on_line` for every line of platform_report(), and ends it and what it started after
 * `timeout_ms`. FALSE: it could not be started. */
bool platform_run (const char *const *arguments,
                   int timeout_ms,
                   PlatformLine on_line,
                   void *data,
                   PlatformEnd *end);

/* In the child: one line, without line feed, to platform_run(). Any thread, signal handlers too. */
void platform_report (const char *line);

/* In the child: `on_fault` is called when the process dies of a fault (`address` of the memory, or
 * NULL), of `limit_ms` (signal NULL) or by exit() ("exit"); then the process ends. */
typedef void (*PlatformFault) (const char *signal, const void *address);
void platform_guard_process (int limit_ms, PlatformFault on_fault);

/* Ends the process at once: no destructor runs. */
_Noreturn void platform_quit (int status);

/* Whether a person watches the standard error. */
bool platform_is_terminal (void);

/* --- files ----------------------------------------------------------------------------------- */

/* The absolute form of a path, or NULL. (owned) */
char *platform_absolute (const char *path);

/* Makes the folder, if its parent is there; its contents are not touched. */
void platform_ensure_folder (const char *path);

/* A new folder for scratch files of this process; NULL with errno. (owned) */
char *platform_make_folder (void);

/* Removes it and what is in it. */
void platform_remove_folder (const char *path);

/* --- plain TCP on this machine's own address ------------------------------------------------- */

/* A socket that listens on 127.0.0.1 at a free port; -1: none to be had. */
intptr_t platform_listen (int *port);

/* The next connection; -1: none within `timeout_ms`. */
intptr_t platform_accept (intptr_t listener, int timeout_ms);

/* Bytes read (0: the other side is done) or -1: nothing within `timeout_ms`, or an error. */
int platform_receive (intptr_t socket, void *buffer, int size, int timeout_ms);
bool platform_send (intptr_t socket, const void *data, int size);

/* `abruptly`: the other side sees a reset. */
void platform_close (intptr_t socket, bool abruptly);
