/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/browser.h"

#include <string.h>

#include "tests/sandbox/html.h"
#include "tests/sandbox/secrets.h"

#define COOKIE "ttecomm-sandbox"
/* Real seconds that a browser stays signed in to the account page. */
#define BROWSER_SECONDS (60 * 60)

static void
set_cookie (SandboxExchange *exchange)
{
  g_autofree char *header = NULL;

  g_free (exchange->cookie);
  exchange->cookie = sandbox_secret_new ("cookie");
  header = g_strdup_printf (COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax", exchange->cookie);
  soup_message_headers_append (soup_server_message_get_response_headers (exchange->message),
                               "Set-Cookie", header);
}

static gboolean
read_cookie (SandboxExchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);
  const char *all = soup_message_headers_get_list (headers, "Cookie");
  g_auto (GStrv) pairs = g_strsplit (all != NULL ? all : "", ";", 64);

  for (gsize i = 0; exchange->cookie == NULL && pairs[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (pairs[i]), COOKIE "="))
      exchange->cookie = g_strdup (pairs[i] + strlen (COOKIE "="));
  return exchange->cookie != NULL;
}

static char *
token_for (SandboxExchange *exchange)
{
  g_autofree char *text = g_strconcat (exchange->cookie, "\n", exchange->path, NULL);

  return sandbox_mac (exchange->world->form_key, text);
}

void
sandbox_browser_form (SandboxExchange *exchange, GString *page, const char *action)
{
  g_autofree char *token = NULL;
  SandboxExchange target = *exchange;
  g_autofree char *path = g_strndup (action, strcspn (action, "?"));

  if (exchange->cookie == NULL && !read_cookie (exchange))
    set_cookie (exchange);
  target.cookie = exchange->cookie;
  target.path = path;
  token = token_for (&target);
  sandbox_html_add (page,
                    "<form method=\"post\" action=\"%s\">\n"
                    "<input type=\"hidden\" name=\"csrf\" value=\"%s\">\n",
                    action, token);
}

gboolean
sandbox_browser_read_form (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;
  const char *token;

  if (!sandbox_exchange_read_form (exchange, &error))
    {
      sandbox_html_message (exchange, SOUP_STATUS_BAD_REQUEST, "This form cannot be read",
                            error->message);
      return FALSE;
    }
  token = sandbox_exchange_form (exchange, "csrf");
  if (token != NULL && (exchange->cookie != NULL || read_cookie (exchange)))
    {
      expected = token_for (exchange);
      if (sandbox_equal (token, expected))
        return TRUE;
    }
  sandbox_html_message (exchange, SOUP_STATUS_FORBIDDEN, "This form is not ours",
                        "It was not made by this page for this browser, or cookies are off. "
                        "Go back, load the page again, and retry.");
  return FALSE;
}

gboolean
sandbox_browser_identify (SandboxExchange *exchange)
{
  g_autofree char *digest = NULL;
  g_autofree char *account = NULL;

  if (exchange->cookie != NULL || read_cookie (exchange))
    {
      digest = sandbox_digest (exchange->cookie);
      account
          = sandbox_database_text (exchange->world->db,
                                   "SELECT account FROM browsers WHERE digest = ? AND expires > ?",
                                   "si", digest, sandbox_clock_real_now (&exchange->world->clock));
    }
  if (account != NULL)
    exchange->account = sandbox_account_load (exchange->world, account);
  if (exchange->account != NULL)
    return TRUE;
  sandbox_exchange_redirect (exchange, "/sign-in");
  return FALSE;
}

void
sandbox_browser_sign_in (SandboxExchange *exchange, const char *account)
{
  g_autofree char *digest = NULL;

  set_cookie (exchange);
  digest = sandbox_digest (exchange->cookie);
  sandbox_database_run (exchange->world->db,
                        "INSERT INTO browsers (digest, account, expires) VALUES (?, ?, ?)", "ssi",
                        digest, account,
                        sandbox_clock_real_now (&exchange->world->clock) + BROWSER_SECONDS);
}

void
sandbox_browser_sign_out (SandboxExchange *exchange)
{
  g_autofree char *digest = sandbox_digest (exchange->cookie != NULL ? exchange->cookie : "");

  sandbox_database_run (exchange->world->db, "DELETE FROM browsers WHERE digest = ?", "s", digest);
}
