/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/form.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

static const SandboxPersonWishes as_mara = { .address = MARA, .password = "sandbox" };

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *p = strstr (text, what); p != NULL; p = strstr (p + 1, what))
    n++;
  return n;
}

/* What every page owes to whoever reads it. */
static void
assert_is_a_page (Reply *reply)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (reply->message);
  const char *policy = soup_message_headers_get_one (headers, "Content-Security-Policy");

  g_assert_cmpstr (reply->type, ==, "text/html");
  g_assert_true (g_str_has_prefix (reply->text, "<!DOCTYPE html>\n<html lang=\"en\">"));
  g_assert_cmpuint (count (reply->text, "<title>"), ==, 1);
  g_assert_cmpuint (count (reply->text, "<h1>"), ==, 1);
  g_assert_cmpuint (count (reply->text, "<main "), ==, 1);
  g_assert_nonnull (strstr (reply->text, "SANDBOX: prices are fiction"));
  g_assert_nonnull (strstr (reply->text, "name=\"viewport\""));
  g_assert_null (strstr (reply->text, "<script"));
  g_assert_null (strstr (reply->text, "style=\""));
  g_assert_cmpuint (count (reply->text, "type=\"text\"") + count (reply->text, "type=\"email\"")
                        + count (reply->text, "type=\"password\""),
                    ==, count (reply->text, "<label for="));
  g_assert_true (g_str_has_prefix (policy, "default-src 'none'; style-src 'self'"));
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Cache-Control"), ==, "no-store");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "X-Content-Type-Options"), ==, "nosniff");
}

static void
test_every_page (void)
{
  static const char *const paths[] = { "/",
                                       "/sign-in",
                                       "/terms-of-sale",
                                       "/create-account",
                                       "/forgot-password",
                                       "/authorize",
                                       "/checkout/unknown",
                                       "/checkout/unknown/confirm",
                                       "/there/is/none" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) style = site_web (site, "GET", "/style.css", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Reply) reply = site_web (site, "GET", paths[i], NULL);

      g_test_message ("%s", paths[i]);
      assert_is_a_page (reply);
    }
  g_assert_cmpstr (style->type, ==, "text/css");
  g_assert_nonnull (strstr (style->text, "prefers-color-scheme: dark"));
  g_assert_nonnull (strstr (style->text, ":focus-visible"));
}

/* A pending order's checkout address. */
static char *
start_checkout (Site *site, const char *token)
{
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);

  return g_strdup (json_text (order->json, "checkout_url"));
}

/* Names are somebody else's text: on a page they are text and nothing more. */
static void
test_names_are_escaped (void)
{
  static const char change[]
      = "{\"id\":\"" SITE_VILLA "\",\"name\":\"<script>alert('1')</script>\\\"&\"}";
  static const char escaped[] = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;";
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) renamed = site_control (site, "POST", "/sandbox/installations", change);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *url = start_checkout (site, token);
  g_autoptr (Reply) checkout = site_get (site, url, NULL);
  g_autoptr (Reply) installation = site_get (site, "/v1/installations/" SITE_VILLA, token);

  g_assert_cmpuint (renamed->status, ==, 200);
  assert_is_a_page (checkout);
  g_assert_nonnull (strstr (checkout->text, escaped));
  g_assert_cmpstr (json_text (installation->json, "name"), ==, "<script>alert('1')</script>\"&");
}

/* The checkout says who pays, how much, until when, and how to stop it. */
static void
test_checkout_says_it_all (void)
{
  static const char *const facts[] = { "Mara Lind",
                                       "€72.60 now",
                                       "€60.00",
                                       "€12.60",
                                       "Runs until 30/09/2027",
                                       "The 13 days left",
                                       "Next charge €72.60 on 30/08/2027",
                                       "To stop",
                                       "ending in 4242" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *url = start_checkout (site, token);
  g_autoptr (Reply) page = site_get (site, url, NULL);

  assert_is_a_page (page);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_test_message ("%s", facts[i]);
      g_assert_nonnull (strstr (page->text, facts[i]));
    }
}

/* No step of the checkout can be jumped over, and no forged form pays. */
static void
test_checkout_steps_cannot_be_skipped (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *url = start_checkout (site, token);
  g_autofree char *confirm = g_strconcat (url, "/confirm", NULL);
  g_autofree char *bank = g_strconcat (url, "/bank", NULL);
  g_autoptr (Reply) early = site_get (site, confirm, NULL);
  g_autoptr (Reply) early_bank = site_get (site, bank, NULL);
  g_autoptr (Reply) forged
      = site_send (site, "POST", url, &(SiteBody){ .form = "action=pay&card=file" });
  g_autoptr (Reply) forged_confirm
      = site_send (site, "POST", confirm, &(SiteBody){ .form = "action=confirm" });
  g_autoptr (Reply) pending = site_get (site, "/v1/orders?state=pending", token);

  g_assert_cmpuint (early->status, ==, 303);
  g_assert_cmpuint (early_bank->status, ==, 303);
  g_assert_cmpuint (forged->status, ==, 403);
  g_assert_cmpuint (forged_confirm->status, ==, 403);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (pending->json, "orders")),
                    ==, 1);
}

