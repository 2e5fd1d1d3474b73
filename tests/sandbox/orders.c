/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "tests/sandbox/api.h"
#include "tests/sandbox/order.h"
#include "tests/sandbox/secrets.h"
#include "tests/sandbox/waiters.h"

/* (nullable): NULL means that 400 has been answered. Borrowed. */
static const char *
read_key (SandboxExchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);
  const char *key = soup_message_headers_get_one (headers, "Idempotency-Key");

  if (key != NULL && strlen (key) >= 8 && sandbox_exchange_is_id (key))
    return key;
  sandbox_exchange_problem (exchange, "invalid",
                            "Idempotency-Key is needed: 8 to 64 of A-Z a-z 0-9 _ -.");
  return NULL;
}

static void
reply_order (SandboxExchange *exchange, guint status, const char *id)
{
  g_autoptr (SandboxOrder) order = sandbox_order_load (exchange->world, id);

  if (order != NULL)
    sandbox_exchange_reply_json (exchange, status, sandbox_order_to_json (exchange->world, order));
}

/* Whether the key was used before; it has then been answered: as the first time for the same
 * request, as a conflict for another. */
static gboolean
answer_again (SandboxExchange *exchange, const char *key, const char *request)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      exchange->world->db,
      "SELECT request, order_id FROM idempotency WHERE account = ? AND key = ?", "ss",
      exchange->account->id, key);

  if (!sandbox_row_next (row))
    return FALSE;
  if (g_str_equal (sandbox_row_text (row, 0), request))
    reply_order (exchange, SOUP_STATUS_OK, sandbox_row_text (row, 1));
  else
    sandbox_exchange_problem (exchange, "idempotency_conflict",
                              "This Idempotency-Key came with another request before.");
  return TRUE;
}

static void
remember (SandboxExchange *exchange, const char *key, const char *request, const char *order)
{
  sandbox_database_run (exchange->world->db,
                        "INSERT INTO idempotency (account, key, request, order_id) VALUES "
                        "(?, ?, ?, ?)",
                        "ssss", exchange->account->id, key, request, order);
}

/* The body of POST /v1/orders. */
typedef struct
{
  const char *quote;
  const char *terms;
  const char *po_reference; /* (nullable) */
} Confirmation;

static gboolean
read_confirmation (SandboxExchange *exchange, JsonObject *object, Confirmation *confirmation)
{
  static const char *const members[] = { "quote_id", "accept_terms", "po_reference", NULL };
  g_autoptr (GError) error = NULL;

  if (!sandbox_exchange_only_members (exchange, object, members))
    return FALSE;
  if (ttecomm_json_get_string (object, "quote_id", 64, &confirmation->quote, &error)
      && ttecomm_json_get_string (object, "accept_terms", 32, &confirmation->terms, &error)
      && ttecomm_json_get_optional_string (object, "po_reference", 64, &confirmation->po_reference,
                                           &error))
    {
      if (sandbox_exchange_is_id (confirmation->quote))
        return TRUE;
      sandbox_exchange_problem (exchange, "invalid", "quote_id is not well-formed.");
      return FALSE;
    }
  sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
  return FALSE;
}

/* The confirmed quote: what was asked and what was shown. */
typedef struct
{
  char *valid_on;      /* (owned) */
  char *preview;       /* (owned) */
  char *terms;         /* (owned): version of the terms of sale that it was shown with */
  JsonObject *request; /* (owned) */
} Quote;

static void
quote_clear (Quote *quote)
{
  g_free (quote->valid_on);
  g_free (quote->preview);
  g_free (quote->terms);
  g_clear_pointer (&quote->request, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Quote, quote_clear)

static gboolean
load_quote (SandboxExchange *exchange, const char *id, Quote *quote)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      exchange->world->db,
      "SELECT valid_on, preview, request, json_extract (preview, '$.terms_of_sale.version') FROM "
      "quotes WHERE id = ? AND account = ?",
      "ss", id, exchange->account->id);
  g_autoptr (JsonNode) node = NULL;

  if (!sandbox_row_next (row))
    {
      sandbox_exchange_problem (exchange, "not_found", "There is no such quote for this account.");
      return FALSE;
    }
  quote->valid_on = g_strdup (sandbox_row_text (row, 0));
  quote->preview = g_strdup (sandbox_row_text (row, 1));
  quote->terms = g_strdup (sandbox_row_text (row, 3));
  node = json_from_string (sandbox_row_text (row, 2), NULL);
  quote->request = json_node_dup_object (node);
  return TRUE;
}

