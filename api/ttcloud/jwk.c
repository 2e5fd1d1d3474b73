/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/jwk.h"

#include "api/ttcloud/jws.h"
#include "base/base64url.h"
#include "base/json.h"

#include <string.h>

/* 32 bytes are 43 characters of base64url. */
#define MAX_X 64

G_DEFINE_QUARK (ttecomm - jwk - error - quark, ttecomm_jwk_error)

gboolean
ttecomm_jwk_read (JsonObject *object,
                  const char **kid,
                  guint8 key[TTECOMM_ED25519_KEY_SIZE],
                  GError **error)
{
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;
  const char *x = NULL;

  if (!ttecomm_json_get_string (object, "kid", TTECOMM_JWS_MAX_KID, kid, error)
      || !ttecomm_json_get_string (object, "x", MAX_X, &x, error))
    return FALSE;
  if (!ttecomm_jws_is_kid (*kid))
    {
      g_set_error_literal (error, TTECOMM_JWK_ERROR, TTECOMM_JWK_ERROR_KID,
                           "A key's kid may hold A-Z, a-z, 0-9, dot, underscore and hyphen only");
      return FALSE;
    }
  bytes = ttecomm_base64url_decode (x, strlen (x), &length);
  if (bytes == NULL || length != TTECOMM_ED25519_KEY_SIZE || !ttecomm_ed25519_key_is_safe (bytes))
    {
      g_set_error (error, TTECOMM_JWK_ERROR, TTECOMM_JWK_ERROR_KEY,
                   "The x of the key %s is not a safe Ed25519 public key in base64url", *kid);
      return FALSE;
    }
  memcpy (key, bytes, TTECOMM_ED25519_KEY_SIZE);
  return TRUE;
}
