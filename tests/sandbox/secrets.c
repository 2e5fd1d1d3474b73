/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/secrets.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

char *
sandbox_base64url (const guint8 *bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);
  gsize end;

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  end = strlen (text);
  while (end > 0 && text[end - 1] == '=')
    text[--end] = '\0';
  return text;
}

static char *
random_text (gsize length)
{
  guint8 bytes[32];

  g_assert (length <= sizeof bytes);
  if (RAND_bytes (bytes, (int)length) != 1)
    g_error ("no random numbers from OpenSSL");
  return sandbox_base64url (bytes, length);
}

void
sandbox_witness (const char *kind, const char *secret)
{
  const char *folder = g_getenv ("HARNESS_WITNESS");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "secrets", NULL) : NULL;
  FILE *file = path != NULL ? fopen (path, "ae") : NULL;

  if (folder == NULL)
    return;
  if (file == NULL || fprintf (file, "%s %s\n", kind, secret) < 0 || fclose (file) != 0)
    g_error ("cannot write to %s", path);
}

char *
sandbox_secret_new (const char *kind)
{
  char *secret = random_text (32);

  sandbox_witness (kind, secret);
  return secret;
}

char *
sandbox_id_new (const char *prefix)
{
  g_autofree char *random = random_text (16);

  return g_strconcat (prefix, "-", random, NULL);
}

char *
sandbox_digest (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *)text, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return sandbox_base64url (digest, length);
}

char *
sandbox_mac (const char *key, const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)key, strlen (key));
  guint8 digest[32];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *)text, -1);
  g_hmac_get_digest (hmac, digest, &length);
  return sandbox_base64url (digest, length);
}

gboolean
sandbox_equal (const char *a, const char *b)
{
  gsize length = strlen (a);

  return length == strlen (b) && CRYPTO_memcmp (a, b, length) == 0;
}
