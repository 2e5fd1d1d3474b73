/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/harness/registry.h"

typedef enum
{
  HARNESS_VERDICT_PASSED,
  HARNESS_VERDICT_FAILED,
  HARNESS_VERDICT_SKIPPED,
  HARNESS_VERDICT_SUPPRESSED, /* disabled by its name, not run */
} HarnessVerdict;

/* What came of one test. */
typedef struct
{
  const HarnessTest *test; /* (unowned): the registry outlives its results */
  HarnessVerdict verdict;
  char *file;         /* (owned) (nullable): absolute, where it failed */
  int line;           /* where it failed */
  char *message;      /* (owned) (nullable): why it failed or was skipped */
  char *output;       /* (owned) (nullable): what a failed test printed */
  GDateTime *started; /* (owned) */
  gint64 duration_us;
} HarnessResult;

HarnessResult *harness_result_new (const HarnessTest *test);
void harness_result_free (HarnessResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HarnessResult, harness_result_free)

/* Makes `result` a failure at `file`:`line` (where the test was registered if `file` is NULL). */
void harness_result_fail (HarnessResult *result, const char *file, int line, const char *message);

/* How many of `results` have `verdict`; in `suite` only unless it is NULL. */
guint harness_results_count (GPtrArray *results, const char *suite, HarnessVerdict verdict);

/* The time they took together, in `suite` only unless it is NULL. */
gint64 harness_results_duration_us (GPtrArray *results, const char *suite);

/* The names of their suites, each once, in order of appearance. (transfer container) */
GPtrArray *harness_results_suites (GPtrArray *results);
