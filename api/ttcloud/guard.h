/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/cloud-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What may stop a request before it is through: the caller, a time limit, or something seen on the
 * way that must not go on. All of them cancel one #GCancellable, and the first reason is kept. For
 * this room only.
 */
typedef struct _TtecommGuard TtecommGuard;

/* @cancellable: (nullable): the caller's; @code: of the error after @total_ms. Attaches to the
 * thread-default main context. */
TtecommGuard *ttecomm_guard_new (GCancellable *cancellable, guint total_ms, TtecommCloudError code);
void ttecomm_guard_free (TtecommGuard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGuard, ttecomm_guard_free)

/* (transfer none): to be given to the operations guarded. */
GCancellable *ttecomm_guard_get_cancellable (TtecommGuard *self);

/* From now, @what ("connect") has @ms milliseconds; in place of what was armed before. */
void ttecomm_guard_arm (TtecommGuard *self, guint ms, const char *what);
void ttecomm_guard_disarm (TtecommGuard *self);

/* Stops what is guarded, for the reason @error (taken over). The first reason wins. */
void ttecomm_guard_stop (TtecommGuard *self, GError *error);

/* (transfer full) (nullable): why it was stopped */
GError *ttecomm_guard_steal_reason (TtecommGuard *self);

G_END_DECLS
