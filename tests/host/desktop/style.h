/* SPDX-License-Identifier: MIT */
/* The colours and forms of all windows of this program. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "light" or "dark" for all windows on the default display. FALSE: there is no theme of that name,
 * and the light one is taken. */
gboolean desktop_style_set_theme (const char *theme);

/* Of what is set: "light" or "dark". (static) */
const char *desktop_style_get_theme (void);

G_END_DECLS
