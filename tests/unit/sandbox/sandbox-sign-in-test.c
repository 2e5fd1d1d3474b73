/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/form.h"
#include "tests/sandbox/sign-in.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

static Reply *
open_authorize (Site *site, const char *name, const char *value)
{
  g_autofree char *query = site_authorize_query (name, value);
  g_autofree char *path = g_strconcat ("/authorize?", query, NULL);

  return site_web (site, "GET", path, NULL);
}

static void
test_discovery (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) reply = site_get (site, "/.well-known/openid-configuration", NULL);
  const char *api = ttecomm_sandbox_get_api_url (site->sandbox);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (json_text (reply->json, "issuer"), ==, api);
  g_assert_true (g_str_has_prefix (json_text (reply->json, "token_endpoint"), api));
  g_assert_true (g_str_has_prefix (json_text (reply->json, "revocation_endpoint"), api));
  g_assert_true (g_str_has_prefix (json_text (reply->json, "authorization_endpoint"),
                                   ttecomm_sandbox_get_web_url (site->sandbox)));
}

static void
test_sign_in (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *code = site_get_code (site, "  Mara@Example.org ");
  g_autoptr (Reply) tokens = site_redeem (site, code, SITE_VERIFIER, SITE_REDIRECT);
  g_autoptr (Reply) account = NULL;

  g_assert_cmpuint (tokens->status, ==, 200);
  g_assert_cmpstr (json_text (tokens->json, "token_type"), ==, "Bearer");
  g_assert_cmpint (json_object_get_int_member (tokens->json, "expires_in"), ==, 600);
  account = site_get (site, "/v1/account", json_text (tokens->json, "access_token"));
  g_assert_cmpstr (json_text (account->json, "email"), ==, MARA);
}

static void
test_access_tokens_end_after_ten_minutes (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) before = NULL;
  g_autoptr (Reply) after = NULL;

  ttecomm_fake_clock_advance (site->clock, 599);
  before = site_get (site, "/v1/account", token);
  g_assert_cmpuint (before->status, ==, 200);
  ttecomm_fake_clock_advance (site->clock, 1);
  after = site_get (site, "/v1/account", token);
  assert_problem (after, "not_signed_in", 401);
}

static void
test_time_travel_signs_nobody_out (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) advance = site_advance (site, "2030-01-01");
  g_autoptr (Reply) account = site_get (site, "/v1/account", token);

  g_assert_cmpuint (account->status, ==, 200);
  g_assert_cmpstr (json_text (account->json, "server_today"), ==, "2030-01-01");
}

/* A redirect address that is not exactly a loopback callback is never gone to. */
static void
test_redirect_addresses (void)
{
  static const char *const good[]
      = { "http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback",
          "http://[::1]:8080/callback" };
  static const char *const bad[] = { "https://127.0.0.1:9/callback",
                                     "http://127.0.0.1/callback",
                                     "http://127.0.0.1:9/callback/",
                                     "http://127.0.0.1:9/callback?x=1",
                                     "http://127.0.0.1:9/callback#x",
                                     "http://127.0.0.1:9/other",
                                     "http://127.0.0.1:9@evil.example/callback",
                                     "http://user@127.0.0.1:9/callback",
                                     "http://127.0.0.1.evil.example:9/callback",
                                     "http://localhost:9/callback",
                                     "http://127.0.0.2:9/callback",
                                     "http://2130706433:9/callback",
                                     "http://127.0.0.1:0/callback",
                                     "http://127.0.0.1:65536/callback",
                                     "http://127.0.0.1:009/callback",
                                     "HTTP://127.0.0.1:9/callback",
                                     "http://127.0.0.1:9/%63allback",
                                     "//127.0.0.1:9/callback",
                                     "javascript:alert(1)",
                                     "" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (Reply) reply = open_authorize (site, "redirect_uri", good[i]);

      g_assert_cmpuint (reply->status, ==, 200);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Reply) reply = open_authorize (site, "redirect_uri", bad[i]);

      g_test_message ("%s", bad[i]);
      g_assert_cmpuint (reply->status, ==, 400);
      g_assert_null (reply->location);
    }
}

