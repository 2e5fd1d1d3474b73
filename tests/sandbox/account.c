/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/account.h"

#include "plugin/terms/payment.h"
#include "tests/sandbox/api.h"
#include "tests/sandbox/http.h"
#include "tests/sandbox/scheduler.h"

void
sandbox_card_free (SandboxCard *self)
{
  if (self == NULL)
    return;
  g_free (self->brand);
  g_free (self->last4);
  g_free (self->expires);
  g_free (self);
}

void
sandbox_account_free (SandboxAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->email);
  g_free (self->name);
  g_free (self->company);
  g_free (self->country);
  g_free (self->street);
  g_free (self->postcode);
  g_free (self->city);
  g_free (self->tax_number);
  g_free (self->invoice_email);
  sandbox_card_free (self->card);
  g_free (self);
}

static SandboxCard *
load_card (SandboxWorld *world, const char *account)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      world->db, "SELECT brand, last4, expires, verified, good FROM cards WHERE account = ?", "s",
      account);
  SandboxCard *card;

  if (!sandbox_row_next (row))
    return NULL;
  card = g_new0 (SandboxCard, 1);
  card->brand = g_strdup (sandbox_row_text (row, 0));
  card->last4 = g_strdup (sandbox_row_text (row, 1));
  card->expires = g_strdup (sandbox_row_text (row, 2));
  card->verified = sandbox_row_int (row, 3) != 0;
  card->good = sandbox_row_int (row, 4) != 0;
  return card;
}

SandboxAccount *
sandbox_account_load (SandboxWorld *world, const char *id)
{
  g_autoptr (SandboxRow) row
      = sandbox_database_query (world->db,
                                "SELECT id, email, name, private, company, country, street, "
                                "postcode, city, tax_number, invoice_email FROM accounts "
                                "WHERE id = ?",
                                "s", id);
  SandboxAccount *self;

  if (!sandbox_row_next (row))
    return NULL;
  self = g_new0 (SandboxAccount, 1);
  self->id = g_strdup (sandbox_row_text (row, 0));
  self->email = g_strdup (sandbox_row_text (row, 1));
  self->name = g_strdup (sandbox_row_text (row, 2));
  self->is_private = sandbox_row_int (row, 3) != 0;
  self->company = g_strdup (sandbox_row_text (row, 4));
  self->country = g_strdup (sandbox_row_text (row, 5));
  self->street = g_strdup (sandbox_row_text (row, 6));
  self->postcode = g_strdup (sandbox_row_text (row, 7));
  self->city = g_strdup (sandbox_row_text (row, 8));
  self->tax_number = g_strdup (sandbox_row_text (row, 9));
  self->invoice_email = g_strdup (sandbox_row_text (row, 10));
  self->card = load_card (world, id);
  return self;
}

SandboxAccount *
sandbox_account_find (SandboxWorld *world, const char *email)
{
  g_autofree char *id
      = sandbox_database_text (world->db, "SELECT id FROM accounts WHERE email = ?", "s", email);

  return id != NULL ? sandbox_account_load (world, id) : NULL;
}

GStrv
sandbox_account_missing (SandboxWorld *world, const SandboxAccount *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  TtecommTaxId tax_id = ttecomm_tax_id_needed (world->catalogue->taxes, self->country);

  if (self->street == NULL || self->postcode == NULL || self->city == NULL)
    g_strv_builder_add (builder, "address");
  if (self->country == NULL)
    g_strv_builder_add (builder, "country");
  if (!self->is_private && self->company == NULL)
    g_strv_builder_add (builder, "company");
  if (!self->is_private && tax_id != TTECOMM_TAX_ID_NONE && self->tax_number == NULL)
    g_strv_builder_add (builder, "tax_id");
  if (self->invoice_email == NULL)
    g_strv_builder_add (builder, "invoice_email");
  return g_strv_builder_end (builder);
}

gboolean
sandbox_account_is_complete (SandboxWorld *world, const SandboxAccount *self)
{
  g_auto (GStrv) missing = sandbox_account_missing (world, self);

  return missing[0] == NULL;
}

