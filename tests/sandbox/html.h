/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"
#include "tests/sandbox/words.h"

G_BEGIN_DECLS

/*
 * A page that is being written, in the language of its reader. Text goes in through functions that
 * escape it; what is written as it is, is a literal of this program. Every page has a language, a
 * title, one heading, labels, a choice of languages, security headers, and no script.
 */
typedef struct
{
  SandboxExchange *exchange; /* (unowned) */
  SandboxLanguage language;
  GString *html; /* (owned) */
  gboolean has_form;
} SandboxPage;

/* The id of the form whose state a choice of another language keeps. */
#define SANDBOX_PAGE_FORM "form"

/* (transfer full): begins a page up to and with its heading. `kind` is for programs that read it,
 * in the attribute data-page of <main>; `result` (nullable) in data-result. */
SandboxPage *sandbox_page_begin (SandboxExchange *exchange,
                                 SandboxWord title,
                                 const char *kind,
                                 const char *result) G_GNUC_WARN_UNUSED_RESULT;
/* As above, of a form that was refused: its title says so. */
SandboxPage *sandbox_page_begin_refused (SandboxExchange *exchange,
                                         SandboxWord title,
                                         const char *kind,
                                         const char *result) G_GNUC_WARN_UNUSED_RESULT;
/* Like printf, but each %s is escaped, and each %w is a SandboxWord without placeholders; else only
 * %% is known. */
void sandbox_page_add (SandboxPage *page, const char *format, ...);
/* A <p> of a word and the values of its placeholders: NAME, VALUE..., NULL. */
void sandbox_page_say (SandboxPage *page, SandboxWord word, ...) G_GNUC_NULL_TERMINATED;
/* As above, without the <p>. */
void sandbox_page_put (SandboxPage *page, SandboxWord word, ...) G_GNUC_NULL_TERMINATED;
/* What is wrong with a form that was posted: focused and announced, with a link to the field. */
void sandbox_page_problem (SandboxPage *page, SandboxWord text, const char *field);
/* Ends the page and answers with it; the page is used up. */
void sandbox_page_reply (SandboxPage *page, guint status);

/* A page that says one thing, and for whoever made the program that led here, (nullable) `detail`.
 */
void sandbox_page_message (SandboxExchange *exchange,
                           guint status,
                           SandboxWord title,
                           SandboxWord text,
                           const char *detail);

/* One field of a form with its label. All but id, label and type may be NULL. */
typedef struct
{
  const char *id; /* its name, too */
  SandboxWord label;
  const char *type;
  const char *value;
  const char *autocomplete;
  const char *attributes; /* more of them, as they are */
  const char *described;  /* id of what explains it */
  gboolean wrong;         /* a problem names this field */
} SandboxField;

void sandbox_page_field (SandboxPage *page, const SandboxField *field);

/* Handler: GET /style.css. */
void sandbox_page_style (SandboxExchange *exchange);

G_END_DECLS