/* Runs the preview again. NULL: it would differ, or something else is wrong, and that has been
 * answered. */
static SandboxPreview *
preview_again (SandboxExchange *exchange, const Quote *quote)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = sandbox_lines_read (exchange->world, quote->request, &error);
  g_autoptr (SandboxPreview) preview = NULL;

  if (lines == NULL)
    {
      sandbox_exchange_problem (exchange, "quote_changed", "%s", error->message);
      return NULL;
    }
  preview = sandbox_preview_new (exchange->world, exchange->account, lines);
  if (preview == NULL || g_str_equal (preview->text, quote->preview))
    return g_steal_pointer (&preview);
  sandbox_exchange_problem_full (exchange, "quote_changed", 0,
                                 "Ask for a new quote and show it: something changed meanwhile.",
                                 json_array_ref (preview->blockers));
  return NULL;
}

static gboolean
check_quote (SandboxExchange *exchange, const Confirmation *confirmation, const Quote *quote)
{
  SandboxDatabase *db = exchange->world->db;
  g_autofree char *today = sandbox_clock_today_text (&exchange->world->clock);
  g_autofree char *other = sandbox_database_text (db, "SELECT id FROM orders WHERE quote = ?", "s",
                                                  confirmation->quote);

  if (other != NULL)
    sandbox_exchange_problem (exchange, "conflict", "This quote made the order %s already.", other);
  else if (!g_str_equal (quote->valid_on, today))
    sandbox_exchange_problem (exchange, "quote_expired", "This quote was valid on %s only.",
                              quote->valid_on);
  else if (g_strcmp0 (confirmation->terms, quote->terms) != 0)
    sandbox_exchange_problem (
        exchange, "invalid", "accept_terms must be the version of the terms of sale in the quote.");
  else
    return TRUE;
  return FALSE;
}

static char *
insert_order (SandboxExchange *exchange,
              const char *key,
              const Confirmation *confirmation,
              const SandboxPreview *preview)
{
  SandboxWorld *world = exchange->world;
  gint64 now = sandbox_clock_now (&world->clock);
  g_autofree char *id = sandbox_id_new ("order");
  g_autofree char *token = sandbox_secret_new ("checkout");

  sandbox_database_run (
      world->db,
      "INSERT INTO orders (id, serial, account, quote, idempotency_key, token, state, gross_cents, "
      "due_now_cents, po_reference, created, expires) VALUES (?, (SELECT count(*) + 1 FROM "
      "orders), ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)",
      "sssssiisii", id, exchange->account->id, confirmation->quote, key, token,
      preview->gross_cents, preview->gross_cents, confirmation->po_reference, now,
      now + SANDBOX_ORDER_SECONDS);
  return g_steal_pointer (&id);
}

static void
make_order (SandboxExchange *exchange,
            const char *key,
            const char *request,
            const Confirmation *confirmation)
{
  g_auto (Quote) quote = { 0 };
  g_autoptr (SandboxPreview) preview = NULL;
  g_autofree char *id = NULL;

  if (!load_quote (exchange, confirmation->quote, &quote)
      || !check_quote (exchange, confirmation, &quote))
    return;
  preview = preview_again (exchange, &quote);
  if (preview == NULL)
    return;
  id = insert_order (exchange, key, confirmation, preview);
  remember (exchange, key, request, id);
  if (preview->gross_cents == 0)
    {
      g_autoptr (SandboxOrder) order = sandbox_order_load (exchange->world, id);

      if (order != NULL)
        sandbox_order_fulfil (exchange->world, order);
    }
  reply_order (exchange, SOUP_STATUS_CREATED, id);
}

