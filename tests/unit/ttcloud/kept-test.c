/* SPDX-License-Identifier: MIT */
/* What the safe place keeps: what goes in comes out, and nothing else does. */
#include "api/ttcloud/kept.h"
#include "api/ttcloud/origin.h"
#include "api/ttcloud/secret-store.h"
#include "base/json.h"
#include "tests/harness/harness.h"

#include <string.h>

#define API "https://api.test"
#define WEB "https://web.test"

typedef struct
{
  GUri *api;
  GUri *web;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->api = ttecomm_origin_parse (API, TTECOMM_ORIGIN_HTTPS, NULL);
  self->web = ttecomm_origin_parse (WEB, TTECOMM_ORIGIN_HTTPS, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_uri_unref (self->api);
  g_uri_unref (self->web);
}

/* (transfer full): end points @path below the two origins */
static TtecommDiscovery *
make_discovery (Fixture *self, const char *path)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *authorize = g_strconcat (WEB, path, NULL);
  g_autofree char *token = g_strconcat (API, path, NULL);
  g_autoptr (GError) error = NULL;
  TtecommDiscovery *discovery;

  json_object_set_string_member (object, "authorization_endpoint", authorize);
  json_object_set_string_member (object, "token_endpoint", token);
  json_object_set_string_member (object, "revocation_endpoint", token);
  discovery = ttecomm_discovery_from_kept (object, self->api, self->web, &error);
  g_assert_no_error (error);
  return discovery;
}

static TtecommKept *
read_back (Fixture *self, GBytes *secret)
{
  g_autoptr (GError) error = NULL;
  TtecommKept *kept = ttecomm_kept_read (secret, self->api, self->web, &error);

  g_assert_no_error (error);
  return kept;
}

static void
assert_uri (GUri *uri, const char *expected)
{
  g_autofree char *text = g_uri_to_string (uri);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_round (Fixture *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (TTECOMM_TOKEN_MAX, 'x');
  TtecommTokens tokens = { .refresh = longest,
                           .access = longest,
                           .expires = G_GINT64_CONSTANT (1806530400),
                           .account_id = (char *)"acct-1",
                           .email = (char *)"\"j\\an\"@example.test",
                           .serial = TTECOMM_TOKENS_SERIAL_MAX };
  g_autoptr (TtecommDiscovery) discovery = make_discovery (self, "/a?b=c");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) secret = ttecomm_kept_write (&tokens, discovery, 17, self->api, &error);
  g_autoptr (TtecommKept) kept = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (secret), <=, TTECOMM_SECRET_MAX);
  kept = read_back (self, secret);
  g_assert_cmpstr (kept->tokens->refresh, ==, tokens.refresh);
  g_assert_cmpstr (kept->tokens->access, ==, tokens.access);
  g_assert_cmpint (kept->tokens->expires, ==, tokens.expires);
  g_assert_cmpstr (kept->tokens->account_id, ==, tokens.account_id);
  g_assert_cmpstr (kept->tokens->email, ==, tokens.email);
  g_assert_cmpint (kept->tokens->serial, ==, tokens.serial);
  g_assert_cmpint (kept->discovered, ==, 17);
  assert_uri (kept->discovery->authorization, WEB "/a?b=c");
  assert_uri (kept->discovery->token, API "/a?b=c");
}

/* Nobody: no token, no end point. */
static void
test_nobody (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommDiscovery) discovery = make_discovery (self, "/a");
  g_autoptr (GBytes) secret = ttecomm_kept_write (NULL, discovery, 17, self->api, NULL);
  g_autoptr (TtecommKept) kept = read_back (self, secret);

  g_assert_null (kept->tokens);
  g_assert_null (kept->discovery);
}

/* Everything as long as it may be: the tokens go in, the end points do not. */
static void
test_tokens_before_discovery (Fixture *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (TTECOMM_TOKEN_MAX, 'x');
  g_autofree char *email = g_strnfill (254, '"');
  g_autofree char *id = g_strnfill (64, 'x');
  g_autofree char *path = g_strnfill (600, 'p');
  g_autofree char *slash = g_strconcat ("/", path, NULL);
  TtecommTokens tokens = { .refresh = longest,
                           .access = longest,
                           .expires = G_MAXINT64,
                           .account_id = id,
                           .email = email,
                           .serial = TTECOMM_TOKENS_SERIAL_MAX };
  g_autoptr (TtecommDiscovery) discovery = make_discovery (self, slash);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) secret = ttecomm_kept_write (&tokens, discovery, 17, self->api, &error);
  g_autoptr (TtecommKept) kept = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (secret), <=, TTECOMM_SECRET_MAX);
  kept = read_back (self, secret);
  g_assert_cmpstr (kept->tokens->email, ==, email);
  g_assert_null (kept->discovery);
}

