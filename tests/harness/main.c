/* SPDX-License-Identifier: MIT */
#include "tests/harness/environment.h"
#include "tests/harness/harness.h"
#include "tests/harness/registry.h"

static int
run_with_glib (Harness *harness, int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  harness_register_with_glib (harness, FALSE);
  return g_test_run ();
}

int
harness_main (int argc, char **argv, HarnessRegister register_tests)
{
  g_autoptr (Harness) harness = NULL;

  harness_environment_isolate ();
  harness = harness_new ();
  register_tests (harness);
  return run_with_glib (harness, argc, argv);
}
