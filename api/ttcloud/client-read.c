/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/client-read.h"

#include "api/ttcloud/fields.h"
#include "api/ttcloud/origin.h"
#include "api/ttcloud/sign-in-private.h"
#include "base/json.h"

#include <string.h>

#define MAX_STATEMENT 8192
#define MAX_KEYS 65536

/* A compact JWS: three parts of base64url. Whether it is true is the gate's to find out. */
#define JWS_CHARS TTECOMM_CHARS_ID "."

TtecommExpectedOrder *
ttecomm_expected_order_new (const char *id, const char *key, const char *quote_id)
{
  TtecommExpectedOrder *self = g_new0 (TtecommExpectedOrder, 1);

  self->id = g_strdup (id);
  self->key = g_strdup (key);
  self->quote_id = g_strdup (quote_id);
  return self;
}

void
ttecomm_expected_order_free (gpointer expected)
{
  TtecommExpectedOrder *self = expected;

  g_free (self->id);
  g_free (self->key);
  g_free (self->quote_id);
  g_free (self);
}

static void
expected_line_free (gpointer data)
{
  TtecommExpectedLine *line = data;

  g_free (line->installation);
  g_free (line);
}

GPtrArray *
ttecomm_expected_lines_new (const TtecommQuoteRequestLine *lines, gsize n_lines)
{
  GPtrArray *expected = g_ptr_array_new_with_free_func (expected_line_free);

  for (gsize i = 0; i < n_lines; i++)
    {
      TtecommExpectedLine *line = g_new0 (TtecommExpectedLine, 1);

      line->action = lines[i].action;
      line->installation = g_strdup (lines[i].installation);
      g_ptr_array_add (expected, line);
    }
  return expected;
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, what);
  return FALSE;
}

/* An answer about something else, of a cache or a mix-up on the way, must not pass for ours. */
static gboolean
check_same (const char *name, const char *expected, const char *got, GError **error)
{
  if (expected == NULL || strcmp (expected, got) == 0)
    return TRUE;
  g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
               "member \"%s\" is not the one that was asked for", name);
  return FALSE;
}

gpointer
ttecomm_read_account (const TtecommCall *call, JsonObject *object, GError **error)
{
  g_autoptr (TtecommAccount) account = ttecomm_account_from_json (object, error);

  if (account == NULL
      || !ttecomm_link_check (account->account_url, call->ttecomm_origin, "account_url", error))
    return NULL;
  /* not when somebody else has signed in meanwhile */
  if (call->generation == ttecomm_sign_in_get_generation (call->sign_in))
    ttecomm_sign_in_set_account (call->sign_in, account->id, account->email);
  return g_steal_pointer (&account);
}

gpointer
ttecomm_read_installation (const TtecommCall *call, JsonObject *object, GError **error)
{
  g_autoptr (TtecommInstallationInfo) info = ttecomm_installation_info_from_json (object, error);

  if (info == NULL || !check_same ("id", call->expected, info->id, error))
    return NULL;
  return g_steal_pointer (&info);
}

/* All answers carry the date; without it this is not one of TTcloud's. */
static char *
read_jws (JsonObject *object, const char *name, gsize max, GError **error)
{
  GDate today;
  char *jws = NULL;

  if (!ttecomm_field_date (object, "server_today", &today, error)
      || !ttecomm_field_word (object, name, JWS_CHARS, 1, max, &jws, error))
    return NULL;
  return jws;
}

gpointer
ttecomm_read_statement (const TtecommCall *call, JsonObject *object, GError **error)
{
  return read_jws (object, "statement", MAX_STATEMENT, error);
}

gpointer
ttecomm_read_keys (const TtecommCall *call, JsonObject *object, GError **error)
{
  return read_jws (object, "keys", MAX_KEYS, error);
}

static gboolean
check_terms (const TtecommCall *call, const TtecommTermsOfSale *terms, GError **error)
{
  return ttecomm_link_check (terms->url, call->ttecomm_origin, "terms_of_sale.url", error);
}

gpointer
ttecomm_read_catalogue (const TtecommCall *call, JsonObject *object, GError **error)
{
  g_autoptr (TtecommCatalogue) catalogue = ttecomm_catalogue_from_json (object, error);

  if (catalogue == NULL || !check_terms (call, catalogue->terms_of_sale, error))
    return NULL;
  return g_steal_pointer (&catalogue);
}

/* Line by line what was asked for: a person agrees to what the basket showed. The service may have
 * been asked for by another of its names. */
static gboolean
check_lines (const GPtrArray *expected, const GPtrArray *lines, GError **error)
{
  if (expected->len != lines->len)
    return refuse ("member \"lines\" has not as many lines as were asked for", error);
  for (guint i = 0; i < lines->len; i++)
    {
      const TtecommExpectedLine *asked = expected->pdata[i];
      const TtecommQuoteLine *line = lines->pdata[i];

      if (asked->action != line->action || strcmp (asked->installation, line->installation) != 0)
        return refuse ("member \"lines\" has a line that was not asked for", error);
    }
  return TRUE;
}

gpointer
ttecomm_read_quote (const TtecommCall *call, JsonObject *object, GError **error)
{
  g_autoptr (TtecommQuote) quote = ttecomm_quote_from_json (object, error);

  if (quote == NULL || !check_lines (call->expected, quote->lines, error)
      || !check_terms (call, quote->terms_of_sale, error))
    return NULL;
  return g_steal_pointer (&quote);
}

static gboolean
check_checkout (const TtecommCall *call, const TtecommOrder *order, GError **error)
{
  return order->checkout_url == NULL
         || ttecomm_link_check (order->checkout_url, call->ttecomm_origin, "checkout_url", error);
}

gpointer
ttecomm_read_order (const TtecommCall *call, JsonObject *object, GError **error)
{
  g_autoptr (TtecommOrder) order = ttecomm_order_from_json (object, error);
  const TtecommExpectedOrder *expected = call->expected;

  if (order == NULL || !check_same ("id", expected->id, order->id, error)
      || !check_same ("key", expected->key, order->key, error)
      || !check_same ("quote_id", expected->quote_id, order->quote_id, error)
      || !check_checkout (call, order, error))
    return NULL;
  return g_steal_pointer (&order);
}

gpointer
ttecomm_read_orders (const TtecommCall *call, JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) orders = NULL;
  GDate today;

  if (!ttecomm_field_date (object, "server_today", &today, error))
    return NULL;
  orders = ttecomm_orders_from_json (object, error);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      const TtecommOrder *order = orders->pdata[i];

      if (!check_same ("state", call->expected, ttecomm_order_state_to_string (order->state), error)
          || !check_checkout (call, order, error))
        return NULL;
    }
  return g_steal_pointer (&orders);
}
