/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/sandbox/http.h"
#include "tests/sandbox/tokens.h"
#include "tests/sandbox/browser.h"
#include "tests/sandbox/waiters.h"

/* Whether `path` is the route's; {} takes one segment, which goes to `argument`. */
static gboolean
matches (const char *pattern, const char *path, char **argument)
{
  const char *hole = strstr (pattern, "{}");
  gsize prefix = hole != NULL ? (gsize)(hole - pattern) : 0;
  const char *end;
  g_autofree char *segment = NULL;

  if (hole == NULL)
    return g_str_equal (pattern, path);
  if (strncmp (pattern, path, prefix) != 0)
    return FALSE;
  end = path + prefix + strcspn (path + prefix, "/");
  if (end == path + prefix || !g_str_equal (end, hole + 2))
    return FALSE;
  segment = g_strndup (path + prefix, (gsize)(end - path) - prefix);
  if (!g_utf8_validate (segment, -1, NULL))
    return FALSE;
  g_free (*argument);
  *argument = g_steal_pointer (&segment);
  return TRUE;
}

static const SandboxRoute *
find_route (SandboxExchange *exchange, const SandboxRoute *routes, gsize n_routes, GString *allow)
{
  for (gsize i = 0; i < n_routes; i++)
    {
      if (!matches (routes[i].path, exchange->path, &exchange->argument))
        continue;
      if (g_str_equal (routes[i].method, exchange->method))
        return &routes[i];
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", routes[i].method);
    }
  return NULL;
}

static void
answer_no_route (SandboxExchange *exchange, const char *allow)
{
  if (*allow == '\0')
    {
      sandbox_exchange_problem (exchange, "not_found", "There is nothing at this address.");
      return;
    }
  sandbox_exchange_problem_full (exchange, "invalid", SOUP_STATUS_METHOD_NOT_ALLOWED,
                                 "This address does not take this method.", NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (exchange->message),
                                "Allow", allow);
}

static gboolean
may_pass (SandboxExchange *exchange, SandboxAccess access)
{
  switch (access)
    {
    case SANDBOX_ACCESS_TOKEN:
      return sandbox_tokens_identify (exchange);
    case SANDBOX_ACCESS_BROWSER:
      return sandbox_browser_identify (exchange);
    case SANDBOX_ACCESS_ANYONE:
    default:
      return TRUE;
    }
}

static void
run (SandboxExchange *exchange,
     const SandboxRoute *routes,
     gsize n_routes,
     SandboxHandler otherwise)
{
  g_autoptr (GString) allow = g_string_new (NULL);
  const SandboxRoute *route = find_route (exchange, routes, n_routes, allow);

  if (route == NULL && allow->len == 0 && otherwise != NULL)
    otherwise (exchange);
  else if (route == NULL)
    answer_no_route (exchange, allow->str);
  else if (may_pass (exchange, route->access))
    route->handler (exchange);
}

/* The way without what a checkout address grants to whoever has it. */
static void
log_request (const SandboxExchange *exchange)
{
  gboolean secret = g_str_has_prefix (exchange->path, "/checkout/");

  g_debug ("%s %s %u", exchange->method, secret ? "/checkout/..." : exchange->path,
           soup_server_message_get_status (exchange->message));
}

void
sandbox_http_serve (SandboxWorld *world,
                    SoupServerMessage *message,
                    const SandboxRoute *routes,
                    gsize n_routes,
                    SandboxHandler otherwise)
{
  g_autoptr (GError) error = NULL;
  SandboxExchange exchange = {
    .world = world,
    .message = message,
    .method = soup_server_message_get_method (message),
    .path = g_uri_get_path (soup_server_message_get_uri (message)),
  };

  sandbox_database_begin (world->db);
  sandbox_world_catch_up (world);
  run (&exchange, routes, n_routes, otherwise);
  if (!sandbox_database_commit (world->db, &error))
    {
      g_warning ("%s %s: %s", exchange.method, exchange.path, error->message);
      sandbox_exchange_problem (&exchange, "internal", "The database failed; nothing was changed.");
    }
  log_request (&exchange);
  sandbox_waiters_wake (world);
  sandbox_account_free (exchange.account);
  g_free (exchange.argument);
  g_free (exchange.cookie);
  g_clear_pointer (&exchange.form, g_hash_table_unref);
}

void
sandbox_http_refuse_large (SoupServer *server,
                           SoupServerMessage *message,
                           const char *path,
                           GHashTable *query,
                           gpointer world)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SandboxExchange exchange = { .world = world, .message = message };
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);

  if (encoding == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > SANDBOX_MAX_BODY)
    sandbox_exchange_problem_full (&exchange, "invalid", SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                   "The body is larger than 1 MiB.", NULL);
  else if (encoding == SOUP_ENCODING_CHUNKED || encoding == SOUP_ENCODING_UNRECOGNIZED)
    sandbox_exchange_problem_full (&exchange, "invalid", SOUP_STATUS_LENGTH_REQUIRED,
                                   "The body must have a Content-Length.", NULL);
}
