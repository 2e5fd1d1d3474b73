/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/page.h"

G_BEGIN_DECLS

/*
 * The blocks of a page (api/prosoft/page.schema.json), written in the order of the calls. Every
 * string is cleaned on its way (plugin/text/clean.h) and every block gets its fallback_text here.
 * An id that the page has already is left out, so a section need not know what another one brought.
 */

/* Rows of all tables of one page. */
#define TTECOMM_BLOCKS_MAX_ROWS 2000

typedef enum
{
  TTECOMM_SEVERITY_NEUTRAL,
  TTECOMM_SEVERITY_GOOD,
  TTECOMM_SEVERITY_INFO,
  TTECOMM_SEVERITY_WARNING,
  TTECOMM_SEVERITY_ERROR,
} TtecommSeverity;

typedef enum
{
  TTECOMM_STYLE_NORMAL,
  TTECOMM_STYLE_PRIMARY,
  TTECOMM_STYLE_DANGER,
} TtecommStyle;

/* An action. Everything is borrowed; NULL leaves a member out. */
typedef struct
{
  const char *id;
  const char *label;
  const char *name; /* unambiguous when read aloud; NULL: as the label */
  TtecommStyle style;
  const char *disabled_reason; /* NULL: enabled */
  gboolean busy;
  const char *confirm_title; /* NULL: not asked */
  const char *confirm_text;
  const char *confirm_ok;
  const char *confirm_cancel;
  const char *promise; /* what else a click agrees to (a quote, a version); never shown */
} TtecommActionSpec;

typedef struct
{
  const char *id;
  const char *title;
} TtecommColumn;

typedef struct _TtecommBlocks TtecommBlocks;

TtecommBlocks *ttecomm_blocks_new (const TtecommText *text);
void ttecomm_blocks_free (TtecommBlocks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommBlocks, ttecomm_blocks_free)

/* Around everything else. */
void ttecomm_blocks_begin_page (TtecommBlocks *self,
                                const char *title,
                                gint64 revision,
                                const char *state);
/* Hands out what was made: the bytes, and TtecommPageAction by id. (transfer full) */
GBytes *ttecomm_blocks_end_page (TtecommBlocks *self,
                                 GHashTable **actions) G_GNUC_WARN_UNUSED_RESULT;

const TtecommText *ttecomm_blocks_get_text (TtecommBlocks *self);
gboolean ttecomm_blocks_has (TtecommBlocks *self, const char *id);

void ttecomm_blocks_begin_group (TtecommBlocks *self, const char *id, const char *title);
/* The same, closed until the person opens it. */
void ttecomm_blocks_begin_closed_group (TtecommBlocks *self, const char *id, const char *title);
void ttecomm_blocks_end_group (TtecommBlocks *self);

void ttecomm_blocks_heading (TtecommBlocks *self, const char *id, int level, const char *text);
void ttecomm_blocks_text (TtecommBlocks *self, const char *id, const char *text);
/* @action: (nullable): the id of an action of this page */
void ttecomm_blocks_notice (TtecommBlocks *self,
                            const char *id,
                            TtecommSeverity severity,
                            const char *text,
                            const char *action);
void ttecomm_blocks_status (TtecommBlocks *self,
                            const char *id,
                            TtecommSeverity severity,
                            const char *word,
                            const char *text);
/* @rows: label, value, label, value, ... ; without rows there is no block */
void ttecomm_blocks_facts (TtecommBlocks *self, const char *id, const GPtrArray *rows);
void ttecomm_blocks_action (TtecommBlocks *self, const TtecommActionSpec *spec);
/* An action without a block of its own, eg: of a toggle. */
void ttecomm_blocks_hidden_action (TtecommBlocks *self, const TtecommActionSpec *spec);
/* @action: invoked when the person changes it */
void ttecomm_blocks_toggle (TtecommBlocks *self,
                            const char *id,
                            const char *label,
                            gboolean value,
                            const char *action);
/* What a person types; it comes with the actions beside it. @kind: text, secret, email, date;
 * @value: (nullable): what is known of it */
void ttecomm_blocks_input (TtecommBlocks *self,
                           const char *id,
                           const char *kind,
                           const char *label,
                           const char *value);
/* An input of kind secret, whose value never stands on a page. @error: (nullable): what was wrong
 * with the last one */
void
ttecomm_blocks_secret (TtecommBlocks *self, const char *id, const char *label, const char *error);
/* One of several; it comes with the actions beside it. @value: id of the one that is chosen;
 * @options: id, label, id, label, ..., up to a NULL */
void ttecomm_blocks_choice (TtecommBlocks *self,
                            const char *id,
                            const char *label,
                            const char *value,
                            const char *const *options);
/* How far is not known. @cancel: (nullable): id of an action */
void
ttecomm_blocks_progress (TtecommBlocks *self, const char *id, const char *text, const char *cancel);
/* Left out when @uri is %NULL or no http address. */
void ttecomm_blocks_link (TtecommBlocks *self, const char *id, const char *label, const char *uri);

void ttecomm_blocks_begin_table (TtecommBlocks *self,
                                 const char *id,
                                 const TtecommColumn *columns,
                                 gsize n_columns);
/* How many rows the page still takes. */
guint ttecomm_blocks_rows_left (const TtecommBlocks *self);
/* FALSE: the page has all the rows it may have, and this one is left out. @id may be hostile: it is
 * made fit, and the only one of its kind in this table. */
gboolean ttecomm_blocks_begin_row (TtecommBlocks *self, const char *id) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_blocks_cell (TtecommBlocks *self, const char *text);
void ttecomm_blocks_status_cell (TtecommBlocks *self, TtecommSeverity severity, const char *text);
/* @actions: (nullable): ids, up to a NULL */
void ttecomm_blocks_end_row (TtecommBlocks *self, const char *const *actions);
void ttecomm_blocks_end_table (TtecommBlocks *self);

G_END_DECLS
