/* SPDX-License-Identifier: MIT */
#include "tests/harness/xml.h"

#include <errno.h>
#include <glib/gstdio.h>

/* XML 1.0 has no way to write most control characters and the two non-characters. */
static gboolean
is_xml_char (gunichar c)
{
  if (c < 0x20)
    return c == '\t' || c == '\n' || c == '\r';
  return c != 0xfffe && c != 0xffff;
}

static char *
to_xml_chars (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_xml_char (c))
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

static void
append_attribute (GString *xml, const char *name, const char *value)
{
  g_autofree char *clean = to_xml_chars (value);
  g_autofree char *escaped = g_markup_escape_text (clean, -1);
  g_autoptr (GString) text = g_string_new (escaped);

  /* A reader turns a bare line end in an attribute into a space. */
  g_string_replace (text, "\r", "&#x0D;", 0);
  g_string_replace (text, "\n", "&#x0A;", 0);
  g_string_replace (text, "\t", "&#x09;", 0);
  g_string_append_printf (xml, " %s=\"%s\"", name, text->str);
}

static void
append_count (GString *xml, const char *name, guint value)
{
  g_string_append_printf (xml, " %s=\"%u\"", name, value);
}

/* Seconds, with a dot in every locale. */
static void
append_time (GString *xml, gint64 duration_us)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE] = "";

  g_ascii_formatd (buffer, sizeof buffer, "%.3f", (double)duration_us / G_USEC_PER_SEC);
  append_attribute (xml, "time", buffer);
}

static void
append_timestamp (GString *xml, GDateTime *when)
{
  g_autofree char *seconds = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S");

  g_string_append_printf (xml, " timestamp=\"%s.%03d\"", seconds,
                          g_date_time_get_microsecond (when) / 1000);
}

static void
append_cdata (GString *xml, const char *text)
{
  g_autofree char *clean = to_xml_chars (text);
  g_autoptr (GString) cdata = g_string_new (clean);

  g_string_replace (cdata, "]]>", "]]>]]&gt;<![CDATA[", 0);
  g_string_append_printf (xml, "<![CDATA[%s]]>", cdata->str);
}

static void
append_failure (GString *xml, const HarnessResult *result)
{
  g_autofree char *message
      = g_strdup_printf ("%s:%d\n%s", result->file, result->line, result->message);
  g_autofree char *text = g_strjoin ("\n", message, result->output, NULL);

  g_string_append (xml, "      <failure");
  append_attribute (xml, "message", message);
  append_attribute (xml, "type", "");
  g_string_append (xml, ">");
  append_cdata (xml, text);
  g_string_append (xml, "</failure>\n");
}

static void
append_skipped (GString *xml, const HarnessResult *result)
{
  g_string_append (xml, "      <skipped");
  append_attribute (xml, "message", result->message != NULL ? result->message : "");
  g_string_append (xml, "/>\n");
}

static const char *
result_word (HarnessVerdict verdict)
{
  switch (verdict)
    {
    case HARNESS_VERDICT_SKIPPED:
      return "skipped";
    case HARNESS_VERDICT_SUPPRESSED:
      return "suppressed";
    case HARNESS_VERDICT_PASSED:
    case HARNESS_VERDICT_FAILED:
      break;
    }
  return "completed";
}

static void
append_place (GString *xml, const HarnessTest *test)
{
  append_attribute (xml, "name", test->name);
  append_attribute (xml, "file", test->file);
  append_count (xml, "line", (guint)test->line);
}

static void
append_case (GString *xml, const HarnessResult *result)
{
  gboolean ran = result->verdict != HARNESS_VERDICT_SUPPRESSED;
  gboolean has_body
      = result->verdict == HARNESS_VERDICT_FAILED || result->verdict == HARNESS_VERDICT_SKIPPED;

  g_string_append (xml, "    <testcase");
  append_place (xml, result->test);
  append_attribute (xml, "status", ran ? "run" : "notrun");
  append_attribute (xml, "result", result_word (result->verdict));
  append_time (xml, result->duration_us);
  append_timestamp (xml, result->started);
  append_attribute (xml, "classname", result->test->suite);
  g_string_append (xml, has_body ? ">\n" : "/>\n");
  if (result->verdict == HARNESS_VERDICT_FAILED)
    append_failure (xml, result);
  else if (result->verdict == HARNESS_VERDICT_SKIPPED)
    append_skipped (xml, result);
  if (has_body)
    g_string_append (xml, "    </testcase>\n");
}

