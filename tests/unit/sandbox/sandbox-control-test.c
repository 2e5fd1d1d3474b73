/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

static void
test_clock (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) clock = site_control (site, "GET", "/sandbox/clock", NULL);
  g_autoptr (Reply) same = site_advance (site, SITE_START);
  g_autoptr (Reply) later = site_advance (site, "2026-12-24");
  g_autoptr (Reply) after = site_control (site, "GET", "/sandbox/clock", NULL);

  g_assert_cmpstr (json_text (clock->json, "now"), ==, "2026-09-18T08:00:00Z");
  g_assert_cmpstr (json_text (clock->json, "today"), ==, SITE_START);
  g_assert_cmpint (json_object_get_int_member (clock->json, "offset_seconds"), ==, 0);
  g_assert_cmpstr (json_text (after->json, "now"), ==, "2026-12-24T09:00:00Z");
  g_assert_cmpint (json_object_get_int_member (after->json, "offset_seconds"), ==,
                   97 * 24 * 60 * 60 + 60 * 60);
}

static void
test_the_clock_only_goes_forward (void)
{
  static const struct
  {
    const char *body;
    guint status;
  } rows[] = {
    { "{\"to\":\"2026-09-17\"}", 409 },
    { "{\"to\":\"1999-01-01\"}", 409 },
    { "{\"to\":\"2100-01-01\"}", 400 },
    { "{\"to\":\"2026-09-31\"}", 400 },
    { "{\"to\":\"tomorrow\"}", 400 },
    { "{\"to\":1}", 400 },
    { "{}", 400 },
    { "{\"to\":\"2026-10-01\",\"days\":1}", 400 },
    { "", 400 },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) clock = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Reply) reply = site_control (site, "POST", "/sandbox/clock/advance", rows[i].body);

      g_test_message ("%s", rows[i].body);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
    }
  clock = site_control (site, "GET", "/sandbox/clock", NULL);
  g_assert_cmpstr (json_text (clock->json, "today"), ==, SITE_START);
}

static void
test_without_a_start_it_is_today (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL, NULL);
  g_autoptr (Reply) clock = site_control (site, "GET", "/sandbox/clock", NULL);

  g_assert_cmpstr (json_text (clock->json, "now"), ==, "2026-09-18T08:00:00Z");
  g_assert_cmpint (json_object_get_int_member (clock->json, "offset_seconds"), ==, 0);
}

/* Back to the seed: subscriptions, orders, sign-ins, faults, clock; the keys stay. */
static void
test_reset (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) keys = site_get (site, "/v1/keys", NULL);
  g_autoptr (Reply) fault = NULL;
  g_autoptr (Reply) advance = NULL;
  g_autoptr (Reply) reset = NULL;
  g_autoptr (Reply) signed_out = NULL;
  g_autofree char *again = NULL;
  g_autoptr (Reply) installation = NULL;
  g_autoptr (Reply) same_keys = NULL;

  site_do (site, token, "buy", SITE_VILLA, "RS");
  advance = site_advance (site, "2028-01-01");
  fault = site_control (site, "POST", "/sandbox/faults", "{\"name\":\"refuse-503\"}");
  g_assert_cmpuint (fault->status, ==, 200);
  reset = site_control (site, "POST", "/sandbox/reset", "{}");
  g_assert_cmpstr (json_text (reset->json, "today"), ==, SITE_START);
  signed_out = site_get (site, "/v1/account", token);
  assert_problem (signed_out, "not_signed_in", 401);
  again = site_sign_in (site, MARA);
  installation = site_get (site, "/v1/installations/" SITE_VILLA, again);
  g_assert_null (strstr (installation->text, "\"state\":\"active\""));
  same_keys = site_get (site, "/v1/keys", NULL);
  g_assert_cmpstr (json_text (same_keys->json, "keys"), ==, json_text (keys->json, "keys"));
}

