/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TtecommWorker:
 *
 * One thread with a main context of its own, pushed as its thread default: everything that waits,
 * parses, signs or writes happens there (R5, R13). Made and freed on the host's main thread.
 */
typedef struct _TtecommWorker TtecommWorker;

typedef void (*TtecommWorkerFunc) (gpointer data);

/* Starts the thread; NULL with @error when the system has none to give. */
TtecommWorker *ttecomm_worker_new (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Runs @func on the worker, in the order asked. Returns at once. @destroy frees @data after that,
 * or in ttecomm_worker_free() when the worker stopped before it came to it. [any] */
void ttecomm_worker_run (TtecommWorker *self,
                         TtecommWorkerFunc func,
                         gpointer data,
                         GDestroyNotify destroy);

/* @busy: to be set to an object that lives until nothing is on its way any more, if something is.
 */
typedef void (*TtecommWorkerLast) (gpointer data, GWeakRef *busy);

/* Runs @last on the worker as the last job, lets what it cancelled call back (2 s at most), and
 * waits for the thread to end. */
void ttecomm_worker_stop (TtecommWorker *self, TtecommWorkerLast last, gpointer data);

/* After ttecomm_worker_stop(). */
void ttecomm_worker_free (TtecommWorker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommWorker, ttecomm_worker_free)

G_END_DECLS
