/* SPDX-License-Identifier: MIT */
#include "plugin/page/facts.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"
#include "tests/unit/ttcloud/objects-samples.h"

#define BUSY 503, "text/plain", "busy"
#define NOT_FOUND                                                                                  \
  404, NULL,                                                                                       \
      "{\"type\":\"urn:ttecomm:problem:not_found\",\"title\":\"No\",\"status\":404,"               \
      "\"server_today\":\"2026-09-18\"}"

typedef struct
{
  CloudFixture cloud;
  TtecommFacts *facts; /* (owned) */
  guint n_changed;
} Fixture;

static void
changed_cb (TtecommFacts *facts, Fixture *self)
{
  self->n_changed++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  cloud_fixture_set_up (&self->cloud, NULL);
  cloud_fixture_restore (&self->cloud, TRUE);
  self->facts = ttecomm_facts_new (self->cloud.client, TTECOMM_CLOCK (self->cloud.clock));
  ttecomm_facts_set_installation (self->facts, "inst-1");
  g_signal_connect (self->facts, "changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->facts, self);
  ttecomm_facts_stop (self->facts);
  g_clear_object (&self->facts);
  cloud_fixture_tear_down (&self->cloud, NULL);
}

static GError *
end_of (Fixture *self, GAsyncResult **result)
{
  g_autoptr (GAsyncResult) owned = NULL;
  GError *error = NULL;
  gboolean done;

  test_await (result);
  owned = g_steal_pointer (result);
  done = ttecomm_facts_refresh_finish (self->facts, owned, &error);
  g_assert_cmpint (done, ==, error == NULL);
  return error;
}

/* (transfer full) (nullable): how it ended */
static GError *
refresh (Fixture *self)
{
  GAsyncResult *result = NULL;

  ttecomm_facts_refresh_async (self->facts, test_store_result, &result);
  return end_of (self, &result);
}

static void
test_everything (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ttecomm_facts_get_account (self->facts));
  g_assert_cmpint (ttecomm_facts_get_asked (self->facts), ==, 0);
  error = refresh (self);
  g_assert_no_error (error);
  g_assert_cmpstr (ttecomm_facts_get_account (self->facts)->id, ==, "acct-1");
  g_assert_cmpstr (ttecomm_facts_get_info (self->facts)->id, ==, "inst-1");
  g_assert_nonnull (ttecomm_facts_get_catalogue (self->facts));
  g_assert_null (ttecomm_facts_get_error (self->facts));
  g_assert_cmpint (ttecomm_facts_get_asked (self->facts), ==, CLOUD_NOW);
  g_assert_false (ttecomm_facts_is_refreshing (self->facts));
  g_assert_cmpuint (self->n_changed, >=, 2);
}

static void
test_without_a_file (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ttecomm_facts_set_installation (self->facts, NULL);
  error = refresh (self);
  g_assert_no_error (error);
  g_assert_null (ttecomm_facts_get_info (self->facts));
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, "GET /v1/installations"), ==, 0);
}

/* What could not be asked for stays as it was, beside what could. */
static void
test_a_part_fails (Fixture *self, gconstpointer data)
{
  static const CloudAnswer answers[]
      = { { "/v1/account", BUSY, 1, FALSE }, { "/v1/installations", BUSY, 1, FALSE }, { 0 } };
  g_autoptr (GError) first = refresh (self);
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;
  TtecommCatalogue *before = ttecomm_facts_get_catalogue (self->facts);

  g_assert_no_error (first);
  cloud_fixture_set_answers (&self->cloud, answers);
  ttecomm_fake_clock_advance (self->cloud.clock, 60);
  second = refresh (self);
  g_assert_error (second, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY);
  g_assert_error (ttecomm_facts_get_error (self->facts), TTECOMM_CLOUD_ERROR,
                  TTECOMM_CLOUD_ERROR_BUSY);
  g_assert_nonnull (ttecomm_facts_get_account (self->facts));
  g_assert_nonnull (ttecomm_facts_get_info (self->facts));
  g_assert_true (ttecomm_facts_get_catalogue (self->facts) != before);
  g_assert_cmpint (ttecomm_facts_get_asked (self->facts), ==, CLOUD_NOW + 60);
  third = refresh (self);
  g_assert_no_error (third);
  g_assert_null (ttecomm_facts_get_error (self->facts));
}

