/* SPDX-License-Identifier: MIT */
/* The way through the browser: RFC 6749, 7636 and 8252, and what may come back instead. */
#include "api/ttcloud/pkce.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"

#include <string.h>

#define START "POST /oauth/token"

static void
start (CloudFixture *self, GCancellable *cancellable, GAsyncResult **result)
{
  guint n = self->n_opened;

  ttecomm_sign_in_start_async (self->sign_in, &cloud_pages, cancellable, test_store_result, result);
  cloud_fixture_wait_opened (self, n + 1);
}

static void
assert_fails (CloudFixture *self, GAsyncResult **result, int code)
{
  g_autoptr (GError) error = NULL;

  test_await (result);
  g_assert_false (ttecomm_sign_in_start_finish (self->sign_in, *result, &error));
  g_assert_error (error, TTECOMM_CLOUD_ERROR, code);
}

static void
assert_succeeds (CloudFixture *self, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  test_await (result);
  g_assert_true (ttecomm_sign_in_start_finish (self->sign_in, *result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_IN);
}

static void
assert_parameter (CloudFixture *self, const char *name, const char *expected)
{
  g_autofree char *value = cloud_fixture_opened_parameter (self, name);

  g_assert_cmpstr (value, ==, expected);
}

/* The challenge that the browser carried is that of the verifier that was posted. */
static void
assert_pkce (CloudFixture *self, const char *form)
{
  g_autofree char *verifier = g_strdup (strstr (form, "&code_verifier=") + 15);
  g_autofree char *challenge = ttecomm_pkce_challenge (g_strdelimit (verifier, "&", '\0'));

  assert_parameter (self, "code_challenge", challenge);
  assert_parameter (self, "code_challenge_method", "S256");
}

static void
test_through_the_browser (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *page = NULL;
  g_autofree char *request = NULL;
  g_autofree char *redirect = NULL;
  g_autofree char *escaped = NULL;

  start (self, NULL, &result);
  g_assert_true (g_str_has_prefix (self->opened, CLOUD_WEB "/authorize?"));
  assert_parameter (self, "response_type", "code");
  assert_parameter (self, "client_id", "prosoft-ttecomm");
  assert_parameter (self, "scope", "openid email offline_access ttcloud");
  assert_parameter (self, "ui_locales", "en");
  redirect = cloud_fixture_opened_parameter (self, "redirect_uri");
  g_assert_true (g_str_has_prefix (redirect, "http://127.0.0.1:"));

  page = cloud_fixture_visit (self, "code=c%2Fde&state=STATE");
  assert_succeeds (self, &result);
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (page, "<html lang=\"en\">"));
  g_assert_nonnull (strstr (page, "Done &amp; dusted"));
  g_assert_nonnull (strstr (page, "You can close this window."));
  g_assert_nonnull (strstr (page, "Content-Security-Policy: default-src 'none'"));
  g_assert_nonnull (strstr (page, "Cache-Control: no-store"));

  request = cloud_fixture_last (self, START);
  escaped = g_uri_escape_string (redirect, NULL, FALSE);
  g_assert_nonnull (strstr (request, "grant_type=authorization_code"));
  g_assert_nonnull (strstr (request, "client_id=prosoft-ttecomm"));
  g_assert_nonnull (strstr (request, "&code=c%2Fde&"));
  g_assert_nonnull (strstr (request, escaped));
  assert_pkce (self, request);
  g_assert_nonnull (strstr (fake_store_peek (self->store), "refresh-1"));
  g_assert_cmpuint (self->n_changed, ==, 1);
}

/* State, verifier and port are new each time. */
static void
test_nothing_is_used_twice (CloudFixture *self, gconstpointer data)
{
  static const char *const names[] = { "state", "code_challenge" };
  char *first[G_N_ELEMENTS (names)] = { NULL };

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *page = NULL;

      start (self, NULL, &result);
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *value = cloud_fixture_opened_parameter (self, names[i]);

          g_assert_cmpuint (strlen (value), ==, 43);
          g_assert_cmpstr (value, !=, first[i]);
          if (round == 0)
            first[i] = g_steal_pointer (&value);
        }
      page = cloud_fixture_visit (self, "code=c&state=STATE");
      assert_succeeds (self, &result);
    }
  g_free (first[0]);
  g_free (first[1]);
}

typedef struct
{
  const char *name;
  const char *query; /* or, with `raw`, the whole request */
  gboolean raw;
} StrangerRow;

