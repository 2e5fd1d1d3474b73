/* SPDX-License-Identifier: MIT */
#include "tests/harness/environment.h"
#include "tests/harness/gtest.h"
#include "tests/harness/options.h"
#include "tests/harness/registry.h"

#include <glib/gstdio.h>

static int
run_with_glib (Harness *harness, int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  harness_register_with_glib (harness, g_getenv (HARNESS_RUN_DISABLED) != NULL);
  return g_test_run ();
}

int
harness_main (int argc, char **argv, HarnessRegister register_tests)
{
  g_autoptr (HarnessOptions) options = harness_options_parse (argc, argv);
  g_autoptr (Harness) harness = NULL;

  if (options->help)
    {
      g_print ("%s", harness_options_help ());
      return 0;
    }
  /* What is left of an earlier run must not be read as this one's if this one dies. */
  if (options->xml_path != NULL)
    (void)g_remove (options->xml_path);
  harness_environment_isolate ();
  harness = harness_new ();
  register_tests (harness);
  if (options->gtest)
    return harness_gtest_main (harness, options, argv[0]);
  return run_with_glib (harness, argc, argv);
}
