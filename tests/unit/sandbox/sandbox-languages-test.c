/* SPDX-License-Identifier: MIT */
/* The pages of a running sandbox in every language: which one is chosen, and that nothing else
 * depends on it. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/form.h"
#include "tests/sandbox/words.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

static void
assert_speaks (Reply *reply, SandboxLanguage language)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (reply->message);
  const char *tag = sandbox_language_tag (language);
  g_autofree char *begin = g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"%s\">", tag);
  g_autofree char *banner = sandbox_word_fill (SANDBOX_WORD_BANNER, language, NULL);
  g_autofree char *current
      = g_strdup_printf ("lang=\"%s\" formnovalidate aria-current=\"true\">", tag);

  g_assert_true (g_str_has_prefix (reply->text, begin));
  g_assert_nonnull (strstr (reply->text, banner));
  g_assert_nonnull (strstr (reply->text, current));
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Content-Language"), ==, tag);
}

static Reply *
open_page (Site *site, const char *path, const char *languages)
{
  g_autofree char *url = g_strconcat (ttecomm_sandbox_get_web_url (site->sandbox), path, NULL);

  return site_send (site, "GET", url, &(SiteBody){ .languages = languages });
}

static void
test_what_the_browser_asks_for (void)
{
  static const struct
  {
    const char *languages;
    SandboxLanguage language;
  } rows[] = {
    { NULL, SANDBOX_LANGUAGE_EN },
    { "nl-BE,nl;q=0.9,en;q=0.8", SANDBOX_LANGUAGE_NL },
    { "es,de-CH;q=0.5,en;q=0.4", SANDBOX_LANGUAGE_DE },
    { "fr\"><script>alert(1)</script>", SANDBOX_LANGUAGE_EN },
    { "%s%s%s%n,fr;q=0.1", SANDBOX_LANGUAGE_FR },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Reply) reply = open_page (site, "/", rows[i].languages);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      assert_speaks (reply, rows[i].language);
      g_assert_null (strstr (reply->text, "<script"));
    }
}

/* A choice beats what the browser asks for, and stays. */
static void
test_a_choice_stays (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) chosen = open_page (site, "/sign-in?lang=de", "fr");
  g_autoptr (Reply) next = open_page (site, "/terms-of-sale", "fr");
  g_autoptr (Reply) unknown = open_page (site, "/?lang=xx", "fr");
  g_autoptr (Reply) hostile = open_page (site, "/?lang=%22%3E%3Cb%3E", "fr");
  g_autoptr (Reply) again = open_page (site, "/?lang=nl", "fr");
  g_autoptr (Reply) after = open_page (site, "/no/such/page", "fr");

  assert_speaks (chosen, SANDBOX_LANGUAGE_DE);
  assert_speaks (next, SANDBOX_LANGUAGE_DE);
  assert_speaks (unknown, SANDBOX_LANGUAGE_DE);
  assert_speaks (hostile, SANDBOX_LANGUAGE_DE);
  g_assert_null (strstr (hostile->text, "<b>"));
  assert_speaks (again, SANDBOX_LANGUAGE_NL);
  assert_speaks (after, SANDBOX_LANGUAGE_NL);
}

/* The program that sends somebody here may say which language it speaks with that person. */
static void
test_what_the_program_asks_for (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *query = site_authorize_query ("ui_locales", "es nl-BE fr");
  g_autofree char *path = g_strconcat ("/authorize?", query, NULL);
  g_autofree char *switched = g_strconcat (path, "&lang=fr", NULL);
  g_autoptr (Reply) reply = open_page (site, path, "de");
  g_autoptr (Reply) chosen = open_page (site, switched, "de");

  assert_speaks (reply, SANDBOX_LANGUAGE_NL);
  assert_speaks (chosen, SANDBOX_LANGUAGE_FR);
}

static Reply *
post_form (Site *site, SandboxForm *form)
{
  g_autofree char *body = sandbox_form_encode (form);

  return site_web (site, "POST", form->action, body);
}

static void
switch_to (SandboxForm *form, const char *tag)
{
  g_hash_table_replace (form->fields, g_strdup ("lang"), g_strdup (tag));
}

