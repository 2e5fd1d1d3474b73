/* SPDX-License-Identifier: MIT */
/* The lists: what is asked, and what a hostile or careless TTcloud may answer. */
#include "api/ttcloud/client-many.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"
#include "tests/unit/ttcloud/objects-samples.h"

#include <string.h>

#define NONCE "0123456789abcdefABCDEF"
#define TODAY "\"server_today\":\"2026-09-18\""

static const TtecommLimits limits = { 10000, 10000, 15000, 4 * 1024 * 1024 };

static TtecommInstallationPage *
ask_page (CloudFixture *self, const char *cursor, guint limit, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ttecomm_client_installations_async (self->client, cursor, limit, &limits, NULL, test_store_result,
                                      &result);
  test_await (&result);
  return ttecomm_client_installations_finish (self->client, result, error);
}

static GStrv
ask_flags (CloudFixture *self, const TtecommServiceFlagItem *items, gsize n, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ttecomm_client_service_flags_async (self->client, items, n, &limits, NULL, test_store_result,
                                      &result);
  test_await (&result);
  return ttecomm_client_service_flags_finish (self->client, result, NULL, error);
}

/* Names and members come through, and the first page has no cursor. */
static void
test_page (CloudFixture *self, gconstpointer data)
{
  g_autoptr (TtecommInstallationPage) page = NULL;
  const TtecommInstallationSummary *first;
  const TtecommSubscriptionSummary *remote;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  page = ask_page (self, NULL, 200, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cloud_fixture_count (self, "GET /v1/installations?limit=200 HTTP"), ==, 1);
  g_assert_cmpstr (page->next, ==, "bmV4dA");
  g_assert_cmpuint (page->installations->len, ==, 1);
  first = page->installations->pdata[0];
  g_assert_cmpstr (first->id, ==, "inst-1");
  g_assert_cmpint (first->role, ==, TTECOMM_CLOUD_ROLE_INTEGRATOR);
  remote = ttecomm_installation_summary_find (first, "RS");
  g_assert_cmpint (remote->state, ==, TTECOMM_CLOUD_STATE_ACTIVE);
  g_assert_cmpint (remote->gross_cents, ==, 7260);
  g_assert_cmpstr (remote->currency, ==, "EUR");
  g_assert_cmpstr (remote->payer, ==, "Jan Peeters");
  g_assert_true (remote->payer_is_you);
  g_assert_cmpuint (g_date_get_month (&remote->charge_date), ==, 8);
  g_assert_null (ttecomm_installation_summary_find (first, "VC"));
}

/* (transfer full): a page of @n installations */
static char *
many (guint n, const char *next)
{
  g_autoptr (GString) items = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (items,
                            "%s{\"id\":\"i%u\",\"name\":\"x\",\"connected\":true,\"role\":\"user\","
                            "\"si_access\":true,\"subscriptions\":[]}",
                            i > 0 ? "," : "", i);
  return g_strdup_printf (SAMPLE_PAGE ("%s", "%s"), items->str, next);
}

typedef struct
{
  const char *name;
  guint n;
  const char *next;
  const char *cursor; /* asked with */
  guint limit;
  gboolean good;
} PageRow;

static const PageRow pages[] = {
  { "full", 200, "\"bmV4dA\"", NULL, 200, TRUE },
  { "last", 3, "null", "bmV4dA", 200, TRUE },
  { "nothing-at-all", 0, "null", NULL, 200, TRUE },
  { "too-big", 201, "null", NULL, 200, FALSE },
  { "more-than-asked-for", 51, "null", NULL, 50, FALSE },
  { "same-cursor-again", 3, "\"bmV4dA\"", "bmV4dA", 200, FALSE },
  { "empty-and-goes-on", 0, "\"bmV4dA\"", NULL, 200, FALSE },
};

static void
test_pages (CloudFixture *self, gconstpointer data)
{
  const PageRow *row = data;
  g_autofree char *body = many (row->n, row->next);
  const CloudAnswer answers[] = { { "/v1/installations", 200, NULL, body, 1, FALSE }, { NULL } };
  g_autoptr (TtecommInstallationPage) page = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  page = ask_page (self, row->cursor, row->limit, &error);
  cloud_fixture_set_answers (self, NULL);
  if (!row->good)
    {
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (page->installations->len, ==, row->n);
}

static void
test_long_name (CloudFixture *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (201, 'n');
  g_autofree char *body
      = g_strdup_printf ("{" TODAY ",\"installations\":[{\"id\":\"i\",\"name\":\"%s\","
                         "\"connected\":true,\"role\":\"user\",\"si_access\":true,"
                         "\"subscriptions\":[]}]}",
                         name);
  const CloudAnswer answers[] = { { "/v1/installations", 200, NULL, body, 1, FALSE }, { NULL } };
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  g_assert_null (ask_page (self, NULL, 200, &error));
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
  cloud_fixture_set_answers (self, NULL);
}

static void
test_bad_places (CloudFixture *self, gconstpointer data)
{
  g_autofree char *large = g_strnfill (257, 'c');
  const struct
  {
    const char *cursor;
    guint limit;
  } rows[] = { { NULL, 0 }, { NULL, 201 }, { "", 1 }, { "a&b", 1 }, { "a\r\nb", 1 }, { large, 1 } };

  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ask_page (self, rows[i].cursor, rows[i].limit, &error));
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
    }
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

/* --- service flags --- */

static const TtecommServiceFlagItem two[] = { { "inst-1", NONCE }, { "inst-2", NONCE } };

