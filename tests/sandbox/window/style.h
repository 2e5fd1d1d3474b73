/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The window's colours, which follow GtkSettings:gtk-application-prefer-dark-theme. */
typedef struct _SandboxStyle SandboxStyle;

SandboxStyle *sandbox_style_new (GdkDisplay *display) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_style_free (SandboxStyle *self);

/* (transfer full): the tokens as CSS, "@define-color ink #1b1b1f;" one a line. */
char *sandbox_style_get_tokens (gboolean dark);

G_END_DECLS
