/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-cipher.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#define NONCE_SIZE 12
#define TAG_SIZE 16

G_STATIC_ASSERT (NONCE_SIZE + TAG_SIZE == TTECOMM_NBT_SEAL_SIZE);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

TtecommSecret *
ttecomm_nbt_key_derive (const TtecommNbtLock *lock, TtecommSecret *password, GError **error)
{
  g_autoptr (TtecommSecret) key = ttecomm_secret_new (TTECOMM_NBT_KEY_SIZE);
  /* Without a limit of our own OpenSSL refuses what the format allows, even n = 32768. */
  int done = EVP_PBE_scrypt ((const char *)ttecomm_secret_get_data (password),
                             ttecomm_secret_get_length (password), lock->salt, sizeof lock->salt,
                             lock->n, lock->r, 1, ttecomm_nbt_lock_get_memory (lock),
                             ttecomm_secret_get_data (key), TTECOMM_NBT_KEY_SIZE);

  ERR_clear_error ();
  if (done == 1)
    return g_steal_pointer (&key);
  ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_KEY, 0,
                    "the key of the project cannot be derived; this takes %" G_GUINT64_FORMAT
                    " bytes of memory",
                    ttecomm_nbt_lock_get_memory (lock));
  return NULL;
}

/* Lengths are at most 512 KiB: they fit an int. */
static gboolean
decrypt (const TtecommNbtEntry *entry, const guint8 *stored, TtecommSecret *key, guint8 *plain)
{
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  guint8 *tag = (guint8 *)stored + NONCE_SIZE + entry->plain_length;
  int n = 0;
  gboolean done
      = context != NULL
        && EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, ttecomm_secret_get_data (key),
                               stored)
               == 1
        && EVP_DecryptUpdate (context, NULL, &n, entry->aad, TTECOMM_NBT_AAD_SIZE) == 1
        && EVP_DecryptUpdate (context, plain, &n, stored + NONCE_SIZE, (int)entry->plain_length)
               == 1
        && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_SET_TAG, TAG_SIZE, tag) == 1
        && EVP_DecryptFinal_ex (context, plain + n, &n) == 1;

  ERR_clear_error ();
  return done;
}

TtecommSecret *
ttecomm_nbt_unseal (TtecommNbtSection section,
                    const TtecommNbtEntry *entry,
                    const guint8 *stored,
                    gsize length,
                    TtecommSecret *key,
                    GError **error)
{
  const char *name = ttecomm_nbt_section_get_tag (section);
  g_autoptr (TtecommSecret) plain = NULL;

  g_return_val_if_fail (entry->encrypted, NULL);
  g_return_val_if_fail (ttecomm_secret_get_length (key) == TTECOMM_NBT_KEY_SIZE, NULL);

  if (length != entry->stored_length || length != entry->plain_length + TTECOMM_NBT_SEAL_SIZE
      || !ttecomm_nbt_digest_matches (stored, length, entry->digest))
    {
      ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SECTION_DIGEST, entry->offset,
                        "section %s does not match its digest", name);
      return NULL;
    }
  plain = ttecomm_secret_new (entry->plain_length);
  if (decrypt (entry, stored, key, ttecomm_secret_get_data (plain)))
    return g_steal_pointer (&plain);
  ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_PASSWORD, entry->offset,
                    "the password does not open section %s", name);
  return NULL;
}
