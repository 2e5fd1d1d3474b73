/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/ed25519.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TTECOMM_JWK_ERROR (ttecomm_jwk_error_quark ())
GQuark ttecomm_jwk_error_quark (void);

/**
 * TtecommJwkError:
 * @TTECOMM_JWK_ERROR_KID: a key id of other characters, or none
 * @TTECOMM_JWK_ERROR_KEY: x is not 32 bytes of canonical base64url, or the key is unsafe
 */
typedef enum
{
  TTECOMM_JWK_ERROR_KID,
  TTECOMM_JWK_ERROR_KEY,
} TtecommJwkError;

/**
 * ttecomm_jwk_read:
 * @kid: (out): borrowed from @object
 * @key: (out): untouched on failure
 *
 * Reads `kid` and `x` of a public Ed25519 key (RFC 8037), the two members that root keys and key
 * sets share, and refuses keys that ttecomm_ed25519_key_is_safe() does. Thread: any.
 */
gboolean ttecomm_jwk_read (JsonObject *object,
                           const char **kid,
                           guint8 key[TTECOMM_ED25519_KEY_SIZE],
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
