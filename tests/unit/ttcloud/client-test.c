/* SPDX-License-Identifier: MIT */
/* Every operation: what goes out, what comes back, and what is refused. */
#include "api/ttcloud/client-many.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"
#include "tests/unit/ttcloud/objects-samples.h"

#include <string.h>

#define NONCE "0123456789abcdefABCDEF"
#define KEY "key-00000001"
#define ACCOUNT "/v1/account"

static const TtecommLimits limits = { 10000, 10000, 15000, 1024 * 1024 };

#define OTHER_NONCE "abcdef0123456789ABCDEF"

static const TtecommServiceFlagItem two_items[]
    = { { "inst-1", NONCE }, { "inst-2", OTHER_NONCE } };

static const TtecommQuoteRequestLine one_line[]
    = { { TTECOMM_QUOTE_ACTION_BUY, "inst-1", "TSF16100", NULL } };

typedef enum
{
  OP_ACCOUNT,
  OP_INSTALLATION,
  OP_INSTALLATIONS,
  OP_SERVICE_FLAG,
  OP_SERVICE_FLAGS,
  OP_KEYS,
  OP_CATALOGUE,
  OP_QUOTE,
  OP_ORDER,
  OP_ORDER_STATE,
  OP_ORDERS,
  OP_CANCEL_ORDER,
  N_OPS
} Op;

static void
start (CloudFixture *self, Op op, GCancellable *cancellable, GAsyncResult **result)
{
  TtecommClient *client = self->client;

  switch (op)
    {
    case OP_ACCOUNT:
      ttecomm_client_account_async (client, &limits, cancellable, test_store_result, result);
      break;
    case OP_INSTALLATION:
      ttecomm_client_installation_async (client, "inst-1", &limits, cancellable, test_store_result,
                                         result);
      break;
    case OP_INSTALLATIONS:
      ttecomm_client_installations_async (client, "Y3Vyc29y", 50, &limits, cancellable,
                                          test_store_result, result);
      break;
    case OP_SERVICE_FLAGS:
      ttecomm_client_service_flags_async (client, two_items, 2, &limits, cancellable,
                                          test_store_result, result);
      break;
    case OP_SERVICE_FLAG:
      ttecomm_client_service_flag_async (client, "inst-1", NONCE, &limits, cancellable,
                                         test_store_result, result);
      break;
    case OP_KEYS:
      ttecomm_client_keys_async (client, &limits, cancellable, test_store_result, result);
      break;
    case OP_CATALOGUE:
      ttecomm_client_catalogue_async (client, &limits, cancellable, test_store_result, result);
      break;
    case OP_QUOTE:
      ttecomm_client_quote_async (client, one_line, 1, &limits, cancellable, test_store_result,
                                  result);
      break;
    case OP_ORDER:
      ttecomm_client_order_async (client, "quote-0001", "2026-01", "PO \"1\"", KEY, &limits,
                                  cancellable, test_store_result, result);
      break;
    case OP_ORDER_STATE:
      ttecomm_client_order_state_async (client, "order-1", 20, &limits, cancellable,
                                        test_store_result, result);
      break;
    case OP_ORDERS:
      ttecomm_client_orders_async (client, TTECOMM_ORDER_STATE_PENDING, &limits, cancellable,
                                   test_store_result, result);
      break;
    case OP_CANCEL_ORDER:
      ttecomm_client_cancel_order_async (client, "order-1", KEY, &limits, cancellable,
                                         test_store_result, result);
      break;
    case N_OPS:
    default:
      g_assert_not_reached ();
    }
}

#define FINISH(type, call)                                                                         \
  {                                                                                                \
    g_autoptr (type) got = (call);                                                                 \
    return got != NULL;                                                                            \
  }