/* A long poll of an order that a reset took away is answered. */
static void
test_reset_answers_long_polls (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);
  g_autofree char *path
      = g_strconcat ("/v1/orders/", json_text (order->json, "id"), "?wait=25", NULL);
  SiteCall *poll = site_begin (site, "GET", path, &(SiteBody){ .token = token });
  g_autoptr (Reply) other = site_get (site, "/v1/account", token);
  g_autoptr (Reply) reset = site_control (site, "POST", "/sandbox/reset", "{}");
  g_autoptr (Reply) answer = site_finish (poll);

  g_assert_cmpuint (reset->status, ==, 200);
  assert_problem (answer, "not_found", 404);
}

static void
test_users (void)
{
  static const struct
  {
    const char *body;
    guint status;
  } rows[] = {
    { "{\"email\":\"mara@example.org\",\"card_good\":false}", 200 },
    { "{\"email\":\"mara@example.org\",\"card_expires\":\"2027-01\"}", 200 },
    { "{\"email\":\"mara@example.org\",\"card_verified\":false}", 200 },
    { "{\"email\":\"mara@example.org\",\"card\":false}", 200 },
    { "{\"email\":\"mara@example.org\",\"card\":true}", 200 },
    { "{\"email\":\"mara@example.org\",\"card_expires\":\"2027-13\"}", 400 },
    { "{\"email\":\"mara@example.org\",\"card_good\":1}", 400 },
    { "{\"email\":\"mara@example.org\",\"money\":1}", 400 },
    { "{\"email\":\"nobody@example.org\",\"card_good\":true}", 404 },
    { "{\"card_good\":true}", 400 },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Reply) reply = site_control (site, "POST", "/sandbox/users", rows[i].body);

      g_test_message ("%s", rows[i].body);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
    }
}

/* All or nothing: a body with one bad member changes nothing. */
static void
test_installations (void)
{
  static const struct
  {
    const char *body;
    guint status;
  } rows[] = {
    { "{\"id\":\"site-active\",\"name\":\"Changed\",\"connected\":1}", 400 },
    { "{\"id\":\"site-active\",\"name\":\"Changed\",\"people\":[{\"email\":\"x\"}]}", 400 },
    { "{\"id\":\"site-active\",\"name\":\"Changed\",\"people\":[{\"email\":\"x\",\"role\":\"god\"}]}",
      400 },
    { "{\"id\":\"site-active\",\"name\":\"Changed\",\"more\":1}", 400 },
    { "{\"id\":\"none\",\"name\":\"Changed\"}", 404 },
    { "{\"name\":\"Changed\"}", 400 },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Reply) reply = site_control (site, "POST", "/sandbox/installations", rows[i].body);

      g_test_message ("%s", rows[i].body);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
    }
  after = site_get (site, "/v1/installations/site-active", token);
  g_assert_cmpstr (json_text (after->json, "name"), ==, "Residentie Aurora");
}

/* -- faults -- */

static guint
add_fault (Site *site, const char *json)
{
  g_autoptr (Reply) reply = site_control (site, "POST", "/sandbox/faults", json);

  return reply->status;
}

static void
test_fault_bodies (void)
{
  static const char *const bad[] = {
    "{\"name\":\"no-such-fault\"}",   "{}",
    "{\"name\":\"slow\",\"ms\":-1}",  "{\"name\":\"slow\",\"times\":0}",
    "{\"name\":\"slow\",\"more\":1}", "{\"name\":1}",
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) list = NULL;
  g_autoptr (Reply) cleared = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (add_fault (site, bad[i]), ==, 400);
  g_assert_cmpuint (add_fault (site, "{\"name\":\"slow\",\"ms\":5,\"times\":2}"), ==, 200);
  list = site_control (site, "GET", "/sandbox/faults", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list->json, "faults")), ==,
                    1);
  cleared = site_control (site, "DELETE", "/sandbox/faults", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (cleared->json, "faults")),
                    ==, 0);
}

static guint
n_faults (Reply *reply)
{
  return json_array_get_length (json_object_get_array_member (reply->json, "faults"));
}

