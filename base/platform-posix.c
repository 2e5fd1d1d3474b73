/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "base/platform-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Long enough for another process's rename, short enough for a click: 100 ms. */
#define LOCK_TRIES 50
#define LOCK_PAUSE_US 2000

struct _TtecommPlatformLock
{
  int fd; /* (owned) */
};

static void
set_error (GError **error, const char *what, const char *path, int code)
{
  g_set_error (error, TTECOMM_PLATFORM_ERROR,
               code == ENOENT ? TTECOMM_PLATFORM_ERROR_NOT_FOUND : TTECOMM_PLATFORM_ERROR_IO,
               "%s %s: %s", what, path, g_strerror (code));
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
}
#define autofd __attribute__ ((cleanup (close_fd))) int

gboolean
ttecomm_platform_get_wall (gint64 *unix_seconds)
{
  struct timespec now;

  if (clock_gettime (CLOCK_REALTIME, &now) != 0 || now.tv_sec < 0)
    return FALSE;
  *unix_seconds = now.tv_sec;
  return TRUE;
}

gint64
ttecomm_platform_get_boottime_us (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return -1;
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

char *
ttecomm_platform_dup_boot_id (void)
{
  autofd fd = open ("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
  char text[64] = { 0 };
  gssize n;

  if (fd < 0)
    return NULL;
  n = read (fd, text, sizeof text - 1);
  g_strstrip (text);
  return n > 0 && *text != '\0' ? g_strdup (text) : NULL;
}

gboolean
ttecomm_platform_os_is_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

gboolean
ttecomm_platform_os_make_folder (const char *path)
{
  return mkdir (path, 0700) == 0;
}

gboolean
ttecomm_platform_os_remove_folder (const char *path)
{
  return rmdir (path) == 0;
}

gboolean
ttecomm_platform_is_absolute (const char *path)
{
  return g_path_is_absolute (path);
}

gboolean
ttecomm_platform_exists (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

static void
entry_clear (gpointer entry)
{
  g_free (((TtecommPlatformEntry *)entry)->name);
}

GArray *
ttecomm_platform_list (const char *folder, const char *prefix, guint max)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (TtecommPlatformEntry));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (found, entry_clear);
  while (dir != NULL && found->len < max && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      TtecommPlatformEntry entry = { NULL, FALSE, 0 };
      struct stat info;

      if (!g_str_has_prefix (name, prefix) || !g_utf8_validate (name, -1, NULL)
          || lstat (path, &info) != 0)
        continue;
      entry.name = g_strdup (name);
      entry.is_ordinary = S_ISREG (info.st_mode);
      entry.modified = info.st_mtime;
      g_array_append_val (found, entry);
    }
  return found;
}

static GBytes *
read_all (int fd, const char *path, gsize size, GError **error)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  gsize used = 0;

  while (used <= size)
    {
      gssize n = read (fd, data + used, size + 1 - used);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_error (error, "Cannot read", path, errno);
          return NULL;
        }
      if (n == 0)
        return g_bytes_new_take (g_steal_pointer (&data), used);
      used += (gsize)n;
    }
  g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_SIZE,
               "%s grew while it was read", path);
  return NULL;
}

GBytes *
ttecomm_platform_os_read_file (const char *path, gsize max_bytes, GError **error)
{
  /* O_NONBLOCK: opening a pipe that nobody writes would wait for ever. */
  autofd fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat info;

  if (fd < 0 && errno != ELOOP)
    {
      set_error (error, "Cannot open", path, errno);
      return NULL;
    }
  if (fd < 0 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_KIND,
                   "%s is not an ordinary file; remove it", path);
      return NULL;
    }
  if (info.st_size < 0 || (guint64)info.st_size > max_bytes)
    {
      g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_SIZE,
                   "%s is larger than %" G_GSIZE_FORMAT " bytes", path, max_bytes);
      return NULL;
    }
  return read_all (fd, path, (gsize)info.st_size, error);
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= (gsize)n;
    }
  return fdatasync (fd) == 0;
}

