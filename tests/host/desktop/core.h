/* SPDX-License-Identifier: MIT */
/*
 * A host for one plug-in under GLib's main loop: the library of tests/host, its loop as a source of
 * the default context. It knows no window; what is to be shown goes to a listener. One thread.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "tests/host/desktop/words.h"
#include "tests/host/host.h"

G_BEGIN_DECLS

typedef struct DesktopCore DesktopCore;

typedef enum
{
  DESKTOP_SAY_INFO,
  DESKTOP_SAY_GOOD,
  DESKTOP_SAY_WARNING,
  DESKTOP_SAY_ERROR,
} DesktopSay;

/* Called from the main loop; say() also from inside a function of the core. */
typedef struct
{
  /* The page is another. */
  void (*page) (gpointer data, JsonObject *page);
  /* The gate has decided what was asked last; @decision NULL: no answer came. Borrowed. */
  void (*decided) (gpointer data, const HostDecision *decision);
  /* One line to tell the person. */
  void (*say) (gpointer data, DesktopSay severity, const char *text);
  /* Anything else that is shown: project, session, work, attention, date, what is wrong. */
  void (*changed) (gpointer data);
} DesktopCoreListener;

/* Borrowed for desktop_core_new() only. */
typedef struct
{
  const char *home;            /* folder for data, cache and the log */
  const char *sandbox;         /* (nullable): folder of a sandbox */
  const char *theme;           /* "light", "dark" */
  const char *secrets_dir;     /* (nullable): a folder instead of the person's safe place */
  const char *const *browser;  /* (nullable): argv; the address to open is appended */
  const char *prosoft_version; /* (nullable) */
  DesktopLanguage language;
} DesktopCoreOptions;

/* @listener: (static). NULL with @error when a folder cannot be made or the sandbox not be read. */
DesktopCore *desktop_core_new (const DesktopCoreOptions *options,
                               const DesktopCoreListener *listener,
                               gpointer data,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stops the plug-in. */
void desktop_core_free (DesktopCore *self);

/* Loads the module and starts its first plug-in. FALSE: the host goes on without, and
 * desktop_core_get_trouble() says why. */
gboolean desktop_core_load (DesktopCore *self, const char *module);

/* (transfer none) */
Host *desktop_core_get_host (DesktopCore *self);

/* --- the project ------------------------------------------------------------------------------ */

/* Another one is closed first. */
gboolean desktop_core_open (DesktopCore *self, const char *path, GError **error);
void desktop_core_close (DesktopCore *self);

/* (nullable) (transfer none) */
const char *desktop_core_get_path (DesktopCore *self);

/* --- the page --------------------------------------------------------------------------------- */

/* Opens the first page under extra/users-and-settings, if it is not open. FALSE: there is none. */
gboolean desktop_core_show_page (DesktopCore *self);
/* (nullable) (transfer none) */
JsonObject *desktop_core_get_page (DesktopCore *self);
void desktop_core_invoke (DesktopCore *self, const char *action, const char *inputs);
void desktop_core_follow (DesktopCore *self, const char *uri);

/* The window has the focus again. */
void desktop_core_activated (DesktopCore *self);

/* --- a remote session ------------------------------------------------------------------------- */

/* Asks the gate for the open project; the listener is told. FALSE: nobody can be asked. */
gboolean desktop_core_check (DesktopCore *self);
gboolean desktop_core_is_checking (DesktopCore *self);
/* 0: none runs. */
prosoft_session_t desktop_core_get_session (DesktopCore *self);
void desktop_core_end_session (DesktopCore *self);

/* --- work that takes its time ----------------------------------------------------------------- */

/* What runs for longer than a moment, and how far it is (-1: not known). NULL: nothing. (transfer
 * none) */
const char *desktop_core_get_work (DesktopCore *self, double *fraction);
void desktop_core_cancel_work (DesktopCore *self);

/* --- values ----------------------------------------------------------------------------------- */

void desktop_core_set_language (DesktopCore *self, DesktopLanguage language);
DesktopLanguage desktop_core_get_language (DesktopCore *self);
void desktop_core_set_theme (DesktopCore *self, const char *theme);

/* The sandbox's date as the language writes it; NULL without a sandbox. (transfer full) */
char *desktop_core_get_sandbox_date (DesktopCore *self);

/* What a person should know without opening the page; NULL: nothing. @severity: (out): info,
 * warning, urgent. (transfer none) */
const char *desktop_core_get_attention (DesktopCore *self, const char **severity);

/* What is wrong with the plug-in itself, in the host's language; NULL: nothing. (transfer none) */
const char *desktop_core_get_trouble (DesktopCore *self);

/* For whoever helps: versions, findings, the state of things. No secret. (transfer full) */
char *desktop_core_diagnose (DesktopCore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DesktopCore, desktop_core_free)

G_END_DECLS
