/* SPDX-License-Identifier: MIT */
/* A sign-in that lasts: over restarts, in two windows at once, and with a safe place that fails. */
#include "api/ttcloud/origin.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"

#include <string.h>

#define WAIT_MS 30000
#define TOKEN "/oauth/token"
#define REFRESH "POST /oauth/token"
#define DISCOVERY "GET /.well-known/"
#define DAY 86400

static const CloudAnswer refused_once[]
    = { { TOKEN, 400, "application/json", "{\"error\":\"invalid_grant\"}", 1, FALSE }, { NULL } };
static const CloudAnswer refused_always[]
    = { { TOKEN, 400, "application/json", "{\"error\":\"invalid_grant\"}", 99, FALSE }, { NULL } };

/* --- two windows of the host, or two runs --- */

/* (transfer full): another TtecommSignIn with the same store; it has restored what is kept */
static TtecommSignIn *
open_window (CloudFixture *self)
{
  g_autoptr (GUri) web = ttecomm_origin_parse (CLOUD_WEB, TTECOMM_ORIGIN_HTTPS, NULL);
  TtecommSignIn *window = ttecomm_sign_in_new (self->transport, web, TTECOMM_CLOCK (self->clock),
                                               TTECOMM_SECRET_STORE (self->store));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ttecomm_sign_in_restore_async (window, NULL, test_store_result, &result);
  test_await (&result);
  g_assert_true (ttecomm_sign_in_restore_finish (window, result, &error));
  return window;
}

static char *
await_token (TtecommSignIn *window, GAsyncResult **result)
{
  g_autoptr (GAsyncResult) owned = NULL;

  test_await (result);
  owned = g_steal_pointer (result);
  return ttecomm_sign_in_get_token_finish (window, owned, NULL);
}

static void
assert_token (TtecommSignIn *window, const char *expected)
{
  GAsyncResult *result = NULL;
  g_autofree char *token = NULL;

  ttecomm_sign_in_get_token_async (window, NULL, NULL, test_store_result, &result);
  token = await_token (window, &result);
  g_assert_cmpstr (token, ==, expected);
}

static void
assert_state (TtecommSignIn *window, TtecommSignInState state)
{
  g_assert_cmpint (ttecomm_sign_in_get_state (window), ==, state);
}

typedef struct
{
  FakeStore *store;
  const char *text;
} Kept;

static gboolean
has_kept (gpointer data)
{
  const Kept *kept = data;
  const char *text = fake_store_peek (kept->store);

  return text != NULL && strstr (text, kept->text) != NULL;
}

static void
wait_kept (CloudFixture *self, const char *text)
{
  Kept kept = { self->store, text };

  g_assert_true (harness_wait_until (has_kept, &kept, WAIT_MS));
}

/* Lets everything come that can come without the network. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
end_all_access (CloudFixture *self)
{
  ttecomm_fake_clock_advance (self->clock, 901);
}

/* --- the restart --- */

static void
test_restart_asks_nothing (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TtecommTimings timings;
  g_autofree char *statement = NULL;
  g_autofree char *request = NULL;

  cloud_fixture_restore (self, TRUE);
  ttecomm_client_service_flag_async (self->client, "inst-1", "nonce-nonce-nonce-nonc",
                                     &TTECOMM_LIMITS_CLICK, NULL, test_store_result, &result);
  test_await (&result);
  statement = ttecomm_client_service_flag_finish (self->client, result, &timings, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (statement, ==, "a.b.c");
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 1);
  request = test_server_get_request (self->server, 0);
  g_assert_true (g_str_has_prefix (request, "POST /v1/service-flag "));
}

/* The first run asks where; the next ones know, for a day. */
static void
test_restart_knows_the_way (CloudFixture *self, gconstpointer data)
{
  g_autoptr (TtecommSignIn) second = NULL;
  g_autoptr (TtecommSignIn) third = NULL;
  g_autoptr (TtecommSignIn) fourth = NULL;

  cloud_fixture_restore (self, FALSE);
  assert_token (self->sign_in, "access-2");
  wait_kept (self, "refresh-2");
  g_assert_cmpuint (cloud_fixture_count (self, DISCOVERY), ==, 1);

  end_all_access (self);
  second = open_window (self);
  assert_token (second, "access-3");
  wait_kept (self, "refresh-3");
  g_assert_cmpuint (cloud_fixture_count (self, DISCOVERY), ==, 1);

  ttecomm_fake_clock_advance (self->clock, DAY);
  third = open_window (self);
  assert_token (third, "access-4");
  wait_kept (self, "refresh-4");
  g_assert_cmpuint (cloud_fixture_count (self, DISCOVERY), ==, 2);

  /* a clock that went back does not make an answer younger than it is */
  ttecomm_fake_clock_set_wall (self->clock, CLOUD_NOW - 10 * DAY);
  fourth = open_window (self);
  ttecomm_fake_clock_set_wall (self->clock, CLOUD_NOW + 10 * DAY);
  assert_token (fourth, "access-5");
  g_assert_cmpuint (cloud_fixture_count (self, DISCOVERY), ==, 3);
}

