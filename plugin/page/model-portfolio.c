/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-portfolio.h"

#include "base/json.h"
#include "plugin/page/model-basket.h"
#include "plugin/page/portfolio-words.h"
#include "plugin/page/sections.h"
#include "plugin/text/clean.h"

/* A list older than this is asked for again when the person comes back to the page, in s. */
#define FRESH_S 600
/* A date that changes to and fro must not make us ask to and fro. */
#define PAUSE_S 60

#define MAX_WORDS 200
#define MAX_OPTION 32
#define SERVICE "RS"

/* --- the word without opening the page --- */

static void
say (TtecommModel *self, TtecommSeverity severity, const char *text)
{
  static const TtecommAttention attentions[] = {
    [TTECOMM_SEVERITY_NEUTRAL] = TTECOMM_ATTENTION_INFO,
    [TTECOMM_SEVERITY_GOOD] = TTECOMM_ATTENTION_INFO,
    [TTECOMM_SEVERITY_INFO] = TTECOMM_ATTENTION_INFO,
    [TTECOMM_SEVERITY_WARNING] = TTECOMM_ATTENTION_WARNING,
    [TTECOMM_SEVERITY_ERROR] = TTECOMM_ATTENTION_URGENT,
  };

  if (self->down || (text == NULL && !self->has_said))
    return;
  self->has_said = text != NULL;
  self->sink->attention (self->sink_data, attentions[severity], text);
}

/* Once when the list is known and once a day, when something is wrong; taken back when it no longer
 * is. */
static void
say_what_is_wrong (TtecommModel *self)
{
  const TtecommPortfolioList *list = ttecomm_portfolio_get_list (self->portfolio);
  g_autofree char *text = NULL;

  if (list == NULL)
    return;
  text = ttecomm_portfolio_tell (self->text, &list->counts);
  if (text != NULL && g_date_valid (&self->said_on)
      && g_date_compare (&self->said_on, &list->today) == 0)
    return;
  if (text != NULL)
    self->said_on = list->today;
  say (self, ttecomm_portfolio_severity (&list->counts), text);
}

void
ttecomm_model_portfolio_say_again (TtecommModel *self)
{
  const TtecommPortfolioList *list
      = self->portfolio != NULL ? ttecomm_portfolio_get_list (self->portfolio) : NULL;
  g_autofree char *text = NULL;

  if (list == NULL || !self->has_said)
    return;
  text = ttecomm_portfolio_tell (self->text, &list->counts);
  say (self, ttecomm_portfolio_severity (&list->counts), text);
}

/* --- asking --- */

static void
keep_ready (TtecommModel *self)
{
  const TtecommPortfolioList *list = ttecomm_portfolio_get_list (self->portfolio);
  g_autofree const char **ids = NULL;

  if (list == NULL)
    return;
  ids = ttecomm_portfolio_list_get_remote (list, TTECOMM_DESK_MAX_READY);
  ttecomm_desk_keep_ready (self->desk, ids);
}

static void
listed_cb (TtecommModel *self)
{
  say_what_is_wrong (self);
  keep_ready (self);
}

void
ttecomm_model_portfolio_open (TtecommModel *self)
{
  self->portfolio = ttecomm_portfolio_new (self->cloud->client, self->clock);
  g_signal_connect_swapped (self->portfolio, "changed", G_CALLBACK (ttecomm_model_publish), self);
  g_signal_connect_swapped (self->portfolio, "listed", G_CALLBACK (listed_cb), self);
}

static void
stop_waiting (TtecommModel *self)
{
  if (self->list_due != NULL)
    g_source_destroy (self->list_due);
  g_clear_pointer (&self->list_due, g_source_unref);
}

static void
forget (TtecommModel *self)
{
  stop_waiting (self);
  g_clear_pointer (&self->list_words, g_free);
  self->list_traits = TTECOMM_PORTFOLIO_ALL;
  self->list_first = 0;
  g_date_clear (&self->said_on, 1);
  say (self, TTECOMM_SEVERITY_INFO, NULL);
}

void
ttecomm_model_portfolio_close (TtecommModel *self)
{
  if (self->portfolio == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->portfolio, self);
  ttecomm_portfolio_stop (self->portfolio);
  g_clear_object (&self->portfolio);
  forget (self);
}

