/* SPDX-License-Identifier: MIT */
/* One line above the page: a sign, a word, a text, and buttons. Hidden while it has nothing to say.
 */
#pragma once

#include <gtk/gtk.h>

#include "tests/host/desktop/words.h"

G_BEGIN_DECLS

typedef struct DesktopBar DesktopBar;

typedef void (*DesktopBarClicked) (gpointer data);

/* @name: of its widget. */
DesktopBar *desktop_bar_new (const char *name);
void desktop_bar_free (DesktopBar *self);
/* (transfer none) */
GtkWidget *desktop_bar_get_widget (DesktopBar *self);

/* @severity: as of a notice; @word: said before the text. */
void desktop_bar_show (DesktopBar *self, const char *severity, const char *word, const char *text);
void desktop_bar_hide (DesktopBar *self);

/* Adds a button, in order; a second call with the same @number changes it. @label NULL: none. */
void desktop_bar_set_button (DesktopBar *self,
                             guint number,
                             const char *label,
                             DesktopBarClicked clicked,
                             gpointer data);

G_END_DECLS
