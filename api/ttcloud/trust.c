/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/trust.h"

#include "api/ttcloud/jwk.h"
#include "api/ttcloud/jws.h"
#include "base/json.h"

#include <string.h>

#define MAX_BYTES 16384
#define MAX_ROOTS 8

typedef struct
{
  char kid[TTECOMM_JWS_MAX_KID + 1];
  guint8 key[TTECOMM_ED25519_KEY_SIZE];
} Root;

struct _TtecommTrust
{
  const char *env; /* static */
  GArray *roots;   /* (owned) (element-type Root) */
};

G_DEFINE_QUARK (ttecomm - trust - error - quark, ttecomm_trust_error)

static TtecommTrust *
trust_new (const char *env)
{
  TtecommTrust *self = g_atomic_rc_box_new0 (TtecommTrust);

  self->env = env;
  self->roots = g_array_new (FALSE, TRUE, sizeof (Root));
  return self;
}

TtecommTrust *
ttecomm_trust_new_production (void)
{
  return trust_new ("prod");
}

static gboolean
add_root (TtecommTrust *self, JsonObject *jwk, GError **error)
{
  const char *kty = NULL;
  const char *crv = NULL;
  const char *kid = NULL;
  Root root = { "", { 0 } };

  if (!ttecomm_json_get_string (jwk, "kty", 16, &kty, error)
      || !ttecomm_json_get_string (jwk, "crv", 16, &crv, error)
      || !ttecomm_jwk_read (jwk, &kid, root.key, error))
    return FALSE;
  if (!g_str_equal (kty, "OKP") || !g_str_equal (crv, "Ed25519")
      || ttecomm_trust_lookup (self, kid) != NULL)
    {
      g_set_error (error, TTECOMM_TRUST_ERROR, TTECOMM_TRUST_ERROR_KEY,
                   "The root key %s is not an Ed25519 key of its own name", kid);
      return FALSE;
    }
  g_strlcpy (root.kid, kid, sizeof root.kid);
  g_array_append_val (self->roots, root);
  return TRUE;
}

static gboolean
read_roots (TtecommTrust *self, JsonObject *object, GError **error)
{
  JsonArray *keys = NULL;

  if (!ttecomm_json_get_array (object, "keys", MAX_ROOTS, &keys, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonObject *jwk = NULL;

      if (!ttecomm_json_array_get_object (keys, i, &jwk, error) || !add_root (self, jwk, error))
        return FALSE;
    }
  return TRUE;
}

/* Errors of the JSON layer become ours, the others stay as they are. */
static void
propagate (GError **error, GError *inner)
{
  if (inner->domain == TTECOMM_TRUST_ERROR)
    g_propagate_prefixed_error (error, inner, "ttcloud-trust: ");
  else
    {
      g_set_error (error, TTECOMM_TRUST_ERROR,
                   inner->domain == TTECOMM_JWK_ERROR ? TTECOMM_TRUST_ERROR_KEY
                                                      : TTECOMM_TRUST_ERROR_FORMAT,
                   "ttcloud-trust: %s", inner->message);
      g_error_free (inner);
    }
}

TtecommTrust *
ttecomm_trust_new_from_json (const char *text, gsize length, GError **error)
{
  g_autoptr (TtecommTrust) self = trust_new ("sandbox");
  g_autoptr (JsonObject) object = NULL;
  const char *env = NULL;
  GError *inner = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  object = ttecomm_json_parse_object (text, length, MAX_BYTES, &inner);
  if (object == NULL || !ttecomm_json_get_string (object, "env", 16, &env, &inner))
    {
      propagate (error, inner);
      return NULL;
    }
  if (!g_str_equal (env, self->env))
    {
      g_set_error (error, TTECOMM_TRUST_ERROR, TTECOMM_TRUST_ERROR_ENVIRONMENT,
                   "ttcloud-trust: a host may declare the environment \"sandbox\" only, not \"%s\"",
                   env);
      return NULL;
    }
  if (!read_roots (self, object, &inner))
    {
      propagate (error, inner);
      return NULL;
    }
  return g_steal_pointer (&self);
}

TtecommTrust *
ttecomm_trust_ref (TtecommTrust *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
trust_clear (gpointer data)
{
  TtecommTrust *self = data;

  g_array_unref (self->roots);
}

void
ttecomm_trust_unref (TtecommTrust *self)
{
  g_atomic_rc_box_release_full (self, trust_clear);
}

const char *
ttecomm_trust_get_env (const TtecommTrust *self)
{
  return self->env;
}

gboolean
ttecomm_trust_is_empty (const TtecommTrust *self)
{
  return self->roots->len == 0;
}

const guint8 *
ttecomm_trust_lookup (const TtecommTrust *self, const char *kid)
{
  for (guint i = 0; i < self->roots->len; i++)
    {
      const Root *root = &g_array_index (self->roots, Root, i);

      if (g_str_equal (root->kid, kid))
        return root->key;
    }
  return NULL;
}