/* Another language of a form that is half filled in: its state is kept, but for the password. */
static void
test_a_switch_keeps_the_form (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *query = site_authorize_query (NULL, NULL);
  g_autofree char *path = g_strconcat ("/authorize?", query, "&lang=de", NULL);
  g_autoptr (Reply) page = open_page (site, path, NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autoptr (Reply) switched = NULL;
  g_autoptr (SandboxForm) again = NULL;
  g_autoptr (Reply) refused = NULL;

  g_assert_true (sandbox_form_set (form, "email", "a&b\"<@example.org"));
  g_assert_true (sandbox_form_set (form, "password", "not-to-be-shown"));
  switch_to (form, "fr");
  switched = post_form (site, form);
  g_assert_cmpuint (switched->status, ==, 200);
  assert_speaks (switched, SANDBOX_LANGUAGE_FR);
  again = sandbox_form_read (switched->text);
  g_assert_cmpstr (again->kind, ==, "sign-in");
  g_assert_cmpstr (g_hash_table_lookup (again->fields, "email"), ==, "a&b\"<@example.org");
  g_assert_null (strstr (switched->text, "not-to-be-shown"));
  /* The address still says German; the choice is newer. */
  g_assert_true (sandbox_form_press (again, "action", "sign-in"));
  refused = post_form (site, again);
  g_assert_cmpuint (refused->status, ==, 403);
  assert_speaks (refused, SANDBOX_LANGUAGE_FR);
}

static char *
start_checkout (Site *site, const char *token)
{
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);

  return g_strdup (json_text (order->json, "checkout_url"));
}

/* A switch does nothing else: what was pressed on any page of the checkout is not done. */
static void
test_a_switch_does_nothing_else (void)
{
  static const char *const presses[][2]
      = { { "", "cancel" },         { "", "pay" },       { "/confirm", "confirm" },
          { "/confirm", "cancel" }, { "/bank", "fail" }, { "/bank", "confirm" } };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *url = start_checkout (site, token);
  g_autoptr (Reply) chosen = NULL;
  g_autoptr (Reply) pending = NULL;

  {
    g_autoptr (Reply) page = site_get (site, url, NULL);
    g_autoptr (SandboxForm) form = sandbox_form_read (page->text);

    sandbox_form_set (form, "card", "other");
    sandbox_form_set (form, "number", "4000000000003220");
    sandbox_form_set (form, "expires", "12/99");
    sandbox_form_press (form, "action", "pay");
    chosen = post_form (site, form);
    g_assert_cmpuint (chosen->status, ==, 303);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (presses); i++)
    {
      g_autofree char *address = g_strconcat (url, presses[i][0], NULL);
      g_autoptr (Reply) page = site_get (site, address, NULL);
      g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
      g_autoptr (Reply) switched = NULL;
      g_autoptr (SandboxForm) again = NULL;

      g_test_message ("%s %s", presses[i][0], presses[i][1]);
      g_assert_true (sandbox_form_press (form, "action", presses[i][1]));
      switch_to (form, i % 2 == 0 ? "nl" : "de");
      switched = post_form (site, form);
      assert_speaks (switched, i % 2 == 0 ? SANDBOX_LANGUAGE_NL : SANDBOX_LANGUAGE_DE);
      again = sandbox_form_read (switched->text);
      g_assert_cmpstr (again->kind, ==, form->kind);
      g_assert_cmpstr (again->action, ==, form->action);
    }
  pending = site_get (site, "/v1/orders?state=pending", token);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (pending->json, "orders")),
                    ==, 1);
}

/* Nor does it open a form that this page did not make. */
static void
test_a_forged_switch_is_refused (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) reply
      = site_web (site, "POST", "/sign-in", "lang=fr&email=a%40example.org&password=x");

  g_assert_cmpuint (reply->status, ==, 403);
}

/* A page without a form asks for its own address, whatever that says. */
static void
test_a_message_keeps_its_address (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) reply
      = open_page (site, "//example.org/x?a=%3Cb%3E%22&lang=de&client_id=1", NULL);

  assert_speaks (reply, SANDBOX_LANGUAGE_DE);
  g_assert_nonnull (strstr (reply->text, "<form method=\"get\" id=\"form\">"));
  g_assert_nonnull (strstr (reply->text, "name=\"a\" value=\"&lt;b&gt;&quot;\""));
  g_assert_nonnull (strstr (reply->text, "name=\"client_id\" value=\"1\""));
  g_assert_null (strstr (reply->text, "example.org"));
  g_assert_null (strstr (reply->text, "<b>"));
}

