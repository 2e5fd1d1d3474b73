/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/* Pages that only say something: the terms of sale, and what other shops do by e-mail. Handlers. */
void sandbox_pages_home (SandboxExchange *exchange);
void sandbox_pages_terms_of_sale (SandboxExchange *exchange);
void sandbox_pages_create_account (SandboxExchange *exchange);
void sandbox_pages_forgot_password (SandboxExchange *exchange);
void sandbox_pages_not_found (SandboxExchange *exchange);

G_END_DECLS
