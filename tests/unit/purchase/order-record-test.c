/* SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "plugin/purchase/order-record.h"
#include "tests/harness/harness.h"

#define ORIGIN "https://127.0.0.1:443"
#define ACCOUNT "acct-1"

static TtecommOrderRecord *
sample (const char *quote_id)
{
  TtecommOrderRecord *record = g_new0 (TtecommOrderRecord, 1);

  record->origin = g_strdup (ORIGIN);
  record->account = g_strdup (ACCOUNT);
  record->installation = g_strdup ("b7a1c2d4");
  record->services = g_strsplit ("RS,VC", ",", -1);
  record->quote_id = g_strdup (quote_id);
  record->key = ttecomm_order_record_derive_key (ACCOUNT, quote_id);
  record->terms = g_strdup ("2026-09");
  return record;
}

static char *
record_path (const char *folder, const TtecommOrderRecord *record)
{
  g_autofree char *name = g_strdup_printf ("order-%s.json", record->key);

  return g_build_filename (folder, name, NULL);
}

static void
test_the_key_is_the_quotes (void)
{
  g_autofree char *a = ttecomm_order_record_derive_key ("acct-1", "quote-12345");
  g_autofree char *again = ttecomm_order_record_derive_key ("acct-1", "quote-12345");
  g_autofree char *other_quote = ttecomm_order_record_derive_key ("acct-1", "quote-12346");
  g_autofree char *other_account = ttecomm_order_record_derive_key ("acct-2", "quote-12345");

  g_assert_cmpstr (a, ==, again);
  g_assert_cmpstr (a, !=, other_quote);
  g_assert_cmpstr (a, !=, other_account);
  g_assert_true (g_regex_match_simple ("^[A-Za-z0-9_-]{43}$", a, 0, 0));
}

static void
test_comes_back_as_it_was (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *data = g_build_filename (folder, "data", "ttecomm", NULL);
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  const TtecommOrderRecord *back;
  guint n_odd = 99;

  record->order_id = g_strdup ("order-7");
  g_assert_true (ttecomm_order_record_save (record, data, &error));
  g_assert_no_error (error);
  found = ttecomm_order_record_load_all (data, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (n_odd, ==, 0);
  g_assert_cmpuint (found->len, ==, 1);
  back = g_ptr_array_index (found, 0);
  g_assert_cmpstr (back->key, ==, record->key);
  g_assert_cmpstr (back->quote_id, ==, "quote-12345");
  g_assert_cmpstr (back->order_id, ==, "order-7");
  g_assert_cmpstr (back->installation, ==, "b7a1c2d4");
  g_assert_cmpstr (back->terms, ==, "2026-09");
  g_assert_cmpuint (g_strv_length (back->services), ==, 2);
  g_assert_cmpstr (back->services[1], ==, "VC");
}

static void
test_only_its_own_account_sees_it (void)
{
  const char *folder = harness_tmpdir ();
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autoptr (GPtrArray) other_account = NULL;
  g_autoptr (GPtrArray) other_cloud = NULL;
  guint n_odd;

  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  other_account = ttecomm_order_record_load_all (folder, ORIGIN, "acct-2", &n_odd);
  g_assert_cmpuint (other_account->len, ==, 0);
  other_cloud = ttecomm_order_record_load_all (folder, "https://other", ACCOUNT, &n_odd);
  g_assert_cmpuint (other_cloud->len, ==, 0);
  g_assert_cmpuint (n_odd, ==, 0);
}

static void
test_removed_is_gone (void)
{
  const char *folder = harness_tmpdir ();
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autoptr (GPtrArray) found = NULL;
  guint n_odd;

  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  g_assert_true (ttecomm_order_record_remove (record, folder, NULL));
  g_assert_true (ttecomm_order_record_remove (record, folder, NULL));
  found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (found->len, ==, 0);
}

/* A record cut at any byte is odd, never a crash and never another order. */
static void
test_cut_at_every_byte (void)
{
  const char *folder = harness_tmpdir ();
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autofree char *path = record_path (folder, record);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (gsize n = 0; n < length; n++)
    {
      g_autoptr (GPtrArray) found = NULL;
      guint n_odd;

      g_assert_true (g_file_set_contents (path, text, (gssize)n, NULL));
      found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
      g_assert_cmpuint (found->len, ==, 0);
      g_assert_cmpuint (n_odd, ==, 1);
    }
}

