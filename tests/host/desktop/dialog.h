/* SPDX-License-Identifier: MIT */
/* A calm window in front of another: what is the matter, and buttons that say what they do. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESKTOP_DIALOG_CLOSED (-1)

/* @answer: the number of the button, in the order they were given, or DESKTOP_DIALOG_CLOSED
 * (Escape, or the window it belongs to is gone). Called once, when the dialog is gone. */
typedef void (*DesktopDialogDone) (gpointer data, int answer);

typedef struct
{
  const char *label; /* final: no mnemonic */
  const char *name;  /* (nullable): read aloud instead */
  const char *style; /* "normal", "primary", "danger" */
} DesktopDialogButton;

typedef struct
{
  const char *title;
  const char *text;
  const char *severity;      /* (nullable): as of a notice, with @word */
  const char *word;          /* (nullable) */
  const char *details;       /* (nullable): shown when somebody asks for it */
  const char *details_title; /* what the details are called; with @details */
  const DesktopDialogButton *buttons;
  guint n_buttons;
  int focus; /* the number of the button that Return means: one that does no harm */
} DesktopDialogContent;

/* Everything is copied. (transfer none): belongs to GTK; named @name. */
GtkWindow *desktop_dialog_show (GtkWindow *parent,
                                const char *name,
                                const DesktopDialogContent *content,
                                DesktopDialogDone done,
                                gpointer data);

G_END_DECLS