static void
test_everything_fails (Fixture *self, gconstpointer data)
{
  static const CloudAnswer answers[] = { { "/v1/", BUSY, 3, FALSE }, { 0 } };
  g_autoptr (GError) first = refresh (self);
  g_autoptr (GError) second = NULL;

  g_assert_no_error (first);
  cloud_fixture_set_answers (&self->cloud, answers);
  ttecomm_fake_clock_advance (self->cloud.clock, 60);
  second = refresh (self);
  g_assert_error (second, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY);
  g_assert_nonnull (ttecomm_facts_get_info (self->facts));
  g_assert_cmpint (ttecomm_facts_get_asked (self->facts), ==, CLOUD_NOW);
}

/* Asked again while out of reach, it is out of reach until an answer says otherwise: a page that
 * says "ready" for the time of each question would flicker. */
static void
test_the_error_stays_while_asking (Fixture *self, gconstpointer data)
{
  static const CloudAnswer answers[] = { { "/v1/", BUSY, 3, FALSE }, { 0 } };
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  GAsyncResult *result = NULL;

  cloud_fixture_set_answers (&self->cloud, answers);
  first = refresh (self);
  g_assert_error (first, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY);
  ttecomm_facts_refresh_async (self->facts, test_store_result, &result);
  g_assert_true (ttecomm_facts_is_refreshing (self->facts));
  g_assert_error (ttecomm_facts_get_error (self->facts), TTECOMM_CLOUD_ERROR,
                  TTECOMM_CLOUD_ERROR_BUSY);
  second = end_of (self, &result);
  g_assert_no_error (second);
  g_assert_null (ttecomm_facts_get_error (self->facts));
}

/* TTcloud's own "no" is an answer: the installation is not this account's any more. */
static void
test_no_longer_ours (Fixture *self, gconstpointer data)
{
  static const CloudAnswer answers[] = { { "/v1/installations", NOT_FOUND, 1, FALSE }, { 0 } };
  g_autoptr (GError) first = refresh (self);
  g_autoptr (GError) second = NULL;

  g_assert_no_error (first);
  cloud_fixture_set_answers (&self->cloud, answers);
  second = refresh (self);
  g_assert_error (second, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_null (ttecomm_facts_get_info (self->facts));
  g_assert_nonnull (ttecomm_facts_get_account (self->facts));
}

static void
test_shared (Fixture *self, gconstpointer data)
{
  GAsyncResult *results[3] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    ttecomm_facts_refresh_async (self->facts, test_store_result, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = end_of (self, &results[i]);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, "GET /v1/account"), ==, 1);
}

/* Another file while it runs: whoever waits gets the facts of that one. */
static void
test_another_file_meanwhile (Fixture *self, gconstpointer data)
{
  static const CloudAnswer answers[] = { { "/v1/installations/inst-0", BUSY, 100, TRUE }, { 0 } };
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  cloud_fixture_set_answers (&self->cloud, answers);
  ttecomm_facts_set_installation (self->facts, "inst-0");
  ttecomm_facts_refresh_async (self->facts, test_store_result, &result);
  ttecomm_facts_set_installation (self->facts, "inst-1");
  g_assert_true (ttecomm_facts_is_refreshing (self->facts));
  error = end_of (self, &result);
  g_assert_no_error (error);
  g_assert_cmpstr (ttecomm_facts_get_info (self->facts)->id, ==, "inst-1");
  g_assert_nonnull (ttecomm_facts_get_account (self->facts));
}

