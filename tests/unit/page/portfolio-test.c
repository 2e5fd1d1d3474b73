/* SPDX-License-Identifier: MIT */
/* The list of installations, asked for page by page of a TTcloud that may be anything. */
#include "plugin/page/portfolio.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"
#include "tests/unit/ttcloud/objects-samples.h"

#define FIRST "/v1/installations?limit=200"
#define SECOND "/v1/installations?limit=200&cursor=c2"
#define THIRD "/v1/installations?limit=200&cursor=c3"
#define LAST_PAGE SAMPLE_PAGE ("null", SAMPLE_SUMMARY ("inst-9"))
#define OLD_CURSOR                                                                                 \
  400, NULL,                                                                                       \
      "{\"type\":\"urn:ttecomm:problem:invalid\",\"title\":\"No\",\"status\":400,"                 \
      "\"server_today\":\"2026-09-18\"}"

typedef struct
{
  CloudFixture cloud;
  TtecommPortfolio *portfolio; /* (owned) */
  guint n_listed;
  guint n_changed;
} Fixture;

static void
count_cb (TtecommPortfolio *portfolio, guint *n)
{
  (*n)++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  cloud_fixture_set_up (&self->cloud, NULL);
  cloud_fixture_restore (&self->cloud, TRUE);
  self->portfolio = ttecomm_portfolio_new (self->cloud.client, TTECOMM_CLOCK (self->cloud.clock));
  g_signal_connect (self->portfolio, "listed", G_CALLBACK (count_cb), &self->n_listed);
  g_signal_connect (self->portfolio, "changed", G_CALLBACK (count_cb), &self->n_changed);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ttecomm_portfolio_stop (self->portfolio);
  g_assert_finalize_object (self->portfolio);
  cloud_fixture_set_answers (&self->cloud, NULL);
  cloud_fixture_tear_down (&self->cloud, NULL);
}

static gboolean
is_at_rest (gpointer data)
{
  return !ttecomm_portfolio_is_refreshing (data);
}

static void
wait (Fixture *self)
{
  g_assert_true (harness_wait_until (is_at_rest, self->portfolio, 30000));
}

static void
refresh (Fixture *self, const CloudAnswer *answers)
{
  cloud_fixture_set_answers (&self->cloud, answers);
  ttecomm_portfolio_refresh (self->portfolio);
  wait (self);
}

static guint
count (Fixture *self)
{
  TtecommPortfolioList *list = ttecomm_portfolio_get_list (self->portfolio);

  return list != NULL ? list->items->len : 0;
}

/* The longest prefixes come first: the first page's is one of the others'. */
static const CloudAnswer three_pages[] = {
  { THIRD, 200, NULL, LAST_PAGE, 99, FALSE },
  { SECOND, 200, NULL, SAMPLE_PAGE ("\"c3\"", SAMPLE_SUMMARY ("inst-5")), 99, FALSE },
  { FIRST, 200, NULL,
    SAMPLE_PAGE ("\"c2\"", SAMPLE_SUMMARY ("inst-1") "," SAMPLE_SUMMARY ("inst-2")), 99, FALSE },
  { NULL },
};

static void
test_pages (Fixture *self, gconstpointer data)
{
  refresh (self, three_pages);
  g_assert_no_error (ttecomm_portfolio_get_error (self->portfolio));
  g_assert_cmpuint (count (self), ==, 4);
  g_assert_cmpuint (self->n_listed, ==, 1);
  g_assert_cmpuint (self->n_changed, >=, 4);
  g_assert_cmpint (ttecomm_portfolio_get_asked (self->portfolio), ==, CLOUD_NOW);
}

typedef struct
{
  const char *name;
  CloudAnswer answers[3];
  int code;
} BadRow;

static const BadRow bad_rows[] = {
  { "id-on-two-pages",
    { { SECOND, 200, NULL, SAMPLE_PAGE ("null", SAMPLE_SUMMARY ("inst-1")), 99, FALSE },
      { FIRST, 200, NULL, SAMPLE_PAGE ("\"c2\"", SAMPLE_SUMMARY ("inst-1")), 99, FALSE } },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "same-cursor",
    { { SECOND, 200, NULL, SAMPLE_PAGE ("\"c2\"", SAMPLE_SUMMARY ("inst-2")), 99, FALSE },
      { FIRST, 200, NULL, SAMPLE_PAGE ("\"c2\"", SAMPLE_SUMMARY ("inst-1")), 99, FALSE } },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "empty-page-goes-on",
    { { FIRST, 200, NULL, SAMPLE_PAGE ("\"c2\"", ""), 99, FALSE } },
    TTECOMM_CLOUD_ERROR_ALTERED },
  { "busy-in-the-middle",
    { { SECOND, 503, "text/plain", "busy", 99, FALSE },
      { FIRST, 200, NULL, SAMPLE_PAGE ("\"c2\"", SAMPLE_SUMMARY ("inst-1")), 99, FALSE } },
    TTECOMM_CLOUD_ERROR_BUSY },
  { "cursor-always-old",
    { { SECOND, OLD_CURSOR, 99, FALSE },
      { FIRST, 200, NULL, SAMPLE_PAGE ("\"c2\"", SAMPLE_SUMMARY ("inst-1")), 99, FALSE } },
    TTECOMM_CLOUD_ERROR_PROBLEM },
  { "portal", { { FIRST, 200, "text/html", "<p>", 99, FALSE } }, TTECOMM_CLOUD_ERROR_PORTAL },
};

