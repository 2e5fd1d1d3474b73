/* SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "plugin/purchase/order-record.h"
#include "tests/harness/harness.h"
#include "tests/support/disk.h"

#define ORIGIN "https://127.0.0.1:443"
#define ACCOUNT "acct-1"

static TtecommOrderRecord *
sample (const char *quote_id)
{
  TtecommOrderRecord *record = ttecomm_order_record_new (ORIGIN, ACCOUNT, quote_id);
  TtecommBasketLine *named = ttecomm_basket_line_new ("site-linde", "VC");

  ttecomm_basket_line_set_name (named, "Hoeve \"Linde\"");
  named->period = g_strdup ("1y");
  g_ptr_array_add (record->lines, ttecomm_basket_line_new ("b7a1c2d4", "RS"));
  g_ptr_array_add (record->lines, named);
  record->po = g_strdup ("PO 2026/7 – é");
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

/* An order that another program made has the key that this program gave it, and is asked for by it.
 */
static void
test_the_key_of_a_found_order_is_its_own (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  char *key = (char *)"made-by-another-program";
  TtecommOrder order = { .id = (char *)"o-1",
                         .key = key,
                         .quote_id = (char *)"quote-12345",
                         .lines = lines,
                         .po_reference = (char *)"PO 7" };
  g_autoptr (TtecommOrderRecord) record
      = ttecomm_order_record_new_for_order (ORIGIN, ACCOUNT, &order);

  g_assert_cmpstr (record->key, ==, key);
  g_assert_cmpstr (record->order_id, ==, "o-1");
  g_assert_cmpstr (record->quote_id, ==, "quote-12345");
  g_assert_cmpstr (record->po, ==, "PO 7");
}

static void
assert_line (const TtecommOrderRecord *record,
             guint index,
             const char *installation,
             const char *service,
             const char *name,
             const char *period)
{
  const TtecommBasketLine *line = g_ptr_array_index (record->lines, index);

  g_assert_cmpstr (line->installation, ==, installation);
  g_assert_cmpstr (line->service, ==, service);
  g_assert_cmpstr (line->name, ==, name);
  g_assert_cmpstr (line->period, ==, period);
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
  g_assert_cmpstr (back->terms, ==, "2026-09");
  g_assert_cmpstr (back->po, ==, record->po);
  g_assert_cmpuint (back->lines->len, ==, 2);
  assert_line (back, 0, "b7a1c2d4", "RS", NULL, NULL);
  assert_line (back, 1, "site-linde", "VC", "Hoeve \"Linde\"", "1y");
}

/* What version 1 wrote, byte for byte: an order of before an update is found and finished. */
static void
test_the_older_form_is_found (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *key = ttecomm_order_record_derive_key (ACCOUNT, "quote-12345");
  g_autofree char *name = g_strdup_printf ("order-%s.json", key);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"version\":1,\"origin\":\"" ORIGIN "\",\"account\":\"" ACCOUNT
      "\",\"installation\":\"b7a1c2d4\",\"services\":[\"RS\",\"VC\"],\"key\":\"%s\","
      "\"quote_id\":\"quote-12345\",\"terms\":\"2026-09\"}",
      key);
  guint n_odd;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
      TtecommOrderRecord *back;

      g_assert_cmpuint (n_odd, ==, 0);
      g_assert_cmpuint (found->len, ==, 1);
      back = g_ptr_array_index (found, 0);
      g_assert_cmpuint (back->lines->len, ==, 2);
      assert_line (back, 0, "b7a1c2d4", "RS", NULL, NULL);
      assert_line (back, 1, "b7a1c2d4", "VC", NULL, NULL);
      g_assert_null (back->po);
      /* Once its number is known it is written as new ones are, in the same place. */
      g_assert_cmpstr (back->order_id, ==, round == 0 ? NULL : "order-7");
      g_free (back->order_id);
      back->order_id = g_strdup ("order-7");
      g_assert_true (ttecomm_order_record_save (back, folder, NULL));
    }
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
    "{\"version\":0}",
    "{\"version\":2}",
    "{\"version\":3}",
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

