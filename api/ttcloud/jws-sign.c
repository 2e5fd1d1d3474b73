/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/jws-sign.h"

#include "base/base64url.h"

#include <gio/gio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)

struct _TtecommSigningKey
{
  char *kid;      /* (owned) */
  EVP_PKEY *pkey; /* (owned) */
  guint8 public_key[TTECOMM_ED25519_KEY_SIZE];
};

/* Says in @error what OpenSSL has to say, and leaves its queue empty. */
static void
set_error (GError **error, const char *what)
{
  char text[256] = "no reason given";
  unsigned long code = ERR_get_error ();

  if (code != 0)
    ERR_error_string_n (code, text, sizeof text);
  ERR_clear_error ();
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what, text);
}

/* Takes @pkey, which may be NULL. */
static TtecommSigningKey *
key_new (const char *kid, EVP_PKEY *pkey, GError **error)
{
  g_autoptr (TtecommSigningKey) self = g_new0 (TtecommSigningKey, 1);
  size_t size = sizeof self->public_key;

  self->kid = g_strdup (kid);
  self->pkey = pkey;
  if (pkey == NULL || EVP_PKEY_get_raw_public_key (pkey, self->public_key, &size) != 1)
    {
      set_error (error, "Cannot make an Ed25519 key");
      return NULL;
    }
  return g_steal_pointer (&self);
}

TtecommSigningKey *
ttecomm_signing_key_generate (const char *kid, GError **error)
{
  g_return_val_if_fail (kid != NULL, NULL);

  ERR_clear_error ();
  return key_new (kid, EVP_PKEY_Q_keygen (NULL, NULL, "ED25519"), error);
}

TtecommSigningKey *
ttecomm_signing_key_new_from_seed (const char *kid,
                                   const guint8 seed[TTECOMM_ED25519_KEY_SIZE],
                                   GError **error)
{
  g_return_val_if_fail (kid != NULL, NULL);

  ERR_clear_error ();
  return key_new (kid,
                  EVP_PKEY_new_raw_private_key (EVP_PKEY_ED25519, NULL, seed,
                                                TTECOMM_ED25519_KEY_SIZE),
                  error);
}

void
ttecomm_signing_key_free (TtecommSigningKey *self)
{
  g_free (self->kid);
  g_clear_pointer (&self->pkey, EVP_PKEY_free);
  g_free (self);
}

const char *
ttecomm_signing_key_get_kid (const TtecommSigningKey *self)
{
  return self->kid;
}

const guint8 *
ttecomm_signing_key_get_public (const TtecommSigningKey *self)
{
  return self->public_key;
}

char *
ttecomm_signing_key_dup_x (const TtecommSigningKey *self)
{
  return ttecomm_base64url_encode (self->public_key, sizeof self->public_key);
}

gboolean
ttecomm_signing_key_sign (const TtecommSigningKey *self,
                          const void *data,
                          gsize length,
                          guint8 signature[TTECOMM_ED25519_SIGNATURE_SIZE],
                          GError **error)
{
  g_autoptr (EVP_MD_CTX) context = NULL;
  size_t size = TTECOMM_ED25519_SIGNATURE_SIZE;

  g_return_val_if_fail (self != NULL, FALSE);

  ERR_clear_error ();
  context = EVP_MD_CTX_new ();
  if (context != NULL && EVP_DigestSignInit (context, NULL, NULL, NULL, self->pkey) == 1
      && EVP_DigestSign (context, signature, &size, data, length) == 1
      && size == TTECOMM_ED25519_SIGNATURE_SIZE)
    return TRUE;
  set_error (error, "Cannot sign");
  return FALSE;
}

char *
ttecomm_jws_sign_with_header (const TtecommSigningKey *key,
                              const char *header,
                              const char *payload,
                              gssize length,
                              GError **error)
{
  g_autofree char *header_text = ttecomm_base64url_encode (header, strlen (header));
  gsize payload_length = length < 0 ? strlen (payload) : (gsize)length;
  g_autofree char *payload_text = ttecomm_base64url_encode (payload, payload_length);
  g_autofree char *input = g_strconcat (header_text, ".", payload_text, NULL);
  g_autofree char *signature_text = NULL;
  guint8 signature[TTECOMM_ED25519_SIGNATURE_SIZE];

  if (!ttecomm_signing_key_sign (key, input, strlen (input), signature, error))
    return NULL;
  signature_text = ttecomm_base64url_encode (signature, sizeof signature);
  return g_strconcat (input, ".", signature_text, NULL);
}

char *
ttecomm_jws_sign (const TtecommSigningKey *key,
                  const char *typ,
                  const char *payload,
                  gssize length,
                  GError **error)
{
  g_autofree char *header = NULL;

  g_return_val_if_fail (key != NULL && typ != NULL && payload != NULL, NULL);

  header = g_strdup_printf ("{\"alg\":\"EdDSA\",\"typ\":\"%s\",\"kid\":\"%s\"}", typ, key->kid);
  return ttecomm_jws_sign_with_header (key, header, payload, length, error);
}
