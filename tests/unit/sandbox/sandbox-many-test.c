/* SPDX-License-Identifier: MIT */
/* Lists: all installations of an account, and many statements at once. */
#include "api/ttcloud/statement.h"
#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"
#define NONCE "ABCDEFGHIJKLMNOPQRSTUV"
#define LIST "/v1/installations"
#define FLAGS "/v1/service-flags"

static JsonArray *
get_list (Reply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (reply->json, "installations");
}

static JsonObject *
find (JsonArray *list, const char *id)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_str_equal (json_text (json_array_get_object_element (list, i), "id"), id))
      return json_array_get_object_element (list, i);
  return NULL;
}

static JsonObject *
subscription (JsonObject *installation, const char *service)
{
  JsonArray *list = json_object_get_array_member (installation, "subscriptions");

  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_str_equal (json_text (json_array_get_object_element (list, i), "service"), service))
      return json_array_get_object_element (list, i);
  return NULL;
}

/* Only what is linked to the account, each as GET /v1/installations/{} has it. */
static void
test_list (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) reply = site_get (site, LIST, token);
  JsonArray *list = get_list (reply);
  JsonObject *active = find (list, "site-active");
  JsonObject *remote = subscription (active, "RS");

  g_assert_true (json_object_get_null_member (reply->json, "next"));
  g_assert_null (find (list, "site-nl"));
  g_assert_cmpstr (json_text (active, "role"), ==, "integrator");
  g_assert_cmpstr (json_text (remote, "state"), ==, "active");
  g_assert_true (json_object_get_boolean_member (remote, "auto_renew"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (remote,
                                                                              "next_charge"),
                                               "gross_cents"),
                   ==, 7260);
  g_assert_true (
      json_object_get_boolean_member (json_object_get_object_member (remote, "payer"), "you"));
  g_assert_null (subscription (find (list, "site-ending"), "VC"));
  g_assert_false (
      json_object_has_member (subscription (find (list, "site-ending"), "RS"), "next_charge"));
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (find (list, SITE_VILLA), "subscriptions")),
                    ==, 0);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *id = json_text (json_array_get_object_element (list, i), "id");
      g_autofree char *path = g_strconcat (LIST "/", id, NULL);
      g_autoptr (Reply) one = site_get (site, path, token);

      g_assert_cmpuint (one->status, ==, 200);
      g_assert_cmpstr (json_text (one->json, "name"), ==,
                       json_text (json_array_get_object_element (list, i), "name"));
    }
}

static void
test_stranger (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, "stef@example.org");
  g_autoptr (Reply) reply = site_get (site, LIST, token);

  g_assert_cmpuint (json_array_get_length (get_list (reply)), ==, 0);
}

/* Pages of any size tell every installation once, in the order of the ids, also when one goes away
 * and another one comes between two pages. */
static void
test_pages (void)
{
  static const char *const limits[] = { "1", "7", "99", "200" };
  g_autoptr (Site) site = site_new_many (SITE_START, 250);
  g_autofree char *token = site_sign_in (site, MARA);
  guint total = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *cursor = NULL;
      g_autofree char *last = g_strdup ("");
      guint n = 0;

      do
        {
          g_autofree char *path = g_strconcat (LIST "?limit=", limits[i],
                                               cursor != NULL ? "&cursor=" : NULL, cursor, NULL);
          g_autoptr (Reply) reply = site_get (site, path, token);
          JsonArray *list = get_list (reply);

          for (guint k = 0; k < json_array_get_length (list); k++, n++)
            {
              const char *id = json_text (json_array_get_object_element (list, k), "id");

              g_assert_cmpstr (id, >, last);
              g_free (last);
              last = g_strdup (id);
            }
          g_free (cursor);
          cursor = json_object_get_null_member (reply->json, "next")
                       ? NULL
                       : g_strdup (json_text (reply->json, "next"));
        }
      while (cursor != NULL);
      if (total == 0)
        total = n;
      g_assert_cmpuint (n, ==, total);
    }
  g_assert_cmpuint (total, >, 250);
}

static void
test_bad_places (void)
{
  static const char *const queries[] = {
    "?limit=0",         "?limit=201",       "?limit=-1",    "?limit=x",
    "?limit=",          "?limit=5&limit=5", "?cursor=",     "?cursor=!",
    "?cursor=YQ%3D%3D", "?cursor=YS9i",     "?cursor=AAAA",
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat (LIST, queries[i], NULL);
      g_autoptr (Reply) reply = site_get (site, path, token);

      g_test_message ("%s", queries[i]);
      assert_problem (reply, "invalid", 400);
    }
}

