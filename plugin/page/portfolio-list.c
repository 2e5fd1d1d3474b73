/* SPDX-License-Identifier: MIT */
#include "plugin/page/portfolio-list.h"

#include <string.h>

#define REMOTE_SERVICES "RS"

gboolean
ttecomm_portfolio_is_running (TtecommCloudState state)
{
  switch (state)
    {
    case TTECOMM_CLOUD_STATE_SCHEDULED:
    case TTECOMM_CLOUD_STATE_ACTIVE:
    case TTECOMM_CLOUD_STATE_ENDING:
    case TTECOMM_CLOUD_STATE_PAST_DUE:
      return TRUE;
    case TTECOMM_CLOUD_STATE_NONE:
    case TTECOMM_CLOUD_STATE_REQUESTED:
    case TTECOMM_CLOUD_STATE_REJECTED:
    case TTECOMM_CLOUD_STATE_EXPIRED:
    default:
      return FALSE;
    }
}

static void
item_free (gpointer data)
{
  TtecommPortfolioItem *item = data;

  ttecomm_installation_summary_unref (item->installation);
  g_free (item->needle);
  g_free (item);
}

/* Takes @date if it comes before (or after) what is there. */
static void
keep_date (GDate *there, const GDate *date, gboolean earlier)
{
  if (!g_date_valid (date))
    return;
  if (!g_date_valid (there) || (g_date_compare (date, there) < 0) == earlier)
    *there = *date;
}

static gboolean
is_in_month (const GDate *date, const GDate *today)
{
  return g_date_valid (date) && g_date_get_year (date) == g_date_get_year (today)
         && g_date_get_month (date) == g_date_get_month (today);
}

static TtecommPortfolioTraits
traits_of (const TtecommSubscriptionSummary *subscription, const GDate *today)
{
  TtecommPortfolioTraits traits = TTECOMM_PORTFOLIO_ALL;

  if (!ttecomm_portfolio_is_running (subscription->state))
    return traits;
  if (subscription->state == TTECOMM_CLOUD_STATE_PAST_DUE)
    traits |= TTECOMM_PORTFOLIO_PAYMENT_FAILED;
  if (!subscription->auto_renew)
    traits |= TTECOMM_PORTFOLIO_RENEWAL_OFF;
  if (traits != TTECOMM_PORTFOLIO_ALL && g_date_valid (&subscription->end)
      && g_date_days_between (today, &subscription->end) <= TTECOMM_PORTFOLIO_SOON_DAYS)
    traits |= TTECOMM_PORTFOLIO_ENDS_SOON;
  return traits;
}

static void
count (TtecommPortfolioCounts *counts,
       const TtecommSubscriptionSummary *subscription,
       const GDate *today)
{
  if (subscription->state == TTECOMM_CLOUD_STATE_PAST_DUE)
    counts->payment_failed++;
  else if (!is_in_month (&subscription->end, today))
    return;
  else if (subscription->state == TTECOMM_CLOUD_STATE_EXPIRED)
    counts->ended_this_month++;
  else if (ttecomm_portfolio_is_running (subscription->state) && !subscription->auto_renew)
    counts->end_this_month++;
}

static void
take_subscription (TtecommPortfolioItem *item,
                   const TtecommSubscriptionSummary *subscription,
                   const GDate *today)
{
  item->traits |= traits_of (subscription, today);
  if (ttecomm_portfolio_is_running (subscription->state))
    keep_date (&item->soonest, &subscription->end, TRUE);
  else if (subscription->state == TTECOMM_CLOUD_STATE_EXPIRED)
    keep_date (&item->last, &subscription->end, FALSE);
  if (g_date_valid (&subscription->charge_date)
      && (item->charge == NULL
          || g_date_compare (&subscription->charge_date, &item->charge->charge_date) < 0))
    item->charge = subscription;
}

static gboolean
has_never_had (const TtecommInstallationSummary *installation, const char *service)
{
  const TtecommSubscriptionSummary *subscription
      = ttecomm_installation_summary_find (installation, service);

  return subscription == NULL || subscription->state == TTECOMM_CLOUD_STATE_NONE;
}

static TtecommPortfolioItem *
item_new (TtecommInstallationSummary *installation,
          const GDate *today,
          TtecommPortfolioCounts *counts)
{
  TtecommPortfolioItem *item = g_new0 (TtecommPortfolioItem, 1);
  g_autoptr (GString) words = g_string_new (installation->name);

  item->installation = ttecomm_installation_summary_ref (installation);
  if (!installation->connected)
    item->traits |= TTECOMM_PORTFOLIO_NOT_CONNECTED;
  if (has_never_had (installation, REMOTE_SERVICES))
    item->traits |= TTECOMM_PORTFOLIO_NOT_ACTIVATED;
  g_string_append_printf (words, "\n%s", installation->id);
  for (guint i = 0; i < installation->subscriptions->len; i++)
    {
      const TtecommSubscriptionSummary *subscription = installation->subscriptions->pdata[i];

      take_subscription (item, subscription, today);
      count (counts, subscription, today);
      if (subscription->payer != NULL)
        g_string_append_printf (words, "\n%s", subscription->payer);
    }
  item->needle = g_utf8_casefold (words->str, (gssize)words->len);
  return item;
}

