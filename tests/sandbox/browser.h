/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/*
 * The person's browser: one cookie, which is random and says nothing; forms that only a page of
 * this server can have made for this browser; and, on the account page, who is signed in.
 */

/* Begins a form that posts to `action`, with its CSRF token; sets the cookie where there is none.
 * To be ended with </form>. */
void sandbox_browser_form (SandboxExchange *exchange, GString *page, const char *action);

/* Reads a posted form and checks its token. FALSE: a page has been answered. */
gboolean sandbox_browser_read_form (SandboxExchange *exchange) G_GNUC_WARN_UNUSED_RESULT;

/* Fills in exchange->account. FALSE: the browser has been sent to the sign-in page. */
gboolean sandbox_browser_identify (SandboxExchange *exchange) G_GNUC_WARN_UNUSED_RESULT;

/* Signs the browser in, under a new cookie, or out. */
void sandbox_browser_sign_in (SandboxExchange *exchange, const char *account);
void sandbox_browser_sign_out (SandboxExchange *exchange);

G_END_DECLS
