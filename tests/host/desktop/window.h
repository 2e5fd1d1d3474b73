/* SPDX-License-Identifier: MIT */
/* The one window of the desktop host. One thread: GTK's. */
#pragma once

#include <gtk/gtk.h>

#include "tests/host/desktop/core.h"
#include "tests/host/desktop/page.h"

G_BEGIN_DECLS

typedef struct DesktopWindow DesktopWindow;

typedef enum
{
  DESKTOP_VIEW_START,   /* no project */
  DESKTOP_VIEW_PROJECT, /* a project is open */
  DESKTOP_VIEW_PAGE,    /* Extra, Users and settings */
} DesktopView;

/* Makes the core, loads @module (a failure is shown, not fatal), and the window, not yet shown.
 * @application (nullable): whose window it is, with the accelerators. @options: borrowed. NULL with
 * @error as of desktop_core_new(). */
DesktopWindow *desktop_window_new (GtkApplication *application,
                                   const DesktopCoreOptions *options,
                                   const char *module,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stops the plug-in and destroys the window. */
void desktop_window_free (DesktopWindow *self);

/* (transfer none) */
GtkWindow *desktop_window_get_window (DesktopWindow *self);
DesktopCore *desktop_window_get_core (DesktopWindow *self);
DesktopPage *desktop_window_get_page (DesktopWindow *self);

/* Opens a project; what is wrong is told in the window. */
gboolean desktop_window_open (DesktopWindow *self, const char *path);

void desktop_window_show_view (DesktopWindow *self, DesktopView view);
DesktopView desktop_window_get_view (DesktopWindow *self);

void desktop_window_set_language (DesktopWindow *self, DesktopLanguage language);
void desktop_window_set_theme (DesktopWindow *self, const char *theme);

/* As the menu does: asks the gate, and shows what it says. */
void desktop_window_open_session (DesktopWindow *self);

/* The dialog that shows a gate's answer; NULL: none. (transfer none) */
GtkWindow *desktop_window_get_answer (DesktopWindow *self);

/* Nothing is said any more in the line below the menu. */
void desktop_window_hide_said (DesktopWindow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DesktopWindow, desktop_window_free)

G_END_DECLS
