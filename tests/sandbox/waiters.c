/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/waiters.h"

typedef struct
{
  SandboxWorld *world;        /* (unowned): owns the list that this is in */
  SoupServerMessage *message; /* (owned) */
  char *order;                /* (owned): its id */
  GSource *deadline;          /* (owned) */
  gulong gone;                /* handler of the message's `finished` */
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  g_source_destroy (waiter->deadline);
  g_source_unref (waiter->deadline);
  g_signal_handler_disconnect (waiter->message, waiter->gone);
  g_object_unref (waiter->message);
  g_free (waiter->order);
  g_free (waiter);
}

/* Answers, and forgets it. */
static void
answer (Waiter *waiter)
{
  SandboxExchange exchange = { .world = waiter->world, .message = waiter->message };
  g_autoptr (SandboxOrder) order = NULL;
  g_autoptr (SoupServerMessage) message = g_object_ref (waiter->message);
  GPtrArray *waiters = waiter->world->waiters;

  order = sandbox_order_load (waiter->world, waiter->order);
  if (order != NULL)
    sandbox_exchange_reply_json (&exchange, SOUP_STATUS_OK,
                                 sandbox_order_to_json (waiter->world, order));
  else
    sandbox_exchange_problem (&exchange, "not_found", "The world was reset.");
  g_ptr_array_remove_fast (waiters, waiter);
  soup_server_message_unpause (message);
}

static gboolean
deadline_cb (gpointer data)
{
  answer (data);
  return G_SOURCE_REMOVE;
}

/* The client went away. */
static void
finished_cb (SoupServerMessage *message, gpointer data)
{
  Waiter *waiter = data;

  g_ptr_array_remove_fast (waiter->world->waiters, waiter);
}

void
sandbox_waiters_add (SandboxExchange *exchange, const SandboxOrder *order, guint seconds)
{
  SandboxWorld *world = exchange->world;
  Waiter *waiter = g_new0 (Waiter, 1);

  if (world->waiters == NULL)
    world->waiters = g_ptr_array_new_with_free_func (waiter_free);
  waiter->world = world;
  waiter->message = g_object_ref (exchange->message);
  waiter->order = g_strdup (order->id);
  waiter->gone = g_signal_connect (waiter->message, "finished", G_CALLBACK (finished_cb), waiter);
  waiter->deadline = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (waiter->deadline, deadline_cb, waiter, NULL);
  g_source_attach (waiter->deadline, g_main_context_get_thread_default ());
  g_ptr_array_add (world->waiters, waiter);
  soup_server_message_pause (exchange->message);
}

static gboolean
has_ended (const Waiter *waiter)
{
  return sandbox_database_int (waiter->world->db, 0,
                               "SELECT 1 FROM orders WHERE id = ? AND state = 'pending'", "s",
                               waiter->order)
         == 0;
}

void
sandbox_waiters_wake (SandboxWorld *world)
{
  for (guint i = world->waiters != NULL ? world->waiters->len : 0; i > 0; i--)
    {
      Waiter *waiter = g_ptr_array_index (world->waiters, i - 1);

      if (has_ended (waiter))
        answer (waiter);
    }
}
