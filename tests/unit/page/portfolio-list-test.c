/* SPDX-License-Identifier: MIT */
/* The order of the list, what can be looked for in it, and what is counted. */
#include "plugin/page/portfolio-words.h"
#include "tests/harness/harness.h"
#include "tests/unit/page/many.h"

#define RS(state, renew, end)                                                                      \
  "{'service':'RS','state':'" state "','auto_renew':" renew ",'end':'" end                         \
  "','payer':{'name':'Mara Lind','you':true}}"
#define VC(state, renew, end)                                                                      \
  "{'service':'VC','state':'" state "','auto_renew':" renew ",'end':'" end                         \
  "','payer':{'name':'Jonas Maes','you':false}}"

static const struct
{
  const char *name;
  const char *subscriptions;
  TtecommPortfolioTraits traits;
} rows[] = {
  /* in the order in which they are shown */
  { "b past due", "[" RS ("past_due", "true", "2026-09-30") "]",
    TTECOMM_PORTFOLIO_PAYMENT_FAILED | TTECOMM_PORTFOLIO_ENDS_SOON },
  { "c ends", "[" RS ("ending", "false", "2026-09-30") "]",
    TTECOMM_PORTFOLIO_RENEWAL_OFF | TTECOMM_PORTFOLIO_ENDS_SOON },
  { "a renews soon", "[" RS ("active", "true", "2026-10-31") "]", 0 },
  { "ends on day 60",
    "[" RS ("active", "true", "2027-08-31") "," VC ("ending", "false", "2026-11-17") "]",
    TTECOMM_PORTFOLIO_RENEWAL_OFF | TTECOMM_PORTFOLIO_ENDS_SOON },
  { "ends on day 61", "[" RS ("ending", "false", "2026-11-18") "]", TTECOMM_PORTFOLIO_RENEWAL_OFF },
  { "voice only", "[" VC ("active", "true", "2027-01-31") "]", TTECOMM_PORTFOLIO_NOT_ACTIVATED },
  { "over, this month", "[" RS ("expired", "false", "2026-09-10") "]", 0 },
  { "over, long ago", "[" RS ("expired", "false", "2025-09-30") "]", 0 },
  { "none, away", "[]", TTECOMM_PORTFOLIO_NOT_ACTIVATED | TTECOMM_PORTFOLIO_NOT_CONNECTED },
  { "none, here", "[{'service':'RS','state':'none','auto_renew':false}]",
    TTECOMM_PORTFOLIO_NOT_ACTIVATED },
  { "requested", "[{'service':'RS','state':'requested','auto_renew':false}]", 0 },
};

/* The list, made of what comes in another order. */
static TtecommPortfolioList *
make_list (void)
{
  g_autoptr (GPtrArray) installations
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_installation_summary_unref);
  GDate today;

  for (gsize i = G_N_ELEMENTS (rows); i-- > 0;)
    {
      g_autofree char *id = g_strdup_printf ("id-%zu", i);

      g_ptr_array_add (installations, many_installation (id, rows[i].name, rows[i].subscriptions));
    }
  many_today (&today);
  return ttecomm_portfolio_list_new (installations, &today);
}

static void
test_order (void)
{
  g_autoptr (TtecommPortfolioList) list = make_list ();

  g_assert_cmpuint (list->items->len, ==, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TtecommPortfolioItem *item = list->items->pdata[i];

      g_assert_cmpstr (item->installation->name, ==, rows[i].name);
      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (item->traits, ==, rows[i].traits);
    }
}

/* Two of the same name keep one order, whatever order they come in. */
static void
test_order_is_whole (void)
{
  GDate today;

  many_today (&today);
  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr (GPtrArray) installations
          = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_installation_summary_unref);
      g_autoptr (TtecommPortfolioList) list = NULL;

      g_ptr_array_add (installations, many_installation (turn == 0 ? "a" : "b", "Same", "[]"));
      g_ptr_array_add (installations, many_installation (turn == 0 ? "b" : "a", "Same", "[]"));
      list = ttecomm_portfolio_list_new (installations, &today);
      g_assert_cmpstr (((TtecommPortfolioItem *)list->items->pdata[0])->installation->id, ==, "a");
    }
}

static guint
count_found (TtecommPortfolioList *list, const char *words, TtecommPortfolioTraits traits)
{
  g_autoptr (TtecommPortfolioView) view = ttecomm_portfolio_view_new ();
  g_autoptr (GPtrArray) found = NULL;

  view->list = ttecomm_portfolio_list_ref (list);
  view->words = g_strdup (words);
  view->traits = traits;
  found = ttecomm_portfolio_view_find (view);
  return found->len;
}

