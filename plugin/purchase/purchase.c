/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/purchase.h"

#include "plugin/purchase/order-watch.h"
#include "plugin/purchase/purchase-state.h"

#define MAX_SERVICES 64

struct _TtecommPurchase
{
  GObject parent_instance;

  TtecommClient *client; /* (owned) */
  char *origin;          /* (owned) */
  char *account;         /* (owned) */
  char *folder;          /* (owned) (nullable) */
  guint second_ms;

  char *installation;  /* (owned) (nullable) of the open file */
  GPtrArray *services; /* (owned) (element-type utf8) */
  TtecommPurchaseState state;
  TtecommQuote *quote; /* (owned) (nullable) */
  gboolean terms_accepted;
  TtecommOrder *order; /* (owned) (nullable) the last one known */
  GError *error;       /* (owned) (nullable) */
  gboolean offline;

  TtecommOrderWatch *watch; /* (owned) (nullable) of the order on its way */
  GPtrArray
      *found; /* (owned) (element-type TtecommOrderRecord) of earlier runs, still to be asked for */
  GTask *paying;             /* (owned) (nullable) who waits for the order to exist */
  GCancellable *cancellable; /* (owned) cancelled by stop */
};

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

static void take_next_found (TtecommPurchase *self);

static void
emit_changed (TtecommPurchase *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_error (TtecommPurchase *self, const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

static void
drop_quote (TtecommPurchase *self)
{
  g_clear_pointer (&self->quote, ttecomm_quote_unref);
  self->terms_accepted = FALSE;
}

/* All changes of state pass here; what does not fit is refused by name, never done half. */
static gboolean
step (TtecommPurchase *self, TtecommPurchaseEvent event, GError **error)
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

static void
finish_paying (TtecommPurchase *self, const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->paying);

  if (task == NULL)
    return;
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

static TtecommPurchaseEvent
event_of_order (TtecommOrderState state)
{
  switch (state)
    {
    case TTECOMM_ORDER_STATE_PAID:
      return TTECOMM_PURCHASE_EVENT_ORDER_PAID;
    case TTECOMM_ORDER_STATE_FAILED:
      return TTECOMM_PURCHASE_EVENT_ORDER_FAILED;
    case TTECOMM_ORDER_STATE_CANCELLED:
      return TTECOMM_PURCHASE_EVENT_ORDER_CANCELLED;
    case TTECOMM_ORDER_STATE_EXPIRED:
      return TTECOMM_PURCHASE_EVENT_ORDER_EXPIRED;
    case TTECOMM_ORDER_STATE_PENDING:
    default:
      return TTECOMM_PURCHASE_EVENT_ORDER_PENDING;
    }
}

static TtecommOrderRecord *
get_record (TtecommPurchase *self)
{
  return self->watch != NULL ? ttecomm_order_watch_get_record (self->watch) : NULL;
}

static void
end_watch (TtecommPurchase *self)
{
  if (self->watch == NULL)
    return;
  ttecomm_order_watch_stop (self->watch);
  g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
}

/* The end of an order is known: its record has done its work. One that cannot be removed is asked
 * for again at the next start and found to have ended, so nothing but a question is lost. */
static void
forget_order (TtecommPurchase *self)
{
  g_autoptr (GError) error = NULL;

  if (self->watch == NULL)
    return;
  if (!ttecomm_order_record_remove (get_record (self), self->folder, &error))
    g_debug ("the record of a finished order could not be removed: %s", error->message);
  end_watch (self);
}

static void
keep_order_id (TtecommPurchase *self)
{
  g_autoptr (GError) error = NULL;
  TtecommOrderRecord *record = get_record (self);

  if (record == NULL || record->order_id != NULL)
    return;
  record->order_id = g_strdup (self->order->id);
  /* Without the number the key finds the same order again. */
  if (!ttecomm_order_record_save (record, self->folder, &error))
    g_debug ("the order's number could not be added to its record: %s", error->message);
}

static void
take_end (TtecommPurchase *self)
{
  forget_order (self);
  drop_quote (self);
  if (self->state == TTECOMM_PURCHASE_PAID)
    {
      g_ptr_array_set_size (self->services, 0);
      g_signal_emit (self, signals[PAID], 0);
    }
}

static void
take_order (TtecommPurchase *self, TtecommOrder *order)
{
  gboolean is_new = self->order == NULL || !g_str_equal (self->order->id, order->id);
  gboolean person_pays = self->paying != NULL && order->checkout_url != NULL;

  if (!step (self, event_of_order (order->state), NULL))
    return;
  ttecomm_order_ref (order);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  self->order = order;
  self->offline = FALSE;
  set_error (self, NULL);
  if (self->state != TTECOMM_PURCHASE_WAITING)
    take_end (self);
  else
    {
      keep_order_id (self);
      if (is_new && person_pays)
        g_signal_emit (self, signals[OPEN_URL], 0, order->checkout_url);
    }
  finish_paying (self, NULL);
  emit_changed (self);
}

static void
order_cb (TtecommOrderWatch *watch, TtecommOrder *order, TtecommPurchase *self)
{
  g_autoptr (TtecommPurchase) alive = g_object_ref (self);

  take_order (self, order);
  take_next_found (self);
}

/* Nothing was bought: the basket is as it was, the quote is spent. */
static void
refused_cb (TtecommOrderWatch *watch, const GError *error, TtecommPurchase *self)
{
  g_autoptr (TtecommPurchase) alive = g_object_ref (self);

  if (!step (self, TTECOMM_PURCHASE_EVENT_ORDER_REFUSED, NULL))
    return;
  if (self->services->len == 0)
    self->state = TTECOMM_PURCHASE_EMPTY;
  self->offline = FALSE;
  set_error (self, error);
  forget_order (self);
  drop_quote (self);
  finish_paying (self, error);
  emit_changed (self);
  take_next_found (self);
}

static void
silence_cb (TtecommOrderWatch *watch, const GError *error, TtecommPurchase *self)
{
  g_autoptr (TtecommPurchase) alive = g_object_ref (self);
  g_autoptr (GError) unknown = NULL;

  self->offline = TRUE;
  set_error (self, error);
  unknown = g_error_new (TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_UNKNOWN,
                         "whether the order arrived is not known yet: %s", error->message);
  finish_paying (self, unknown);
  emit_changed (self);
}

/* @record: (transfer full) */
static void
start_watch (TtecommPurchase *self, TtecommOrderRecord *record)
{
  end_watch (self);
  self->watch = ttecomm_order_watch_new (self->client, record, self->second_ms);
  g_signal_connect (self->watch, "order", G_CALLBACK (order_cb), self);
  g_signal_connect (self->watch, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect (self->watch, "silence", G_CALLBACK (silence_cb), self);
  ttecomm_order_watch_nudge (self->watch);
}

/* Orders of earlier runs, one after the other, when no other is on its way. */
static void
take_next_found (TtecommPurchase *self)
{
  TtecommOrderRecord *record;

  if (self->found->len == 0 || self->watch != NULL
      || !step (self, TTECOMM_PURCHASE_EVENT_FOUND, NULL))
    return;
  record = g_ptr_array_steal_index (self->found, 0);
  drop_quote (self);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  g_ptr_array_set_size (self->services, 0);
  for (gsize i = 0; record->services[i] != NULL; i++)
    g_ptr_array_add (self->services, g_strdup (record->services[i]));
  start_watch (self, record);
  emit_changed (self);
}

static gboolean
has_service (TtecommPurchase *self, const char *service, guint *index)
{
  return g_ptr_array_find_with_equal_func (self->services, service, g_str_equal, index);
}

static gboolean
basket_changed (TtecommPurchase *self, GError **error)
{
  TtecommPurchaseEvent event = self->services->len > 0 ? TTECOMM_PURCHASE_EVENT_BASKET_FILLED
                                                       : TTECOMM_PURCHASE_EVENT_BASKET_EMPTIED;

  if (!step (self, event, error))
    return FALSE;
  drop_quote (self);
  set_error (self, NULL);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  emit_changed (self);
  return TRUE;
}

static gboolean
check_open (TtecommPurchase *self, GError **error)
{
  if (ttecomm_purchase_state_is_open (self->state))
    return TRUE;
  return step (self, TTECOMM_PURCHASE_EVENT_BASKET_FILLED, error);
}

gboolean
ttecomm_purchase_add (TtecommPurchase *self, const char *service, GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (has_service (self, service, NULL))
    return TRUE;
  if (self->installation == NULL || self->services->len >= MAX_SERVICES)
    {
      g_set_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                   self->installation == NULL ? "no installation is open" : "the basket is full");
      return FALSE;
    }
  g_ptr_array_add (self->services, g_strdup (service));
  return basket_changed (self, error);
}

gboolean
ttecomm_purchase_remove (TtecommPurchase *self, const char *service, GError **error)
{
  guint index;

  if (!check_open (self, error))
    return FALSE;
  if (!has_service (self, service, &index))
    return TRUE;
  g_ptr_array_remove_index (self->services, index);
  return basket_changed (self, error);
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
  self->terms_accepted = accepted;
  emit_changed (self);
  return TRUE;
}

static void
quote_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommPurchase *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommQuote) quote
      = ttecomm_client_quote_finish (TTECOMM_CLIENT (source), result, &error);

  if (quote == NULL)
    {
      gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      if (step (self, TTECOMM_PURCHASE_EVENT_QUOTE_FAILED, NULL))
        set_error (self, cancelled ? NULL : error);
      emit_changed (self);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (step (self,
            quote->quote_id != NULL ? TTECOMM_PURCHASE_EVENT_QUOTED
                                    : TTECOMM_PURCHASE_EVENT_BLOCKED,
            NULL))
    self->quote = g_steal_pointer (&quote);
  emit_changed (self);
  g_task_return_boolean (task, TRUE);
}

void
ttecomm_purchase_quote_async (TtecommPurchase *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree TtecommQuoteRequestLine *lines = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, ttecomm_purchase_quote_async);
  if (self->services->len == 0 || !step (self, TTECOMM_PURCHASE_EVENT_ASK_QUOTE, &error))
    {
      if (error == NULL)
        error = g_error_new (TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                             "the basket is empty");
      g_task_return_error (task, error);
      return;
    }
  drop_quote (self);
  set_error (self, NULL);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  lines = g_new0 (TtecommQuoteRequestLine, self->services->len);
  for (guint i = 0; i < self->services->len; i++)
    {
      lines[i].action = TTECOMM_QUOTE_ACTION_BUY;
      lines[i].installation = self->installation;
      lines[i].service = g_ptr_array_index (self->services, i);
    }
  ttecomm_client_quote_async (self->client, lines, self->services->len, &TTECOMM_LIMITS_ORDINARY,
                              cancellable, quote_cb, g_steal_pointer (&task));
  emit_changed (self);
}