static void
test_unknown_programs_are_not_redirected (void)
{
  static const char *const clients[] = { "another", "PROSOFT-TTECOMM", "" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) absent = open_authorize (site, "client_id", NULL);
  g_autoptr (Reply) twice = site_web (site, "GET", "/authorize?client_id=a&client_id=b", NULL);

  g_assert_cmpuint (absent->status, ==, 400);
  g_assert_cmpuint (twice->status, ==, 400);
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (Reply) reply = open_authorize (site, "client_id", clients[i]);

      g_assert_cmpuint (reply->status, ==, 400);
      g_assert_null (reply->location);
    }
}

static void
test_bad_requests_go_back_with_state (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *error;
  } rows[] = {
    { "response_type", "token", "unsupported_response_type" },
    { "response_type", NULL, "unsupported_response_type" },
    { "code_challenge", NULL, "invalid_request" },
    { "code_challenge", "too-short", "invalid_request" },
    { "code_challenge_method", "plain", "invalid_request" },
    { "code_challenge_method", NULL, "invalid_request" },
    { "scope", "ttcloud admin", "invalid_scope" },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Reply) reply = open_authorize (site, rows[i].name, rows[i].value);
      g_autofree char *expected
          = g_strdup_printf (SITE_REDIRECT "?error=%s&state=st%%2Fa%%20te%%261%%3D%%3C2%%3E",
                             rows[i].error);

      g_assert_cmpuint (reply->status, ==, 303);
      g_assert_cmpstr (reply->location, ==, expected);
    }
}

/* Posts the sign-in form as `email` and `password`, or with another button. */
static Reply *
post_sign_in (Site *site, const char *email, const char *password, const char *action)
{
  g_autoptr (Reply) page = open_authorize (site, NULL, NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autofree char *posted = NULL;

  g_assert_true (sandbox_form_set (form, "email", email));
  g_assert_true (sandbox_form_set (form, "password", password));
  g_assert_true (sandbox_form_press (form, "action", action));
  posted = sandbox_form_encode (form);
  return site_web (site, "POST", form->action, posted);
}

static void
test_state_comes_back (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) granted = post_sign_in (site, MARA, "sandbox", "sign-in");
  g_autoptr (Reply) cancelled = post_sign_in (site, MARA, "", "cancel");

  g_assert_true (g_str_has_suffix (granted->location, "&state=st%2Fa%20te%261%3D%3C2%3E"));
  g_assert_cmpstr (cancelled->location, ==,
                   SITE_REDIRECT "?error=access_denied&state=st%2Fa%20te%261%3D%3C2%3E");
}

static void
test_wrong_passwords_stay_on_the_page (void)
{
  static const char *const pairs[][2] = { { MARA, "wrong" },
                                          { MARA, "" },
                                          { MARA, "Sandbox" },
                                          { "nobody@example.org", "sandbox" },
                                          { "' OR 1=1 --", "sandbox" },
                                          { "\"><script>alert(1)</script>", "x" } };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (Reply) reply = post_sign_in (site, pairs[i][0], pairs[i][1], "sign-in");

      g_assert_cmpuint (reply->status, ==, 403);
      g_assert_null (reply->location);
      g_assert_nonnull (strstr (reply->text, "data-result=\"refused\""));
      g_assert_null (strstr (reply->text, "<script"));
    }
}

/* A form that this page did not make for this browser signs nobody in. */
static void
test_forged_forms_are_refused (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *query = site_authorize_query (NULL, NULL);
  g_autofree char *path = g_strconcat ("/authorize?", query, NULL);
  g_autoptr (Reply) other_page = site_web (site, "GET", "/sign-in", NULL);
  g_autoptr (SandboxForm) other = sandbox_form_read (other_page->text);
  g_autofree char *other_form = NULL;
  g_autoptr (Reply) none
      = site_web (site, "POST", path, "email=mara%40example.org&password=sandbox&action=sign-in");
  g_autoptr (Reply) another = NULL;
  g_autoptr (Reply) other_browser = NULL;

  g_assert_cmpuint (none->status, ==, 403);
  sandbox_form_set (other, "email", MARA);
  sandbox_form_set (other, "password", "sandbox");
  other_form = sandbox_form_encode (other);
  another = site_web (site, "POST", path, other_form);
  g_assert_cmpuint (another->status, ==, 403);
  soup_session_remove_feature_by_type (site->session, SOUP_TYPE_COOKIE_JAR);
  other_browser = site_web (site, "POST", "/sign-in", other_form);
  g_assert_cmpuint (other_browser->status, ==, 403);
}

