/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/installation.h"

#include "base/civil-date.h"
#include "tests/sandbox/api.h"
#include "tests/sandbox/money.h"
#include "tests/sandbox/scheduler.h"

/* The owner ranks above the integrator (H5, S75); NULL: not linked. */
static const char *
role_of (SandboxWorld *world, const SandboxAccount *account, const char *installation)
{
  static const char *const ranks[] = { "owner", "integrator", "user", "unknown" };

  for (gsize i = 0; i < G_N_ELEMENTS (ranks); i++)
    if (sandbox_database_int (world->db, 0,
                              "SELECT 1 FROM people WHERE installation = ? AND email = ? AND "
                              "role = ?",
                              "sss", installation, account->email, ranks[i])
        != 0)
      return ranks[i];
  return NULL;
}

SandboxInstallation *
sandbox_installation_load (SandboxWorld *world, const SandboxAccount *account, const char *id)
{
  const char *role = role_of (world, account, id);
  g_autoptr (SandboxRow) row = NULL;
  SandboxInstallation *self;

  if (role == NULL)
    return NULL;
  row = sandbox_database_query (world->db,
                                "SELECT id, name, connected, last_seen, si_access, suspended, "
                                "prosoft, ver FROM installations WHERE id = ?",
                                "s", id);
  if (!sandbox_row_next (row))
    return NULL;
  self = g_new0 (SandboxInstallation, 1);
  self->id = g_strdup (sandbox_row_text (row, 0));
  self->name = g_strdup (sandbox_row_text (row, 1));
  self->connected = sandbox_row_int (row, 2) != 0;
  self->last_seen = sandbox_row_is_null (row, 3) ? -1 : sandbox_row_int (row, 3);
  if (self->connected)
    self->last_seen = sandbox_clock_now (&world->clock);
  self->si_access = sandbox_row_int (row, 4) != 0;
  self->suspended = sandbox_row_int (row, 5) != 0;
  self->prosoft = g_strdup (sandbox_row_text (row, 6));
  self->ver = sandbox_row_int (row, 7);
  self->role = role;
  return self;
}

void
sandbox_installation_free (SandboxInstallation *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->prosoft);
  g_free (self);
}

TtecommSubscription *
sandbox_installation_subscription (TtecommSchedule *schedule,
                                   const char *installation,
                                   const char *service)
{
  g_autofree char *id = sandbox_scheduler_id (installation, service);

  return ttecomm_schedule_lookup (schedule, id);
}

TtecommState
sandbox_installation_state (TtecommSchedule *schedule,
                            const char *installation,
                            const char *service)
{
  const TtecommSubscription *subscription
      = sandbox_installation_subscription (schedule, installation, service);

  return subscription != NULL ? ttecomm_subscription_state (subscription, &schedule->today)
                              : TTECOMM_STATE_NONE;
}

void
sandbox_charge_to_json (SandboxWorld *world,
                        const char *name,
                        const SandboxAccount *payer,
                        const GDate *day,
                        gint64 net,
                        JsonBuilder *builder)
{
  char text[TTECOMM_DATE_SIZE];
  SandboxMoney money;

  json_builder_set_member_name (builder, name);
  if (!g_date_valid (day) || payer == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  ttecomm_date_format (day, text);
  money = sandbox_money_of (world, payer, net);
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "date", text);
  sandbox_json_int (builder, "net_cents", net);
  sandbox_json_int (builder, "vat_cents", money.vat_cents);
  sandbox_json_int (builder, "gross_cents", money.gross_cents);
  sandbox_json_string (builder, "currency", "EUR");
  json_builder_end_object (builder);
}

static void
add_running (SandboxExchange *exchange,
             const TtecommSchedule *schedule,
             const TtecommSubscription *subscription,
             JsonBuilder *builder)
{
  g_autoptr (SandboxAccount) payer = sandbox_account_find (exchange->world, subscription->payer);
  g_autoptr (GError) error = NULL;
  char end[TTECOMM_DATE_SIZE];
  GDate charge;

  if (!ttecomm_subscription_next_charge (subscription, &schedule->today, &charge, &error))
    {
      sandbox_database_fail (exchange->world->db, error);
      return;
    }
  ttecomm_date_format (&subscription->end, end);
  sandbox_json_string (builder, "end", end);
  sandbox_charge_to_json (exchange->world, "next_charge", payer, &charge, subscription->cents,
                          builder);
  sandbox_payer_to_json (payer, exchange->account->id, builder);
}

static void
add_subscription (SandboxExchange *exchange,
                  TtecommSchedule *schedule,
                  const SandboxInstallation *installation,
                  const SandboxProduct *product,
                  JsonBuilder *builder)
{
  const TtecommSubscription *subscription
      = sandbox_installation_subscription (schedule, installation->id, product->id);
  TtecommState state = sandbox_installation_state (schedule, installation->id, product->id);

  json_builder_begin_object (builder);
  sandbox_json_string (builder, "service", product->id);
  sandbox_json_string (builder, "order_reference", product->order_reference);
  sandbox_json_string (builder, "name", product->name);
  sandbox_json_string (builder, "state", ttecomm_state_name (state));
  sandbox_json_boolean (builder, "auto_renew",
                        subscription != NULL && state != TTECOMM_STATE_EXPIRED
                            && subscription->auto_renew);
  if (subscription != NULL)
    add_running (exchange, schedule, subscription, builder);
  else
    {
      sandbox_json_string (builder, "end", NULL);
      sandbox_json_string (builder, "next_charge", NULL);
      sandbox_json_string (builder, "payer", NULL);
    }
  json_builder_end_object (builder);
}

void
sandbox_api_installation (SandboxExchange *exchange)
{
  SandboxWorld *world = exchange->world;
  g_autoptr (SandboxInstallation) installation
      = sandbox_installation_load (world, exchange->account, exchange->argument);
  g_autoptr (TtecommSchedule) schedule = sandbox_scheduler_load (world);
  g_autofree char *seen = NULL;
  JsonBuilder *builder;

  if (installation == NULL || schedule == NULL)
    {
      sandbox_exchange_problem (exchange, "not_found",
                                "There is no such installation for this account.");
      return;
    }
  builder = sandbox_json_new ();
  if (installation->last_seen >= 0)
    seen = sandbox_clock_format (installation->last_seen);
  sandbox_json_string (builder, "id", installation->id);
  sandbox_json_string (builder, "name", installation->name);
  sandbox_json_boolean (builder, "connected", installation->connected);
  sandbox_json_string (builder, "last_seen", seen);
  sandbox_json_string (builder, "role", installation->role);
  sandbox_json_boolean (builder, "si_access", installation->si_access);
  sandbox_json_string (builder, "prosoft", installation->prosoft);
  json_builder_begin_array (json_builder_set_member_name (builder, "subscriptions"));
  for (guint i = 0; i < world->catalogue->products->len; i++)
    add_subscription (exchange, schedule, installation,
                      g_ptr_array_index (world->catalogue->products, i), builder);
  json_builder_end_array (builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
