/* SPDX-License-Identifier: MIT */
#include "tests/support/memory-source.h"

#include <windows.h>

struct _MemorySource
{
  guint64 at; /* the address that comes next */
};

MemorySource *
memory_source_open (void)
{
  return g_new0 (MemorySource, 1);
}

void
memory_source_close (MemorySource *self)
{
  g_free (self);
}

gboolean
memory_source_next (MemorySource *self, guint64 *start, guint64 *end)
{
  const DWORD writable
      = PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY;
  MEMORY_BASIC_INFORMATION info;

  while (VirtualQuery ((const void *)(gsize)self->at, &info, sizeof info) == sizeof info)
    {
      *start = (guint64)(gsize)info.BaseAddress;
      *end = *start + info.RegionSize;
      self->at = *end;
      if (info.State == MEM_COMMIT && (info.Protect & writable) != 0
          && (info.Protect & PAGE_GUARD) == 0)
        return TRUE;
    }
  return FALSE;
}

gsize
memory_source_read (MemorySource *self, guint64 address, void *buffer, gsize size)
{
  SIZE_T n = 0;

  (void)ReadProcessMemory (GetCurrentProcess (), (const void *)(gsize)address, buffer, size, &n);
  return n;
}