static void
assert_grant_refused (Reply *reply)
{
  g_assert_cmpuint (reply->status, ==, 400);
  g_assert_cmpstr (json_text (reply->json, "error"), ==, "invalid_grant");
}

static void
test_codes_are_bound (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *first = site_get_code (site, MARA);
  g_autofree char *second = site_get_code (site, MARA);
  g_autofree char *third = site_get_code (site, MARA);
  g_autoptr (Reply) verifier = site_redeem (site, first, SITE_VERIFIER "x", SITE_REDIRECT);
  g_autoptr (Reply) address
      = site_redeem (site, second, SITE_VERIFIER, "http://127.0.0.1:10/callback");
  g_autoptr (Reply) short_verifier = site_redeem (site, third, "short", SITE_REDIRECT);
  g_autoptr (Reply) unknown = site_redeem (site, "unknown", SITE_VERIFIER, SITE_REDIRECT);

  assert_grant_refused (verifier);
  assert_grant_refused (address);
  assert_grant_refused (short_verifier);
  assert_grant_refused (unknown);
}

/* A wrong try spends the code: nobody guesses a verifier. */
static void
test_a_code_is_tried_once (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *code = site_get_code (site, MARA);
  g_autoptr (Reply) wrong = site_redeem (site, code, SITE_VERIFIER "x", SITE_REDIRECT);
  g_autoptr (Reply) right = site_redeem (site, code, SITE_VERIFIER, SITE_REDIRECT);

  assert_grant_refused (wrong);
  assert_grant_refused (right);
}

static void
test_codes_live_sixty_seconds (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *first = site_get_code (site, MARA);
  g_autofree char *second = site_get_code (site, MARA);
  g_autoptr (Reply) in_time = NULL;
  g_autoptr (Reply) late = NULL;

  ttecomm_fake_clock_advance (site->clock, 59);
  in_time = site_redeem (site, first, SITE_VERIFIER, SITE_REDIRECT);
  g_assert_cmpuint (in_time->status, ==, 200);
  ttecomm_fake_clock_advance (site->clock, 1);
  late = site_redeem (site, second, SITE_VERIFIER, SITE_REDIRECT);
  assert_grant_refused (late);
}

static void
test_a_replayed_code_takes_its_tokens_down (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *code = site_get_code (site, MARA);
  g_autoptr (Reply) tokens = site_redeem (site, code, SITE_VERIFIER, SITE_REDIRECT);
  g_autoptr (Reply) replay = site_redeem (site, code, SITE_VERIFIER, SITE_REDIRECT);
  g_autoptr (Reply) account
      = site_get (site, "/v1/account", json_text (tokens->json, "access_token"));

  assert_grant_refused (replay);
  assert_problem (account, "not_signed_in", 401);
}

static Reply *
refresh (Site *site, const char *token)
{
  g_autofree char *form
      = g_strdup_printf ("grant_type=refresh_token&client_id=prosoft-ttecomm&refresh_token=%s",
                         token);

  return site_send (site, "POST", "/oauth/token", &(SiteBody){ .form = form });
}

/* Two windows may share a refresh token; a thief may not. */
static void
test_refresh_tokens_rotate (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *code = site_get_code (site, MARA);
  g_autoptr (Reply) first = site_redeem (site, code, SITE_VERIFIER, SITE_REDIRECT);
  const char *old = json_text (first->json, "refresh_token");
  g_autoptr (Reply) second = refresh (site, old);
  g_autoptr (Reply) other_window = NULL;
  g_autoptr (Reply) thief = NULL;
  g_autoptr (Reply) everybody = NULL;
  g_autoptr (Reply) account = NULL;

  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpstr (json_text (second->json, "refresh_token"), !=, old);
  ttecomm_fake_clock_advance (site->clock, 59);
  other_window = refresh (site, old);
  g_assert_cmpuint (other_window->status, ==, 200);
  ttecomm_fake_clock_advance (site->clock, 1);
  thief = refresh (site, old);
  assert_grant_refused (thief);
  everybody = refresh (site, json_text (second->json, "refresh_token"));
  assert_grant_refused (everybody);
  account = site_get (site, "/v1/account", json_text (other_window->json, "access_token"));
  assert_problem (account, "not_signed_in", 401);
}

