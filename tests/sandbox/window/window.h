/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "tests/sandbox/window/words.h"

G_BEGIN_DECLS

/*
 * The control window of a running sandbox: its date and the way forward, what happened, what goes
 * wrong, the e-mails, and the switches of its world. It asks again every two seconds while it can
 * be seen, and finds a sandbox that was started again. GTK's thread.
 */
#define SANDBOX_TYPE_WINDOW (sandbox_window_get_type ())
G_DECLARE_FINAL_TYPE (SandboxWindow, sandbox_window, SANDBOX, WINDOW, GtkWindow)

typedef struct
{
  const char *folder; /* of the sandbox: where its urls.json is or will be */
  WindowLanguage language;
  guint poll_ms; /* 0: two seconds */
} SandboxWindowOptions;

SandboxWindow *sandbox_window_new (const SandboxWindowOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/* "events", "faults", "mails" or "world"; %FALSE for another. */
gboolean sandbox_window_show_tab (SandboxWindow *self, const char *name);

/* Whether a sandbox is shown, and nothing is under way. */
gboolean sandbox_window_is_at_rest (SandboxWindow *self);

G_END_DECLS