#define KEPT_WAY(api, path)                                                                        \
  "\"serial\":1,\"expires\":1,\"refresh\":\"refresh-1\",\"account\":\"acct-0\",\"email\":"         \
  "\"a@b.test\",\"discovery\":{\"at\":1789720199,\"authorization_endpoint\":\"" CLOUD_WEB          \
  "/authorize\",\"token_endpoint\":\"" api path "\",\"revocation_endpoint\":\"" api                \
  "/oauth/revoke\"}"

static const CloudAnswer not_there[]
    = { { "/oauth/", 404, "text/html", "<p>", 99, FALSE }, { NULL } };

/* TTcloud moved while PROSOFT was closed. */
static void
test_way_has_changed (CloudFixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = { { "/oauth/old", 404, "text/html", "<p>", 9, FALSE }, { NULL } };
  const char *api = test_server_get_origin (self->server);
  g_autofree char *members = g_strdup_printf (KEPT_WAY ("%s", "/oauth/old"), api, api);
  g_autoptr (TtecommSignIn) window = NULL;

  cloud_fixture_put (self, members);
  cloud_fixture_set_answers (self, answers);
  self->n_tokens = 1;
  window = open_window (self);
  assert_token (window, "access-2");
  wait_kept (self, "/oauth/token");
  g_assert_cmpuint (cloud_fixture_count (self, "POST /oauth/old"), ==, 1);
  g_assert_cmpuint (cloud_fixture_count (self, DISCOVERY), ==, 1);
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 1);
  cloud_fixture_set_answers (self, NULL);
}

/* It is where it was, and says that it is not there: asked once, no more. */
static void
test_way_leads_nowhere (CloudFixture *self, gconstpointer data)
{
  const char *api = test_server_get_origin (self->server);
  g_autofree char *members = g_strdup_printf (KEPT_WAY ("%s", "/oauth/token"), api, api);
  g_autoptr (TtecommSignIn) window = NULL;

  cloud_fixture_put (self, members);
  cloud_fixture_set_answers (self, not_there);
  window = open_window (self);
  assert_token (window, NULL);
  assert_state (window, TTECOMM_SIGN_IN_SIGNED_IN);
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 1);
  g_assert_cmpuint (cloud_fixture_count (self, DISCOVERY), ==, 1);
}

/* --- two windows at once --- */

/* Both renew in the same moment, which TTcloud's grace allows: both go on, the newest is kept, and
 * nobody asks again. */
static void
test_two_windows_in_grace (CloudFixture *self, gconstpointer data)
{
  g_autoptr (TtecommSignIn) other = NULL;
  GAsyncResult *results[2] = { NULL };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  cloud_fixture_restore (self, FALSE);
  other = open_window (self);
  ttecomm_sign_in_get_token_async (self->sign_in, NULL, NULL, test_store_result, &results[0]);
  ttecomm_sign_in_get_token_async (other, NULL, NULL, test_store_result, &results[1]);
  first = await_token (self->sign_in, &results[0]);
  second = await_token (other, &results[1]);
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_cmpstr (first, !=, second);
  settle ();
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 2);
  assert_state (self->sign_in, TTECOMM_SIGN_IN_SIGNED_IN);
  assert_state (other, TTECOMM_SIGN_IN_SIGNED_IN);
  g_assert_null (strstr (fake_store_peek (self->store), "refresh-1"));
}

