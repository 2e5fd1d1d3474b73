/* SPDX-License-Identifier: MIT */
#include "plugin/page/portfolio.h"

/* A cursor may grow old while its list is read; a list that is so twice is given up. */
#define MAX_BEGINNINGS 2

struct _TtecommPortfolio
{
  GObject parent_instance;

  TtecommClient *client;      /* (owned) */
  TtecommClock *clock;        /* (owned) */
  TtecommPortfolioList *list; /* (owned) (nullable) */
  GError *error;              /* (owned) (nullable): of the last refresh */
  gint64 asked;

  /* The refresh under way. */
  GCancellable *cancellable; /* (owned) (nullable): NULL when none is */
  GPtrArray *coming;         /* (owned) (element-type TtecommInstallationSummary) */
  GHashTable *seen;          /* (owned): the ids of these, borrowed */
  guint n_beginnings;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (TtecommPortfolio, ttecomm_portfolio, G_TYPE_OBJECT)

static guint changed_signal;
static guint listed_signal;

static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
emit_changed (TtecommPortfolio *self)
{
  if (!self->stopped)
    g_signal_emit (self, changed_signal, 0);
}

typedef struct
{
  TtecommPortfolio *portfolio; /* (owned) */
  GCancellable *cancellable;   /* (owned): of the refresh that asked */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->portfolio);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
ask (TtecommPortfolio *self, const char *cursor)
{
  Question *question = g_new0 (Question, 1);

  question->portfolio = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  ttecomm_client_installations_async (self->client, cursor, TTECOMM_INSTALLATION_PAGE_MAX,
                                      &TTECOMM_LIMITS_ORDINARY, self->cancellable, page_cb,
                                      question);
}

static void
drop_coming (TtecommPortfolio *self)
{
  g_hash_table_remove_all (self->seen);
  g_ptr_array_set_size (self->coming, 0);
}

static void
begin (TtecommPortfolio *self)
{
  drop_coming (self);
  self->n_beginnings++;
  ask (self, NULL);
}

/* The refresh under way is over; @error (transfer full) (nullable). */
static void
finish (TtecommPortfolio *self, GError *error)
{
  drop_coming (self);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->error = error;
  emit_changed (self);
}

static GError *
refuse (const char *what)
{
  return g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED,
                      "The list of installations was not used: %s. Try again; if it happens again, "
                      "contact support.",
                      what);
}

/* Pages of a list that changed meanwhile must not show one installation twice. */
static GError *
take_page (TtecommPortfolio *self, const TtecommInstallationPage *page)
{
  if (self->coming->len + page->installations->len > TTECOMM_PORTFOLIO_MAX)
    return refuse ("it has more than " G_STRINGIFY (TTECOMM_PORTFOLIO_MAX) " installations");
  for (guint i = 0; i < page->installations->len; i++)
    {
      TtecommInstallationSummary *installation = page->installations->pdata[i];

      if (!g_hash_table_add (self->seen, installation->id))
        return refuse ("an installation is on two of its pages");
      g_ptr_array_add (self->coming, ttecomm_installation_summary_ref (installation));
    }
  return NULL;
}

static void
take_list (TtecommPortfolio *self, const GDate *today)
{
  g_clear_pointer (&self->list, ttecomm_portfolio_list_unref);
  self->list = ttecomm_portfolio_list_new (self->coming, today);
  if (!ttecomm_clock_get_wall (self->clock, &self->asked))
    self->asked = 0;
  if (!self->stopped)
    g_signal_emit (self, listed_signal, 0);
  finish (self, NULL);
}

static gboolean
is_old_cursor (TtecommPortfolio *self, const GError *error)
{
  const TtecommProblem *problem = ttecomm_cloud_error_get_problem (error);

  return problem != NULL && problem->name == TTECOMM_PROBLEM_INVALID && self->coming->len > 0
         && self->n_beginnings < MAX_BEGINNINGS;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  TtecommPortfolio *self = question->portfolio;
  GError *error = NULL;
  g_autoptr (TtecommInstallationPage) page
      = ttecomm_client_installations_finish (TTECOMM_CLIENT (source), result, &error);

  if (self->cancellable != question->cancellable)
    {
      g_clear_error (&error);
      return;
    }
  if (page == NULL && is_old_cursor (self, error))
    {
      g_clear_error (&error);
      begin (self);
      return;
    }
  if (page != NULL)
    error = take_page (self, page);
  if (error != NULL)
    finish (self, error);
  else if (page->next == NULL)
    take_list (self, &page->server_today);
  else
    {
      ask (self, page->next);
      emit_changed (self);
    }
}

void
ttecomm_portfolio_refresh (TtecommPortfolio *self)
{
  g_return_if_fail (TTECOMM_IS_PORTFOLIO (self));

  if (self->stopped || self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->n_beginnings = 0;
  begin (self);
  emit_changed (self);
}

/* A late answer finds another refresh, or none. */
static void
abandon (TtecommPortfolio *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_coming (self);
}

void
ttecomm_portfolio_refresh_afresh (TtecommPortfolio *self)
{
  g_return_if_fail (TTECOMM_IS_PORTFOLIO (self));

  abandon (self);
  ttecomm_portfolio_refresh (self);
}

void
ttecomm_portfolio_clear (TtecommPortfolio *self)
{
  g_return_if_fail (TTECOMM_IS_PORTFOLIO (self));

  abandon (self);
  g_clear_pointer (&self->list, ttecomm_portfolio_list_unref);
  g_clear_error (&self->error);
  self->asked = 0;
  emit_changed (self);
}

void
ttecomm_portfolio_stop (TtecommPortfolio *self)
{
  g_return_if_fail (TTECOMM_IS_PORTFOLIO (self));

  self->stopped = TRUE;
  abandon (self);
}

TtecommPortfolioList *
ttecomm_portfolio_get_list (TtecommPortfolio *self)
{
  return self->list;
}

const GError *
ttecomm_portfolio_get_error (TtecommPortfolio *self)
{
  return self->error;
}

gint64
ttecomm_portfolio_get_asked (TtecommPortfolio *self)
{
  return self->asked;
}

gboolean
ttecomm_portfolio_is_refreshing (TtecommPortfolio *self)
{
  return self->cancellable != NULL;
}

guint
ttecomm_portfolio_get_so_far (TtecommPortfolio *self)
{
  return self->coming->len;
}

static void
ttecomm_portfolio_finalize (GObject *object)
{
  TtecommPortfolio *self = TTECOMM_PORTFOLIO (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->list, ttecomm_portfolio_list_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (ttecomm_portfolio_parent_class)->finalize (object);
}

static void
ttecomm_portfolio_class_init (TtecommPortfolioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_portfolio_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  listed_signal = g_signal_new ("listed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
ttecomm_portfolio_init (TtecommPortfolio *self)
{
  self->coming
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_installation_summary_unref);
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);
}

TtecommPortfolio *
ttecomm_portfolio_new (TtecommClient *client, TtecommClock *clock)
{
  TtecommPortfolio *self = g_object_new (TTECOMM_TYPE_PORTFOLIO, NULL);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  return self;
}