/* The bank's page of one card does not open for another. */
static void
test_the_banks_page_is_for_its_card (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *url = start_checkout (site, token);
  g_autofree char *bank = g_strconcat (url, "/bank", NULL);
  g_autoptr (Reply) page = site_get (site, url, NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autofree char *posted = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (Reply) chosen = NULL;
  g_autoptr (Reply) question = NULL;
  g_autoptr (SandboxForm) yes = NULL;
  g_autoptr (Reply) refused = NULL;

  g_assert_true (sandbox_form_set (form, "card", "other"));
  g_assert_true (sandbox_form_set (form, "number", "4000000000000002"));
  g_assert_true (sandbox_form_set (form, "expires", "12/99"));
  g_assert_true (sandbox_form_press (form, "action", "pay"));
  posted = sandbox_form_encode (form);
  chosen = site_send (site, "POST", url, &(SiteBody){ .form = posted });
  g_assert_cmpuint (chosen->status, ==, 303);
  question = site_get (site, bank, NULL);
  yes = sandbox_form_read (question->text);
  g_assert_true (sandbox_form_press (yes, "action", "confirm"));
  answer = sandbox_form_encode (yes);
  refused = site_send (site, "POST", bank, &(SiteBody){ .form = answer });
  g_assert_cmpuint (refused->status, ==, 303);
  g_assert_true (g_str_has_suffix (refused->location, "/confirm"));
}

/* Both ways of signing in, and out of a page that needs it. */
static void
test_account_page_needs_sign_in (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *url
      = g_strconcat (ttecomm_sandbox_get_web_url (site->sandbox), "/account", NULL);
  const SandboxPersonWishes stranger = { .address = "x@example.org", .password = "sandbox" };
  g_autoptr (Reply) off = site_web (site, "GET", "/account", NULL);
  g_autoptr (Reply) change
      = site_web (site, "GET", "/account/renewal?installation=site-active&service=RS&to=off", NULL);

  g_assert_cmpuint (off->status, ==, 303);
  g_assert_cmpstr (off->location, ==, "/sign-in");
  g_assert_cmpuint (change->status, ==, 303);
  g_assert_true (site_browse (site, url, &as_mara));
  g_assert_false (site_browse (site, url, &stranger));
}

static void
test_switching_renewal_off (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *url
      = g_strconcat (ttecomm_sandbox_get_web_url (site->sandbox), "/account", NULL);
  SandboxPersonWishes wishes = as_mara;
  SandboxPersonWishes tom = as_mara;
  g_autoptr (Reply) after = NULL;

  tom.address = "tom@example.org";
  tom.switch_off = "site-active/RS";
  g_assert_false (site_browse (site, url, &tom));
  wishes.switch_off = "site-active/RS";
  g_assert_true (site_browse (site, url, &wishes));
  g_assert_false (site_browse (site, url, &wishes));
  wishes.switch_off = "site-nl/ATMOS";
  g_assert_false (site_browse (site, url, &wishes));
  after = site_get (site, "/v1/installations/site-active", token);
  g_assert_nonnull (strstr (after->text, "\"state\":\"ending\",\"auto_renew\":false"));
}

/* -- on the account page, signed in as Mara with the session's own cookies -- */

static void
sign_the_browser_in (Site *site)
{
  g_autoptr (Reply) page = site_web (site, "GET", "/sign-in", NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autofree char *posted = NULL;
  g_autoptr (Reply) answer = NULL;

  sandbox_form_set (form, "email", MARA);
  sandbox_form_set (form, "password", "sandbox");
  sandbox_form_press (form, "action", "sign-in");
  posted = sandbox_form_encode (form);
  answer = site_web (site, "POST", "/sign-in", posted);
  g_assert_cmpuint (answer->status, ==, 303);
  g_assert_cmpstr (answer->location, ==, "/account");
}

static Reply *
replace_card (Site *site, const char *number, const char *expires)
{
  g_autoptr (Reply) page = site_web (site, "GET", "/account", NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autofree char *posted = NULL;

  assert_is_a_page (page);
  g_assert_cmpstr (form->action, ==, "/account/card");
  sandbox_form_set (form, "number", number);
  sandbox_form_set (form, "expires", expires);
  posted = sandbox_form_encode (form);
  return site_web (site, "POST", "/account/card", posted);
}

static void
test_replacing_the_card (void)
{
  static const struct
  {
    const char *number;
    const char *expires;
    guint status;
  } rows[] = {
    { "378282246310005", "12/30", 400 },     { "4000000000000002", "12/30", 400 },
    { "4242424242424242", "08/26", 400 },    { "1", "12/30", 400 },
    { "5555-5555-5555-4444", "09/26", 200 },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) account = NULL;
  JsonObject *card;

  sign_the_browser_in (site);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Reply) reply = replace_card (site, rows[i].number, rows[i].expires);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
    }
  account = site_get (site, "/v1/account", token);
  card = json_object_get_object_member (account->json, "card");
  g_assert_cmpstr (json_text (card, "brand"), ==, "mastercard");
  g_assert_cmpstr (json_text (card, "last4"), ==, "4444");
  g_assert_cmpstr (json_text (card, "expires"), ==, "2026-09");
}

static void
test_renewal_page (void)
{
  static const struct
  {
    const char *query;
    guint status;
    const char *fact;
  } rows[] = {
    { "installation=site-active&service=RS&to=off", 200, "expires at 30/06/2027" },
    { "installation=site-ending&service=RS&to=on", 200, "on 28/01/2027" },
    { "installation=site-active&service=RS&to=on", 409, "conflict" },
    { "installation=site-nl&service=ATMOS&to=off", 409, "not_found" },
    { "installation=site-active&service=RS&to=maybe", 400, "not understood" },
    { "installation=site-active&service=XX&to=on", 400, "not understood" },
    { "installation=site-active&installation=x", 400, "twice" },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  sign_the_browser_in (site);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/account/renewal?", rows[i].query, NULL);
      g_autoptr (Reply) reply = site_web (site, "GET", path, NULL);

      g_test_message ("%s", rows[i].query);
      assert_is_a_page (reply);
      g_assert_cmpuint (reply->status, ==, rows[i].status);
      g_assert_nonnull (strstr (reply->text, rows[i].fact));
    }
}

/* A new cookie at sign-in: one that was planted before is worth nothing after. */
static void
test_signing_in_changes_the_cookie (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) before = site_web (site, "GET", "/sign-in", NULL);
  const char *planted
      = soup_message_headers_get_list (soup_message_get_response_headers (before->message),
                                       "Set-Cookie");
  g_autofree char *cookie = g_strndup (planted, strcspn (planted, ";"));
  g_autofree char *url
      = g_strconcat (ttecomm_sandbox_get_web_url (site->sandbox), "/account", NULL);

  g_assert_nonnull (strstr (planted, "HttpOnly"));
  g_assert_nonnull (strstr (planted, "SameSite=Lax"));
  sign_the_browser_in (site);
  {
    g_autoptr (Reply) signed_in = site_web (site, "GET", "/account", NULL);
    g_autoptr (Reply) thief = NULL;

    g_assert_cmpuint (signed_in->status, ==, 200);
    g_assert_null (strstr (signed_in->text, cookie));
    soup_session_remove_feature_by_type (site->session, SOUP_TYPE_COOKIE_JAR);
    soup_session_add_feature_by_type (site->session, SOUP_TYPE_COOKIE_JAR);
    {
      SoupCookieJar *jar
          = SOUP_COOKIE_JAR (soup_session_get_feature (site->session, SOUP_TYPE_COOKIE_JAR));
      g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

      soup_cookie_jar_set_cookie (jar, uri, cookie);
    }
    thief = site_web (site, "GET", "/account", NULL);
    g_assert_cmpuint (thief->status, ==, 303);
  }
}