/* A person whom TTcloud wants to sign in again is still somebody. */
static void
test_account_alone (Fixture *self, gconstpointer data)
{
  TtecommTokens tokens = { .account_id = (char *)"acct-1" };
  g_autoptr (GBytes) secret = ttecomm_kept_write (&tokens, NULL, 0, self->api, NULL);
  g_autoptr (TtecommKept) kept = read_back (self, secret);

  g_assert_cmpstr (kept->tokens->account_id, ==, "acct-1");
  g_assert_null (kept->tokens->refresh);
}

static void
test_too_long (Fixture *self, gconstpointer data)
{
  g_autofree char *email = g_strnfill (TTECOMM_SECRET_MAX, 'x');
  TtecommTokens tokens = { .email = email };
  g_autoptr (GError) error = NULL;

  g_assert_null (ttecomm_kept_write (&tokens, NULL, 0, self->api, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TOO_LARGE);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *says; /* part of the error: odd for this reason and no other */
} OddRow;

#define START "{\"v\":2,\"origin\":\"" API "/\",\"serial\":1,\"expires\":1"

static const OddRow odd[] = {
  { "empty", "", "value" },
  { "garbage", "\x01\x02", "value" },
  { "not-json", "{\"v\":2", "ends" },
  { "array", "[]", "not an object" },
  { "nothing", "{}", "\"v\"" },
  { "version-1",
    "{\"v\":1,\"expires\":1,\"refresh\":\"r\",\"access\":\"a\",\"account\":\"acct-1\"}", "\"v\"" },
  { "version-3", "{\"v\":3,\"origin\":\"" API "/\",\"serial\":1,\"expires\":1,\"refresh\":\"r\"}",
    "\"v\"" },
  { "no-origin", "{\"v\":2,\"serial\":1,\"expires\":1,\"refresh\":\"r\"}", "\"origin\"" },
  { "other-origin",
    "{\"v\":2,\"origin\":\"https://evil.test/\",\"serial\":1,\"expires\":1,\"refresh\":\"r\"}",
    "\"origin\"" },
  { "no-person", START "}", "neither a token nor an account" },
  { "twice", START ",\"refresh\":\"r\",\"refresh\":\"s\"}", "second time" },
  { "odd-token", START ",\"refresh\":\"a b\"}", "\"refresh\"" },
  { "foreign-end-point",
    START ",\"refresh\":\"r\",\"discovery\":{\"at\":1,\"authorization_endpoint\":\"" WEB
          "/a\",\"token_endpoint\":\"https://evil.test/t\",\"revocation_endpoint\":\"" API "/r\"}}",
    "token_endpoint" },
};

static void
assert_odd (Fixture *self, const char *text, gsize length, const char *says)
{
  g_autoptr (GBytes) secret = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (ttecomm_kept_read (secret, self->api, self->web, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_odd (Fixture *self, gconstpointer data)
{
  const OddRow *row = data;

  assert_odd (self, row->text, strlen (row->text), row->says);
}

static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (TTECOMM_SECRET_MAX + 1, ' ');

  assert_odd (self, text, strlen (text), "bytes");
}

/* Cut short anywhere, it is not half a sign-in. */
static void
test_cut (Fixture *self, gconstpointer data)
{
  TtecommTokens tokens = { .refresh = (char *)"r", .account_id = (char *)"acct-1" };
  g_autoptr (TtecommDiscovery) discovery = make_discovery (self, "/a");
  g_autoptr (GBytes) secret = ttecomm_kept_write (&tokens, discovery, 17, self->api, NULL);
  gsize size;
  const char *text = g_bytes_get_data (secret, &size);

  for (gsize length = 0; length < size; length++)
    assert_odd (self, text, length, " at byte ");
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "kept", name, Fixture, data, set_up, func, tear_down)
  ADD ("round", NULL, test_round);
  ADD ("nobody", NULL, test_nobody);
  ADD ("tokens-before-discovery", NULL, test_tokens_before_discovery);
  ADD ("account-alone", NULL, test_account_alone);
  ADD ("too-long", NULL, test_too_long);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *name = g_strconcat ("odd-", odd[i].name, NULL);

      ADD (name, &odd[i], test_odd);
    }
  ADD ("too-large", NULL, test_too_large);
  ADD ("cut", NULL, test_cut);
}

HARNESS_MAIN (register_tests)