/* The loser is refused, reads the store once and goes on with what the winner kept. */
static void
test_loser_reads_again (CloudFixture *self, gconstpointer data)
{
  g_autoptr (TtecommSignIn) other = NULL;
  guint n_loads;

  cloud_fixture_restore (self, FALSE);
  other = open_window (self);
  assert_token (self->sign_in, "access-2");
  wait_kept (self, "refresh-2");
  cloud_fixture_set_answers (self, refused_once);
  n_loads = fake_store_get_n_loads (self->store);
  assert_token (other, "access-2");
  assert_state (other, TTECOMM_SIGN_IN_SIGNED_IN);
  settle ();
  g_assert_cmpuint (fake_store_get_n_loads (self->store), ==, n_loads + 1);
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 2);
  wait_kept (self, "refresh-2");
}

/* A hundred renewals by turns: each window renews once a turn at most, and both stay signed in. */
static void
test_no_ping_pong (CloudFixture *self, gconstpointer data)
{
  g_autoptr (TtecommSignIn) other = NULL;

  cloud_fixture_restore (self, FALSE);
  other = open_window (self);
  for (guint turn = 0; turn < 100; turn++)
    {
      GAsyncResult *results[2] = { NULL };
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      ttecomm_sign_in_get_token_async (self->sign_in, NULL, NULL, test_store_result, &results[0]);
      ttecomm_sign_in_get_token_async (other, NULL, NULL, test_store_result, &results[1]);
      first = await_token (self->sign_in, &results[0]);
      second = await_token (other, &results[1]);
      g_assert_true (first != NULL && second != NULL);
      settle ();
      end_all_access (self);
    }
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 200);
  g_assert_nonnull (strstr (fake_store_peek (self->store), "\"refresh\":\"refresh-20"));
}

/* What is kept is newer than what came: it stays. */
static void
test_newest_is_not_lost (CloudFixture *self, gconstpointer data)
{
  cloud_fixture_restore (self, FALSE);
  fake_store_hold (self->store, TRUE);
  assert_token (self->sign_in, "access-2");
  cloud_fixture_put (self, "\"serial\":1789729999,\"expires\":9999999999,\"refresh\":\"refresh-9\","
                           "\"account\":\"acct-0\"");
  fake_store_answer (self->store);
  settle ();
  g_assert_nonnull (strstr (fake_store_peek (self->store), "refresh-9"));
  g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 0);
  assert_state (self->sign_in, TTECOMM_SIGN_IN_SIGNED_IN);
}

/* The other window signed out, or in as somebody else, while this one renewed: what is kept is not
 * ours any more, now and at the next renewal. */
static void
test_other_window_left (CloudFixture *self, gconstpointer data)
{
  const char *members = data;
  g_autofree char *left = NULL;

  cloud_fixture_restore (self, FALSE);
  if (members != NULL)
    cloud_fixture_put (self, members);
  else
    fake_store_put (self->store, NULL);
  left = g_strdup (fake_store_peek (self->store));
  for (guint i = 2; i < 4; i++)
    {
      g_autofree char *token = g_strdup_printf ("access-%u", i);

      assert_token (self->sign_in, token);
      settle ();
      g_assert_cmpstr (fake_store_peek (self->store), ==, left);
      end_all_access (self);
    }
  g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 0);

  /* and at TTcloud's next "no" the person is asked */
  cloud_fixture_set_answers (self, refused_always);
  assert_token (self->sign_in, NULL);
  assert_state (self->sign_in, TTECOMM_SIGN_IN_AGAIN);
  settle ();
  g_assert_cmpstr (fake_store_peek (self->store), ==, left);
}

/* The other window signs out for real: it says so to TTcloud, and takes the secret with it. */
static void
test_other_window_signs_out (CloudFixture *self, gconstpointer data)
{
  g_autoptr (TtecommSignIn) other = NULL;
  g_autoptr (TtecommSignIn) next_run = NULL;
  g_autoptr (GAsyncResult) end = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  other = open_window (self);
  ttecomm_sign_in_end_async (other, NULL, test_store_result, &end);
  test_await (&end);
  g_assert_true (ttecomm_sign_in_end_finish (other, end, &error));
  cloud_fixture_set_answers (self, refused_always);
  assert_token (self->sign_in, "access-1");
  end_all_access (self);
  assert_token (self->sign_in, NULL);
  assert_state (self->sign_in, TTECOMM_SIGN_IN_AGAIN);
  g_assert_cmpstr (ttecomm_sign_in_get_account_id (self->sign_in), ==, "acct-0");
  settle ();
  g_assert_null (fake_store_peek (self->store));
  next_run = open_window (self);
  assert_state (next_run, TTECOMM_SIGN_IN_SIGNED_OUT);
}