/* Somebody else's text is text in every language, also where words stand in another order. */
static void
test_values_are_escaped_in_every_language (void)
{
  static const char change[] = "{\"id\":\"" SITE_VILLA "\",\"name\":\"<i>{due}</i> & 'x'\"}";
  static const char escaped[] = "&lt;i&gt;{due}&lt;/i&gt; &amp; &#39;x&#39;";
  static const char *const pages[] = { "", "/confirm" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) renamed = site_control (site, "POST", "/sandbox/installations", change);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autofree char *url = start_checkout (site, token);
  g_autoptr (Reply) page = site_get (site, url, NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autoptr (Reply) chosen = NULL;

  sandbox_form_press (form, "action", "pay");
  chosen = post_form (site, form);
  for (guint l = SANDBOX_LANGUAGE_EN; l <= SANDBOX_LAST_LANGUAGE; l++)
    for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
      {
        g_autofree char *address = g_strconcat (url, pages[i], NULL);
        g_autofree char *money = sandbox_language_money ((SandboxLanguage)l, 7260);
        g_autoptr (Reply) reply
            = site_send (site, "GET", address,
                         &(SiteBody){ .languages = sandbox_language_tag ((SandboxLanguage)l) });

        assert_speaks (reply, (SandboxLanguage)l);
        g_assert_nonnull (strstr (reply->text, escaped));
        g_assert_nonnull (strstr (reply->text, money));
        g_assert_null (strstr (reply->text, "<i>"));
      }
}

/* The same on the account page, and on the one that asks before a renewal is switched off. */
static void
test_names_are_escaped_on_the_account_page (void)
{
  static const char change[] = "{\"id\":\"site-active\",\"name\":\"<i>{service}</i> & 'x'\"}";
  static const char escaped[] = "&lt;i&gt;{service}&lt;/i&gt; &amp; &#39;x&#39;";
  static const char *const pages[]
      = { "/account", "/account/renewal?installation=site-active&service=RS&to=off" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) renamed = site_control (site, "POST", "/sandbox/installations", change);
  g_autoptr (Reply) page = open_page (site, "/sign-in", NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autoptr (Reply) signed_in = NULL;

  sandbox_form_set (form, "email", MARA);
  sandbox_form_set (form, "password", "sandbox");
  sandbox_form_press (form, "action", "sign-in");
  signed_in = post_form (site, form);
  g_assert_cmpuint (signed_in->status, ==, 303);
  for (guint l = SANDBOX_LANGUAGE_EN; l <= SANDBOX_LAST_LANGUAGE; l++)
    for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
      {
        g_autoptr (Reply) reply
            = open_page (site, pages[i], sandbox_language_tag ((SandboxLanguage)l));

        assert_speaks (reply, (SandboxLanguage)l);
        g_assert_nonnull (strstr (reply->text, escaped));
        g_assert_null (strstr (reply->text, "<i>"));
      }
}

/* A program reads pages by their marks, never by their words. */
static void
test_the_person_reads_every_language (void)
{
  for (guint l = SANDBOX_LANGUAGE_EN; l <= SANDBOX_LAST_LANGUAGE; l++)
    {
      const char *tag = sandbox_language_tag ((SandboxLanguage)l);
      g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
      g_autofree char *token = site_sign_in (site, MARA);
      g_autofree char *url = start_checkout (site, token);
      g_autofree char *account
          = g_strconcat (ttecomm_sandbox_get_web_url (site->sandbox), "/account", NULL);
      const SandboxPersonWishes pay
          = { .address = "", .card = "4000000000003220", .expires = "12/99", .languages = tag };
      const SandboxPersonWishes stop = {
        .address = MARA, .password = "sandbox", .switch_off = "site-active/RS", .languages = tag
      };
      const SandboxPersonWishes stranger
          = { .address = "x@example.org", .password = "sandbox", .languages = tag };

      g_test_message ("%s", tag);
      g_assert_true (site_browse (site, url, &pay));
      g_assert_true (site_browse (site, account, &stop));
      g_assert_false (site_browse (site, account, &stranger));
    }
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    { "what-the-browser-asks-for", test_what_the_browser_asks_for },
    { "a-choice-stays", test_a_choice_stays },
    { "what-the-program-asks-for", test_what_the_program_asks_for },
    { "a-switch-keeps-the-form", test_a_switch_keeps_the_form },
    { "a-switch-does-nothing-else", test_a_switch_does_nothing_else },
    { "a-forged-switch-is-refused", test_a_forged_switch_is_refused },
    { "a-message-keeps-its-address", test_a_message_keeps_its_address },
    { "values-are-escaped-in-every-language", test_values_are_escaped_in_every_language },
    { "names-are-escaped-on-the-account-page", test_names_are_escaped_on_the_account_page },
    { "the-person-reads-every-language", test_the_person_reads_every_language },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-languages", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
