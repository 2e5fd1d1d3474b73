/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/order.h"

#include "base/json.h"
#include "tests/sandbox/ledger.h"
#include "tests/sandbox/scheduler.h"

#define COLUMNS                                                                                    \
  "SELECT id, account, quote, idempotency_key, token, state, reason, po_reference, chosen_card, "  \
  "invoice, gross_cents, due_now_cents, created, expires FROM orders "

static SandboxOrder *
read_order (SandboxRow *row)
{
  SandboxOrder *order;

  if (!sandbox_row_next (row))
    return NULL;
  order = g_new0 (SandboxOrder, 1);
  order->id = g_strdup (sandbox_row_text (row, 0));
  order->account = g_strdup (sandbox_row_text (row, 1));
  order->quote = g_strdup (sandbox_row_text (row, 2));
  order->key = g_strdup (sandbox_row_text (row, 3));
  order->token = g_strdup (sandbox_row_text (row, 4));
  order->state = g_strdup (sandbox_row_text (row, 5));
  order->reason = g_strdup (sandbox_row_text (row, 6));
  order->po_reference = g_strdup (sandbox_row_text (row, 7));
  order->chosen_card = g_strdup (sandbox_row_text (row, 8));
  order->invoice = g_strdup (sandbox_row_text (row, 9));
  order->gross_cents = sandbox_row_int (row, 10);
  order->due_now_cents = sandbox_row_int (row, 11);
  order->created = sandbox_row_int (row, 12);
  order->expires = sandbox_row_int (row, 13);
  return order;
}

SandboxOrder *
sandbox_order_load (SandboxWorld *world, const char *id)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (world->db, COLUMNS "WHERE id = ?", "s", id);

  return read_order (row);
}

SandboxOrder *
sandbox_order_find_by_token (SandboxWorld *world, const char *token)
{
  g_autoptr (SandboxRow) row
      = sandbox_database_query (world->db, COLUMNS "WHERE token = ?", "s", token);

  return read_order (row);
}

void
sandbox_order_free (SandboxOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->id);
  g_free (order->account);
  g_free (order->quote);
  g_free (order->key);
  g_free (order->token);
  g_free (order->state);
  g_free (order->reason);
  g_free (order->po_reference);
  g_free (order->chosen_card);
  g_free (order->invoice);
  g_free (order);
}

gboolean
sandbox_order_is_pending (const SandboxOrder *order)
{
  return g_str_equal (order->state, "pending");
}

/* (transfer full): a column of the order's quote, which this program wrote. */
static JsonObject *
quote_column (SandboxWorld *world, const SandboxOrder *order, const char *sql)
{
  g_autofree char *text = sandbox_database_text (world->db, sql, "s", order->quote);
  g_autoptr (JsonNode) node = json_from_string (text != NULL ? text : "{}", NULL);

  return json_node_dup_object (node);
}

GPtrArray *
sandbox_order_lines (SandboxWorld *world, const SandboxOrder *order)
{
  g_autoptr (JsonObject) request
      = quote_column (world, order, "SELECT request FROM quotes WHERE id = ?");
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = sandbox_lines_read (world, request, &error);

  if (lines != NULL)
    return lines;
  sandbox_database_fail (world->db, error);
  return g_ptr_array_new ();
}

JsonObject *
sandbox_order_preview (SandboxWorld *world, const SandboxOrder *order)
{
  return quote_column (world, order, "SELECT preview FROM quotes WHERE id = ?");
}

void
sandbox_order_end (SandboxWorld *world,
                   const SandboxOrder *order,
                   const char *state,
                   const char *reason)
{
  sandbox_database_run (world->db,
                        "UPDATE orders SET state = ?, reason = ?, chosen_card = NULL WHERE id = ? "
                        "AND state = 'pending'",
                        "sss", state, reason, order->id);
}

static gboolean
apply_line (TtecommSchedule *schedule,
            const SandboxAccount *account,
            const SandboxLine *line,
            GPtrArray *events,
            GError **error)
{
  g_autofree char *id = sandbox_scheduler_id (line->installation, line->product->id);
  const TtecommTermChoice choice = { .period = line->period->id };
  const TtecommPriceInput input
      = { .choice = choice, .quantity = 1, .list_cents = line->product->list_cents };
  gint64 cents;

  switch (line->action)
    {
    case SANDBOX_LINE_DEACTIVATE:
      return ttecomm_schedule_deactivate (schedule, id, events, error);
    case SANDBOX_LINE_REACTIVATE:
      return ttecomm_schedule_reactivate (schedule, id, account->email, events, error);
    case SANDBOX_LINE_BUY:
    default:
      return ttecomm_terms_quote (line->product->terms, &input, &cents, error)
             && ttecomm_schedule_buy (schedule, id, line->product->terms, &choice, account->email,
                                      cents, events, error);
    }
}

gboolean
sandbox_lines_apply (SandboxWorld *world,
                     const SandboxAccount *account,
                     GPtrArray *lines,
                     GError **error)
{
  g_autoptr (TtecommSchedule) schedule = sandbox_scheduler_load (world);
  g_autoptr (GPtrArray) events = ttecomm_events_new ();

  /* Without a schedule the transaction has failed, and says so when it is committed. */
  for (guint i = 0; schedule != NULL && i < lines->len; i++)
    if (!apply_line (schedule, account, g_ptr_array_index (lines, i), events, error))
      return FALSE;
  if (schedule != NULL)
    sandbox_scheduler_finish (world, schedule, g_steal_pointer (&events));
  return TRUE;
}