static void
test_one_fault_goes (void)
{
  static const char *const bad[] = { "?name=no-such-fault", "?nome=slow", "?name=slow&times=1" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) gone = NULL;
  g_autoptr (Reply) not_there = NULL;

  add_fault (site, "{\"name\":\"slow\"}");
  add_fault (site, "{\"name\":\"stall\",\"path\":\"/v1/quotes\"}");
  add_fault (site, "{\"name\":\"slow\",\"path\":\"/v1/keys\"}");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/faults", bad[i], NULL);
      g_autoptr (Reply) reply = site_control (site, "DELETE", path, NULL);

      g_assert_cmpuint (reply->status, ==, 400);
    }
  gone = site_control (site, "DELETE", "/sandbox/faults?name=slow", NULL);
  g_assert_cmpuint (n_faults (gone), ==, 1);
  g_assert_nonnull (strstr (gone->text, "/v1/quotes"));
  not_there = site_control (site, "DELETE", "/sandbox/faults?name=slow", NULL);
  g_assert_cmpuint (not_there->status, ==, 200);
  g_assert_cmpuint (n_faults (not_there), ==, 1);
}

/* -- the overview -- */

static JsonObject *
first_of (Reply *reply, const char *name)
{
  return json_array_get_object_element (json_object_get_array_member (reply->json, name), 0);
}

/* Newest first, and the same text while nothing happens. */
static void
test_overview (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) before = site_control (site, "GET", "/sandbox/overview", NULL);
  g_autoptr (Reply) same = site_control (site, "GET", "/sandbox/overview", NULL);
  g_autoptr (Reply) travel = site_advance (site, "2028-12-31");
  g_autoptr (Reply) after = site_control (site, "GET", "/sandbox/overview", NULL);
  JsonArray *events = json_object_get_array_member (after->json, "events");
  JsonArray *mails = json_object_get_array_member (after->json, "mails");
  JsonObject *account = first_of (after, "accounts");

  g_assert_cmpstr (same->text, ==, before->text);
  g_assert_cmpstr (json_text (before->json, "today"), ==, SITE_START);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (before->json, "events")),
                    ==, 0);
  g_assert_cmpstr (json_text (first_of (before, "installations"), "name"), ==, "Villa Picos");
  g_assert_cmpstr (json_text (json_object_get_object_member (after->json, "services"), "RS"), ==,
                   "Remote Services");
  g_assert_cmpstr (json_text (account, "email"), ==, "alexa@example.org");
  g_assert_true (json_object_get_boolean_member (account, "card_good"));
  g_assert_cmpuint (json_array_get_length (events), >, 2);
  for (guint i = 1; i < json_array_get_length (events); i++)
    g_assert_cmpstr (json_text (json_array_get_object_element (events, i - 1), "day"), >=,
                     json_text (json_array_get_object_element (events, i), "day"));
  for (guint i = 1; i < json_array_get_length (mails); i++)
    g_assert_cmpstr (json_text (json_array_get_object_element (mails, i - 1), "sent"), >=,
                     json_text (json_array_get_object_element (mails, i), "sent"));
}

/* However much there is, an answer is small enough to be asked for again and again. */
static void
test_an_overview_is_bounded (void)
{
  g_autoptr (Site) site = site_new_many (SITE_START, 1000);
  g_autoptr (Reply) travel = site_advance (site, "2029-12-31");
  g_autoptr (Reply) reply = site_control (site, "GET", "/sandbox/overview", NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *event;

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (reply->json, "events")),
                    <=, 300);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (reply->json, "mails")), <=,
                    100);
  event = first_of (reply, "events");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (event, "subscriptions")),
                    <=, 10);
  g_assert_true (ttecomm_json_scan (reply->text, strlen (reply->text), 1024 * 1024, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (reply->json, "installations")),
                    ==, 200);
}