static const StrangerRow strangers[] = {
  { "wrong-state", "code=evil&state=wrong", FALSE },
  { "no-state", "code=evil", FALSE },
  { "empty-state", "code=evil&state=", FALSE },
  { "state-twice", "code=evil&state=STATE&state=STATE", FALSE },
  { "code-twice", "code=evil&code=c&state=STATE", FALSE },
  { "longer-state", "code=evil&state=STATEx", FALSE },
  { "no-equals", "code=evil&state=STATE&x", FALSE },
  { "bad-escape", "code=evil%2&state=STATE", FALSE },
  { "not-utf-8", "code=%ff&state=STATE", FALSE },
  { "error-wrong-state", "error=access_denied&state=wrong", FALSE },
  { "other-path", "GET /favicon.ico HTTP/1.1\r\nHost: HOST\r\n\r\n", TRUE },
  { "post", "POST /callback?code=evil HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n", TRUE },
  { "no-query", "GET /callback HTTP/1.1\r\nHost: HOST\r\n\r\n", TRUE },
  { "no-host", "GET /callback?code=evil&state=x HTTP/1.1\r\n\r\n", TRUE },
  { "garbage", "\x16\x03\x01\r\n\r\n", TRUE },
};

/* Whoever else finds the port gets a 404, and the person's sign-in goes on. */
static void
test_stranger (CloudFixture *self, gconstpointer data)
{
  const StrangerRow *row = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *page = NULL;
  g_autofree char *right = NULL;

  start (self, NULL, &result);
  page = row->raw ? cloud_fixture_visit_raw (self, row->query)
                  : cloud_fixture_visit (self, row->query);
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 404 "));
  g_assert_nonnull (strstr (page, "There is nothing here."));
  g_assert_null (result);
  g_assert_cmpuint (cloud_fixture_count (self, START), ==, 0);

  right = cloud_fixture_visit (self, "code=c&state=STATE");
  g_assert_true (g_str_has_prefix (right, "HTTP/1.1 200 "));
  assert_succeeds (self, &result);
}

/* The right state from a page whose name was bent to this PC. */
static void
test_foreign_host (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *state = NULL;
  g_autofree char *request = NULL;
  g_autofree char *page = NULL;
  g_autofree char *right = NULL;

  start (self, NULL, &result);
  state = cloud_fixture_opened_parameter (self, "state");
  request = g_strdup_printf ("GET /callback?code=evil&state=%s HTTP/1.1\r\nHost: evil.test\r\n\r\n",
                             state);
  page = cloud_fixture_visit_raw (self, request);
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 404 "));
  right = cloud_fixture_visit (self, "code=c&state=STATE");
  assert_succeeds (self, &result);
}

static void
test_long_head (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *junk = g_strnfill (64 * 1024, 'x');
  g_autofree char *request
      = g_strconcat ("GET /callback?code=evil HTTP/1.1\r\nHost: HOST\r\nX: ", junk, NULL);
  g_autofree char *page = NULL;
  g_autofree char *right = NULL;

  start (self, NULL, &result);
  page = cloud_fixture_visit_raw (self, request);
  g_assert_null (strstr (page, " 200 "));
  g_assert_null (result);
  right = cloud_fixture_visit (self, "code=c&state=STATE");
  assert_succeeds (self, &result);
}

static void
test_answers_once (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *page = NULL;
  g_autofree char *again = NULL;

  start (self, NULL, &result);
  page = cloud_fixture_visit (self, "code=c&state=STATE");
  again = cloud_fixture_visit (self, "code=evil&state=STATE");
  g_assert_cmpstr (again, ==, "");
  assert_succeeds (self, &result);
  g_assert_cmpuint (cloud_fixture_count (self, START), ==, 1);
}

typedef struct
{
  const char *name;
  const char *query;
  int code;
} RefusedRow;