/* One member of a good record is another; the rest is as it was. */
static const struct
{
  const char *name;
  const char *from;
  const char *to;
} spoilt[] = {
  { "no lines", "\"lines\":[{", "\"rows\":[{" },
  { "lines are a number", "\"lines\":[{\"installation\":\"b7a1c2d4\",\"service\":\"RS\"},{",
    "\"lines\":7,\"x\":[{" },
  { "a line is a word", "{\"installation\":\"b7a1c2d4\",\"service\":\"RS\"}", "\"RS\"" },
  { "a path for an installation", "b7a1c2d4", "../b7" },
  { "an empty installation", "b7a1c2d4", "" },
  { "a service with a blank", "\"RS\"", "\"R S\"" },
  { "a service with a point", "\"RS\"", "\"R.S\"" },
  { "a service that is a number", "\"RS\"", "7" },
  { "a line without service", "\"service\":\"RS\"", "\"serve\":\"RS\"" },
  { "a newline in the PO", "PO 2026", "PO\\n2026" },
  { "a hidden mark in the PO", "PO 2026", "PO\\u202e2026" },
  { "a PO that is too long", "PO 2026",
    "PO 2026 PO 2026 PO 2026 PO 2026 PO 2026 PO 2026 PO 2026 PO 2026 " },
  { "an object for a PO", "\"PO 2026/7 – é\"", "{}" },
  { "another account", "\"" ACCOUNT "\"", "\"acct-2\"" },
  { "another quote", "quote-12345", "quote-54321" },
  { "no terms", "\"terms\"", "\"term\"" },
  { "an older version of it", "\"version\":2", "\"version\":1" },
  { "a newer version of it", "\"version\":2", "\"version\":3" },
};

static char *
replace_once (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) halves = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (halves), ==, 2);
  return g_strjoinv (to, halves);
}

static void
test_a_spoilt_member_is_odd (void)
{
  const char *folder = harness_tmpdir ();
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autofree char *path = record_path (folder, record);
  g_autofree char *text = NULL;

  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autofree char *bad = replace_once (text, spoilt[i].from, spoilt[i].to);
      g_autoptr (GPtrArray) found = NULL;
      guint n_odd;

      g_test_message ("%s", spoilt[i].name);
      g_assert_true (g_file_set_contents (path, bad, -1, NULL));
      found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
      g_assert_cmpuint (found->len, ==, 0);
      g_assert_cmpuint (n_odd, ==, 1);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* The most that a basket holds, with the longest names, must come back. */
static void
test_the_largest_comes_back (void)
{
  const char *folder = harness_tmpdir ();
  g_autoptr (TtecommOrderRecord) record = ttecomm_order_record_new (ORIGIN, ACCOUNT, "quote-12345");
  g_autofree char *hard = g_strnfill (200, '\x01');
  g_autofree char *word = g_strnfill (61, 'W');
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) too_many = NULL;
  guint n_odd;

  record->terms = g_strnfill (32, 't');
  record->po = g_strnfill (64, 'p');
  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s%03u", word, i);
      TtecommBasketLine *line = ttecomm_basket_line_new (id, id);

      ttecomm_basket_line_set_name (line, hard);
      g_ptr_array_add (record->lines, line);
    }
  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (n_odd, ==, 0);
  g_assert_cmpuint (found->len, ==, 1);
  g_ptr_array_add (record->lines, ttecomm_basket_line_new ("one", "MORE"));
  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  too_many = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (too_many->len, ==, 0);
  g_assert_cmpuint (n_odd, ==, 1);
}

/* A link is not followed: who could place one here would choose what is read. */
static void
test_a_link_is_odd (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *elsewhere = g_build_filename (folder, "elsewhere", NULL);
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autofree char *real = record_path (elsewhere, record);
  g_autofree char *path = record_path (folder, record);
  g_autoptr (GPtrArray) found = NULL;
  guint n_odd;

  g_assert_true (ttecomm_order_record_save (record, elsewhere, NULL));
  if (!test_disk_make_link (real, path))
    {
      g_test_skip ("no links here");
      return;
    }
  found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (n_odd, ==, 1);
}

