/* SPDX-License-Identifier: MIT */
/*
 * Every row of tests/data/vectors/terms.json, kind by kind: how many there are of each is written
 * down here, so that none is skipped and none is lost.
 */
#include "tests/harness/harness.h"

typedef struct
{
  const char *fn; /* and the test's name */
  guint rows;
} Kind;

static const Kind kinds[] = {
  /* rules: S37 S70 S77 H4 H6 C5 */
  { "allowed", 14 },
  /* rules: S1 S2 S4 S16 S38 */
  { "blockers", 15 },
  /* rules: S88 */
  { "card_ok_on", 14 },
  /* rules: S16 D11 D20 D21 D22 T16 */
  { "change_units", 16 },
  /* rules: S45 S48 C10 C11 C18 */
  { "charge_date", 34 },
  /* rules: C25 */
  { "civil_today", 18 },
  /* rules: S20 S55 S56 C8 D24 T23 A19 A20 A21 */
  { "end_date", 69 },
  /* rules: C30 A32 */
  { "freeze_start", 13 },
  /* rules: S34 C14 */
  { "label", 27 },
  /* rules: C30 A8 A35 */
  { "last_cancel_date", 9 },
  /* rules: S63 T25 T26 T27 */
  { "payment_methods", 15 },
  /* rules: C13 */
  { "period_start", 34 },
  /* rules: S29 A2 A13 */
  { "prorated", 49 },
  /* rules: C31 D11 A19 A20 A21 A22 */
  { "quote", 61 },
  /* rules: S43 C11 D25 */
  { "reminder_dates", 34 },
  /* rules: C13 */
  { "renewal_date", 14 },
  /* rules: C33 T8 */
  { "seats_for", 16 },
  /* rules: S27 S28 S44 S45 S50 S57 S58 S59 S61 S67 S68 S69 S76 S78 C18 C19 */
  { "simulate", 41 },
  /* rules: S36 C23 */
  { "tax_id_needed", 14 },
  /* rules: D27 T4 T5 T6 T7 */
  { "usage", 17 },
  /* rules: A6 A36 */
  { "usage_typed", 19 },
  /* rules: A14 A15 A16 */
  { "validate_start", 18 },
};

/* The run of all rows looks for leaks with every detail, which takes its time; once is enough. */
static GSubprocess *
start_tool (const char *const *line, gboolean in_short, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *options
      = g_strconcat (g_getenv ("ASAN_OPTIONS") ? g_getenv ("ASAN_OPTIONS") : "",
                     ":detect_leaks=0:fast_unwind_on_malloc=1", NULL);

  if (in_short)
    g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", options, TRUE);
  return g_subprocess_launcher_spawnv (launcher, line, error);
}

/* Runs the rows of `fn`, or all of them when it is NULL, and expects so many to pass. */
static void
assert_rows_pass (const char *fn, guint rows)
{
  g_autofree char *tool = harness_build_path ("tests/tools/vectors");
  g_autofree char *terms = harness_data_path ("vectors/terms-of-sale.json");
  g_autofree char *file = harness_data_path ("vectors/terms.json");
  g_autofree char *expected = g_strdup_printf ("%u passed, 0 failed\n", rows);
  g_autofree char *out = NULL;
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (line, tool);
  g_ptr_array_add (line, (gpointer) "--terms");
  g_ptr_array_add (line, terms);
  if (fn != NULL)
    {
      g_ptr_array_add (line, (gpointer) "--only");
      g_ptr_array_add (line, (gpointer)fn);
    }
  g_ptr_array_add (line, file);
  g_ptr_array_add (line, NULL);
  process = start_tool ((const char *const *)line->pdata, fn != NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error));
  g_assert_no_error (error);
  g_test_message ("%s: %s", fn != NULL ? fn : "all kinds", out);
  g_assert_cmpstr (out, ==, expected);
  g_assert_true (g_subprocess_get_successful (process));
}

static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;

  assert_rows_pass (kind->fn, kind->rows);
}

/* The kinds above are all that there are. */
static void
test_none_is_skipped (void)
{
  guint sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    sum += kinds[i].rows;
  assert_rows_pass (NULL, sum);
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    harness_add_full (harness, "rows", kinds[i].fn, test_kind, (gpointer)&kinds[i], NULL);
  harness_add (harness, "rows", "none-is-skipped", test_none_is_skipped);
}

HARNESS_MAIN (register_tests)
