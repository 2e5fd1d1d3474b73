/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/platform.h"

G_BEGIN_DECLS

/* What each operating system must offer, in platform-posix.c and platform-windows.c; the build
 * takes one of them. platform.c is written on top of it. */

gboolean ttecomm_platform_os_is_folder (const char *path);

/* Makes one folder, for this person only; FALSE with errno. */
gboolean ttecomm_platform_os_make_folder (const char *path);
gboolean ttecomm_platform_os_remove_folder (const char *path);

/* Reads an ordinary file of at most @max_bytes. */
GBytes *ttecomm_platform_os_read_file (const char *path, gsize max_bytes, GError **error);

/* Writes a temporary file in @folder and its data to the disk; gives its name in @temp (owned). */
gboolean ttecomm_platform_os_write_temp (const char *folder,
                                         const void *data,
                                         gsize length,
                                         char **temp,
                                         GError **error);

gboolean ttecomm_platform_os_rename_over (const char *from, const char *to, GError **error);

/* Makes the names in @folder durable. */
gboolean ttecomm_platform_os_sync_folder (const char *folder, GError **error);

/* Removes @path; says in @existed whether it was there. */
gboolean ttecomm_platform_os_remove_name (const char *path, gboolean *existed, GError **error);

/* Removes a temporary file that no living process writes. */
gboolean ttecomm_platform_os_remove_if_unused (const char *path);

/* A lock, or NULL with @error. */
TtecommPlatformLock *ttecomm_platform_os_lock (const char *path, GError **error);

G_END_DECLS
