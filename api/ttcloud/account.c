/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/account.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "api/ttcloud/origin.h"
#include "base/json.h"

/* From TTECOMM_TAX_ID_VAT on. */
static const char *const tax_id_names[] = { "vat", "gst", NULL };

static void
clear (gpointer data)
{
  TtecommAccount *self = data;

  g_free (self->id);
  g_free (self->email);
  g_free (self->name);
  g_free (self->company);
  g_free (self->country);
  g_free (self->street);
  g_free (self->postcode);
  g_free (self->city);
  g_free (self->tax_id);
  g_free (self->invoice_email);
  g_clear_pointer (&self->card, ttecomm_card_unref);
  g_free (self->account_url);
}

static gboolean
read_address (JsonObject *object, TtecommAccount *self, GError **error)
{
  JsonObject *address = NULL;

  if (!ttecomm_json_get_optional_object (object, "address", &address, error))
    return FALSE;
  if (address == NULL)
    return TRUE;
  if (ttecomm_field_optional_text (address, "street", TTECOMM_NAME_MAX, &self->street, error)
      && ttecomm_field_optional_text (address, "postcode", TTECOMM_NAME_MAX, &self->postcode, error)
      && ttecomm_field_optional_text (address, "city", TTECOMM_NAME_MAX, &self->city, error))
    return TRUE;
  g_prefix_error (error, "member \"address\": ");
  return FALSE;
}

static gboolean
read_tax_id (JsonObject *object, TtecommAccount *self, GError **error)
{
  JsonObject *tax_id = NULL;
  int kind = 0;

  if (!ttecomm_json_get_optional_object (object, "tax_id", &tax_id, error))
    return FALSE;
  if (tax_id == NULL)
    return TRUE;
  if (!ttecomm_field_enum (tax_id, "kind", tax_id_names, &kind, error)
      || !ttecomm_field_text (tax_id, "number", TTECOMM_NAME_MAX, &self->tax_id, error))
    {
      g_prefix_error (error, "member \"tax_id\": ");
      return FALSE;
    }
  self->tax_id_kind = (TtecommTaxIdKind)(TTECOMM_TAX_ID_VAT + kind);
  return TRUE;
}

static gboolean
read_who (JsonObject *object, TtecommAccount *self, GError **error)
{
  return ttecomm_field_date (object, "server_today", &self->server_today, error)
         && ttecomm_field_id (object, "id", &self->id, error)
         && ttecomm_field_text (object, "email", TTECOMM_EMAIL_MAX, &self->email, error)
         && ttecomm_field_text (object, "name", TTECOMM_NAME_MAX, &self->name, error)
         && ttecomm_field_optional_text (object, "company", TTECOMM_NAME_MAX, &self->company, error)
         && ttecomm_field_optional_word (object, "country", TTECOMM_CHARS_UPPER, 2, 2,
                                         &self->country, error)
         && read_address (object, self, error) && read_tax_id (object, self, error)
         && ttecomm_field_optional_text (object, "invoice_email", TTECOMM_EMAIL_MAX,
                                         &self->invoice_email, error);
}

static gboolean
read_buying (JsonObject *object, TtecommAccount *self, GError **error)
{
  guint missing = 0;
  gpointer card = NULL;

  if (!ttecomm_json_get_boolean (object, "complete", &self->complete, error)
      || !ttecomm_field_set (object, "missing", ttecomm_missing_names, &missing, error)
      || !ttecomm_field_text (object, "account_url", TTECOMM_URL_MAX, &self->account_url, error)
      || !ttecomm_field_optional_object (object, "card", (TtecommFieldParse)ttecomm_card_from_json,
                                         &card, error))
    return FALSE;
  self->missing = (TtecommMissing)missing;
  self->card = card;
  if (self->complete == (missing == 0))
    return TRUE;
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                       "members \"complete\" and \"missing\" contradict each other");
  return FALSE;
}

TtecommAccount *
ttecomm_account_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommAccount) self = g_atomic_rc_box_new0 (TtecommAccount);

  if (!read_who (object, self, error) || !read_buying (object, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommAccount *
ttecomm_account_ref (TtecommAccount *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_account_unref (TtecommAccount *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