static gboolean
finish (CloudFixture *self, Op op, GAsyncResult *result, GError **error)
{
  TtecommClient *client = self->client;

  switch (op)
    {
    case OP_ACCOUNT:
      FINISH (TtecommAccount, ttecomm_client_account_finish (client, result, error));
    case OP_INSTALLATION:
      FINISH (TtecommInstallationInfo, ttecomm_client_installation_finish (client, result, error));
    case OP_INSTALLATIONS:
      FINISH (TtecommInstallationPage, ttecomm_client_installations_finish (client, result, error));
    case OP_SERVICE_FLAGS:
      {
        g_auto (GStrv) got = ttecomm_client_service_flags_finish (client, result, NULL, error);

        return got != NULL && g_strcmp0 (got[0], "a.b.c") == 0 && g_strcmp0 (got[1], "d.e.f") == 0
               && got[2] == NULL;
      }
    case OP_SERVICE_FLAG:
      {
        g_autofree char *got = ttecomm_client_service_flag_finish (client, result, NULL, error);

        return g_strcmp0 (got, "a.b.c") == 0;
      }
    case OP_KEYS:
      {
        g_autofree char *got = ttecomm_client_keys_finish (client, result, error);

        return g_strcmp0 (got, "a.b.c") == 0;
      }
    case OP_CATALOGUE:
      FINISH (TtecommCatalogue, ttecomm_client_catalogue_finish (client, result, error));
    case OP_QUOTE:
      FINISH (TtecommQuote, ttecomm_client_quote_finish (client, result, error));
    case OP_ORDER:
      FINISH (TtecommOrder, ttecomm_client_order_finish (client, result, error));
    case OP_ORDER_STATE:
      FINISH (TtecommOrder, ttecomm_client_order_state_finish (client, result, error));
    case OP_ORDERS:
      FINISH (GPtrArray, ttecomm_client_orders_finish (client, result, error));
    case OP_CANCEL_ORDER:
      FINISH (TtecommOrder, ttecomm_client_cancel_order_finish (client, result, error));
    case N_OPS:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
call (CloudFixture *self, Op op, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (self, op, NULL, &result);
  test_await (&result);
  return finish (self, op, result, error);
}

static void
assert_fails (CloudFixture *self, Op op, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (call (self, op, &error));
  g_assert_error (error, TTECOMM_CLOUD_ERROR, code);
}

static void
assert_succeeds (CloudFixture *self, Op op)
{
  g_autoptr (GError) error = NULL;
  gboolean good = call (self, op, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

typedef struct
{
  const char *name;
  Op op;
  const char *request; /* how it begins */
  const char *body;    /* NULL: none */
  const char *key;     /* NULL: none */
  const char *target;  /* a prefix, for special answers */
} OpRow;

static const OpRow ops[] = {
  { "account", OP_ACCOUNT, "GET /v1/account HTTP", NULL, NULL, ACCOUNT },
  { "installation", OP_INSTALLATION, "GET /v1/installations/inst-1 HTTP", NULL, NULL,
    "/v1/installations/" },
  { "installations", OP_INSTALLATIONS, "GET /v1/installations?limit=50&cursor=Y3Vyc29y HTTP", NULL,
    NULL, "/v1/installations?" },
  { "service-flags", OP_SERVICE_FLAGS, "POST /v1/service-flags HTTP",
    "{\"items\":[{\"installation\":\"inst-1\",\"nonce\":\"" NONCE
    "\"},{\"installation\":\"inst-2\",\"nonce\":\"" OTHER_NONCE "\"}]}",
    NULL, "/v1/service-flags" },
  { "service-flag", OP_SERVICE_FLAG, "POST /v1/service-flag HTTP",
    "{\"installation\":\"inst-1\",\"nonce\":\"" NONCE "\"}", NULL, "/v1/service-flag" },
  { "keys", OP_KEYS, "GET /v1/keys HTTP", NULL, NULL, "/v1/keys" },
  { "catalogue", OP_CATALOGUE, "GET /v1/catalogue HTTP", NULL, NULL, "/v1/catalogue" },
  { "quote", OP_QUOTE, "POST /v1/quotes HTTP",
    "{\"lines\":[{\"action\":\"buy\",\"installation\":\"inst-1\",\"service\":\"TSF16100\"}]}", NULL,
    "/v1/quotes" },
  { "order", OP_ORDER, "POST /v1/orders HTTP",
    "{\"quote_id\":\"quote-0001\",\"accept_terms\":\"2026-01\",\"po_reference\":\"PO \\\"1\\\"\"}",
    KEY, "/v1/orders" },
  { "order-state", OP_ORDER_STATE, "GET /v1/orders/order-1?wait=20 HTTP", NULL, NULL,
    "/v1/orders/" },
  { "orders", OP_ORDERS, "GET /v1/orders?state=pending HTTP", NULL, NULL, "/v1/orders?" },
  { "cancel-order", OP_CANCEL_ORDER, "POST /v1/orders/order-1/cancel HTTP", "{}", KEY,
    "/v1/orders/" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (ops) == N_OPS);

static void
test_request (CloudFixture *self, gconstpointer data)
{
  const OpRow *row = data;
  g_autofree char *request = NULL;

  cloud_fixture_restore (self, TRUE);
  assert_succeeds (self, row->op);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 1);
  request = cloud_fixture_last (self, row->request);
  if (row->body != NULL)
    {
      g_assert_true (g_str_has_suffix (request, row->body));
      g_assert_nonnull (strstr (request, "Content-Type: application/json\r\n"));
    }
  else
    g_assert_true (g_str_has_suffix (request, "\r\n\r\n"));
  g_assert_cmpint (strstr (request, "Idempotency-Key: " KEY "\r\n") != NULL, ==, row->key != NULL);
  g_assert_cmpint (strstr (request, "Authorization: Bearer access-1\r\n") != NULL, ==,
                   row->op != OP_KEYS);
}

/* A 401 renews the token once and repeats the call once, with the same key. */
static void
test_renewed (CloudFixture *self, gconstpointer data)
{
  const OpRow *row = data;
  g_autofree char *request = NULL;

  cloud_fixture_restore (self, TRUE);
  self->n_tokens = 5; /* TTcloud no longer takes access-1 */
  assert_succeeds (self, row->op);
  if (row->op == OP_KEYS)
    return;
  g_assert_cmpuint (cloud_fixture_count (self, row->request), ==, 2);
  g_assert_cmpuint (cloud_fixture_count (self, "POST /oauth/token"), ==, 1);
  request = cloud_fixture_last (self, row->request);
  g_assert_nonnull (strstr (request, "Authorization: Bearer access-6\r\n"));
  g_assert_cmpint (strstr (request, "Idempotency-Key: " KEY "\r\n") != NULL, ==, row->key != NULL);
}

static void
test_refused_twice (CloudFixture *self, gconstpointer data)
{
  const OpRow *row = data;
  const CloudAnswer answers[] = { { row->target, 401, "text/html", "<p>", 99, FALSE }, { NULL } };

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  assert_fails (self, row->op, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_cmpuint (cloud_fixture_count (self, row->request), ==, row->op == OP_KEYS ? 1 : 2);
  g_assert_cmpuint (cloud_fixture_count (self, "POST /oauth/token"), ==,
                    row->op == OP_KEYS ? 0 : 1);
  cloud_fixture_set_answers (self, NULL);
}

static void
test_signed_out (CloudFixture *self, gconstpointer data)
{
  const OpRow *row = data;

  if (row->op == OP_KEYS)
    assert_succeeds (self, row->op);
  else
    {
      assert_fails (self, row->op, TTECOMM_CLOUD_ERROR_SIGN_IN);
      g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
    }
}

static void
test_odd_answers (CloudFixture *self, gconstpointer data)
{
  const OpRow *row = data;
  const struct
  {
    guint status;
    const char *type;
    const char *body;
    int code;
  } odd[] = {
    { 200, NULL, "{}", TTECOMM_CLOUD_ERROR_ALTERED },
    { 200, NULL, "{\"server_today\":\"2026-09-18\"}", TTECOMM_CLOUD_ERROR_ALTERED },
    { 200, NULL, "[]", TTECOMM_CLOUD_ERROR_ALTERED },
    { 200, "text/html", "<p>", TTECOMM_CLOUD_ERROR_PORTAL },
    { 403, "text/html", "<p>", TTECOMM_CLOUD_ERROR_REFUSED },
    { 429, "text/html", "<p>", TTECOMM_CLOUD_ERROR_BUSY },
    { 500, "text/html", "<p>", TTECOMM_CLOUD_ERROR_BUSY },
  };

  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      const CloudAnswer answers[]
          = { { row->target, odd[i].status, odd[i].type, odd[i].body, 99, FALSE }, { NULL } };

      cloud_fixture_set_answers (self, answers);
      assert_fails (self, row->op, odd[i].code);
      cloud_fixture_set_answers (self, NULL);
    }
}

static void
test_cancelled (CloudFixture *self, gconstpointer data)
{
  const OpRow *row = data;
  const CloudAnswer answers[] = { { row->target, 0, NULL, NULL, 99, TRUE }, { NULL } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  start (self, row->op, cancellable, &result);
  g_cancellable_cancel (cancellable);
  test_await (&result);
  g_assert_false (finish (self, row->op, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  cloud_fixture_set_answers (self, NULL);
}

/* --- an answer about something else, and links elsewhere --- */

typedef struct
{
  const char *name;
  Op op;
  CloudAnswer answer;
  int code;
} WrongRow;

#define EVIL "https://evil.test"

static const WrongRow wrongs[] = {
  { "account-link",
    OP_ACCOUNT,
    { ACCOUNT, 200, NULL, SAMPLE_ACCOUNT (EVIL), 1, FALSE },
    TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "account-script",
    OP_ACCOUNT,
    { ACCOUNT, 200, NULL, SAMPLE_ACCOUNT ("javascript:alert(1)"), 1, FALSE },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "catalogue-link",
    OP_CATALOGUE,
    { "/v1/catalogue", 200, NULL, SAMPLE_CATALOGUE (EVIL), 1, FALSE },
    TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "quote-link",
    OP_QUOTE,
    { "/v1/quotes", 200, NULL, SAMPLE_QUOTE (EVIL, "\"quote-0001\"", ""), 1, FALSE },
    TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "order-link",
    OP_ORDER,
    { "/v1/orders", 201, NULL, SAMPLE_ORDER (EVIL, "order-1", KEY, "pending"), 1, FALSE },
    TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "orders-link",
    OP_ORDERS,
    { "/v1/orders", 200, NULL,
      "{\"server_today\":\"2026-09-18\",\"orders\":[" SAMPLE_ORDER (
          CLOUD_WEB,
          "order-1",
          KEY,
          "pending") "," SAMPLE_ORDER (EVIL, "order-2", KEY, "pending") "]}",
      1, FALSE },
    TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "order-key",
    OP_ORDER,
    { "/v1/orders", 201, NULL, SAMPLE_ORDER (CLOUD_WEB, "order-1", "key-00000002", "pending"), 1,
      FALSE },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "order-state-id",
    OP_ORDER_STATE,
    { "/v1/orders", 200, NULL, SAMPLE_ORDER (CLOUD_WEB, "order-2", KEY, "paid"), 1, FALSE },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "cancel-id",
    OP_CANCEL_ORDER,
    { "/v1/orders", 200, NULL, SAMPLE_ORDER (CLOUD_WEB, "order-2", KEY, "cancelled"), 1, FALSE },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "orders-state",
    OP_ORDERS,
    { "/v1/orders", 200, NULL,
      "{\"server_today\":\"2026-09-18\",\"orders\":[" SAMPLE_ORDER (CLOUD_WEB,
                                                                    "order-1",
                                                                    KEY,
                                                                    "paid") "]}",
      1, FALSE },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "installation-id",
    OP_INSTALLATION,
    { "/v1/installations/", 200, NULL,
      "{\"server_today\":\"2026-09-18\",\"id\":\"inst-2\",\"name\":\"x\",\"connected\":true,"
      "\"role\":\"owner\",\"si_access\":true,\"prosoft\":\"5.1\",\"subscriptions\":[]}",
      1, FALSE },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "statement-long",
    OP_SERVICE_FLAG,
    { "/v1/service-flag", 200, NULL,
      "{\"server_today\":\"2026-09-18\",\"statement\":\"not base64url!\"}", 1, FALSE },
    TTECOMM_CLOUD_ERROR_ALTERED },
};

static void
test_wrong (CloudFixture *self, gconstpointer data)
{
  const WrongRow *row = data;
  const CloudAnswer answers[] = { row->answer, { NULL } };

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  assert_fails (self, row->op, row->code);
  cloud_fixture_set_answers (self, NULL);
  assert_succeeds (self, row->op);
}

static void
test_quote_of_other_lines (CloudFixture *self, gconstpointer data)
{
  const TtecommQuoteRequestLine rows[][2] = {
    { { TTECOMM_QUOTE_ACTION_DEACTIVATE, "inst-1", "RS", NULL } },
    { { TTECOMM_QUOTE_ACTION_BUY, "inst-2", "RS", NULL } },
    { { TTECOMM_QUOTE_ACTION_BUY, "inst-1", "RS", NULL },
      { TTECOMM_QUOTE_ACTION_BUY, "inst-1", "VC", NULL } },
  };

  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      ttecomm_client_quote_async (self->client, rows[i], rows[i][1].service != NULL ? 2 : 1,
                                  &limits, NULL, test_store_result, &result);
      test_await (&result);
      g_assert_null (ttecomm_client_quote_finish (self->client, result, &error));
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
    }
}

/* --- what is never sent --- */

static void
test_bad_ids (CloudFixture *self, gconstpointer data)
{
  static const char *const ids[]
      = { "",         ".",
          "..",       "a/b",
          "a%2fb",    "a?b",
          "a b",      "a\nb",
          "\xc3\xa9", "01234567890123456789012345678901234567890123456789012345678901234" };

  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GAsyncResult *results[5] = { NULL };
      const TtecommQuoteRequestLine line = { TTECOMM_QUOTE_ACTION_BUY, ids[i], "RS", NULL };

      g_assert_false (ttecomm_client_is_id (ids[i]));
      ttecomm_client_installation_async (self->client, ids[i], &limits, NULL, test_store_result,
                                         &results[0]);
      ttecomm_client_service_flag_async (self->client, ids[i], NONCE, &limits, NULL,
                                         test_store_result, &results[1]);
      ttecomm_client_order_state_async (self->client, ids[i], 0, &limits, NULL, test_store_result,
                                        &results[2]);
      ttecomm_client_cancel_order_async (self->client, ids[i], KEY, &limits, NULL,
                                         test_store_result, &results[3]);
      ttecomm_client_quote_async (self->client, &line, 1, &limits, NULL, test_store_result,
                                  &results[4]);
      for (gsize j = 0; j < G_N_ELEMENTS (results); j++)
        {
          const Op bad[]
              = { OP_INSTALLATION, OP_SERVICE_FLAG, OP_ORDER_STATE, OP_CANCEL_ORDER, OP_QUOTE };
          g_autoptr (GError) error = NULL;

          test_await (&results[j]);
          g_assert_false (finish (self, bad[j], results[j], &error));
          g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
          g_object_unref (results[j]);
        }
    }
  g_assert_false (ttecomm_client_is_id (NULL));
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

typedef struct
{
  const char *quote_id;
  const char *terms;
  const char *po;
  const char *key;
} OrderRow;

static void
test_bad_orders (CloudFixture *self, gconstpointer data)
{
  static const OrderRow rows[] = {
    { "short", "2026-01", NULL, KEY },
    { NULL, "2026-01", NULL, KEY },
    { "quote-0001", NULL, NULL, KEY },
    { "quote-0001", "2026-01", NULL, NULL },
    { "quote-0001", "2026-01", NULL, "short" },
    { "quote-0001", "2026-01", NULL, "with space" },
    { "quote-0001", "2026-01", NULL, "key-00000001\r\nX: y" },
    { "quote-0001", "2026-01", "01234567890123456789012345678901234567890123456789012345678901234",
      KEY },
    { "quote-0001", "2026-01", "\xff", KEY },
  };

  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      ttecomm_client_order_async (self->client, rows[i].quote_id, rows[i].terms, rows[i].po,
                                  rows[i].key, &limits, NULL, test_store_result, &result);
      test_await (&result);
      g_assert_null (ttecomm_client_order_finish (self->client, result, &error));
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
    }
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

static void
test_bad_quotes (CloudFixture *self, gconstpointer data)
{
  g_autofree TtecommQuoteRequestLine *many = g_new (TtecommQuoteRequestLine, 501);
  const TtecommQuoteRequestLine no_service = { TTECOMM_QUOTE_ACTION_BUY, "inst-1", NULL, NULL };
  const TtecommQuoteRequestLine odd_action = { (TtecommQuoteAction)77, "inst-1", "RS", NULL };
  const struct
  {
    const TtecommQuoteRequestLine *lines;
    gsize n;
  } rows[] = { { one_line, 0 }, { many, 501 }, { &no_service, 1 }, { &odd_action, 1 } };

  for (guint i = 0; i < 501; i++)
    many[i] = one_line[0];
  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      ttecomm_client_quote_async (self->client, rows[i].lines, rows[i].n, &limits, NULL,
                                  test_store_result, &result);
      test_await (&result);
      g_assert_null (ttecomm_client_quote_finish (self->client, result, &error));
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
    }
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

/* --- dates, accounts, problems, timings --- */

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
}

static void
assert_today (CloudFixture *self, GDateDay day)
{
  g_autoptr (GDate) today = NULL;

  g_object_get (self->client, "server-today", &today, NULL);
  g_assert_nonnull (today);
  g_assert_cmpint (g_date_get_day (today), ==, day);
  g_assert_cmpint (g_date_compare (today, ttecomm_client_get_server_today (self->client)), ==, 0);
}

static void
test_server_today (CloudFixture *self, gconstpointer data)
{
  const CloudAnswer tomorrow[] = {
    { ACCOUNT, 404, NULL,
      "{\"type\":\"urn:ttecomm:problem:not_found\",\"title\":\"No\",\"status\":404,"
      "\"server_today\":\"2026-09-19\"}",
      1, FALSE },
    { ACCOUNT, 200, "text/html", "{\"server_today\":\"2026-09-25\"}", 1, FALSE },
    { ACCOUNT, 200, NULL, "{\"server_today\":\"2026-02-30\"}", 1, FALSE },
    { NULL },
  };
  guint n = 0;

  g_assert_null (ttecomm_client_get_server_today (self->client));
  g_signal_connect (self->client, "notify::server-today", G_CALLBACK (count_cb), &n);
  cloud_fixture_restore (self, TRUE);
  assert_succeeds (self, OP_KEYS);
  assert_today (self, 18);
  assert_succeeds (self, OP_CATALOGUE);
  g_assert_cmpuint (n, ==, 1);

  cloud_fixture_set_answers (self, tomorrow);
  assert_fails (self, OP_ACCOUNT, TTECOMM_CLOUD_ERROR_PROBLEM);
  assert_today (self, 19);
  assert_fails (self, OP_ACCOUNT, TTECOMM_CLOUD_ERROR_PORTAL);
  assert_fails (self, OP_ACCOUNT, TTECOMM_CLOUD_ERROR_ALTERED);
  assert_today (self, 19);
  g_assert_cmpuint (n, ==, 2);
  cloud_fixture_set_answers (self, NULL);
}

static void
test_account_is_told (CloudFixture *self, gconstpointer data)
{
  cloud_fixture_restore (self, TRUE);
  assert_succeeds (self, OP_ACCOUNT);
  g_assert_cmpstr (ttecomm_sign_in_get_account_id (self->sign_in), ==, "acct-1");
  g_assert_cmpstr (ttecomm_sign_in_get_email (self->sign_in), ==, "jan@example.test");
  while (g_main_context_iteration (NULL, FALSE)) /* the store is compared first */
    continue;
  g_assert_nonnull (strstr (fake_store_peek (self->store), "acct-1"));
  assert_succeeds (self, OP_ACCOUNT);
  g_assert_cmpuint (self->n_changed, ==, 2); /* restored, then told once */
}

static void
test_problem (CloudFixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = {
    { "/v1/orders", 409, NULL,
      "{\"type\":\"urn:ttecomm:problem:quote_changed\",\"title\":\"Changed\",\"status\":409}", 1,
      FALSE },
    { NULL },
  };
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  g_assert_false (call (self, OP_ORDER, &error));
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmpint (ttecomm_cloud_error_get_problem (error)->name, ==,
                   TTECOMM_PROBLEM_QUOTE_CHANGED);
  g_assert_cmpuint (ttecomm_cloud_error_get_status (error), ==, 409);
  cloud_fixture_set_answers (self, NULL);
}

static void
test_timings (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *statement = NULL;
  TtecommTimings timings = TTECOMM_TIMINGS_NONE;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  start (self, OP_SERVICE_FLAG, NULL, &result);
  test_await (&result);
  statement = ttecomm_client_service_flag_finish (self->client, result, &timings, &error);
  g_assert_no_error (error);
  g_assert_cmpint (timings.tls_ms, >=, 0);
  g_assert_cmpint (timings.total_ms, >=, timings.tls_ms);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "client", name, CloudFixture, data, cloud_fixture_set_up, func,    \
                       cloud_fixture_tear_down)
#define ADD_ROWS(rows, prefix, func)                                                               \
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)                                                  \
    {                                                                                              \
      g_autofree char *name = g_strconcat (prefix, rows[i].name, NULL);                            \
      ADD (name, &rows[i], func);                                                                  \
    }
  ADD_ROWS (ops, "request-", test_request);
  ADD_ROWS (ops, "renewed-", test_renewed);
  ADD_ROWS (ops, "refused-twice-", test_refused_twice);
  ADD_ROWS (ops, "signed-out-", test_signed_out);
  ADD_ROWS (ops, "odd-answers-", test_odd_answers);
  ADD_ROWS (ops, "cancelled-", test_cancelled);
  ADD_ROWS (wrongs, "wrong-", test_wrong);
  ADD ("quote-of-other-lines", NULL, test_quote_of_other_lines);
  ADD ("bad-ids", NULL, test_bad_ids);
  ADD ("bad-orders", NULL, test_bad_orders);
  ADD ("bad-quotes", NULL, test_bad_quotes);
  ADD ("server-today", NULL, test_server_today);
  ADD ("account-is-told", NULL, test_account_is_told);
  ADD ("problem", NULL, test_problem);
  ADD ("timings", NULL, test_timings);
}

HARNESS_MAIN (register_tests)
