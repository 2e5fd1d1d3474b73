/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/harness/harness.h"

typedef struct
{
  char *path;      /* (owned): /suite/name, for g_test */
  char *suite;     /* (owned): for GoogleTest */
  char *name;      /* (owned): for GoogleTest */
  char *full_name; /* (owned): Suite.name */
  char *file;      /* (owned): absolute */
  int line;
  gboolean disabled;

  GTestFunc func;                /* (nullable): one of the three is set */
  GTestDataFunc data_func;       /* (nullable) */
  GTestFixtureFunc fixture_func; /* (nullable) */
  GTestFixtureFunc setup;        /* (nullable) */
  GTestFixtureFunc teardown;     /* (nullable) */
  gsize fixture_size;            /* bytes */
  gconstpointer data;            /* (nullable) */
  GDestroyNotify free_data;      /* (nullable) */
} HarnessTest;

struct _Harness
{
  GPtrArray *tests;  /* (owned) (element-type HarnessTest): in order of registration */
  GHashTable *names; /* (owned): set of every path and every full name */
};

/* A source file as the compiler named it, absolute, with slashes on every system: so editors find
 * it. (transfer full) */
char *harness_resolve_source (const char *file);

Harness *harness_new (void);
void harness_free (Harness *harness);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Harness, harness_free)

/* Hands every test to g_test. A disabled one becomes a skip unless `run_disabled`. */
void harness_register_with_glib (Harness *harness, gboolean run_disabled);
