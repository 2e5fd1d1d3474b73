/* SPDX-License-Identifier: MIT */
/*
 * TTcloud's signed statement (api/ttcloud/statement.h): a digit for how we asked (1: with a nonce,
 * 2: having seen ver 12, 3: both), then a JWS as fuzz_take_jws() reads it.
 *
 * What is accepted is signed, is what was asked for and lies within its bounds; with one character
 * changed it is refused; and nothing opens a session without it or against its words.
 */
#include "tests/fuzz/signed.h"

static gboolean
verify (const char *text, gsize length, gpointer user_data)
{
  const TtecommStatementExpected *expected = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommStatement) statement
      = ttecomm_statement_verify (text, length, expected, &error);

  return statement != NULL;
}

int
ttecomm_fuzz_statement (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint asked = fuzz_input_take_choice (&input, 4);
  TtecommStatementExpected expected = {
    .keys = fuzz_signer ()->keys,
    .installation = "inst-1",
    .account = TTECOMM_FAKE_ACCOUNT,
    .nonce = (asked & 1) != 0 ? TTECOMM_FAKE_NONCE : NULL,
    .min_ver = (asked & 2) != 0 ? 12 : 0,
  };
  gsize length = 0;
  g_autofree char *jws
      = fuzz_take_jws (&input, fuzz_signer ()->key, TTECOMM_STATEMENT_TYP, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommStatement) statement
      = ttecomm_statement_verify (jws, length, &expected, &error);

  if (statement == NULL)
    {
      fuzz_assert_error (error, TTECOMM_STATEMENT_ERROR);
      fuzz_assert_nothing_opens ();
      return 0;
    }
  fuzz_assert_kept (ttecomm_statement_get_jws (statement), jws, length);
  fuzz_assert_statement (statement, &expected);
  fuzz_assert_brittle (jws, length, verify, &expected);
  fuzz_assert_opens_rightly (statement);
  return 0;
}