static guint
count_in (GPtrArray *results, const char *suite)
{
  return harness_results_count (results, suite, HARNESS_VERDICT_PASSED)
         + harness_results_count (results, suite, HARNESS_VERDICT_FAILED)
         + harness_results_count (results, suite, HARNESS_VERDICT_SKIPPED)
         + harness_results_count (results, suite, HARNESS_VERDICT_SUPPRESSED);
}

static void
append_counts (GString *xml, GPtrArray *results, const char *suite)
{
  append_count (xml, "tests", count_in (results, suite));
  append_count (xml, "failures", harness_results_count (results, suite, HARNESS_VERDICT_FAILED));
  append_count (xml, "disabled",
                harness_results_count (results, suite, HARNESS_VERDICT_SUPPRESSED));
  if (suite != NULL)
    append_count (xml, "skipped", harness_results_count (results, suite, HARNESS_VERDICT_SKIPPED));
  append_count (xml, "errors", 0);
  append_time (xml, harness_results_duration_us (results, suite));
}

static void
append_suite (GString *xml, GPtrArray *results, const char *suite)
{
  gboolean open = FALSE;

  for (guint i = 0; i < results->len; i++)
    {
      const HarnessResult *result = g_ptr_array_index (results, i);

      if (!g_str_equal (result->test->suite, suite))
        continue;
      if (!open)
        {
          g_string_append (xml, "  <testsuite");
          append_attribute (xml, "name", suite);
          append_counts (xml, results, suite);
          append_timestamp (xml, result->started);
          g_string_append (xml, ">\n");
          open = TRUE;
        }
      append_case (xml, result);
    }
  g_string_append (xml, "  </testsuite>\n");
}

char *
harness_xml_results (GPtrArray *results)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
  g_autoptr (GPtrArray) suites = harness_results_suites (results);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  append_counts (xml, results, NULL);
  append_timestamp (xml, now);
  g_string_append (xml, " name=\"AllTests\">\n");
  for (guint i = 0; i < suites->len; i++)
    append_suite (xml, results, g_ptr_array_index (suites, i));
  g_string_append (xml, "</testsuites>\n");
  return g_string_free (xml, FALSE);
}

static void
append_listed_suite (GString *xml, GPtrArray *tests, const char *suite)
{
  g_autoptr (GString) cases = g_string_new (NULL);
  guint count = 0;

  for (guint i = 0; i < tests->len; i++)
    {
      const HarnessTest *test = g_ptr_array_index (tests, i);

      if (!g_str_equal (test->suite, suite))
        continue;
      g_string_append (cases, "    <testcase");
      append_place (cases, test);
      g_string_append (cases, "/>\n");
      count++;
    }
  g_string_append (xml, "  <testsuite");
  append_attribute (xml, "name", suite);
  append_count (xml, "tests", count);
  g_string_append_printf (xml, ">\n%s  </testsuite>\n", cases->str);
}

char *
harness_xml_list (GPtrArray *tests)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  append_count (xml, "tests", tests->len);
  g_string_append (xml, " name=\"AllTests\">\n");
  for (guint i = 0; i < tests->len; i++)
    {
      const HarnessTest *test = g_ptr_array_index (tests, i);

      if (g_hash_table_add (seen, test->suite))
        append_listed_suite (xml, tests, test->suite);
    }
  g_string_append (xml, "</testsuites>\n");
  return g_string_free (xml, FALSE);
}

gboolean
harness_xml_write (const char *path, const char *xml, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);

  if (g_mkdir_with_parents (dir, 0777) != 0)
    {
      int saved = errno;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "cannot make %s: %s", dir,
                   g_strerror (saved));
      return FALSE;
    }
  return g_file_set_contents (path, xml, -1, error);
}
