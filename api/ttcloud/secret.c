/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/secret.h"

#include <openssl/crypto.h>
#include <string.h>

void
ttecomm_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  OPENSSL_cleanse (secret, strlen (secret));
  g_free (secret);
}

static void
secret_free (gpointer data)
{
  ttecomm_secret_free (data);
}

GBytes *
ttecomm_secret_bytes_new_take (char *secret)
{
  return g_bytes_new_with_free_func (secret, strlen (secret), secret_free, secret);
}

gboolean
ttecomm_secret_equal (const char *a, const char *b)
{
  gsize length = strlen (a);

  return length == strlen (b) && CRYPTO_memcmp (a, b, length) == 0;
}
