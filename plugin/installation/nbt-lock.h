/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TTECOMM_NBT_SALT_SIZE 16
/* What deriving a key may take: 128 * n * r bytes. A file must not choose to exhaust the machine.
 */
#define TTECOMM_NBT_LOCK_MAX_MEMORY (64 * 1024 * 1024)
/* The usual one is 8. scrypt needs 3 * 128 * r bytes more than the above, which this keeps small.
 */
#define TTECOMM_NBT_LOCK_MAX_R 1024

/* How the key of a protected file follows from its password: scrypt with p = 1 (H17). */
typedef struct
{
  guint64 n; /* a power of two, at least 2; below 2^16 when r is 1, as RFC 7914 has it */
  guint64 r; /* at least 1; 128 * n * r is at most TTECOMM_NBT_LOCK_MAX_MEMORY */
  guint8 salt[TTECOMM_NBT_SALT_SIZE];
} TtecommNbtLock;

/**
 * ttecomm_nbt_lock_parse:
 * @lock: the JSON of section LOCK
 * @out: (out): untouched on failure
 *
 * Refuses another key derivation, a costlier or an impossible one, and a malformed salt. Domain
 * TTECOMM_JSON_ERROR. Any thread.
 */
gboolean ttecomm_nbt_lock_parse (JsonObject *lock,
                                 TtecommNbtLock *out,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Bytes that scrypt allocates for it; for a parsed one they fit. */
guint64 ttecomm_nbt_lock_get_memory (const TtecommNbtLock *self);

/* Whether one password gives one key for both. */
gboolean ttecomm_nbt_lock_equal (const TtecommNbtLock *a, const TtecommNbtLock *b);

G_END_DECLS
