/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/cache.h"

G_BEGIN_DECLS

/**
 * TtecommGateWriter:
 *
 * Writes to the cache on a thread of its own, one thing after the other in the order given, so that
 * a disk that takes seconds delays no decision. The thread exists while there is something to
 * write.
 *
 * Thread: the worker.
 */
typedef struct _TtecommGateWriter TtecommGateWriter;

/* Called on the main context that was the thread-default of ttecomm_gate_writer_new(). */
typedef void (*TtecommGateWriterFailed) (const GError *error, gpointer user_data);

TtecommGateWriter *ttecomm_gate_writer_new (TtecommGateCache *cache,
                                            TtecommGateWriterFailed failed,
                                            gpointer user_data);

/* Waits for what is still to be written. @failed is not called any more. */
void ttecomm_gate_writer_free (TtecommGateWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateWriter, ttecomm_gate_writer_free)

void ttecomm_gate_writer_store (TtecommGateWriter *self, TtecommGateRecord *record);
/* The same, unless nothing is kept of that installation by then. */
void ttecomm_gate_writer_replace (TtecommGateWriter *self, TtecommGateRecord *record);
/* The same for what nobody asked for: what is not written yet when the writer is freed or the cache
 * cleared never will be, since nobody is to wait for it. */
void ttecomm_gate_writer_store_later (TtecommGateWriter *self, TtecommGateRecord *record);
void ttecomm_gate_writer_store_keys (TtecommGateWriter *self, TtecommKeySet *keys);
/* Removes the statements of @account. */
void ttecomm_gate_writer_clear (TtecommGateWriter *self, const char *account);

G_END_DECLS
