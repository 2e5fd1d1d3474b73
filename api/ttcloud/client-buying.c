/* SPDX-License-Identifier: MIT */
/* TtecommClient's catalogue, quotes and orders. */
#include "api/ttcloud/client-private.h"
#include "api/ttcloud/client-read.h"
#include "api/ttcloud/fields.h"

#include <string.h>

#define MAX_WAIT 25
#define MAX_LINES 500
#define MAX_PO 64
#define MAX_NAME 64

static gboolean
is_key (const char *key)
{
  return key != NULL && ttecomm_field_matches (key, TTECOMM_CHARS_ID, 8, 64);
}

static gboolean
is_text (const char *text, gsize max)
{
  return strlen (text) <= max && g_utf8_validate (text, -1, NULL);
}

void
ttecomm_client_catalogue_async (TtecommClient *self,
                                const TtecommLimits *limits,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  ttecomm_call_run_async (self,
                          ttecomm_client_make_call (self, "/v1/catalogue", NULL, NULL, limits,
                                                    ttecomm_read_catalogue,
                                                    (GDestroyNotify)ttecomm_catalogue_unref),
                          ttecomm_client_catalogue_async, cancellable, callback, user_data);
}

TtecommCatalogue *
ttecomm_client_catalogue_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_catalogue_async, NULL, error);
}

static gboolean
is_line (const TtecommQuoteRequestLine *line)
{
  return ttecomm_client_is_id (line->installation)
         && ttecomm_quote_action_to_string (line->action) != NULL && line->service != NULL
         && is_text (line->service, MAX_NAME)
         && (line->period == NULL || is_text (line->period, MAX_NAME));
}

static gboolean
are_lines (const TtecommQuoteRequestLine *lines, gsize n_lines)
{
  if (n_lines == 0 || n_lines > MAX_LINES)
    return FALSE;
  for (gsize i = 0; i < n_lines; i++)
    if (!is_line (&lines[i]))
      return FALSE;
  return TRUE;
}

static JsonBuilder *
make_quote_body (const TtecommQuoteRequestLine *lines, gsize n_lines)
{
  JsonBuilder *body = ttecomm_client_body_new ();

  json_builder_set_member_name (body, "lines");
  json_builder_begin_array (body);
  for (gsize i = 0; i < n_lines; i++)
    {
      json_builder_begin_object (body);
      ttecomm_client_body_add (body, "action", ttecomm_quote_action_to_string (lines[i].action));
      ttecomm_client_body_add (body, "installation", lines[i].installation);
      ttecomm_client_body_add (body, "service", lines[i].service);
      if (lines[i].period != NULL)
        ttecomm_client_body_add (body, "period", lines[i].period);
      json_builder_end_object (body);
    }
  json_builder_end_array (body);
  return body;
}

void
ttecomm_client_quote_async (TtecommClient *self,
                            const TtecommQuoteRequestLine *lines,
                            gsize n_lines,
                            const TtecommLimits *limits,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!are_lines (lines, n_lines))
    {
      ttecomm_client_refuse (
          self, "a quote needs 1 to 500 lines, each with an installation and a service",
          ttecomm_client_quote_async, callback, user_data);
      return;
    }
  call = ttecomm_client_make_call (self, "/v1/quotes", NULL, make_quote_body (lines, n_lines),
                                   limits, ttecomm_read_quote, (GDestroyNotify)ttecomm_quote_unref);
  ttecomm_call_expect (call, ttecomm_expected_lines_new (lines, n_lines),
                       (GDestroyNotify)g_ptr_array_unref);
  ttecomm_call_run_async (self, call, ttecomm_client_quote_async, cancellable, callback, user_data);
}

TtecommQuote *
ttecomm_client_quote_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_quote_async, NULL, error);
}

static TtecommCall *
order_call_new (TtecommClient *self,
                const char *path,
                const char *query,
                JsonBuilder *body,
                const TtecommLimits *limits,
                TtecommExpectedOrder *expected)
{
  TtecommCall *call = ttecomm_client_make_call (self, path, query, body, limits, ttecomm_read_order,
                                                (GDestroyNotify)ttecomm_order_unref);

  ttecomm_call_expect (call, expected, ttecomm_expected_order_free);
  return call;
}