/* (transfer full) (element-type SandboxOrder): the pending ones; @account (nullable): of anybody */
static GPtrArray *
load_pending (SandboxWorld *world, const char *account)
{
  g_autoptr (SandboxRow) row
      = sandbox_database_query (world->db,
                                COLUMNS
                                "WHERE state = 'pending' AND coalesce (?1, account) = account",
                                "s", account);
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_order_free);
  SandboxOrder *order;

  while ((order = read_order (row)) != NULL)
    g_ptr_array_add (orders, order);
  return orders;
}

/* Adds what @order buys. */
static void
add_bought (SandboxWorld *world, const SandboxOrder *order, GHashTable *ids)
{
  g_autoptr (GPtrArray) lines = sandbox_order_lines (world, order);

  for (guint i = 0; i < lines->len; i++)
    {
      const SandboxLine *line = g_ptr_array_index (lines, i);

      if (line->action == SANDBOX_LINE_BUY)
        g_hash_table_add (ids, sandbox_scheduler_id (line->installation, line->product->id));
    }
}

static GHashTable *
ids_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GHashTable *
sandbox_orders_awaited (SandboxWorld *world, const char *account)
{
  g_autoptr (GPtrArray) orders = load_pending (world, account);
  GHashTable *ids = ids_new ();

  for (guint i = 0; i < orders->len; i++)
    add_bought (world, g_ptr_array_index (orders, i), ids);
  return ids;
}

static gboolean
have_in_common (GHashTable *some, GHashTable *others)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (g_hash_table_contains (others, id))
      return TRUE;
  return FALSE;
}

/* @order is paid: nobody else can pay for any of it, and need not find that out at the checkout. */
static void
close_others (SandboxWorld *world, const SandboxOrder *order)
{
  g_autoptr (GHashTable) bought = ids_new ();
  g_autoptr (GPtrArray) others = load_pending (world, NULL);

  add_bought (world, order, bought);
  for (guint i = 0; i < others->len; i++)
    {
      const SandboxOrder *other = g_ptr_array_index (others, i);
      g_autoptr (GHashTable) wanted = ids_new ();

      add_bought (world, other, wanted);
      if (have_in_common (bought, wanted))
        sandbox_order_end (world, other, "failed", "already_subscribed");
    }
}

/* The contract's word for why nothing was done; (nullable) */
static const char *
reason_of (const GError *error)
{
  if (g_error_matches (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_BAD_CARD))
    return "card_declined";
  if (g_error_matches (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_RUNNING))
    return "already_subscribed";
  return NULL;
}

void
sandbox_order_fulfil (SandboxWorld *world, const SandboxOrder *order)
{
  g_autoptr (SandboxAccount) account = sandbox_account_load (world, order->account);
  g_autoptr (GPtrArray) lines = sandbox_order_lines (world, order);
  g_autoptr (GError) error = NULL;
  g_autofree char *invoice = NULL;

  if (account == NULL)
    return;
  if (!sandbox_lines_apply (world, account, lines, &error))
    {
      sandbox_order_end (world, order, "failed", reason_of (error));
      return;
    }
  if (order->gross_cents > 0)
    invoice = sandbox_ledger_invoice_of_today (world, account->id);
  for (guint i = 0; order->po_reference != NULL && i < lines->len; i++)
    {
      const SandboxLine *line = g_ptr_array_index (lines, i);

      sandbox_database_run (world->db,
                            "UPDATE subscriptions SET po_reference = ? WHERE installation = ? AND "
                            "service = ?",
                            "sss", order->po_reference, line->installation, line->product->id);
    }
  sandbox_database_run (world->db, "UPDATE orders SET invoice = ? WHERE id = ?", "ss", invoice,
                        order->id);
  sandbox_order_end (world, order, "paid", NULL);
  close_others (world, order);
}

void
sandbox_orders_expire (SandboxWorld *world)
{
  sandbox_database_run (world->db,
                        "UPDATE orders SET state = 'expired', reason = 'timed_out', chosen_card = "
                        "NULL WHERE state = 'pending' AND expires <= ?",
                        "i", sandbox_clock_now (&world->clock));
}

JsonBuilder *
sandbox_order_to_json (SandboxWorld *world, const SandboxOrder *order)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autoptr (JsonObject) preview = sandbox_order_preview (world, order);
  g_autofree char *created = sandbox_clock_format (order->created);
  g_autofree char *expires = sandbox_clock_format (order->expires);
  g_autofree char *url = g_strconcat (world->web_url, "/checkout/", order->token, NULL);

  sandbox_json_string (builder, "id", order->id);
  sandbox_json_string (builder, "key", order->key);
  sandbox_json_string (builder, "quote_id", order->quote);
  sandbox_json_string (builder, "state", order->state);
  sandbox_json_string (builder, "reason", order->reason);
  sandbox_json_string (builder, "checkout_url", sandbox_order_is_pending (order) ? url : NULL);
  sandbox_json_string (builder, "currency", "EUR");
  sandbox_json_int (builder, "gross_cents", order->gross_cents);
  sandbox_json_int (builder, "due_now_cents", order->due_now_cents);
  json_builder_set_member_name (builder, "lines");
  json_builder_add_value (builder, json_object_dup_member (preview, "lines"));
  sandbox_json_string (builder, "po_reference", order->po_reference);
  sandbox_json_string (builder, "created", created);
  sandbox_json_string (builder, "expires", expires);
  sandbox_json_string (builder, "invoice", order->invoice);
  return builder;
}
