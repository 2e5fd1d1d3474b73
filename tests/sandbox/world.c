/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/world.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "tests/sandbox/faults.h"
#include "tests/sandbox/order.h"
#include "tests/sandbox/sandbox-resources.h"
#include "tests/sandbox/scheduler.h"
#include "tests/sandbox/secrets.h"
#include "tests/sandbox/seed.h"

static const char empty_world[]
    = "DELETE FROM outbox; DELETE FROM events; DELETE FROM idempotency; DELETE FROM orders;"
      "DELETE FROM quotes; DELETE FROM renewals; DELETE FROM invoices; DELETE FROM subscriptions;"
      "DELETE FROM people; DELETE FROM installations; DELETE FROM refresh_tokens;"
      "DELETE FROM access_tokens; DELETE FROM browsers; DELETE FROM grants; DELETE FROM cards;"
      "DELETE FROM accounts; DELETE FROM world;";

static void
set_clock_to_start (SandboxWorld *self)
{
  if (self->has_start)
    sandbox_clock_set_day (&self->clock, &self->start);
  else
    self->clock.offset_seconds = 0;
}

static gboolean
parse_start (SandboxWorld *self, const char *start, GError **error)
{
  GDate last;

  if (start == NULL)
    return TRUE;
  if (!ttecomm_date_parse (start, &self->start, error)
      || !ttecomm_date_parse (SANDBOX_CLOCK_LAST_DAY, &last, error))
    return FALSE;
  if (g_date_compare (&self->start, &last) >= 0 || g_date_get_year (&self->start) < 2000)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "a world begins between 2000-01-01 and %s", SANDBOX_CLOCK_LAST_DAY);
      return FALSE;
    }
  self->has_start = TRUE;
  return TRUE;
}

/* The seed's own day, unless the person asked for another one. */
static gboolean
take_start_of_seed (SandboxWorld *self, GError **error)
{
  const char *start;

  if (!ttecomm_json_get_optional_string (self->seed, "start", 10, &start, error))
    return FALSE;
  if (self->has_start || parse_start (self, start, error))
    return TRUE;
  g_prefix_error (error, "start: ");
  return FALSE;
}

static gboolean
make_new (SandboxWorld *self, GError **error)
{
  g_autoptr (GBytes) schema = g_resources_lookup_data ("/ttecomm/sandbox/schema.sql",
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (schema == NULL || !take_start_of_seed (self, error))
    return FALSE;
  sandbox_database_script (self->db, g_bytes_get_data (schema, NULL));
  set_clock_to_start (self);
  return sandbox_seed_apply (self, error);
}

static gboolean
take_over (SandboxWorld *self, GError **error)
{
  if (self->has_start)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                           "the database holds a world already: leave --start out");
      return FALSE;
    }
  if (self->many > 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                           "the database holds a world already: leave --many out");
      return FALSE;
    }
  self->clock.offset_seconds
      = sandbox_database_int (self->db, 0, "SELECT offset_seconds FROM world", "");
  /* For a reset. */
  return take_start_of_seed (self, error);
}

static gboolean
fill (SandboxWorld *self, GError **error)
{
  gboolean is_new = sandbox_database_int (self->db, 0,
                                          "SELECT count(*) FROM sqlite_master WHERE name = "
                                          "'world'",
                                          "")
                    == 0;

  if (!(is_new ? make_new (self, error) : take_over (self, error)))
    return FALSE;
  self->trust = sandbox_trust_open (self->db, sandbox_clock_now (&self->clock), error);
  return self->trust != NULL;
}

/* Once a process: they lie in the program and stay. */
static void
register_resources (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      sandbox_resources_register_resource ();
      g_once_init_leave (&done, 1);
    }
}

SandboxWorld *
sandbox_world_open (const SandboxWorldOptions *options, GError **error)
{
  g_autoptr (SandboxWorld) self = g_new0 (SandboxWorld, 1);

  register_resources ();
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_fault_free);
  self->stated = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->form_key = sandbox_secret_new ("form");
  self->many = options->many;
  if (!sandbox_clock_init (&self->clock, options->clock, error)
      || !parse_start (self, options->start, error))
    return NULL;
  self->seed = sandbox_seed_load (options->seed, error);
  self->catalogue = self->seed != NULL ? sandbox_catalogue_new (error) : NULL;
  self->db = self->catalogue != NULL ? sandbox_database_open (options->database, error) : NULL;
  if (self->db == NULL)
    return NULL;
  sandbox_database_begin (self->db);
  if (!fill (self, error))
    {
      sandbox_database_rollback (self->db);
      return NULL;
    }
  if (!sandbox_database_commit (self->db, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
sandbox_world_free (SandboxWorld *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->stated, g_hash_table_unref);
  g_clear_pointer (&self->trust, sandbox_trust_free);
  g_clear_pointer (&self->catalogue, sandbox_catalogue_free);
  g_clear_pointer (&self->seed, json_object_unref);
  g_clear_pointer (&self->db, sandbox_database_free);
  sandbox_clock_clear (&self->clock);
  g_free (self->form_key);
  g_free (self->api_url);
  g_free (self->web_url);
  g_free (self->control_url);
  g_free (self);
}

gboolean
sandbox_world_reset (SandboxWorld *self, GError **error)
{
  sandbox_database_script (self->db, empty_world);
  g_ptr_array_set_size (self->faults, 0);
  g_hash_table_remove_all (self->stated);
  set_clock_to_start (self);
  return sandbox_seed_apply (self, error);
}

void
sandbox_world_catch_up (SandboxWorld *self)
{
  sandbox_scheduler_run_days (self);
  sandbox_orders_expire (self);
}
