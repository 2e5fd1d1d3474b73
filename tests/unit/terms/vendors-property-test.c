/* SPDX-License-Identifier: MIT */
/*
 * Every way of selling of every vendor whose terms are in tests/data/vectors, from every start day
 * of 26 years: what the dates are, and what the scheduler makes of them.
 */
#include "base/civil-date.h"
#include "base/json.h"
#include "plugin/terms/dates.h"
#include "plugin/terms/preview.h"
#include "plugin/terms/schedule.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/civil.h"
#include "tests/unit/terms/support.h"

#include <string.h>

#define FIRST_START "2019-01-01"
#define LAST_START "2044-12-31"

/* Every start and every year; where each allocation takes long, some of them. */
#ifdef __SANITIZE_ADDRESS__
#define DAYS_BETWEEN_LIVES 11
#define YEARS_BETWEEN_PAYERS 5
#else
#define DAYS_BETWEEN_LIVES 1
#define YEARS_BETWEEN_PAYERS 1
#endif

typedef struct
{
  const char *name; /* of the test of a subscription's life */
  const char *terms;
  TtecommTermChoice choice;
  gint64 months;
} Way;

static const Way ways[] = {
  /* rules: S27 S44 */
  { "lives-a-year", "ttecomm", { "1y", 0 }, 12 },
  { "lives-a-year-of-several", "ttecomm-long", { "1y", 0 }, 12 },
  { "lives-three-years", "ttecomm-long", { "3y", 0 }, 36 },
  { "lives-five-years", "ttecomm-long", { "5y", 0 }, 60 },
  { "lives-a-chosen-month", "dexma", { "custom", 1 }, 1 },
  /* rules: D26 */
  { "lives-a-chosen-year", "dexma", { "custom", 12 }, 12 },
  { "lives-five-chosen-years", "dexma", { "custom", 60 }, 60 },
  /* rules: T10 T13 */
  { "lives-month-by-month", "tmas", { "monthly", 0 }, 1 },
  /* rules: T10 T13 */
  { "lives-year-by-year", "tmas", { "yearly", 0 }, 12 },
  /* rules: C29 A29 */
  { "lives-a-term", "airthings", { "1y", 0 }, 12 },
  { "lives-a-long-term", "airthings", { "3y", 0 }, 36 },
  { "lives-the-longest-term", "airthings", { "5y", 0 }, 60 },
};

static gboolean
has_way (const char *terms, const char *period)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (ways[i].terms, terms) && g_str_equal (ways[i].choice.period, period))
      return TRUE;
  return FALSE;
}

/* Nothing that is sold is left out of the table above. */
static void
test_every_way_is_tried (void)
{
  g_autofree char *path = harness_data_path ("vectors/terms-of-sale.json");
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) all = NULL;
  g_autoptr (GList) names = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  all = ttecomm_json_parse_object (text, length, 1024 * 1024, NULL);
  names = json_object_get_members (all);
  g_assert_cmpuint (g_list_length (names), ==, 5);
  for (const GList *link = names; link != NULL; link = link->next)
    {
      g_autoptr (TtecommTerms) terms = support_terms (link->data);

      for (guint i = 0; i < terms->periods->len; i++)
        {
          const TtecommPeriod *period = g_ptr_array_index (terms->periods, i);

          g_test_message ("%s, %s", (const char *)link->data, period->id);
          g_assert_true (has_way (link->data, period->id));
        }
    }
}

typedef void (*EveryStart) (const Way *way, TtecommTerms *terms, const GDate *start);

static void
for_starts_of (const Way *way, guint step, EveryStart check)
{
  g_autoptr (TtecommTerms) terms = support_terms (way->terms);
  const GDate last = support_date (LAST_START);
  GDate start = support_date (FIRST_START);

  g_test_message ("%s, %s", way->terms, way->choice.period);
  for (; g_date_compare (&start, &last) <= 0; g_date_add_days (&start, step))
    check (way, terms, &start);
}

static void
for_every_start (EveryStart check)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    for_starts_of (&ways[i], 1, check);
}

/* The last day of the n-th term by the other calendar. */
static Civil
expected_end (const Way *way, const TtecommTerms *terms, const GDate *start, gint64 n)
{
  Civil next = civil_add_months (civil_from_date (start), n * way->months);

  return terms->alignment == TTECOMM_ALIGNMENT_END_OF_MONTH ? civil_month_end (next)
                                                            : civil_day_before (next);
}

