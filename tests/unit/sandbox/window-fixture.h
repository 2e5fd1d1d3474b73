/* SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "tests/sandbox/sandbox.h"
#include "tests/sandbox/window/remote.h"
#include "tests/sandbox/window/window.h"

G_BEGIN_DECLS

/* A sandbox in this process with the world to look at, and its control window on the screen. */
typedef struct
{
  char *folder;            /* (owned) */
  TtecommSandbox *sandbox; /* (owned) (nullable) */
  SandboxRemote *remote;   /* (owned): for the test's own questions */
  SandboxWindow *window;   /* (owned by GTK) */
} WindowFixture;

#define WINDOW_PATIENCE_MS 60000

/* @data: (nullable): const WindowLanguage * */
void window_fixture_set_up (WindowFixture *self, gconstpointer data);
void window_fixture_tear_down (WindowFixture *self, gconstpointer data);

void window_fixture_start_sandbox (WindowFixture *self);
void window_fixture_stop_sandbox (WindowFixture *self);
/* Until it shows the world and nothing is under way. */
void window_fixture_rest (WindowFixture *self);

/* The widget of that name; the test fails without one. */
GtkWidget *window_fixture_find (WindowFixture *self, const char *name);
/* Clicks the button of that name. */
void window_fixture_click (WindowFixture *self, const char *name);
/* Until the label of that name is visible and begins like this; fails with what it says. */
void window_fixture_wait_label (WindowFixture *self, const char *name, const char *begins);
void window_fixture_wait_hidden (WindowFixture *self, const char *name);

/* (transfer full): the sandbox's own answer */
JsonObject *
window_fixture_ask (WindowFixture *self, const char *method, const char *path, const char *body);

/* Waits for a program that may need this process's sandbox. @err: (out) (transfer full) */
void window_fixture_communicate (GSubprocess *process, char **err);

/* Calls `func` for every widget below. */
void window_fixture_each (GtkWidget *widget, void (*func) (GtkWidget *, gpointer), gpointer data);

G_END_DECLS