void
ttecomm_model_portfolio_refresh (TtecommModel *self, gboolean afresh)
{
  if (self->portfolio == NULL || self->account == NULL)
    return;
  stop_waiting (self);
  self->list_asked_us = g_get_monotonic_time ();
  if (afresh)
    ttecomm_portfolio_refresh_afresh (self->portfolio);
  else
    ttecomm_portfolio_refresh (self->portfolio);
}

void
ttecomm_model_portfolio_account_changed (TtecommModel *self)
{
  if (self->portfolio == NULL)
    return;
  ttecomm_portfolio_clear (self->portfolio);
  forget (self);
  ttecomm_model_portfolio_refresh (self, FALSE);
}

void
ttecomm_model_portfolio_activated (TtecommModel *self)
{
  gint64 wall = 0;

  if (self->portfolio == NULL || ttecomm_portfolio_is_refreshing (self->portfolio))
    return;
  if (!ttecomm_clock_get_wall (self->clock, &wall)
      || ABS (wall - ttecomm_portfolio_get_asked (self->portfolio)) >= FRESH_S)
    ttecomm_model_portfolio_refresh (self, FALSE);
}

static gboolean
due_cb (gpointer data)
{
  TtecommModel *self = data;

  ttecomm_model_portfolio_refresh (self, FALSE);
  return G_SOURCE_REMOVE;
}

void
ttecomm_model_portfolio_note_today (TtecommModel *self)
{
  const GDate *today = ttecomm_client_get_server_today (self->cloud->client);
  const TtecommPortfolioList *list
      = self->portfolio != NULL ? ttecomm_portfolio_get_list (self->portfolio) : NULL;
  gint64 since_s = (g_get_monotonic_time () - self->list_asked_us) / G_USEC_PER_SEC;

  if (list == NULL || today == NULL || self->list_due != NULL
      || g_date_compare (&list->today, today) == 0)
    return;
  self->list_due = g_timeout_source_new_seconds ((guint)CLAMP (PAUSE_S - since_s, 0, PAUSE_S));
  g_source_set_callback (self->list_due, due_cb, self, NULL);
  g_source_set_static_name (self->list_due, "list of installations due");
  g_source_attach (self->list_due, g_main_context_get_thread_default ());
}

TtecommPortfolioView *
ttecomm_model_portfolio_view (TtecommModel *self)
{
  TtecommPortfolioView *view;
  TtecommPortfolioList *list;
  const GError *error;

  if (self->portfolio == NULL || self->account == NULL)
    return NULL;
  view = ttecomm_portfolio_view_new ();
  list = ttecomm_portfolio_get_list (self->portfolio);
  error = ttecomm_portfolio_get_error (self->portfolio);
  view->list = list != NULL ? ttecomm_portfolio_list_ref (list) : NULL;
  view->error = error != NULL ? g_error_copy (error) : NULL;
  view->asked_wall = ttecomm_portfolio_get_asked (self->portfolio);
  view->refreshing = ttecomm_portfolio_is_refreshing (self->portfolio);
  view->so_far = ttecomm_portfolio_get_so_far (self->portfolio);
  view->words = g_strdup (self->list_words);
  view->traits = self->list_traits;
  view->first = self->list_first;
  return view;
}

/* --- what the person can do with the list --- */

static void
show (TtecommModel *self, TtecommModelOperation *operation, guint first)
{
  self->list_first = first;
  ttecomm_model_publish (self);
  ttecomm_model_end_with (self, operation->op, NULL);
}

void
ttecomm_model_portfolio_filter (TtecommModel *self,
                                TtecommModelOperation *operation,
                                const char *argument,
                                JsonObject *inputs)
{
  TtecommPortfolioTraits traits = self->list_traits;
  g_autoptr (GError) error = NULL;
  const char *words = NULL;
  const char *state = NULL;

  if (inputs != NULL
      && (!ttecomm_json_get_optional_string (inputs, "installations.text", MAX_WORDS, &words,
                                             &error)
          || !ttecomm_json_get_optional_string (inputs, "installations.state", MAX_OPTION, &state,
                                                &error)))
    {
      ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID, NULL, error->message);
      return;
    }
  if (state != NULL && !ttecomm_section_installations_filter (state, &traits))
    {
      ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID, NULL,
                         "inputs: installations.state is none of the options");
      return;
    }
  self->list_traits = traits;
  if (words != NULL)
    {
      g_free (self->list_words);
      self->list_words = g_strstrip (ttecomm_text_clean (words, MAX_WORDS));
    }
  show (self, operation, 0);
}