/* The terms tile: the first begins with the start, each ends where the other calendar says, later
 * than the one before, and the next begins on the day after. */
static void
check_terms (const Way *way, TtecommTerms *terms, const GDate *start)
{
  Civil wanted = civil_from_date (start);
  gint64 last_end = civil_number (wanted) - 1;

  for (gint64 n = 1; n <= 6; n++)
    {
      GDate from;
      GDate end;
      Civil civil;

      g_assert_true (ttecomm_terms_period_start (terms, &way->choice, start, n, &from, NULL));
      g_assert_true (ttecomm_terms_term_end (terms, &way->choice, start, n, &end, NULL));
      civil_assert_equal (&from, wanted);
      civil = expected_end (way, terms, start, n);
      civil_assert_equal (&end, civil);
      g_assert_cmpint (civil_number (civil), >, last_end);
      last_end = civil_number (civil);
      wanted = civil_day_after (civil);
    }
}

static void
test_terms_tile (void)
{
  for_every_start (check_terms);
}

/* Who starts later never ends earlier. */
static void
check_order (const Way *way, TtecommTerms *terms, const GDate *start)
{
  GDate next = *start;

  g_date_add_days (&next, 1);
  for (gint64 n = 1; n <= 3; n++)
    {
      GDate end;
      GDate later;

      g_assert_true (ttecomm_terms_term_end (terms, &way->choice, start, n, &end, NULL));
      g_assert_true (ttecomm_terms_term_end (terms, &way->choice, &next, n, &later, NULL));
      g_assert_cmpint (g_date_compare (&end, &later), <=, 0);
    }
}

static void
test_ends_are_monotonic (void)
{
  for_every_start (check_order);
}

static Civil
step_back (Civil from, TtecommOffset offset)
{
  gint64 wanted = civil_number (from) - offset.count;

  if (offset.unit == TTECOMM_OFFSET_MONTHS)
    return civil_add_months (from, -offset.count);
  while (civil_number (from) > wanted)
    from = civil_day_before (from);
  return from;
}

/* Charge, reminders, last day of notice and freeze, each from the end by the other calendar: the
 * day of the month never wanders, whatever the terms before were. */
static void
check_dates_of_the_end (const Way *way, TtecommTerms *terms, const GDate *start)
{
  for (gint64 n = 1; n <= 4; n += 3)
    {
      const Civil last = expected_end (way, terms, start, n);
      const Civil renewal = civil_day_after (last);
      gboolean in_days = terms->charge_lead.unit == TTECOMM_OFFSET_DAYS;
      GDate reminders[TTECOMM_TERMS_MAX_REMINDERS];
      GDate end;
      GDate date;

      g_assert_true (ttecomm_terms_term_end (terms, &way->choice, start, n, &end, NULL));
      g_assert_true (ttecomm_terms_charge_date (terms, &end, NULL, &date, NULL));
      if (terms->renewal_auto)
        civil_assert_equal (&date, step_back (in_days ? renewal : last, terms->charge_lead));
      else
        g_assert_false (g_date_valid (&date));
      g_assert_true (ttecomm_terms_reminder_dates (terms, &end, reminders, NULL));
      for (guint i = 0; i < terms->n_reminders; i++)
        civil_assert_equal (&reminders[i], step_back (last, terms->reminders[i].before));
      g_assert_true (ttecomm_terms_last_cancel_date (terms, &end, &date, NULL));
      if (terms->cancel_notice.unit != TTECOMM_OFFSET_NONE)
        civil_assert_equal (&date, step_back (renewal, terms->cancel_notice));
      else
        civil_assert_equal (&date, last);
      g_assert_true (ttecomm_terms_freeze_start (terms, &end, &date, NULL));
      if (terms->removal_freeze.unit != TTECOMM_OFFSET_NONE)
        civil_assert_equal (&date, step_back (renewal, terms->removal_freeze));
      else
        g_assert_false (g_date_valid (&date));
    }
}

static void
test_dates_of_the_end (void)
{
  for_every_start (check_dates_of_the_end);
}

static gboolean
dates_equal (const GDate *a, const GDate *b)
{
  if (!g_date_valid (a) || !g_date_valid (b))
    return g_date_valid (a) == g_date_valid (b);
  return g_date_compare (a, b) == 0;
}