void
sandbox_api_order (SandboxExchange *exchange)
{
  const char *key = read_key (exchange);
  g_autoptr (JsonObject) object = key != NULL ? sandbox_exchange_read_json (exchange) : NULL;
  Confirmation confirmation;
  g_autofree char *request = NULL;

  if (object == NULL || !read_confirmation (exchange, object, &confirmation))
    return;
  request = g_strjoin ("\n", "order", confirmation.quote, confirmation.terms,
                       confirmation.po_reference, NULL);
  if (!answer_again (exchange, key, request))
    make_order (exchange, key, request, &confirmation);
}

/* -- reading -- */

static gboolean
state_is_known (const char *state)
{
  static const char *const states[] = { "pending", "paid", "failed", "cancelled", "expired", NULL };

  return state != NULL && g_strv_contains (states, state);
}

static void
list_orders (SandboxExchange *exchange, const char *state)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autofree char *today = sandbox_clock_today_text (&exchange->world->clock);
  g_autoptr (SandboxRow) row = sandbox_database_query (
      exchange->world->db,
      "SELECT id FROM orders WHERE account = ? AND state = ? ORDER BY serial DESC LIMIT 100", "ss",
      exchange->account->id, state);

  json_builder_begin_array (json_builder_set_member_name (builder, "orders"));
  while (sandbox_row_next (row))
    {
      g_autoptr (SandboxOrder) order
          = sandbox_order_load (exchange->world, sandbox_row_text (row, 0));
      g_autoptr (JsonBuilder) inner = sandbox_order_to_json (exchange->world, order);

      sandbox_json_string (inner, "server_today", today);
      json_builder_end_object (inner);
      json_builder_add_value (builder, json_builder_get_root (inner));
    }
  json_builder_end_array (builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}

void
sandbox_api_orders (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  const char *state = query != NULL ? g_hash_table_lookup (query, "state") : NULL;

  if (state_is_known (state))
    list_orders (exchange, state);
  else
    sandbox_exchange_problem (exchange, "invalid",
                              "state must be pending, paid, failed, cancelled or expired.");
}

/* (nullable): NULL means that 404 has been answered; another's order does not exist. */
static SandboxOrder *
load_own (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = sandbox_order_load (exchange->world, exchange->argument);

  if (order != NULL && g_str_equal (order->account, exchange->account->id))
    return g_steal_pointer (&order);
  sandbox_exchange_problem (exchange, "not_found", "There is no such order for this account.");
  return NULL;
}

static gboolean
read_wait (SandboxExchange *exchange, guint *seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  const char *text = query != NULL ? g_hash_table_lookup (query, "wait") : NULL;
  guint64 value = 0;

  if (query != NULL
      && (text == NULL
          || g_ascii_string_to_unsigned (text, 10, 0, SANDBOX_MAX_WAIT_SECONDS, &value, NULL)))
    {
      *seconds = (guint)value;
      return TRUE;
    }
  sandbox_exchange_problem (exchange, "invalid", "wait must be a number from 0 to %d.",
                            SANDBOX_MAX_WAIT_SECONDS);
  return FALSE;
}

void
sandbox_api_order_state (SandboxExchange *exchange)
{
  guint seconds;
  g_autoptr (SandboxOrder) order = NULL;

  if (!read_wait (exchange, &seconds))
    return;
  order = load_own (exchange);
  if (order == NULL)
    return;
  if (seconds > 0 && sandbox_order_is_pending (order))
    sandbox_waiters_add (exchange, order, seconds);
  else
    reply_order (exchange, SOUP_STATUS_OK, order->id);
}

void
sandbox_api_cancel_order (SandboxExchange *exchange)
{
  const char *key = read_key (exchange);
  g_autoptr (SandboxOrder) order = key != NULL ? load_own (exchange) : NULL;
  g_autofree char *request = NULL;

  if (order == NULL)
    return;
  request = g_strjoin ("\n", "cancel", order->id, NULL);
  if (answer_again (exchange, key, request))
    return;
  if (!sandbox_order_is_pending (order))
    {
      sandbox_exchange_problem (exchange, "conflict", "The order is %s and stays so.",
                                order->state);
      return;
    }
  sandbox_order_end (exchange->world, order, "cancelled", "cancelled_by_person");
  remember (exchange, key, request, order->id);
  reply_order (exchange, SOUP_STATUS_OK, order->id);
}
