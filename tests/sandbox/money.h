/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/account.h"

G_BEGIN_DECLS

/* One invoice of one rate, as `payer` pays it (design.md, section 6): all VAT of the sandbox. */
typedef struct
{
  gint64 rate_bp;
  const char *kind; /* standard, reverse_charge, outside. Static. */
  gint64 vat_cents;
  gint64 gross_cents;
} SandboxMoney;

SandboxMoney sandbox_money_of (SandboxWorld *world, const SandboxAccount *payer, gint64 net_cents);

G_END_DECLS