static void
test_sign_out (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *code = site_get_code (site, MARA);
  g_autoptr (Reply) tokens = site_redeem (site, code, SITE_VERIFIER, SITE_REDIRECT);
  const char *token = json_text (tokens->json, "refresh_token");
  g_autofree char *form = g_strdup_printf ("client_id=prosoft-ttecomm&token=%s", token);
  g_autoptr (Reply) revoked
      = site_send (site, "POST", "/oauth/revoke", &(SiteBody){ .form = form });
  g_autoptr (Reply) again = site_send (site, "POST", "/oauth/revoke",
                                       &(SiteBody){ .form = "client_id=prosoft-ttecomm&token=x" });
  g_autoptr (Reply) account
      = site_get (site, "/v1/account", json_text (tokens->json, "access_token"));
  g_autoptr (Reply) refreshed = refresh (site, token);

  g_assert_cmpuint (revoked->status, ==, 200);
  g_assert_cmpstr (revoked->text, ==, "");
  g_assert_cmpuint (again->status, ==, 200);
  assert_problem (account, "not_signed_in", 401);
  assert_grant_refused (refreshed);
}

static void
test_token_requests_are_read_strictly (void)
{
  static const struct
  {
    const char *form;
    const char *error;
  } rows[] = {
    { "", "invalid_client" },
    { "client_id=another&grant_type=refresh_token", "invalid_client" },
    { "client_id=prosoft-ttecomm", "invalid_request" },
    { "client_id=prosoft-ttecomm&grant_type=password", "unsupported_grant_type" },
    { "client_id=prosoft-ttecomm&grant_type=refresh_token", "invalid_request" },
    { "client_id=prosoft-ttecomm&grant_type=authorization_code&code=x", "invalid_request" },
    { "client_id=prosoft-ttecomm&client_id=prosoft-ttecomm", "invalid_request" },
    { "client_id=%ff&grant_type=refresh_token", "invalid_request" },
    { "client_id=prosoft-ttecomm&grant_type=refresh_token&refresh_token=%zz", "invalid_request" },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autoptr (Reply) json = site_post (site, "/oauth/token", NULL, "{}");

  g_assert_cmpstr (json_text (json->json, "error"), ==, "invalid_request");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Reply) reply
          = site_send (site, "POST", "/oauth/token", &(SiteBody){ .form = rows[i].form });

      g_test_message ("%s", rows[i].form);
      g_assert_cmpuint (reply->status, ==, 400);
      g_assert_cmpstr (json_text (reply->json, "error"), ==, rows[i].error);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "sandbox-sign-in", "discovery", test_discovery);
  harness_add (harness, "sandbox-sign-in", "sign-in", test_sign_in);
  harness_add (harness, "sandbox-sign-in", "access-tokens-end-after-ten-minutes",
               test_access_tokens_end_after_ten_minutes);
  harness_add (harness, "sandbox-sign-in", "time-travel-signs-nobody-out",
               test_time_travel_signs_nobody_out);
  harness_add (harness, "sandbox-sign-in", "redirect-addresses", test_redirect_addresses);
  harness_add (harness, "sandbox-sign-in", "unknown-programs-are-not-redirected",
               test_unknown_programs_are_not_redirected);
  harness_add (harness, "sandbox-sign-in", "bad-requests-go-back-with-state",
               test_bad_requests_go_back_with_state);
  harness_add (harness, "sandbox-sign-in", "state-comes-back", test_state_comes_back);
  harness_add (harness, "sandbox-sign-in", "wrong-passwords-stay-on-the-page",
               test_wrong_passwords_stay_on_the_page);
  harness_add (harness, "sandbox-sign-in", "forged-forms-are-refused",
               test_forged_forms_are_refused);
  harness_add (harness, "sandbox-sign-in", "codes-are-bound", test_codes_are_bound);
  harness_add (harness, "sandbox-sign-in", "a-code-is-tried-once", test_a_code_is_tried_once);
  harness_add (harness, "sandbox-sign-in", "codes-live-sixty-seconds",
               test_codes_live_sixty_seconds);
  harness_add (harness, "sandbox-sign-in", "a-replayed-code-takes-its-tokens-down",
               test_a_replayed_code_takes_its_tokens_down);
  harness_add (harness, "sandbox-sign-in", "refresh-tokens-rotate", test_refresh_tokens_rotate);
  harness_add (harness, "sandbox-sign-in", "sign-out", test_sign_out);
  harness_add (harness, "sandbox-sign-in", "token-requests-are-read-strictly",
               test_token_requests_are_read_strictly);
}

HARNESS_MAIN (register_tests)
