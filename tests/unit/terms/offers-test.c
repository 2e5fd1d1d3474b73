/* SPDX-License-Identifier: MIT */
/* States, labels, roles, blockers, units, cards: what is offered to whom, and in which words. */
#include "plugin/terms/payment.h"
#include "plugin/terms/roles.h"
#include "plugin/terms/state.h"
#include "plugin/terms/usage.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"

static void
test_states (void)
{
  static const struct
  {
    const char *start;
    const char *end;
    gboolean auto_renew;
    gboolean failed;
    TtecommState expected;
  } rows[] = {
    { NULL, NULL, TRUE, FALSE, TTECOMM_STATE_NONE },
    { "2027-03-11", "2028-03-31", TRUE, FALSE, TTECOMM_STATE_SCHEDULED },
    { "2027-03-10", "2028-03-31", TRUE, FALSE, TTECOMM_STATE_ACTIVE },
    { "2026-03-10", "2027-03-10", TRUE, FALSE, TTECOMM_STATE_ACTIVE },
    { "2026-03-10", "2027-03-10", FALSE, FALSE, TTECOMM_STATE_ENDING },
    { "2026-03-10", "2027-03-10", TRUE, TRUE, TTECOMM_STATE_PAST_DUE },
    { "2026-03-10", "2027-03-09", TRUE, FALSE, TTECOMM_STATE_EXPIRED },
    { "2026-03-10", "2027-03-09", TRUE, TRUE, TTECOMM_STATE_EXPIRED },
    { "2026-03-10", NULL, TRUE, FALSE, TTECOMM_STATE_ACTIVE },
  };
  const GDate today = support_date ("2027-03-10");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TtecommStateFacts facts = { .auto_renew = rows[i].auto_renew, .failed = rows[i].failed };

      if (rows[i].start != NULL)
        facts.start = support_date (rows[i].start);
      if (rows[i].end != NULL)
        facts.end = support_date (rows[i].end);
      g_assert_cmpint (ttecomm_state_of (&facts, &today), ==, rows[i].expected);
      facts.rejected = TRUE;
      g_assert_cmpint (ttecomm_state_of (&facts, &today), ==, TTECOMM_STATE_REJECTED);
      facts.requested = TRUE;
      g_assert_cmpint (ttecomm_state_of (&facts, &today), ==, TTECOMM_STATE_REQUESTED);
    }
}

