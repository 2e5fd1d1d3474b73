/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/world.h"

G_BEGIN_DECLS

/* A card as the shop may know it: a reference, never its number (S66). */
typedef struct
{
  char *brand;       /* (owned) */
  char *last4;       /* (owned) */
  char *expires;     /* (owned): YYYY-MM */
  gboolean verified; /* S38: the 0.01 debit went through */
  gboolean good;     /* whether the bank pays */
} SandboxCard;

typedef struct
{
  char *id;            /* (owned): opaque */
  char *email;         /* (owned) */
  char *name;          /* (owned) */
  gboolean is_private; /* an owner's own account: no company, no tax number (C23) */
  char *company;       /* (owned) (nullable) */
  char *country;       /* (owned) (nullable) */
  char *street;        /* (owned) (nullable) */
  char *postcode;      /* (owned) (nullable) */
  char *city;          /* (owned) (nullable) */
  char *tax_number;    /* (owned) (nullable) */
  char *invoice_email; /* (owned) (nullable) */
  SandboxCard *card;   /* (owned) (nullable) */
} SandboxAccount;

SandboxAccount *sandbox_account_load (SandboxWorld *world,
                                      const char *id) G_GNUC_WARN_UNUSED_RESULT; /* (nullable) */
SandboxAccount *sandbox_account_find (SandboxWorld *world,
                                      const char *email) G_GNUC_WARN_UNUSED_RESULT; /* (nullable) */
void sandbox_account_free (SandboxAccount *self);
void sandbox_card_free (SandboxCard *self);

/* S31, S36, C23. (transfer full): names of what is missing for buying; empty when complete */
GStrv sandbox_account_missing (SandboxWorld *world,
                               const SandboxAccount *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean sandbox_account_is_complete (SandboxWorld *world, const SandboxAccount *self);
/* The number is on file, verified and not past its month on the world's day (S38). */
gboolean sandbox_account_has_card (SandboxWorld *world, const SandboxAccount *self);
/* A VAT number makes another VAT country's purchase a reverse charge. */
gboolean sandbox_account_has_vat_number (SandboxWorld *world, const SandboxAccount *self);

/* A member "card" of the object that the builder stands in; null without one. */
void sandbox_card_to_json (const SandboxCard *card, JsonBuilder *builder);
/* A member "payer". */
void sandbox_payer_to_json (const SandboxAccount *payer, const char *viewer, JsonBuilder *builder);

/* Replaces the card on file and tries again what failed for want of a good one (S68, S70). */
void sandbox_account_set_card (SandboxWorld *world, const char *account, const SandboxCard *card);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxAccount, sandbox_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxCard, sandbox_card_free)

G_END_DECLS
