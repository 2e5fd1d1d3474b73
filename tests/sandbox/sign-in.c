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

/* (nullable): NULL means that a page or a redirect has been answered. An address that was not
 * checked is never redirected to. */
static GHashTable *
read_request (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  const char *objection = NULL;

  if (query == NULL)
    objection = error->message;
  else if (g_strcmp0 (g_hash_table_lookup (query, "client_id"), SANDBOX_CLIENT_ID) != 0)
    objection = "The program that sent you here is not known (client_id).";
  else if (!sandbox_sign_in_redirect_is_ours (g_hash_table_lookup (query, "redirect_uri")))
    objection = "The program that sent you here wants the answer at an address that is not on "
                "this PC (redirect_uri).";
  if (objection != NULL)
    {
      sandbox_html_message (exchange, SOUP_STATUS_BAD_REQUEST, "Sign-in is not possible",
                            objection);
      return NULL;
    }
  objection = objection_to (query);
  if (objection != NULL)
    {
      back_to_program (exchange, query, "error", objection);
      return NULL;
    }
  return g_steal_pointer (&query);
}

static void
add_form (SandboxExchange *exchange, GString *page, const char *action, const char *email)
{
  sandbox_browser_form (exchange, page, action);
  sandbox_html_add (page,
                    "<label for=\"email\">E-mail address</label>\n"
                    "<input id=\"email\" name=\"email\" type=\"email\" value=\"%s\" "
                    "autocomplete=\"username\" required autofocus>\n"
                    "<label for=\"password\">Password</label>\n"
                    "<input id=\"password\" name=\"password\" type=\"password\" "
                    "autocomplete=\"current-password\" required>\n"
                    "<button name=\"action\" value=\"sign-in\">Sign in</button>\n"
                    "<button name=\"action\" value=\"cancel\" class=\"quiet\" formnovalidate>"
                    "Cancel</button>\n</form>\n"
                    "<p class=\"quiet-text\">Sample accounts all have the password "
                    "<code>sandbox</code>: mara@example.org, jonas@example.org, "
                    "alexa@example.org, tom@example.org, stef@example.org.</p>\n"
                    "<p><a href=\"/create-account\">Create an account</a> · "
                    "<a href=\"/forgot-password\">Forgot password</a></p>\n",
                    email);
}

static void
show (SandboxExchange *exchange, const char *action, const char *email, gboolean refused)
{
  GString *page = sandbox_html_begin ("Sign in to TTcloud", "sign-in", refused ? "refused" : NULL);

  if (g_str_has_prefix (action, "/authorize"))
    sandbox_html_add (page, "<p>PROSOFT on this PC asks you to sign in.</p>\n");
  if (refused)
    sandbox_html_add (page, "<p class=\"error\" role=\"alert\">This address and password do not "
                            "belong together. Check both and try again.</p>\n");
  add_form (exchange, page, action, email);
  sandbox_html_reply (exchange, refused ? SOUP_STATUS_FORBIDDEN : SOUP_STATUS_OK, page);
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
  if (g_strcmp0 (sandbox_exchange_form (exchange, "action"), "cancel") == 0)
    {
      sandbox_html_message (exchange, SOUP_STATUS_OK, "Not signed in", "You can close this page.");
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
  sandbox_html_message (exchange, SOUP_STATUS_OK, "Signed out", "You can close this page.");
}
