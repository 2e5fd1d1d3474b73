/* SPDX-License-Identifier: MIT */
#include "tests/support/memory-search.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (1024 * 1024)
#define MAX_LENGTH 256

typedef struct
{
  int memory;
  const guint8 *masked; /* (unowned) */
  gsize length;
  guint8 *chunk; /* (owned): its own place is not searched */
  int found;
} Search;

static gboolean
is_there (const Search *self, const guint8 *at)
{
  for (gsize i = 0; i < self->length; i++)
    if ((at[i] ^ MEMORY_SEARCH_MASK) != self->masked[i])
      return FALSE;
  return TRUE;
}

static void
search_chunk (Search *self, guint64 address, gsize size)
{
  guint64 own = (guint64)(gsize)self->chunk;

  for (gsize i = 0; i + self->length <= size; i++)
    if ((address + i < own || address + i >= own + CHUNK) && is_there (self, self->chunk + i))
      self->found++;
}

/* Chunks overlap, so that nothing is missed between two. */
static void
search_mapping (Search *self, guint64 start, guint64 end)
{
  while (start < end)
    {
      gsize wanted = (gsize)MIN (end - start, CHUNK);
      gssize n = pread (self->memory, self->chunk, wanted, (off_t)start);

      if (n < (gssize)self->length)
        return;
      search_chunk (self, start, (gsize)n);
      if ((guint64)n == end - start)
        return;
      start += (guint64)n - (self->length - 1);
    }
}

/* The sanitizers' shadows are terabytes of nothing. */
static gboolean
is_worth_it (const char *permissions, guint64 start, guint64 end)
{
  return permissions[0] == 'r' && permissions[1] == 'w'
         && end - start < (guint64)4 * 1024 * 1024 * 1024;
}

int
memory_search_count (const guint8 *masked, gsize length)
{
  Search self = { .masked = masked, .length = length };
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (length >= 8 && length <= MAX_LENGTH, -1);

  self.memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  if (self.memory < 0)
    return -1;
  self.chunk = g_malloc0 (CHUNK);
  g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL);
  lines = g_strsplit (maps != NULL ? maps : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      unsigned long long start, end;
      char permissions[5];

      if (sscanf (lines[i], "%llx-%llx %4s", &start, &end, permissions) == 3
          && is_worth_it (permissions, start, end))
        search_mapping (&self, start, end);
    }
  /* The next search must not find what this one has copied. */
  memset (self.chunk, 0, CHUNK);
  __asm__ volatile("" : : "r"(self.chunk) : "memory");
  g_free (self.chunk);
  close (self.memory);
  return self.found;
}

char *
memory_search_unmask (const guint8 *masked, gsize length)
{
  char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char)(masked[i] ^ MEMORY_SEARCH_MASK);
  text[length] = '\0';
  return text;
}

guint8 *
memory_search_mask (gconstpointer data, gsize length)
{
  guint8 *masked = g_memdup2 (data, length);

  for (gsize i = 0; i < length; i++)
    masked[i] ^= MEMORY_SEARCH_MASK;
  return masked;
}
