/* SPDX-License-Identifier: MIT */
/*
 * What TTcloud's API says (api/ttcloud/openapi.yaml): a letter for the object, then its JSON.
 *   a account   c catalogue   d discovery   i installation   l list of installations   o order
 *   O orders    q quote
 *
 * Every text is one line, every sum and every date within its bounds, and what belongs together is
 * there together.
 */
#include "tests/fuzz/fuzz.h"

#include "api/ttcloud/account.h"
#include "api/ttcloud/catalogue.h"
#include "api/ttcloud/cloud-error.h"
#include "api/ttcloud/discovery.h"
#include "api/ttcloud/fields.h"
#include "api/ttcloud/installation-info.h"
#include "api/ttcloud/installation-summary.h"
#include "api/ttcloud/order.h"
#include "api/ttcloud/origin.h"
#include "api/ttcloud/quote.h"
#include "base/civil-date.h"
#include "base/json.h"

#include <string.h>

static void
assert_id (const char *id)
{
  g_assert_true (ttecomm_field_matches (id, TTECOMM_CHARS_ID, 1, TTECOMM_ID_MAX));
}

static void
assert_cents (gint64 cents)
{
  g_assert_cmpint (cents, >=, 0);
  g_assert_cmpint (cents, <=, TTECOMM_CENTS_MAX);
}

static void
assert_currency (const char *currency)
{
  g_assert_true (ttecomm_field_matches (currency, TTECOMM_CHARS_UPPER, 3, 3));
}

/* A day that is written as it is read; @is_optional: or none. */
static void
assert_date (const GDate *date, gboolean is_optional)
{
  char text[TTECOMM_DATE_SIZE];
  GDate again;

  if (is_optional && !g_date_valid (date))
    return;
  g_assert_true (g_date_valid (date));
  ttecomm_date_format (date, text);
  g_assert_true (ttecomm_date_parse (text, &again, NULL));
  g_assert_cmpint (g_date_compare (date, &again), ==, 0);
}

static void
assert_charge (const TtecommCharge *charge)
{
  if (charge == NULL)
    return;
  assert_date (&charge->date, FALSE);
  assert_cents (charge->net_cents);
  assert_cents (charge->vat_cents);
  assert_cents (charge->gross_cents);
  assert_currency (charge->currency);
}

static void
assert_card (const TtecommCard *card)
{
  if (card == NULL)
    return;
  g_assert_nonnull (ttecomm_card_brand_to_string (card->brand));
  g_assert_true (ttecomm_field_matches (card->last4, TTECOMM_CHARS_DIGIT, 4, 4));
}

static void
assert_lines (GPtrArray *lines)
{
  g_assert_cmpuint (lines->len, >=, 1);
  g_assert_cmpuint (lines->len, <=, 500);
  for (guint i = 0; i < lines->len; i++)
    {
      const TtecommQuoteLine *line = lines->pdata[i];

      assert_id (line->installation);
      fuzz_assert_line (line->installation_name);
      fuzz_assert_line (line->name);
      assert_date (&line->start, TRUE);
      assert_date (&line->end, TRUE);
      assert_date (&line->label_date, TRUE);
      assert_cents (line->net_cents);
      assert_charge (line->next_charge);
    }
}

/* --- one function an object; FALSE with the error that refused it --- */

static gboolean
run_account (JsonObject *object, GError **error)
{
  g_autoptr (TtecommAccount) account = ttecomm_account_from_json (object, error);

  if (account == NULL)
    return FALSE;
  assert_date (&account->server_today, FALSE);
  assert_id (account->id);
  fuzz_assert_line (account->email);
  fuzz_assert_line (account->name);
  fuzz_assert_line (account->company);
  fuzz_assert_line (account->street);
  g_assert_cmpint (account->tax_id != NULL, ==, account->tax_id_kind != TTECOMM_TAX_ID_NONE);
  g_assert_true (account->country == NULL || strlen (account->country) == 2);
  g_assert_cmpint (account->complete, ==, account->missing == 0);
  assert_card (account->card);
  return TRUE;
}

static gboolean
run_catalogue (JsonObject *object, GError **error)
{
  g_autoptr (TtecommCatalogue) catalogue = ttecomm_catalogue_from_json (object, error);

  if (catalogue == NULL)
    return FALSE;
  assert_date (&catalogue->server_today, FALSE);
  assert_currency (catalogue->currency);
  for (guint i = 0; i < catalogue->products->len; i++)
    {
      const TtecommProduct *product = catalogue->products->pdata[i];

      assert_cents (product->list_cents);
      fuzz_assert_line (product->name);
      /* C3: whatever it is called, it is one product. */
      g_assert_true (ttecomm_catalogue_find (catalogue, product->id) == product);
      for (guint j = 0; product->aliases[j] != NULL; j++)
        g_assert_true (ttecomm_catalogue_find (catalogue, product->aliases[j]) == product);
    }
  return TRUE;
}

