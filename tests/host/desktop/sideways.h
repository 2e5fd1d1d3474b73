/* SPDX-License-Identifier: MIT */
/*
 * Around what may be wider than the window: it moves sideways by itself, so that the page around it
 * does not. Its height is that of what is in it, which a scrolled window alone cannot ask for.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer floating) */
GtkWidget *desktop_sideways_new (GtkWidget *child);

G_END_DECLS
