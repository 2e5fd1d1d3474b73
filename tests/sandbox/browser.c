/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/browser.h"

#include <string.h>

#include "tests/sandbox/secrets.h"

#define COOKIE "ttecomm-sandbox"
#define LANGUAGE_COOKIE "ttecomm-language"
#define LANGUAGE_SECONDS (365 * 24 * 60 * 60)
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
  exchange->cookie = sandbox_exchange_cookie (exchange, COOKIE);
  return exchange->cookie != NULL;
}

static char *
token_for (SandboxExchange *exchange)
{
  g_autofree char *text = g_strconcat (exchange->cookie, "\n", exchange->path, NULL);

  return sandbox_mac (exchange->world->form_key, text);
}

/* -- the language -- */

static SandboxLanguage
language_of_cookie (SandboxExchange *exchange)
{
  g_autofree char *tag = sandbox_exchange_cookie (exchange, LANGUAGE_COOKIE);

  return sandbox_language_from_tag (tag);
}

static SandboxLanguage
language_of_header (SandboxExchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);

  return sandbox_language_negotiate (soup_message_headers_get_list (headers, "Accept-Language"));
}

/* What was chosen with this very request. The address of a form is as old as its page: a choice
 * that was made since is in the cookie. */
static SandboxLanguage
language_chosen (SandboxExchange *exchange, GHashTable *query)
{
  SandboxLanguage kept = SANDBOX_LANGUAGE_UNKNOWN;

  if (sandbox_browser_switches_language (exchange))
    return sandbox_language_from_tag (sandbox_exchange_form (exchange, SANDBOX_LANGUAGE_FIELD));
  if (g_strcmp0 (exchange->method, "GET") != 0)
    kept = language_of_cookie (exchange);
  if (kept != SANDBOX_LANGUAGE_UNKNOWN || query == NULL)
    return kept;
  return sandbox_language_from_tag (g_hash_table_lookup (query, SANDBOX_LANGUAGE_FIELD));
}

static void
keep_language (SandboxExchange *exchange)
{
  g_autofree char *header
      = g_strdup_printf (LANGUAGE_COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d",
                         sandbox_language_tag (exchange->language), LANGUAGE_SECONDS);

  soup_message_headers_append (soup_server_message_get_response_headers (exchange->message),
                               "Set-Cookie", header);
}

SandboxLanguage
sandbox_browser_language (SandboxExchange *exchange)
{
  g_autoptr (GHashTable) query = NULL;

  if (exchange->language != SANDBOX_LANGUAGE_UNKNOWN)
    return exchange->language;
  query = sandbox_exchange_query (exchange, NULL);
  exchange->language = language_chosen (exchange, query);
  if (exchange->language != SANDBOX_LANGUAGE_UNKNOWN)
    keep_language (exchange);
  else
    exchange->language = language_of_cookie (exchange);
  if (exchange->language == SANDBOX_LANGUAGE_UNKNOWN && query != NULL)
    exchange->language = sandbox_language_from_list (g_hash_table_lookup (query, "ui_locales"));
  if (exchange->language == SANDBOX_LANGUAGE_UNKNOWN)
    exchange->language = language_of_header (exchange);
  return exchange->language;
}

gboolean
sandbox_browser_switches_language (SandboxExchange *exchange)
{
  return sandbox_exchange_form (exchange, SANDBOX_LANGUAGE_FIELD) != NULL;
}

/* -- forms -- */

void
sandbox_browser_form (SandboxPage *page, const char *action)
{
  SandboxExchange *exchange = page->exchange;
  g_autofree char *token = NULL;
  SandboxExchange target = *exchange;
  g_autofree char *path = g_strndup (action, strcspn (action, "?"));

  if (exchange->cookie == NULL && !read_cookie (exchange))
    set_cookie (exchange);
  target.cookie = exchange->cookie;
  target.path = path;
  token = token_for (&target);
  sandbox_page_add (page, "<form method=\"post\" action=\"%s\"", action);
  if (!page->has_form)
    sandbox_page_add (page, " id=\"" SANDBOX_PAGE_FORM "\"");
  sandbox_page_add (page, ">\n<input type=\"hidden\" name=\"csrf\" value=\"%s\">\n", token);
  page->has_form = TRUE;
}

gboolean
sandbox_browser_read_form (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;
  const char *token;

  if (!sandbox_exchange_read_form (exchange, &error))
    {
      sandbox_page_message (exchange, SOUP_STATUS_BAD_REQUEST, SANDBOX_WORD_FORM_UNREADABLE,
                            SANDBOX_WORD_FORM_RETRY, error->message);
      return FALSE;
    }
  token = sandbox_exchange_form (exchange, "csrf");
  if (token != NULL && (exchange->cookie != NULL || read_cookie (exchange)))
    {
      expected = token_for (exchange);
      if (sandbox_equal (token, expected))
        return TRUE;
    }
  sandbox_page_message (exchange, SOUP_STATUS_FORBIDDEN, SANDBOX_WORD_FORM_NOT_OURS,
                        SANDBOX_WORD_FORM_NOT_OURS_TEXT, NULL);
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
