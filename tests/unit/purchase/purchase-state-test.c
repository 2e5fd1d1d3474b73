/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/purchase-state.h"
#include "tests/harness/harness.h"

/*
 * Every state with every event: '.' refused, else the first letter of the state that follows.
 * Events in the order of the enum: filled, emptied, ask, Quoted, Blocked, quote-failed, pay, found,
 * refused, unknown, pending, paid, failed, cancelled, expired.
 */
static const struct
{
  TtecommPurchaseState state;
  const char *next;
} table[] = {
  { TTECOMM_PURCHASE_EMPTY, "fe.....o......." },
  { TTECOMM_PURCHASE_FILLED, "feq....o......." },
  { TTECOMM_PURCHASE_QUOTING, "...QBf........." },
  { TTECOMM_PURCHASE_BLOCKED, "feq....o......." },
  { TTECOMM_PURCHASE_QUOTED, "feq...oo......." },
  { TTECOMM_PURCHASE_ORDERING, "........fowPFCX" },
  { TTECOMM_PURCHASE_WAITING, "........fwwPFCX" },
  { TTECOMM_PURCHASE_PAID, "feq....o......." },
  { TTECOMM_PURCHASE_FAILED, "feq....o......." },
  { TTECOMM_PURCHASE_CANCELLED, "feq....o......." },
  { TTECOMM_PURCHASE_EXPIRED, "feq....o......." },
};

static const char letters[] = "efqBQowPFCX";

static void
test_every_state_with_every_event (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (table), ==, TTECOMM_PURCHASE_N_STATES);
  for (guint s = 0; s < G_N_ELEMENTS (table); s++)
    for (guint e = 0; e < TTECOMM_PURCHASE_N_EVENTS; e++)
      {
        TtecommPurchaseState next = TTECOMM_PURCHASE_EMPTY;
        char expected = table[s].next[e];
        gboolean fits = ttecomm_purchase_next (table[s].state, (TtecommPurchaseEvent)e, &next);

        g_test_message ("%s, event %u", ttecomm_purchase_state_to_string (table[s].state), e);
        g_assert_cmpint (fits, ==, expected != '.');
        if (fits)
          g_assert_cmpint (letters[next], ==, expected);
        else
          g_assert_cmpint (next, ==, table[s].state);
      }
}

/* Money: whatever happens, an order goes out only from a quote that was seen, and only one at a
 * time. */
static void
test_an_order_only_follows_a_quote (void)
{
  for (guint s = 0; s < TTECOMM_PURCHASE_N_STATES; s++)
    {
      TtecommPurchaseState next;
      gboolean fits
          = ttecomm_purchase_next ((TtecommPurchaseState)s, TTECOMM_PURCHASE_EVENT_PAY, &next);

      g_assert_cmpint (fits, ==, s == TTECOMM_PURCHASE_QUOTED);
    }
}

static void
test_a_running_order_closes_the_basket (void)
{
  for (guint s = 0; s < TTECOMM_PURCHASE_N_STATES; s++)
    {
      TtecommPurchaseState next;
      gboolean open = ttecomm_purchase_state_is_open ((TtecommPurchaseState)s);

      g_assert_cmpint (ttecomm_purchase_next ((TtecommPurchaseState)s,
                                              TTECOMM_PURCHASE_EVENT_BASKET_FILLED, &next),
                       ==, open);
      g_assert_cmpint (ttecomm_purchase_next ((TtecommPurchaseState)s, TTECOMM_PURCHASE_EVENT_FOUND,
                                              &next),
                       ==, open);
    }
}

static void
test_nonsense_is_refused (void)
{
  TtecommPurchaseState next;

  g_assert_false (ttecomm_purchase_next (TTECOMM_PURCHASE_QUOTED, (TtecommPurchaseEvent)99, &next));
  g_assert_cmpint (next, ==, TTECOMM_PURCHASE_QUOTED);
  g_assert_cmpstr (ttecomm_purchase_state_to_string ((TtecommPurchaseState)99), ==, "unknown");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "purchase-state", "every-state-with-every-event",
               test_every_state_with_every_event);
  harness_add (harness, "purchase-state", "an-order-only-follows-a-quote",
               test_an_order_only_follows_a_quote);
  harness_add (harness, "purchase-state", "a-running-order-closes-the-basket",
               test_a_running_order_closes_the_basket);
  harness_add (harness, "purchase-state", "nonsense-is-refused", test_nonsense_is_refused);
}

HARNESS_MAIN (register_tests)