/* The same world for the same number, with something of everything in it. */
static void
test_many (void)
{
  static const char *const states[] = { "active", "ending", "past_due", "expired" };
  g_autoptr (Site) site = site_new_many (SITE_START, 100);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) reply = site_get (site, LIST, token);
  g_autoptr (Reply) reset = site_control (site, "POST", "/sandbox/reset", "{}");
  g_autofree char *again = site_sign_in (site, MARA);
  g_autoptr (Reply) second = site_get (site, LIST, again);

  g_assert_nonnull (find (get_list (reply), "many-00001"));
  g_assert_nonnull (find (get_list (reply), "many-00100"));
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *state = g_strdup_printf ("\"state\":\"%s\"", states[i]);

      g_assert_nonnull (strstr (reply->text, state));
    }
  g_assert_cmpuint (reset->status, ==, 200);
  g_assert_cmpstr (reply->text, ==, second->text);
}

/* --- statements --- */

/* (transfer full): the body that asks about `ids` */
static char *
items_of (const char *const *ids)
{
  g_autoptr (GString) body = g_string_new ("{\"items\":[");

  for (gsize i = 0; ids[i] != NULL; i++)
    g_string_append_printf (body, "%s{\"installation\":\"%s\",\"nonce\":\"" NONCE "\"}",
                            i > 0 ? "," : "", ids[i]);
  g_string_append (body, "]}");
  return g_string_free (g_steal_pointer (&body), FALSE);
}

static TtecommKeySet *
fetch_keys (Site *site)
{
  g_autoptr (Reply) reply = site_get (site, "/v1/keys", NULL);
  const char *trust_text = ttecomm_sandbox_get_trust (site->sandbox);
  const char *keys_text = json_text (reply->json, "keys");
  g_autoptr (TtecommTrust) trust = NULL;
  g_autoptr (GError) error = NULL;
  TtecommKeySet *keys;

  trust = ttecomm_trust_new_from_json (trust_text, strlen (trust_text), &error);
  g_assert_no_error (error);
  keys = ttecomm_key_set_verify (keys_text, strlen (keys_text), trust, 0, &error);
  g_assert_no_error (error);
  return keys;
}

static TtecommStatement *
verify_nth (Site *site, Reply *reply, guint n, const char *id, GError **error)
{
  g_autoptr (TtecommKeySet) keys = fetch_keys (site);
  const char *text
      = json_array_get_string_element (json_object_get_array_member (reply->json, "statements"), n);
  const TtecommStatementExpected expected
      = { .keys = keys, .installation = id, .account = "acct-mara", .nonce = NONCE };

  return ttecomm_statement_verify (text, strlen (text), &expected, error);
}

/* In the order of the question; what is another's or nobody's is told like any other. */
static void
test_statements (void)
{
  static const char *const ids[] = { "there-is-none", "site-active", "site-nl", SITE_VILLA, NULL };
  static const TtecommServiceState states[]
      = { TTECOMM_SERVICE_STATE_NOT_LINKED, TTECOMM_SERVICE_STATE_ACTIVE,
          TTECOMM_SERVICE_STATE_NOT_LINKED, TTECOMM_SERVICE_STATE_NOT_ACTIVATED };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *body = items_of (ids);
  g_autoptr (Reply) reply = site_post (site, FLAGS, token, body);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (reply->json, "statements")),
                    ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommStatement) statement = verify_nth (site, reply, i, ids[i], &error);

      g_assert_no_error (error);
      g_assert_cmpint (ttecomm_statement_get_service (statement, "RS")->state, ==, states[i]);
    }
}

/* The most that may be asked for, and one more. */
static void
test_five_hundred (void)
{
  g_autoptr (Site) site = site_new_many (SITE_START, 500);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autofree char *body = NULL;
  g_autofree char *long_body = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autoptr (Reply) long_reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommStatement) last = NULL;

  for (guint i = 1; i <= 501; i++)
    {
      g_autofree char *id = g_strdup_printf ("many-%05u", i);

      g_strv_builder_add (builder, id);
    }
  ids = g_strv_builder_end (builder);
  long_body = items_of ((const char *const *)ids);
  g_clear_pointer (&ids[500], g_free);
  body = items_of ((const char *const *)ids);
  reply = site_post (site, FLAGS, token, body);
  long_reply = site_post (site, FLAGS, token, long_body);

  g_assert_cmpuint (reply->status, ==, 200);
  last = verify_nth (site, reply, 499, "many-00500", &error);
  g_assert_no_error (error);
  g_assert_nonnull (last);
  assert_problem (long_reply, "invalid", 400);
}

