/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/html.h"
#include "tests/sandbox/order.h"
#include "tests/sandbox/test-card.h"

G_BEGIN_DECLS

/* The checkout's pages as they look; checkout.c decides which one is shown. Each answers. */

/* The value of the field "card" for the card on file. */
#define SANDBOX_CHECKOUT_ON_FILE "file"

/* (transfer full): the address of an order's page "", "/confirm" or "/bank". */
char *sandbox_checkout_address (const SandboxOrder *order,
                                const char *page) G_GNUC_WARN_UNUSED_RESULT;

/* What is bought, and with which card; @wrong (nullable) is the field that @problem is about. */
void sandbox_checkout_show_order (SandboxExchange *exchange,
                                  const SandboxOrder *order,
                                  const char *wrong,
                                  SandboxWord problem);
/* @chosen: (nullable): NULL is the card on file */
void sandbox_checkout_show_confirm (SandboxExchange *exchange,
                                    const SandboxOrder *order,
                                    const SandboxTestCard *chosen);
void sandbox_checkout_show_bank (SandboxExchange *exchange, const SandboxOrder *order);
void sandbox_checkout_show_result (SandboxExchange *exchange, const SandboxOrder *order);

G_END_DECLS
