/* SPDX-License-Identifier: MIT */
#include "tests/host/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/host/util.h"

struct HostFile
{
  int fd; /* (owned) */
  int64_t size;
};

bool
host_make_folder (const char *path)
{
  char *copy = host_strdup (path);
  bool made = true;

  for (char *slash = copy + 1; made && *copy != '\0' && *slash != '\0'; slash++)
    if (*slash == '/')
      {
        *slash = '\0';
        made = mkdir (copy, 0700) == 0 || errno == EEXIST;
        *slash = '/';
      }
  made = made && (mkdir (copy, 0700) == 0 || errno == EEXIST);
  free (copy);
  return made;
}

static bool
write_all (int fd, const char *data, size_t size)
{
  while (size > 0)
    {
      ssize_t written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return false;
      data += written;
      size -= (size_t)written;
    }
  return true;
}

bool
host_write_file (const char *path, const void *data, size_t size)
{
  char *temporary = host_format ("%s.%ld.new", path, (long)getpid ());
  int fd = open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  bool written = fd >= 0 && write_all (fd, data, size);
  int saved;

  if (fd >= 0 && close (fd) != 0)
    written = false;
  written = written && rename (temporary, path) == 0;
  saved = errno;
  if (!written)
    unlink (temporary);
  errno = saved;
  free (temporary);
  return written;
}

static char *
read_all (int fd, size_t limit, size_t *size)
{
  char *bytes = NULL;
  size_t held = 0, capacity = 0;
  ssize_t got = 1;

  while (got > 0 && held <= limit)
    {
      if (held + 1 >= capacity)
        /* Never an addition to NULL: the first round makes room. */
        bytes = host_realloc (bytes, capacity = capacity > 0 ? capacity * 2 : 4096);
      /* cppcheck-suppress nullPointerArithmetic */
      got = read (fd, bytes + held, capacity - held - 1);
      if (got < 0 && errno == EINTR)
        got = 1;
      else if (got > 0)
        held += (size_t)got;
    }
  if (got < 0 || held > limit)
    {
      free (bytes);
      errno = got < 0 ? errno : EFBIG;
      return NULL;
    }
  bytes[held] = '\0';
  *size = held;
  return bytes;
}

char *
host_read_file (const char *path, size_t limit, size_t *size)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  char *bytes = fd >= 0 ? read_all (fd, limit, size) : NULL;
  int saved = errno;

  if (fd >= 0)
    close (fd);
  errno = saved;
  return bytes;
}

bool
host_remove_file (const char *path)
{
  return unlink (path) == 0 || errno == ENOENT;
}

FILE *
host_append_to_file (const char *path)
{
  return fopen (path, "ae");
}

FILE *
host_create_file (const char *path)
{
  return fopen (path, "wbxe");
}

char *
host_find_file (const char *path)
{
  return realpath (path, NULL);
}

HostFile *
host_file_open (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status = { 0 };
  HostFile *file;
  int failed = 0;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) != 0)
    failed = errno;
  else if (!S_ISREG (status.st_mode))
    failed = EISDIR;
  if (failed != 0)
    {
      close (fd);
      errno = failed;
      return NULL;
    }
  file = host_alloc (sizeof *file);
  file->fd = fd;
  file->size = status.st_size;
  return file;
}

void
host_file_close (HostFile *file)
{
  close (file->fd);
  free (file);
}

int64_t
host_file_get_size (const HostFile *file)
{
  return file->size;
}

int64_t
host_file_read (HostFile *file, int64_t offset, void *buffer, size_t capacity)
{
  ssize_t got;

  do
    got = pread (file->fd, buffer, capacity, (off_t)offset);
  while (got < 0 && errno == EINTR);
  return got;
}