static void
test_bad_questions (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"items\":[]}",
    "{\"items\":{}}",
    "{\"items\":[1]}",
    "{\"items\":[{\"installation\":\"x\"}]}",
    "{\"items\":[{\"installation\":\"x\",\"nonce\":\"short\"}]}",
    "{\"items\":[{\"installation\":\"a/b\",\"nonce\":\"" NONCE "\"}]}",
    "{\"items\":[{\"installation\":\"x\",\"nonce\":\"" NONCE "\",\"more\":1}]}",
    "{\"items\":[{\"installation\":\"x\",\"nonce\":\"" NONCE "\"}],\"more\":1}",
    "{\"items\":[{\"installation\":\"x\",\"nonce\":\"" NONCE
    "\"},{\"installation\":\"x\",\"nonce\":\"" NONCE "\"}]}",
    "[]",
    "",
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *large = g_strnfill (64 * 1024 + 1, ' ');
  g_autoptr (Reply) too_large = site_post (site, FLAGS, token, large);

  assert_problem (too_large, "invalid", 413);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Reply) reply = site_post (site, FLAGS, token, bodies[i]);

      g_test_message ("%s", bodies[i]);
      assert_problem (reply, "invalid", 400);
    }
}

/* 10,000 a minute; the next minute is another one, and another account has its own. */
static void
test_too_many (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *other = site_sign_in (site, "jonas@example.org");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autofree char *body = NULL;
  guint status = 200;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("none-%u", i);

      g_strv_builder_add (builder, id);
    }
  ids = g_strv_builder_end (builder);
  body = items_of ((const char *const *)ids);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Reply) reply = site_post (site, FLAGS, token, body);

      status = MAX (status, reply->status);
    }
  g_assert_cmpuint (status, ==, 200);
  {
    g_autoptr (Reply) reply = site_post (site, FLAGS, token, body);
    g_autoptr (Reply) one = site_post (site, "/v1/service-flag", token,
                                       "{\"installation\":\"x\",\"nonce\":\"" NONCE "\"}");
    g_autoptr (Reply) others = site_post (site, FLAGS, other, body);
    const char *wait
        = soup_message_headers_get_one (soup_message_get_response_headers (reply->message),
                                        "Retry-After");

    assert_problem (reply, "too_many", 429);
    g_assert_nonnull (wait);
    g_assert_cmpint (g_ascii_strtoll (wait, NULL, 10), >=, 1);
    g_assert_cmpint (g_ascii_strtoll (wait, NULL, 10), <=, 60);
    g_assert_cmpuint (one->status, ==, 200);
    g_assert_cmpuint (others->status, ==, 200);
  }
}

/* A statement's fault takes one of many; a fault for one end point leaves the other alone. */
static void
test_faults (void)
{
  static const char *const ids[] = { "site-active", "site-ending", NULL };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *body = items_of (ids);
  g_autoptr (Reply) spoil
      = site_control (site, "POST", "/sandbox/faults", "{\"name\":\"bad-signature\",\"times\":1}");
  g_autoptr (Reply) reply = site_post (site, FLAGS, token, body);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_error = NULL;
  g_autoptr (TtecommStatement) bad = verify_nth (site, reply, 0, "site-active", &error);
  g_autoptr (TtecommStatement) good = verify_nth (site, reply, 1, "site-ending", &no_error);
  g_autoptr (Reply) single
      = site_control (site, "POST", "/sandbox/faults",
                      "{\"name\":\"refuse-503\",\"path\":\"/v1/service-flag\"}");
  g_autoptr (Reply) one = site_post (site, "/v1/service-flag", token,
                                     "{\"installation\":\"x\",\"nonce\":\"" NONCE "\"}");
  g_autoptr (Reply) all = site_post (site, FLAGS, token, body);

  g_assert_cmpuint (spoil->status, ==, 200);
  g_assert_null (bad);
  g_assert_error (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_SIGNATURE);
  g_assert_no_error (no_error);
  g_assert_nonnull (good);
  g_assert_cmpuint (single->status, ==, 200);
  g_assert_cmpuint (one->status, ==, 503);
  g_assert_cmpuint (all->status, ==, 200);
}

static void
register_tests (Harness *harness)
{
  /* rules: S33 */
  harness_add (harness, "sandbox-many", "list", test_list);
  harness_add (harness, "sandbox-many", "stranger", test_stranger);
  harness_add (harness, "sandbox-many", "pages", test_pages);
  harness_add (harness, "sandbox-many", "bad-places", test_bad_places);
  harness_add (harness, "sandbox-many", "many", test_many);
  harness_add (harness, "sandbox-many", "statements", test_statements);
  harness_add (harness, "sandbox-many", "five-hundred", test_five_hundred);
  harness_add (harness, "sandbox-many", "bad-questions", test_bad_questions);
  harness_add (harness, "sandbox-many", "too-many", test_too_many);
  harness_add (harness, "sandbox-many", "faults", test_faults);
}

HARNESS_MAIN (register_tests)
