/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/control.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "plugin/terms/payment.h"
#include "tests/sandbox/api.h"
#include "tests/sandbox/faults.h"
#include "tests/sandbox/ledger.h"
#include "tests/sandbox/outbox.h"
#include "tests/sandbox/overview.h"

static const SandboxRoute routes[] = {
  { "GET", "/sandbox/clock", sandbox_control_clock, SANDBOX_ACCESS_ANYONE },
  { "GET", "/sandbox/overview", sandbox_control_overview, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sandbox/clock/advance", sandbox_control_advance, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sandbox/reset", sandbox_control_reset, SANDBOX_ACCESS_ANYONE },
  { "GET", "/sandbox/events", sandbox_control_events, SANDBOX_ACCESS_ANYONE },
  { "GET", "/sandbox/outbox", sandbox_outbox_list, SANDBOX_ACCESS_ANYONE },
  { "GET", "/sandbox/faults", sandbox_faults_list, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sandbox/faults", sandbox_faults_add, SANDBOX_ACCESS_ANYONE },
  { "DELETE", "/sandbox/faults", sandbox_faults_clear, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sandbox/users", sandbox_control_user, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sandbox/installations", sandbox_control_installation, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sandbox/terms", sandbox_control_terms, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sandbox/stop", sandbox_control_stop, SANDBOX_ACCESS_ANYONE },
};

void
sandbox_control_serve (SandboxWorld *world, SoupServerMessage *message)
{
  sandbox_http_serve (world, message, routes, G_N_ELEMENTS (routes), NULL);
}

void
sandbox_control_clock (SandboxExchange *exchange)
{
  SandboxClock *clock = &exchange->world->clock;
  g_autofree char *now = sandbox_clock_format (sandbox_clock_now (clock));
  g_autofree char *today = sandbox_clock_today_text (clock);
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_json_string (builder, "now", now);
  sandbox_json_string (builder, "today", today);
  sandbox_json_int (builder, "offset_seconds", clock->offset_seconds);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}

/* Reads {"to":"YYYY-MM-DD"}; FALSE: a problem has been answered. */
static gboolean
read_target (SandboxExchange *exchange, GDate *to)
{
  static const char *const members[] = { "to", NULL };
  g_autoptr (JsonObject) object = sandbox_exchange_read_json (exchange);
  g_autoptr (GError) error = NULL;
  const char *text;
  GDate today;
  GDate last;

  if (object == NULL || !sandbox_exchange_only_members (exchange, object, members))
    return FALSE;
  sandbox_clock_today (&exchange->world->clock, &today);
  if (!ttecomm_json_get_string (object, "to", 10, &text, &error)
      || !ttecomm_date_parse (text, to, &error)
      || !ttecomm_date_parse (SANDBOX_CLOCK_LAST_DAY, &last, &error))
    sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
  else if (g_date_compare (to, &today) < 0)
    sandbox_exchange_problem (exchange, "conflict",
                              "The clock only goes forward; POST /sandbox/reset goes back.");
  else if (g_date_compare (to, &last) > 0)
    sandbox_exchange_problem (exchange, "invalid",
                              "No world goes past " SANDBOX_CLOCK_LAST_DAY ".");
  else
    return TRUE;
  return FALSE;
}

void
sandbox_control_advance (SandboxExchange *exchange)
{
  SandboxWorld *world = exchange->world;
  JsonBuilder *builder;
  g_autofree char *today = NULL;
  GDate before;
  GDate to;

  if (!read_target (exchange, &to))
    return;
  sandbox_clock_today (&world->clock, &before);
  if (g_date_compare (&to, &before) > 0)
    sandbox_clock_set_day (&world->clock, &to);
  sandbox_database_run (world->db, "UPDATE world SET offset_seconds = ?", "i",
                        world->clock.offset_seconds);
  sandbox_world_catch_up (world);
  builder = sandbox_json_new ();
  today = sandbox_clock_today_text (&world->clock);
  sandbox_json_string (builder, "today", today);
  sandbox_ledger_to_json (world, TRUE, builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}

void
sandbox_control_events (SandboxExchange *exchange)
{
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_ledger_to_json (exchange->world, FALSE, builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}

void
sandbox_control_reset (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  if (!sandbox_world_reset (exchange->world, &error))
    sandbox_database_fail (exchange->world->db, error);
  sandbox_control_clock (exchange);
}

/* -- people and their cards -- */

static void
change_card (SandboxExchange *exchange, const SandboxAccount *account, JsonObject *object)
{
  g_autoptr (SandboxCard) card = g_new0 (SandboxCard, 1);
  g_autoptr (GError) error = NULL;
  const char *expires;
  gboolean has_card;
  GDate last;

  if (!ttecomm_json_get_optional_boolean (object, "card", TRUE, &has_card, &error)
      || !ttecomm_json_get_optional_boolean (object, "card_good", TRUE, &card->good, &error)
      || !ttecomm_json_get_optional_boolean (object, "card_verified", TRUE, &card->verified, &error)
      || !ttecomm_json_get_optional_string (object, "card_expires", 7, &expires, &error)
      || (expires != NULL && !ttecomm_card_last_day (expires, &last, &error)))
    {
      sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
      return;
    }
  if (!has_card)
    sandbox_database_run (exchange->world->db, "DELETE FROM cards WHERE account = ?", "s",
                          account->id);
  else
    {
      card->brand = g_strdup (account->card != NULL ? account->card->brand : "visa");
      card->last4 = g_strdup (account->card != NULL ? account->card->last4 : "4242");
      card->expires = g_strdup (expires != NULL         ? expires
                                : account->card != NULL ? account->card->expires
                                                        : "2099-12");
      sandbox_account_set_card (exchange->world, account->id, card);
    }
  sandbox_control_clock (exchange);
}

void
sandbox_control_user (SandboxExchange *exchange)
{
  static const char *const members[]
      = { "email", "card", "card_good", "card_verified", "card_expires", NULL };
  g_autoptr (JsonObject) object = sandbox_exchange_read_json (exchange);
  g_autoptr (SandboxAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  const char *email;

  if (object == NULL || !sandbox_exchange_only_members (exchange, object, members))
    return;
  if (!ttecomm_json_get_string (object, "email", 254, &email, &error))
    {
      sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
      return;
    }
  account = sandbox_account_find (exchange->world, email);
  if (account == NULL)
    sandbox_exchange_problem (exchange, "not_found", "There is no account of this address.");
  else
    change_card (exchange, account, object);
}

/* -- installations -- */

static gboolean
change_flag (SandboxWorld *world,
             const char *id,
             JsonObject *object,
             const char *name,
             const char *sql,
             GError **error)
{
  gboolean value;

  if (!json_object_has_member (object, name))
    return TRUE;
  if (!ttecomm_json_get_boolean (object, name, &value, error))
    return FALSE;
  sandbox_database_run (world->db, sql, "is", (gint64)value, id);
  return TRUE;
}

static gboolean
role_is_known (const char *role)
{
  static const char *const roles[] = { "owner", "integrator", "user", "unknown", NULL };

  return g_strv_contains (roles, role);
}

/* As if the file had been transmitted with these users (S80). */
static gboolean
change_people (SandboxWorld *world, const char *id, JsonObject *object, GError **error)
{
  JsonArray *people;

  if (!ttecomm_json_get_optional_array (object, "people", 1000, &people, error))
    return FALSE;
  if (people == NULL)
    return TRUE;
  sandbox_database_run (world->db, "DELETE FROM people WHERE installation = ?", "s", id);
  for (guint i = 0; i < json_array_get_length (people); i++)
    {
      JsonObject *person;
      const char *email;
      const char *role;

      if (!ttecomm_json_array_get_object (people, i, &person, error)
          || !ttecomm_json_get_string (person, "email", 254, &email, error)
          || !ttecomm_json_get_string (person, "role", 16, &role, error))
        return FALSE;
      if (!role_is_known (role))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no role \"%s\"", role);
          return FALSE;
        }
      sandbox_database_run (world->db,
                            "INSERT OR IGNORE INTO people (installation, email, role) VALUES "
                            "(?, ?, ?)",
                            "sss", id, email, role);
    }
  return TRUE;
}

static gboolean
change_texts (SandboxWorld *world, const char *id, JsonObject *object, GError **error)
{
  const char *name;
  const char *prosoft;

  if (!ttecomm_json_get_optional_string (object, "name", 200, &name, error)
      || !ttecomm_json_get_optional_string (object, "prosoft", 32, &prosoft, error))
    return FALSE;
  sandbox_database_run (world->db,
                        "UPDATE installations SET name = coalesce (?, name), prosoft = "
                        "coalesce (?, prosoft) WHERE id = ?",
                        "sss", name, prosoft, id);
  return TRUE;
}

void
sandbox_control_installation (SandboxExchange *exchange)
{
  static const char *const members[]
      = { "id", "name", "connected", "si_access", "suspended", "prosoft", "people", NULL };
  SandboxWorld *world = exchange->world;
  g_autoptr (JsonObject) object = sandbox_exchange_read_json (exchange);
  g_autoptr (GError) error = NULL;
  const char *id;

  if (object == NULL || !sandbox_exchange_only_members (exchange, object, members))
    return;
  if (!ttecomm_json_get_string (object, "id", 64, &id, &error))
    sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
  else if (sandbox_database_int (world->db, 0, "SELECT 1 FROM installations WHERE id = ?", "s", id)
           == 0)
    sandbox_exchange_problem (exchange, "not_found", "There is no such installation.");
  else if (!change_flag (world, id, object, "connected",
                         "UPDATE installations SET connected = ? WHERE id = ?", &error)
           || !change_flag (world, id, object, "si_access",
                            "UPDATE installations SET si_access = ? WHERE id = ?", &error)
           || !change_flag (world, id, object, "suspended",
                            "UPDATE installations SET suspended = ? WHERE id = ?", &error)
           || !change_texts (world, id, object, &error)
           || !change_people (world, id, object, &error))
    {
      sandbox_database_rollback_to_begin (world->db);
      sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
    }
  else
    sandbox_control_clock (exchange);
}

/* -- terms of sale -- */

void
sandbox_control_terms (SandboxExchange *exchange)
{
  static const char *const members[] = { "version", NULL };
  g_autoptr (JsonObject) object = sandbox_exchange_read_json (exchange);
  g_autoptr (GError) error = NULL;
  const char *version;

  if (object == NULL || !sandbox_exchange_only_members (exchange, object, members))
    return;
  if (!ttecomm_json_get_string (object, "version", 32, &version, &error))
    sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
  else if (!sandbox_exchange_is_id (version))
    sandbox_exchange_problem (exchange, "invalid", "version is not well-formed.");
  else
    {
      sandbox_database_run (exchange->world->db, "UPDATE world SET terms_version = ?", "s",
                            version);
      sandbox_control_clock (exchange);
    }
}

/* -- the end -- */

static void
answered_cb (SoupServerMessage *message, gpointer data)
{
  SandboxWorld *world = data;

  world->stop (world->stop_data);
}

void
sandbox_control_stop (SandboxExchange *exchange)
{
  sandbox_control_clock (exchange);
  g_signal_connect (exchange->message, "finished", G_CALLBACK (answered_cb), exchange->world);
}
