/* SPDX-License-Identifier: MIT */
/*
 * Sign-ins (api/ttcloud/kept.h, tokens.h): a digit, then
 *   0  what the host's safe place says it kept, as it is
 *   1  the answer of the token end point
 *
 * Tokens hold nothing that cannot stand in a header, end points are TTcloud's own, what is kept
 * again is the same, and no error repeats what was in it.
 */
#include "tests/fuzz/fuzz.h"

#include "api/ttcloud/cloud-error.h"
#include "api/ttcloud/kept.h"
#include "api/ttcloud/origin.h"
#include "base/json.h"

#include <string.h>

static void
assert_token (const char *token)
{
  if (token == NULL)
    return;
  g_assert_cmpuint (strlen (token), >, 0);
  g_assert_cmpuint (strlen (token), <=, TTECOMM_TOKEN_MAX);
  g_assert_cmpuint (strspn (token, TTECOMM_TOKEN_CHARS), ==, strlen (token));
}

static void
assert_tokens (const TtecommTokens *tokens)
{
  assert_token (tokens->refresh);
  assert_token (tokens->access);
  g_assert_cmpint (tokens->serial, >=, 0);
  g_assert_cmpint (tokens->expires, >=, 0);
  fuzz_assert_line (tokens->email);
  if (tokens->account_id != NULL)
    g_assert_true (ttecomm_field_matches (tokens->account_id, TTECOMM_CHARS_ID, 1, TTECOMM_ID_MAX));
}

static void
assert_same_tokens (const TtecommTokens *a, const TtecommTokens *b)
{
  g_assert_cmpstr (a->refresh, ==, b->refresh);
  g_assert_cmpstr (a->access, ==, b->access);
  g_assert_cmpstr (a->account_id, ==, b->account_id);
  g_assert_cmpstr (a->email, ==, b->email);
  g_assert_cmpint (a->expires, ==, b->expires);
  g_assert_cmpint (a->serial, ==, b->serial);
}

static void
assert_discovery (const TtecommDiscovery *discovery, GUri *origin)
{
  g_assert_true (ttecomm_origin_equal (discovery->token, origin));
  g_assert_true (ttecomm_origin_equal (discovery->revocation, origin));
}

static void
assert_kept_again (const TtecommKept *kept, GUri *origin, GUri *web)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = ttecomm_kept_write (kept->tokens, kept->discovery, kept->discovered, origin, &error);
  g_autoptr (TtecommKept) again = NULL;

  g_assert_no_error (error);
  again = ttecomm_kept_read (bytes, origin, web, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->tokens != NULL, ==, kept->tokens != NULL);
  if (kept->tokens != NULL)
    assert_same_tokens (kept->tokens, again->tokens);
  g_assert_true (again->discovery == NULL
                 || ttecomm_origin_equal (again->discovery->token, kept->discovery->token));
}

static void
run_kept (FuzzInput *input)
{
  g_autoptr (GUri) origin = ttecomm_origin_parse ("https://api.test", TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (GUri) web = ttecomm_origin_parse ("https://web.test", TTECOMM_ORIGIN_HTTPS, NULL);
  gsize length = 0;
  guint8 *bytes = fuzz_input_take_rest (input, &length);
  g_autoptr (GBytes) secret = g_bytes_new_take (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommKept) kept = ttecomm_kept_read (secret, origin, web, &error);

  if (kept == NULL)
    {
      g_assert_true (error->domain == TTECOMM_JSON_ERROR || error->domain == TTECOMM_CLOUD_ERROR);
      /* What a seed marks as a secret must not be in a message. */
      g_assert_null (strstr (error->message, "hush"));
      return;
    }
  if (kept->tokens != NULL)
    assert_tokens (kept->tokens);
  if (kept->discovery != NULL)
    assert_discovery (kept->discovery, origin);
  assert_kept_again (kept, origin, web);
}

static void
run_answer (FuzzInput *input)
{
  gsize length = 0;
  g_autofree char *text = (char *)fuzz_input_take_rest (input, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = ttecomm_json_parse_object (text, length, length, &error);
  g_autoptr (TtecommTokens) tokens = NULL;

  if (object != NULL)
    tokens = ttecomm_tokens_from_json (object, 1789718400, &error);
  if (tokens == NULL)
    {
      fuzz_assert_error (error, TTECOMM_JSON_ERROR);
      g_assert_null (strstr (error->message, "hush"));
      return;
    }
  g_assert_nonnull (tokens->access);
  g_assert_nonnull (tokens->refresh);
  g_assert_cmpint (tokens->expires, >, 1789718400);
  g_assert_cmpint (tokens->expires, <=, 1789718400 + 86400);
  assert_tokens (tokens);
}

int
ttecomm_fuzz_kept (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };

  if (fuzz_input_take_choice (&input, 2) == 0)
    run_kept (&input);
  else
    run_answer (&input);
  return 0;
}
