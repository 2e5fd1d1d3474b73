/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/seed.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "plugin/terms/dates.h"
#include "plugin/terms/payment.h"
#include "plugin/terms/subscription.h"
#include "tests/sandbox/many.h"
#include "tests/sandbox/secrets.h"

#define MAX_BYTES (1024 * 1024)
#define MAX_ITEMS 1000
#define MAX_TEXT 200
#define TERMS_VERSION "2026-09"

typedef gboolean (*ReadItem) (SandboxWorld *world,
                              const char *parent,
                              JsonObject *object,
                              GError **error);

JsonObject *
sandbox_seed_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonObject *object;
  gsize length;

  if (path != NULL)
    {
      if (!g_file_get_contents (path, &text, &length, error))
        return NULL;
      bytes = g_bytes_new_take (g_steal_pointer (&text), length);
    }
  else
    bytes = g_resources_lookup_data ("/ttecomm/sandbox/world.json", G_RESOURCE_LOOKUP_FLAGS_NONE,
                                     error);
  if (bytes == NULL)
    return NULL;
  object = ttecomm_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                      MAX_BYTES, error);
  if (object == NULL && path != NULL)
    g_prefix_error (error, "%s: ", path);
  return object;
}

static gboolean
read_each (SandboxWorld *world,
           const char *parent,
           JsonObject *object,
           const char *name,
           ReadItem read_item,
           GError **error)
{
  JsonArray *array;
  JsonObject *item;

  if (!ttecomm_json_get_optional_array (object, name, MAX_ITEMS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!ttecomm_json_array_get_object (array, i, &item, error)
        || !read_item (world, parent, item, error))
      {
        g_prefix_error (error, "%s[%u]: ", name, i);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_card (SandboxWorld *world, const char *account, JsonObject *card, GError **error)
{
  const char *brand;
  const char *last4;
  const char *expires;
  gboolean verified;
  gboolean good;
  GDate last;

  if (!ttecomm_json_get_string (card, "brand", 16, &brand, error)
      || !ttecomm_json_get_string (card, "last4", 4, &last4, error)
      || !ttecomm_json_get_string (card, "expires", 7, &expires, error)
      || !ttecomm_json_get_optional_boolean (card, "verified", TRUE, &verified, error)
      || !ttecomm_json_get_optional_boolean (card, "good", TRUE, &good, error)
      || !ttecomm_card_last_day (expires, &last, error))
    return FALSE;
  sandbox_database_run (world->db,
                        "INSERT INTO cards (account, brand, last4, expires, verified, good) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        "ssssii", account, brand, last4, expires, (gint64)verified, (gint64)good);
  return TRUE;
}

static gboolean
read_account (SandboxWorld *world, const char *parent, JsonObject *object, GError **error)
{
  static const char *const names[]
      = { "company", "country", "street", "postcode", "city", "tax_number", "invoice_email" };
  const char *texts[G_N_ELEMENTS (names)];
  const char *id;
  const char *email;
  const char *name;
  const char *password;
  g_autofree char *digest = NULL;
  gboolean private;
  JsonObject *card;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!ttecomm_json_get_optional_string (object, names[i], MAX_TEXT, &texts[i], error))
      return FALSE;
  if (!ttecomm_json_get_string (object, "id", 64, &id, error)
      || !ttecomm_json_get_string (object, "email", 254, &email, error)
      || !ttecomm_json_get_string (object, "name", MAX_TEXT, &name, error)
      || !ttecomm_json_get_optional_string (object, "password", 64, &password, error)
      || !ttecomm_json_get_optional_boolean (object, "private", FALSE, &private, error)
      || !ttecomm_json_get_optional_object (object, "card", &card, error))
    return FALSE;
  digest = sandbox_digest (password != NULL ? password : "sandbox");
  sandbox_database_run (
      world->db,
      "INSERT INTO accounts (id, email, name, password, private, company, country, street, "
      "postcode, city, tax_number, invoice_email) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "ssssisssssss", id, email, name, digest, (gint64) private, texts[0], texts[1], texts[2],
      texts[3], texts[4], texts[5], texts[6]);
  return card == NULL || read_card (world, id, card, error);
}

static gboolean
read_person (SandboxWorld *world, const char *installation, JsonObject *object, GError **error)
{
  const char *email;
  const char *role;

  if (!ttecomm_json_get_string (object, "email", 254, &email, error)
      || !ttecomm_json_get_string (object, "role", 16, &role, error))
    return FALSE;
  sandbox_database_run (world->db,
                        "INSERT INTO people (installation, email, role) VALUES (?, ?, ?)", "sss",
                        installation, email, role);
  return TRUE;
}

typedef struct
{
  const char *service;
  const char *payer;
  gint64 months_ago;
  gint64 n;
  gboolean renew;
  gboolean failed;
} Seeded;

static gboolean
read_seeded (JsonObject *object, Seeded *seeded, GError **error)
{
  return ttecomm_json_get_string (object, "service", 16, &seeded->service, error)
         && ttecomm_json_get_string (object, "payer", 254, &seeded->payer, error)
         && ttecomm_json_get_int (object, "months_ago", 0, 600, &seeded->months_ago, error)
         && ttecomm_json_get_optional_int (object, "n", 1, 100, 1, &seeded->n, error)
         && ttecomm_json_get_optional_boolean (object, "renew", TRUE, &seeded->renew, error)
         && ttecomm_json_get_optional_boolean (object, "failed", FALSE, &seeded->failed, error);
}

/* Dates are months before the world's first day, so that a world can begin on any day. */
static gboolean
read_subscription (SandboxWorld *world,
                   const char *installation,
                   JsonObject *object,
                   GError **error)
{
  Seeded seeded;
  const SandboxProduct *product;
  g_autoptr (TtecommSubscription) subscription = NULL;
  TtecommTermChoice choice = { 0 };
  GDate today;
  GDate start;
  char start_text[TTECOMM_DATE_SIZE];
  char end_text[TTECOMM_DATE_SIZE];

  if (!read_seeded (object, &seeded, error))
    return FALSE;
  product = sandbox_catalogue_find (world->catalogue, seeded.service);
  if (product == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no product \"%s\"",
                   seeded.service);
      return FALSE;
    }
  choice.period = ((TtecommPeriod *)g_ptr_array_index (product->terms->periods, 0))->id;
  sandbox_clock_today (&world->clock, &today);
  if (!ttecomm_date_add_months (&today, -seeded.months_ago, &start, error))
    return FALSE;
  subscription = ttecomm_subscription_new (product->id, product->terms, &choice, seeded.payer,
                                           product->list_cents, &start, error);
  if (subscription == NULL
      || !ttecomm_terms_end_date (product->terms, &choice, &start, seeded.n, &subscription->end,
                                  error))
    return FALSE;
  ttecomm_date_format (&start, start_text);
  ttecomm_date_format (&subscription->end, end_text);
  sandbox_database_run (
      world->db,
      "INSERT INTO subscriptions (installation, service, payer, period, original_start, n, end, "
      "renew, failed, reminded, next_cents, end_is_told) VALUES (?, ?, (SELECT id FROM accounts "
      "WHERE email = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sssssisiiiii", installation, product->id, seeded.payer, choice.period, start_text, seeded.n,
      end_text, (gint64)seeded.renew, (gint64)seeded.failed, (gint64)0, product->list_cents,
      (gint64)!ttecomm_subscription_runs (subscription, &today));
  return TRUE;
}

static gboolean
read_installation (SandboxWorld *world, const char *parent, JsonObject *object, GError **error)
{
  const char *id;
  const char *name;
  const char *prosoft;
  gboolean connected;
  gboolean si_access;
  gboolean suspended;

  if (!ttecomm_json_get_string (object, "id", 64, &id, error)
      || !ttecomm_json_get_string (object, "name", MAX_TEXT, &name, error)
      || !ttecomm_json_get_string (object, "prosoft", 32, &prosoft, error)
      || !ttecomm_json_get_optional_boolean (object, "connected", TRUE, &connected, error)
      || !ttecomm_json_get_optional_boolean (object, "si_access", TRUE, &si_access, error)
      || !ttecomm_json_get_optional_boolean (object, "suspended", FALSE, &suspended, error))
    return FALSE;
  sandbox_database_run (world->db,
                        "INSERT INTO installations (id, name, connected, last_seen, si_access, "
                        "suspended, prosoft) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        "ssiiiis", id, name, (gint64)connected,
                        sandbox_clock_now (&world->clock) - 24 * 60 * 60, (gint64)si_access,
                        (gint64)suspended, prosoft);
  return read_each (world, id, object, "people", read_person, error)
         && read_each (world, id, object, "subscriptions", read_subscription, error);
}

gboolean
sandbox_seed_add_installation (SandboxWorld *world, JsonObject *object, GError **error)
{
  return read_installation (world, NULL, object, error);
}

gboolean
sandbox_seed_apply (SandboxWorld *world, GError **error)
{
  g_autofree char *today = sandbox_clock_today_text (&world->clock);

  sandbox_database_run (world->db,
                        "INSERT INTO world (one, offset_seconds, last_run, terms_version) VALUES "
                        "(1, ?, ?, ?)",
                        "iss", world->clock.offset_seconds, today, TERMS_VERSION);
  return read_each (world, NULL, world->seed, "accounts", read_account, error)
         && read_each (world, NULL, world->seed, "installations", read_installation, error)
         && sandbox_many_add (world, world->many, error);
}
