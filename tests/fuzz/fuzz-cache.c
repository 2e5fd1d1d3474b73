/* SPDX-License-Identifier: MIT */
/*
 * The files of the gate's cache (plugin/gate/cache.h): a digit, then
 *   0  the file of an installation, as it is
 *   1  the same, with a good statement in front and a line feed: the second line
 *   2  the same, of a signed payload up to a line feed and the second line
 *   3  keys.jws, a JWS as fuzz_take_jws() reads it
 *
 * What is loaded is signed, has a stamp within its bounds, opens no more than its statement allows
 * and is the same after it was stored and loaded again; when the account signs out it is gone.
 */
#include "tests/fuzz/signed.h"

#include "base/platform.h"
#include "plugin/gate/cache.h"

#include <glib/gstdio.h>

#define MAX_TIME G_GINT64_CONSTANT (32503679999)

static void
assert_stamp (const TtecommGateStamp *stamp)
{
  g_assert_cmpint (stamp->boottime_us, >=, -1);
  g_assert_cmpint (stamp->wall, >=, -1);
  g_assert_cmpint (stamp->wall, <=, MAX_TIME);
  g_assert_cmpint (stamp->high_water, >=, 0);
  g_assert_cmpint (stamp->high_water, <=, MAX_TIME);
  if (stamp->boot_id != NULL)
    g_assert_true (g_utf8_validate (stamp->boot_id, -1, NULL));
}

static void
assert_stored_again (TtecommGateCache *cache,
                     const TtecommStatementExpected *expected,
                     TtecommGateRecord *record)
{
  const TtecommGateStamp *before = ttecomm_gate_record_get_stamp (record);
  const TtecommGateStamp *after;
  g_autoptr (TtecommGateRecord) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_gate_cache_store (cache, record, &error));
  g_assert_no_error (error);
  again = ttecomm_gate_cache_load (cache, expected, &error);
  g_assert_no_error (error);
  after = ttecomm_gate_record_get_stamp (again);
  g_assert_cmpstr (before->boot_id, ==, after->boot_id);
  g_assert_cmpint (before->boottime_us, ==, after->boottime_us);
  g_assert_cmpint (before->wall, ==, after->wall);
  g_assert_cmpint (before->high_water, ==, after->high_water);
  g_assert_cmpstr (ttecomm_statement_get_jws (ttecomm_gate_record_get_statement (record)), ==,
                   ttecomm_statement_get_jws (ttecomm_gate_record_get_statement (again)));
}

/* Whatever the unsigned line says of the time that has passed: not past the statement's end. */
static void
assert_opens_rightly (const TtecommGateRecord *record)
{
  const TtecommGateFacts *facts = ttecomm_gate_record_get_facts (record);
  TtecommGateInputs inputs = {
    .signed_in = TRUE,
    .prosoft = "99.0",
    .has_wall = TRUE,
    .wall = facts->exp + 1,
    .boottime = -1,
  };

  ttecomm_gate_inputs_set_cache (&inputs, record);
  g_assert_false (ttecomm_gate_outcome_opens (ttecomm_gate_decide (&inputs).outcome));
  inputs.wall = facts->until_ts;
  g_assert_false (ttecomm_gate_outcome_opens (ttecomm_gate_decide (&inputs).outcome));
  fuzz_assert_opens_rightly (ttecomm_gate_record_get_statement (record));
}

/* Whether it was loaded. */
static gboolean
run_statement (TtecommGateCache *cache, const char *path, const GString *file)
{
  const TtecommStatementExpected expected = {
    .keys = fuzz_signer ()->keys,
    .installation = "inst-1",
    .account = TTECOMM_FAKE_ACCOUNT,
  };
  g_autoptr (TtecommGateRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  fuzz_write_file (path, file->str, file->len);
  record = ttecomm_gate_cache_load (cache, &expected, &error);
  if (record == NULL)
    {
      g_assert_true (error->domain == TTECOMM_STATEMENT_ERROR
                     || error->domain == TTECOMM_PLATFORM_ERROR);
      return FALSE;
    }
  fuzz_assert_statement (ttecomm_gate_record_get_statement (record), &expected);
  assert_stamp (ttecomm_gate_record_get_stamp (record));
  assert_opens_rightly (record);
  assert_stored_again (cache, &expected, record);
  return TRUE;
}

/* One that was loaded and stored is ours; one that was not may say that it is another account's. */
static void
sign_out (TtecommGateCache *cache, const char *path, gboolean is_ours)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_gate_cache_clear (cache, TTECOMM_FAKE_ACCOUNT, &error));
  g_assert_no_error (error);
  g_assert_false (is_ours && g_file_test (path, G_FILE_TEST_EXISTS));
  (void)g_remove (path);
}

static void
append_good_statement (GString *file)
{
  TtecommFakeStatement statement = ttecomm_fake_statement ("inst-1", 1789718400);
  g_autofree char *jws = ttecomm_fake_signer_sign (fuzz_signer (), &statement);

  g_string_append_printf (file, "%s\n", jws);
}

static void
append_signed (GString *file, FuzzInput *input)
{
  g_autofree char *payload = fuzz_input_take_until (input, '\n', NULL);
  g_autofree char *jws = ttecomm_fake_signer_sign_json (fuzz_signer (), payload);

  g_string_append_printf (file, "%s\n", jws);
}

static void
run_keys (TtecommGateCache *cache, FuzzInput *input)
{
  g_autofree char *path = g_build_filename (fuzz_folder (), "keys.jws", NULL);
  g_autofree char *jws = NULL;
  g_autoptr (TtecommKeySet) keys = NULL;
  g_autoptr (TtecommKeySet) again = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  jws = fuzz_take_jws (input, fuzz_signer ()->root, TTECOMM_KEY_SET_TYP, &length);
  fuzz_write_file (path, jws, length);
  keys = ttecomm_gate_cache_load_keys (cache, fuzz_signer ()->trust, 0, &error);
  if (keys == NULL)
    {
      g_assert_true (error->domain == TTECOMM_KEY_SET_ERROR
                     || error->domain == TTECOMM_PLATFORM_ERROR);
      return;
    }
  g_assert_true (fuzz_is_signed_by (ttecomm_key_set_get_jws (keys),
                                    strlen (ttecomm_key_set_get_jws (keys)), fuzz_signer ()->root));
  g_assert_true (ttecomm_gate_cache_store_keys (cache, keys, &error));
  g_assert_no_error (error);
  again = ttecomm_gate_cache_load_keys (cache, fuzz_signer ()->trust, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ttecomm_key_set_get_ver (again), ==, ttecomm_key_set_get_ver (keys));
}

int
ttecomm_fuzz_cache (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint choice = fuzz_input_take_choice (&input, 4);
  g_autoptr (TtecommGateCache) cache = ttecomm_gate_cache_new (fuzz_folder (), 4);
  g_autofree char *path = ttecomm_gate_cache_dup_path (cache, "inst-1", TTECOMM_FAKE_ACCOUNT);
  g_autoptr (GString) file = g_string_new (NULL);

  if (choice == 3)
    {
      run_keys (cache, &input);
      return 0;
    }
  if (choice == 1)
    append_good_statement (file);
  if (choice == 2)
    append_signed (file, &input);
  g_string_append_len (file, (const char *)input.at, (gssize)input.left);
  sign_out (cache, path, run_statement (cache, path, file));
  return 0;
}