#define NEW_SIGN_IN(account)                                                                       \
  "\"serial\":1789729999,\"expires\":9999999999,\"refresh\":\"refresh-9\",\"access\":\"access-9\"" \
  ",\"account\":\"" account "\""

/* The person signed in again in the other window; this one finds out when it looks. */
static void
test_look_again (CloudFixture *self, gconstpointer data)
{
  guint n_requests;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, refused_always);
  assert_token (self->sign_in, NULL);
  settle ();
  n_requests = test_server_get_n_requests (self->server);
  ttecomm_sign_in_look_again (self->sign_in);
  settle ();
  assert_state (self->sign_in, TTECOMM_SIGN_IN_AGAIN);

  cloud_fixture_put (self, NEW_SIGN_IN ("acct-9"));
  ttecomm_sign_in_look_again (self->sign_in);
  settle ();
  assert_state (self->sign_in, TTECOMM_SIGN_IN_AGAIN);

  cloud_fixture_put (self, NEW_SIGN_IN ("acct-0"));
  ttecomm_sign_in_look_again (self->sign_in);
  settle ();
  assert_state (self->sign_in, TTECOMM_SIGN_IN_SIGNED_IN);
  assert_token (self->sign_in, "access-9");
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, n_requests);
}

/* Nobody looks who has no reason to. */
static void
test_look_without_reason (CloudFixture *self, gconstpointer data)
{
  cloud_fixture_restore (self, TRUE);
  cloud_fixture_put (self, NEW_SIGN_IN ("acct-0"));
  ttecomm_sign_in_look_again (self->sign_in);
  settle ();
  g_assert_cmpuint (fake_store_get_n_loads (self->store), ==, 1);
  assert_token (self->sign_in, "access-1");
}

/* --- a safe place that fails --- */

static void
assert_trouble (CloudFixture *self, TtecommSignInTrouble trouble)
{
  g_assert_cmpint (ttecomm_sign_in_get_trouble (self->sign_in), ==, trouble);
}

/* The sign-in goes on, the person is told once, and the next renewal tries again. */
static void
test_store_refuses (CloudFixture *self, gconstpointer data)
{
  cloud_fixture_restore (self, FALSE);
  fake_store_refuse (self->store, TRUE, FALSE);
  assert_token (self->sign_in, "access-2");
  settle ();
  assert_trouble (self, TTECOMM_SIGN_IN_NOT_KEPT);
  g_assert_cmpuint (self->n_troubles, ==, 1);

  end_all_access (self);
  assert_token (self->sign_in, "access-3");
  settle ();
  assert_trouble (self, TTECOMM_SIGN_IN_NOT_KEPT);
  g_assert_cmpuint (self->n_troubles, ==, 1);
  g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 2);

  fake_store_refuse (self->store, FALSE, FALSE);
  end_all_access (self);
  assert_token (self->sign_in, "access-4");
  wait_kept (self, "refresh-4");
  assert_trouble (self, TTECOMM_SIGN_IN_NO_TROUBLE);
  g_assert_cmpuint (self->n_troubles, ==, 2);
  /* and whose sign-in it is has not changed by any of that */
  g_assert_cmpuint (self->n_changed, ==, 1);
}

/* Never kept at all: what is not there is no sign that another window signed out. */
static void
test_never_kept (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;

  fake_store_refuse (self->store, TRUE, FALSE);
  ttecomm_sign_in_start_async (self->sign_in, &cloud_pages, NULL, test_store_result, &result);
  cloud_fixture_wait_opened (self, 1);
  page = cloud_fixture_visit (self, "code=c&state=STATE");
  test_await (&result);
  g_assert_true (ttecomm_sign_in_start_finish (self->sign_in, result, &error));
  assert_trouble (self, TTECOMM_SIGN_IN_NOT_KEPT);
  g_assert_null (fake_store_peek (self->store));

  fake_store_refuse (self->store, FALSE, FALSE);
  ttecomm_sign_in_set_account (self->sign_in, "acct-0", "a@b.test");
  wait_kept (self, "\"account\":\"acct-0\"");
  assert_trouble (self, TTECOMM_SIGN_IN_NO_TROUBLE);
}

