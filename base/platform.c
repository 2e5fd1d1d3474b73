/* SPDX-License-Identifier: MIT */
#include "base/platform-private.h"

#include <errno.h>

G_DEFINE_QUARK (ttecomm - platform - error - quark, ttecomm_platform_error)

GBytes *
ttecomm_platform_read_file (const char *path, gsize max_bytes, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return ttecomm_platform_os_read_file (path, max_bytes, error);
}

/* A folder that a power cut takes away would take all that was written into it along. One that is
 * not durable goes again, so that the next try makes it and does not take it for an old one. */
static gboolean
keep_folder (const char *path, const char *parent, GError **error)
{
  if (ttecomm_platform_os_sync_folder (parent, error))
    return TRUE;
  if (!ttecomm_platform_os_remove_folder (path))
    g_debug ("A new folder stays behind in %s", parent);
  return FALSE;
}

gboolean
ttecomm_platform_make_private_folder (const char *path, GError **error)
{
  g_autofree char *parent = NULL;
  int code;

  g_return_val_if_fail (path != NULL, FALSE);

  if (ttecomm_platform_os_is_folder (path))
    return TRUE;
  parent = g_path_get_dirname (path);
  if (!g_str_equal (parent, path) && !ttecomm_platform_make_private_folder (parent, error))
    return FALSE;
  if (ttecomm_platform_os_make_folder (path))
    return keep_folder (path, parent, error);
  code = errno;
  /* Another process may have been quicker. */
  if (ttecomm_platform_os_is_folder (path))
    return TRUE;
  g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO,
               "Cannot make the folder %s: %s", path, g_strerror (code));
  return FALSE;
}

TtecommPlatformLock *
ttecomm_platform_lock (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return ttecomm_platform_os_lock (path, error);
}

/* The lock is held for the rename alone: not while data go to the disk, nor while the folder does.
 */
static gboolean
rename_under_lock (const char *temp, const char *path, const char *lock_path, GError **error)
{
  g_autoptr (TtecommPlatformLock) lock = NULL;

  if (lock_path != NULL)
    {
      lock = ttecomm_platform_lock (lock_path, error);
      if (lock == NULL)
        return FALSE;
    }
  return ttecomm_platform_os_rename_over (temp, path, error);
}

static gboolean
write_and_rename (const char *folder,
                  const char *path,
                  const void *data,
                  gsize length,
                  const char *lock_path,
                  GError **error)
{
  g_autofree char *temp = NULL;
  gboolean existed;

  if (!ttecomm_platform_os_write_temp (folder, data, length, &temp, error))
    return FALSE;
  if (rename_under_lock (temp, path, lock_path, error))
    return TRUE;
  /* What cannot be removed now is removed at the next start. */
  if (!ttecomm_platform_os_remove_name (temp, &existed, NULL))
    g_debug ("A temporary file stays behind in %s", folder);
  return FALSE;
}

gboolean
ttecomm_platform_replace_file (const char *path,
                               const void *data,
                               gsize length,
                               const char *lock_path,
                               GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  folder = g_path_get_dirname (path);
  /* Another process that starts may take the temporary file for one that a killed process left. */
  if (!write_and_rename (folder, path, data, length, lock_path, &local_error)
      && g_error_matches (local_error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND))
    {
      g_clear_error (&local_error);
      write_and_rename (folder, path, data, length, lock_path, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return ttecomm_platform_os_sync_folder (folder, error);
}

gboolean
ttecomm_platform_remove_file (const char *path, GError **error)
{
  g_autofree char *folder = NULL;
  gboolean existed = FALSE;

  g_return_val_if_fail (path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  if (!ttecomm_platform_os_remove_name (path, &existed, error))
    return FALSE;
  return !existed || ttecomm_platform_os_sync_folder (folder, error);
}

gboolean
ttecomm_platform_unlink (const char *path, GError **error)
{
  gboolean existed;

  g_return_val_if_fail (path != NULL, FALSE);

  return ttecomm_platform_os_remove_name (path, &existed, error);
}

gboolean
ttecomm_platform_sync_folder (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  return ttecomm_platform_os_sync_folder (folder, error);
}

guint
ttecomm_platform_remove_stale_temps (const char *folder)
{
  g_autoptr (GArray) found
      = ttecomm_platform_list (folder, TTECOMM_PLATFORM_TEMP_PREFIX, G_MAXUINT);
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *path
          = g_build_filename (folder, g_array_index (found, TtecommPlatformEntry, i).name, NULL);

      n += ttecomm_platform_os_remove_if_unused (path) ? 1 : 0;
    }
  return n;
}
