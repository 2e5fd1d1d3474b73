/* SPDX-License-Identifier: MIT */
/* prosoft-check: does a plug-in keep the rules of api/prosoft? */
#include <stdlib.h>
#include <string.h>

#include "tests/check/runner.h"

#define MAX_GROUPS 32
#define STATUS_USAGE 2

static const char usage[]
    = "usage: prosoft-check plugin MODULE [OPTION...]\n"
      "       prosoft-check --list\n"
      "\n"
      "Loads MODULE (a .so) and checks it against the rules of api/prosoft/prosoft.h, each test in\n"
      "a process of its own.\n"
      "\n"
      "  --group RULE      only the tests of this rule, eg: R5; may be given several times\n"
      "  --test NAME       only the test of this name\n"
      "  --level N         1 to 10, how long and how unkind the tests may be (5)\n"
      "  --project FILE    a project file (.nbt) that the plug-in can read\n"
      "  --sign-in FILE    what the host's safe place has for the plug-in; @ORIGIN@ in it becomes\n"
      "                    the address of the cloud that a test plays\n"
      "  --format FORMAT   text, json or junit\n"
      "  --output FILE     writes there, and a summary to standard output\n"
      "  --timeout S       seconds for one test (45)\n"
      "  --jobs N          tests at a time (4); they mostly wait\n"
      "  --patience N      limits of time are N times longer: for slow computers and sanitizers (1)\n"
      "  --list            the rules and their tests\n"
      "\n"
      "Exit status: 0 nothing was found, 1 something was, 2 wrong use.\n";

typedef struct Arguments
{
  CheckPlan plan;
  const char *groups[MAX_GROUPS + 1];
  const char *module;
  const char *output;
  CheckFormat format;
  bool list;
} Arguments;

static bool
complain (const char *what, const char *value)
{
  fprintf (stderr, "prosoft-check: %s%s\nprosoft-check --help says how it is used.\n", what, value);
  return false;
}

static bool
parse_number (const char *text, double least, double most, double *number)
{
  char *end;

  *number = strtod (text, &end);
  return *text != '\0' && *end == '\0' && *number >= least && *number <= most;
}

static bool
add_group (Arguments *arguments, const char *id)
{
  size_t count = 0;

  while (arguments->groups[count] != NULL)
    count++;
  if (check_rule_find (id) == NULL || count == MAX_GROUPS)
    return complain ("there is no rule ", id);
  arguments->groups[count] = id;
  return true;
}

static bool
set_format (Arguments *arguments, const char *name)
{
  static const char *const names[] = { "text", "json", "junit" };

  for (size_t i = 0; i < CHECK_COUNT (names); i++)
    if (strcmp (names[i], name) == 0)
      {
        arguments->format = (CheckFormat)i;
        return true;
      }
  return complain ("there is no format ", name);
}

static bool
set_option (Arguments *arguments, const char *name, const char *value)
{
  double number = 0;

  if (strcmp (name, "--group") == 0)
    return add_group (arguments, value);
  if (strcmp (name, "--format") == 0)
    return set_format (arguments, value);
  if (strcmp (name, "--test") == 0)
    arguments->plan.only = value;
  else if (strcmp (name, "--project") == 0)
    arguments->plan.options.project = value;
  else if (strcmp (name, "--sign-in") == 0)
    arguments->plan.options.sign_in = value;
  else if (strcmp (name, "--output") == 0)
    arguments->output = value;
  else if (strcmp (name, "--level") == 0 && parse_number (value, 1, 10, &number))
    arguments->plan.level = (int)number;
  else if (strcmp (name, "--timeout") == 0 && parse_number (value, 1, 3600, &number))
    arguments->plan.timeout_s = (int)number;
  else if (strcmp (name, "--jobs") == 0 && parse_number (value, 1, CHECK_MAX_JOBS, &number))
    arguments->plan.jobs = (int)number;
  else if (strcmp (name, "--patience") == 0 && parse_number (value, 0.1, 1000, &number))
    arguments->plan.options.patience = number;
  else
    return complain ("unknown option, or a wrong value for it: ", name);
  return true;
}

