/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/purchase-private.h"

G_DEFINE_FINAL_TYPE (TtecommPurchase, ttecomm_purchase, G_TYPE_OBJECT)
G_DEFINE_QUARK (ttecomm - purchase - error - quark, ttecomm_purchase_error)

enum
{
  CHANGED,
  OPEN_URL,
  PAID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
ttecomm_purchase_emit_changed (TtecommPurchase *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
ttecomm_purchase_emit_open_url (TtecommPurchase *self, const char *url)
{
  g_signal_emit (self, signals[OPEN_URL], 0, url);
}

void
ttecomm_purchase_emit_paid (TtecommPurchase *self)
{
  g_signal_emit (self, signals[PAID], 0);
}

void
ttecomm_purchase_set_error (TtecommPurchase *self, const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

gboolean
ttecomm_purchase_step (TtecommPurchase *self, TtecommPurchaseEvent event, GError **error)
{
  TtecommPurchaseState next;

  if (!ttecomm_purchase_next (self->state, event, &next))
    {
      g_set_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                   "not while the purchase is \"%s\"",
                   ttecomm_purchase_state_to_string (self->state));
      return FALSE;
    }
  self->state = next;
  return TRUE;
}

/* The contents have changed: what was said of them before is over. */
static gboolean
basket_changed (TtecommPurchase *self, GError **error)
{
  TtecommPurchaseEvent event = ttecomm_basket_is_empty (self->basket)
                                   ? TTECOMM_PURCHASE_EVENT_BASKET_EMPTIED
                                   : TTECOMM_PURCHASE_EVENT_BASKET_FILLED;

  if (!ttecomm_purchase_step (self, event, error))
    return FALSE;
  ttecomm_purchase_set_error (self, NULL);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  ttecomm_purchase_emit_changed (self);
  return TRUE;
}

static gboolean
check_open (TtecommPurchase *self, GError **error)
{
  if (ttecomm_purchase_state_is_open (self->state))
    return TRUE;
  return ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_BASKET_FILLED, error);
}

static gboolean
refuse (int code, const char *why, GError **error)
{
  g_set_error_literal (error, TTECOMM_PURCHASE_ERROR, code, why);
  return FALSE;
}

gboolean
ttecomm_purchase_add (TtecommPurchase *self,
                      const char *installation,
                      const char *service,
                      GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (!ttecomm_client_is_id (installation) || !ttecomm_client_is_id (service))
    return refuse (TTECOMM_PURCHASE_ERROR_INVALID, "not the id of an installation or of a service",
                   error);
  if (ttecomm_basket_contains (self->basket, installation, service))
    return TRUE;
  if (!ttecomm_basket_add (self->basket, installation, service))
    return refuse (TTECOMM_PURCHASE_ERROR_FULL, "the basket is full", error);
  return basket_changed (self, error);
}

void
ttecomm_purchase_set_name (TtecommPurchase *self, const char *installation, const char *name)
{
  ttecomm_basket_set_name (self->basket, installation, name);
  ttecomm_purchase_emit_changed (self);
}

gboolean
ttecomm_purchase_remove (TtecommPurchase *self,
                         const char *installation,
                         const char *service,
                         GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (!ttecomm_basket_remove (self->basket, installation, service))
    return TRUE;
  return basket_changed (self, error);
}

gboolean
ttecomm_purchase_remove_blocked (TtecommPurchase *self, GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (ttecomm_basket_remove_blocked (self->basket) == 0)
    return refuse (TTECOMM_PURCHASE_ERROR_STATE,
                   "there is no quote that says what cannot be bought", error);
  return basket_changed (self, error);
}

gboolean
ttecomm_purchase_set_po (TtecommPurchase *self, const char *po, GError **error)
{
  const char *wanted = po != NULL && *po != '\0' ? po : NULL;

  if (!check_open (self, error))
    return FALSE;
  if (wanted != NULL && !ttecomm_basket_is_po (wanted))
    return refuse (TTECOMM_PURCHASE_ERROR_INVALID, "a PO reference is one line of at most 64 bytes",
                   error);
  if (g_strcmp0 (self->basket->po, wanted) == 0)
    return TRUE;
  ttecomm_basket_set_po (self->basket, wanted);
  ttecomm_purchase_emit_changed (self);
  return TRUE;
}

gboolean
ttecomm_purchase_accept (TtecommPurchase *self, gboolean accepted, GError **error)
{
  if (self->state != TTECOMM_PURCHASE_QUOTED)
    {
      g_set_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                   "there is no quote whose terms could be accepted");
      return FALSE;
    }
  ttecomm_basket_accept (self->basket, accepted);
  ttecomm_purchase_emit_changed (self);
  return TRUE;
}

/* What one question for a quote carries. */
typedef struct
{
  GCancellable *own;   /* (owned) what the question runs under */
  GSource *forwarding; /* (owned) (nullable) from the caller's to @own */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->forwarding != NULL)
    g_source_destroy (question->forwarding);
  g_clear_pointer (&question->forwarding, g_source_unref);
  g_object_unref (question->own);
  g_free (question);
}

static gboolean
asked_cancelled_cb (GCancellable *asked, gpointer own)
{
  g_cancellable_cancel (own);
  return G_SOURCE_REMOVE;
}

/* A source and no handler: whoever cancels may be the one who frees the question by that. */
static Question *
question_new (GCancellable *asked)
{
  Question *question = g_new0 (Question, 1);

  question->own = g_cancellable_new ();
  if (asked == NULL)
    return question;
  question->forwarding = g_cancellable_source_new (asked);
  g_source_set_callback (question->forwarding, G_SOURCE_FUNC (asked_cancelled_cb),
                         g_object_ref (question->own), g_object_unref);
  g_source_attach (question->forwarding, g_main_context_get_thread_default ());
  return question;
}

