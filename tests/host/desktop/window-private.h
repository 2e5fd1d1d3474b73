/* SPDX-License-Identifier: MIT */
/* What the files of the window share. */
#pragma once

#include "tests/host/desktop/bar.h"
#include "tests/host/desktop/window.h"

G_BEGIN_DECLS

struct DesktopWindow
{
  DesktopCore *core; /* (owned) */
  DesktopPage *page; /* (owned) */
  GtkWindow *window; /* (owned) */
  char *home;        /* (owned): of the recent projects */
  DesktopLanguage language;
  DesktopView view;

  /* what is said, from the top down */
  DesktopBar *trouble_bar;   /* (owned): the plug-in misbehaves */
  DesktopBar *attention_bar; /* (owned) */
  DesktopBar *session_bar;   /* (owned): a session runs */
  DesktopBar *said_bar;      /* (owned): one line */
  DesktopBar *state_bar;     /* (owned): the page is loading or offline */
  char *hidden_attention;    /* (owned) (nullable): the person has seen it */
  char *hidden_trouble;      /* (owned) (nullable) */

  /* (unowned): widgets of the window */
  GtkWidget *stack;
  GtkWidget *start_box;
  GtkWidget *project_title, *project_text, *project_session, *project_users;
  GtkWidget *page_title, *page_back, *page_session;
  GtkWidget *work_line, *work_text, *work_bar, *work_cancel;
  GtkWidget *status_line;

  GSimpleActionGroup *actions; /* (owned): "win" */
  GMenu *menu;                 /* (owned): the menu bar */
  gboolean has_badge;          /* the menu says that something calls for attention */
  GtkWindow *answer;           /* (unowned) (nullable): the dialog of the gate's answer */
  gpointer shown;              /* (owned) (nullable): its decision, see window-session.c */
  char *wanted;                /* (owned) (nullable): an action, as soon as the page has it */
  GtkNativeDialog *chooser;    /* (owned) (nullable): of a file */
};

/* window-menu.c */
void desktop_window_make_actions (DesktopWindow *self);
void desktop_window_update_menu (DesktopWindow *self);
void desktop_window_update_actions (DesktopWindow *self);
void desktop_window_choose_file (DesktopWindow *self);
void desktop_window_end_choosing (DesktopWindow *self);

/* window-session.c */
void desktop_window_show_decision (DesktopWindow *self, const HostDecision *decision);
void desktop_window_forget_decision (DesktopWindow *self);
/* The page is another: does what was wanted of it, if it can. */
void desktop_window_do_wanted (DesktopWindow *self);

/* window-views.c: makes what the stack shows, and says it in the window's language. */
GtkWidget *desktop_window_make_views (DesktopWindow *self);
void desktop_window_update_views (DesktopWindow *self);
/* What it says of recent projects, and in which language. */
void desktop_window_refill_start (DesktopWindow *self);

/* window.c */
void desktop_window_say (DesktopWindow *self, DesktopSay severity, const char *text);
const char *desktop_window_word (DesktopWindow *self, DesktopWord word);
DesktopWord desktop_say_word (DesktopSay severity);
const char *desktop_say_severity (DesktopSay severity);

G_END_DECLS