static gboolean
run_discovery (JsonObject *object, GError **error)
{
  g_autoptr (GUri) origin = ttecomm_origin_parse ("https://api.test", TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (GUri) web = ttecomm_origin_parse ("https://web.test", TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (TtecommDiscovery) discovery = ttecomm_discovery_from_json (object, origin, web, error);

  if (discovery == NULL)
    return FALSE;
  g_assert_true (ttecomm_origin_equal (discovery->token, origin));
  g_assert_true (ttecomm_origin_equal (discovery->revocation, origin));
  g_assert_true (ttecomm_origin_equal (discovery->authorization, origin)
                 || ttecomm_origin_equal (discovery->authorization, web));
  return TRUE;
}

static gboolean
run_installation (JsonObject *object, GError **error)
{
  g_autoptr (TtecommInstallationInfo) info = ttecomm_installation_info_from_json (object, error);

  if (info == NULL)
    return FALSE;
  assert_date (&info->server_today, FALSE);
  assert_id (info->id);
  fuzz_assert_line (info->name);
  for (guint i = 0; i < info->subscriptions->len; i++)
    {
      const TtecommSubscription *subscription = info->subscriptions->pdata[i];

      fuzz_assert_line (subscription->name);
      assert_date (&subscription->end, TRUE);
      assert_charge (subscription->next_charge);
      g_assert_true (ttecomm_installation_info_find (info, subscription->service) == subscription);
    }
  return TRUE;
}

static gboolean
run_list (JsonObject *object, GError **error)
{
  g_autoptr (TtecommInstallationPage) page = ttecomm_installation_page_from_json (object, error);

  if (page == NULL)
    return FALSE;
  for (guint i = 0; i < page->installations->len; i++)
    {
      const TtecommInstallationSummary *summary = page->installations->pdata[i];

      assert_id (summary->id);
      fuzz_assert_line (summary->name);
    }
  return TRUE;
}

static void
assert_order (const TtecommOrder *order)
{
  assert_id (order->id);
  assert_id (order->quote_id);
  assert_cents (order->gross_cents);
  assert_cents (order->due_now_cents);
  assert_currency (order->currency);
  fuzz_assert_line (order->po_reference);
  assert_lines (order->lines);
}

static gboolean
run_order (JsonObject *object, GError **error)
{
  g_autoptr (TtecommOrder) order = ttecomm_order_from_json (object, error);

  if (order == NULL)
    return FALSE;
  assert_date (&order->server_today, FALSE);
  assert_order (order);
  return TRUE;
}

static gboolean
run_orders (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) orders = ttecomm_orders_from_json (object, error);

  if (orders == NULL)
    return FALSE;
  g_assert_cmpuint (orders->len, <=, 100);
  for (guint i = 0; i < orders->len; i++)
    assert_order (orders->pdata[i]);
  return TRUE;
}

static gboolean
run_quote (JsonObject *object, GError **error)
{
  g_autoptr (TtecommQuote) quote = ttecomm_quote_from_json (object, error);
  gboolean is_blocked;

  if (quote == NULL)
    return FALSE;
  is_blocked = quote->blockers != 0;
  assert_lines (quote->lines);
  for (guint i = 0; i < quote->lines->len; i++)
    is_blocked |= ((const TtecommQuoteLine *)quote->lines->pdata[i])->blockers != 0;
  g_assert_cmpint (quote->quote_id == NULL, ==, is_blocked);
  assert_date (&quote->valid_on, FALSE);
  assert_cents (quote->net_cents);
  assert_cents (quote->vat_cents);
  assert_cents (quote->gross_cents);
  assert_cents (quote->due_now_cents);
  assert_card (quote->card);
  for (guint i = 0; i < quote->vat->len; i++)
    {
      assert_cents (g_array_index (quote->vat, TtecommVatLine, i).net_cents);
      assert_cents (g_array_index (quote->vat, TtecommVatLine, i).vat_cents);
    }
  return TRUE;
}

static const struct
{
  char letter;
  gboolean (*run) (JsonObject *object, GError **error);
} objects[] = {
  { 'a', run_account }, { 'c', run_catalogue }, { 'd', run_discovery }, { 'i', run_installation },
  { 'l', run_list },    { 'o', run_order },     { 'O', run_orders },    { 'q', run_quote },
};

int
ttecomm_fuzz_answer (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  char letter = (char)fuzz_input_take_byte (&input);
  gsize length = 0;
  g_autofree char *text = (char *)fuzz_input_take_rest (&input, &length);
  g_autoptr (JsonObject) object = ttecomm_json_parse_object (text, length, length, NULL);

  for (gsize i = 0; object != NULL && i < G_N_ELEMENTS (objects); i++)
    {
      g_autoptr (GError) error = NULL;

      if (objects[i].letter != letter || objects[i].run (object, &error))
        continue;
      g_assert_true (error->domain == TTECOMM_JSON_ERROR || error->domain == TTECOMM_CLOUD_ERROR);
      fuzz_assert_error (error, error->domain);
    }
  return 0;
}
