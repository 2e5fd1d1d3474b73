/* SPDX-License-Identifier: MIT */
#include "tests/harness/options.h"

#include <string.h>

#define FLAG_PREFIX "--gtest_"
#define DEFAULT_XML_NAME "test_detail"

const char *
harness_options_help (void)
{
  return "This program contains tests written using GLib. Without an argument it runs them all "
         "and\nprints TAP; it takes GLib's options (-l lists, -p PATH runs one, -s PATH skips "
         "one), and these:\n\n"
         "  --gtest_list_tests\n"
         "      List the names of all tests instead of running them.\n"
         "  --gtest_filter=PATTERN[:PATTERN...][-PATTERN[:PATTERN...]]\n"
         "      Run only the tests whose Suite.name matches a pattern before the first '-' and "
         "none\n      after it. '*' matches any string, '?' one character.\n"
         "  --gtest_also_run_disabled_tests\n"
         "      Run the tests whose name begins with DISABLED_ as well.\n"
         "  --gtest_output=xml[:DIRECTORY/|:FILE]\n"
         "      Write the list or the results as XML.\n"
         "  --gtest_break_on_failure\n"
         "      With exactly one test selected: run it in this process, for a debugger.\n\n"
         "With one of these each test runs in a process of its own. Other --gtest_* arguments are "
         "ignored.\n"
         "Environment: HARNESS_TIMEOUT (seconds a test may take, 120), HARNESS_SLOW (a factor),\n"
         "HARNESS_WRAPPER (a command to run each test under), TEST_DATA_DIR.\n";
}

/* The value of `argument` when it is the flag `name`: "" for a bare flag, NULL for another. */
static const char *
flag_value (const char *argument, const char *name)
{
  const char *rest = NULL;

  if (!g_str_has_prefix (argument, FLAG_PREFIX))
    return NULL;
  rest = argument + strlen (FLAG_PREFIX);
  if (!g_str_has_prefix (rest, name))
    return NULL;
  rest += strlen (name);
  if (*rest == '=')
    return rest + 1;
  return *rest == '\0' ? rest : NULL;
}

static void
read_boolean (const char *argument, const char *name, gboolean *out)
{
  const char *value = flag_value (argument, name);

  /* As GoogleTest has it: a bare flag is true, and so is all but 0, f and F. */
  if (value != NULL)
    *out = strchr ("0fF", value[0]) == NULL || value[0] == '\0';
}

static char *
xml_path_for (const char *output, const char *program)
{
  g_autofree char *base = g_path_get_basename (program);
  const char *path = output + strlen ("xml:");

  if (strcmp (output, "xml") == 0 || strcmp (output, "xml:") == 0)
    return g_canonicalize_filename (DEFAULT_XML_NAME ".xml", NULL);
  if (!G_IS_DIR_SEPARATOR (path[strlen (path) - 1]))
    return g_canonicalize_filename (path, NULL);
  if (g_str_has_suffix (base, ".exe"))
    base[strlen (base) - strlen (".exe")] = '\0';

  {
    g_autofree char *dir = g_canonicalize_filename (path, NULL);
    g_autofree char *file = g_strconcat (base, ".xml", NULL);
    return g_build_filename (dir, file, NULL);
  }
}

static void
read_output (HarnessOptions *options, const char *value, const char *program)
{
  /* "json:" is a GoogleTest form that no reader of ours asks for. */
  if (strcmp (value, "xml") != 0 && !g_str_has_prefix (value, "xml:"))
    return;
  g_free (options->xml_path);
  options->xml_path = xml_path_for (value, program);
}

static void
read_argument (HarnessOptions *options, const char *argument, const char *program)
{
  const char *value = NULL;

  if (strcmp (argument, "--help") == 0 || strcmp (argument, "-h") == 0
      || strcmp (argument, "-?") == 0)
    options->help = TRUE;
  if (g_str_has_prefix (argument, FLAG_PREFIX))
    options->gtest = TRUE;

  read_boolean (argument, "list_tests", &options->list);
  read_boolean (argument, "also_run_disabled_tests", &options->also_disabled);
  read_boolean (argument, "break_on_failure", &options->break_on_failure);
  if ((value = flag_value (argument, "filter")) != NULL)
    {
      g_free (options->filter);
      options->filter = g_strdup (value);
    }
  if ((value = flag_value (argument, "output")) != NULL)
    read_output (options, value, program);
}

HarnessOptions *
harness_options_parse (int argc, char **argv)
{
  HarnessOptions *options = g_new0 (HarnessOptions, 1);

  options->filter = g_strdup ("*");
  for (int i = 1; i < argc; i++)
    read_argument (options, argv[i], argv[0]);
  return options;
}

void
harness_options_free (HarnessOptions *options)
{
  g_free (options->filter);
  g_free (options->xml_path);
  g_free (options);
}
