/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/discovery.h"

#include "api/ttcloud/fields.h"
#include "api/ttcloud/origin.h"
#include "base/json.h"

#define MAX_METHODS 16

static void
clear (gpointer data)
{
  TtecommDiscovery *self = data;

  g_clear_pointer (&self->authorization, g_uri_unref);
  g_clear_pointer (&self->token, g_uri_unref);
  g_clear_pointer (&self->revocation, g_uri_unref);
}

/* @other: (nullable): a second origin that will do */
static GUri *
read_endpoint (JsonObject *object, const char *name, GUri *origin, GUri *other, GError **error)
{
  const char *url = NULL;

  if (!ttecomm_json_get_string (object, name, TTECOMM_URL_MAX, &url, error))
    return NULL;
  if ((other == NULL || !ttecomm_link_check (url, other, name, NULL))
      && !ttecomm_link_check (url, origin, name, error))
    return NULL;
  return ttecomm_link_parse (url, error);
}

static gboolean
check_methods (JsonObject *object, GError **error)
{
  g_auto (GStrv) methods = NULL;

  if (!ttecomm_field_strings (object, "code_challenge_methods_supported", MAX_METHODS,
                              TTECOMM_NAME_MAX, &methods, error))
    return FALSE;
  if (g_strv_contains ((const char *const *)methods, "S256"))
    return TRUE;
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                       "member \"code_challenge_methods_supported\" does not have S256");
  return FALSE;
}

TtecommDiscovery *
ttecomm_discovery_from_kept (JsonObject *object,
                             GUri *ttcloud_origin,
                             GUri *ttecomm_origin,
                             GError **error)
{
  g_autoptr (TtecommDiscovery) self = g_atomic_rc_box_new0 (TtecommDiscovery);

  self->authorization
      = read_endpoint (object, "authorization_endpoint", ttcloud_origin, ttecomm_origin, error);
  if (self->authorization == NULL)
    return NULL;
  self->token = read_endpoint (object, "token_endpoint", ttcloud_origin, NULL, error);
  if (self->token == NULL)
    return NULL;
  self->revocation = read_endpoint (object, "revocation_endpoint", ttcloud_origin, NULL, error);
  if (self->revocation == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

TtecommDiscovery *
ttecomm_discovery_from_json (JsonObject *object,
                             GUri *ttcloud_origin,
                             GUri *ttecomm_origin,
                             GError **error)
{
  g_autoptr (GUri) issuer = read_endpoint (object, "issuer", ttcloud_origin, NULL, error);

  if (issuer == NULL || !check_methods (object, error))
    return NULL;
  return ttecomm_discovery_from_kept (object, ttcloud_origin, ttecomm_origin, error);
}

TtecommDiscovery *
ttecomm_discovery_ref (TtecommDiscovery *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_discovery_unref (TtecommDiscovery *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
