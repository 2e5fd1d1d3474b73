/* SPDX-License-Identifier: MIT */
/* A picture of a window, drawn from inside it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Waits until the window has drawn itself as it is now, and writes it as PNG. @front (nullable): a
 * window that stands before it, in the middle. */
gboolean desktop_picture_save (GtkWindow *window,
                               GtkWindow *front,
                               const char *path,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Iterates until the window has been laid out and drawn anew. */
void desktop_picture_settle (GtkWindow *window);

G_END_DECLS
