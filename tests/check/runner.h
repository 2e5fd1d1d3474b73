/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/check/report.h"

/* The first argument of a test's own process. */
#define CHECK_CHILD_COMMAND "run-test"

#define CHECK_MAX_JOBS 64

typedef struct CheckPlan
{
  CheckOptions options;      /* without the folder, which each test gets anew */
  const char *const *groups; /* (nullable) NULL-terminated: only tests of these rules */
  const char *only;          /* (nullable) name of the only test */
  int level;
  int timeout_s; /* for one test */
  int jobs;      /* tests at a time */
} CheckPlan;

bool check_plan_takes (const CheckPlan *plan, const CheckTest *test);

/* Runs the plan's tests, `jobs` at a time; `progress` (nullable) is told how far it is. */
void check_run (const CheckPlan *plan, CheckReport *report, FILE *progress);

/* main() of a test's own process. */
int check_child_main (int argc, char **argv);
