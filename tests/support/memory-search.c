/* SPDX-License-Identifier: MIT */
#include "tests/support/memory-search.h"

#include <string.h>

#include "tests/support/memory-source.h"

#define CHUNK (1024 * 1024)
#define MAX_LENGTH 256

typedef struct
{
  MemorySource *source; /* (owned) */
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
      gsize n = memory_source_read (self->source, start, self->chunk, wanted);

      if (n < self->length)
        return;
      search_chunk (self, start, n);
      if (n == end - start)
        return;
      start += n - (self->length - 1);
    }
}

int
memory_search_count (const guint8 *masked, gsize length)
{
  Search self = { .masked = masked, .length = length };
  guint64 start, end;

  g_return_val_if_fail (length >= 8 && length <= MAX_LENGTH, -1);

  self.source = memory_source_open ();
  if (self.source == NULL)
    return -1;
  self.chunk = g_malloc0 (CHUNK);
  while (memory_source_next (self.source, &start, &end))
    search_mapping (&self, start, end);
  /* The next search must not find what this one has copied. */
  memset (self.chunk, 0, CHUNK);
  __asm__ volatile("" : : "r"(self.chunk) : "memory");
  g_free (self.chunk);
  memory_source_close (self.source);
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
