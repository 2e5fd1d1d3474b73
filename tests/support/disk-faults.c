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
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* Files that were made while a fault was set: writing to others is not counted. */
#define MAX_FD 1024

typedef enum
{
  MAKES_ROOM, /* also on a full disk */
  NEEDS_ROOM,
} Need;

/* What is counted. */
typedef enum
{
  WRITING,
  WRITING_AND_NETWORK,
  READING,
} Watch;

/* What becomes of a call. */
typedef enum
{
  PASSES,
  FAILS, /* errno is set */
  HALF,  /* a write takes half */
  DIES,  /* the process ends when it is done */
} Blow;

static struct
{
  GMutex mutex;
  gboolean armed;
  Watch watch;
  guint nth;
  guint seen;
  DiskFault fault;
  int code;
  gboolean made[MAX_FD];
} disk;

static void
arm (guint nth, DiskFault fault, int code, Watch watch)
{
  g_mutex_lock (&disk.mutex);
  disk.armed = TRUE;
  disk.watch = watch;
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
  arm (nth, fault, code, WRITING);
}

void
disk_faults_arm_network (guint nth, DiskFault fault)
{
  arm (nth, fault, 0, WRITING_AND_NETWORK);
}

void
disk_faults_arm_reading (guint nth, int code)
{
  arm (nth, DISK_FAILS, code, READING);
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

static gboolean
breaks (Need need, gboolean now, gboolean later)
{
  switch (disk.fault)
    {
    case DISK_FAILS:
      return now;
    case DISK_IS_FULL:
      return (now || later) && need == NEEDS_ROOM;
    case DISK_IS_SHORT:
      return later && need == NEEDS_ROOM && disk.code != 0;
    case DISK_POWER_OFF:
    case DISK_POWER_AFTER:
    default:
      return FALSE;
    }
}

/* Counts a call. */
static Blow
strike (Need need)
{
  gboolean now, fails;
  DiskFault fault;
  int code;

  g_mutex_lock (&disk.mutex);
  now = disk.armed && ++disk.seen == disk.nth;
  fails = disk.armed && breaks (need, now, disk.seen > disk.nth);
  fault = disk.fault;
  code = disk.code;
  g_mutex_unlock (&disk.mutex);

  if (now && fault == DISK_POWER_OFF)
    kill (getpid (), SIGKILL);
  if (fails)
    {
      errno = code;
      return FAILS;
    }
  if (now && fault == DISK_IS_SHORT)
    return HALF;
  return now && fault == DISK_POWER_AFTER ? DIES : PASSES;
}

static void
die_if (gboolean dies)
{
  if (dies)
    kill (getpid (), SIGKILL);
}

static gboolean
is_watching (Watch watch)
{
  gboolean watching;

  g_mutex_lock (&disk.mutex);
  watching = disk.armed && disk.watch == watch;
  g_mutex_unlock (&disk.mutex);
  return watching;
}

/* Whether calls that change what is on disk are counted. */
static gboolean
counts_changes (void)
{
  return is_watching (WRITING) || is_watching (WRITING_AND_NETWORK);
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

/* The function that this one stands before. */
#define REAL(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

/* A folder is opened to be synced. */
static gboolean
is_watched_open (int flags)
{
  if (is_watching (READING))
    return (flags & (O_CREAT | O_DIRECTORY)) == 0;
  return counts_changes () && (flags & (O_CREAT | O_DIRECTORY)) != 0;
}

static int
open_file (int (*real) (const char *, int, ...), const char *path, int flags, mode_t mode)
{
  gboolean watched = is_watched_open (flags);
  Blow blow = watched ? strike ((flags & O_CREAT) != 0 ? NEEDS_ROOM : MAKES_ROOM) : PASSES;
  int fd;

  if (blow == FAILS)
    return -1;
  fd = real (path, flags, mode);
  set_counted (fd, watched);
  die_if (blow == DIES);
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
  Blow blow = is_counted (fd) ? strike (NEEDS_ROOM) : PASSES;
  ssize_t n;

  if (blow == FAILS)
    return -1;
  /* The power goes, or the room ends, when half of it is written. */
  n = REAL (write) (fd, data, blow == PASSES ? length : length / 2);
  die_if (blow == DIES);
  return n;
}

ssize_t
read (int fd, void *data, size_t length)
{
  if (is_counted (fd) && is_watching (READING) && strike (MAKES_ROOM) == FAILS)
    return -1;
  return REAL (read) (fd, data, length);
}

#define FSTAT(name, type)                                                                          \
  int name (int fd, type *info)                                                                    \
  {                                                                                                \
    if (is_counted (fd) && is_watching (READING) && strike (MAKES_ROOM) == FAILS)                  \
      return -1;                                                                                   \
    return REAL (name) (fd, info);                                                                 \
  }

FSTAT (fstat, struct stat)
FSTAT (fstat64, struct stat64)

/* Closed it is, whatever it says. */
int
close (int fd)
{
  Blow blow = is_counted (fd) && counts_changes () ? strike (MAKES_ROOM) : PASSES;
  int code = errno;
  int result;

  set_counted (fd, FALSE);
  result = REAL (close) (fd);
  die_if (blow == DIES);
  if (blow != FAILS)
    return result;
  errno = code;
  return -1;
}

/* A function that fails or not when @counts. */
#define COUNTED(name, parameters, arguments, counts, need)                                         \
  int name parameters                                                                              \
  {                                                                                                \
    Blow blow = (counts) ? strike (need) : PASSES;                                                 \
    int result;                                                                                    \
                                                                                                   \
    if (blow == FAILS)                                                                             \
      return -1;                                                                                   \
    result = REAL (name) arguments;                                                                \
    die_if (blow == DIES);                                                                         \
    return result;                                                                                 \
  }

COUNTED (fdatasync, (int fd), (fd), is_counted (fd), MAKES_ROOM)
COUNTED (fsync, (int fd), (fd), is_counted (fd), MAKES_ROOM)
COUNTED (flock, (int fd, int operation), (fd, operation), is_counted (fd), MAKES_ROOM)
COUNTED (mkdir, (const char *path, mode_t mode), (path, mode), counts_changes (), NEEDS_ROOM)
COUNTED (rename, (const char *from, const char *to), (from, to), counts_changes (), NEEDS_ROOM)
COUNTED (unlink, (const char *path), (path), counts_changes (), MAKES_ROOM)

/* -- sockets -- */

#define ON_SOCKET(name, parameters, arguments)                                                     \
  ssize_t name parameters                                                                          \
  {                                                                                                \
    Blow blow = is_watching (WRITING_AND_NETWORK) ? strike (MAKES_ROOM) : PASSES;                  \
    ssize_t n;                                                                                     \
                                                                                                   \
    if (blow == FAILS)                                                                             \
      return -1;                                                                                   \
    n = REAL (name) arguments;                                                                     \
    die_if (blow == DIES);                                                                         \
    return n;                                                                                      \
  }

ON_SOCKET (send, (int fd, const void *data, size_t length, int flags), (fd, data, length, flags))
ON_SOCKET (sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
ON_SOCKET (recv, (int fd, void *data, size_t length, int flags), (fd, data, length, flags))
ON_SOCKET (recvmsg, (int fd, struct msghdr *message, int flags), (fd, message, flags))