/* What was shown is what the order then does, and shown again it is the same. */
static void
assert_preview_holds (const TtecommPreview *preview,
                      const TtecommSubscription *bought,
                      const GDate *start)
{
  gboolean evergreen = bought->terms->alignment == TTECOMM_ALIGNMENT_EVERGREEN;
  GDate charge;

  g_assert_true (ttecomm_subscription_next_charge (bought, start, &charge, NULL));
  g_assert_true (dates_equal (&preview->next_charge, &charge));
  g_assert_true (dates_equal (&preview->start, &bought->start));
  g_assert_cmpint (g_date_valid (&preview->end), ==, !evergreen);
  if (!evergreen)
    g_assert_true (dates_equal (&preview->end, &bought->end));
  g_assert_cmpint (preview->next_cents, ==, g_date_valid (&charge) ? bought->cents : 0);
  g_assert_cmpint (preview->state_after, ==, ttecomm_subscription_state (bought, start));
}

static gint64
count_events (const GPtrArray *events, TtecommEventKind kind)
{
  gint64 count = 0;

  for (guint i = 0; i < events->len; i++)
    count += ((const TtecommEvent *)g_ptr_array_index (events, i))->kind == kind ? 1 : 0;
  return count;
}

/* Moves to a day and settles it, unless that day has gone by. */
static void
settle_on (TtecommSchedule *schedule, const GDate *day, GPtrArray *events)
{
  if (g_date_compare (day, &schedule->today) > 0)
    schedule->today = *day;
  g_assert_true (ttecomm_schedule_settle (schedule, events, NULL));
}

/* A term that renews: nothing is charged on the day before, once on the day that was shown, and no
 * more afterwards; service does not stop. */
static void
check_renewal (TtecommSchedule *schedule, GPtrArray *events, gint64 n)
{
  TtecommSubscription *subscription = ttecomm_schedule_lookup (schedule, "A");
  const gboolean early = subscription->terms->charge_lead.count > 0;
  const GDate end = subscription->end;
  GDate charge;
  GDate before;

  g_assert_cmpint (subscription->n, ==, n);
  g_assert_true (ttecomm_subscription_next_charge (subscription, NULL, &charge, NULL));
  g_assert_cmpint (g_date_days_between (&end, &charge), <=, early ? -1 : 1);
  before = charge;
  g_date_subtract_days (&before, 1);
  settle_on (schedule, &before, events);
  g_assert_cmpint (count_events (events, TTECOMM_EVENT_RENEWAL_INVOICE), ==, n - 1);
  g_assert_cmpint (count_events (events, TTECOMM_EVENT_REMINDER), ==,
                   n * subscription->terms->n_reminders);
  settle_on (schedule, &charge, events);
  settle_on (schedule, &charge, events);
  g_assert_cmpint (count_events (events, TTECOMM_EVENT_RENEWAL_INVOICE), ==, n);
  g_assert_cmpint (g_date_compare (&subscription->end, &end), >, 0);
  g_assert_cmpint (subscription->n, ==, n + 1);
}

/* A term that does not: every reminder once, nothing charged, over on the day after. */
static void
check_expiry (TtecommSchedule *schedule, GPtrArray *events)
{
  TtecommSubscription *subscription = ttecomm_schedule_lookup (schedule, "A");
  GDate reminders[TTECOMM_TERMS_MAX_REMINDERS];
  GDate after = subscription->end;

  g_date_add_days (&after, 1);
  g_assert_true (
      ttecomm_terms_reminder_dates (subscription->terms, &subscription->end, reminders, NULL));
  for (guint i = 0; i < subscription->terms->n_reminders; i++)
    settle_on (schedule, &reminders[i], events);
  g_assert_cmpint (count_events (events, TTECOMM_EVENT_EXPIRED), ==, 0);
  settle_on (schedule, &after, events);
  settle_on (schedule, &after, events);
  g_assert_cmpint (count_events (events, TTECOMM_EVENT_EXPIRED), ==, 1);
  g_assert_cmpint (count_events (events, TTECOMM_EVENT_RENEWAL_INVOICE), ==, 0);
}

