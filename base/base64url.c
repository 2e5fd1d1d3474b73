/* SPDX-License-Identifier: MIT */
#include "base/base64url.h"

#include <string.h>

char *
ttecomm_base64url_encode (const void *data, gsize length)
{
  char *text = g_base64_encode (length > 0 ? data : (const void *)"", length);
  char *end;

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  end = strchr (text, '=');
  if (end != NULL)
    *end = '\0';
  return text;
}

/* The six bits of @c, or -1. */
static int
decode_char (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == '-')
    return 62;
  return c == '_' ? 63 : -1;
}

guint8 *
ttecomm_base64url_decode (const char *text, gsize length, gsize *out_length)
{
  g_autofree guint8 *bytes = NULL;
  gsize used = 0;
  guint32 bits = 0;
  guint n_bits = 0;

  if (length % 4 == 1)
    return NULL;
  bytes = g_malloc (length / 4 * 3 + 3);
  for (gsize i = 0; i < length; i++)
    {
      int value = decode_char (text[i]);

      if (value < 0)
        return NULL;
      bits = (bits << 6 | (guint32)value) & 0xffffff;
      n_bits += 6;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          bytes[used++] = (guint8)(bits >> n_bits);
        }
    }
  if ((bits & ((1u << n_bits) - 1)) != 0)
    return NULL;
  bytes[used] = 0;
  *out_length = used;
  return g_steal_pointer (&bytes);
}
