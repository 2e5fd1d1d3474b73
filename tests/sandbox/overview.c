/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/overview.h"

#include "tests/sandbox/faults.h"
#include "tests/sandbox/ledger.h"
#include "tests/sandbox/outbox.h"

static void
add_services (SandboxWorld *world, JsonBuilder *builder)
{
  json_builder_begin_object (json_builder_set_member_name (builder, "services"));
  for (guint i = 0; i < world->catalogue->products->len; i++)
    {
      const SandboxProduct *product = g_ptr_array_index (world->catalogue->products, i);

      sandbox_json_string (builder, product->id, product->name);
    }
  json_builder_end_object (builder);
}

static void
add_installations (SandboxWorld *world, JsonBuilder *builder)
{
  g_autoptr (SandboxRow) row
      = sandbox_database_query (world->db,
                                "SELECT id, name, connected, si_access, suspended FROM "
                                "installations ORDER BY rowid LIMIT ?",
                                "i", (gint64)SANDBOX_OVERVIEW_INSTALLATIONS);

  json_builder_begin_array (json_builder_set_member_name (builder, "installations"));
  while (sandbox_row_next (row))
    {
      json_builder_begin_object (builder);
      sandbox_json_string (builder, "id", sandbox_row_text (row, 0));
      sandbox_json_string (builder, "name", sandbox_row_text (row, 1));
      sandbox_json_boolean (builder, "connected", sandbox_row_int (row, 2) != 0);
      sandbox_json_boolean (builder, "si_access", sandbox_row_int (row, 3) != 0);
      sandbox_json_boolean (builder, "suspended", sandbox_row_int (row, 4) != 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Who has a card, and whether the bank pays. */
static void
add_accounts (SandboxWorld *world, JsonBuilder *builder)
{
  g_autoptr (SandboxRow) row
      = sandbox_database_query (world->db,
                                "SELECT email, name, last4, expires, good FROM accounts LEFT JOIN "
                                "cards ON account = id ORDER BY accounts.rowid LIMIT ?",
                                "i", (gint64)SANDBOX_OVERVIEW_ACCOUNTS);

  json_builder_begin_array (json_builder_set_member_name (builder, "accounts"));
  while (sandbox_row_next (row))
    {
      gboolean has_card = !sandbox_row_is_null (row, 2);

      json_builder_begin_object (builder);
      sandbox_json_string (builder, "email", sandbox_row_text (row, 0));
      sandbox_json_string (builder, "name", sandbox_row_text (row, 1));
      sandbox_json_string (builder, "last4", has_card ? sandbox_row_text (row, 2) : NULL);
      sandbox_json_string (builder, "expires", has_card ? sandbox_row_text (row, 3) : NULL);
      sandbox_json_boolean (builder, "card_good", has_card && sandbox_row_int (row, 4) != 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
sandbox_control_overview (SandboxExchange *exchange)
{
  SandboxWorld *world = exchange->world;
  g_autofree char *today = sandbox_clock_today_text (&world->clock);
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_json_string (builder, "today", today);
  sandbox_ledger_newest_to_json (world, SANDBOX_OVERVIEW_EVENTS, builder);
  sandbox_outbox_newest_to_json (world, SANDBOX_OVERVIEW_MAILS, builder);
  sandbox_faults_to_json (world, builder);
  add_services (world, builder);
  add_installations (world, builder);
  add_accounts (world, builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