gboolean
sandbox_account_has_card (SandboxWorld *world, const SandboxAccount *self)
{
  GDate today;
  gboolean in_time = FALSE;

  sandbox_clock_today (&world->clock, &today);
  return self->card != NULL && self->card->verified
         && ttecomm_card_ok_on (self->card->expires, &today, &in_time, NULL) && in_time;
}

gboolean
sandbox_account_has_vat_number (SandboxWorld *world, const SandboxAccount *self)
{
  return self->tax_number != NULL
         && ttecomm_tax_id_needed (world->catalogue->taxes, self->country) == TTECOMM_TAX_ID_VAT;
}

void
sandbox_account_set_card (SandboxWorld *world, const char *account, const SandboxCard *card)
{
  g_autoptr (TtecommSchedule) schedule = NULL;

  sandbox_database_run (
      world->db,
      "INSERT INTO cards (account, brand, last4, expires, verified, good) VALUES "
      "(?, ?, ?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET brand = excluded.brand, last4 = "
      "excluded.last4, expires = excluded.expires, verified = excluded.verified, good = "
      "excluded.good",
      "ssssii", account, card->brand, card->last4, card->expires, (gint64)card->verified,
      (gint64)card->good);
  schedule = sandbox_scheduler_load (world);
  if (schedule != NULL)
    sandbox_scheduler_finish (world, schedule, ttecomm_events_new ());
}

void
sandbox_card_to_json (const SandboxCard *card, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "card");
  if (card == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "brand", card->brand);
  sandbox_json_string (builder, "last4", card->last4);
  sandbox_json_string (builder, "expires", card->expires);
  sandbox_json_boolean (builder, "verified", card->verified);
  json_builder_end_object (builder);
}

void
sandbox_payer_to_json (const SandboxAccount *payer, const char *viewer, JsonBuilder *builder)
{
  json_builder_begin_object (json_builder_set_member_name (builder, "payer"));
  sandbox_json_string (builder, "name", payer->name);
  sandbox_json_string (builder, "email", payer->email);
  sandbox_json_boolean (builder, "you", g_str_equal (payer->id, viewer));
  json_builder_end_object (builder);
}

static void
add_address (const SandboxAccount *account, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "address");
  if (account->street == NULL && account->postcode == NULL && account->city == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  if (account->street != NULL)
    sandbox_json_string (builder, "street", account->street);
  if (account->postcode != NULL)
    sandbox_json_string (builder, "postcode", account->postcode);
  if (account->city != NULL)
    sandbox_json_string (builder, "city", account->city);
  json_builder_end_object (builder);
}

static void
add_tax_id (SandboxWorld *world, const SandboxAccount *account, JsonBuilder *builder)
{
  TtecommTaxId kind = ttecomm_tax_id_needed (world->catalogue->taxes, account->country);

  json_builder_set_member_name (builder, "tax_id");
  if (account->tax_number == NULL || kind == TTECOMM_TAX_ID_NONE)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "kind", ttecomm_tax_id_name (kind));
  sandbox_json_string (builder, "number", account->tax_number);
  json_builder_end_object (builder);
}

void
sandbox_api_account (SandboxExchange *exchange)
{
  SandboxWorld *world = exchange->world;
  const SandboxAccount *account = exchange->account;
  g_auto (GStrv) missing = sandbox_account_missing (world, account);
  g_autofree char *url = g_strconcat (world->web_url, "/account", NULL);
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_json_string (builder, "id", account->id);
  sandbox_json_string (builder, "email", account->email);
  sandbox_json_string (builder, "name", account->name);
  sandbox_json_string (builder, "company", account->company);
  sandbox_json_string (builder, "country", account->country);
  add_address (account, builder);
  add_tax_id (world, account, builder);
  sandbox_json_string (builder, "invoice_email", account->invoice_email);
  sandbox_json_boolean (builder, "complete", missing[0] == NULL);
  json_builder_begin_array (json_builder_set_member_name (builder, "missing"));
  for (gsize i = 0; missing[i] != NULL; i++)
    json_builder_add_string_value (builder, missing[i]);
  json_builder_end_array (builder);
  sandbox_card_to_json (account->card, builder);
  sandbox_json_string (builder, "account_url", url);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
