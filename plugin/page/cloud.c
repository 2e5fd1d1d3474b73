/* SPDX-License-Identifier: MIT */
#include "plugin/page/cloud.h"

#include <string.h>

G_DEFINE_QUARK (ttecomm - setup - error - quark, ttecomm_setup_error)

static TtecommTrust *
trust_of (const TtecommSettings *settings, GError **error)
{
  if (settings->ttcloud_trust == NULL)
    return ttecomm_trust_new_production ();
  return ttecomm_trust_new_from_json (settings->ttcloud_trust, strlen (settings->ttcloud_trust),
                                      error);
}

gboolean
ttecomm_cloud_settings_are_sandbox (const TtecommSettings *settings)
{
  g_autoptr (TtecommTrust) trust = trust_of (settings, NULL);

  return trust != NULL && strcmp (ttecomm_trust_get_env (trust), "sandbox") == 0;
}

/* Keeps the words of @inner, under the code that says which setting is meant. */
static gboolean
fail (GError **error, TtecommSetupError code, const char *what, GError *inner)
{
  g_autoptr (GError) owned = inner;

  g_set_error (error, TTECOMM_SETUP_ERROR, (int)code, "%s%s%s", what, owned != NULL ? ": " : "",
               owned != NULL ? owned->message : "");
  return FALSE;
}

static gboolean
read_trust (TtecommCloud *self, const TtecommSettings *settings, GError **error)
{
  GError *inner = NULL;

  self->trust = trust_of (settings, &inner);
  if (self->trust == NULL)
    return fail (error, TTECOMM_SETUP_ERROR_TRUST, "ttcloud-trust", inner);
  if (ttecomm_trust_is_empty (self->trust))
    return fail (error, TTECOMM_SETUP_ERROR_NO_KEYS, "no TTcloud keys installed", NULL);
  self->rule = strcmp (ttecomm_trust_get_env (self->trust), "sandbox") == 0 ? TTECOMM_ORIGIN_SANDBOX
                                                                            : TTECOMM_ORIGIN_HTTPS;
  return TRUE;
}

static gboolean
read_origins (TtecommCloud *self, const TtecommSettings *settings, GError **error)
{
  GError *inner = NULL;

  if (settings->ttcloud_url == NULL || settings->ttecomm_url == NULL)
    return fail (error, TTECOMM_SETUP_ERROR_NO_URL, "the host names no ttcloud-url or ttecomm-url",
                 NULL);
  self->origin = ttecomm_origin_parse (settings->ttcloud_url, TTECOMM_ORIGIN_HTTPS, &inner);
  if (self->origin == NULL)
    return fail (error, TTECOMM_SETUP_ERROR_BAD_URL, "ttcloud-url", inner);
  self->ttecomm_origin = ttecomm_origin_parse (settings->ttecomm_url, self->rule, &inner);
  if (self->ttecomm_origin == NULL)
    return fail (error, TTECOMM_SETUP_ERROR_BAD_URL, "ttecomm-url", inner);
  return TRUE;
}

static gboolean
connect_up (TtecommCloud *self,
            const TtecommSettings *settings,
            TtecommClock *clock,
            TtecommSecretStore *store,
            GError **error)
{
  const char *ca = self->rule == TTECOMM_ORIGIN_SANDBOX ? settings->ttcloud_ca : NULL;
  GError *inner = NULL;

  self->transport = ttecomm_transport_new (self->origin, ca, settings->proxy, &inner);
  if (self->transport == NULL)
    return fail (error, TTECOMM_SETUP_ERROR_PROXY, "proxy or ttcloud-ca", inner);
  self->sign_in = ttecomm_sign_in_new (self->transport, self->ttecomm_origin, clock, store);
  self->client = ttecomm_client_new (self->transport, self->sign_in, self->ttecomm_origin);
  return TRUE;
}

TtecommCloud *
ttecomm_cloud_new (const TtecommSettings *settings,
                   TtecommClock *clock,
                   TtecommSecretStore *store,
                   GError **error)
{
  g_autoptr (TtecommCloud) self = g_new0 (TtecommCloud, 1);

  if (!read_trust (self, settings, error) || !read_origins (self, settings, error)
      || !connect_up (self, settings, clock, store, error))
    return NULL;
  ttecomm_transport_warm_up (self->transport);
  return g_steal_pointer (&self);
}

void
ttecomm_cloud_free (TtecommCloud *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->transport);
  g_clear_pointer (&self->origin, g_uri_unref);
  g_clear_pointer (&self->ttecomm_origin, g_uri_unref);
  g_clear_pointer (&self->trust, ttecomm_trust_unref);
  g_free (self);
}
