/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/purchase-private.h"

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

TtecommOrderRecord *
ttecomm_purchase_get_record (TtecommPurchase *self)
{
  return self->watch != NULL ? ttecomm_order_watch_get_record (self->watch) : NULL;
}

void
ttecomm_purchase_end_watch (TtecommPurchase *self)
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

  if (self->folder != NULL
      && !ttecomm_order_record_remove (ttecomm_purchase_get_record (self), self->folder, &error))
    g_debug ("the record of a finished order could not be removed: %s", error->message);
  ttecomm_purchase_end_watch (self);
  ttecomm_purchase_renew_search (self);
}

static void
keep_order_id (TtecommPurchase *self)
{
  g_autoptr (GError) error = NULL;
  TtecommOrderRecord *record = ttecomm_purchase_get_record (self);

  if (record == NULL || record->order_id != NULL)
    return;
  record->order_id = g_strdup (self->order->id);
  /* Without the number the key finds the same order again. */
  if (!ttecomm_order_record_save (record, self->folder, &error))
    g_debug ("the order's number could not be added to its record: %s", error->message);
}

/* What was paid for is wanted no more; what was not is in the basket, as the person had it. */
static void
settle_basket (TtecommPurchase *self, const TtecommOrderRecord *record)
{
  ttecomm_basket_drop_quote (self->basket);
  if (self->state != TTECOMM_PURCHASE_PAID)
    {
      if (ttecomm_basket_is_empty (self->basket))
        ttecomm_basket_set_po (self->basket, record->po);
      ttecomm_basket_put_back (self->basket, record->lines);
      return;
    }
  if (g_strcmp0 (self->basket->po, record->po) == 0)
    ttecomm_basket_set_po (self->basket, NULL);
  ttecomm_basket_take_out (self->basket, record->lines);
}

static void
take_end (TtecommPurchase *self)
{
  settle_basket (self, ttecomm_purchase_get_record (self));
  forget_order (self);
  if (self->state == TTECOMM_PURCHASE_PAID)
    ttecomm_purchase_emit_paid (self);
}

static void
take_order (TtecommPurchase *self, TtecommOrder *order)
{
  gboolean is_new = self->order == NULL || !g_str_equal (self->order->id, order->id);
  gboolean person_pays = self->paying != NULL && order->checkout_url != NULL;

  if (!ttecomm_purchase_step (self, event_of_order (order->state), NULL))
    return;
  ttecomm_order_ref (order);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  self->order = order;
  self->offline = FALSE;
  ttecomm_purchase_set_error (self, NULL);
  if (self->state != TTECOMM_PURCHASE_WAITING)
    take_end (self);
  else
    {
      keep_order_id (self);
      if (is_new && person_pays)
        ttecomm_purchase_emit_open_url (self, order->checkout_url);
    }
  finish_paying (self, NULL);
  ttecomm_purchase_emit_changed (self);
  ttecomm_purchase_take_next_found (self);
}

static void
order_cb (TtecommOrderWatch *watch, TtecommOrder *order, TtecommPurchase *self)
{
  g_autoptr (TtecommPurchase) alive = g_object_ref (self);

  take_order (self, order);
}

/* Nothing was bought: the basket is as it was, the quote is spent. */
static void
refused_cb (TtecommOrderWatch *watch, const GError *error, TtecommPurchase *self)
{
  g_autoptr (TtecommPurchase) alive = g_object_ref (self);
  gboolean was_sending = ttecomm_purchase_get_record (self)->order_id == NULL;

  if (!ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_ORDER_REFUSED, NULL))
    return;
  self->offline = FALSE;
  ttecomm_purchase_set_error (self, error);
  settle_basket (self, ttecomm_purchase_get_record (self));
  forget_order (self);
  if (ttecomm_basket_is_empty (self->basket))
    self->state = TTECOMM_PURCHASE_EMPTY;
  finish_paying (self, error);
  ttecomm_purchase_emit_changed (self);
  /* Perhaps because an order for the same waits already: it is offered instead. One that is listed
   * and yet not to be had would be found for ever. */
  if (was_sending)
    ttecomm_purchase_search (self);
  ttecomm_purchase_take_next_found (self);
}

