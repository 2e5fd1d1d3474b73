/* SPDX-License-Identifier: MIT */
/*
 * What a demo stands on: a sandbox, a host with the module in it, and steps that state what is
 * expected and compare. One thread.
 */
#pragma once

#include "tests/host/host-driver.h"
#include "tests/support/sandbox-process.h"

G_BEGIN_DECLS

#define STAGE_VILLA "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3"
#define STAGE_INTEGRATOR "mara@example.org"
/* Columns of a page drawn as text. */
#define STAGE_WIDTH 100
#define STAGE_WAIT_MS 15000

typedef struct
{
  char *folder;            /* (owned) everything that the demo writes */
  const char *given;       /* (unowned) (nullable) folder of a sandbox that runs already */
  const char *module;      /* (unowned) (nullable) its file; the one of this build without */
  SandboxProcess *sandbox; /* (owned) (nullable) */
  HostDriver *driver;      /* (owned) (nullable) */
  guint n_steps;
  guint n_failed;
  gint64 started;
} Stage;

/* Makes the folder. @sandbox: (nullable): folder of one that runs; the demo starts its own without.
 * @module: (nullable): another than the one of this build.
 * FALSE: it said why. */
gboolean stage_begin (Stage *stage, const char *sandbox, const char *module);
/* Stops what runs, says how it went, and returns the exit status. */
int stage_end (Stage *stage, gboolean ok);

/* UTF-8, whatever the terminal's locale says. */
void stage_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* A text, indented, as a picture of what the person sees. */
void stage_show (const char *text);

/* One step, done: @ok, what was expected and what happened. */
void
stage_step (Stage *stage, gboolean ok, const char *what, const char *expected, const char *got);
/* A step that could not be done; FALSE. @error: (transfer full) (nullable) */
gboolean stage_failed (Stage *stage, const char *what, const char *expected, GError *error);

/* (transfer full): of the sandbox's programs */
char *stage_dup_program (const char *name);
/* (transfer full): the plug-in */
char *stage_dup_module (Stage *stage);
/* (transfer full): a file of tests/data */
char *stage_dup_data (const char *name);
char *stage_dup_home (Stage *stage);

gboolean stage_start_sandbox (Stage *stage);
/* A host with the module, on the same home each time. @pays: the browser is sandbox-person; else a
 * browser that is closed at once. */
gboolean stage_start_host (Stage *stage, gboolean pays, GError **error);

/* Opens a file of tests/data and waits for its page; NULL for an error. Borrowed. */
JsonObject *stage_open (Stage *stage, const char *file, GError **error);

/* What a table says: the text of a cell, "(no such row)" when it is not there. Borrowed. */
const char *
stage_get_cell (JsonObject *page, const char *table_id, const char *row_id, guint column);

/* What is expected of a check. */
typedef struct
{
  const char *installation; /* (nullable): of the open file */
  prosoft_gate_outcome_t outcome;
  const char *code;
  const char *cause;   /* (nullable): not looked at */
  const char *was;     /* (nullable) */
  const char *in_text; /* (nullable): part of what the person reads */
} StageCheck;

/* Asks the gate, and closes the session again. FALSE when something else came out. */
gboolean stage_check (Stage *stage, const char *what, const StageCheck *expected);

/* Stops the host; no rule of the interface may have been broken. */
gboolean stage_check_findings (Stage *stage);

G_END_DECLS
