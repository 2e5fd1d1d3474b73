/* SPDX-License-Identifier: MIT */
/* What the blocks share: plain, wrapping labels, and the colours and signs of how good things are.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Wraps, starts at the left edge, no markup, no mnemonic. (transfer floating) */
GtkWidget *desktop_label_new (GtkAccessibleRole role);

/* Sets the text, and lets no word be broken that is short enough to stand whole (a date, an
 * address): a narrow column would else break it anywhere. */
void desktop_label_set_whole_words (GtkWidget *label, const char *text);

/* good, info, warning, error, neutral: one style class of that name; unknown: neutral. */
void desktop_set_severity (GtkWidget *widget, const char *severity);

/* The sign that goes with it: never colour alone. (static) */
const char *desktop_severity_symbol (const char *severity);

G_END_DECLS
