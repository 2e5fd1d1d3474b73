/* SPDX-License-Identifier: MIT */
/*
 * The conformance checker of api/prosoft: rules, tests, and what a test finds. Plain C11.
 *
 * prosoft-check runs itself once for each test; in that process runs one CheckTest.run(). What it
 * finds goes to the parent by check_fail() and ends nothing: a test goes on as far as it can. Each
 * finding names the rule that is broken, which need not be the rule that the test is about.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/prosoft/prosoft.h"
#include "tests/check/platform.h"
#include "tests/check/util.h"

#define CHECK_COUNT(array) (sizeof (array) / sizeof *(array))
#define CHECK_LEVEL_DEFAULT 5

/* A rule of prosoft.h, or a contract of one of its extensions; each is a group of tests. */
typedef struct CheckRule
{
  const char *id;        /* eg: "R10" */
  const char *statement; /* one line */
  const char *advice;    /* what to do about a finding */
} CheckRule;

/* In order; behind the last one id is NULL. */
extern const CheckRule check_rules[];
const CheckRule *check_rule_find (const char *id);

typedef struct Check Check;

typedef struct CheckTest
{
  const char *rule;
  const char *name;  /* unique within the rule */
  int level;         /* 1 to 10: how long and how unkind */
  const char *title; /* what holds when it passes */
  void (*run) (Check *check);
} CheckTest;

/* All tests, by rule; NULL behind the last. */
const CheckTest *check_test_get (size_t index);

typedef struct CheckOptions
{
  const char *module;  /* absolute path */
  const char *project; /* (nullable) a project file that the plug-in can read */
  const char *sign_in; /* (nullable) a file with what secrets->load() gives */
  const char *folder;  /* for scratch files */
  double patience;     /* all limits of time are multiplied by it */
  int limit_ms;        /* for one test */
} CheckOptions;

/* The one test of this process. */
struct Check
{
  CheckOptions options;
  const CheckTest *test;
  void *module; /* (nullable) from check_load() on */
  const prosoft_entry_t *entry;
  const prosoft_plugin_factory_t *factory;
  const char *plugin_id; /* of the first descriptor */
};

/* Runs `test` in this process, which then ends. */
_Noreturn void check_child (const CheckOptions *options, const CheckTest *test);

/* One finding. Any thread; said twice it counts once. `rule` NULL: the test's own. */
void check_fail (const char *rule, const char *format, ...) CHECK_PRINTF (2, 3);

/* The test does not apply; it ends here. */
_Noreturn void check_skip (const char *format, ...) CHECK_PRINTF (1, 2);

/* The test cannot go on; what was found stands. */
_Noreturn void check_stop (void);

/* What is being done just now; `step` (static) stands beside findings as their place. */
void check_step (const char *step);
const char *check_get_step (void);

/* If the process dies of touching these bytes, that is a finding of `rule`. */
void check_watch_memory (const void *start, size_t size, const char *rule, const char *what);
void check_forget_memory (const void *start);

/* A finding of R8 unless `text` is UTF-8, or NULL where that is allowed. */
bool check_text (const char *what, const char *text, bool may_be_null);
