/* SPDX-License-Identifier: MIT */
#include "plugin/page/error-words.h"
#include "plugin/page/explain.h"
#include "plugin/page/labels.h"
#include "plugin/page/offer.h"

#include "api/ttcloud/cloud-error.h"
#include "base/json.h"
#include "plugin/installation/nbt-error.h"
#include "plugin/purchase/purchase.h"
#include "tests/harness/harness.h"
#include "tests/unit/page/samples.h"
#include "tests/support/zone.h"

static TtecommText *
english (void)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");

  return ttecomm_text_new_full ("en", NULL, NULL, zone);
}

static void
check_error (const TtecommText *text, GQuark domain, int code, GHashTable *seen)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "internal 0xdead secret");
  char *words = ttecomm_error_words (text, error);

  g_assert_cmpstr (words, !=, "");
  g_assert_null (strstr (words, "secret"));
  g_assert_null (strpbrk (words, "{}"));
  g_assert_true (g_str_has_suffix (words, "."));
  g_hash_table_add (seen, words);
}

static void
test_says_every_error (void)
{
  g_autoptr (TtecommText) text = english ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *nothing = ttecomm_error_words (text, NULL);

  g_assert_cmpstr (nothing, !=, "");
  for (int code = 0; code <= TTECOMM_CLOUD_ERROR_INVALID; code++)
    check_error (text, TTECOMM_CLOUD_ERROR, code, seen);
  /* PROBLEM without its problem is unexpected; every other code has words of its own. */
  g_assert_cmpuint (g_hash_table_size (seen), ==, TTECOMM_CLOUD_ERROR_INVALID + 1);
  for (int code = 0; code <= TTECOMM_NBT_ERROR_READ; code++)
    check_error (text, TTECOMM_NBT_ERROR, code, seen);
  for (int code = 0; code <= TTECOMM_JSON_ERROR_RANGE; code++)
    check_error (text, TTECOMM_JSON_ERROR, code, seen);
  for (int code = 0; code <= TTECOMM_PURCHASE_ERROR_UNKNOWN; code++)
    check_error (text, TTECOMM_PURCHASE_ERROR, code, seen);
  check_error (text, G_IO_ERROR, G_IO_ERROR_CANCELLED, seen);
  check_error (text, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, seen);
  check_error (text, G_IO_ERROR, G_IO_ERROR_NO_SPACE, seen);
  check_error (text, TTECOMM_CLOUD_ERROR, 4711, seen);
}

static void
test_says_every_problem (void)
{
  g_autoptr (TtecommText) text = english ();
  g_autofree char *unexpected = ttecomm_error_words (text, NULL);

  for (int name = 0; name <= TTECOMM_PROBLEM_TOO_MANY; name++)
    {
      TtecommProblem problem = { .name = (TtecommProblemName)name, .title = (char *)"title" };
      g_autoptr (GError) error
          = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM, "409");
      g_autofree char *words = NULL;

      ttecomm_cloud_error_set_problem (error, &problem);
      words = ttecomm_error_words (text, error);
      g_assert_cmpstr (words, !=, unexpected);
    }
}

static void
test_labels_as_the_terms_do (void)
{
  static const TtecommCloudState states[]
      = { TTECOMM_CLOUD_STATE_NONE,     TTECOMM_CLOUD_STATE_REQUESTED,
          TTECOMM_CLOUD_STATE_REJECTED, TTECOMM_CLOUD_STATE_SCHEDULED,
          TTECOMM_CLOUD_STATE_ACTIVE,   TTECOMM_CLOUD_STATE_ENDING,
          TTECOMM_CLOUD_STATE_PAST_DUE, TTECOMM_CLOUD_STATE_EXPIRED };
  g_autoptr (TtecommText) text = english ();
  GDate end;

  g_date_clear (&end, 1);
  g_date_set_dmy (&end, 31, G_DATE_OCTOBER, 2027);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const char *name = ttecomm_cloud_state_to_string (states[i]);
      g_autofree char *label = ttecomm_label (text, states[i], &end);
      g_autofree char *rule = ttecomm_offer_label (name, &end);
      g_autofree char *plain = ttecomm_label (text, states[i], NULL);

      g_assert_cmpstr (label, ==, rule);
      g_assert_cmpstr (plain, !=, "");
    }
}

static void
test_judges_a_card_by_its_month (void)
{
  const TtecommCard card = { .expires_year = 2027, .expires_month = 8 };
  static const struct
  {
    GDateDay day;
    GDateMonth month;
    GDateYear year;
    gboolean lives;
  } rows[] = {
    { 31, G_DATE_AUGUST, 2027, TRUE },
    { 1, G_DATE_SEPTEMBER, 2027, FALSE },
    { 31, G_DATE_DECEMBER, 2026, TRUE },
    { 1, G_DATE_JANUARY, 2028, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate day;

      g_date_clear (&day, 1);
      g_date_set_dmy (&day, rows[i].day, rows[i].month, rows[i].year);
      g_assert_cmpint (ttecomm_label_card_lives (&card, &day), ==, rows[i].lives);
    }
}

static void
test_explains_everything_it_names (void)
{
  g_auto (GStrv) names = ttecomm_explain_names ();
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommBlocks) blocks = ttecomm_blocks_new (snapshot->text);
  g_autoptr (GHashTable) actions = NULL;
  g_autoptr (GBytes) json = NULL;

  snapshot->explained = g_strdupv (names);
  ttecomm_blocks_begin_page (blocks, "T", 1, "ready");
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *id = g_strconcat (TTECOMM_EXPLAIN_PREFIX, names[i], NULL);
      g_autofree char *words = g_strconcat ("explanation.", names[i], NULL);

      g_assert_true (ttecomm_explain_exists (id));
      ttecomm_explain_add (blocks, snapshot, id);
      g_assert_true (ttecomm_blocks_has (blocks, id));
      g_assert_true (ttecomm_blocks_has (blocks, words));
    }
  json = ttecomm_blocks_end_page (blocks, &actions);
  g_assert_cmpuint (g_hash_table_size (actions), ==, g_strv_length (names));
  g_assert_false (ttecomm_explain_exists ("explain."));
  g_assert_false (ttecomm_explain_exists ("explain.nothing"));
  g_assert_false (ttecomm_explain_exists ("no-owner"));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "words", "says-every-error", test_says_every_error);
  harness_add (harness, "words", "says-every-problem", test_says_every_problem);
  /* rules: S34 C14 */
  harness_add (harness, "words", "labels-as-the-terms-do", test_labels_as_the_terms_do);
  /* rules: S46 */
  harness_add (harness, "words", "judges-a-card-by-its-month", test_judges_a_card_by_its_month);
  harness_add (harness, "words", "explains-everything-it-names", test_explains_everything_it_names);
}

HARNESS_MAIN (register_tests)
