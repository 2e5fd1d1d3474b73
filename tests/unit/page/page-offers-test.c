/* SPDX-License-Identifier: MIT */
#include "plugin/page/page.h"

#include "tests/harness/harness.h"
#include "tests/unit/page/scenarios.h"

static void
check_action (const char *scenario, const char *id, gboolean enabled)
{
  g_autoptr (TtecommPage) page = scenario_page (scenario);
  const TtecommPageAction *action = ttecomm_page_get_action (page, id);

  if (action == NULL)
    g_error ("%s: no action %s", scenario, id);
  g_assert_cmpint (action->enabled, ==, enabled);
}

static void
check_no_action (const char *scenario, const char *id)
{
  g_autoptr (TtecommPage) page = scenario_page (scenario);

  g_assert_null (ttecomm_page_get_action (page, id));
}

static void
test_offers_by_role (void)
{
  check_action ("integrator", "basket.add.RS", TRUE);
  check_action ("owner", "basket.add.RS", TRUE);
  check_action ("user", "basket.add.RS", FALSE);
  check_action ("stranger", "basket.add.RS", FALSE);
  /* The file is protected; TTcloud says integrator. */
  check_action ("protected", "basket.add.RS", TRUE);
  check_action ("sign-in-refused", "basket.add.RS", FALSE);
  check_action ("expired", "basket.add.RS", TRUE);
  check_action ("basket-filled", "basket.add.RS", FALSE);
  check_action ("basket-filled", "basket.add.VC", TRUE);
  check_action ("basket-waiting", "basket.add.VC", FALSE);
  check_action ("other-states", "basket.add.VC", FALSE);
}

static void
test_offers_by_state_of_the_purchase (void)
{
  check_action ("basket-filled", "basket.quote", TRUE);
  check_action ("basket-filled", "basket.remove.RS", TRUE);
  check_action ("basket-quoting", "basket.quote", FALSE);
  check_action ("basket-quoted", "basket.accept", TRUE);
  check_action ("basket-quoted", "basket.pay", FALSE);
  check_action ("basket-accepted", "basket.pay", TRUE);
  check_action ("basket-waiting", "basket.cancel-order", TRUE);
  check_no_action ("basket-waiting", "basket.remove.RS");
  check_action ("lines-accepted", "basket.remove.RS", TRUE);
  check_action ("lines-accepted", "basket.remove.RS.site-linde", TRUE);
  check_action ("lines-accepted", "basket.pay", TRUE);
  /* Without the file the same line has its whole name. */
  check_no_action ("lines-without-a-file", "basket.remove.RS");
  check_action ("lines-without-a-file", "basket.remove.RS.villa-picos", TRUE);
  check_action ("lines-without-a-file", "basket.pay", TRUE);
  check_action ("lines-blocked", "basket.remove-blocked", TRUE);
  check_no_action ("basket-blocked", "basket.remove-blocked");
  check_no_action ("lines-accepted", "basket.remove-blocked");
  check_action ("lines-found", "basket.cancel-order", TRUE);
  check_no_action ("lines-found", "basket.pay");
  check_action ("basket-waiting-offline", "basket.cancel-order", FALSE);
  check_action ("basket-failed", "basket.quote", TRUE);
  check_action ("basket-cancelled", "basket.quote", TRUE);
  check_action ("basket-expired", "basket.remove.VC", TRUE);
  check_action ("checking", "session.check", FALSE);
  check_action ("no-project", "session.check", FALSE);
  check_action ("not-set-up", "sign-in", FALSE);
  check_action ("signing-in", "sign-in.cancel", TRUE);
}

static void
test_never_offers_to_pay_what_is_not_quoted (void)
{
  for (guint i = 0; i < scenario_count (); i++)
    {
      g_autoptr (TtecommSnapshot) snapshot = scenario_new (scenario_name (i));
      g_autoptr (TtecommPage) page = ttecomm_page_build (snapshot);
      const TtecommPageAction *pay = ttecomm_page_get_action (page, "basket.pay");

      if (snapshot->purchase->state != TTECOMM_PURCHASE_QUOTED)
        g_assert_null (pay);
      else
        g_assert_cmpint (pay->enabled, ==, snapshot->purchase->terms_accepted);
    }
}

static char *
fingerprint_of (TtecommSnapshot *snapshot, const char *id)
{
  g_autoptr (TtecommPage) page = ttecomm_page_build (snapshot);

  return g_strdup (ttecomm_page_get_action (page, id)->fingerprint);
}

/* A click on "Take out" or "Buy" of the villa must not reach another file's line. */
static void
test_fingerprints_which_installation (void)
{
  g_autoptr (TtecommSnapshot) snapshot = scenario_new ("basket-filled");
  g_autofree char *add = fingerprint_of (snapshot, "basket.add.VC");
  g_autofree char *remove = fingerprint_of (snapshot, "basket.remove.RS");
  g_autofree char *other_add = NULL;
  g_autofree char *other_remove = NULL;

  g_free (snapshot->installation->ttcloud_id);
  snapshot->installation->ttcloud_id = g_strdup ("site-linde");
  sample_set_purchase (snapshot, TTECOMM_PURCHASE_FILLED, "RS@site-linde", NULL, NULL);
  other_add = fingerprint_of (snapshot, "basket.add.VC");
  other_remove = fingerprint_of (snapshot, "basket.remove.RS");
  g_assert_cmpstr (add, !=, other_add);
  g_assert_cmpstr (remove, !=, other_remove);
}

static void
test_fingerprints_what_was_promised (void)
{
  g_autoptr (TtecommSnapshot) snapshot = scenario_new ("basket-accepted");
  g_autofree char *same = NULL;
  g_autofree char *other_quote = NULL;
  g_autofree char *other_amount = NULL;
  g_autofree char *again = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *other_terms = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *json = NULL;

  same = fingerprint_of (snapshot, "basket.pay");
  terms = fingerprint_of (snapshot, "basket.accept");
  snapshot->revision++;
  snapshot->checking = TRUE;
  again = fingerprint_of (snapshot, "basket.pay");
  g_assert_cmpstr (same, ==, again);

  snapshot->purchase->quote->due_now_cents += 1;
  other_amount = fingerprint_of (snapshot, "basket.pay");
  g_assert_cmpstr (same, !=, other_amount);

  parts = g_strsplit (sample_quote_json, "quote-0001", 2);
  json = g_strjoinv ("quote-0002", parts);
  sample_set_purchase (snapshot, TTECOMM_PURCHASE_QUOTED, "RS", json, NULL);
  other_quote = fingerprint_of (snapshot, "basket.pay");
  other_terms = fingerprint_of (snapshot, "basket.accept");
  g_assert_cmpstr (same, !=, other_quote);
  g_assert_cmpstr (terms, !=, other_terms);
}

static void
register_tests (Harness *harness)
{
  /* rules: S37 H4 H6 C5 */
  harness_add (harness, "offers", "by-role", test_offers_by_role);
  harness_add (harness, "offers", "by-state-of-the-purchase", test_offers_by_state_of_the_purchase);
  harness_add (harness, "offers", "never-to-pay-what-is-not-quoted",
               test_never_offers_to_pay_what_is_not_quoted);
  harness_add (harness, "offers", "fingerprints-which-installation",
               test_fingerprints_which_installation);
  harness_add (harness, "offers", "fingerprints-what-was-promised",
               test_fingerprints_what_was_promised);
}

HARNESS_MAIN (register_tests)
