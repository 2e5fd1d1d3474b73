/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/installation-summary.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "base/json.h"

#include <string.h>

#define MAX_SUBSCRIPTIONS 64
#define MAX_CURSOR 256

static void
subscription_free (gpointer data)
{
  TtecommSubscriptionSummary *self = data;

  g_free (self->service);
  g_free (self->payer);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSubscriptionSummary, subscription_free)

static gboolean
read_charge (TtecommSubscriptionSummary *self, JsonObject *charge, GError **error)
{
  if (charge == NULL)
    return TRUE;
  if (ttecomm_field_date (charge, "date", &self->charge_date, error)
      && ttecomm_field_cents (charge, "gross_cents", &self->gross_cents, error)
      && ttecomm_field_currency (charge, "currency", self->currency, error))
    return TRUE;
  g_prefix_error (error, "member \"next_charge\": ");
  return FALSE;
}

static gboolean
read_payer (TtecommSubscriptionSummary *self, JsonObject *payer, GError **error)
{
  if (payer == NULL)
    return TRUE;
  if (ttecomm_field_text (payer, "name", TTECOMM_NAME_MAX, &self->payer, error)
      && ttecomm_json_get_boolean (payer, "you", &self->payer_is_you, error))
    return TRUE;
  g_prefix_error (error, "member \"payer\": ");
  return FALSE;
}

static TtecommSubscriptionSummary *
subscription_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommSubscriptionSummary) self = g_new0 (TtecommSubscriptionSummary, 1);
  JsonObject *charge = NULL;
  JsonObject *payer = NULL;
  int state = 0;

  g_date_clear (&self->charge_date, 1);
  if (!ttecomm_field_service (object, "service", &self->service, error)
      || !ttecomm_field_enum (object, "state", ttecomm_cloud_state_names, &state, error)
      || !ttecomm_json_get_boolean (object, "auto_renew", &self->auto_renew, error)
      || !ttecomm_field_optional_date (object, "end", &self->end, error)
      || !ttecomm_json_get_optional_object (object, "next_charge", &charge, error)
      || !ttecomm_json_get_optional_object (object, "payer", &payer, error)
      || !read_charge (self, charge, error) || !read_payer (self, payer, error))
    return NULL;
  self->state = (TtecommCloudState)state;
  return g_steal_pointer (&self);
}

static void
clear (gpointer data)
{
  TtecommInstallationSummary *self = data;

  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->subscriptions, g_ptr_array_unref);
}

/* At most one a product: two would let the page and the basket read different ones. */
static gboolean
check_services (const TtecommInstallationSummary *self, GError **error)
{
  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      const TtecommSubscriptionSummary *subscription = self->subscriptions->pdata[i];

      if (ttecomm_installation_summary_find (self, subscription->service) == subscription)
        continue;
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "member \"subscriptions\" has %s twice", subscription->service);
      return FALSE;
    }
  return TRUE;
}

TtecommInstallationSummary *
ttecomm_installation_summary_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommInstallationSummary) self = g_atomic_rc_box_new0 (TtecommInstallationSummary);
  int role = 0;

  if (!ttecomm_field_id (object, "id", &self->id, error)
      || !ttecomm_field_text (object, "name", TTECOMM_NAME_MAX, &self->name, error)
      || !ttecomm_json_get_boolean (object, "connected", &self->connected, error)
      || !ttecomm_field_enum (object, "role", ttecomm_cloud_role_names, &role, error)
      || !ttecomm_json_get_boolean (object, "si_access", &self->si_access, error)
      || !ttecomm_field_list (object, "subscriptions", 0, MAX_SUBSCRIPTIONS,
                              (TtecommFieldParse)subscription_from_json, subscription_free,
                              &self->subscriptions, error)
      || !check_services (self, error))
    return NULL;
  self->role = (TtecommCloudRole)role;
  return g_steal_pointer (&self);
}

TtecommInstallationSummary *
ttecomm_installation_summary_ref (TtecommInstallationSummary *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_installation_summary_unref (TtecommInstallationSummary *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const TtecommSubscriptionSummary *
ttecomm_installation_summary_find (const TtecommInstallationSummary *self, const char *service)
{
  g_return_val_if_fail (self != NULL && service != NULL, NULL);

  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      const TtecommSubscriptionSummary *subscription = self->subscriptions->pdata[i];

      if (strcmp (subscription->service, service) == 0)
        return subscription;
    }
  return NULL;
}

static gboolean
check_page (const TtecommInstallationPage *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->installations->len; i++)
    {
      const TtecommInstallationSummary *installation = self->installations->pdata[i];

      if (g_hash_table_add (seen, installation->id))
        continue;
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "member \"installations\" has %s twice", installation->id);
      return FALSE;
    }
  if (self->next == NULL || self->installations->len > 0)
    return TRUE;
  /* Whoever follows such pages never comes to an end. */
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                       "member \"next\" is there although the page is empty");
  return FALSE;
}

TtecommInstallationPage *
ttecomm_installation_page_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommInstallationPage) self = g_new0 (TtecommInstallationPage, 1);

  if (!ttecomm_field_date (object, "server_today", &self->server_today, error)
      || !ttecomm_field_list (object, "installations", 0, TTECOMM_INSTALLATION_PAGE_MAX,
                              (TtecommFieldParse)ttecomm_installation_summary_from_json,
                              (GDestroyNotify)ttecomm_installation_summary_unref,
                              &self->installations, error)
      || !ttecomm_field_optional_word (object, "next", TTECOMM_CHARS_ID, 1, MAX_CURSOR, &self->next,
                                       error)
      || !check_page (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ttecomm_installation_page_free (TtecommInstallationPage *self)
{
  g_clear_pointer (&self->installations, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}
