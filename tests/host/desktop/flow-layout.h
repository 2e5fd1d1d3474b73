/* SPDX-License-Identifier: MIT */
/*
 * How the blocks of a page stand below each other: each takes a line of its own, but those that are
 * inline (buttons, links) share one as far as the width goes. The children stay one flat list, so
 * that a block that comes or goes never takes the focus from another.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESKTOP_TYPE_FLOW_LAYOUT (desktop_flow_layout_get_type ())
G_DECLARE_FINAL_TYPE (DesktopFlowLayout,
                      desktop_flow_layout,
                      DESKTOP,
                      FLOW_LAYOUT,
                      GtkLayoutManager)

/* An empty widget with this layout; children by gtk_widget_insert_after(). They are let go of when
 * it is disposed. (transfer floating) */
GtkWidget *desktop_flow_new (void);

/* Whether the child shares its line. */
void desktop_flow_set_inline (GtkWidget *child, gboolean is_inline);

G_END_DECLS