void
ttecomm_purchase_abandon_quote (TtecommPurchase *self)
{
  g_autoptr (GCancellable) quoting = g_steal_pointer (&self->quoting);

  if (quoting == NULL)
    return;
  if (!ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_QUOTE_FAILED, NULL))
    g_warn_if_reached ();
  g_cancellable_cancel (quoting);
}

/* The server's answer is for the basket as it is shown, or it is none. */
static gboolean
take_quote (TtecommPurchase *self, TtecommQuote *quote, GError **error)
{
  TtecommPurchaseEvent event
      = quote->quote_id != NULL ? TTECOMM_PURCHASE_EVENT_QUOTED : TTECOMM_PURCHASE_EVENT_BLOCKED;

  return ttecomm_basket_take_quote (self->basket, quote, error)
         && ttecomm_purchase_step (self, event, error);
}

static void
fail_quote (TtecommPurchase *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_QUOTE_FAILED, NULL))
    ttecomm_purchase_set_error (self, cancelled ? NULL : error);
}

/* Perhaps an order of this account waits for its payment already: it is offered instead. */
static gboolean
has_conflict (const TtecommQuote *quote)
{
  guint blockers = quote->blockers;

  for (guint i = 0; i < quote->lines->len; i++)
    blockers |= ((const TtecommQuoteLine *)quote->lines->pdata[i])->blockers;
  return (blockers & TTECOMM_BLOCKER_CONFLICT) != 0;
}

static void
quote_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommPurchase *self = g_task_get_source_object (task);
  const Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommQuote) quote
      = ttecomm_client_quote_finish (TTECOMM_CLIENT (source), result, &error);

  if (self->quoting != question->own)
    {
      /* An answer that came all the same is for a basket that is gone. */
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no longer wanted");
      return;
    }
  g_clear_object (&self->quoting);
  if (quote == NULL || !take_quote (self, quote, &error))
    fail_quote (self, error);
  else if (has_conflict (quote))
    ttecomm_purchase_search (self);
  ttecomm_purchase_emit_changed (self);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
  /* An order that was found meanwhile had to wait. */
  ttecomm_purchase_take_next_found (self);
}

static void
ask_quote (TtecommPurchase *self, GTask *task)
{
  const Question *question = g_task_get_task_data (task);
  g_autofree TtecommQuoteRequestLine *lines = NULL;

  ttecomm_basket_drop_quote (self->basket);
  ttecomm_purchase_set_error (self, NULL);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  self->quoting = g_object_ref (question->own);
  lines = ttecomm_basket_make_lines (self->basket);
  ttecomm_client_quote_async (self->client, lines, self->basket->lines->len,
                              &TTECOMM_LIMITS_ORDINARY, question->own, quote_cb,
                              g_object_ref (task));
  ttecomm_purchase_emit_changed (self);
}

void
ttecomm_purchase_quote_async (TtecommPurchase *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, ttecomm_purchase_quote_async);
  if (ttecomm_basket_is_empty (self->basket))
    g_task_return_new_error (task, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                             "the basket is empty");
  else if (!ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_ASK_QUOTE, &error))
    g_task_return_error (task, error);
  else
    {
      g_task_set_task_data (task, question_new (cancellable), question_free);
      ask_quote (self, task);
    }
}

gboolean
ttecomm_purchase_quote_finish (TtecommPurchase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ttecomm_purchase_set_pace (TtecommPurchase *self, guint second_ms)
{
  self->second_ms = second_ms;
}

TtecommPurchaseView *
ttecomm_purchase_get_view (TtecommPurchase *self)
{
  const TtecommOrderRecord *record = ttecomm_purchase_get_record (self);
  const TtecommPurchaseView view = {
    .state = self->state,
    .lines = record != NULL ? record->lines : self->basket->lines,
    .po = record != NULL ? record->po : self->basket->po,
    .quote = self->basket->quote,
    .n_blocked = ttecomm_basket_count_blocked (self->basket),
    .terms_accepted = self->basket->has_accepted,
    .order = self->order,
    .error = self->error,
    .offline = self->offline,
    .found = self->order_is_found,
  };

  return ttecomm_purchase_view_copy (&view);
}

static void
ttecomm_purchase_finalize (GObject *object)
{
  TtecommPurchase *self = TTECOMM_PURCHASE (object);

  ttecomm_purchase_end_watch (self);
  ttecomm_purchase_end_search (self);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->paying);
  g_clear_object (&self->quoting);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  g_clear_pointer (&self->basket, ttecomm_basket_free);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->origin);
  g_free (self->account);
  g_free (self->folder);
  G_OBJECT_CLASS (ttecomm_purchase_parent_class)->finalize (object);
}

static void
ttecomm_purchase_class_init (TtecommPurchaseClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ttecomm_purchase_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_URL] = g_signal_new ("open-url", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PAID]
      = g_signal_new ("paid", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ttecomm_purchase_init (TtecommPurchase *self)
{
  self->second_ms = 1000;
  self->basket = ttecomm_basket_new ();
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_order_record_free);
  self->cancellable = g_cancellable_new ();
}

TtecommPurchase *
ttecomm_purchase_new (TtecommClient *client,
                      const char *origin,
                      const char *account,
                      const char *folder)
{
  TtecommPurchase *self = g_object_new (TTECOMM_TYPE_PURCHASE, NULL);

  self->client = g_object_ref (client);
  self->origin = g_strdup (origin);
  self->account = g_strdup (account);
  self->folder = g_strdup (folder);
  return self;
}