/* Faults that stand in for an answer: what the client sees, how often, and where. */
static void
test_faults_instead_of_answers (void)
{
  static const struct
  {
    const char *name;
    guint status;
    const char *type;
  } rows[] = {
    { "refuse-503", 503, "text/plain" },       { "busy-429", 429, "text/plain" },
    { "unauthorized-401", 401, "text/plain" }, { "forbidden-403", 403, "text/plain" },
    { "not-found-404", 404, "text/plain" },    { "proxy-407", 407, "text/html" },
    { "html-200", 200, "text/html" },          { "redirect-foreign", 302, "text/html" },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"name\":\"%s\",\"path\":\"/v1/keys\",\"times\":1,\"retry_after\":7}", rows[i].name);
      g_autoptr (Reply) elsewhere = NULL;
      g_autoptr (Reply) struck = NULL;
      g_autoptr (Reply) over = NULL;

      g_assert_cmpuint (add_fault (site, json), ==, 200);
      elsewhere = site_get (site, "/.well-known/openid-configuration", NULL);
      struck = site_get (site, "/v1/keys", NULL);
      over = site_get (site, "/v1/keys", NULL);
      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (elsewhere->status, ==, 200);
      g_assert_cmpuint (struck->status, ==, rows[i].status);
      g_assert_cmpstr (struck->type, ==, rows[i].type);
      g_assert_cmpuint (over->status, ==, 200);
      g_assert_nonnull (over->json);
      if (rows[i].status == 429 || rows[i].status == 503)
        g_assert_cmpstr (soup_message_headers_get_one (
                             soup_message_get_response_headers (struck->message), "Retry-After"),
                         ==, "7");
      if (rows[i].status == 302)
        g_assert_cmpstr (struck->location, ==, "https://portal.hotel.example/login");
    }
}

/* Faults of the connection or the body: the client gets no good answer, and the next one is good.
 */
static void
test_faults_of_the_answer (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  static const char *const names[] = { "reset", "reset-after" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      /* Enough for the one retry that a client makes on a dead connection. */
      g_autofree char *json = g_strdup_printf ("{\"name\":\"%s\"}", names[i]);
      g_autoptr (Reply) struck = NULL;
      g_autoptr (Reply) cleared = NULL;
      g_autoptr (Reply) over = NULL;

      g_assert_cmpuint (add_fault (site, json), ==, 200);
      struck = site_get (site, "/v1/keys", NULL);
      cleared = site_control (site, "DELETE", "/sandbox/faults", NULL);
      over = site_get (site, "/v1/keys", NULL);
      g_test_message ("%s", names[i]);
      g_assert_nonnull (struck->error);
      g_assert_cmpuint (over->status, ==, 200);
      g_assert_nonnull (over->json);
    }
}

/* libsoup calls a body cut short a success: the length has to be compared. */
static void
test_a_cut_body_is_short (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) whole = site_get (site, "/v1/keys", NULL);
  g_autoptr (Reply) cut = NULL;
  SoupMessageHeaders *headers;

  g_assert_cmpuint (add_fault (site, "{\"name\":\"cut-body\",\"times\":1}"), ==, 200);
  cut = site_get (site, "/v1/keys", NULL);
  headers = soup_message_get_response_headers (cut->message);
  g_assert_cmpint (soup_message_headers_get_content_length (headers), ==, strlen (whole->text));
  g_assert_cmpuint (strlen (cut->text), ==, strlen (whole->text) / 2);
}

static void
test_faults_of_the_json (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) bad = NULL;
  g_autoptr (Reply) duplicate = NULL;
  g_autoptr (Reply) huge = NULL;
  const char *first;

  g_assert_cmpuint (add_fault (site, "{\"name\":\"bad-json\",\"times\":1}"), ==, 200);
  bad = site_get (site, "/v1/keys", NULL);
  g_assert_cmpuint (bad->status, ==, 200);
  g_assert_null (bad->json);
  g_assert_cmpuint (add_fault (site, "{\"name\":\"duplicate-members\",\"times\":1}"), ==, 200);
  duplicate = site_get (site, "/v1/keys", NULL);
  first = strstr (duplicate->text, "\"server_today\"");
  g_assert_nonnull (first);
  g_assert_nonnull (strstr (first + 1, "\"server_today\":\"1999-01-01\""));
  g_assert_cmpuint (add_fault (site, "{\"name\":\"huge-body\",\"times\":1,\"bytes\":3000000}"), ==,
                    200);
  huge = site_get (site, "/v1/keys", NULL);
  g_assert_cmpuint (strlen (huge->text), >, 3000000);
}

