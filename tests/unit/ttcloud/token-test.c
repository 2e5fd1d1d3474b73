/* SPDX-License-Identifier: MIT */
/* Access tokens: one refresh for all, rotation, the other window, signing out. */
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"

#include <string.h>

#define TOKEN "/oauth/token"
#define REFRESH "POST /oauth/token"
#define INVALID_GRANT "{\"error\":\"invalid_grant\"}"

static void
ask (CloudFixture *self, const char *refused, GCancellable *cancellable, GAsyncResult **result)
{
  ttecomm_sign_in_get_token_async (self->sign_in, refused, cancellable, test_store_result, result);
}

/* (transfer full) */
static char *
answer (CloudFixture *self, GAsyncResult **result, GError **error)
{
  test_await (result);
  return ttecomm_sign_in_get_token_finish (self->sign_in, *result, error);
}

static void
assert_token (CloudFixture *self, GAsyncResult **result, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = answer (self, result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, expected);
}

static void
assert_no_token (CloudFixture *self, GAsyncResult **result, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = answer (self, result, &error);

  g_assert_null (token);
  g_assert_true (g_error_matches (error, domain, code));
}

static void
test_nobody (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  ask (self, NULL, NULL, &result);
  assert_no_token (self, &result, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

static void
test_good_one_is_kept (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) other = NULL;

  cloud_fixture_restore (self, TRUE);
  ask (self, NULL, NULL, &first);
  assert_token (self, &first, "access-1");
  /* somebody else's was refused: ours is newer */
  ask (self, "access-0", NULL, &other);
  assert_token (self, &other, "access-1");
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

static gboolean
has_saved (gpointer data)
{
  return strstr (fake_store_peek (data), "refresh-2") != NULL;
}

static void
test_over_is_renewed (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autofree char *request = NULL;

  cloud_fixture_restore (self, TRUE);
  ttecomm_fake_clock_advance (self->clock, 880); /* 20 s before its end */
  ask (self, NULL, NULL, &first);
  assert_token (self, &first, "access-2");
  request = cloud_fixture_last (self, REFRESH);
  g_assert_nonnull (strstr (request, "grant_type=refresh_token&refresh_token=refresh-1"));
  g_assert_true (harness_wait_until (has_saved, self->store, 20000));
  g_assert_nonnull (strstr (fake_store_peek (self->store), "\"account\":\"acct-0\""));
  g_assert_cmpstr (ttecomm_sign_in_get_account_id (self->sign_in), ==, "acct-0");
  /* a renewed token is nobody's business: only the restore was told */
  g_assert_cmpuint (self->n_changed, ==, 1);

  /* rotation: the next one goes out with the new refresh token */
  ask (self, "access-2", NULL, &second);
  assert_token (self, &second, "access-3");
  g_clear_pointer (&request, g_free);
  request = cloud_fixture_last (self, REFRESH);
  g_assert_nonnull (strstr (request, "refresh_token=refresh-2"));
}

/* Without a clock nobody knows that it is over, until TTcloud says so. */
static void
test_no_clock (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) third = NULL;

  cloud_fixture_restore (self, FALSE);
  ttecomm_fake_clock_break_wall (self->clock);
  ask (self, NULL, NULL, &first);
  assert_token (self, &first, "access-1");
  ask (self, "access-1", NULL, &second);
  assert_token (self, &second, "access-2");
  ask (self, NULL, NULL, &third);
  assert_token (self, &third, "access-2");
}

static void
test_one_refresh_for_all (CloudFixture *self, gconstpointer data)
{
  GAsyncResult *results[8] = { NULL };

  cloud_fixture_restore (self, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    ask (self, i % 2 == 0 ? NULL : "access-1", NULL, &results[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      assert_token (self, &results[i], "access-2");
      g_clear_object (&results[i]);
    }
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 1);
}

static void
test_cancel_one (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) third = NULL;

  cloud_fixture_restore (self, FALSE);
  ask (self, NULL, cancellable, &first);
  ask (self, NULL, NULL, &second);
  g_cancellable_cancel (cancellable);
  assert_no_token (self, &first, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_token (self, &second, "access-2");
  ask (self, NULL, cancellable, &third);
  assert_no_token (self, &third, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 1);
}

/* All have gone: the refresh still runs, since a rotated token must not be lost. */
static void
test_cancel_all (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  cloud_fixture_restore (self, FALSE);
  ask (self, NULL, cancellable, &result);
  g_cancellable_cancel (cancellable);
  assert_no_token (self, &result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (harness_wait_until (has_saved, self->store, 20000));
}

typedef struct
{
  const char *name;
  CloudAnswer answers[2];
  int code;
} FaultRow;

/* What is no word of TTcloud's about the refresh token leaves it as it is. */
static const FaultRow faults[] = {
  { "busy", { { TOKEN, 503, NULL, "{}", 1, FALSE } }, TTECOMM_CLOUD_ERROR_BUSY },
  { "unauthorized", { { TOKEN, 401, "text/html", "<p>", 1, FALSE } }, TTECOMM_CLOUD_ERROR_SIGN_IN },
  { "forbidden", { { TOKEN, 403, "text/html", "<p>", 1, FALSE } }, TTECOMM_CLOUD_ERROR_REFUSED },
  { "page", { { TOKEN, 200, "text/html", "<p>", 1, FALSE } }, TTECOMM_CLOUD_ERROR_PORTAL },
  { "odd",
    { { TOKEN, 200, NULL, "{\"access_token\":1}", 1, FALSE } },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "grant-of-a-page",
    { { TOKEN, 400, "text/html", INVALID_GRANT, 1, FALSE } },
    TTECOMM_CLOUD_ERROR_REFUSED },
};

static void
test_fault (CloudFixture *self, gconstpointer data)
{
  const FaultRow *row = data;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, row->answers);
  ask (self, NULL, NULL, &first);
  assert_no_token (self, &first, TTECOMM_CLOUD_ERROR, row->code);
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_IN);
  g_assert_cmpuint (fake_store_get_n_loads (self->store), ==, 1); /* the restore */
  ask (self, NULL, NULL, &second);
  assert_token (self, &second, "access-2");
}

static const CloudAnswer client_refused[]
    = { { TOKEN, 400, "application/json", "{\"error\":\"invalid_client\"}", 1, FALSE }, { NULL } };
static const CloudAnswer client_unauthorized[]
    = { { TOKEN, 401, "application/json", "{\"error\":\"invalid_client\"}", 1, FALSE }, { NULL } };

/* TTcloud's "no" that is not about the token: the person is asked, and the token kept for when
 * TTcloud thinks better of it. */
static void
test_refused_otherwise (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, data);
  ask (self, NULL, NULL, &first);
  assert_no_token (self, &first, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_AGAIN);
  g_assert_cmpstr (ttecomm_sign_in_get_account_id (self->sign_in), ==, "acct-0");
  g_assert_nonnull (strstr (fake_store_peek (self->store), "refresh-1"));
  ask (self, NULL, NULL, &second);
  assert_token (self, &second, "access-2");
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_IN);
}