static void
silence_cb (TtecommOrderWatch *watch, const GError *error, TtecommPurchase *self)
{
  g_autoptr (TtecommPurchase) alive = g_object_ref (self);
  g_autoptr (GError) unknown = NULL;

  self->offline = TRUE;
  ttecomm_purchase_set_error (self, error);
  unknown = g_error_new (TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_UNKNOWN,
                         "whether the order arrived is not known yet: %s", error->message);
  finish_paying (self, unknown);
  ttecomm_purchase_emit_changed (self);
}

void
ttecomm_purchase_start_watch (TtecommPurchase *self, TtecommOrderRecord *record)
{
  ttecomm_purchase_end_watch (self);
  self->watch = ttecomm_order_watch_new (self->client, record, self->second_ms);
  g_signal_connect (self->watch, "order", G_CALLBACK (order_cb), self);
  g_signal_connect (self->watch, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect (self->watch, "silence", G_CALLBACK (silence_cb), self);
  ttecomm_order_watch_nudge (self->watch);
}

static gboolean
check_pay (TtecommPurchase *self, GError **error)
{
  TtecommPurchaseState next;

  if (!ttecomm_purchase_next (self->state, TTECOMM_PURCHASE_EVENT_PAY, &next))
    return ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_PAY, error);
  if (self->basket->has_accepted)
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
  /* It may be there all the same, not yet durable: the next start would send what the person is
   * told was not sent. */
  if (self->folder != NULL && !ttecomm_order_record_remove (record, self->folder, NULL))
    g_debug ("the record of an order that was not sent stays behind");
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
  record = ttecomm_basket_make_record (self->basket, self->origin, self->account);
  if (!write_down (self, record, &error))
    {
      ttecomm_purchase_set_error (self, error);
      ttecomm_purchase_emit_changed (self);
      g_task_return_error (task, error);
      return;
    }
  if (!ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_PAY, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->paying = g_steal_pointer (&task);
  ttecomm_purchase_set_error (self, NULL);
  self->order_is_found = FALSE;
  ttecomm_purchase_start_watch (self, g_steal_pointer (&record));
  ttecomm_purchase_emit_changed (self);
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
  ttecomm_purchase_emit_open_url (self, self->order->checkout_url);
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

  if (order != NULL && self->watch != NULL
      && g_str_equal (order->key, ttecomm_purchase_get_record (self)->key))
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
  g_autofree char *digest = NULL;
  g_autofree char *key = NULL;

  g_task_set_source_tag (task, ttecomm_purchase_cancel_async);
  if (self->state != TTECOMM_PURCHASE_WAITING || self->watch == NULL || self->order == NULL)
    {
      g_task_return_new_error (task, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE,
                               "no order is waiting for its payment");
      return;
    }
  /* The order's own key may be another program's, and too long for a word before it. */
  digest = ttecomm_order_record_derive_key (self->account, self->order->id);
  key = g_strconcat ("cancel-", digest, NULL);
  ttecomm_client_cancel_order_async (self->client, self->order->id, key, &TTECOMM_LIMITS_CLICK,
                                     self->cancellable, cancel_cb, g_steal_pointer (&task));
}

gboolean
ttecomm_purchase_cancel_finish (TtecommPurchase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ttecomm_purchase_nudge (TtecommPurchase *self)
{
  if (self->watch != NULL)
    ttecomm_order_watch_nudge (self->watch);
  ttecomm_purchase_nudge_search (self);
}

void
ttecomm_purchase_stop (TtecommPurchase *self)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");

  g_cancellable_cancel (self->cancellable);
  ttecomm_purchase_abandon_quote (self);
  ttecomm_purchase_end_watch (self);
  ttecomm_purchase_end_search (self);
  finish_paying (self, error);
}