/* A drip ends whole, only late; a slow answer is the right one; a stall never ends. */
static void
test_faults_of_time (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) clean = site_get (site, "/.well-known/openid-configuration", NULL);
  g_autoptr (Reply) drip = NULL;
  g_autoptr (Reply) slow = NULL;
  g_autoptr (Reply) alive = NULL;
  g_autoptr (Reply) stalled = NULL;
  SiteCall *stall;
  gint64 before;

  g_assert_cmpuint (add_fault (site, "{\"name\":\"drip\",\"times\":1,\"ms\":0}"), ==, 200);
  drip = site_get (site, "/.well-known/openid-configuration", NULL);
  g_assert_cmpstr (drip->text, ==, clean->text);
  g_assert_cmpuint (add_fault (site, "{\"name\":\"slow\",\"times\":1,\"ms\":80}"), ==, 200);
  before = g_get_monotonic_time ();
  slow = site_get (site, "/.well-known/openid-configuration", NULL);
  g_assert_cmpstr (slow->text, ==, clean->text);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 80 * 1000);
  g_assert_cmpuint (add_fault (site, "{\"name\":\"stall\",\"times\":1}"), ==, 200);
  stall = site_begin (site, "GET", "/v1/keys", NULL);
  alive = site_get (site, "/.well-known/openid-configuration", NULL);
  g_assert_cmpuint (alive->status, ==, 200);
  g_assert_false (site_is_done (stall));
  site_cancel (stall);
  stalled = site_finish (stall);
  g_assert_error (stalled->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The answer is lost after the work was done: the key finds the order again, once. */
static void
test_a_lost_answer_buys_once (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) lost = NULL;
  g_autoptr (Reply) again = NULL;

  g_assert_cmpuint (add_fault (site, "{\"name\":\"cut-body\",\"path\":\"/v1/orders\",\"times\":1}"),
                    ==, 200);
  lost = site_order (site, token, id);
  g_assert_null (lost->json);
  again = site_order (site, token, id);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (json_text (again->json, "state"), ==, "pending");
}

static void
stopped_cb (TtecommSandbox *sandbox, gpointer data)
{
  *(guint *)data += 1;
}

/* Who asks is answered, once for all; then nobody is there any more. */
static void
test_stop (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *url
      = g_strconcat (ttecomm_sandbox_get_control_url (site->sandbox), "/sandbox/stop", NULL);
  SiteCall *calls[2];
  g_autoptr (Reply) control = NULL;
  g_autoptr (Reply) api = NULL;
  guint n_stopped = 0;

  g_signal_connect (site->sandbox, "stopped", G_CALLBACK (stopped_cb), &n_stopped);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = site_begin (site, "POST", url, &(SiteBody){ .json = "{}" });
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (Reply) reply = site_finish (calls[i]);

      /* The second may come too late. */
      if (i == 0 || reply->error == NULL)
        g_assert_cmpstr (json_text (reply->json, "today"), ==, SITE_START);
    }
  while (n_stopped == 0)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  control = site_control (site, "GET", "/sandbox/clock", NULL);
  g_assert_error (control->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  api = site_get (site, "/v1/keys", NULL);
  g_assert_error (api->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_cmpuint (n_stopped, ==, 1);
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    { "clock", test_clock },
    { "the-clock-only-goes-forward", test_the_clock_only_goes_forward },
    { "without-a-start-it-is-today", test_without_a_start_it_is_today },
    { "reset", test_reset },
    { "reset-answers-long-polls", test_reset_answers_long_polls },
    { "users", test_users },
    { "installations", test_installations },
    { "fault-bodies", test_fault_bodies },
    { "one-fault-goes", test_one_fault_goes },
    { "overview", test_overview },
    { "an-overview-is-bounded", test_an_overview_is_bounded },
    { "faults-instead-of-answers", test_faults_instead_of_answers },
    { "faults-of-the-answer", test_faults_of_the_answer },
    { "a-cut-body-is-short", test_a_cut_body_is_short },
    { "faults-of-the-json", test_faults_of_the_json },
    { "faults-of-time", test_faults_of_time },
    { "a-lost-answer-buys-once", test_a_lost_answer_buys_once },
    { "stop", test_stop },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-control", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