/* It cannot be read, but it can be written: the newest token is not lost. */
static void
test_store_cannot_be_read (CloudFixture *self, gconstpointer data)
{
  cloud_fixture_restore (self, FALSE);
  fake_store_break (self->store);
  assert_token (self->sign_in, "access-2");
  wait_kept (self, "refresh-2");
}

/* PROSOFT is closed before the store has answered. */
static void
test_flush (CloudFixture *self, gconstpointer data)
{
  cloud_fixture_restore (self, FALSE);
  fake_store_hold (self->store, TRUE);
  assert_token (self->sign_in, "access-2");
  settle ();
  g_assert_nonnull (strstr (fake_store_peek (self->store), "refresh-1"));
  ttecomm_sign_in_flush (self->sign_in);
  g_assert_nonnull (strstr (fake_store_peek (self->store), "refresh-2"));
  fake_store_answer (self->store);
  settle ();
  ttecomm_sign_in_flush (self->sign_in);
  g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 1);
}

/* Signed out while the store was being asked: nothing is written afterwards. */
static void
test_sign_out_while_keeping (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) end = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, FALSE);
  fake_store_hold (self->store, TRUE);
  assert_token (self->sign_in, "access-2");
  ttecomm_sign_in_end_async (self->sign_in, NULL, test_store_result, &end);
  g_assert_null (fake_store_peek (self->store));
  fake_store_answer (self->store);
  ttecomm_sign_in_flush (self->sign_in);
  test_await (&end);
  g_assert_true (ttecomm_sign_in_end_finish (self->sign_in, end, &error));
  g_assert_null (fake_store_peek (self->store));
}

typedef struct
{
  const char *name;
  gboolean refuses_saves;
  gboolean revokes;
  TtecommSignInTrouble trouble;
} EraseRow;

static const EraseRow erases[] = {
  { "written-over", FALSE, TRUE, TTECOMM_SIGN_IN_NO_TROUBLE },
  { "written-over-offline", FALSE, FALSE, TTECOMM_SIGN_IN_NO_TROUBLE },
  { "not-at-all", TRUE, TRUE, TTECOMM_SIGN_IN_NOT_ERASED },
  { "not-at-all-offline", TRUE, FALSE, TTECOMM_SIGN_IN_NOT_ENDED },
};

static void
test_erasing_fails (CloudFixture *self, gconstpointer data)
{
  const EraseRow *row = data;
  const CloudAnswer busy[] = { { "/oauth/revoke", 503, NULL, "{}", 9, FALSE }, { NULL } };
  g_autoptr (GAsyncResult) end = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  fake_store_refuse (self->store, row->refuses_saves, TRUE);
  cloud_fixture_set_answers (self, row->revokes ? NULL : busy);
  ttecomm_sign_in_end_async (self->sign_in, NULL, test_store_result, &end);
  assert_state (self->sign_in, TTECOMM_SIGN_IN_SIGNED_OUT);
  test_await (&end);
  g_assert_cmpint (ttecomm_sign_in_end_finish (self->sign_in, end, &error), ==, row->revokes);
  assert_trouble (self, row->trouble);
  g_assert_cmpuint (cloud_fixture_count (self, "POST /oauth/revoke"), ==, 1);
  g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 2);
  if (!row->refuses_saves)
    {
      g_autoptr (TtecommSignIn) next_run = open_window (self);

      assert_state (next_run, TTECOMM_SIGN_IN_SIGNED_OUT);
      g_assert_null (strstr (fake_store_peek (self->store), "refresh-1"));
    }
  cloud_fixture_set_answers (self, NULL);
}

/* --- an answer that comes late --- */

static gboolean
restore_late (CloudFixture *self, const char *members, GError **error)
{
  g_autoptr (GBytes) secret = NULL;

  cloud_fixture_put (self, members);
  secret = g_bytes_new (fake_store_peek (self->store), strlen (fake_store_peek (self->store)));
  return ttecomm_sign_in_restore_late (self->sign_in, secret, error);
}

static void
test_restore_late (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fake_store_break (self->store);
  ttecomm_sign_in_restore_async (self->sign_in, NULL, test_store_result, &result);
  test_await (&result);
  g_assert_false (ttecomm_sign_in_restore_finish (self->sign_in, result, NULL));
  g_assert_false (restore_late (self, "\"serial\":1", &error));
  g_clear_error (&error);
  g_assert_true (restore_late (self, NEW_SIGN_IN ("acct-0"), &error));
  assert_state (self->sign_in, TTECOMM_SIGN_IN_SIGNED_IN);
  g_assert_cmpuint (self->n_changed, ==, 1);
  /* and a second one changes nothing */
  g_assert_true (restore_late (self, NEW_SIGN_IN ("acct-9"), &error));
  g_assert_cmpstr (ttecomm_sign_in_get_account_id (self->sign_in), ==, "acct-0");
}

