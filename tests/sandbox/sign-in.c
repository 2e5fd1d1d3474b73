/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/sign-in.h"

#include <string.h>

#include "tests/sandbox/browser.h"
#include "tests/sandbox/html.h"
#include "tests/sandbox/secrets.h"
#include "tests/sandbox/tokens.h"

#define DEFAULT_SCOPE "openid email offline_access ttcloud"

gboolean
sandbox_sign_in_redirect_is_ours (const char *redirect_uri)
{
  static const char *const hosts[] = { "127.0.0.1", "[::1]" };
  g_autoptr (GUri) uri = NULL;
  int port;

  if (redirect_uri == NULL)
    return FALSE;
  uri = g_uri_parse (redirect_uri, G_URI_FLAGS_NONE, NULL);
  port = uri != NULL ? g_uri_get_port (uri) : -1;
  for (gsize i = 0; port > 0 && i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *only = g_strdup_printf ("http://%s:%d/callback", hosts[i], port);

      if (g_str_equal (only, redirect_uri))
        return TRUE;
    }
  return FALSE;
}

static void
back_to_program (SandboxExchange *exchange, GHashTable *query, const char *name, const char *value)
{
  const char *state = g_hash_table_lookup (query, "state");
  GString *location = g_string_new (g_hash_table_lookup (query, "redirect_uri"));

  g_string_append_printf (location, "?%s=", name);
  g_string_append_uri_escaped (location, value, NULL, FALSE);
  if (state != NULL)
    {
      g_string_append (location, "&state=");
      g_string_append_uri_escaped (location, state, NULL, FALSE);
    }
  sandbox_exchange_redirect (exchange, location->str);
  g_string_free (location, TRUE);
}

static gboolean
scope_is_known (const char *scope)
{
  static const char *const known[] = { "openid", "email", "offline_access", "ttcloud", NULL };
  g_auto (GStrv) words = g_strsplit (scope, " ", 16);

  for (gsize i = 0; words[i] != NULL; i++)
    if (!g_strv_contains (known, words[i]))
      return FALSE;
  return TRUE;
}

static gboolean
challenge_is_whole (const char *challenge)
{
  return challenge != NULL && strlen (challenge) == 43
         && strspn (challenge, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == 43;
}

/* What is wrong with a request whose client and redirect address are fine; NULL: nothing. */
static const char *
objection_to (GHashTable *query)
{
  const char *scope = g_hash_table_lookup (query, "scope");

  if (g_strcmp0 (g_hash_table_lookup (query, "response_type"), "code") != 0)
    return "unsupported_response_type";
  if (!challenge_is_whole (g_hash_table_lookup (query, "code_challenge"))
      || g_strcmp0 (g_hash_table_lookup (query, "code_challenge_method"), "S256") != 0)
    return "invalid_request";
  if (scope != NULL && !scope_is_known (scope))
    return "invalid_scope";
  return NULL;
}

static GHashTable *
refuse (SandboxExchange *exchange, SandboxWord why, const char *detail)
{
  sandbox_page_message (exchange, SOUP_STATUS_BAD_REQUEST, SANDBOX_WORD_SIGN_IN_IMPOSSIBLE, why,
                        detail);
  return NULL;
}

/* (nullable): NULL means that a page or a redirect has been answered. An address that was not
 * checked is never redirected to. */
static GHashTable *
read_request (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  const char *objection;

  if (query == NULL)
    return refuse (exchange, SANDBOX_WORD_ADDRESS_NOT_UNDERSTOOD, error->message);
  if (g_strcmp0 (g_hash_table_lookup (query, "client_id"), SANDBOX_CLIENT_ID) != 0)
    return refuse (exchange, SANDBOX_WORD_CLIENT_UNKNOWN, "client_id");
  if (!sandbox_sign_in_redirect_is_ours (g_hash_table_lookup (query, "redirect_uri")))
    return refuse (exchange, SANDBOX_WORD_REDIRECT_ELSEWHERE, "redirect_uri");
  objection = objection_to (query);
  if (objection != NULL)
    {
      back_to_program (exchange, query, "error", objection);
      return NULL;
    }
  return g_steal_pointer (&query);
}

static void
add_samples (SandboxPage *page)
{
  static const struct
  {
    const char *address;
    SandboxWord who;
  } samples[] = {
    { "mara@example.org", SANDBOX_WORD_SAMPLE_INTEGRATOR },
    { "jonas@example.org", SANDBOX_WORD_SAMPLE_INTEGRATOR },
    { "alexa@example.org", SANDBOX_WORD_SAMPLE_OWNER },
    { "tom@example.org", SANDBOX_WORD_SAMPLE_USER },
    { "stef@example.org", SANDBOX_WORD_SAMPLE_STRANGER },
  };

  sandbox_page_add (page, "<details>\n<summary>%w</summary>\n<p>%w</p>\n<ul class=\"samples\">\n",
                    SANDBOX_WORD_SAMPLES, SANDBOX_WORD_SAMPLES_PASSWORD);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    sandbox_page_add (page, "<li><code>%s</code> <span>%w</span></li>\n", samples[i].address,
                      samples[i].who);
  sandbox_page_add (page, "</ul>\n</details>\n");
}

/* Where a refused form is shown again, its problem has the focus instead. */
static void
add_form (SandboxPage *page, const char *action, const char *email, gboolean refused)
{
  const SandboxField address = {
    .id = "email",
    .label = SANDBOX_WORD_EMAIL,
    .type = "email",
    .value = email,
    .autocomplete = "username",
    .attributes = refused ? "required" : "required autofocus",
    .wrong = refused,
  };
  const SandboxField password = {
    .id = "password",
    .label = SANDBOX_WORD_PASSWORD,
    .type = "password",
    .autocomplete = "current-password",
    .attributes = "required",
    .wrong = refused,
  };

  sandbox_browser_form (page, action);
  sandbox_page_field (page, &address);
  sandbox_page_field (page, &password);
  sandbox_page_add (page,
                    "<p class=\"buttons\"><button name=\"action\" value=\"sign-in\">%w</button>\n"
                    "<button name=\"action\" value=\"cancel\" class=\"quiet\" formnovalidate>"
                    "%w</button></p>\n</form>\n"
                    "<ul class=\"links\">\n<li><a href=\"/create-account\">%w</a></li>\n"
                    "<li><a href=\"/forgot-password\">%w</a></li>\n</ul>\n",
                    SANDBOX_WORD_SIGN_IN, SANDBOX_WORD_CANCEL, SANDBOX_WORD_CREATE_ACCOUNT,
                    SANDBOX_WORD_FORGOT_PASSWORD);
}

static void
show (SandboxExchange *exchange, const char *action, const char *email, gboolean refused)
{
  SandboxPage *page
      = refused ? sandbox_page_begin_refused (exchange, SANDBOX_WORD_SIGN_IN_TITLE, "sign-in",
                                              "refused")
                : sandbox_page_begin (exchange, SANDBOX_WORD_SIGN_IN_TITLE, "sign-in", NULL);

  if (refused)
    sandbox_page_problem (page, SANDBOX_WORD_SIGN_IN_REFUSED, "email");
  if (g_str_has_prefix (action, "/authorize"))
    sandbox_page_say (page, SANDBOX_WORD_SIGN_IN_ASKED, NULL);
  add_form (page, action, email, refused);
  add_samples (page);
  sandbox_page_reply (page, refused ? SOUP_STATUS_FORBIDDEN : SOUP_STATUS_OK);
}

/* (transfer full) (nullable): the id of the account that the posted form names. */
static char *
check_password (SandboxExchange *exchange)
{
  const char *email = sandbox_exchange_form (exchange, "email");
  const char *password = sandbox_exchange_form (exchange, "password");
  g_autofree char *trimmed = g_strstrip (g_strdup (email != NULL ? email : ""));
  g_autofree char *digest = sandbox_digest (password != NULL ? password : "");

  return sandbox_database_text (exchange->world->db,
                                "SELECT id FROM accounts WHERE email = ? AND password = ?", "ss",
                                trimmed, digest);
}

static char *
own_address (SandboxExchange *exchange)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (exchange->message));

  return g_strconcat (exchange->path, query != NULL ? "?" : NULL, query, NULL);
}

