/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/purchase-private.h"

/* Between two questions for pending orders that had no answer, in s. */
#define FIRST_PAUSE_S 2
#define MAX_PAUSE_S (15 * 60)

void
ttecomm_purchase_take_next_found (TtecommPurchase *self)
{
  if (self->found->len == 0 || self->watch != NULL
      || !ttecomm_purchase_step (self, TTECOMM_PURCHASE_EVENT_FOUND, NULL))
    return;
  /* The quote in the basket is not this order's. */
  ttecomm_basket_drop_quote (self->basket);
  g_clear_pointer (&self->order, ttecomm_order_unref);
  self->order_is_found = TRUE;
  ttecomm_purchase_start_watch (self, g_ptr_array_steal_index (self->found, 0));
  ttecomm_purchase_emit_changed (self);
}

static gboolean
is_known (TtecommPurchase *self, const char *key)
{
  const TtecommOrderRecord *mine = ttecomm_purchase_get_record (self);

  if (mine != NULL && g_str_equal (mine->key, key))
    return TRUE;
  for (guint i = 0; i < self->found->len; i++)
    if (g_str_equal (((TtecommOrderRecord *)self->found->pdata[i])->key, key))
      return TRUE;
  return FALSE;
}

/* @record: (transfer full) */
static void
add_found (TtecommPurchase *self, TtecommOrderRecord *record)
{
  if (is_known (self, record->key))
    ttecomm_order_record_free (record);
  else
    g_ptr_array_add (self->found, record);
}

/* -- by their records -- */

guint
ttecomm_purchase_recover (TtecommPurchase *self)
{
  g_autoptr (GPtrArray) records = NULL;
  guint n_odd = 0;

  g_ptr_array_set_size (self->found, 0);
  if (self->folder != NULL)
    {
      records = ttecomm_order_record_load_all (self->folder, self->origin, self->account, &n_odd);
      while (records->len > 0)
        add_found (self, g_ptr_array_steal_index (records, 0));
    }
  ttecomm_purchase_take_next_found (self);
  ttecomm_purchase_search (self);
  return n_odd;
}

/* -- at TTcloud -- */

static void
clear_timer (TtecommPurchase *self)
{
  if (self->search_timer != NULL)
    g_source_destroy (self->search_timer);
  g_clear_pointer (&self->search_timer, g_source_unref);
}

static gboolean
timer_cb (gpointer data)
{
  ttecomm_purchase_search (data);
  return G_SOURCE_REMOVE;
}

static void
search_later (TtecommPurchase *self)
{
  guint pause_s = self->search_pause_s;

  self->search_pause_s = pause_s == 0 ? FIRST_PAUSE_S : MIN (pause_s * 2, MAX_PAUSE_S);
  self->search_timer = g_timeout_source_new (self->search_pause_s * self->second_ms);
  g_source_set_callback (self->search_timer, timer_cb, self, NULL);
  g_source_attach (self->search_timer, g_main_context_get_thread_default ());
}

/* What one question carries. */
typedef struct
{
  GWeakRef purchase; /* may be gone when the answer comes */
  GCancellable *own; /* (owned) */
} Question;

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->purchase);
  g_object_unref (question->own);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
orders_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (TtecommPurchase) self = g_weak_ref_get (&question->purchase);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders
      = ttecomm_client_orders_finish (TTECOMM_CLIENT (source), result, &error);

  if (self == NULL || self->searching != question->own)
    return;
  g_clear_object (&self->searching);
  if (orders == NULL)
    {
      g_debug ("pending orders could not be asked for: %s", error->message);
      search_later (self);
      return;
    }
  self->search_pause_s = 0;
  for (guint i = 0; i < orders->len; i++)
    add_found (self,
               ttecomm_order_record_new_for_order (self->origin, self->account, orders->pdata[i]));
  ttecomm_purchase_take_next_found (self);
}

void
ttecomm_purchase_search (TtecommPurchase *self)
{
  Question *question;

  ttecomm_purchase_end_search (self);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->searching = g_cancellable_new ();
  question = g_new0 (Question, 1);
  g_weak_ref_init (&question->purchase, self);
  question->own = g_object_ref (self->searching);
  ttecomm_client_orders_async (self->client, TTECOMM_ORDER_STATE_PENDING, &TTECOMM_LIMITS_ORDINARY,
                               self->searching, orders_cb, question);
}

void
ttecomm_purchase_nudge_search (TtecommPurchase *self)
{
  if (self->search_timer == NULL)
    return;
  self->search_pause_s = 0;
  ttecomm_purchase_search (self);
}

void
ttecomm_purchase_renew_search (TtecommPurchase *self)
{
  if (self->searching != NULL)
    ttecomm_purchase_search (self);
}

void
ttecomm_purchase_end_search (TtecommPurchase *self)
{
  clear_timer (self);
  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
}
