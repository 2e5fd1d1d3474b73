/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/tokens.h"

#include <string.h>

#include "tests/sandbox/secrets.h"

char *
sandbox_tokens_issue_code (SandboxWorld *world,
                           const char *account,
                           const char *scope,
                           const char *challenge,
                           const char *redirect_uri)
{
  g_autofree char *code = sandbox_secret_new ("code");
  g_autofree char *digest = sandbox_digest (code);

  sandbox_database_run (world->db,
                        "INSERT INTO grants (account, scope, code, challenge, redirect_uri, "
                        "code_expires) VALUES (?, ?, ?, ?, ?, ?)",
                        "sssssi", account, scope, digest, challenge, redirect_uri,
                        sandbox_clock_real_now (&world->clock) + SANDBOX_CODE_SECONDS);
  return g_steal_pointer (&code);
}

static const char *
bearer_of (SandboxExchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  if (value == NULL || g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return NULL;
  return value + 7;
}

gboolean
sandbox_tokens_identify (SandboxExchange *exchange)
{
  const char *token = bearer_of (exchange);
  g_autofree char *digest = sandbox_digest (token != NULL ? token : "");
  g_autofree char *account = NULL;

  account = sandbox_database_text (
      exchange->world->db,
      "SELECT grants.account FROM access_tokens JOIN grants ON grants.id = grant_id "
      "WHERE digest = ? AND revoked = 0 AND expires > ?",
      "si", digest, sandbox_clock_real_now (&exchange->world->clock));
  if (account != NULL)
    exchange->account = sandbox_account_load (exchange->world, account);
  if (exchange->account != NULL)
    return TRUE;
  sandbox_exchange_problem (exchange, "not_signed_in",
                            token != NULL ? "The access token is not valid (any more)."
                                          : "An access token is needed.");
  return FALSE;
}

static void
refuse (SandboxExchange *exchange, const char *error, const char *description)
{
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_json_string (builder, "error", error);
  sandbox_json_string (builder, "error_description", description);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_BAD_REQUEST, builder);
}

static void
revoke_grant (SandboxWorld *world, gint64 grant)
{
  sandbox_database_run (world->db, "UPDATE grants SET revoked = 1 WHERE id = ?", "i", grant);
}

static void
answer_tokens (SandboxExchange *exchange, gint64 grant)
{
  SandboxWorld *world = exchange->world;
  g_autofree char *access = sandbox_secret_new ("access");
  g_autofree char *refresh = sandbox_secret_new ("refresh");
  g_autofree char *access_digest = sandbox_digest (access);
  g_autofree char *refresh_digest = sandbox_digest (refresh);
  g_autofree char *scope
      = sandbox_database_text (world->db, "SELECT scope FROM grants WHERE id = ?", "i", grant);
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_database_run (world->db,
                        "INSERT INTO access_tokens (digest, grant_id, expires) VALUES (?, ?, ?)",
                        "sii", access_digest, grant,
                        sandbox_clock_real_now (&world->clock) + SANDBOX_ACCESS_SECONDS);
  sandbox_database_run (world->db, "INSERT INTO refresh_tokens (digest, grant_id) VALUES (?, ?)",
                        "si", refresh_digest, grant);
  sandbox_json_string (builder, "access_token", access);
  sandbox_json_string (builder, "token_type", "Bearer");
  sandbox_json_int (builder, "expires_in", SANDBOX_ACCESS_SECONDS);
  sandbox_json_string (builder, "refresh_token", refresh);
  sandbox_json_string (builder, "scope", scope);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}

/* RFC 7636, 4.6: the challenge is the digest of the verifier. */
static gboolean
verifier_fits (const char *verifier, const char *challenge)
{
  gsize length = strlen (verifier);
  g_autofree char *digest = NULL;

  if (length < 43 || length > 128)
    return FALSE;
  digest = sandbox_digest (verifier);
  return sandbox_equal (digest, challenge);
}

/* What stands against a code. Used twice, it takes its tokens down with it. */
static const char *
objection_to_code (SandboxExchange *exchange, SandboxRow *row)
{
  SandboxWorld *world = exchange->world;

  if (sandbox_row_int (row, 4) != 0)
    {
      revoke_grant (world, sandbox_row_int (row, 0));
      return "The code was used before; its tokens are revoked.";
    }
  if (sandbox_row_int (row, 3) <= sandbox_clock_real_now (&world->clock))
    return "The code is older than 60 seconds.";
  if (!g_str_equal (sandbox_row_text (row, 2), sandbox_exchange_form (exchange, "redirect_uri")))
    return "The code was given for another redirect_uri.";
  if (!verifier_fits (sandbox_exchange_form (exchange, "code_verifier"), sandbox_row_text (row, 1)))
    return "The code_verifier does not fit.";
  if (sandbox_row_int (row, 5) != 0)
    return "The sign-in was revoked.";
  return NULL;
}

