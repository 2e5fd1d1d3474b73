/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/*
 * Pages. Text goes in through functions that escape it; what is written as it is, is a literal of
 * this program. Every page has a language, a title, one heading, labels, security headers, and no
 * script.
 */

/* (transfer full): begins a page up to and with its heading. `kind` is for programs that read it,
 * in the attribute data-page of <main>; `result` (nullable) in data-result. */
GString *sandbox_html_begin (const char *title,
                             const char *kind,
                             const char *result) G_GNUC_WARN_UNUSED_RESULT;
/* Like printf, but each %s is escaped; only %s and %% are known. */
void sandbox_html_add (GString *page, const char *format, ...);
/* Ends the page and answers with it; the page is used up. */
void sandbox_html_reply (SandboxExchange *exchange, guint status, GString *page);
/* A page that says one thing. */
void
sandbox_html_message (SandboxExchange *exchange, guint status, const char *title, const char *text);

/* (transfer full): "72.60 EUR" */
char *sandbox_html_money (gint64 cents, const char *currency) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): dd/mm/yyyy of YYYY-MM-DD */
char *sandbox_html_date (const char *iso) G_GNUC_WARN_UNUSED_RESULT;

/* Handler: GET /style.css. */
void sandbox_html_style (SandboxExchange *exchange);

G_END_DECLS