/* Nothing of such a list is used; what was known stays, with its age. */
static void
test_bad (Fixture *self, gconstpointer data)
{
  const BadRow *row = data;

  refresh (self, three_pages);
  ttecomm_fake_clock_advance (self->cloud.clock, 60);
  refresh (self, row->answers);
  g_assert_error (ttecomm_portfolio_get_error (self->portfolio), TTECOMM_CLOUD_ERROR, row->code);
  g_assert_cmpuint (count (self), ==, 4);
  g_assert_cmpint (ttecomm_portfolio_get_asked (self->portfolio), ==, CLOUD_NOW);
  g_assert_cmpuint (self->n_listed, ==, 1);
  refresh (self, three_pages);
  g_assert_no_error (ttecomm_portfolio_get_error (self->portfolio));
  g_assert_cmpint (ttecomm_portfolio_get_asked (self->portfolio), ==, CLOUD_NOW + 60);
}

/* A cursor that grew old while the list was read: once more from the beginning. */
static void
test_old_cursor (Fixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = {
    { SECOND, OLD_CURSOR, 1, FALSE },
    { SECOND, 200, NULL, LAST_PAGE, 99, FALSE },
    { FIRST, 200, NULL, SAMPLE_PAGE ("\"c2\"", SAMPLE_SUMMARY ("inst-1")), 99, FALSE },
    { NULL },
  };

  refresh (self, answers);
  g_assert_no_error (ttecomm_portfolio_get_error (self->portfolio));
  g_assert_cmpuint (count (self), ==, 2);
}

static void
test_shared (Fixture *self, gconstpointer data)
{
  cloud_fixture_set_answers (&self->cloud, three_pages);
  ttecomm_portfolio_refresh (self->portfolio);
  ttecomm_portfolio_refresh (self->portfolio);
  wait (self);
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, "GET /v1/installations"), ==, 3);
}

static gboolean
is_asked (gpointer data)
{
  return cloud_fixture_count (data, "GET /v1/installations") > 0;
}

/* What is under way when something has changed comes too early. */
static void
test_afresh (Fixture *self, gconstpointer data)
{
  const CloudAnswer stalled[]
      = { { FIRST, 0, NULL, NULL, 1, TRUE }, { FIRST, 200, NULL, LAST_PAGE, 99, FALSE }, { NULL } };

  cloud_fixture_set_answers (&self->cloud, stalled);
  ttecomm_portfolio_refresh (self->portfolio);
  g_assert_true (harness_wait_until (is_asked, &self->cloud, 30000));
  g_assert_true (ttecomm_portfolio_is_refreshing (self->portfolio));
  ttecomm_portfolio_refresh_afresh (self->portfolio);
  wait (self);
  g_assert_cmpuint (self->n_listed, ==, 1);
  g_assert_cmpuint (count (self), ==, 1);
}

/* Another account: what is known goes, and what is under way is nobody's. */
static void
test_cleared (Fixture *self, gconstpointer data)
{
  refresh (self, three_pages);
  ttecomm_portfolio_refresh (self->portfolio);
  ttecomm_portfolio_clear (self->portfolio);
  g_assert_false (ttecomm_portfolio_is_refreshing (self->portfolio));
  g_assert_null (ttecomm_portfolio_get_list (self->portfolio));
  refresh (self, three_pages);
  g_assert_cmpuint (self->n_listed, ==, 2);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "portfolio", name, Fixture, data, set_up, func, tear_down)
  ADD ("pages", NULL, test_pages);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autofree char *name = g_strconcat ("bad-", bad_rows[i].name, NULL);

      ADD (name, &bad_rows[i], test_bad);
    }
  ADD ("old-cursor", NULL, test_old_cursor);
  ADD ("shared", NULL, test_shared);
  ADD ("afresh", NULL, test_afresh);
  ADD ("cleared", NULL, test_cleared);
}

HARNESS_MAIN (register_tests)