static void
test_state_names (void)
{
  for (int i = TTECOMM_STATE_NONE; i <= TTECOMM_STATE_EXPIRED; i++)
    {
      TtecommState state;

      g_assert_true (ttecomm_state_from_name (ttecomm_state_name ((TtecommState)i), &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_false (ttecomm_state_from_name ("suspended", &(TtecommState){ 0 }));
  g_assert_false (ttecomm_state_from_name (NULL, &(TtecommState){ 0 }));
}

static void
test_labels (void)
{
  const GDate end = support_date ("2027-10-31");
  GDate none;
  static const struct
  {
    TtecommState state;
    const char *dated;
    const char *undated;
  } rows[] = {
    { TTECOMM_STATE_NONE, "not activated yet", "not activated yet" },
    { TTECOMM_STATE_ACTIVE, "renews at 31/10/2027", "active" },
    { TTECOMM_STATE_ENDING, "expires at 31/10/2027", "renewal is off" },
    { TTECOMM_STATE_PAST_DUE, "payment failed, expires at 31/10/2027", "payment failed" },
    { TTECOMM_STATE_EXPIRED, "expired at 31/10/2027", "expired" },
    { TTECOMM_STATE_SCHEDULED, "starts later", "starts later" },
  };

  g_date_clear (&none, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *dated = ttecomm_state_label (rows[i].state, &end);
      g_autofree char *undated = ttecomm_state_label (rows[i].state, &none);
      g_autofree char *without = ttecomm_state_label (rows[i].state, NULL);

      g_assert_cmpstr (dated, ==, rows[i].dated);
      g_assert_cmpstr (undated, ==, rows[i].undated);
      g_assert_cmpstr (without, ==, rows[i].undated);
    }
}

/* Nobody but owner and integrator may do anything, whoever pays. */
static void
test_strangers_may_do_nothing (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  static const char *const strangers[] = { "user", "stranger", "", "Owner", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    for (int state = TTECOMM_STATE_NONE; state <= TTECOMM_STATE_EXPIRED; state++)
      {
        g_assert_cmpuint (ttecomm_terms_allowed (terms, strangers[i], (TtecommState)state, TRUE),
                          ==, 0);
        g_assert_cmpuint (ttecomm_terms_allowed (terms, strangers[i], (TtecommState)state, FALSE),
                          ==, 0);
      }
}

static void
test_only_payers_pay (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const guint payers_only
      = TTECOMM_ACTION_REPLACE_CARD | TTECOMM_ACTION_RETRY_PAYMENT | TTECOMM_ACTION_INVOICES;

  for (int state = TTECOMM_STATE_NONE; state <= TTECOMM_STATE_EXPIRED; state++)
    {
      guint anybody = ttecomm_terms_allowed (terms, "owner", (TtecommState)state, FALSE);
      guint payer = ttecomm_terms_allowed (terms, "owner", (TtecommState)state, TRUE);

      g_assert_cmpuint (anybody & payers_only, ==, 0);
      g_assert_cmpuint (payer & anybody, ==, anybody);
      g_assert_cmpuint (payer & ~(anybody | payers_only), ==, 0);
      g_assert_cmpint ((payer & TTECOMM_ACTION_RETRY_PAYMENT) != 0, ==,
                       state == TTECOMM_STATE_PAST_DUE);
    }
}

static void
test_blockers (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommBuyer good = { "owner", "3.7.3", TRUE, TRUE, FALSE, TRUE };
  TtecommBuyer buyer = { 0 };

  g_assert_cmpuint (ttecomm_terms_blockers (terms, &good), ==, 0);
  /* Nothing known about a person: everything stands in the way but a running subscription. */
  g_assert_cmpuint (ttecomm_terms_blockers (terms, &buyer), ==,
                    TTECOMM_BLOCKER_ROLE | TTECOMM_BLOCKER_NOT_CONNECTED
                        | TTECOMM_BLOCKER_PROSOFT_TOO_OLD | TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE
                        | TTECOMM_BLOCKER_CARD_NOT_VERIFIED);
  buyer = good;
  buyer.has_active = TRUE;
  g_assert_cmpuint (ttecomm_terms_blockers (terms, &buyer), ==, TTECOMM_BLOCKER_ALREADY_SUBSCRIBED);
  buyer = good;
  buyer.prosoft = "3.10";
  g_assert_cmpuint (ttecomm_terms_blockers (terms, &buyer), ==, 0);
  buyer.prosoft = "3.7.2.9999";
  g_assert_cmpuint (ttecomm_terms_blockers (terms, &buyer), ==, TTECOMM_BLOCKER_PROSOFT_TOO_OLD);
  buyer.prosoft = "newest";
  g_assert_cmpuint (ttecomm_terms_blockers (terms, &buyer), ==, TTECOMM_BLOCKER_PROSOFT_TOO_OLD);
}

static void
test_cards (void)
{
  static const char *const bad[]
      = { "2027-13", "2027-00", "2027-1", "27-01", "2027-01-01", "", "2027/01", NULL, "3000-01" };
  const GDate last = support_date ("2028-02-29");
  const GDate after = support_date ("2028-03-01");
  gboolean ok = FALSE;

  g_assert_true (ttecomm_card_ok_on ("2028-02", &last, &ok, NULL));
  g_assert_true (ok);
  g_assert_true (ttecomm_card_ok_on ("2028-02", &after, &ok, NULL));
  g_assert_false (ok);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ttecomm_card_ok_on (bad[i], &last, &ok, &error));
      g_assert_nonnull (error);
    }
}

static void
test_payment_methods (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("tmas");
  const GDate before = support_date ("2019-03-31");
  const GDate on = support_date ("2019-04-01");
  static const struct
  {
    gint64 cents;
    gboolean large;
  } rows[] = { { 99999, FALSE }, { 100000, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) old = ttecomm_terms_payment_methods (terms, rows[i].cents, &before);
      g_auto (GStrv) young = ttecomm_terms_payment_methods (terms, rows[i].cents, &on);

      g_assert_cmpuint (g_strv_length (old), ==, 4);
      g_assert_cmpuint (g_strv_length (young), ==, rows[i].large ? 4 : 3);
      g_assert_cmpstr (young[0], ==, "amex");
    }
}

static void
test_counts_units (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("tmas");
  const gint64 places[] = { 0, 4, 5, 1 };
  const gint64 negative[] = { 1, -1 };
  const gint64 huge[] = { G_MAXINT64 };
  TtecommUsage usage;
  gint64 seats;

  g_assert_true (ttecomm_terms_seats_for (terms, places, G_N_ELEMENTS (places), &seats, NULL));
  g_assert_cmpint (seats, ==, 1 + 1 + 2 + 1);
  g_assert_true (ttecomm_terms_seats_for (terms, NULL, 0, &seats, NULL));
  g_assert_cmpint (seats, ==, 0);
  g_assert_false (ttecomm_terms_seats_for (terms, negative, 2, &seats, NULL));
  g_assert_false (ttecomm_terms_seats_for (terms, huge, 1, &seats, NULL));
  g_assert_false (ttecomm_usage (-1, 5, &usage, NULL));
  g_assert_false (ttecomm_usage (5, G_MININT64, &usage, NULL));
}

static void
test_changes_units (void)
{
  g_autoptr (TtecommTerms) bounded = support_terms ("ttecomm");
  g_autoptr (TtecommTerms) unbounded = support_terms ("airthings");
  gint64 units;

  g_assert_cmpint (ttecomm_terms_change_units (bounded, 1, 1, G_MAXINT64, &units), ==,
                   TTECOMM_CHANGE_ABOVE_MAXIMUM_UNITS);
  g_assert_cmpint (ttecomm_terms_change_units (bounded, 1, 1, G_MININT64, &units), ==,
                   TTECOMM_CHANGE_BELOW_MINIMUM_UNITS);
  g_assert_cmpint (ttecomm_terms_change_units (unbounded, 5, 5, G_MAXINT64, &units), ==,
                   TTECOMM_CHANGE_ABOVE_MAXIMUM_UNITS);
  g_assert_cmpint (units, ==, 5);
  g_assert_cmpint (ttecomm_terms_change_units (unbounded, 5, 5, -1, &units), ==,
                   TTECOMM_CHANGE_BELOW_UNITS_IN_USE);
  g_assert_cmpint (ttecomm_terms_change_units (unbounded, 5, 4, -1, &units), ==, TTECOMM_CHANGE_OK);
  g_assert_cmpint (units, ==, 4);
}

static void
register_tests (Harness *harness)
{
  /* rules: S50 S69 C15 C25 */
  harness_add (harness, "offers", "states", test_states);
  harness_add (harness, "offers", "state-names", test_state_names);
  /* rules: S34 C14 */
  harness_add (harness, "offers", "labels", test_labels);
  /* rules: H6 */
  harness_add (harness, "offers", "strangers-may-do-nothing", test_strangers_may_do_nothing);
  harness_add (harness, "offers", "only-payers-pay", test_only_payers_pay);
  /* rules: S1 S2 S4 S16 S38 */
  harness_add (harness, "offers", "blockers", test_blockers);
  /* rules: S88 */
  harness_add (harness, "offers", "cards", test_cards);
  /* rules: T25 T26 T27 */
  harness_add (harness, "offers", "payment-methods", test_payment_methods);
  /* rules: C33 T8 */
  harness_add (harness, "offers", "counts-units", test_counts_units);
  /* rules: D21 */
  harness_add (harness, "offers", "changes-units", test_changes_units);
}

HARNESS_MAIN (register_tests)
