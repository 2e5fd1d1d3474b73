/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/quote.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "base/json.h"

#define MAX_VAT_LINES 64
#define MAX_RATE_BP 10000

static void
clear (gpointer data)
{
  TtecommQuote *self = data;

  g_free (self->quote_id);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->vat, g_array_unref);
  g_clear_pointer (&self->payer, ttecomm_payer_unref);
  g_clear_pointer (&self->card, ttecomm_card_unref);
  g_clear_pointer (&self->terms_of_sale, ttecomm_terms_of_sale_unref);
}

static gboolean
read_vat_line (JsonObject *object, TtecommVatLine *line, GError **error)
{
  gint64 rate = 0;
  int kind = 0;

  if (!ttecomm_json_get_int (object, "rate_bp", 0, MAX_RATE_BP, &rate, error)
      || !ttecomm_field_enum (object, "kind", ttecomm_vat_kind_names, &kind, error)
      || !ttecomm_field_cents (object, "net_cents", &line->net_cents, error)
      || !ttecomm_field_cents (object, "vat_cents", &line->vat_cents, error))
    return FALSE;
  line->rate_bp = (guint)rate;
  line->kind = (TtecommVatKind)kind;
  return TRUE;
}

static gboolean
read_vat (JsonObject *object, TtecommQuote *self, GError **error)
{
  JsonArray *array = NULL;

  if (!ttecomm_json_get_array (object, "vat", MAX_VAT_LINES, &array, error))
    return FALSE;
  self->vat = g_array_new (FALSE, TRUE, sizeof (TtecommVatLine));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = NULL;
      TtecommVatLine line = { 0 };

      if (!ttecomm_json_array_get_object (array, i, &element, error)
          || !read_vat_line (element, &line, error))
        {
          g_prefix_error (error, "member \"vat\" %u: ", i + 1);
          return FALSE;
        }
      g_array_append_val (self->vat, line);
    }
  return TRUE;
}

static gboolean
read_sums (JsonObject *object, TtecommQuote *self, GError **error)
{
  return ttecomm_field_currency (object, "currency", self->currency, error)
         && ttecomm_field_cents (object, "net_cents", &self->net_cents, error)
         && read_vat (object, self, error)
         && ttecomm_field_cents (object, "vat_cents", &self->vat_cents, error)
         && ttecomm_field_cents (object, "gross_cents", &self->gross_cents, error)
         && ttecomm_field_cents (object, "due_now_cents", &self->due_now_cents, error);
}

static gboolean
read_parties (JsonObject *object, TtecommQuote *self, GError **error)
{
  gpointer payer = NULL;
  gpointer card = NULL;
  gpointer terms_of_sale = NULL;

  if (!ttecomm_field_object (object, "payer", (TtecommFieldParse)ttecomm_payer_from_json, &payer,
                             error))
    return FALSE;
  self->payer = payer;
  if (!ttecomm_field_optional_object (object, "card", (TtecommFieldParse)ttecomm_card_from_json,
                                      &card, error))
    return FALSE;
  self->card = card;
  if (!ttecomm_field_object (object, "terms_of_sale",
                             (TtecommFieldParse)ttecomm_terms_of_sale_from_json, &terms_of_sale,
                             error))
    return FALSE;
  self->terms_of_sale = terms_of_sale;
  return TRUE;
}

static gboolean
is_blocked (const TtecommQuote *self)
{
  gboolean blocked = self->blockers != TTECOMM_BLOCKERS_NONE;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const TtecommQuoteLine *line = self->lines->pdata[i];

      blocked = blocked || line->blockers != TTECOMM_BLOCKERS_NONE;
    }
  return blocked;
}

/* At most 64 lines of at most 10^12 each: no sum here can overflow. */
static gboolean
sums_agree (const TtecommQuote *self)
{
  gint64 vat = 0;

  for (guint i = 0; i < self->vat->len; i++)
    vat += g_array_index (self->vat, TtecommVatLine, i).vat_cents;
  return self->gross_cents == self->net_cents + self->vat_cents && vat == self->vat_cents
         && self->due_now_cents <= self->gross_cents;
}

/* What a person is shown and what an order takes must be one thing. */
static gboolean
check (const TtecommQuote *self, GError **error)
{
  const char *what = NULL;

  if (!sums_agree (self))
    what = "the sums contradict each other";
  else if ((self->quote_id == NULL) != is_blocked (self))
    what = "members \"quote_id\" and \"blockers\" contradict each other";
  if (what == NULL)
    return TRUE;
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, what);
  return FALSE;
}

/* Required, although it may be null: a quote without a word about its id is no quote. */
static gboolean
read_quote_id (JsonObject *object, TtecommQuote *self, GError **error)
{
  if (json_object_has_member (object, "quote_id"))
    return ttecomm_field_optional_word (object, "quote_id", TTECOMM_CHARS_ID, 8, 64,
                                        &self->quote_id, error);
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_MISSING,
                       "member \"quote_id\" is missing");
  return FALSE;
}

TtecommQuote *
ttecomm_quote_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommQuote) self = g_atomic_rc_box_new0 (TtecommQuote);
  guint blockers = 0;

  if (!ttecomm_field_date (object, "server_today", &self->server_today, error)
      || !read_quote_id (object, self, error)
      || !ttecomm_field_date (object, "valid_on", &self->valid_on, error)
      || !read_sums (object, self, error) || !read_parties (object, self, error)
      || !ttecomm_field_set (object, "blockers", ttecomm_blocker_names, &blockers, error))
    return NULL;
  self->blockers = (TtecommBlockers)blockers;
  self->lines = ttecomm_quote_lines_from_json (object, "lines", error);
  if (self->lines == NULL || !check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommQuote *
ttecomm_quote_ref (TtecommQuote *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_quote_unref (TtecommQuote *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