static void
test_restore_too_late (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) end = NULL;
  g_autoptr (GError) error = NULL;

  fake_store_hold (self->store, TRUE);
  ttecomm_sign_in_restore_async (self->sign_in, NULL, test_store_result, &result);
  ttecomm_sign_in_end_async (self->sign_in, NULL, test_store_result, &end);
  test_await (&end);
  g_assert_true (ttecomm_sign_in_end_finish (self->sign_in, end, &error));
  g_assert_true (restore_late (self, NEW_SIGN_IN ("acct-0"), &error));
  assert_state (self->sign_in, TTECOMM_SIGN_IN_SIGNED_OUT);
  fake_store_answer (self->store);
  test_await (&result);
  g_assert_true (ttecomm_sign_in_restore_finish (self->sign_in, result, &error));
  assert_state (self->sign_in, TTECOMM_SIGN_IN_SIGNED_OUT);
}

/* --- ten minutes, asleep or not --- */

typedef struct
{
  const char *name;
  gint64 seconds;
  gboolean in_time;
} LimitRow;

static const LimitRow limits[] = { { "in-time", 599, TRUE }, { "too-late", 600, FALSE } };

static void
test_limit (CloudFixture *self, gconstpointer data)
{
  const LimitRow *row = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;

  ttecomm_sign_in_start_async (self->sign_in, &cloud_pages, NULL, test_store_result, &result);
  cloud_fixture_wait_opened (self, 1);
  ttecomm_fake_clock_advance (self->clock, row->seconds);
  page = cloud_fixture_visit (self, "code=c&state=STATE");
  test_await (&result);
  g_assert_cmpint (ttecomm_sign_in_start_finish (self->sign_in, result, &error), ==, row->in_time);
  if (!row->in_time)
    g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_EXPIRED);
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, row->in_time ? 1 : 0);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "sign-in-keep", name, CloudFixture, data, cloud_fixture_set_up,    \
                       func, cloud_fixture_tear_down)
  ADD ("restart-asks-nothing", NULL, test_restart_asks_nothing);
  ADD ("restart-knows-the-way", NULL, test_restart_knows_the_way);
  ADD ("way-has-changed", NULL, test_way_has_changed);
  ADD ("way-leads-nowhere", NULL, test_way_leads_nowhere);
  ADD ("two-windows-in-grace", NULL, test_two_windows_in_grace);
  ADD ("loser-reads-again", NULL, test_loser_reads_again);
  ADD ("no-ping-pong", NULL, test_no_ping_pong);
  ADD ("newest-is-not-lost", NULL, test_newest_is_not_lost);
  ADD ("other-window-erased", NULL, test_other_window_left);
  ADD ("other-window-is-nobody", "\"nobody\":true", test_other_window_left);
  ADD ("other-window-is-another", NEW_SIGN_IN ("acct-9"), test_other_window_left);
  ADD ("other-window-signs-out", NULL, test_other_window_signs_out);
  ADD ("look-again", NULL, test_look_again);
  ADD ("look-without-reason", NULL, test_look_without_reason);
  ADD ("store-refuses", NULL, test_store_refuses);
  ADD ("never-kept", NULL, test_never_kept);
  ADD ("store-cannot-be-read", NULL, test_store_cannot_be_read);
  ADD ("flush", NULL, test_flush);
  ADD ("sign-out-while-keeping", NULL, test_sign_out_while_keeping);
  for (gsize i = 0; i < G_N_ELEMENTS (erases); i++)
    {
      g_autofree char *name = g_strconcat ("erasing-fails-", erases[i].name, NULL);

      ADD (name, &erases[i], test_erasing_fails);
    }
  ADD ("restore-late", NULL, test_restore_late);
  ADD ("restore-too-late", NULL, test_restore_too_late);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *name = g_strconcat ("limit-", limits[i].name, NULL);

      ADD (name, &limits[i], test_limit);
    }
}

HARNESS_MAIN (register_tests)