static const CloudAnswer refused_once[]
    = { { TOKEN, 400, "application/json", INVALID_GRANT, 1, FALSE }, { NULL } };
static const CloudAnswer refused_always[]
    = { { TOKEN, 400, "application/json", INVALID_GRANT, 99, FALSE }, { NULL } };

#define OTHER(refresh, expires, account)                                                           \
  "\"serial\":1789720199,\"expires\":" expires ",\"refresh\":\"" refresh                           \
  "\",\"access\":\"access-9\",\"account\":\"" account "\",\"email\":\"a@b.test\""
#define NEWER(expires) OTHER ("refresh-9", expires, "acct-0")

/* The other window renewed the secret: its access token will do. */
static void
test_other_window (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, refused_always);
  cloud_fixture_put (self, NEWER ("9999999999"));
  ask (self, NULL, NULL, &result);
  assert_token (self, &result, "access-9");
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 1);
  /* what is there already is not written again: the other window may be at it */
  g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 0);
}

static void
test_other_window_is_over_too (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *request = NULL;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, refused_once);
  cloud_fixture_put (self, NEWER ("1"));
  ask (self, NULL, NULL, &result);
  assert_token (self, &result, "access-2");
  request = cloud_fixture_last (self, REFRESH);
  g_assert_nonnull (strstr (request, "refresh_token=refresh-9"));
  g_assert_cmpuint (cloud_fixture_count (self, REFRESH), ==, 2);
}

static gboolean
has_no_refresh (gpointer data)
{
  return strstr (fake_store_peek (data), "refresh-") == NULL;
}

typedef struct
{
  const char *name;
  const char *members; /* NULL: what was restored; "": nothing; "{": garbage */
  gboolean forgets;    /* what was refused is not kept on; else the store is left alone */
} GiveUpRow;

