/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks for something that should be gone in all the memory of this process: heap, stacks of
 * threads that ended, globals. */

/* What is looked for is kept masked, so that looking does not find itself. */
#define MEMORY_SEARCH_MASK 0x5a

/* @masked: (array length=length): the bytes, each XOR the mask, 8 to 256 of them
 * Returns: how often they are there; -1 when this system does not let itself be searched */
int memory_search_count (const guint8 *masked, gsize length);

/* (transfer full): @text before a NUL, unmasked; to be wiped by the caller. */
char *memory_search_unmask (const guint8 *masked, gsize length);
/* Masks @length bytes of @data. (transfer full) */
guint8 *memory_search_mask (gconstpointer data, gsize length);

G_END_DECLS