/* Bought, shown and run through three terms. */
static void
check_life (const Way *way, TtecommTerms *terms, const GDate *start)
{
  g_autoptr (TtecommSchedule) schedule = ttecomm_schedule_new (start);
  g_autoptr (GPtrArray) events = ttecomm_events_new ();
  const TtecommPriceInput input = { way->choice, terms->unit_min, 6000, 500 };
  TtecommPreview preview;
  TtecommPreview again;

  g_assert_true (ttecomm_preview_purchase (terms, &input, start, &preview, NULL));
  g_assert_true (ttecomm_preview_purchase (terms, &input, start, &again, NULL));
  g_assert_true (ttecomm_preview_equal (&preview, &again));
  g_assert_true (ttecomm_schedule_buy (schedule, "A", terms, &way->choice, "P", preview.net_cents,
                                       events, NULL));
  settle_on (schedule, start, events);
  assert_preview_holds (&preview, ttecomm_schedule_lookup (schedule, "A"), start);
  if (!terms->renewal_auto)
    check_expiry (schedule, events);
  for (gint64 n = 1; terms->renewal_auto && n <= 3; n++)
    check_renewal (schedule, events, n);
  g_assert_cmpint (count_events (events, TTECOMM_EVENT_PURCHASE_INVOICE), ==, 1);
}

static void
test_lives (gconstpointer data)
{
  for_starts_of (data, DAYS_BETWEEN_LIVES, check_life);
}

/* The first of the days on which a subscription of the schedule has something to do. */
static void
next_day_of_interest (const TtecommSchedule *schedule, GDate *out)
{
  g_assert_true (ttecomm_date_add_days (&schedule->today, 400, out, NULL));
  for (guint i = 0; i < schedule->subscriptions->len; i++)
    {
      const TtecommSubscription *subscription = g_ptr_array_index (schedule->subscriptions, i);
      GDate charge;

      g_assert_true (ttecomm_subscription_next_charge (subscription, NULL, &charge, NULL));
      if (g_date_compare (&charge, &schedule->today) > 0 && g_date_compare (&charge, out) < 0)
        *out = charge;
    }
}

/* No payer has two renewal invoices in a month of the calendar. */
static void
assert_one_a_month (const GPtrArray *events, guint at_least)
{
  gint64 last_month = 0;
  guint count = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const TtecommEvent *event = g_ptr_array_index (events, i);
      Civil day = civil_from_date (&event->day);

      g_assert_cmpint (event->kind, !=, TTECOMM_EVENT_EXPIRED);
      if (event->kind != TTECOMM_EVENT_RENEWAL_INVOICE)
        continue;
      g_assert_cmpint (12 * day.year + day.month, >, last_month);
      last_month = 12 * day.year + day.month;
      count++;
    }
  g_assert_cmpuint (count, >=, at_least);
}

/* One payer buys something on every day of a year, every year from 2019 to 2044, for one year each:
 * twelve renewal invoices a year at most, for as long as it goes on. */
static void
test_one_renewal_invoice_a_month (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommTermChoice choice = { "1y", 0 };

  for (GDateYear year = 2019; year <= 2044; year += YEARS_BETWEEN_PAYERS)
    {
      GDate first;
      g_autoptr (TtecommSchedule) schedule = NULL;
      g_autoptr (GPtrArray) events = ttecomm_events_new ();

      g_date_clear (&first, 1);
      g_date_set_dmy (&first, 1, G_DATE_JANUARY, year);
      schedule = ttecomm_schedule_new (&first);
      while (g_date_get_year (&schedule->today) == year)
        {
          g_autofree char *id = g_strdup_printf ("%03u", g_date_get_day_of_year (&schedule->today));

          g_assert_true (
              ttecomm_schedule_buy (schedule, id, terms, &choice, "P", 6000, events, NULL));
          g_assert_true (ttecomm_schedule_advance_day (schedule, events, NULL));
        }
      while (g_date_get_year (&schedule->today) < year + 3)
        {
          GDate day;
          GDate before;

          next_day_of_interest (schedule, &day);
          before = day;
          g_date_subtract_days (&before, 1);
          settle_on (schedule, &before, events);
          settle_on (schedule, &day, events);
        }
      assert_one_a_month (events, 24);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "vendors-property", "every-way-is-tried", test_every_way_is_tried);
  /* rules: S55 S56 C8 D24 T10 A19 A20 A21 */
  harness_add (harness, "vendors-property", "terms-tile", test_terms_tile);
  harness_add (harness, "vendors-property", "ends-are-monotonic", test_ends_are_monotonic);
  /* rules: S43 S45 S48 C10 C11 C30 D25 A8 A32 */
  harness_add (harness, "vendors-property", "dates-of-the-end", test_dates_of_the_end);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    harness_add_full (harness, "vendors-property", ways[i].name, test_lives, (gpointer)&ways[i],
                      NULL);
  /* rules: S57 */
  harness_add (harness, "vendors-property", "one-renewal-invoice-a-month",
               test_one_renewal_invoice_a_month);
}

HARNESS_MAIN (register_tests)
