/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/*
 * The checkout pages: what is bought and what it costs, which card, confirm (irrevocable, S87), the
 * bank's own question where the card asks for one, and how it ended. Handlers of
 * /checkout/{token}, .../confirm and .../bank.
 */
void sandbox_checkout_page (SandboxExchange *exchange);
void sandbox_checkout_posted (SandboxExchange *exchange);
void sandbox_checkout_confirm (SandboxExchange *exchange);
void sandbox_checkout_confirm_posted (SandboxExchange *exchange);
void sandbox_checkout_bank (SandboxExchange *exchange);
void sandbox_checkout_bank_posted (SandboxExchange *exchange);

G_END_DECLS
