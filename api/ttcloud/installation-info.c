/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/installation-info.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "base/json.h"

#include <string.h>

#define MAX_SUBSCRIPTIONS 64
#define MAX_VERSION 32

static void
clear (gpointer data)
{
  TtecommInstallationInfo *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->prosoft);
  g_clear_pointer (&self->subscriptions, g_ptr_array_unref);
}

/* One row for every product: two would let a page and a basket read different ones. */
static gboolean
check_services (const TtecommInstallationInfo *self, GError **error)
{
  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      const TtecommSubscription *subscription = self->subscriptions->pdata[i];

      if (ttecomm_installation_info_find (self, subscription->service) == subscription)
        continue;
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "member \"subscriptions\" has %s twice", subscription->service);
      return FALSE;
    }
  return TRUE;
}

TtecommInstallationInfo *
ttecomm_installation_info_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommInstallationInfo) self = g_atomic_rc_box_new0 (TtecommInstallationInfo);
  int role = 0;

  if (!ttecomm_field_date (object, "server_today", &self->server_today, error)
      || !ttecomm_field_id (object, "id", &self->id, error)
      || !ttecomm_field_text (object, "name", TTECOMM_NAME_MAX, &self->name, error)
      || !ttecomm_json_get_boolean (object, "connected", &self->connected, error)
      || !ttecomm_field_optional_instant (object, "last_seen", &self->last_seen, error)
      || !ttecomm_field_enum (object, "role", ttecomm_cloud_role_names, &role, error)
      || !ttecomm_json_get_boolean (object, "si_access", &self->si_access, error)
      || !ttecomm_field_text (object, "prosoft", MAX_VERSION, &self->prosoft, error)
      || !ttecomm_field_list (object, "subscriptions", 0, MAX_SUBSCRIPTIONS,
                              (TtecommFieldParse)ttecomm_subscription_from_json,
                              (GDestroyNotify)ttecomm_subscription_unref, &self->subscriptions,
                              error)
      || !check_services (self, error))
    return NULL;
  self->role = (TtecommCloudRole)role;
  return g_steal_pointer (&self);
}

TtecommInstallationInfo *
ttecomm_installation_info_ref (TtecommInstallationInfo *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_installation_info_unref (TtecommInstallationInfo *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const TtecommSubscription *
ttecomm_installation_info_find (const TtecommInstallationInfo *self, const char *service)
{
  g_return_val_if_fail (self != NULL && service != NULL, NULL);

  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      const TtecommSubscription *subscription = self->subscriptions->pdata[i];

      if (strcmp (subscription->service, service) == 0)
        return subscription;
    }
  return NULL;
}