static const RefusedRow refused[] = {
  { "denied", "error=access_denied&state=STATE", TTECOMM_CLOUD_ERROR_DENIED },
  { "denied-with-code", "code=c&error=access_denied&state=STATE", TTECOMM_CLOUD_ERROR_DENIED },
  { "server-error", "error=server_error&state=STATE", TTECOMM_CLOUD_ERROR_BUSY },
  { "unavailable", "error=temporarily_unavailable&state=STATE", TTECOMM_CLOUD_ERROR_BUSY },
  { "other-error", "error=invalid_scope&state=STATE", TTECOMM_CLOUD_ERROR_REFUSED },
  { "odd-error", "error=%3Cscript%3E&state=STATE", TTECOMM_CLOUD_ERROR_ALTERED },
  { "no-code", "state=STATE", TTECOMM_CLOUD_ERROR_ALTERED },
  { "empty-code", "code=&state=STATE", TTECOMM_CLOUD_ERROR_ALTERED },
  { "odd-code", "code=a%0d%0ab&state=STATE", TTECOMM_CLOUD_ERROR_ALTERED },
};

static void
test_refused (CloudFixture *self, gconstpointer data)
{
  const RefusedRow *row = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *page = NULL;

  start (self, NULL, &result);
  page = cloud_fixture_visit (self, row->query);
  g_assert_nonnull (strstr (page, "It did not work."));
  g_assert_null (strstr (page, "<script>"));
  assert_fails (self, &result, row->code);
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_OUT);
  g_assert_cmpuint (cloud_fixture_count (self, START), ==, 0);
}

/* The time may be up before the browser was asked for, where everything is slow. */
static void
test_nobody_comes (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  ttecomm_sign_in_set_timeout (self->sign_in, 500);
  ttecomm_sign_in_start_async (self->sign_in, &cloud_pages, NULL, test_store_result, &result);
  assert_fails (self, &result, TTECOMM_CLOUD_ERROR_EXPIRED);
}

static void
test_cancelled (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;

  start (self, cancellable, &result);
  g_cancellable_cancel (cancellable);
  test_await (&result);
  g_assert_false (ttecomm_sign_in_start_finish (self->sign_in, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  page = cloud_fixture_visit (self, "code=c&state=STATE");
  g_assert_cmpstr (page, ==, "");
}

static void
test_second_replaces_first (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autofree char *page = NULL;

  start (self, NULL, &first);
  start (self, NULL, &second);
  assert_fails (self, &first, TTECOMM_CLOUD_ERROR_REPLACED);
  page = cloud_fixture_visit (self, "code=c&state=STATE");
  assert_succeeds (self, &second);
}

static void
test_sign_out_stops_it (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) end = NULL;
  g_autoptr (GError) error = NULL;

  start (self, NULL, &first);
  ttecomm_sign_in_end_async (self->sign_in, NULL, test_store_result, &end);
  assert_fails (self, &first, TTECOMM_CLOUD_ERROR_REPLACED);
  test_await (&end);
  g_assert_true (ttecomm_sign_in_end_finish (self->sign_in, end, &error));
}

static gboolean
has_revoked (gpointer data)
{
  return cloud_fixture_count (data, "POST /oauth/revoke") == 1;
}

/* The account before stays until the new one is there; then its tokens are revoked. */
static void
test_replaces_an_account (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) failed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *page = NULL;
  g_autofree char *other_page = NULL;
  g_autofree char *request = NULL;

  cloud_fixture_restore (self, TRUE);
  start (self, NULL, &failed);
  page = cloud_fixture_visit (self, "error=access_denied&state=STATE");
  assert_fails (self, &failed, TTECOMM_CLOUD_ERROR_DENIED);
  g_assert_cmpstr (ttecomm_sign_in_get_account_id (self->sign_in), ==, "acct-0");

  start (self, NULL, &result);
  other_page = cloud_fixture_visit (self, "code=c&state=STATE");
  assert_succeeds (self, &result);
  g_assert_null (ttecomm_sign_in_get_account_id (self->sign_in));
  g_assert_true (harness_wait_until (has_revoked, self, 20000));
  request = cloud_fixture_last (self, "POST /oauth/revoke");
  g_assert_nonnull (strstr (request, "token=refresh-1"));
}

typedef struct
{
  const char *name;
  CloudAnswer answers[2];
  int code;
  gboolean opens;
} CloudRow;

#define DISCOVERY "/.well-known/openid-configuration"
#define TOKEN "/oauth/token"

