/* SPDX-License-Identifier: MIT */
/* JSON and JUnit. */
#include "tests/check/report.h"

#include <string.h>

static void
write_member (FILE *file, const char *name, const char *text)
{
  fprintf (file, "\"%s\":", name);
  check_write_json_text (file, text);
}

static void
write_json_finding (FILE *file, const CheckFinding *finding)
{
  fputc ('{', file);
  write_member (file, "rule", finding->rule->id);
  fputc (',', file);
  write_member (file, "what", finding->what);
  fputc (',', file);
  write_member (file, "where", finding->where);
  fputc (',', file);
  write_member (file, "to_do", finding->rule->advice);
  fputc ('}', file);
}

static void
write_json_result (FILE *file, const CheckResult *result)
{
  static const char *const verdicts[] = { "pass", "fail", "skip" };

  fputs ("\n  {", file);
  write_member (file, "rule", result->test->rule);
  fputc (',', file);
  write_member (file, "test", result->test->name);
  fputc (',', file);
  write_member (file, "expected", result->test->title);
  fputc (',', file);
  write_member (file, "verdict", verdicts[result->verdict]);
  fprintf (file, ",\"microseconds\":%lld", (long long)result->us);
  if (result->reason != NULL)
    {
      fputc (',', file);
      write_member (file, "reason", result->reason);
    }
  if (result->output != NULL)
    {
      fputc (',', file);
      write_member (file, "output", result->output);
    }
  fputs (",\"findings\":[", file);
  for (size_t i = 0; i < result->n_findings; i++)
    {
      fputs (i > 0 ? "," : "", file);
      write_json_finding (file, &result->findings[i]);
    }
  fputs ("]}", file);
}

void
check_report_write_json (const CheckReport *report, FILE *file)
{
  bool any = false;

  fputc ('{', file);
  write_member (file, "module", report->module);
  fprintf (file, ",\"passed\":%zu,\"failed\":%zu,\"skipped\":%zu,\"broken_rules\":[",
           check_report_count (report, CHECK_PASSED), check_report_count (report, CHECK_FAILED),
           check_report_count (report, CHECK_SKIPPED));
  for (const CheckRule *rule = check_rules; rule->id != NULL; rule++)
    if (check_report_breaks (report, rule))
      {
        fputs (any ? "," : "", file);
        check_write_json_text (file, rule->id);
        any = true;
      }
  fputs ("],\"tests\":[", file);
  for (size_t i = 0; i < report->n_results; i++)
    {
      fputs (i > 0 ? "," : "", file);
      write_json_result (file, &report->results[i]);
    }
  fputs ("\n]}\n", file);
}

static void
write_attribute (FILE *file, const char *name, const char *text)
{
  fprintf (file, " %s=\"", name);
  check_write_xml_text (file, text);
  fputc ('"', file);
}

static void
write_junit_findings (FILE *file, const CheckResult *result)
{
  for (size_t i = 0; i < result->n_findings; i++)
    {
      const CheckFinding *finding = &result->findings[i];

      fputs ("      <failure", file);
      write_attribute (file, "type", finding->rule->id);
      write_attribute (file, "message", finding->what);
      fputs (">where: ", file);
      check_write_xml_text (file, finding->where);
      fputs ("\nto do: ", file);
      check_write_xml_text (file, finding->rule->advice);
      fputs ("</failure>\n", file);
    }
  if (result->output != NULL)
    {
      fputs ("      <system-out>", file);
      check_write_xml_text (file, result->output);
      fputs ("</system-out>\n", file);
    }
}

static void
write_junit_result (FILE *file, const CheckResult *result)
{
  fputs ("    <testcase", file);
  write_attribute (file, "classname", result->test->rule);
  write_attribute (file, "name", result->test->name);
  fprintf (file, " time=\"%.3f\">\n", (double)result->us / 1e6);
  if (result->verdict == CHECK_SKIPPED)
    {
      fputs ("      <skipped", file);
      write_attribute (file, "message", result->reason);
      fputs ("/>\n", file);
    }
  write_junit_findings (file, result);
  fputs ("    </testcase>\n", file);
}

/* A suite for each rule that has a test here. */
static void
write_junit_suite (FILE *file, const CheckReport *report, const CheckRule *rule)
{
  size_t tests = 0, failed = 0, skipped = 0;

  for (size_t i = 0; i < report->n_results; i++)
    if (strcmp (report->results[i].test->rule, rule->id) == 0)
      {
        tests++;
        failed += report->results[i].verdict == CHECK_FAILED;
        skipped += report->results[i].verdict == CHECK_SKIPPED;
      }
  if (tests == 0)
    return;
  fputs ("  <testsuite", file);
  write_attribute (file, "name", rule->id);
  fprintf (file, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n", tests, failed,
           skipped);
  for (size_t i = 0; i < report->n_results; i++)
    if (strcmp (report->results[i].test->rule, rule->id) == 0)
      write_junit_result (file, &report->results[i]);
  fputs ("  </testsuite>\n", file);
}

void
check_report_write_junit (const CheckReport *report, FILE *file)
{
  fputs ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", file);
  write_attribute (file, "name", report->module);
  fprintf (file, " tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\">\n", report->n_results,
           check_report_count (report, CHECK_FAILED), check_report_count (report, CHECK_SKIPPED));
  for (const CheckRule *rule = check_rules; rule->id != NULL; rule++)
    write_junit_suite (file, report, rule);
  fputs ("</testsuites>\n", file);
}
