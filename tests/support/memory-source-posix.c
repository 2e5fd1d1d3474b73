/* SPDX-License-Identifier: MIT */
#include "tests/support/memory-source.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct _MemorySource
{
  int memory;   /* (owned) */
  char **lines; /* (owned): of /proc/self/maps */
  guint at;     /* the line that comes next */
};

MemorySource *
memory_source_open (void)
{
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  g_autofree char *maps = NULL;
  MemorySource *self;

  if (memory < 0)
    return NULL;
  self = g_new0 (MemorySource, 1);
  self->memory = memory;
  g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL);
  self->lines = g_strsplit (maps != NULL ? maps : "", "\n", -1);
  return self;
}

void
memory_source_close (MemorySource *self)
{
  close (self->memory);
  g_strfreev (self->lines);
  g_free (self);
}

/* The sanitizers' shadows are terabytes of nothing. */
static gboolean
is_worth_it (const char *permissions, guint64 start, guint64 end)
{
  return permissions[0] == 'r' && permissions[1] == 'w'
         && end - start < (guint64)4 * 1024 * 1024 * 1024;
}

gboolean
memory_source_next (MemorySource *self, guint64 *start, guint64 *end)
{
  while (self->lines[self->at] != NULL)
    {
      unsigned long long from, to;
      char permissions[5];

      if (sscanf (self->lines[self->at++], "%llx-%llx %4s", &from, &to, permissions) == 3
          && is_worth_it (permissions, from, to))
        {
          *start = from;
          *end = to;
          return TRUE;
        }
    }
  return FALSE;
}

gsize
memory_source_read (MemorySource *self, guint64 address, void *buffer, gsize size)
{
  gssize n = pread (self->memory, buffer, size, (off_t)address);

  return n > 0 ? (gsize)n : 0;
}
