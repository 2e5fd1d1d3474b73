/* SPDX-License-Identifier: MIT */
#include "tests/harness/harness.h"

#include "tests/harness/directory.h"
#include "tests/harness/environment.h"

#define TICK_MS 10

const char *
harness_tmpdir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("harness-XXXXXX", &error); /* (owned) by the test's queue */

  g_assert_no_error (error);
  g_test_queue_destroy ((GDestroyNotify)harness_directory_remove_and_free, path);
  return path;
}

char *
harness_data_path (const char *relative)
{
  const char *dir = g_getenv ("TEST_DATA_DIR");

  if (dir != NULL && *dir != '\0')
    {
      g_autofree char *absolute = g_canonicalize_filename (dir, NULL);
      return g_build_filename (absolute, relative, NULL);
    }
  return g_build_filename (HARNESS_SOURCE_ROOT, "tests", "data", relative, NULL);
}

char *
harness_source_path (const char *relative)
{
  return g_build_filename (HARNESS_SOURCE_ROOT, relative, NULL);
}

char *
harness_build_path (const char *relative)
{
  return g_build_filename (HARNESS_BUILD_ROOT, relative, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GSource *
attach_tick (GMainContext *context)
{
  GSource *tick = g_timeout_source_new (TICK_MS);

  g_source_set_callback (tick, tick_cb, NULL, NULL);
  g_source_attach (tick, context);
  return tick;
}

gboolean
harness_wait_until (HarnessPredicate predicate, gpointer data, guint timeout_ms)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  gint64 allowed_us = (gint64)timeout_ms * 1000 * harness_environment_slowness ();
  gint64 deadline = g_get_monotonic_time () + allowed_us;
  g_autoptr (GSource) tick = attach_tick (context);
  gboolean holds = predicate (data);

  while (!holds && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (context, TRUE);
      holds = predicate (data);
    }
  g_source_destroy (tick);
  return holds;
}