static const GiveUpRow give_ups[] = {
  { "same-secret", NULL, TRUE },
  { "no-secret", "", FALSE },
  { "garbage", "{", FALSE },
  { "newer-refused", NEWER ("1"), FALSE },
  { "other-account", OTHER ("refresh-9", "9999999999", "acct-9"), FALSE },
  { "nobody", "\"nobody\":true", FALSE },
};

/* The store is read again once, and then the person must sign in; the account is held. */
static void
test_give_up (CloudFixture *self, gconstpointer data)
{
  const GiveUpRow *row = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autofree char *before = NULL;
  guint n_requests;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, refused_always);
  if (row->members != NULL && strlen (row->members) < 2)
    fake_store_put (self->store, *row->members != '\0' ? row->members : NULL);
  else if (row->members != NULL)
    cloud_fixture_put (self, row->members);
  before = g_strdup (fake_store_peek (self->store));
  ask (self, NULL, NULL, &result);
  assert_no_token (self, &result, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_AGAIN);
  g_assert_cmpstr (ttecomm_sign_in_get_account_id (self->sign_in), ==, "acct-0");

  n_requests = test_server_get_n_requests (self->server);
  ask (self, NULL, NULL, &again);
  assert_no_token (self, &again, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, n_requests);
  if (!row->forgets)
    {
      g_assert_cmpstr (fake_store_peek (self->store), ==, before);
      g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 0);
      return;
    }
  g_assert_true (harness_wait_until (has_no_refresh, self->store, 20000));
  g_assert_nonnull (strstr (fake_store_peek (self->store), "\"account\":\"acct-0\""));
}

static void
test_broken_store (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, refused_always);
  fake_store_break (self->store);
  ask (self, NULL, NULL, &result);
  assert_no_token (self, &result, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_AGAIN);
  g_assert_cmpuint (fake_store_get_n_saves (self->store), ==, 0);
}

/* --- signing out --- */

static void
sign_out (CloudFixture *self, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ttecomm_sign_in_end_async (self->sign_in, NULL, test_store_result, &result);
  /* at once, whatever the network does */
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_OUT);
  g_assert_null (fake_store_peek (self->store));
  g_assert_null (ttecomm_sign_in_get_account_id (self->sign_in));
  test_await (&result);
  g_assert_cmpint (ttecomm_sign_in_end_finish (self->sign_in, result, &error), ==, code < 0);
  if (code >= 0)
    g_assert_error (error, TTECOMM_CLOUD_ERROR, code);
}

static void
test_sign_out (CloudFixture *self, gconstpointer data)
{
  g_autofree char *request = NULL;

  cloud_fixture_restore (self, TRUE);
  sign_out (self, -1);
  request = cloud_fixture_last (self, "POST /oauth/revoke");
  g_assert_nonnull (strstr (request, "client_id=prosoft-ttecomm&token=refresh-1"));
  g_assert_cmpuint (self->n_changed, ==, 2);
}

static void
test_sign_out_of_nothing (CloudFixture *self, gconstpointer data)
{
  sign_out (self, -1);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

static void
test_sign_out_not_confirmed (CloudFixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = { { "/oauth/revoke", 503, NULL, "{}", 9, FALSE }, { NULL } };

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  sign_out (self, TTECOMM_CLOUD_ERROR_BUSY);
  cloud_fixture_set_answers (self, NULL);
}

/* Whoever waits is told, and what comes back late signs nobody in again. */
static void
test_sign_out_during_refresh (CloudFixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = { { TOKEN, 0, NULL, NULL, 1, TRUE }, { NULL } };
  g_autoptr (GAsyncResult) result = NULL;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, answers);
  ask (self, NULL, NULL, &result);
  sign_out (self, -1);
  assert_no_token (self, &result, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_null (fake_store_peek (self->store));
  cloud_fixture_set_answers (self, NULL);
}

static void
sign_out_cb (TtecommSignIn *sign_in, gpointer user_data)
{
  GAsyncResult **end = user_data;

  if (ttecomm_sign_in_get_state (sign_in) == TTECOMM_SIGN_IN_AGAIN)
    ttecomm_sign_in_end_async (sign_in, NULL, test_store_result, end);
}

/* Somebody who signs out when told that it is over. */
static void
test_sign_out_when_told (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) end = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, FALSE);
  cloud_fixture_set_answers (self, refused_always);
  g_signal_connect (self->sign_in, "changed", G_CALLBACK (sign_out_cb), &end);
  ask (self, NULL, NULL, &result);
  assert_no_token (self, &result, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  test_await (&end);
  g_assert_true (ttecomm_sign_in_end_finish (self->sign_in, end, &error));
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_OUT);
}