gboolean
ttecomm_purchase_quote_finish (TtecommPurchase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static TtecommOrderRecord *
record_of_quote (TtecommPurchase *self)
{
  TtecommOrderRecord *record = g_new0 (TtecommOrderRecord, 1);

  record->origin = g_strdup (self->origin);
  record->account = g_strdup (self->account);
  record->installation = g_strdup (self->installation);
  record->services = g_new0 (char *, self->services->len + 1);
  for (guint i = 0; i < self->services->len; i++)
    record->services[i] = g_strdup (g_ptr_array_index (self->services, i));
  record->quote_id = g_strdup (self->quote->quote_id);
  record->key = ttecomm_order_record_derive_key (self->account, self->quote->quote_id);
  record->terms = g_strdup (self->quote->terms_of_sale->version);
  return record;
}

static gboolean
check_pay (TtecommPurchase *self, GError **error)
{
  TtecommPurchaseState next;

  if (!ttecomm_purchase_next (self->state, TTECOMM_PURCHASE_EVENT_PAY, &next))
    return step (self, TTECOMM_PURCHASE_EVENT_PAY, error);
  if (self->terms_accepted)
    return TRUE;
  g_set_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_TERMS,
               "the terms of sale have not been accepted");
  return FALSE;
}

static gboolean
write_down (TtecommPurchase *self, const TtecommOrderRecord *record, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (self->folder != NULL && ttecomm_order_record_save (record, self->folder, &local_error))
    return TRUE;
  g_set_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_RECORD,
               "the order could not be written down, so it was not sent: %s",
               local_error != NULL ? local_error->message : "the host names no data-dir");
  return FALSE;
}