gboolean
ttecomm_platform_os_write_temp (const char *folder,
                                const void *data,
                                gsize length,
                                char **temp,
                                GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/" TTECOMM_PLATFORM_TEMP_PREFIX "XXXXXX", folder);
  autofd fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_error (error, "Cannot make a file in", folder, errno);
      return FALSE;
    }
  /* The lock tells ttecomm_platform_remove_stale_temps() that a living process writes here. */
  if (flock (fd, LOCK_EX | LOCK_NB) != 0 || !write_all (fd, data, length))
    {
      set_error (error, "Cannot write to", folder, errno);
      unlink (path);
      return FALSE;
    }
  *temp = g_steal_pointer (&path);
  return TRUE;
}

gboolean
ttecomm_platform_os_rename_over (const char *from, const char *to, GError **error)
{
  if (rename (from, to) == 0)
    return TRUE;
  set_error (error, "Cannot replace", to, errno);
  return FALSE;
}

gboolean
ttecomm_platform_os_sync_folder (const char *folder, GError **error)
{
  autofd fd = open (folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);

  if (fd >= 0 && fsync (fd) == 0)
    return TRUE;
  set_error (error, "Cannot make durable the folder", folder, errno);
  return FALSE;
}

gboolean
ttecomm_platform_os_remove_name (const char *path, gboolean *existed, GError **error)
{
  *existed = unlink (path) == 0;
  if (*existed || errno == ENOENT)
    return TRUE;
  set_error (error, "Cannot remove", path, errno);
  return FALSE;
}

gboolean
ttecomm_platform_os_remove_if_unused (const char *path)
{
  autofd fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  return fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0 && unlink (path) == 0;
}

void
ttecomm_platform_touch (const char *path)
{
  if (utimensat (AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW) != 0)
    g_debug ("Cannot touch %s: %s", path, g_strerror (errno));
}

TtecommPlatformLock *
ttecomm_platform_os_lock (const char *path, GError **error)
{
  g_autoptr (TtecommPlatformLock) lock = g_new0 (TtecommPlatformLock, 1);

  lock->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (lock->fd < 0)
    {
      set_error (error, "Cannot open the lock", path, errno);
      return NULL;
    }
  for (guint i = 0; i < LOCK_TRIES; i++)
    {
      if (flock (lock->fd, LOCK_EX | LOCK_NB) == 0)
        return g_steal_pointer (&lock);
      if (errno != EWOULDBLOCK && errno != EINTR)
        break;
      g_usleep (LOCK_PAUSE_US);
    }
  g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_LOCKED,
               "%s is held by another process", path);
  return NULL;
}

void
ttecomm_platform_lock_free (TtecommPlatformLock *lock)
{
  close_fd (&lock->fd);
  g_free (lock);
}

gboolean
ttecomm_platform_enter (GError **error)
{
  struct sigaction before;
  gboolean known = sigaction (SIGPIPE, NULL, &before) == 0;

  /* The reference is kept: a class that is freed would be made, and do it, again. */
  g_type_class_ref (G_TYPE_SOCKET);
  if (known)
    sigaction (SIGPIPE, &before, NULL);
  return TRUE;
}

/* Types are registered in the process, not in the module: one of them is the trace that tells of
 * another copy. */
gboolean
ttecomm_platform_is_only_copy (void)
{
  static GType own = 0; /* [main] only */
  GTypeInfo info = {
    .class_size = sizeof (GObjectClass),
    .instance_size = sizeof (GObject),
  };

  if (own == 0 && g_type_from_name ("TtecommModuleMarker") == 0)
    own = g_type_register_static (G_TYPE_OBJECT, "TtecommModuleMarker", &info, 0);
  return own != 0;
}

void
ttecomm_platform_enter_worker (void)
{
}

GProxyResolver *
ttecomm_platform_dup_proxy_resolver (void)
{
  return NULL;
}