void
sandbox_sign_in_authorize (SandboxExchange *exchange)
{
  g_autoptr (GHashTable) query = read_request (exchange);
  g_autofree char *action = own_address (exchange);
  const char *hint;

  if (query == NULL)
    return;
  hint = g_hash_table_lookup (query, "login_hint");
  show (exchange, action, hint != NULL ? hint : "", FALSE);
}

void
sandbox_sign_in_authorize_posted (SandboxExchange *exchange)
{
  g_autoptr (GHashTable) query = read_request (exchange);
  g_autofree char *account = NULL;
  g_autofree char *code = NULL;
  g_autofree char *action = own_address (exchange);
  const char *scope;

  if (query == NULL || !sandbox_browser_read_form (exchange))
    return;
  if (sandbox_browser_switches_language (exchange))
    {
      show (exchange, action, sandbox_exchange_form (exchange, "email"), FALSE);
      return;
    }
  if (g_strcmp0 (sandbox_exchange_form (exchange, "action"), "cancel") == 0)
    {
      back_to_program (exchange, query, "error", "access_denied");
      return;
    }
  account = check_password (exchange);
  if (account == NULL)
    {
      show (exchange, action, sandbox_exchange_form (exchange, "email"), TRUE);
      return;
    }
  scope = g_hash_table_lookup (query, "scope");
  code = sandbox_tokens_issue_code (exchange->world, account, scope != NULL ? scope : DEFAULT_SCOPE,
                                    g_hash_table_lookup (query, "code_challenge"),
                                    g_hash_table_lookup (query, "redirect_uri"));
  back_to_program (exchange, query, "code", code);
}

void
sandbox_sign_in_page (SandboxExchange *exchange)
{
  show (exchange, "/sign-in", "", FALSE);
}

void
sandbox_sign_in_page_posted (SandboxExchange *exchange)
{
  g_autofree char *account = NULL;

  if (!sandbox_browser_read_form (exchange))
    return;
  if (sandbox_browser_switches_language (exchange))
    {
      show (exchange, "/sign-in", sandbox_exchange_form (exchange, "email"), FALSE);
      return;
    }
  if (g_strcmp0 (sandbox_exchange_form (exchange, "action"), "cancel") == 0)
    {
      sandbox_page_message (exchange, SOUP_STATUS_OK, SANDBOX_WORD_NOT_SIGNED_IN,
                            SANDBOX_WORD_CLOSE_PAGE, NULL);
      return;
    }
  account = check_password (exchange);
  if (account == NULL)
    {
      show (exchange, "/sign-in", sandbox_exchange_form (exchange, "email"), TRUE);
      return;
    }
  sandbox_browser_sign_in (exchange, account);
  sandbox_exchange_redirect (exchange, "/account");
}

void
sandbox_sign_in_out (SandboxExchange *exchange)
{
  if (!sandbox_browser_read_form (exchange))
    return;
  sandbox_browser_sign_out (exchange);
  sandbox_page_message (exchange, SOUP_STATUS_OK, SANDBOX_WORD_SIGNED_OUT, SANDBOX_WORD_CLOSE_PAGE,
                        NULL);
}