/* --- restoring --- */

static void
assert_restores_nobody (CloudFixture *self, gboolean is_well)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ttecomm_sign_in_restore_async (self->sign_in, NULL, test_store_result, &result);
  test_await (&result);
  g_assert_cmpint (ttecomm_sign_in_restore_finish (self->sign_in, result, &error), ==, is_well);
  g_assert_cmpint (error == NULL, ==, is_well);
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_OUT);
  g_assert_cmpuint (self->n_changed, ==, 0);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
  if (error != NULL)
    g_assert_null (strstr (error->message, "s3cret"));
}

/* What cannot be used is left alone, said, and never sent anywhere. */
static void
test_restore_odd (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fake_store_put (self->store, data);
  assert_restores_nobody (self, FALSE);
  g_assert_cmpstr (fake_store_peek (self->store), ==, data);
  ask (self, NULL, NULL, &result);
  assert_no_token (self, &result, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

static void
test_restore_nothing (CloudFixture *self, gconstpointer data)
{
  assert_restores_nobody (self, TRUE);
}

static void
test_restore_nobody (CloudFixture *self, gconstpointer data)
{
  cloud_fixture_put (self, "\"nobody\":true");
  assert_restores_nobody (self, TRUE);
}

static void
test_restore_fails (CloudFixture *self, gconstpointer data)
{
  fake_store_break (self->store);
  assert_restores_nobody (self, FALSE);
}

/* The person signed out before the safe answered. */
static void
test_restore_is_late (CloudFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) end = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_put (self, NEWER ("9999999999"));
  ttecomm_sign_in_restore_async (self->sign_in, NULL, test_store_result, &result);
  ttecomm_sign_in_end_async (self->sign_in, NULL, test_store_result, &end);
  test_await (&result);
  test_await (&end);
  g_assert_true (ttecomm_sign_in_restore_finish (self->sign_in, result, &error));
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_OUT);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "token", name, CloudFixture, data, cloud_fixture_set_up, func,     \
                       cloud_fixture_tear_down)
  ADD ("nobody", NULL, test_nobody);
  ADD ("good-one-is-kept", NULL, test_good_one_is_kept);
  ADD ("over-is-renewed", NULL, test_over_is_renewed);
  ADD ("no-clock", NULL, test_no_clock);
  ADD ("one-refresh-for-all", NULL, test_one_refresh_for_all);
  ADD ("cancel-one", NULL, test_cancel_one);
  ADD ("cancel-all", NULL, test_cancel_all);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strconcat ("fault-", faults[i].name, NULL);

      ADD (name, &faults[i], test_fault);
    }
  ADD ("other-window", NULL, test_other_window);
  ADD ("other-window-is-over-too", NULL, test_other_window_is_over_too);
  for (gsize i = 0; i < G_N_ELEMENTS (give_ups); i++)
    {
      g_autofree char *name = g_strconcat ("give-up-", give_ups[i].name, NULL);

      ADD (name, &give_ups[i], test_give_up);
    }
  ADD ("refused-client", client_refused, test_refused_otherwise);
  ADD ("unauthorized-client", client_unauthorized, test_refused_otherwise);
  ADD ("broken-store", NULL, test_broken_store);
  ADD ("sign-out", NULL, test_sign_out);
  ADD ("sign-out-of-nothing", NULL, test_sign_out_of_nothing);
  ADD ("sign-out-not-confirmed", NULL, test_sign_out_not_confirmed);
  ADD ("sign-out-during-refresh", NULL, test_sign_out_during_refresh);
  ADD ("sign-out-when-told", NULL, test_sign_out_when_told);
  ADD ("restore-nothing", NULL, test_restore_nothing);
  ADD ("restore-nobody", NULL, test_restore_nobody);
  ADD ("restore-garbage", "s3cret", test_restore_odd);
  ADD ("restore-older-version", "{\"v\":1,\"expires\":1,\"refresh\":\"s3cret\"}", test_restore_odd);
  ADD (
      "restore-other-origin",
      "{\"v\":2,\"origin\":\"https://evil.test\",\"serial\":1,\"expires\":1,\"refresh\":\"s3cret\"}",
      test_restore_odd);
  ADD ("restore-fails", NULL, test_restore_fails);
  ADD ("restore-is-late", NULL, test_restore_is_late);
}

HARNESS_MAIN (register_tests)