void
ttecomm_model_portfolio_show_all (TtecommModel *self,
                                  TtecommModelOperation *operation,
                                  const char *argument,
                                  JsonObject *inputs)
{
  g_clear_pointer (&self->list_words, g_free);
  self->list_traits = TTECOMM_PORTFOLIO_ALL;
  show (self, operation, 0);
}

void
ttecomm_model_portfolio_next (TtecommModel *self,
                              TtecommModelOperation *operation,
                              const char *argument,
                              JsonObject *inputs)
{
  g_autoptr (TtecommPortfolioView) view = ttecomm_model_portfolio_view (self);
  g_autoptr (GPtrArray) found = view != NULL ? ttecomm_portfolio_view_find (view) : NULL;
  guint next = self->list_first + TTECOMM_PORTFOLIO_PAGE;

  show (self, operation, found != NULL && next < found->len ? next : self->list_first);
}

void
ttecomm_model_portfolio_previous (TtecommModel *self,
                                  TtecommModelOperation *operation,
                                  const char *argument,
                                  JsonObject *inputs)
{
  show (self, operation, self->list_first - MIN (self->list_first, TTECOMM_PORTFOLIO_PAGE));
}

/* Whether what the list offers is sold, and somebody is there to buy it; otherwise the operation
 * has been ended. */
static gboolean
can_buy (TtecommModel *self, TtecommModelOperation *operation)
{
  TtecommCatalogue *catalogue
      = self->purchase != NULL ? ttecomm_facts_get_catalogue (self->facts) : NULL;

  if (self->purchase == NULL)
    ttecomm_model_end (self, operation->op, TTECOMM_ENDED_FAILED,
                       ttecomm_text_get (self->text, "basket", "Sign in to TTcloud first."),
                       "nobody is signed in");
  else if (catalogue == NULL || ttecomm_catalogue_find (catalogue, SERVICE) == NULL)
    ttecomm_model_end (self, operation->op, TTECOMM_ENDED_INVALID,
                       ttecomm_text_get (self->text, "basket",
                                         "TTecomm does not sell this service."),
                       "not in the catalogue");
  else
    return TRUE;
  return FALSE;
}

/* FALSE with @error: nothing could be put in. A basket that is full in the middle was foretold. */
static gboolean
add_listed (TtecommModel *self, GError **error)
{
  g_autoptr (TtecommPortfolioView) view = ttecomm_model_portfolio_view (self);
  g_autoptr (GPtrArray) found = ttecomm_portfolio_view_find (view);
  guint first = self->list_first < found->len ? self->list_first : 0;
  guint end = MIN (found->len, first + TTECOMM_PORTFOLIO_PAGE);
  guint n = 0;

  for (guint i = first; i < end; i++)
    {
      const TtecommPortfolioItem *item = found->pdata[i];
      g_autoptr (GError) local_error = NULL;

      if (!ttecomm_portfolio_item_is_on_offer (item))
        continue;
      if (ttecomm_purchase_add (self->purchase, item->installation->id, SERVICE, &local_error))
        {
          ttecomm_model_basket_name_line (self, item->installation->id);
          n++;
          continue;
        }
      if (n > 0
          && g_error_matches (local_error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_FULL))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

void
ttecomm_model_portfolio_buy (TtecommModel *self,
                             TtecommModelOperation *operation,
                             const char *argument,
                             JsonObject *inputs)
{
  g_autoptr (GError) error = NULL;

  if (!can_buy (self, operation))
    return;
  if (!add_listed (self, &error))
    ttecomm_model_end_with (self, operation->op, error);
  else
    ttecomm_model_end_with (self, operation->op, NULL);
}