static void
redeem_code (SandboxExchange *exchange)
{
  const char *code = sandbox_exchange_form (exchange, "code");
  g_autofree char *digest = NULL;
  g_autoptr (SandboxRow) row = NULL;
  const char *objection;
  gint64 grant;

  if (code == NULL || sandbox_exchange_form (exchange, "redirect_uri") == NULL
      || sandbox_exchange_form (exchange, "code_verifier") == NULL)
    {
      refuse (exchange, "invalid_request", "code, redirect_uri and code_verifier are needed.");
      return;
    }
  digest = sandbox_digest (code);
  row = sandbox_database_query (exchange->world->db,
                                "SELECT id, challenge, redirect_uri, code_expires, code_used, "
                                "revoked FROM grants WHERE code = ?",
                                "s", digest);
  if (!sandbox_row_next (row))
    {
      refuse (exchange, "invalid_grant", "The code is not known.");
      return;
    }
  sandbox_witness ("verifier", sandbox_exchange_form (exchange, "code_verifier"));
  grant = sandbox_row_int (row, 0);
  objection = objection_to_code (exchange, row);
  /* A code is spent by the first try, fitting or not. */
  sandbox_database_run (exchange->world->db, "UPDATE grants SET code_used = 1 WHERE id = ?", "i",
                        grant);
  if (objection != NULL)
    refuse (exchange, "invalid_grant", objection);
  else
    answer_tokens (exchange, grant);
}

static void
redeem_refresh_token (SandboxExchange *exchange)
{
  SandboxWorld *world = exchange->world;
  const char *token = sandbox_exchange_form (exchange, "refresh_token");
  gint64 now = sandbox_clock_real_now (&world->clock);
  g_autofree char *digest = sandbox_digest (token != NULL ? token : "");
  g_autoptr (SandboxRow) row = NULL;
  gint64 grant;

  if (token == NULL)
    {
      refuse (exchange, "invalid_request", "refresh_token is needed.");
      return;
    }
  row = sandbox_database_query (world->db,
                                "SELECT grant_id, replaced, revoked FROM refresh_tokens JOIN "
                                "grants ON grants.id = grant_id WHERE digest = ?",
                                "s", digest);
  if (!sandbox_row_next (row) || sandbox_row_int (row, 2) != 0)
    {
      refuse (exchange, "invalid_grant", "The refresh token is not valid (any more).");
      return;
    }
  grant = sandbox_row_int (row, 0);
  if (!sandbox_row_is_null (row, 1) && now - sandbox_row_int (row, 1) >= SANDBOX_GRACE_SECONDS)
    {
      revoke_grant (world, grant);
      refuse (exchange, "invalid_grant", "The refresh token was replaced; the sign-in is revoked.");
      return;
    }
  sandbox_database_run (world->db,
                        "UPDATE refresh_tokens SET replaced = ? WHERE digest = ? AND "
                        "replaced IS NULL",
                        "is", now, digest);
  answer_tokens (exchange, grant);
}

static gboolean
read_client (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  if (!sandbox_exchange_read_form (exchange, &error))
    {
      refuse (exchange, "invalid_request", error->message);
      return FALSE;
    }
  if (g_strcmp0 (sandbox_exchange_form (exchange, "client_id"), SANDBOX_CLIENT_ID) != 0)
    {
      refuse (exchange, "invalid_client", "client_id must be " SANDBOX_CLIENT_ID ".");
      return FALSE;
    }
  return TRUE;
}

void
sandbox_tokens_token (SandboxExchange *exchange)
{
  const char *type;

  if (!read_client (exchange))
    return;
  type = sandbox_exchange_form (exchange, "grant_type");
  if (g_strcmp0 (type, "authorization_code") == 0)
    redeem_code (exchange);
  else if (g_strcmp0 (type, "refresh_token") == 0)
    redeem_refresh_token (exchange);
  else
    refuse (exchange, type == NULL ? "invalid_request" : "unsupported_grant_type",
            "grant_type must be authorization_code or refresh_token.");
}

/* RFC 7009: a token that is not known is as good as revoked. */
void
sandbox_tokens_revoke (SandboxExchange *exchange)
{
  SandboxDatabase *db = exchange->world->db;
  const char *token;
  g_autofree char *digest = NULL;

  if (!read_client (exchange))
    return;
  token = sandbox_exchange_form (exchange, "token");
  if (token == NULL)
    {
      refuse (exchange, "invalid_request", "token is needed.");
      return;
    }
  digest = sandbox_digest (token);
  sandbox_database_run (db, "DELETE FROM access_tokens WHERE digest = ?", "s", digest);
  sandbox_database_run (db,
                        "UPDATE grants SET revoked = 1 WHERE id IN "
                        "(SELECT grant_id FROM refresh_tokens WHERE digest = ?)",
                        "s", digest);
  sandbox_exchange_reply (exchange, SOUP_STATUS_OK, "text/plain", "");
}

static void
add_list (JsonBuilder *builder, const char *name, const char *const *values)
{
  json_builder_begin_array (json_builder_set_member_name (builder, name));
  for (gsize i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
sandbox_tokens_discovery (SandboxExchange *exchange)
{
  static const char *const methods[] = { "S256", NULL };
  static const char *const responses[] = { "code", NULL };
  static const char *const grants[] = { "authorization_code", "refresh_token", NULL };
  static const char *const scopes[] = { "openid", "email", "offline_access", "ttcloud", NULL };
  SandboxWorld *world = exchange->world;
  g_autofree char *authorize = g_strconcat (world->web_url, "/authorize", NULL);
  g_autofree char *token = g_strconcat (world->api_url, "/oauth/token", NULL);
  g_autofree char *revoke = g_strconcat (world->api_url, "/oauth/revoke", NULL);
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_json_string (builder, "issuer", world->api_url);
  sandbox_json_string (builder, "authorization_endpoint", authorize);
  sandbox_json_string (builder, "token_endpoint", token);
  sandbox_json_string (builder, "revocation_endpoint", revoke);
  add_list (builder, "code_challenge_methods_supported", methods);
  add_list (builder, "response_types_supported", responses);
  add_list (builder, "grant_types_supported", grants);
  add_list (builder, "scopes_supported", scopes);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