/* Valid dates come before those that are not; @a and @b in the order given by @sign. */
static int
compare_dates (const GDate *a, const GDate *b, int sign)
{
  if (g_date_valid (a) && g_date_valid (b))
    return sign * g_date_compare (a, b);
  return g_date_valid (b) - g_date_valid (a);
}

/* The needle begins with the name and ends with what no two have alike. */
static int
compare_items (gconstpointer left, gconstpointer right)
{
  const TtecommPortfolioItem *a = *(const TtecommPortfolioItem *const *)left;
  const TtecommPortfolioItem *b = *(const TtecommPortfolioItem *const *)right;
  int order = compare_dates (&a->soonest, &b->soonest, 1);

  if (order == 0)
    order = compare_dates (&a->last, &b->last, -1);
  if (order == 0)
    order = strcmp (a->needle, b->needle);
  return order != 0 ? order : strcmp (a->installation->id, b->installation->id);
}

TtecommPortfolioList *
ttecomm_portfolio_list_new (const GPtrArray *installations, const GDate *today)
{
  TtecommPortfolioList *self = g_atomic_rc_box_new0 (TtecommPortfolioList);

  self->today = *today;
  self->items = g_ptr_array_new_full (installations->len, item_free);
  for (guint i = 0; i < installations->len; i++)
    g_ptr_array_add (self->items, item_new (installations->pdata[i], today, &self->counts));
  g_ptr_array_sort (self->items, compare_items);
  return self;
}

TtecommPortfolioList *
ttecomm_portfolio_list_ref (TtecommPortfolioList *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
list_clear (gpointer data)
{
  TtecommPortfolioList *self = data;

  g_ptr_array_unref (self->items);
}

void
ttecomm_portfolio_list_unref (TtecommPortfolioList *self)
{
  g_atomic_rc_box_release_full (self, list_clear);
}

gboolean
ttecomm_portfolio_item_matches (const TtecommPortfolioItem *item,
                                const char *needle,
                                TtecommPortfolioTraits traits)
{
  return (traits == TTECOMM_PORTFOLIO_ALL || (item->traits & traits) != 0)
         && (*needle == '\0' || strstr (item->needle, needle) != NULL);
}

gboolean
ttecomm_portfolio_item_is_on_offer (const TtecommPortfolioItem *item)
{
  const TtecommInstallationSummary *installation = item->installation;
  const TtecommSubscriptionSummary *remote
      = ttecomm_installation_summary_find (installation, REMOTE_SERVICES);

  if (installation->role != TTECOMM_CLOUD_ROLE_OWNER
      && installation->role != TTECOMM_CLOUD_ROLE_INTEGRATOR)
    return FALSE;
  return remote == NULL
         || (!ttecomm_portfolio_is_running (remote->state)
             && remote->state != TTECOMM_CLOUD_STATE_REQUESTED);
}

const TtecommPortfolioItem *
ttecomm_portfolio_list_find (const TtecommPortfolioList *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const TtecommPortfolioItem *item = self->items->pdata[i];

      if (g_str_equal (item->installation->id, id))
        return item;
    }
  return NULL;
}

const char **
ttecomm_portfolio_list_get_remote (const TtecommPortfolioList *self, guint max)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len && ids->len < max; i++)
    {
      const TtecommPortfolioItem *item = self->items->pdata[i];
      const TtecommSubscriptionSummary *remote
          = ttecomm_installation_summary_find (item->installation, REMOTE_SERVICES);

      if (remote != NULL && ttecomm_portfolio_is_running (remote->state))
        g_ptr_array_add (ids, item->installation->id);
    }
  g_ptr_array_add (ids, NULL);
  return (const char **)g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

TtecommPortfolioView *
ttecomm_portfolio_view_new (void)
{
  return g_new0 (TtecommPortfolioView, 1);
}

void
ttecomm_portfolio_view_free (TtecommPortfolioView *self)
{
  g_clear_pointer (&self->list, ttecomm_portfolio_list_unref);
  g_clear_error (&self->error);
  g_free (self->words);
  g_free (self);
}

GPtrArray *
ttecomm_portfolio_view_find (const TtecommPortfolioView *self)
{
  g_autofree char *needle = g_utf8_casefold (self->words != NULL ? self->words : "", -1);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; self->list != NULL && i < self->list->items->len; i++)
    if (ttecomm_portfolio_item_matches (self->list->items->pdata[i], needle, self->traits))
      g_ptr_array_add (found, self->list->items->pdata[i]);
  return found;
}
