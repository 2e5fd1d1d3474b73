/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

/* Every operation that needs a sign-in. */
static const char *const signed_in[][2] = {
  { "GET", "/v1/account" },           { "GET", "/v1/installations/x" },
  { "POST", "/v1/service-flag" },     { "GET", "/v1/catalogue" },
  { "POST", "/v1/quotes" },           { "POST", "/v1/orders" },
  { "GET", "/v1/orders?state=paid" }, { "GET", "/v1/orders/x" },
  { "POST", "/v1/orders/x/cancel" },  { "GET", "/v1/installations" },
  { "POST", "/v1/service-flags" },
};

static void
test_nobody_is_let_in (void)
{
  static const char *const tokens[] = { NULL, "", "x", "x y" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (signed_in); i++)
    for (gsize t = 0; t < G_N_ELEMENTS (tokens); t++)
      {
        g_autoptr (Reply) reply = site_send (site, signed_in[i][0], signed_in[i][1],
                                             &(SiteBody){ .token = tokens[t], .json = "{}" });

        g_test_message ("%s %s", signed_in[i][0], signed_in[i][1]);
        assert_problem (reply, "not_signed_in", 401);
      }
}

static void
test_account (void)
{
  static const struct
  {
    const char *email;
    gboolean complete;
    const char *missing;
    gboolean card;
  } rows[] = {
    { "mara@example.org", TRUE, "", TRUE },
    { "alexa@example.org", TRUE, "", TRUE },
    { "tom@example.org", TRUE, "", FALSE },
    { "nina@example.org", FALSE, "address,company,tax_id", TRUE },
    { "karel@example.org", TRUE, "", FALSE },
    { "willem@example.org", TRUE, "", TRUE },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *token = site_sign_in (site, rows[i].email);
      g_autoptr (Reply) reply = site_get (site, "/v1/account", token);
      JsonArray *missing = json_object_get_array_member (reply->json, "missing");
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint m = 0; m < json_array_get_length (missing); m++)
        g_string_append_printf (text, "%s%s", m > 0 ? "," : "",
                                json_array_get_string_element (missing, m));
      g_test_message ("%s", rows[i].email);
      g_assert_cmpstr (json_text (reply->json, "email"), ==, rows[i].email);
      g_assert_cmpint (json_object_get_boolean_member (reply->json, "complete"), ==,
                       rows[i].complete);
      g_assert_cmpstr (text->str, ==, rows[i].missing);
      g_assert_cmpint (!json_object_get_null_member (reply->json, "card"), ==, rows[i].card);
      g_assert_true (g_str_has_prefix (json_text (reply->json, "account_url"),
                                       ttecomm_sandbox_get_web_url (site->sandbox)));
    }
}

static void
test_installations (void)
{
  static const struct
  {
    const char *email;
    const char *installation;
    const char *role; /* NULL: not found */
  } rows[] = {
    { "alexa@example.org", SITE_VILLA, "owner" },
    { "mara@example.org", SITE_VILLA, "integrator" },
    { "tom@example.org", SITE_VILLA, "user" },
    { "mara@example.org", "site-unknown-role", "unknown" },
    { "stef@example.org", SITE_VILLA, NULL },
    { "mara@example.org", "site-nl", NULL },
    { "mara@example.org", "none", NULL },
    { "mara@example.org", "%27%20OR%201=1", NULL },
    { "mara@example.org", "a%2Fb", NULL },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *token = site_sign_in (site, rows[i].email);
      g_autofree char *path = g_strconcat ("/v1/installations/", rows[i].installation, NULL);
      g_autoptr (Reply) reply = site_get (site, path, token);

      g_test_message ("%s %s", rows[i].email, rows[i].installation);
      if (rows[i].role == NULL)
        {
          assert_problem (reply, "not_found", 404);
          continue;
        }
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpstr (json_text (reply->json, "role"), ==, rows[i].role);
      g_assert_cmpuint (json_array_get_length (
                            json_object_get_array_member (reply->json, "subscriptions")),
                        ==, 3);
    }
}