static bool
parse (Arguments *arguments, int argc, char **argv)
{
  int at = 1;

  if (argc > 2 && strcmp (argv[1], "plugin") == 0 && argv[2][0] != '-')
    {
      arguments->module = argv[2];
      at = 3;
    }
  while (at < argc)
    {
      if (strcmp (argv[at], "--list") == 0)
        {
          arguments->list = true;
          at++;
        }
      else if (argv[at][0] != '-')
        return complain ("what is this: ", argv[at]);
      else if (at + 1 == argc)
        return complain ("no value for ", argv[at]);
      else if (!set_option (arguments, argv[at], argv[at + 1]))
        return false;
      else
        at += 2;
    }
  return arguments->list || arguments->module != NULL
         || complain ("give the path of a plug-in", "");
}

static void
list_tests (const CheckPlan *plan)
{
  const CheckTest *test;

  for (const CheckRule *rule = check_rules; rule->id != NULL; rule++)
    {
      printf ("%-6s %s\n", rule->id, rule->statement);
      for (size_t i = 0; (test = check_test_get (i)) != NULL; i++)
        if (strcmp (test->rule, rule->id) == 0 && check_plan_takes (plan, test))
          printf ("         %-2d %-30s %s\n", test->level, test->name, test->title);
    }
}

/* FALSE, and said so, when a path that was given is none. */
static bool
make_absolute (const char **path)
{
  const char *given = *path;

  if (given == NULL)
    return true;
  *path = platform_absolute (given);
  if (*path == NULL)
    fprintf (stderr, "prosoft-check: there is no file %s\n", given);
  return *path != NULL;
}

static bool
write_report (const CheckReport *report, const Arguments *arguments)
{
  FILE *file = stdout;

  if (arguments->output != NULL)
    file = fopen (arguments->output, "w");
  if (file == NULL)
    {
      perror (arguments->output);
      return false;
    }
  check_report_write (report, arguments->format, file);
  if (file == stdout)
    return fflush (file) == 0;
  printf ("%zu passed, %zu failed, %zu skipped; see %s\n",
          check_report_count (report, CHECK_PASSED), check_report_count (report, CHECK_FAILED),
          check_report_count (report, CHECK_SKIPPED), arguments->output);
  return fclose (file) == 0;
}

/* With absolute paths. */
static int
run_plan (Arguments *arguments)
{
  CheckReport report = { 0 };
  int status = 0;

  check_run (&arguments->plan, &report, platform_is_terminal () ? stderr : NULL);
  if (report.n_results == 0)
    {
      fputs ("prosoft-check: no test of that rule, name and level\n", stderr);
      status = STATUS_USAGE;
    }
  else if (!write_report (&report, arguments) || check_report_count (&report, CHECK_FAILED) > 0)
    status = 1;
  check_report_clear (&report);
  return status;
}

static int
check_plugin (Arguments *arguments)
{
  CheckOptions *options = &arguments->plan.options;
  const char **paths[] = { &options->module, &options->project, &options->sign_in };
  size_t n_good = 0;
  int status = STATUS_USAGE;

  options->module = arguments->module;
  while (n_good < CHECK_COUNT (paths) && make_absolute (paths[n_good]))
    n_good++;
  if (n_good == CHECK_COUNT (paths))
    status = run_plan (arguments);
  for (size_t i = 0; i < n_good; i++)
    free ((char *)*paths[i]);
  return status;
}

int
main (int argc, char **argv)
{
  Arguments arguments = { .plan = { .level = CHECK_LEVEL_DEFAULT, .timeout_s = 45, .jobs = 4 } };

  if (argc > 1 && strcmp (argv[1], CHECK_CHILD_COMMAND) == 0)
    return check_child_main (argc, argv);
  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    {
      fputs (usage, stdout);
      return 0;
    }
  arguments.plan.options.patience = 1;
  arguments.plan.groups = arguments.groups;
  if (!parse (&arguments, argc, argv))
    return STATUS_USAGE;
  if (arguments.list)
    {
      arguments.plan.level = 10;
      list_tests (&arguments.plan);
      return 0;
    }
  return check_plugin (&arguments);
}