void
ttecomm_client_order_async (TtecommClient *self,
                            const char *quote_id,
                            const char *terms_version,
                            const char *po_reference,
                            const char *idempotency_key,
                            const TtecommLimits *limits,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  JsonBuilder *body;
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!is_key (quote_id) || !is_key (idempotency_key) || terms_version == NULL
      || !is_text (terms_version, MAX_NAME)
      || (po_reference != NULL && !is_text (po_reference, MAX_PO)))
    {
      ttecomm_client_refuse (self, "an order needs a quote, the version of the terms and a key",
                             ttecomm_client_order_async, callback, user_data);
      return;
    }
  body = ttecomm_client_body_new ();
  ttecomm_client_body_add (body, "quote_id", quote_id);
  ttecomm_client_body_add (body, "accept_terms", terms_version);
  if (po_reference != NULL)
    ttecomm_client_body_add (body, "po_reference", po_reference);
  call = order_call_new (self, "/v1/orders", NULL, body, limits,
                         ttecomm_expected_order_new (NULL, idempotency_key, quote_id));
  call->request->idempotency_key = g_strdup (idempotency_key);
  ttecomm_call_run_async (self, call, ttecomm_client_order_async, cancellable, callback, user_data);
}

TtecommOrder *
ttecomm_client_order_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_order_async, NULL, error);
}

void
ttecomm_client_order_state_async (TtecommClient *self,
                                  const char *order,
                                  guint wait_seconds,
                                  const TtecommLimits *limits,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  TtecommLimits longer;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!ttecomm_client_is_id (order) || wait_seconds > MAX_WAIT)
    {
      ttecomm_client_refuse (self, "not the id of an order, or more than 25 s to wait",
                             ttecomm_client_order_state_async, callback, user_data);
      return;
    }
  longer = *limits;
  longer.first_byte_ms += wait_seconds * 1000;
  longer.total_ms += wait_seconds * 1000;
  path = g_strconcat ("/v1/orders/", order, NULL);
  if (wait_seconds > 0)
    query = g_strdup_printf ("wait=%u", wait_seconds);
  ttecomm_call_run_async (self,
                          order_call_new (self, path, query, NULL, &longer,
                                          ttecomm_expected_order_new (order, NULL, NULL)),
                          ttecomm_client_order_state_async, cancellable, callback, user_data);
}

TtecommOrder *
ttecomm_client_order_state_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_order_state_async, NULL, error);
}

void
ttecomm_client_orders_async (TtecommClient *self,
                             TtecommOrderState state,
                             const TtecommLimits *limits,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  const char *name = ttecomm_order_state_to_string (state);
  g_autofree char *query = NULL;
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL && name != NULL);

  query = g_strconcat ("state=", name, NULL);
  call = ttecomm_client_make_call (self, "/v1/orders", query, NULL, limits, ttecomm_read_orders,
                                   (GDestroyNotify)g_ptr_array_unref);
  ttecomm_call_expect (call, g_strdup (name), g_free);
  ttecomm_call_run_async (self, call, ttecomm_client_orders_async, cancellable, callback,
                          user_data);
}

GPtrArray *
ttecomm_client_orders_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_orders_async, NULL, error);
}

void
ttecomm_client_cancel_order_async (TtecommClient *self,
                                   const char *order,
                                   const char *idempotency_key,
                                   const TtecommLimits *limits,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *path = NULL;
  JsonBuilder *body;
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!ttecomm_client_is_id (order) || !is_key (idempotency_key))
    {
      ttecomm_client_refuse (self, "not the id of an order, or not a key",
                             ttecomm_client_cancel_order_async, callback, user_data);
      return;
    }
  body = ttecomm_client_body_new ();
  path = g_strconcat ("/v1/orders/", order, "/cancel", NULL);
  call = order_call_new (self, path, NULL, body, limits,
                         ttecomm_expected_order_new (order, NULL, NULL));
  call->request->idempotency_key = g_strdup (idempotency_key);
  ttecomm_call_run_async (self, call, ttecomm_client_cancel_order_async, cancellable, callback,
                          user_data);
}

TtecommOrder *
ttecomm_client_cancel_order_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_cancel_order_async, NULL, error);
}
