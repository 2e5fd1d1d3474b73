/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/quote.h"

G_BEGIN_DECLS

/*
 * An order: a quote that somebody confirmed. It is pending while a person has to pay, and ends
 * once, in one transaction with what it did.
 */
#define SANDBOX_ORDER_SECONDS (30 * 60)

typedef struct
{
  char *id;           /* (owned) */
  char *account;      /* (owned) */
  char *quote;        /* (owned) */
  char *key;          /* (owned) */
  char *token;        /* (owned): of the checkout address; whoever has it may pay */
  char *state;        /* (owned) */
  char *reason;       /* (owned) (nullable) */
  char *po_reference; /* (owned) (nullable) */
  char *chosen_card;  /* (owned) (nullable): what the checkout page keeps until it is confirmed */
  char *invoice;      /* (owned) (nullable) */
  gint64 gross_cents;
  gint64 due_now_cents;
  gint64 created; /* the world's Unix seconds */
  gint64 expires;
} SandboxOrder;

SandboxOrder *sandbox_order_load (SandboxWorld *world, const char *id);             /* (nullable) */
SandboxOrder *sandbox_order_find_by_token (SandboxWorld *world, const char *token); /* (nullable) */
void sandbox_order_free (SandboxOrder *order);

gboolean sandbox_order_is_pending (const SandboxOrder *order);

/* (transfer full) (element-type SandboxLine): what was ordered. */
GPtrArray *sandbox_order_lines (SandboxWorld *world,
                                const SandboxOrder *order) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the preview as it was confirmed. */
JsonObject *sandbox_order_preview (SandboxWorld *world,
                                   const SandboxOrder *order) G_GNUC_WARN_UNUSED_RESULT;

/* Ends a pending order; `reason` (nullable) is one of the contract's. */
void sandbox_order_end (SandboxWorld *world,
                        const SandboxOrder *order,
                        const char *state,
                        const char *reason);

/* (transfer full) (element-type utf8): what pending orders of @account would buy, each as
 * INSTALLATION/SERVICE. */
GHashTable *sandbox_orders_awaited (SandboxWorld *world,
                                    const char *account) G_GNUC_WARN_UNUSED_RESULT;

/* Does what a pending order says, with the payer's card on file, and ends it: paid, or failed when
 * the card is refused or somebody was faster. Pending orders of anybody for the same, which can no
 * longer be paid, fail with it. */
void sandbox_order_fulfil (SandboxWorld *world, const SandboxOrder *order);

/* Does lines for an account. FALSE: nothing was done; @error is a #TtecommScheduleError for a
 * refusal. */
gboolean sandbox_lines_apply (SandboxWorld *world,
                              const SandboxAccount *account,
                              GPtrArray *lines,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Orders nobody paid in time. Called with every request. */
void sandbox_orders_expire (SandboxWorld *world);

/* An Order of the contract, as an open object. */
JsonBuilder *sandbox_order_to_json (SandboxWorld *world,
                                    const SandboxOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxOrder, sandbox_order_free)

G_END_DECLS
