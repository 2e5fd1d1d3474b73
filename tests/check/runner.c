/* SPDX-License-Identifier: MIT */
/* Each test in a process of its own: what it reports, and what its end says. */
#include "tests/check/runner.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FINDINGS 20

typedef struct Ear
{
  CheckResult *result;
  bool ended; /* it said so itself */
} Ear;

static char *
copy (const char *text)
{
  return check_format ("%s", text);
}

static void
add_finding (CheckResult *result, const char *rule, const char *where, const char *what)
{
  const CheckRule *found = check_rule_find (rule);
  CheckFinding *findings;

  if (result->n_findings == MAX_FINDINGS)
    return;
  findings = realloc (result->findings, (result->n_findings + 1) * sizeof *findings);
  if (findings == NULL)
    return;
  result->findings = findings;
  findings[result->n_findings++]
      = (CheckFinding){ found != NULL ? found : check_rule_find (result->test->rule), copy (where),
                        copy (what) };
}

/* KIND tab RULE tab WHERE tab WHAT. The plug-in shares the process, so a line may be anything. */
static void
on_line (void *data, const char *line)
{
  Ear *ear = data;
  char *text = copy (line), *fields[3] = { text, NULL, NULL };
  size_t count = 0;

  for (char *at = text; *at != '\0' && count < 3; at++)
    if (*at == '\t')
      {
        *at = '\0';
        fields[count++] = at + 1;
      }
  if (count == 3)
    switch (text[0])
      {
      case 'F':
      case 'C':
      case 'H':
        add_finding (ear->result, fields[0], fields[1], fields[2]);
        ear->ended = ear->ended || text[0] != 'F';
        break;
      case 'K':
        free (ear->result->reason);
        ear->result->reason = copy (fields[2]);
        break;
      case 'E':
        ear->ended = true;
        break;
      default:
        break;
      }
  free (text);
}

/* A process that ends without a word was ended by the plug-in. */
static void
judge (CheckResult *result, const Ear *ear, const PlatformEnd *end)
{
  char text[200];

  if (end->timed_out)
    add_finding (result, result->test->rule, "unknown",
                 "it did not return, and could not say where");
  else if (!ear->ended && (end->killed || end->code != 0 || result->n_findings == 0))
    {
      snprintf (text, sizeof text, "the process ended in the middle of the test, with %s",
                end->reason);
      add_finding (result, result->test->rule, "unknown", text);
    }
  if (result->n_findings > 0)
    {
      result->verdict = CHECK_FAILED;
      result->output = end->output[0] != '\0' ? copy (end->output) : NULL;
    }
  else if (result->reason != NULL)
    result->verdict = CHECK_SKIPPED;
}

static void
run_one (const CheckPlan *plan, const CheckTest *test, CheckResult *result)
{
  const CheckOptions *options = &plan->options;
  char *folder = platform_make_folder ();
  char patience[32], limit[32];
  const char *arguments[] = { CHECK_CHILD_COMMAND,
                              test->rule,
                              test->name,
                              options->module,
                              folder,
                              patience,
                              limit,
                              options->project != NULL ? options->project : "",
                              options->sign_in != NULL ? options->sign_in : "",
                              NULL };
  Ear ear = { result, false };
  PlatformEnd end;
  int64_t started = platform_now_us ();

  snprintf (patience, sizeof patience, "%.3f", options->patience);
  snprintf (limit, sizeof limit, "%d", plan->timeout_s * 1000);
  if (folder == NULL)
    add_finding (result, test->rule, "prosoft-check", "no folder for scratch files; set TMPDIR");
  else if (!platform_run (arguments, plan->timeout_s * 1000, on_line, &ear, &end))
    add_finding (result, test->rule, "prosoft-check", "no process could be started");
  else
    judge (result, &ear, &end);
  if (result->n_findings > 0)
    result->verdict = CHECK_FAILED;
  result->us = platform_now_us () - started;
  if (folder != NULL)
    platform_remove_folder (folder);
  free (folder);
}

bool
check_plan_takes (const CheckPlan *plan, const CheckTest *test)
{
  bool in_group = plan->groups == NULL || plan->groups[0] == NULL;

  for (size_t i = 0; !in_group && plan->groups[i] != NULL; i++)
    in_group = strcmp (plan->groups[i], test->rule) == 0;
  return in_group && test->level <= plan->level
         && (plan->only == NULL || strcmp (plan->only, test->name) == 0);
}

/* What the threads of a run share. */
typedef struct Queue
{
  const CheckPlan *plan;
  CheckReport *report;
  _Atomic size_t next;
  _Atomic size_t n_done;
  FILE *progress; /* (nullable) */
} Queue;

static void
run_queue (void *data)
{
  Queue *queue = data;
  size_t at;

  while ((at = atomic_fetch_add (&queue->next, 1)) < queue->report->n_results)
    {
      CheckResult *result = &queue->report->results[at];

      run_one (queue->plan, result->test, result);
      atomic_fetch_add (&queue->n_done, 1);
      if (queue->progress != NULL)
        fprintf (queue->progress, "\r\033[K%zu of %zu tests", atomic_load (&queue->n_done),
                 queue->report->n_results);
    }
}

static void
list_results (const CheckPlan *plan, CheckReport *report)
{
  const CheckTest *test;
  size_t count = 0;

  while (check_test_get (count) != NULL)
    count++;
  report->module = plan->options.module;
  report->results = check_alloc (count * sizeof *report->results);
  for (size_t i = 0; (test = check_test_get (i)) != NULL; i++)
    if (check_plan_takes (plan, test))
      report->results[report->n_results++].test = test;
}

void
check_run (const CheckPlan *plan, CheckReport *report, FILE *progress)
{
  Queue queue = { .plan = plan, .report = report, .progress = progress };
  PlatformThread *threads[CHECK_MAX_JOBS];

  list_results (plan, report);
  for (int i = 0; i < plan->jobs; i++)
    threads[i] = platform_thread_new (run_queue, &queue);
  for (int i = 0; i < plan->jobs; i++)
    platform_thread_join (threads[i]);
  if (progress != NULL)
    fputs ("\r\033[K", progress);
}

static const CheckTest *
find_test (const char *rule, const char *name)
{
  const CheckTest *test;

  for (size_t i = 0; (test = check_test_get (i)) != NULL; i++)
    if (strcmp (test->rule, rule) == 0 && strcmp (test->name, name) == 0)
      return test;
  return NULL;
}

int
check_child_main (int argc, char **argv)
{
  const CheckTest *test = argc == 10 ? find_test (argv[2], argv[3]) : NULL;
  CheckOptions options;

  if (test == NULL)
    {
      fputs ("prosoft-check: run-test is for prosoft-check itself\n", stderr);
      return 2;
    }
  options = (CheckOptions){ .module = argv[4],
                            .folder = argv[5],
                            .patience = strtod (argv[6], NULL),
                            .limit_ms = atoi (argv[7]),
                            .project = argv[8][0] != '\0' ? argv[8] : NULL,
                            .sign_in = argv[9][0] != '\0' ? argv[9] : NULL };
  check_child (&options, test);
}