static const CloudRow clouds[] = {
  { "code-refused",
    { { TOKEN, 400, "application/json", "{\"error\":\"invalid_grant\"}", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_SIGN_IN,
    TRUE },
  { "client-refused",
    { { TOKEN, 401, "application/json", "{\"error\":\"invalid_client\"}", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_SIGN_IN,
    TRUE },
  { "request-refused",
    { { TOKEN, 400, "application/json", "{\"error\":\"invalid_request\"}", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_REFUSED,
    TRUE },
  { "tokens-busy", { { TOKEN, 503, NULL, "{}", 9, FALSE } }, TTECOMM_CLOUD_ERROR_BUSY, TRUE },
  { "tokens-odd",
    { { TOKEN, 200, NULL, "{\"access_token\":\"a\"}", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_ALTERED,
    TRUE },
  { "tokens-page",
    { { TOKEN, 200, "text/html", "<p>", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_PORTAL,
    TRUE },
  { "discovery-odd",
    { { DISCOVERY, 200, NULL, "{}", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_ALTERED,
    FALSE },
  { "discovery-page",
    { { DISCOVERY, 200, "text/html", "<p>", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_PORTAL,
    FALSE },
  { "discovery-not-there",
    { { DISCOVERY, 404, "text/html", "<p>", 9, FALSE } },
    TTECOMM_CLOUD_ERROR_REFUSED,
    FALSE },
};

/* A server that does not play its part; and that the next try works (no error is kept). */
static void
test_cloud (CloudFixture *self, gconstpointer data)
{
  const CloudRow *row = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autofree char *page = NULL;
  g_autofree char *right = NULL;

  cloud_fixture_set_answers (self, row->answers);
  ttecomm_sign_in_start_async (self->sign_in, &cloud_pages, NULL, test_store_result, &result);
  if (row->opens)
    {
      cloud_fixture_wait_opened (self, 1);
      page = cloud_fixture_visit (self, "code=c&state=STATE");
    }
  assert_fails (self, &result, row->code);
  g_assert_cmpuint (self->n_opened, ==, row->opens ? 1 : 0);
  g_assert_cmpuint (cloud_fixture_count (self, START), ==, row->opens ? 1 : 0);

  cloud_fixture_set_answers (self, NULL);
  start (self, NULL, &again);
  right = cloud_fixture_visit (self, "code=c&state=STATE");
  assert_succeeds (self, &again);
}

static void
test_foreign_end_point (CloudFixture *self, gconstpointer data)
{
  const char *api = test_server_get_origin (self->server);
  g_autofree char *body = g_strdup_printf (
      "{\"issuer\":\"%s\",\"authorization_endpoint\":\"https://evil.test/authorize\","
      "\"token_endpoint\":\"%s/oauth/token\",\"revocation_endpoint\":\"%s/oauth/revoke\","
      "\"code_challenge_methods_supported\":[\"S256\"]}",
      api, api, api);
  const CloudAnswer answers[] = { { DISCOVERY, 200, NULL, body, 1, FALSE }, { NULL } };
  g_autoptr (GAsyncResult) result = NULL;

  cloud_fixture_set_answers (self, answers);
  ttecomm_sign_in_start_async (self->sign_in, &cloud_pages, NULL, test_store_result, &result);
  assert_fails (self, &result, TTECOMM_CLOUD_ERROR_FOREIGN_LINK);
  g_assert_cmpuint (self->n_opened, ==, 0);
  cloud_fixture_set_answers (self, NULL);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "sign-in", name, CloudFixture, data, cloud_fixture_set_up, func,   \
                       cloud_fixture_tear_down)
#define ADD_ROWS(rows, prefix, func)                                                               \
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)                                                  \
    {                                                                                              \
      g_autofree char *name = g_strconcat (prefix, rows[i].name, NULL);                            \
      ADD (name, &rows[i], func);                                                                  \
    }
  ADD ("through-the-browser", NULL, test_through_the_browser);
  ADD ("nothing-is-used-twice", NULL, test_nothing_is_used_twice);
  ADD_ROWS (strangers, "stranger-", test_stranger);
  ADD ("foreign-host", NULL, test_foreign_host);
  ADD ("long-head", NULL, test_long_head);
  ADD ("answers-once", NULL, test_answers_once);
  ADD_ROWS (refused, "refused-", test_refused);
  ADD ("nobody-comes", NULL, test_nobody_comes);
  ADD ("cancelled", NULL, test_cancelled);
  ADD ("second-replaces-first", NULL, test_second_replaces_first);
  ADD ("sign-out-stops-it", NULL, test_sign_out_stops_it);
  ADD ("replaces-an-account", NULL, test_replaces_an_account);
  ADD_ROWS (clouds, "cloud-", test_cloud);
  ADD ("foreign-end-point", NULL, test_foreign_end_point);
}

HARNESS_MAIN (register_tests)
