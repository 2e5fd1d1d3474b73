/* SPDX-License-Identifier: MIT */
/*
 * Every row of tests/data/vectors/terms.json, kind by kind: how many there are of each is written
 * down here, so that none is skipped and none is lost.
 */
#include "tests/harness/harness.h"

typedef struct
{
  const char *fn;
  const char *name; /* of the test */
  guint rows;
} Kind;

static const Kind kinds[] = {
  { "allowed", "allowed", 14 },
  { "blockers", "blockers", 15 },
  { "card_ok_on", "card-ok-on", 14 },
  { "change_units", "change-units", 16 },
  { "charge_date", "charge-date", 34 },
  { "civil_today", "civil-today", 18 },
  { "end_date", "end-date", 69 },
  { "freeze_start", "freeze-start", 13 },
  { "label", "label", 27 },
  { "last_cancel_date", "last-cancel-date", 9 },
  { "payment_methods", "payment-methods", 15 },
  { "period_start", "period-start", 34 },
  { "prorated", "prorated", 49 },
  { "quote", "quote", 61 },
  { "reminder_dates", "reminder-dates", 34 },
  { "renewal_date", "renewal-date", 14 },
  { "seats_for", "seats-for", 16 },
  { "simulate", "simulate", 41 },
  { "tax_id_needed", "tax-id-needed", 14 },
  { "usage", "usage", 17 },
  { "usage_typed", "usage-typed", 19 },
  { "validate_start", "validate-start", 18 },
};

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
  process = g_subprocess_newv ((const char *const *)line->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                               &error);
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
    harness_add_full (harness, "rows", kinds[i].name, test_kind, (gpointer)&kinds[i], NULL);
  harness_add (harness, "rows", "none-is-skipped", test_none_is_skipped);
}

HARNESS_MAIN (register_tests)
