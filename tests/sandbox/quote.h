/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/preview.h"
#include "tests/sandbox/http.h"
#include "tests/sandbox/installation.h"

G_BEGIN_DECLS

/*
 * What a basket would do. The preview, the order that confirms it and the account page all go
 * through here: nothing happens that was not computed by the same function first.
 */
typedef enum
{
  SANDBOX_LINE_BUY,
  SANDBOX_LINE_DEACTIVATE,
  SANDBOX_LINE_REACTIVATE,
} SandboxLineAction;

typedef struct
{
  SandboxLineAction action;
  char *installation;            /* (owned) */
  const SandboxProduct *product; /* borrowed from the catalogue */
  const TtecommPeriod *period;   /* borrowed from the product's terms */
} SandboxLine;

#define SANDBOX_MAX_LINES 500

SandboxLine *sandbox_line_new (SandboxLineAction action,
                               const char *installation,
                               const SandboxProduct *product) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_line_free (SandboxLine *line);

/* (transfer full) (element-type SandboxLine): of a QuoteRequest; errors are texts for `invalid`. */
GPtrArray *sandbox_lines_read (SandboxWorld *world,
                               JsonObject *request,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the preview of a basket comes to. */
typedef struct
{
  JsonObject *json;    /* (owned): a Quote without quote_id, card and server_today */
  char *text;          /* (owned): the same, to be stored and compared */
  gint64 gross_cents;  /* also what is due now */
  JsonArray *blockers; /* borrowed from json */
} SandboxPreview;

/* NULL after a failure of the database. */
SandboxPreview *sandbox_preview_new (SandboxWorld *world,
                                     const SandboxAccount *account,
                                     GPtrArray *lines) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_preview_free (SandboxPreview *preview);

/* A member "terms_of_sale". */
void sandbox_terms_of_sale_to_json (SandboxWorld *world, JsonBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxLine, sandbox_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxPreview, sandbox_preview_free)

G_END_DECLS
