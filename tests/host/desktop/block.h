/* SPDX-License-Identifier: MIT */
/*
 * A block of a page as a widget. A block outlives revisions as long as a block of its id and type
 * is on the page, so that typed text, focus and open groups stay. One thread: GTK's.
 */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "tests/host/desktop/words.h"

G_BEGIN_DECLS

typedef struct DesktopBlock DesktopBlock;
typedef struct DesktopBlocks DesktopBlocks;
typedef struct DesktopPage DesktopPage;

/* How a type of block is drawn. */
typedef struct
{
  const char *type;
  gboolean is_inline; /* shares its line with its neighbours */

  /* (transfer floating): what it is drawn by; called once. */
  GtkWidget *(*create) (DesktopBlock *self);

  /* self->json is another than before. @before: (nullable): what it was; NULL after create(). */
  void (*update) (DesktopBlock *self, JsonObject *before);

  /* (nullable): whether what create() made can show @json, too. */
  gboolean (*fits) (DesktopBlock *self, JsonObject *json);

  /* (nullable): adds what the person has typed or chosen, under the block's id. */
  void (*add_input) (DesktopBlock *self, JsonObject *inputs);

  /* (nullable): lets go of self->state, when the widget is still there. */
  void (*clear) (DesktopBlock *self);
} DesktopBlockKind;

struct DesktopBlock
{
  const DesktopBlockKind *kind; /* (static) */
  DesktopPage *page;            /* (unowned): outlives it */
  DesktopBlocks *siblings;      /* (unowned): whose inputs go with an action */
  char *id;                     /* (owned) */
  JsonObject *json;             /* (owned): as it is shown */
  GtkWidget *widget;            /* (owned) */
  gpointer state;               /* (owned by the kind) (nullable) */
};

extern const DesktopBlockKind desktop_kind_action;
extern const DesktopBlockKind desktop_kind_choice;
extern const DesktopBlockKind desktop_kind_facts;
extern const DesktopBlockKind desktop_kind_fallback; /* of a type that this host does not know */
extern const DesktopBlockKind desktop_kind_group;
extern const DesktopBlockKind desktop_kind_heading;
extern const DesktopBlockKind desktop_kind_input;
extern const DesktopBlockKind desktop_kind_link;
extern const DesktopBlockKind desktop_kind_notice;
extern const DesktopBlockKind desktop_kind_progress;
extern const DesktopBlockKind desktop_kind_status;
extern const DesktopBlockKind desktop_kind_table;
extern const DesktopBlockKind desktop_kind_text;
extern const DesktopBlockKind desktop_kind_toggle;

/* The block of @json, in the kind of its type. */
DesktopBlock *desktop_block_new (DesktopPage *page, DesktopBlocks *siblings, JsonObject *json);
void desktop_block_free (DesktopBlock *self);

/* Shows what is in a group; nothing for other blocks. */
void desktop_block_open (DesktopBlock *self);

/* FALSE: it is of another type or make now and has to be made anew. */
gboolean desktop_block_update (DesktopBlock *self, JsonObject *json) G_GNUC_WARN_UNUSED_RESULT;

/* A string member of what is shown, "" when it is not there. Borrowed. */
const char *desktop_block_text (const DesktopBlock *self, const char *member);

/* Of the host's own words. */
DesktopLanguage desktop_block_language (const DesktopBlock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DesktopBlock, desktop_block_free)

/* --- those that stand below each other ------------------------------------------------------- */

/* Their widget is a flow. @page outlives it. */
DesktopBlocks *desktop_blocks_new (DesktopPage *page);
void desktop_blocks_free (DesktopBlocks *self);

/* (transfer none) */
GtkWidget *desktop_blocks_get_widget (DesktopBlocks *self);

/* @blocks: (nullable): what shall stand there; those that a row or notice draws are left out. */
void desktop_blocks_update (DesktopBlocks *self, JsonArray *blocks);

/* What was typed and chosen in them, not in groups among them: what goes with an action of theirs.
 * (transfer full) */
JsonObject *desktop_blocks_get_inputs (DesktopBlocks *self) G_GNUC_WARN_UNUSED_RESULT;

/* The action that Enter in an input means: the only primary one that can be chosen. (nullable) */
DesktopBlock *desktop_blocks_get_default (DesktopBlocks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DesktopBlocks, desktop_blocks_free)

/* --- a row of actions that something draws itself --------------------------------------------- */

typedef struct DesktopActions DesktopActions;

/* @siblings: (nullable): whose inputs go with them. */
DesktopActions *desktop_actions_new (DesktopPage *page, DesktopBlocks *siblings);
void desktop_actions_free (DesktopActions *self);
GtkWidget *desktop_actions_get_widget (DesktopActions *self);

/* @ids: (nullable): of blocks of the page. Hides itself when there are none. */
void desktop_actions_update (DesktopActions *self, JsonArray *ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DesktopActions, desktop_actions_free)

/* --- doing something -------------------------------------------------------------------------- */

/* Asks first where the action wants that; then hands it to whoever the page belongs to. Nothing
 * while it is busy. */
void desktop_block_invoke (DesktopBlock *self);

/* The same for an action that something else on the page stands for, with the inputs of that.
 * FALSE: it cannot be chosen now. */
gboolean desktop_action_invoke (DesktopPage *page, const char *id, const char *inputs);

G_END_DECLS
