/* SPDX-License-Identifier: MIT */
/*
 * Terms of sale (plugin/terms/terms.h), which a catalogue brings: a line "DATE MONTHS UNITS CENTS",
 * then the JSON of the terms.
 *
 * What they say of a purchase on that day is within bounds or an error; each term begins on the day
 * after the one before; what a preview promises is what a purchase does; and three years of it, day
 * by day, end with a state that could be stored.
 */
#include "tests/fuzz/fuzz.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "plugin/terms/dates.h"
#include "plugin/terms/preview.h"
#include "plugin/terms/roles.h"
#include "plugin/terms/schedule.h"

#define MAX_DAYS 1100
#define N_TERMS 4

typedef struct
{
  GDate today;
  TtecommPriceInput price;
} Purchase;

static gboolean
read_purchase (const char *line, const TtecommTerms *terms, Purchase *out)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  const TtecommPeriod *period = terms->periods->pdata[0];

  if (g_strv_length (words) != 4 || !ttecomm_date_parse (words[0], &out->today, NULL))
    return FALSE;
  out->price.choice.period = period->id;
  out->price.choice.months = g_ascii_strtoll (words[1], NULL, 10);
  out->price.quantity = g_ascii_strtoll (words[2], NULL, 10);
  out->price.list_cents = g_ascii_strtoll (words[3], NULL, 10);
  return TRUE;
}

/* S55: the periods tile, whatever the day that the first began. */
static void
assert_terms_tile (const TtecommTerms *terms, const Purchase *purchase)
{
  GDate end;

  for (gint64 n = 1; n <= N_TERMS; n++)
    {
      GDate start;

      if (!ttecomm_terms_period_start (terms, &purchase->price.choice, &purchase->today, n, &start,
                                       NULL))
        return;
      if (n > 1)
        g_assert_cmpint (g_date_days_between (&end, &start), ==, 1);
      if (!ttecomm_terms_term_end (terms, &purchase->price.choice, &purchase->today, n, &end, NULL))
        return;
      g_assert_cmpint (g_date_compare (&start, &end), <=, 0);
    }
}

static void
assert_preview (const TtecommPreview *preview, const Purchase *purchase)
{
  g_assert_cmpint (g_date_compare (&preview->start, &purchase->today), ==, 0);
  g_assert_cmpint (preview->net_cents, >=, 0);
  g_assert_cmpint (preview->next_cents, >=, 0);
  g_assert_cmpint (preview->free_days, >=, 0);
  g_assert_cmpint (preview->free_days, <=, 31);
  if (g_date_valid (&preview->end))
    g_assert_cmpint (g_date_compare (&preview->start, &preview->end), <=, 0);
  g_assert_true (g_date_valid (&preview->next_charge) || preview->next_cents == 0);
}

static void
run_days (const TtecommTerms *terms, const Purchase *purchase, const TtecommPreview *preview)
{
  g_autoptr (TtecommSchedule) schedule = ttecomm_schedule_new (&purchase->today);
  g_autoptr (GPtrArray) events = ttecomm_events_new ();
  g_autoptr (TtecommTerms) shared = ttecomm_terms_ref ((TtecommTerms *)terms);
  const TtecommSubscription *subscription;

  if (!ttecomm_schedule_buy (schedule, "s", shared, &purchase->price.choice, "p",
                             preview->net_cents, events, NULL)
      || !ttecomm_schedule_settle (schedule, events, NULL))
    return;
  for (guint i = 0; i < MAX_DAYS; i++)
    if (!ttecomm_schedule_advance_day (schedule, events, NULL))
      break;
  /* At most an event a day and one more for the purchase's own. */
  g_assert_cmpuint (events->len, <=, 2 * MAX_DAYS);
  subscription = ttecomm_schedule_lookup (schedule, "s");
  g_assert_nonnull (subscription);
  g_assert_true (ttecomm_subscription_check (subscription, NULL));
}

static void
run_purchase (const TtecommTerms *terms, const Purchase *purchase)
{
  g_autoptr (GError) error = NULL;
  TtecommPreview preview, again;

  assert_terms_tile (terms, purchase);
  if (!ttecomm_preview_purchase (terms, &purchase->price, &purchase->today, &preview, &error))
    {
      fuzz_assert_error (error, error->domain);
      return;
    }
  assert_preview (&preview, purchase);
  g_assert_true (
      ttecomm_preview_purchase (terms, &purchase->price, &purchase->today, &again, NULL));
  g_assert_true (ttecomm_preview_equal (&preview, &again));
  run_days (terms, purchase, &preview);
}

int
ttecomm_fuzz_terms (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  g_autofree char *line = fuzz_input_take_until (&input, '\n', NULL);
  gsize length = 0;
  g_autofree char *text = (char *)fuzz_input_take_rest (&input, &length);
  g_autoptr (JsonObject) object = ttecomm_json_parse_object (text, length, length, NULL);
  g_autoptr (TtecommTerms) terms = NULL;
  g_autoptr (GError) error = NULL;
  Purchase purchase = { 0 };

  if (object == NULL)
    return 0;
  terms = ttecomm_terms_new_from_json (object, &error);
  if (terms == NULL)
    {
      fuzz_assert_error (error, error->domain);
      return 0;
    }
  g_assert_cmpuint (terms->periods->len, >=, 1);
  if (read_purchase (line, terms, &purchase))
    run_purchase (terms, &purchase);
  return 0;
}
