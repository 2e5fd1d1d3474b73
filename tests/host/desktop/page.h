/* SPDX-License-Identifier: MIT */
/*
 * A page of a plug-in, drawn from its JSON (api/prosoft/page.schema.json) by GTK's own controls.
 * It knows no host: what the person does goes to a listener. One thread: GTK's.
 */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "tests/host/desktop/words.h"

G_BEGIN_DECLS

typedef struct DesktopPage DesktopPage;

typedef struct
{
  /* The person chose an action, and said yes where it asks. @inputs: what goes with it, JSON. */
  void (*invoke) (gpointer data, const char *action, const char *inputs);
  /* The person follows a link. */
  void (*follow) (gpointer data, const char *uri);
} DesktopPageListener;

/* @listener: (static), called with @data. */
DesktopPage *
desktop_page_new (const DesktopPageListener *listener, gpointer data, DesktopLanguage language);
void desktop_page_free (DesktopPage *self);

/* A scrolled window. (transfer none) */
GtkWidget *desktop_page_get_widget (DesktopPage *self);

/* Draws @page, which keeps the schema; what was there keeps what the person did to it, by id. */
void desktop_page_update (DesktopPage *self, JsonObject *page);

/* Nothing is shown any more. */
void desktop_page_clear (DesktopPage *self);

/* The language of the host's own words (reasons, "show more"); the page's are the plug-in's. */
void desktop_page_set_language (DesktopPage *self, DesktopLanguage language);
DesktopLanguage desktop_page_get_language (DesktopPage *self);

/* Chooses an action as if the person had, wherever it stands; FALSE: it is not there or cannot be
 * chosen. For the buttons of a gate's decision. */
gboolean desktop_page_invoke (DesktopPage *self, const char *action);

/* Brings a block into view. FALSE: there is none of that id. */
gboolean desktop_page_reveal (DesktopPage *self, const char *id);

/* For blocks: ------------------------------------------------------------------------------- */

/* The JSON of a block of the page being drawn. (transfer none) (nullable) */
JsonObject *desktop_page_find (DesktopPage *self, const char *id);
/* Which block is drawn under an id, also inside a closed group. @block: a DesktopBlock. */
void desktop_page_note_block (DesktopPage *self, const char *id, gpointer block);
void desktop_page_forget_block (DesktopPage *self, const char *id, gpointer block);
/* Whether a row or a notice draws it. */
gboolean desktop_page_is_drawn (DesktopPage *self, const char *id);
/* The page that the widget belongs to; NULL when it has been freed. (transfer none) */
DesktopPage *desktop_page_of_widget (GtkWidget *widget);
void desktop_page_tell_invoke (DesktopPage *self, const char *action, const char *inputs);
void desktop_page_tell_follow (DesktopPage *self, const char *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DesktopPage, desktop_page_free)

G_END_DECLS
