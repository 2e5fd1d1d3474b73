/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/order-watch.h"

#define LONG_POLL_S 20
#define MAX_PAUSE_S 60

struct _TtecommOrderWatch
{
  GObject parent_instance;

  TtecommClient *client;      /* (owned) */
  TtecommOrderRecord *record; /* (owned) */
  guint second_ms;
  gint64 duration_us; /* from one nudge on */

  GCancellable *cancellable; /* (owned) cancelled by stop */
  GSource *timer;            /* (owned) (nullable) the next question */
  gboolean asking;           /* a question is on its way */
  gboolean seen;             /* an answer has come: from now on it may take its time */
  guint pause_s;
  gint64 until; /* monotonic, µs */
};

G_DEFINE_FINAL_TYPE (TtecommOrderWatch, ttecomm_order_watch, G_TYPE_OBJECT)

enum
{
  ORDER,
  REFUSED,
  SILENCE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void ask (TtecommOrderWatch *self);

static void
clear_timer (TtecommOrderWatch *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
timer_cb (gpointer data)
{
  TtecommOrderWatch *self = data;

  g_clear_pointer (&self->timer, g_source_unref);
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
ask_later (TtecommOrderWatch *self, guint seconds)
{
  clear_timer (self);
  if (g_get_monotonic_time () >= self->until)
    return;
  self->timer = g_timeout_source_new (seconds * self->second_ms);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* TTcloud itself says that there is no order: it refuses to make one under this key, or does not
 * know the number that it gave. Everything else leaves it open. */
static gboolean
is_a_definite_no (const GError *error, gboolean was_sending)
{
  const TtecommProblem *problem = ttecomm_cloud_error_get_problem (error);

  if (g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID))
    return was_sending;
  if (!g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM))
    return FALSE;
  return was_sending || (problem != NULL && problem->name == TTECOMM_PROBLEM_NOT_FOUND);
}

static void
take_error (TtecommOrderWatch *self, const GError *error, gboolean was_sending)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (is_a_definite_no (error, was_sending))
    {
      clear_timer (self);
      g_signal_emit (self, signals[REFUSED], 0, error);
      return;
    }
  self->pause_s = self->pause_s == 0 ? 2 : MIN (self->pause_s * 2, MAX_PAUSE_S);
  ask_later (self, self->pause_s);
  g_signal_emit (self, signals[SILENCE], 0, error);
}

static void
take_order (TtecommOrderWatch *self, TtecommOrder *order)
{
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!g_str_equal (order->key, self->record->key))
    {
      error = g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED,
                           "TTcloud answered with another order than the one asked for");
      take_error (self, error, FALSE);
      return;
    }
  self->seen = TRUE;
  self->pause_s = 0;
  if (order->state == TTECOMM_ORDER_STATE_PENDING)
    ask_later (self, 1);
  g_signal_emit (self, signals[ORDER], 0, order);
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommOrderWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommOrder) order
      = ttecomm_client_order_finish (TTECOMM_CLIENT (source), result, &error);

  self->asking = FALSE;
  if (order != NULL)
    take_order (self, order);
  else
    take_error (self, error, TRUE);
}

static void
state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommOrderWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommOrder) order
      = ttecomm_client_order_state_finish (TTECOMM_CLIENT (source), result, &error);

  self->asking = FALSE;
  if (order != NULL)
    take_order (self, order);
  else
    take_error (self, error, FALSE);
}

static void
ask (TtecommOrderWatch *self)
{
  if (self->asking || g_cancellable_is_cancelled (self->cancellable))
    return;
  clear_timer (self);
  self->asking = TRUE;
  if (self->record->order_id == NULL)
    ttecomm_client_order_async (self->client, self->record->quote_id, self->record->terms,
                                self->record->po, self->record->key, &TTECOMM_LIMITS_ORDINARY,
                                self->cancellable, order_cb, g_object_ref (self));
  else
    ttecomm_client_order_state_async (self->client, self->record->order_id,
                                      self->seen ? LONG_POLL_S : 0, &TTECOMM_LIMITS_ORDINARY,
                                      self->cancellable, state_cb, g_object_ref (self));
}

void
ttecomm_order_watch_nudge (TtecommOrderWatch *self)
{
  self->pause_s = 0;
  self->until = g_get_monotonic_time () + self->duration_us;
  ask (self);
}

void
ttecomm_order_watch_stop (TtecommOrderWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  clear_timer (self);
}

void
ttecomm_order_watch_set_duration (TtecommOrderWatch *self, guint milliseconds)
{
  self->duration_us = (gint64)milliseconds * G_TIME_SPAN_MILLISECOND;
}

TtecommOrderRecord *
ttecomm_order_watch_get_record (TtecommOrderWatch *self)
{
  return self->record;
}

static void
ttecomm_order_watch_finalize (GObject *object)
{
  TtecommOrderWatch *self = TTECOMM_ORDER_WATCH (object);

  clear_timer (self);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->record, ttecomm_order_record_free);
  G_OBJECT_CLASS (ttecomm_order_watch_parent_class)->finalize (object);
}

static void
ttecomm_order_watch_class_init (TtecommOrderWatchClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ttecomm_order_watch_finalize;
  signals[ORDER] = g_signal_new ("order", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_POINTER);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SILENCE] = g_signal_new ("silence", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
ttecomm_order_watch_init (TtecommOrderWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->duration_us = TTECOMM_ORDER_WATCH_SECONDS * G_TIME_SPAN_SECOND;
}

TtecommOrderWatch *
ttecomm_order_watch_new (TtecommClient *client, TtecommOrderRecord *record, guint second_ms)
{
  TtecommOrderWatch *self = g_object_new (TTECOMM_TYPE_ORDER_WATCH, NULL);

  self->client = g_object_ref (client);
  self->record = record;
  self->second_ms = second_ms;
  return self;
}
