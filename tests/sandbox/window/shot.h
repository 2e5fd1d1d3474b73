/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws a window, as it is on the screen, into a PNG file. */
gboolean
sandbox_shot (GtkWindow *window, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
