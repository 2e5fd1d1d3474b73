/* SPDX-License-Identifier: MIT */
/* What the tests of the desktop host share: a page in a window, and what can be read off it. */
#pragma once

#include "tests/harness/harness.h"

#include "tests/host/desktop/page.h"

G_BEGIN_DECLS

typedef struct
{
  DesktopPage *page;   /* (owned) */
  GtkWindow *window;   /* (owned) */
  GPtrArray *invoked;  /* (owned) (element-type utf8): "ACTION INPUTS" */
  GPtrArray *followed; /* (owned) (element-type utf8) */
} Screen;

void screen_set_up (Screen *self, gconstpointer data);
void screen_tear_down (Screen *self, gconstpointer data);

/* Draws a page of these blocks: the text between the brackets of a JSON array, with ' for ". */
void screen_draw (Screen *self, const char *blocks);

/* A file of tests/data/pages, whole. (transfer full) */
JsonObject *screen_load (const char *name);

/* The names of all pages in tests/data/pages. (transfer full) (element-type utf8) */
GPtrArray *screen_list_pages (void);

/* The widget named @id; the test fails without it. (transfer none) */
GtkWidget *screen_find (Screen *self, const char *id);

/* The first of @type in the block of that id; the test fails without it. */
GtkWidget *screen_find_in (Screen *self, const char *id, GType type);

/* All that the block, or everything (NULL), shows as text, one line a label. (transfer full) */
char *screen_text (Screen *self, const char *id);

/* As a click does; FALSE: it cannot be clicked. gtk_widget_activate() would wait for a release. */
gboolean screen_click (GtkWidget *button);

/* The same of any widget; NULL when there is none of that name in it. */
GtkWidget *screen_search (GtkWidget *widget, const char *name);
/* The first of that type in it; the test fails without it. */
GtkWidget *screen_search_type (GtkWidget *widget, GType type);
char *screen_widget_text (GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;

/* Lets GTK draw what is due. */
void screen_settle (Screen *self);

/* The dialog of that name; NULL: none. */
GtkWindow *screen_find_dialog (const char *name);

/* Presses the button that says @label in the dialog. */
void screen_press (GtkWindow *dialog, const char *label);

G_END_DECLS