static void
test_signing_out (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) page = NULL;
  g_autoptr (Reply) out = NULL;
  g_autoptr (Reply) after = NULL;
  g_autofree char *posted = NULL;
  const char *token;

  sign_the_browser_in (site);
  page = site_web (site, "GET", "/account", NULL);
  token = strstr (strstr (page->text, "action=\"/sign-out\""), "value=\"") + strlen ("value=\"");
  posted = g_strdup_printf ("csrf=%.*s", (int)strcspn (token, "\""), token);
  out = site_web (site, "POST", "/sign-out", posted);
  g_assert_cmpuint (out->status, ==, 200);
  after = site_web (site, "GET", "/account", NULL);
  g_assert_cmpuint (after->status, ==, 303);
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    /* rules: C28 */
    { "every-page", test_every_page },
    { "names-are-escaped", test_names_are_escaped },
    /* rules: S60 */
    { "checkout-says-it-all", test_checkout_says_it_all },
    /* rules: S87 */
    { "checkout-steps-cannot-be-skipped", test_checkout_steps_cannot_be_skipped },
    { "the-banks-page-is-for-its-card", test_the_banks_page_is_for_its_card },
    { "account-page-needs-sign-in", test_account_page_needs_sign_in },
    /* rules: S28 S77 C7 */
    { "switching-renewal-off", test_switching_renewal_off },
    /* rules: S63 S64 S70 */
    { "replacing-the-card", test_replacing_the_card },
    /* rules: S83 */
    { "renewal-page", test_renewal_page },
    { "signing-in-changes-the-cookie", test_signing_in_changes_the_cookie },
    { "signing-out", test_signing_out },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-pages", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
