/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/pkce.h"

#include "api/ttcloud/cloud-error.h"
#include "base/base64url.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#define RANDOM_BYTES 32

char *
ttecomm_pkce_random (GError **error)
{
  guint8 bytes[RANDOM_BYTES];
  char *text;

  if (RAND_bytes (bytes, sizeof bytes) != 1)
    {
      g_set_error_literal (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID,
                           "This PC gives no random numbers, so nobody can sign in safely");
      return NULL;
    }
  text = ttecomm_base64url_encode (bytes, sizeof bytes);
  OPENSSL_cleanse (bytes, sizeof bytes);
  return text;
}

char *
ttecomm_pkce_challenge (const char *verifier)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  guint length = 0;

  g_return_val_if_fail (verifier != NULL, NULL);

  if (EVP_Digest (verifier, strlen (verifier), digest, &length, EVP_sha256 (), NULL) != 1)
    return NULL;
  return ttecomm_base64url_encode (digest, length);
}
