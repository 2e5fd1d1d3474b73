/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/* With it open() is another name of open64(), and both stand here. */
#undef _FILE_OFFSET_BITS
#include "tests/support/disk-faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

/* Files that were made while a fault was set: writing to others is not counted. */
#define MAX_FD 1024

typedef enum
{
  MAKES_ROOM, /* also on a full disk */
  NEEDS_ROOM,
} Need;

static struct
{
  GMutex mutex;
  gboolean armed;
  gboolean network;
  guint nth;
  guint seen;
  DiskFault fault;
  int code;
  gboolean made[MAX_FD];
} disk;

static void
arm (guint nth, DiskFault fault, int code, gboolean network)
{
  g_mutex_lock (&disk.mutex);
  disk.armed = TRUE;
  disk.network = network;
  disk.nth = nth;
  disk.seen = 0;
  disk.fault = fault;
  disk.code = code;
  for (guint i = 0; i < MAX_FD; i++)
    disk.made[i] = FALSE;
  g_mutex_unlock (&disk.mutex);
}

void
disk_faults_arm (guint nth, DiskFault fault, int code)
{
  arm (nth, fault, code, FALSE);
}

void
disk_faults_arm_network (guint nth, DiskFault fault)
{
  arm (nth, fault, 0, TRUE);
}

guint
disk_faults_disarm (void)
{
  guint seen;

  g_mutex_lock (&disk.mutex);
  disk.armed = FALSE;
  seen = disk.seen;
  g_mutex_unlock (&disk.mutex);
  return seen;
}

/* Counts a call. TRUE when it fails: errno is set. *@dies: the process ends when it is done. */
static gboolean
strikes (Need need, gboolean *dies)
{
  gboolean now, later;
  DiskFault fault;
  int code;

  g_mutex_lock (&disk.mutex);
  now = disk.armed && ++disk.seen == disk.nth;
  later = disk.armed && disk.seen > disk.nth;
  fault = disk.fault;
  code = disk.code;
  g_mutex_unlock (&disk.mutex);

  *dies = now && fault == DISK_POWER_AFTER;
  if (now && fault == DISK_POWER_OFF)
    kill (getpid (), SIGKILL);
  if ((now && fault == DISK_FAILS)
      || ((now || later) && fault == DISK_IS_FULL && need == NEEDS_ROOM))
    {
      errno = code;
      return TRUE;
    }
  return FALSE;
}

static void
die_if (gboolean dies)
{
  if (dies)
    kill (getpid (), SIGKILL);
}

static gboolean
is_counted (int fd)
{
  gboolean counted;

  g_mutex_lock (&disk.mutex);
  counted = disk.armed && fd >= 0 && fd < MAX_FD && disk.made[fd];
  g_mutex_unlock (&disk.mutex);
  return counted;
}

static void
set_counted (int fd, gboolean counted)
{
  g_mutex_lock (&disk.mutex);
  if (disk.armed && fd >= 0 && fd < MAX_FD)
    disk.made[fd] = counted;
  g_mutex_unlock (&disk.mutex);
}

static gboolean
is_armed (void)
{
  gboolean armed;

  g_mutex_lock (&disk.mutex);
  armed = disk.armed;
  g_mutex_unlock (&disk.mutex);
  return armed;
}

/* The function that this one stands before. */
#define REAL(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

static int
open_file (int (*real) (const char *, int, ...), const char *path, int flags, mode_t mode)
{
  gboolean dies = FALSE;
  int fd;

  if (!is_armed ())
    return real (path, flags, mode);
  if ((flags & O_CREAT) != 0 && strikes (NEEDS_ROOM, &dies))
    return -1;
  fd = real (path, flags, mode);
  /* A folder is opened to be synced. */
  set_counted (fd, (flags & (O_CREAT | O_DIRECTORY)) != 0);
  die_if (dies);
  return fd;
}

#define OPEN(name)                                                                                 \
  int name (const char *path, int flags, ...)                                                      \
  {                                                                                                \
    va_list arguments;                                                                             \
    mode_t mode;                                                                                   \
                                                                                                   \
    va_start (arguments, flags);                                                                   \
    mode = (flags & O_CREAT) != 0 ? (mode_t)va_arg (arguments, int) : 0;                           \
    va_end (arguments);                                                                            \
    return open_file (REAL (name), path, flags, mode);                                             \
  }

OPEN (open)
OPEN (open64)

ssize_t
write (int fd, const void *data, size_t length)
{
  gboolean dies = FALSE;
  ssize_t n;

  if (!is_counted (fd))
    return REAL (write) (fd, data, length);
  if (strikes (NEEDS_ROOM, &dies))
    return -1;
  /* The power goes when half of it is written. */
  n = REAL (write) (fd, data, dies ? length / 2 : length);
  die_if (dies);
  return n;
}

#define ON_FD(name, parameters, arguments, need)                                                   \
  int name parameters                                                                              \
  {                                                                                                \
    gboolean dies = FALSE;                                                                         \
    int result;                                                                                    \
                                                                                                   \
    if (!is_counted (fd))                                                                          \
      return REAL (name) arguments;                                                                \
    if (strikes (need, &dies))                                                                     \
      return -1;                                                                                   \
    result = REAL (name) arguments;                                                                \
    die_if (dies);                                                                                 \
    return result;                                                                                 \
  }

ON_FD (fdatasync, (int fd), (fd), MAKES_ROOM)
ON_FD (fsync, (int fd), (fd), MAKES_ROOM)
ON_FD (flock, (int fd, int operation), (fd, operation), MAKES_ROOM)

#define ON_PATH(name, parameters, arguments, need)                                                 \
  int name parameters                                                                              \
  {                                                                                                \
    gboolean dies = FALSE;                                                                         \
    int result;                                                                                    \
                                                                                                   \
    if (!is_armed ())                                                                              \
      return REAL (name) arguments;                                                                \
    if (strikes (need, &dies))                                                                     \
      return -1;                                                                                   \
    result = REAL (name) arguments;                                                                \
    die_if (dies);                                                                                 \
    return result;                                                                                 \
  }

ON_PATH (rename, (const char *from, const char *to), (from, to), NEEDS_ROOM)
ON_PATH (unlink, (const char *path), (path), MAKES_ROOM)

/* -- sockets -- */

static gboolean
counts_network (void)
{
  gboolean counts;

  g_mutex_lock (&disk.mutex);
  counts = disk.armed && disk.network;
  g_mutex_unlock (&disk.mutex);
  return counts;
}

#define ON_SOCKET(name, parameters, arguments)                                                     \
  ssize_t name parameters                                                                          \
  {                                                                                                \
    gboolean dies = FALSE;                                                                         \
    ssize_t n;                                                                                     \
                                                                                                   \
    if (counts_network () && strikes (MAKES_ROOM, &dies))                                          \
      return -1;                                                                                   \
    n = REAL (name) arguments;                                                                     \
    die_if (dies);                                                                                 \
    return n;                                                                                      \
  }

ON_SOCKET (send, (int fd, const void *data, size_t length, int flags), (fd, data, length, flags))
ON_SOCKET (sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
ON_SOCKET (recv, (int fd, void *data, size_t length, int flags), (fd, data, length, flags))
ON_SOCKET (recvmsg, (int fd, struct msghdr *message, int flags), (fd, message, flags))
