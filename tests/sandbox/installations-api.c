/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/api.h"

#include <string.h>

#include "base/base64url.h"
#include "base/civil-date.h"
#include "tests/sandbox/installation.h"
#include "tests/sandbox/money.h"
#include "tests/sandbox/scheduler.h"

#define MAX_LIMIT 200

static void
add_charge (SandboxWorld *world,
            const SandboxAccount *payer,
            const TtecommSubscription *subscription,
            const GDate *today,
            JsonBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  char text[TTECOMM_DATE_SIZE];
  GDate day;

  if (!ttecomm_subscription_next_charge (subscription, today, &day, &error))
    {
      sandbox_database_fail (world->db, error);
      return;
    }
  if (!g_date_valid (&day) || payer == NULL)
    return;
  ttecomm_date_format (&day, text);
  json_builder_begin_object (json_builder_set_member_name (builder, "next_charge"));
  sandbox_json_string (builder, "date", text);
  sandbox_json_int (builder, "gross_cents",
                    sandbox_money_of (world, payer, subscription->cents).gross_cents);
  sandbox_json_string (builder, "currency", "EUR");
  json_builder_end_object (builder);
}

static void
add_payer (const SandboxAccount *payer, const SandboxAccount *viewer, JsonBuilder *builder)
{
  if (payer == NULL)
    return;
  json_builder_begin_object (json_builder_set_member_name (builder, "payer"));
  sandbox_json_string (builder, "name", payer->name);
  sandbox_json_boolean (builder, "you", g_str_equal (payer->id, viewer->id));
  json_builder_end_object (builder);
}

static void
add_subscription (SandboxExchange *exchange,
                  const TtecommSchedule *schedule,
                  const char *service,
                  const TtecommSubscription *subscription,
                  JsonBuilder *builder)
{
  g_autoptr (SandboxAccount) payer = sandbox_account_find (exchange->world, subscription->payer);
  TtecommState state = ttecomm_subscription_state (subscription, &schedule->today);
  char end[TTECOMM_DATE_SIZE];

  ttecomm_date_format (&subscription->end, end);
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "service", service);
  sandbox_json_string (builder, "state", ttecomm_state_name (state));
  sandbox_json_boolean (builder, "auto_renew",
                        state != TTECOMM_STATE_EXPIRED && subscription->auto_renew);
  sandbox_json_string (builder, "end", end);
  add_charge (exchange->world, payer, subscription, &schedule->today, builder);
  add_payer (payer, exchange->account, builder);
  json_builder_end_object (builder);
}

static void
add_installation (SandboxExchange *exchange,
                  TtecommSchedule *schedule,
                  const SandboxInstallation *installation,
                  JsonBuilder *builder)
{
  const GPtrArray *products = exchange->world->catalogue->products;

  json_builder_begin_object (builder);
  sandbox_json_string (builder, "id", installation->id);
  sandbox_json_string (builder, "name", installation->name);
  sandbox_json_boolean (builder, "connected", installation->connected);
  sandbox_json_string (builder, "role", installation->role);
  sandbox_json_boolean (builder, "si_access", installation->si_access);
  json_builder_begin_array (json_builder_set_member_name (builder, "subscriptions"));
  for (guint i = 0; i < products->len; i++)
    {
      const SandboxProduct *product = g_ptr_array_index (products, i);
      const TtecommSubscription *subscription
          = sandbox_installation_subscription (schedule, installation->id, product->id);

      if (subscription != NULL)
        add_subscription (exchange, schedule, product->id, subscription, builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* (transfer full) (nullable): the id that the page begins after; NULL: none of our cursors */
static char *
read_cursor (const char *cursor)
{
  gsize length;
  g_autofree char *id = (char *)ttecomm_base64url_decode (cursor, strlen (cursor), &length);

  return id != NULL && strlen (id) == length && sandbox_exchange_is_id (id) ? g_steal_pointer (&id)
                                                                            : NULL;
}

/* Where a page begins: after `after`, "" for the first; FALSE: a problem has been answered. */
static gboolean
read_place (SandboxExchange *exchange, char **after, guint64 *limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  const char *cursor = query != NULL ? g_hash_table_lookup (query, "cursor") : NULL;
  const char *size = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;

  *limit = MAX_LIMIT;
  if (query == NULL
      || (size != NULL && !g_ascii_string_to_unsigned (size, 10, 1, MAX_LIMIT, limit, NULL)))
    {
      sandbox_exchange_problem (exchange, "invalid", "limit is 1 to %d, each parameter once.",
                                MAX_LIMIT);
      return FALSE;
    }
  *after = cursor != NULL ? read_cursor (cursor) : g_strdup ("");
  if (*after == NULL)
    sandbox_exchange_problem (exchange, "invalid", "This cursor is none of ours: begin again.");
  return *after != NULL;
}

/* (transfer full): the ids of the page and, if there is one, the first of the page after it */
static GPtrArray *
list_ids (SandboxExchange *exchange, const char *after, guint64 limit)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SandboxRow) row = sandbox_database_query (
      exchange->world->db,
      "SELECT DISTINCT installation FROM people WHERE email = ? AND installation > ? "
      "ORDER BY installation LIMIT ?",
      "ssi", exchange->account->email, after, (gint64)limit + 1);

  while (sandbox_row_next (row))
    g_ptr_array_add (ids, g_strdup (sandbox_row_text (row, 0)));
  return ids;
}

static void
add_next (JsonBuilder *builder, const GPtrArray *ids, guint64 limit)
{
  g_autofree char *cursor = NULL;

  if (ids->len > limit)
    {
      const char *last = g_ptr_array_index (ids, limit - 1);

      cursor = ttecomm_base64url_encode (last, strlen (last));
    }
  sandbox_json_string (builder, "next", cursor);
}

void
sandbox_api_installations (SandboxExchange *exchange)
{
  g_autoptr (TtecommSchedule) schedule = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *after = NULL;
  JsonBuilder *builder;
  guint64 limit;

  if (!read_place (exchange, &after, &limit))
    return;
  schedule = sandbox_scheduler_load (exchange->world);
  if (schedule == NULL)
    return;
  ids = list_ids (exchange, after, limit);
  builder = sandbox_json_new ();
  json_builder_begin_array (json_builder_set_member_name (builder, "installations"));
  for (guint i = 0; i < MIN (ids->len, limit); i++)
    {
      g_autoptr (SandboxInstallation) installation
          = sandbox_installation_load (exchange->world, exchange->account,
                                       g_ptr_array_index (ids, i));

      if (installation != NULL)
        add_installation (exchange, schedule, installation, builder);
    }
  json_builder_end_array (builder);
  add_next (builder, ids, limit);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
