/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/ed25519.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)

/* The y of the points whose order divides 8, little-endian: 0 (order 4), 1 (order 1), the two of
 * order 8, and p - 1 (order 2). The sign of x, the top bit, is not looked at. */
static const guint8 small_order[5][TTECOMM_ED25519_KEY_SIZE]
    = {
        { 0 },
        { 1 },
        { 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
          0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
          0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05 },
        { 0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
          0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
          0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a },
        { 0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
          0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f },
      };

/* y < p = 2^255 - 19. Spelled otherwise, the points above would have other bytes. */
static gboolean
is_canonical (const guint8 y[TTECOMM_ED25519_KEY_SIZE])
{
  if (y[31] != 0x7f)
    return TRUE;
  for (guint i = 30; i > 0; i--)
    if (y[i] != 0xff)
      return TRUE;
  return y[0] < 0xed;
}

gboolean
ttecomm_ed25519_key_is_safe (const guint8 key[TTECOMM_ED25519_KEY_SIZE])
{
  guint8 y[TTECOMM_ED25519_KEY_SIZE];

  memcpy (y, key, sizeof y);
  y[31] &= 0x7f;
  if (!is_canonical (y))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (small_order); i++)
    if (memcmp (y, small_order[i], sizeof y) == 0)
      return FALSE;
  return TRUE;
}

gboolean
ttecomm_ed25519_verify (const guint8 key[TTECOMM_ED25519_KEY_SIZE],
                        const void *data,
                        gsize length,
                        const guint8 signature[TTECOMM_ED25519_SIGNATURE_SIZE])
{
  g_autoptr (EVP_PKEY) pkey = NULL;
  g_autoptr (EVP_MD_CTX) context = NULL;
  gboolean good = FALSE;

  ERR_clear_error ();
  pkey = EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, key, TTECOMM_ED25519_KEY_SIZE);
  context = EVP_MD_CTX_new ();
  if (pkey != NULL && context != NULL
      && EVP_DigestVerifyInit (context, NULL, NULL, NULL, pkey) == 1)
    good = EVP_DigestVerify (context, signature, TTECOMM_ED25519_SIGNATURE_SIZE, data, length) == 1;
  ERR_clear_error ();
  return good;
}
