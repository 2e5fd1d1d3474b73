/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/* The sign-in pages. Handlers: GET and POST /authorize (OAuth, for PROSOFT), GET and POST /sign-in
 * (for the account page), POST /sign-out. */
void sandbox_sign_in_authorize (SandboxExchange *exchange);
void sandbox_sign_in_authorize_posted (SandboxExchange *exchange);
void sandbox_sign_in_page (SandboxExchange *exchange);
void sandbox_sign_in_page_posted (SandboxExchange *exchange);
void sandbox_sign_in_out (SandboxExchange *exchange);

/* RFC 8252, 7.3: http://127.0.0.1:PORT/callback or http://[::1]:PORT/callback, exactly. */
gboolean sandbox_sign_in_redirect_is_ours (const char *redirect_uri);

G_END_DECLS
