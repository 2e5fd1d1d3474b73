/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/html.h"

G_BEGIN_DECLS

/*
 * The person's browser: one cookie, which is random and says nothing; forms that only a page of
 * this server can have made for this browser; and, on the account page, who is signed in.
 */

/* The name of a language's choice in addresses and forms. */
#define SANDBOX_LANGUAGE_FIELD "lang"

/*
 * The language that this browser's pages are to have: what was chosen on the page, which is kept in
 * a cookie of its own; else what the program wants that sent the browser here (ui_locales); else
 * what the browser asks for; else English.
 */
SandboxLanguage sandbox_browser_language (SandboxExchange *exchange);
/* The posted form only asks for its page in another language, with what it holds. */
gboolean sandbox_browser_switches_language (SandboxExchange *exchange);

/* Begins a form that posts to `action`, with its CSRF token; sets the cookie where there is none.
 * The page's first form is the one whose state a choice of another language keeps. To be ended with
 * </form>. */
void sandbox_browser_form (SandboxPage *page, const char *action);

/* Reads a posted form and checks its token. FALSE: a page has been answered. */
gboolean sandbox_browser_read_form (SandboxExchange *exchange) G_GNUC_WARN_UNUSED_RESULT;

/* Fills in exchange->account. FALSE: the browser has been sent to the sign-in page. */
gboolean sandbox_browser_identify (SandboxExchange *exchange) G_GNUC_WARN_UNUSED_RESULT;

/* Signs the browser in, under a new cookie, or out. */
void sandbox_browser_sign_in (SandboxExchange *exchange, const char *account);
void sandbox_browser_sign_out (SandboxExchange *exchange);

G_END_DECLS
