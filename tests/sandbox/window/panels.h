/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "tests/sandbox/window/view.h"
#include "tests/sandbox/window/words.h"

G_BEGIN_DECLS

/*
 * The parts of the control window. Each is a box that shows its part of a view, says with `act`
 * what the person wants, and shows what came of it when the next view comes. GTK's thread.
 */

/* What a panel needs of its window, which outlives it. @body: (nullable): (transfer none): JSON. */
typedef struct
{
  WindowLanguage language;
  void (*act) (gpointer window, const char *method, const char *path, const char *body);
  gpointer window; /* (unowned) */
} SandboxPanelHost;

#define SANDBOX_TYPE_TIME_PANEL (sandbox_time_panel_get_type ())
G_DECLARE_FINAL_TYPE (SandboxTimePanel, sandbox_time_panel, SANDBOX, TIME_PANEL, GtkBox)
SandboxTimePanel *sandbox_time_panel_new (const SandboxPanelHost *host);
void sandbox_time_panel_show (SandboxTimePanel *self, const SandboxView *view);
/* While something is under way nothing else can be wanted. */
void sandbox_time_panel_set_busy (SandboxTimePanel *self, gboolean busy);

#define SANDBOX_TYPE_EVENTS_PANEL (sandbox_events_panel_get_type ())
G_DECLARE_FINAL_TYPE (SandboxEventsPanel, sandbox_events_panel, SANDBOX, EVENTS_PANEL, GtkBox)
SandboxEventsPanel *sandbox_events_panel_new (const SandboxPanelHost *host);
void sandbox_events_panel_show (SandboxEventsPanel *self, const SandboxView *view);

#define SANDBOX_TYPE_FAULTS_PANEL (sandbox_faults_panel_get_type ())
G_DECLARE_FINAL_TYPE (SandboxFaultsPanel, sandbox_faults_panel, SANDBOX, FAULTS_PANEL, GtkBox)
SandboxFaultsPanel *sandbox_faults_panel_new (const SandboxPanelHost *host);
void sandbox_faults_panel_show (SandboxFaultsPanel *self, const SandboxView *view);

#define SANDBOX_TYPE_MAILS_PANEL (sandbox_mails_panel_get_type ())
G_DECLARE_FINAL_TYPE (SandboxMailsPanel, sandbox_mails_panel, SANDBOX, MAILS_PANEL, GtkBox)
SandboxMailsPanel *sandbox_mails_panel_new (const SandboxPanelHost *host);
void sandbox_mails_panel_show (SandboxMailsPanel *self, const SandboxView *view);

#define SANDBOX_TYPE_WORLD_PANEL (sandbox_world_panel_get_type ())
G_DECLARE_FINAL_TYPE (SandboxWorldPanel, sandbox_world_panel, SANDBOX, WORLD_PANEL, GtkBox)
SandboxWorldPanel *sandbox_world_panel_new (const SandboxPanelHost *host);
void sandbox_world_panel_show (SandboxWorldPanel *self, const SandboxView *view);

/* -- pieces (pieces.c) -- */

/* A label that breaks its lines, with a style class (nullable). */
GtkWidget *sandbox_label_new (const char *text, const char *style);
/* A button with a mnemonic, named for tests and styles. */
GtkWidget *sandbox_button_new (const char *label, const char *name);
/* A row of words and a switch, which is in @out and named. */
GtkWidget *sandbox_switch_row_new (const char *label, const char *name, GtkSwitch **out);
/* Sets it without anybody being told. @func, @data: its handler of notify::active. */
void sandbox_switch_set_quietly (GtkSwitch *widget, gboolean active, gpointer func, gpointer data);
/* A scrolled list without a selection, in @out. */
GtkWidget *sandbox_list_new (const char *name, const char *accessible, GtkListBox **out);
/* Removes all rows. */
void sandbox_list_clear (GtkListBox *list);
/* (transfer full): {"name": value, ...}; NULL-terminated pairs of strings; true and false are
 * taken for booleans. */
char *sandbox_body (const char *name, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
