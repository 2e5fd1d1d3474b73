/* SPDX-License-Identifier: MIT */
/* What the files of prosoft-mock share. */
#pragma once

#include "tests/host/host-driver.h"

G_BEGIN_DECLS

/* Exit statuses; 3 and 4 are of `session` alone. */
#define MOCK_OK 0
#define MOCK_FAILED 1
#define MOCK_USAGE 2
#define MOCK_WAIT 3
#define MOCK_DENY 4

/* The command line. All (owned). */
typedef struct
{
  char *module;  /* (nullable) */
  char *sandbox; /* (nullable) */
  char *home;
  char *locale;        /* (nullable) */
  char *address;       /* (nullable) */
  char *browser;       /* (nullable) */
  char *password_from; /* (nullable) a file, or "-" */
  char *po;            /* (nullable) reference of a purchase */
  gboolean json;
  gboolean ids;
  gboolean verbose;
  GStrv words; /* the command's own */
} MockOptions;

/* One command: returns an exit status; with an error (FAILED or USAGE) it says why in it. */
typedef int (*MockCommand) (const MockOptions *options, GError **error);

int mock_page (const MockOptions *options, GError **error);
int mock_session (const MockOptions *options, GError **error);
int mock_buy (const MockOptions *options, GError **error);
int mock_invoke (const MockOptions *options, GError **error);
int mock_sign_in (const MockOptions *options, GError **error);
int mock_list (const MockOptions *options, GError **error);
int mock_register (const MockOptions *options, GError **error);

/* Opens a protected project with the password in a file (or "-": standard input) of at most 4,096
 * bytes, whose last newline does not count. Nothing to do when the page does not ask for one. */
gboolean mock_open_lock (HostDriver *driver, const char *from, GError **error);

G_END_DECLS
