/* SPDX-License-Identifier: MIT */
#include "tests/check/report.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 96

size_t
check_report_count (const CheckReport *report, CheckVerdict verdict)
{
  size_t count = 0;

  for (size_t i = 0; i < report->n_results; i++)
    count += report->results[i].verdict == verdict;
  return count;
}

bool
check_report_breaks (const CheckReport *report, const CheckRule *rule)
{
  for (size_t i = 0; i < report->n_results; i++)
    for (size_t j = 0; j < report->results[i].n_findings; j++)
      if (report->results[i].findings[j].rule == rule)
        return true;
  return false;
}

void
check_report_clear (CheckReport *report)
{
  for (size_t i = 0; i < report->n_results; i++)
    {
      CheckResult *result = &report->results[i];

      for (size_t j = 0; j < result->n_findings; j++)
        {
          free (result->findings[j].where);
          free (result->findings[j].what);
        }
      free (result->findings);
      free (result->reason);
      free (result->output);
    }
  free (report->results);
  *report = (CheckReport){ 0 };
}

/* --- text ------------------------------------------------------------------------------------ */

/* Words of `text`, broken at blanks, each further line behind as many blanks as `label` is long. */
static void
write_wrapped (FILE *file, const char *label, const char *text)
{
  size_t indent = strlen (label), column = indent;

  fputs (label, file);
  while (*text != '\0')
    {
      size_t word = strcspn (text, " ");

      if (column > indent && column + 1 + word > WIDTH)
        {
          fprintf (file, "\n%*s", (int)indent, "");
          column = indent;
        }
      else if (column > indent)
        {
          fputc (' ', file);
          column++;
        }
      fwrite (text, 1, word, file);
      column += word;
      text += word;
      text += strspn (text, " ");
    }
  fputc ('\n', file);
}

static void
write_output (FILE *file, const char *output)
{
  fputs ("         it printed:\n", file);
  while (*output != '\0')
    {
      size_t line = strcspn (output, "\n");

      fputs ("           | ", file);
      for (size_t i = 0; i < line; i++)
        fputc ((unsigned char)output[i] < 0x20 || output[i] == 0x7f ? ' ' : output[i], file);
      fputc ('\n', file);
      output += line + (output[line] == '\n');
    }
}

static void
write_finding (FILE *file, const CheckFinding *finding)
{
  char label[40];

  snprintf (label, sizeof label, "    %-4s ", finding->rule->id);
  write_wrapped (file, label, finding->what);
  fprintf (file, "         where: %s\n", finding->where);
  write_wrapped (file, "         to do: ", finding->rule->advice);
}

static void
write_result (FILE *file, const CheckResult *result)
{
  static const char *const verdicts[] = { "pass", "FAIL", "skip" };

  fprintf (file, "  %s  %s  (%.2f s)\n", verdicts[result->verdict], result->test->name,
           (double)result->us / 1e6);
  if (result->verdict == CHECK_SKIPPED)
    write_wrapped (file, "         ", result->reason);
  if (result->verdict != CHECK_FAILED)
    return;
  write_wrapped (file, "         expected: ", result->test->title);
  for (size_t i = 0; i < result->n_findings; i++)
    write_finding (file, &result->findings[i]);
  if (result->output != NULL)
    write_output (file, result->output);
}

static void
write_broken (FILE *file, const CheckReport *report)
{
  bool any = false;

  for (const CheckRule *rule = check_rules; rule->id != NULL; rule++)
    if (check_report_breaks (report, rule))
      {
        fprintf (file, "%s%s", any ? ", " : "Broken rules: ", rule->id);
        any = true;
      }
  if (any)
    fputs ("\n", file);
}

static void
write_text (FILE *file, const CheckReport *report)
{
  const char *rule = "";

  fprintf (file, "prosoft-check: %s\n", report->module);
  for (size_t i = 0; i < report->n_results; i++)
    {
      const CheckTest *test = report->results[i].test;

      if (strcmp (test->rule, rule) != 0)
        {
          char label[16];

          rule = test->rule;
          snprintf (label, sizeof label, "%-6s", rule);
          fputc ('\n', file);
          write_wrapped (file, label, check_rule_find (rule)->statement);
        }
      write_result (file, &report->results[i]);
    }
  fputc ('\n', file);
  write_broken (file, report);
  fprintf (file, "%zu passed, %zu failed, %zu skipped\n", check_report_count (report, CHECK_PASSED),
           check_report_count (report, CHECK_FAILED), check_report_count (report, CHECK_SKIPPED));
}

void
check_report_write (const CheckReport *report, CheckFormat format, FILE *file)
{
  if (format == CHECK_FORMAT_JSON)
    check_report_write_json (report, file);
  else if (format == CHECK_FORMAT_JUNIT)
    check_report_write_junit (report, file);
  else
    write_text (file, report);
}