static void
test_find (void)
{
  g_autoptr (TtecommPortfolioList) list = make_list ();

  g_assert_cmpuint (count_found (list, NULL, TTECOMM_PORTFOLIO_ALL), ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (count_found (list, "", TTECOMM_PORTFOLIO_ALL), ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (count_found (list, "ENDS ON", TTECOMM_PORTFOLIO_ALL), ==, 2);
  g_assert_cmpuint (count_found (list, "jonas", TTECOMM_PORTFOLIO_ALL), ==, 2);
  g_assert_cmpuint (count_found (list, "id-3", TTECOMM_PORTFOLIO_ALL), ==, 1);
  g_assert_cmpuint (count_found (list, "nowhere", TTECOMM_PORTFOLIO_ALL), ==, 0);
  g_assert_cmpuint (count_found (list, NULL, TTECOMM_PORTFOLIO_ENDS_SOON), ==, 3);
  g_assert_cmpuint (count_found (list, NULL, TTECOMM_PORTFOLIO_RENEWAL_OFF), ==, 3);
  g_assert_cmpuint (count_found (list, "day", TTECOMM_PORTFOLIO_ENDS_SOON), ==, 1);
}

static void
test_remote (void)
{
  g_autoptr (TtecommPortfolioList) list = make_list ();
  g_autofree const char **all = ttecomm_portfolio_list_get_remote (list, 100);
  g_autofree const char **two = ttecomm_portfolio_list_get_remote (list, 2);

  g_assert_cmpuint (g_strv_length ((char **)all), ==, 5);
  g_assert_cmpuint (g_strv_length ((char **)two), ==, 2);
  g_assert_cmpstr (two[0], ==, "id-0");
}

static void
test_offers (void)
{
  g_autoptr (TtecommPortfolioList) list = make_list ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < list->items->len; i++)
    if (ttecomm_portfolio_item_is_on_offer (list->items->pdata[i]))
      g_string_append_printf (names, "%s;",
                              ((TtecommPortfolioItem *)list->items->pdata[i])->installation->name);
  g_assert_cmpstr (names->str, ==,
                   "voice only;over, this month;over, long ago;none, away;none, here;");
}

static void
test_words (void)
{
  static const struct
  {
    TtecommPortfolioCounts counts;
    const char *told;
    TtecommSeverity severity;
  } cases[] = {
    { { 0, 0, 0 }, NULL, TTECOMM_SEVERITY_GOOD },
    { { 1, 0, 0 }, "1 payment failed", TTECOMM_SEVERITY_ERROR },
    { { 0, 4, 0 }, "4 subscriptions end this month", TTECOMM_SEVERITY_WARNING },
    { { 0, 0, 1 }, "1 subscription ended this month", TTECOMM_SEVERITY_WARNING },
    { { 2, 1, 3 },
      "2 payments failed, 3 subscriptions ended this month, 1 subscription ends this month",
      TTECOMM_SEVERITY_ERROR },
  };
  g_autoptr (TtecommText) text = ttecomm_text_new ("en");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = ttecomm_portfolio_tell (text, &cases[i].counts);

      g_assert_cmpstr (told, ==, cases[i].told);
      g_assert_cmpint (ttecomm_portfolio_severity (&cases[i].counts), ==, cases[i].severity);
    }
}

static void
test_counts (void)
{
  g_autoptr (TtecommPortfolioList) list = make_list ();

  g_assert_cmpuint (list->counts.payment_failed, ==, 1);
  g_assert_cmpuint (list->counts.end_this_month, ==, 1);
  g_assert_cmpuint (list->counts.ended_this_month, ==, 1);
}

static void
register_tests (Harness *harness)
{
  /* rules: S33 */
  harness_add (harness, "portfolio-list", "order", test_order);
  harness_add (harness, "portfolio-list", "order-is-whole", test_order_is_whole);
  harness_add (harness, "portfolio-list", "find", test_find);
  harness_add (harness, "portfolio-list", "remote", test_remote);
  harness_add (harness, "portfolio-list", "offers", test_offers);
  harness_add (harness, "portfolio-list", "words", test_words);
  harness_add (harness, "portfolio-list", "counts", test_counts);
}

HARNESS_MAIN (register_tests)