/* A copy that somebody made: its order is not another one, and ending it would leave the copy. */
static void
test_another_name_is_odd (void)
{
  const char *folder = harness_tmpdir ();
  g_autoptr (TtecommOrderRecord) record = sample ("quote-12345");
  g_autofree char *path = record_path (folder, record);
  g_autofree char *copy = g_build_filename (folder, "order-copy.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) found = NULL;
  guint n_odd;

  g_assert_true (ttecomm_order_record_save (record, folder, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (copy, text, -1, NULL));
  found = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (n_odd, ==, 1);
}

static void
test_odd_kinds_of_files (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *directory = g_build_filename (folder, "order-directory.json", NULL);
  g_autofree char *huge = g_build_filename (folder, "order-huge.json", NULL);
  g_autofree char *spaces = g_strnfill (300 * 1024, ' ');
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

static guint
count_of (const char *folder, const char *account)
{
  guint n_odd;
  g_autoptr (GPtrArray) found = ttecomm_order_record_load_all (folder, ORIGIN, account, &n_odd);

  return found->len;
}

/* Signing out: all of that account's, however many, and nobody else's. */
static void
test_all_of_one_account_go (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *odd = g_build_filename (folder, "order-odd.json", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *quote = g_strdup_printf ("quote-%05u", i);
      g_autoptr (TtecommOrderRecord) record = sample (quote);

      g_assert_true (ttecomm_order_record_save (record, folder, &error));
    }
  g_assert_true (g_file_set_contents (odd, "{", -1, NULL));
  g_assert_true (ttecomm_order_record_remove_all (folder, ORIGIN, "acct-other", &error));
  g_assert_true (ttecomm_order_record_remove_all (folder, "https://other.test/", ACCOUNT, &error));
  g_assert_cmpuint (count_of (folder, ACCOUNT), ==, 100); /* at most so many at once */
  g_assert_true (ttecomm_order_record_remove_all (folder, ORIGIN, ACCOUNT, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_of (folder, ACCOUNT), ==, 0);
  g_assert_true (g_file_test (odd, G_FILE_TEST_EXISTS));
  g_assert_true (ttecomm_order_record_remove_all ("/nonexistent/folder", ORIGIN, ACCOUNT, &error));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "order-record", "the-key-is-the-quotes", test_the_key_is_the_quotes);
  harness_add (harness, "order-record", "comes-back-as-it-was", test_comes_back_as_it_was);
  harness_add (harness, "order-record", "the-older-form-is-found", test_the_older_form_is_found);
  harness_add (harness, "order-record", "a-spoilt-member-is-odd", test_a_spoilt_member_is_odd);
  harness_add (harness, "order-record", "the-largest-comes-back", test_the_largest_comes_back);
  harness_add (harness, "order-record", "a-link-is-odd", test_a_link_is_odd);
  harness_add (harness, "order-record", "only-its-own-account-sees-it",
               test_only_its_own_account_sees_it);
  harness_add (harness, "order-record", "removed-is-gone", test_removed_is_gone);
  harness_add (harness, "order-record", "all-of-one-account-go", test_all_of_one_account_go);
  harness_add (harness, "order-record", "cut-at-every-byte", test_cut_at_every_byte);
  harness_add (harness, "order-record", "garbage-is-left-alone", test_garbage_is_left_alone);
  harness_add (harness, "order-record", "the-key-of-a-found-order-is-its-own",
               test_the_key_of_a_found_order_is_its_own);
  harness_add (harness, "order-record", "a-forged-key-is-odd", test_a_forged_key_is_odd);
  harness_add (harness, "order-record", "a-forged-order-is-odd", test_a_forged_order_is_odd);
  harness_add (harness, "order-record", "another-name-is-odd", test_another_name_is_odd);
  harness_add (harness, "order-record", "odd-kinds-of-files", test_odd_kinds_of_files);
  harness_add (harness, "order-record", "a-folder-that-cannot-be-written",
               test_a_folder_that_cannot_be_written);
}

HARNESS_MAIN (register_tests)