void
ttecomm_purchase_pay_async (TtecommPurchase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (TtecommOrderRecord) record = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, ttecomm_purchase_pay_async);
  if (!check_pay (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  record = record_of_quote (self);
  if (!write_down (self, record, &error))
    {
      set_error (self, error);
      emit_changed (self);
      g_task_return_error (task, error);
      return;
    }
  if (!step (self, TTECOMM_PURCHASE_EVENT_PAY, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->paying = g_steal_pointer (&task);
  set_error (self, NULL);
  start_watch (self, g_steal_pointer (&record));
  emit_changed (self);
}

gboolean
ttecomm_purchase_pay_finish (TtecommPurchase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
ttecomm_purchase_open_checkout (TtecommPurchase *self, GError **error)
{
  if (self->state != TTECOMM_PURCHASE_WAITING || self->order == NULL
      || self->order->checkout_url == NULL)
    {
      g_set_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                   "no order is waiting for its payment");
      return FALSE;
    }
  g_signal_emit (self, signals[OPEN_URL], 0, self->order->checkout_url);
  ttecomm_purchase_nudge (self);
  return TRUE;
}

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommPurchase *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommOrder) order
      = ttecomm_client_cancel_order_finish (TTECOMM_CLIENT (source), result, &error);

  if (order != NULL && self->watch != NULL && g_str_equal (order->key, get_record (self)->key))
    take_order (self, order);
  else
    ttecomm_purchase_nudge (self);
  if (order == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
ttecomm_purchase_cancel_async (TtecommPurchase *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *key = NULL;

  g_task_set_source_tag (task, ttecomm_purchase_cancel_async);
  if (self->state != TTECOMM_PURCHASE_WAITING || self->watch == NULL || self->order == NULL)
    {
      g_task_return_new_error (task, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                               "no order is waiting for its payment");
      return;
    }
  key = g_strconcat ("cancel-", get_record (self)->key, NULL);
  ttecomm_client_cancel_order_async (self->client, self->order->id, key, &TTECOMM_LIMITS_CLICK,
                                     self->cancellable, cancel_cb, g_steal_pointer (&task));
}

gboolean
ttecomm_purchase_cancel_finish (TtecommPurchase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

guint
ttecomm_purchase_recover (TtecommPurchase *self)
{
  g_autoptr (GPtrArray) records = NULL;
  TtecommOrderRecord *mine = get_record (self);
  guint n_odd = 0;

  if (self->folder == NULL)
    return 0;
  records = ttecomm_order_record_load_all (self->folder, self->origin, self->account, &n_odd);
  g_ptr_array_set_size (self->found, 0);
  while (records->len > 0)
    {
      TtecommOrderRecord *record = g_ptr_array_steal_index (records, 0);

      if (mine != NULL && g_str_equal (mine->key, record->key))
        ttecomm_order_record_free (record);
      else
        g_ptr_array_add (self->found, record);
    }
  take_next_found (self);
  return n_odd;
}

void
ttecomm_purchase_nudge (TtecommPurchase *self)
{
  if (self->watch != NULL)
    ttecomm_order_watch_nudge (self->watch);
}

void
ttecomm_purchase_stop (TtecommPurchase *self)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");

  g_cancellable_cancel (self->cancellable);
  end_watch (self);
  finish_paying (self, error);
}

void
ttecomm_purchase_set_installation (TtecommPurchase *self, const char *installation)
{
  if (g_strcmp0 (self->installation, installation) == 0)
    return;
  g_free (self->installation);
  self->installation = g_strdup (installation);
  if (!ttecomm_purchase_state_is_open (self->state) || self->services->len == 0)
    return;
  g_ptr_array_set_size (self->services, 0);
  if (!basket_changed (self, NULL))
    g_warn_if_reached ();
}

void
ttecomm_purchase_set_pace (TtecommPurchase *self, guint second_ms)
{
  self->second_ms = second_ms;
}

TtecommPurchaseView *
ttecomm_purchase_get_view (TtecommPurchase *self)
{
  g_autoptr (GStrvBuilder) services = g_strv_builder_new ();
  TtecommPurchaseView view = {
    .state = self->state,
    .quote = self->quote,
    .terms_accepted = self->terms_accepted,
    .order = self->order,
    .error = self->error,
    .offline = self->offline,
  };
  TtecommPurchaseView *copy;

  for (guint i = 0; i < self->services->len; i++)
    g_strv_builder_add (services, g_ptr_array_index (self->services, i));
  view.services = g_strv_builder_end (services);
  copy = ttecomm_purchase_view_copy (&view);
  g_strfreev (view.services);
  return copy;
}

static void
ttecomm_purchase_finalize (GObject *object)
{
  TtecommPurchase *self = TTECOMM_PURCHASE (object);

  end_watch (self);
  drop_quote (self);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->paying);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->origin);
  g_free (self->account);
  g_free (self->folder);
  g_free (self->installation);
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
  self->services = g_ptr_array_new_with_free_func (g_free);
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
