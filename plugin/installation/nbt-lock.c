/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-lock.h"

#include "base/json.h"

#include <string.h>

#define BLOCK 128
#define MAX_N_TIMES_R (TTECOMM_NBT_LOCK_MAX_MEMORY / BLOCK)
#define MAX_N_FOR_ONE 32768 /* n < 2^(16 * r), which only r = 1 can break here */
#define SALT_BASE64 24

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, what);
  return FALSE;
}

/* g_base64_decode() skips what it does not know, so the way back must give the same text. */
static gboolean
decode_salt (const char *text, guint8 salt[TTECOMM_NBT_SALT_SIZE])
{
  gsize length = 0;
  g_autofree guint8 *bytes = g_base64_decode (text, &length);
  g_autofree char *again = g_base64_encode (bytes, length);

  if (length != TTECOMM_NBT_SALT_SIZE || !g_str_equal (again, text))
    return FALSE;
  memcpy (salt, bytes, TTECOMM_NBT_SALT_SIZE);
  return TRUE;
}

gboolean
ttecomm_nbt_lock_parse (JsonObject *lock, TtecommNbtLock *out, GError **error)
{
  TtecommNbtLock parsed = { 0 };
  const char *kdf = NULL;
  const char *salt = NULL;
  gint64 n = 0, r = 0, p = 0;

  if (!ttecomm_json_get_string (lock, "kdf", 32, &kdf, error))
    return FALSE;
  if (!g_str_equal (kdf, "scrypt"))
    return fail (error, "member \"kdf\" must be \"scrypt\"");
  if (!ttecomm_json_get_int (lock, "n", 2, MAX_N_TIMES_R, &n, error)
      || !ttecomm_json_get_int (lock, "r", 1, TTECOMM_NBT_LOCK_MAX_R, &r, error)
      || !ttecomm_json_get_int (lock, "p", 1, 1, &p, error)
      || !ttecomm_json_get_string (lock, "salt", SALT_BASE64, &salt, error))
    return FALSE;
  if ((n & (n - 1)) != 0)
    return fail (error, "member \"n\" must be a power of two");
  if (r == 1 && n > MAX_N_FOR_ONE)
    return fail (error, "member \"n\" must be below 65536 when \"r\" is 1");
  if (r > MAX_N_TIMES_R / n)
    return fail (error, "members \"n\" and \"r\" ask for more than 64 MiB of memory");
  if (!decode_salt (salt, parsed.salt))
    return fail (error, "member \"salt\" must be 16 bytes in base64");
  parsed.n = (guint64)n;
  parsed.r = (guint64)r;
  *out = parsed;
  return TRUE;
}

guint64
ttecomm_nbt_lock_get_memory (const TtecommNbtLock *self)
{
  return BLOCK * self->r * (self->n + 3);
}

gboolean
ttecomm_nbt_lock_equal (const TtecommNbtLock *a, const TtecommNbtLock *b)
{
  return a->n == b->n && a->r == b->r && memcmp (a->salt, b->salt, sizeof a->salt) == 0;
}