/* An address that is both owner and integrator counts as owner (S75). */
static void
test_owner_counts_first (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) change = site_control (
      site, "POST", "/sandbox/installations",
      "{\"id\":\"site-active\",\"people\":[{\"email\":\"Mara@Example.org\",\"role\":\"integrator\"},"
      "{\"email\":\"mara@example.org\",\"role\":\"owner\"}]}");
  g_autoptr (Reply) reply = site_get (site, "/v1/installations/site-active", token);

  g_assert_cmpuint (change->status, ==, 200);
  g_assert_cmpstr (json_text (reply->json, "role"), ==, "owner");
}

static void
test_catalogue (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) reply = site_get (site, "/v1/catalogue", token);
  JsonArray *products = json_object_get_array_member (reply->json, "products");
  JsonObject *terms = json_object_get_object_member (reply->json, "terms");

  g_assert_true (json_object_get_boolean_member (reply->json, "fiction"));
  g_assert_cmpuint (json_array_get_length (products), ==, 3);
  for (guint i = 0; i < json_array_get_length (products); i++)
    g_assert_true (
        json_object_has_member (terms,
                                json_text (json_array_get_object_element (products, i), "terms")));
}

static void
test_odd_requests (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');
  g_autofree char *deep = g_strnfill (20000, '[');
  g_autoptr (Reply) nothing = site_get (site, "/v1/nothing", token);
  g_autoptr (Reply) root = site_get (site, "/", token);
  g_autoptr (Reply) trailing = site_get (site, "/v1/account/", token);
  g_autoptr (Reply) method = site_send (site, "DELETE", "/v1/account", NULL);
  g_autoptr (Reply) too_large = site_post (site, "/v1/quotes", token, large);
  g_autoptr (Reply) too_deep = site_post (site, "/v1/quotes", token, deep);
  g_autoptr (Reply) form
      = site_send (site, "POST", "/v1/quotes", &(SiteBody){ .token = token, .form = "lines=1" });
  g_autoptr (Reply) state = site_get (site, "/v1/orders?state=all", token);
  g_autoptr (Reply) no_state = site_get (site, "/v1/orders", token);
  g_autoptr (Reply) twice = site_get (site, "/v1/orders?state=paid&state=pending", token);

  assert_problem (nothing, "not_found", 404);
  assert_problem (root, "not_found", 404);
  assert_problem (trailing, "not_found", 404);
  assert_problem (method, "invalid", 405);
  assert_problem (too_large, "invalid", 413);
  assert_problem (too_deep, "invalid", 400);
  assert_problem (form, "invalid", 400);
  assert_problem (state, "invalid", 400);
  assert_problem (no_state, "invalid", 400);
  assert_problem (twice, "invalid", 400);
}

/* A connection that will be closed is said to be: a client that believes it open sends its next
 * request into nothing, and a POST cannot be sent again. */
static void
test_says_when_it_closes (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) keys = site_get (site, "/v1/keys", NULL);
  g_autoptr (Reply) refused = site_get (site, "/v1/account", NULL);
  const Reply *replies[] = { keys, refused };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      SoupMessageHeaders *headers = soup_message_get_response_headers (replies[i]->message);

      g_assert_cmpuint (replies[i]->status, !=, 0);
      g_assert_true (soup_message_headers_header_equals (headers, "Connection", "close"));
    }
}

/* A client that does not trust the sandbox's CA gets no answer at all. */
static void
test_tls_is_checked (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (SoupSession) stranger = soup_session_new ();
  g_autoptr (SoupSession) ours = g_steal_pointer (&site->session);
  g_autoptr (Reply) reply = NULL;

  site->session = g_object_ref (stranger);
  reply = site_get (site, "/v1/keys", NULL);
  g_assert_error (reply->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "sandbox-contract", "nobody-is-let-in", test_nobody_is_let_in);
  /* rules: S31 S36 C6 C23 */
  harness_add (harness, "sandbox-contract", "account", test_account);
  harness_add (harness, "sandbox-contract", "installations", test_installations);
  /* rules: H5 */
  harness_add (harness, "sandbox-contract", "owner-counts-first", test_owner_counts_first);
  /* rules: C28 */
  harness_add (harness, "sandbox-contract", "catalogue", test_catalogue);
  harness_add (harness, "sandbox-contract", "odd-requests", test_odd_requests);
  harness_add (harness, "sandbox-contract", "says-when-it-closes", test_says_when_it_closes);
  harness_add (harness, "sandbox-contract", "tls-is-checked", test_tls_is_checked);
}

HARNESS_MAIN (register_tests)