static void
test_garbage_is_left_alone (void)
{
  static const char *const garbage[] = {
    "",
    "null",
    "[]",
    "{}",
    "{\"version\":2}",
    "{\"version\":\"1\"}",
    "\xff\xfe",
    "{\"version\":1,\"origin\":7}",
    "{\"version\":1,\"version\":1}",
  };
  const char *folder = harness_tmpdir ();

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autofree char *name = g_strdup_printf ("order-garbage%u.json", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GPtrArray) found = NULL;
      guint n_odd;

      g_assert_true (g_file_set_contents (path, garbage[i], -1, NULL));
      found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
      g_assert_cmpuint (found->len, ==, 0);
      g_assert_cmpuint (n_odd, ==, i + 1);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* The key names the file and goes into a header: a record with another key than its quote's is
 * foreign. */
static void
test_a_forged_key_is_odd (void)
{
  const char *folder = harness_tmpdir ();
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autoptr (GPtrArray) found = NULL;
  guint n_odd;

  g_free (record->key);
  record->key = g_strdup ("somebody-elses-key");
  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (n_odd, ==, 1);
}

/* It goes into a path of TTcloud's. */
static void
test_a_forged_order_is_odd (void)
{
  static const char *const forged[] = { "", "../account", "a b", "a?wait=9", "\xc3\xa9" };
  const char *folder = harness_tmpdir ();

  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
      g_autoptr (GPtrArray) found = NULL;
      guint n_odd;

      record->order_id = g_strdup (forged[i]);
      g_assert_true (ttecomm_order_record_save (record, folder, NULL));
      found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
      g_assert_cmpuint (found->len, ==, 0);
      g_assert_cmpuint (n_odd, ==, 1);
    }
}

static void
test_odd_kinds_of_files (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *directory = g_build_filename (folder, "order-directory.json", NULL);
  g_autofree char *huge = g_build_filename (folder, "order-huge.json", NULL);
  g_autofree char *spaces = g_strnfill (100000, ' ');
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) nowhere = NULL;
  guint n_odd;

  g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (huge, spaces, -1, NULL));
  found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (n_odd, ==, 2);
  nowhere = ttecomm_order_record_load_all ("/nonexistent/folder", ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (nowhere->len, ==, 0);
  g_assert_cmpuint (n_odd, ==, 0);
}

static void
test_a_folder_that_cannot_be_written (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *file = g_build_filename (folder, "a-file", NULL);
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_assert_false (ttecomm_order_record_save (record, file, &error));
  g_assert_nonnull (error);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "order-record", "the-key-is-the-quotes", test_the_key_is_the_quotes);
  harness_add (harness, "order-record", "comes-back-as-it-was", test_comes_back_as_it_was);
  harness_add (harness, "order-record", "only-its-own-account-sees-it",
               test_only_its_own_account_sees_it);
  harness_add (harness, "order-record", "removed-is-gone", test_removed_is_gone);
  harness_add (harness, "order-record", "cut-at-every-byte", test_cut_at_every_byte);
  harness_add (harness, "order-record", "garbage-is-left-alone", test_garbage_is_left_alone);
  harness_add (harness, "order-record", "a-forged-key-is-odd", test_a_forged_key_is_odd);
  harness_add (harness, "order-record", "a-forged-order-is-odd", test_a_forged_order_is_odd);
  harness_add (harness, "order-record", "odd-kinds-of-files", test_odd_kinds_of_files);
  harness_add (harness, "order-record", "a-folder-that-cannot-be-written",
               test_a_folder_that_cannot_be_written);
}

HARNESS_MAIN (register_tests)
