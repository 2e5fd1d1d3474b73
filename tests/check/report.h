/* SPDX-License-Identifier: MIT */
/* What the tests found, and how it is told: to people, to programs, to build machines. */
#pragma once

#include <stdio.h>

#include "tests/check/check.h"

typedef enum
{
  CHECK_PASSED,
  CHECK_FAILED,
  CHECK_SKIPPED,
} CheckVerdict;

typedef struct CheckFinding
{
  const CheckRule *rule;
  char *where; /* (owned) eg: "pages.render" */
  char *what;  /* (owned) */
} CheckFinding;

typedef struct CheckResult
{
  const CheckTest *test;
  CheckVerdict verdict;
  char *reason;           /* (owned) (nullable) of a skipped test */
  char *output;           /* (owned) (nullable) what a test that failed printed last */
  CheckFinding *findings; /* (owned) */
  size_t n_findings;
  int64_t us;
} CheckResult;

typedef struct CheckReport
{
  const char *module;
  CheckResult *results; /* (owned) */
  size_t n_results;
} CheckReport;

typedef enum
{
  CHECK_FORMAT_TEXT,
  CHECK_FORMAT_JSON,
  CHECK_FORMAT_JUNIT,
} CheckFormat;

/* Of all findings. */
size_t check_report_count (const CheckReport *report, CheckVerdict verdict);
bool check_report_breaks (const CheckReport *report, const CheckRule *rule);
void check_report_clear (CheckReport *report);

void check_report_write (const CheckReport *report, CheckFormat format, FILE *file);
void check_report_write_json (const CheckReport *report, FILE *file);
void check_report_write_junit (const CheckReport *report, FILE *file);
