/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/secret.h"
#include "plugin/installation/nbt-lock.h"
#include "plugin/installation/nbt-table.h"

G_BEGIN_DECLS

/* The two steps from a password to plain bytes. Pure functions; any thread. */

#define TTECOMM_NBT_KEY_SIZE 32

/**
 * ttecomm_nbt_key_derive:
 * @password: UTF-8 exactly as it was typed: no normalization, no trimming. "é" as one code point
 *   and as two are two passwords, for the file holds what was typed into PROSOFT.
 *
 * scrypt. Slow on purpose (tens to hundreds of ms) and needs up to 64 MiB: never on a thread that
 * somebody waits for.
 *
 * Returns: (transfer full): 32 bytes; %NULL with %TTECOMM_NBT_ERROR_KEY
 */
TtecommSecret *ttecomm_nbt_key_derive (const TtecommNbtLock *lock,
                                       TtecommSecret *password,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_nbt_unseal:
 * @entry: of an encrypted section
 * @stored: (array length=length): what the file holds of it: nonce, ciphertext, tag
 * @key: %TTECOMM_NBT_KEY_SIZE bytes
 *
 * The digest comes first, so that a damaged file is never taken for a wrong password. Nothing of
 * what was decrypted is handed out, or stays in memory, unless its tag is right.
 *
 * Returns: (transfer full): entry->plain_length bytes; %NULL with
 *   %TTECOMM_NBT_ERROR_SECTION_DIGEST (damaged) or %TTECOMM_NBT_ERROR_PASSWORD (another key)
 */
TtecommSecret *ttecomm_nbt_unseal (TtecommNbtSection section,
                                   const TtecommNbtEntry *entry,
                                   const guint8 *stored,
                                   gsize length,
                                   TtecommSecret *key,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