/* Closing the file must not lose who is signed in. */
static void
test_closed_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  ttecomm_facts_refresh_async (self->facts, test_store_result, &result);
  ttecomm_facts_set_installation (self->facts, NULL);
  error = end_of (self, &result);
  g_assert_no_error (error);
  g_assert_nonnull (ttecomm_facts_get_account (self->facts));
  g_assert_null (ttecomm_facts_get_info (self->facts));
}

static gboolean
has_asked_installation (gpointer data)
{
  return cloud_fixture_count (&((Fixture *)data)->cloud, "GET /v1/installations") > 0;
}

/* Something was bought: an answer that is on its way may be of before. All who ask get the later
 * one. */
static void
test_afresh (Fixture *self, gconstpointer data)
{
  static const CloudAnswer answers[] = { { "/v1/installations", 200, NULL, "", 1, TRUE }, { 0 } };
  GAsyncResult *before = NULL;
  GAsyncResult *after = NULL;
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  cloud_fixture_set_answers (&self->cloud, answers);
  ttecomm_facts_refresh_async (self->facts, test_store_result, &before);
  g_assert_true (harness_wait_until (has_asked_installation, self, 20000));
  ttecomm_facts_refresh_afresh_async (self->facts, test_store_result, &after);
  first = end_of (self, &before);
  second = end_of (self, &after);
  g_assert_no_error (first);
  g_assert_no_error (second);
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, "GET /v1/installations"), ==, 2);
  g_assert_nonnull (ttecomm_facts_get_info (self->facts));
}

static void
test_cleared_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) first = refresh (self);
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;
  GAsyncResult *result = NULL;

  g_assert_no_error (first);
  ttecomm_facts_refresh_async (self->facts, test_store_result, &result);
  ttecomm_facts_clear (self->facts);
  second = end_of (self, &result);
  g_assert_error (second, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (ttecomm_facts_get_account (self->facts));
  g_assert_null (ttecomm_facts_get_info (self->facts));
  g_assert_null (ttecomm_facts_get_error (self->facts));
  g_assert_cmpint (ttecomm_facts_get_asked (self->facts), ==, 0);
  third = refresh (self);
  g_assert_no_error (third);
  g_assert_nonnull (ttecomm_facts_get_account (self->facts));
}

static void
test_stopped_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint n_changed;

  ttecomm_facts_refresh_async (self->facts, test_store_result, &result);
  n_changed = self->n_changed;
  ttecomm_facts_stop (self->facts);
  error = end_of (self, &result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->n_changed, ==, n_changed);
  g_assert_null (ttecomm_facts_get_account (self->facts));
}

static void
test_the_clock_cannot_be_read (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ttecomm_fake_clock_break_wall (self->cloud.clock);
  error = refresh (self);
  g_assert_no_error (error);
  g_assert_cmpint (ttecomm_facts_get_asked (self->facts), ==, 0);
  g_assert_nonnull (ttecomm_facts_get_account (self->facts));
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "facts", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  add (harness, "everything", test_everything);
  add (harness, "without-a-file", test_without_a_file);
  add (harness, "a-part-fails", test_a_part_fails);
  add (harness, "everything-fails", test_everything_fails);
  add (harness, "the-error-stays-while-asking", test_the_error_stays_while_asking);
  add (harness, "no-longer-ours", test_no_longer_ours);
  add (harness, "shared", test_shared);
  add (harness, "another-file-meanwhile", test_another_file_meanwhile);
  add (harness, "closed-meanwhile", test_closed_meanwhile);
  add (harness, "afresh", test_afresh);
  add (harness, "cleared-meanwhile", test_cleared_meanwhile);
  add (harness, "stopped-meanwhile", test_stopped_meanwhile);
  add (harness, "the-clock-cannot-be-read", test_the_clock_cannot_be_read);
}

HARNESS_MAIN (register_tests)
