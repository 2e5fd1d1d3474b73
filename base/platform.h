/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SECTION: what differs between operating systems
 *
 * platform-posix.c and platform-windows*.c are the only files that call the operating system past
 * GLib; the build takes one kind. Paths are UTF-8, and on Windows as long as the disk allows
 * (GLib's own functions end at 260 letters there). Thread: any; everything that touches a file may
 * block, so it stays off the host's main thread (R5). On Windows a file that another program has to
 * itself, a virus scanner say, is waited for, half a second at most.
 */

#define TTECOMM_PLATFORM_ERROR (ttecomm_platform_error_quark ())
GQuark ttecomm_platform_error_quark (void);

/**
 * TtecommPlatformError:
 * @TTECOMM_PLATFORM_ERROR_NOT_FOUND: there is no such file
 * @TTECOMM_PLATFORM_ERROR_KIND: something is there, but not an ordinary file (a folder, a link, a
 * pipe)
 * @TTECOMM_PLATFORM_ERROR_SIZE: the file is larger than the caller allows
 * @TTECOMM_PLATFORM_ERROR_LOCKED: another process holds the lock; nothing was written
 * @TTECOMM_PLATFORM_ERROR_IO: the operating system refused (disk full, no permission, ...)
 */
typedef enum
{
  TTECOMM_PLATFORM_ERROR_NOT_FOUND,
  TTECOMM_PLATFORM_ERROR_KIND,
  TTECOMM_PLATFORM_ERROR_SIZE,
  TTECOMM_PLATFORM_ERROR_LOCKED,
  TTECOMM_PLATFORM_ERROR_IO,
} TtecommPlatformError;

/* Names of temporary files made by ttecomm_platform_replace_file() begin with this. */
#define TTECOMM_PLATFORM_TEMP_PREFIX ".ttecomm-tmp-"

/**
 * ttecomm_platform_get_wall:
 * @unix_seconds: (out): untouched on failure
 *
 * Returns: %FALSE when the clock cannot be read, or shows a time before 1970
 */
gboolean ttecomm_platform_get_wall (gint64 *unix_seconds) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_platform_get_boottime_us:
 *
 * Returns: microseconds since this boot, time asleep included; -1 when unknown
 */
gint64 ttecomm_platform_get_boottime_us (void);

/**
 * ttecomm_platform_dup_boot_id:
 *
 * Returns: (transfer full) (nullable): a text that differs from boot to boot, %NULL when unknown
 */
char *ttecomm_platform_dup_boot_id (void);

/**
 * ttecomm_platform_make_private_folder:
 *
 * Makes @path and its parents, readable by this person only (on Windows: by who may read the folder
 * above), and makes that durable. An existing folder is left as it is.
 */
gboolean ttecomm_platform_make_private_folder (const char *path,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_platform_read_file:
 * @max_bytes: larger files are refused before anything is read
 *
 * Reads an ordinary file, following no link and waiting for no pipe.
 *
 * Returns: (transfer full): the bytes, or %NULL with %TTECOMM_PLATFORM_ERROR
 */
GBytes *ttecomm_platform_read_file (const char *path,
                                    gsize max_bytes,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_platform_replace_file:
 * @path: the file to make or replace, readable by this person only (on Windows: by who may read the
 * folder)
 * @lock_path: (nullable): the file whose lock is held while the name changes hands
 *
 * Writes durably: a temporary file in the same folder, its data on disk, the rename, the folder on
 * disk. Whenever the power goes, @path holds all of the old bytes or all of the new ones. If the
 * lock cannot be had within 100 ms (Windows: 800 ms) nothing is written and the error is
 * %TTECOMM_PLATFORM_ERROR_LOCKED. On any error @path is as it was, save that an error of the last
 * step
 * ("folder") leaves the new bytes there without the promise that they survive a power cut.
 */
gboolean ttecomm_platform_replace_file (const char *path,
                                        const void *data,
                                        gsize length,
                                        const char *lock_path,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_platform_remove_file:
 *
 * Removes @path and makes that durable. A file that is not there is no error.
 */
gboolean ttecomm_platform_remove_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, but a power cut may bring @path back until ttecomm_platform_sync_folder() was called.
 */
gboolean ttecomm_platform_unlink (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes durable what was renamed or removed in @folder. */
gboolean ttecomm_platform_sync_folder (const char *folder,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @path is the same place whatever folder and drive the process is in. Does not ask the
 * disk. */
gboolean ttecomm_platform_is_absolute (const char *path);

/* Whether there is anything of that name; a link counts. */
gboolean ttecomm_platform_exists (const char *path);

/**
 * TtecommPlatformEntry:
 * @name: (owned): UTF-8, without its folder
 * @is_ordinary: an ordinary file: no folder, link or pipe
 * @modified: when, in Unix seconds
 */
typedef struct
{
  char *name;
  gboolean is_ordinary;
  gint64 modified;
} TtecommPlatformEntry;

/**
 * ttecomm_platform_list:
 * @prefix: what the names begin with
 * @max: at most so many; which ones of more is chance
 *
 * Returns: (transfer full) (element-type TtecommPlatformEntry): what is in @folder, in no order;
 * empty when there is no such folder
 */
GArray *ttecomm_platform_list (const char *folder, const char *prefix, guint max);

/* Says that @path was used just now (its time of modification). Failure is ignored. */
void ttecomm_platform_touch (const char *path);

/**
 * ttecomm_platform_remove_stale_temps:
 *
 * Removes the temporary files that killed processes left in @folder. One that is being written now,
 * by this process or another, is left alone.
 *
 * Returns: how many were removed
 */
guint ttecomm_platform_remove_stale_temps (const char *folder);

/**
 * TtecommPlatformLock:
 *
 * An advisory lock between processes, held until freed; the system frees it when the process dies.
 */
typedef struct _TtecommPlatformLock TtecommPlatformLock;

/**
 * ttecomm_platform_lock:
 * @path: a file of its own, made when missing and never removed
 *
 * Returns: (transfer full): the lock, or %NULL with %TTECOMM_PLATFORM_ERROR_LOCKED when another
 * holds it for longer than 100 ms (Windows, where a rename may wait itself: 800 ms)
 */
TtecommPlatformLock *ttecomm_platform_lock (const char *path,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_platform_lock_free (TtecommPlatformLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPlatformLock, ttecomm_platform_lock_free)

/**
 * ttecomm_platform_enter:
 *
 * Settles the module in a process that is not its own, once; further calls do nothing.
 *
 * POSIX: GLib sets SIGPIPE to SIG_IGN for the whole process when its socket class is first used.
 * This uses it first and puts back what the host had (R13).
 *
 * Windows: keeps the module mapped for as long as the process lives, since threads of the libraries
 * outlive the last instance (R12), and takes GLib's log away from the console of the host, to
 * OutputDebugString().
 *
 * Thread: the host's main thread, in init(), before the first thread is made.
 *
 * Returns: %FALSE with %TTECOMM_PLATFORM_ERROR_IO when the module cannot be kept
 */
gboolean ttecomm_platform_enter (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_platform_is_only_copy:
 *
 * Whether no other copy of this module has answered %TRUE in this process; the first call claims it
 * for good. Two copies would share or overwrite what a process has one of: types of GLib where both
 * use one GLib, the cache and the orders everywhere.
 *
 * Windows: the module stays mapped from here on.
 *
 * Thread: the host's main thread, in create().
 */
gboolean ttecomm_platform_is_only_copy (void);

/**
 * ttecomm_platform_enter_worker:
 *
 * Readies what the worker's libraries need. Windows: OpenSSL must not clean up at the end of the
 * process, under a thread that is in a handshake; TLS of GIO is linked in and has to be named.
 *
 * Thread: the worker, before anything else on it.
 */
void ttecomm_platform_enter_worker (void);

/**
 * ttecomm_platform_dup_proxy_resolver:
 *
 * Returns: (transfer full) (nullable): who knows the proxies of this person's system; %NULL where
 * GIO's default does
 */
GProxyResolver *ttecomm_platform_dup_proxy_resolver (void);

G_END_DECLS
