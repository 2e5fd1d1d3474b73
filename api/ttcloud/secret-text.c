/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/secret-text.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/secret.h"

void
ttecomm_secret_text_free (char *text)
{
  ttecomm_wipe_string (text);
}

static void
free_text (gpointer data)
{
  ttecomm_wipe_string (data);
}

GBytes *
ttecomm_secret_text_free_to_bytes (char *text)
{
  return g_bytes_new_with_free_func (text, strlen (text), free_text, text);
}

gboolean
ttecomm_secret_text_equal (const char *a, const char *b)
{
  gsize length = strlen (a);

  return length == strlen (b) && CRYPTO_memcmp (a, b, length) == 0;
}
