/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommSecret:
 *
 * Bytes that must not outlive their use: a password, a key. One block that never moves or grows, so
 * that no copy stays behind; wiped with the last reference. References are atomic; whoever writes
 * does so before anybody else has one.
 */
typedef struct _TtecommSecret TtecommSecret;

/* @length zero bytes, and a NUL behind them. */
TtecommSecret *ttecomm_secret_new (gsize length);
/* A copy of @data. */
TtecommSecret *ttecomm_secret_new_from (gconstpointer data, gsize length);
TtecommSecret *ttecomm_secret_ref (TtecommSecret *self);
void ttecomm_secret_unref (TtecommSecret *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSecret, ttecomm_secret_unref)

/* Borrowed; for whoever made it, to fill. */
guint8 *ttecomm_secret_get_data (TtecommSecret *self);
gsize ttecomm_secret_get_length (const TtecommSecret *self);
/* Shortens it and wipes the rest; @length is at most the present one. */
void ttecomm_secret_truncate (TtecommSecret *self, gsize length);

/* Overwrites memory in a way that no compiler leaves out. */
void ttecomm_wipe (gpointer data, gsize length);
/* Wipes a string (nullable) and frees it. */
void ttecomm_wipe_string (char *text);

G_END_DECLS
