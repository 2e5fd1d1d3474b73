/* SPDX-License-Identifier: MIT */
/* All that this process may write to, for memory-search.c. What differs between operating systems.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MemorySource MemorySource;

/* (nullable): NULL when this system does not let itself be searched */
MemorySource *memory_source_open (void);
void memory_source_close (MemorySource *self);

/* The next stretch of memory; FALSE when there is none. */
gboolean memory_source_next (MemorySource *self, guint64 *start, guint64 *end);

/* Copies without a fault whatever happens; returns how much. */
gsize memory_source_read (MemorySource *self, guint64 address, void *buffer, gsize size);

G_END_DECLS
