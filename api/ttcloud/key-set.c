/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/key-set.h"

#include "api/ttcloud/jwk.h"
#include "api/ttcloud/jws.h"
#include "base/json.h"

#include <string.h>

#define MAX_KEYS 64
/* Integers that every JSON reader holds exactly; the last second of the year 2999. */
#define MAX_VER (G_GINT64_CONSTANT (1) << 53)
#define MAX_TIME G_GINT64_CONSTANT (32503679999)

typedef struct
{
  char kid[TTECOMM_JWS_MAX_KID + 1];
  guint8 key[TTECOMM_ED25519_KEY_SIZE];
  gint64 nbf;
  gint64 exp;
} Entry;

struct _TtecommKeySet
{
  const char *env; /* static, the trust's */
  char *jws;       /* (owned) */
  gint64 ver;
  GArray *entries; /* (owned) (element-type Entry) */
};

G_DEFINE_QUARK (ttecomm - key - set - error - quark, ttecomm_key_set_error)

static gboolean
add_entry (TtecommKeySet *self, JsonObject *object, GError **error)
{
  const char *kid = NULL;
  TtecommSigner other;
  Entry entry = { "", { 0 }, 0, 0 };

  if (!ttecomm_jwk_read (object, &kid, entry.key, error)
      || !ttecomm_json_get_int (object, "nbf", 0, MAX_TIME, &entry.nbf, error)
      || !ttecomm_json_get_int (object, "exp", entry.nbf, MAX_TIME, &entry.exp, error))
    return FALSE;
  if (ttecomm_key_set_lookup (self, kid, &other))
    {
      g_set_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_KEY,
                   "The kid %s occurs twice", kid);
      return FALSE;
    }
  g_strlcpy (entry.kid, kid, sizeof entry.kid);
  g_array_append_val (self->entries, entry);
  return TRUE;
}

static gboolean
read_payload (TtecommKeySet *self, GBytes *payload, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (payload, &length);
  g_autoptr (JsonObject) object
      = ttecomm_json_parse_object (text, length, TTECOMM_KEY_SET_MAX_BYTES, error);
  JsonArray *keys = NULL;

  if (object == NULL || !ttecomm_json_get_int (object, "ver", 0, MAX_VER, &self->ver, error)
      || !ttecomm_json_get_array (object, "keys", MAX_KEYS, &keys, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonObject *key = NULL;

      if (!ttecomm_json_array_get_object (keys, i, &key, error) || !add_entry (self, key, error))
        return FALSE;
    }
  return TRUE;
}

/* The payload, once a root of @trust has been found to have signed it. */
static GBytes *
verify_root (const char *text, gsize length, const TtecommTrust *trust, GError **error)
{
  g_autoptr (TtecommJws) jws
      = ttecomm_jws_parse (text, length, TTECOMM_KEY_SET_TYP, TTECOMM_KEY_SET_MAX_BYTES, error);
  const guint8 *root;

  if (jws == NULL)
    return NULL;
  root = ttecomm_trust_lookup (trust, ttecomm_jws_get_kid (jws));
  if (root == NULL)
    {
      g_set_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_ROOT,
                   "It is signed by the root key %s, which is not installed here",
                   ttecomm_jws_get_kid (jws));
      return NULL;
    }
  return ttecomm_jws_verify (jws, root, error);
}

/* Errors of the layers below become ours, whose codes are what the caller can act on. */
static void
propagate (GError **error, GError *inner)
{
  if (inner->domain == TTECOMM_KEY_SET_ERROR)
    g_propagate_prefixed_error (error, inner, "Key set: ");
  else
    {
      g_set_error (error, TTECOMM_KEY_SET_ERROR,
                   inner->domain == TTECOMM_JWK_ERROR ? TTECOMM_KEY_SET_ERROR_KEY
                                                      : TTECOMM_KEY_SET_ERROR_ALTERED,
                   "Key set: %s", inner->message);
      g_error_free (inner);
    }
}

TtecommKeySet *
ttecomm_key_set_verify (const char *text,
                        gsize length,
                        const TtecommTrust *trust,
                        gint64 min_ver,
                        GError **error)
{
  g_autoptr (TtecommKeySet) self = NULL;
  g_autoptr (GBytes) payload = NULL;
  GError *inner = NULL;

  g_return_val_if_fail (text != NULL && trust != NULL, NULL);

  self = g_atomic_rc_box_new0 (TtecommKeySet);
  self->env = ttecomm_trust_get_env (trust);
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  payload = verify_root (text, length, trust, &inner);
  if (payload == NULL || !read_payload (self, payload, &inner))
    {
      propagate (error, inner);
      return NULL;
    }
  if (self->ver < min_ver)
    {
      g_set_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_OLD,
                   "Key set: version %" G_GINT64_FORMAT " is older than %" G_GINT64_FORMAT,
                   self->ver, min_ver);
      return NULL;
    }
  self->jws = g_strndup (text, length);
  return g_steal_pointer (&self);
}

TtecommKeySet *
ttecomm_key_set_ref (TtecommKeySet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
key_set_clear (gpointer data)
{
  TtecommKeySet *self = data;

  g_free (self->jws);
  g_array_unref (self->entries);
}

void
ttecomm_key_set_unref (TtecommKeySet *self)
{
  g_atomic_rc_box_release_full (self, key_set_clear);
}

const char *
ttecomm_key_set_get_env (const TtecommKeySet *self)
{
  return self->env;
}

gint64
ttecomm_key_set_get_ver (const TtecommKeySet *self)
{
  return self->ver;
}

const char *
ttecomm_key_set_get_jws (const TtecommKeySet *self)
{
  return self->jws;
}

gboolean
ttecomm_key_set_lookup (const TtecommKeySet *self, const char *kid, TtecommSigner *signer)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (!g_str_equal (entry->kid, kid))
        continue;
      *signer = (TtecommSigner){ entry->kid, entry->key, entry->nbf, entry->exp };
      return TRUE;
    }
  return FALSE;
}
