/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/*
 * The account page: the subscriptions of one's installations, renewal on and off with a
 * confirmation (S77-S87), another card (S70). Handlers of /account, /account/renewal and
 * /account/card, for a signed-in browser.
 */
void sandbox_account_page (SandboxExchange *exchange);
void sandbox_account_page_renewal (SandboxExchange *exchange);
void sandbox_account_page_renewal_posted (SandboxExchange *exchange);
void sandbox_account_page_card_posted (SandboxExchange *exchange);

G_END_DECLS
