/* SPDX-License-Identifier: MIT */
/* The desktop host's window in a test: opened on a module, and waited for. */
#pragma once

#include "tests/host/desktop/window.h"

G_BEGIN_DECLS

#define WINDOW_FIXTURE_PATIENCE_MS 20000

typedef struct
{
  DesktopWindow *window; /* (owned) (nullable) */
  const char *folder;    /* (unowned) (nullable): of home and secrets */
  gpointer more;         /* (unowned): a test's own */
  const char *name;      /* (unowned): of what is waited for */
  const char *text;      /* (unowned) */
} WindowFixture;

/* @module: under the build folder. @sandbox, @browser: (nullable): as of prosoft-desktop. */
void window_fixture_open (WindowFixture *self,
                          const char *module,
                          const char *sandbox,
                          const char *browser);
/* On our module, without a cloud. */
void window_fixture_set_up (WindowFixture *self, gconstpointer data);
void window_fixture_tear_down (WindowFixture *self, gconstpointer data);

DesktopCore *window_fixture_core (WindowFixture *self);

/* What the part of the window of that name says; "" while it is hidden. */
char *window_fixture_bar_text (WindowFixture *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until that part, or the page, says @part; the test fails when it never does. */
void window_fixture_expect_bar (WindowFixture *self, const char *name, const char *part);
void window_fixture_expect_hidden (WindowFixture *self, const char *name);
void window_fixture_expect_page (WindowFixture *self, const char *part);

/* For the gate's answer in its dialog. FALSE: it did not come. */
gboolean window_fixture_wait_answer (WindowFixture *self) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until the page offers the action, and chooses it. */
void window_fixture_act (WindowFixture *self, const char *action, const char *inputs);

G_END_DECLS
