/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/money.h"

#include "plugin/terms/tax.h"

SandboxMoney
sandbox_money_of (SandboxWorld *world, const SandboxAccount *payer, gint64 net_cents)
{
  TtecommVatLine line = { .net_cents = net_cents };
  SandboxMoney money = { .gross_cents = net_cents };
  g_autoptr (GError) error = NULL;
  TtecommVatKind kind;
  gsize n_rates;

  line.rate_bp = ttecomm_vat_rate (world->catalogue->taxes, payer->country,
                                   sandbox_account_has_vat_number (world, payer), &kind);
  money.rate_bp = line.rate_bp;
  money.kind = ttecomm_vat_kind_name (kind);
  if (!ttecomm_vat_invoice (&line, 1, &n_rates, &money.gross_cents, &error))
    sandbox_database_fail (world->db, error);
  money.vat_cents = money.gross_cents - net_cents;
  return money;
}