static void
test_other_statements (CloudFixture *self, gconstpointer data)
{
  g_autofree char *large = g_strnfill (8193, 's');
  g_autofree char *too_long = g_strdup_printf ("{" TODAY ",\"statements\":[\"a\",\"%s\"]}", large);
  const char *const bodies[] = {
    "{" TODAY ",\"statements\":[]}",
    "{" TODAY ",\"statements\":[\"a.b.c\"]}",
    "{" TODAY ",\"statements\":[\"a.b.c\",\"a.b.c\",\"a.b.c\"]}",
    "{" TODAY ",\"statements\":[\"a.b.c\",null]}",
    "{" TODAY ",\"statements\":[\"a.b.c\",7]}",
    "{" TODAY ",\"statements\":[\"a.b.c\",\"\"]}",
    "{" TODAY ",\"statements\":[\"a.b.c\",\"a b\"]}",
    "{" TODAY ",\"statements\":\"a.b.c\"}",
    "{\"statements\":[\"a.b.c\",\"a.b.c\"]}",
    too_long,
  };

  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const CloudAnswer answers[]
          = { { "/v1/service-flags", 200, NULL, bodies[i], 99, FALSE }, { NULL } };
      g_auto (GStrv) got = NULL;
      g_autoptr (GError) error = NULL;

      cloud_fixture_set_answers (self, answers);
      got = ask_flags (self, two, 2, &error);
      cloud_fixture_set_answers (self, NULL);
      g_assert_null (got);
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
    }
}

/* What openapi.yaml promises of sizes fits into the limits that the gate asks with. */
static void
test_largest (CloudFixture *self, gconstpointer data)
{
  g_autofree TtecommServiceFlagItem *items = g_new0 (TtecommServiceFlagItem, 500);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *statement = g_strnfill (8192, 's');
  g_autoptr (GString) body = g_string_new ("{" TODAY ",\"statements\":[");
  CloudAnswer answers[] = { { "/v1/service-flags", 200, NULL, NULL, 1, FALSE }, { NULL } };
  g_autofree char *request = NULL;
  g_auto (GStrv) got = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 500; i++)
    {
      g_ptr_array_add (ids, g_strdup_printf ("%064u", i));
      items[i] = (TtecommServiceFlagItem){ ids->pdata[i], NONCE };
      g_string_append_printf (body, "%s\"%s\"", i > 0 ? "," : "", statement);
    }
  g_string_append (body, "]}");
  answers[0].body = body->str;
  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  got = ask_flags (self, items, 500, &error);
  cloud_fixture_set_answers (self, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (got), ==, 500);
  request = cloud_fixture_last (self, "POST /v1/service-flags");
  g_assert_cmpuint (strlen (strstr (request, "\r\n\r\n") + 4), <=, 64 * 1024);
}

static void
test_bad_items (CloudFixture *self, gconstpointer data)
{
  static const TtecommServiceFlagItem twice[] = { { "inst-1", NONCE }, { "inst-1", NONCE } };
  static const TtecommServiceFlagItem bad_id[] = { { "inst-1", NONCE }, { "a/b", NONCE } };
  static const TtecommServiceFlagItem no_id[] = { { NULL, NONCE } };
  static const TtecommServiceFlagItem no_nonce[] = { { "inst-1", NULL } };
  static const TtecommServiceFlagItem short_nonce[] = { { "inst-1", "short" } };
  static TtecommServiceFlagItem too_many[501];
  const struct
  {
    const TtecommServiceFlagItem *items;
    gsize n;
  } rows[] = { { two, 0 },      { twice, 2 },       { bad_id, 2 },    { no_id, 1 },
               { no_nonce, 1 }, { short_nonce, 1 }, { too_many, 501 } };

  cloud_fixture_restore (self, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) got = NULL;
      g_autoptr (GError) error = NULL;

      got = ask_flags (self, rows[i].items, rows[i].n, &error);
      g_assert_null (got);
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
    }
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 0);
}

static void
test_too_many (CloudFixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = {
    { "/v1/service-flags", 429, NULL,
      "{\"type\":\"urn:ttecomm:problem:too_many\",\"title\":\"Wait\",\"status\":429}", 1, FALSE },
    { NULL },
  };
  g_auto (GStrv) got = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  got = ask_flags (self, two, 2, &error);
  cloud_fixture_set_answers (self, NULL);
  g_assert_null (got);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY);
}

/* What the list was made of may be gone, or another test's, when a late request is answered. */
static void
test_answers_kept (CloudFixture *self, gconstpointer data)
{
  g_autofree char *body = many (1, "null");
  CloudAnswer answers[] = { { "/v1/installations", 200, NULL, body, 1, FALSE }, { NULL } };
  g_autoptr (TtecommInstallationPage) page = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_restore (self, TRUE);
  cloud_fixture_set_answers (self, answers);
  answers[0].path = NULL;
  memset (body, '!', strlen (body));
  page = ask_page (self, NULL, 200, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->installations->len, ==, 1);
  g_assert_null (page->next);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "client-many", name, CloudFixture, data, cloud_fixture_set_up,     \
                       func, cloud_fixture_tear_down)
  ADD ("page", NULL, test_page);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strconcat ("page-", pages[i].name, NULL);

      ADD (name, &pages[i], test_pages);
    }
  ADD ("long-name", NULL, test_long_name);
  ADD ("bad-places", NULL, test_bad_places);
  ADD ("other-statements", NULL, test_other_statements);
  ADD ("largest", NULL, test_largest);
  ADD ("bad-items", NULL, test_bad_items);
  ADD ("too-many", NULL, test_too_many);
  ADD ("answers-kept", NULL, test_answers_kept);
}

HARNESS_MAIN (register_tests)
