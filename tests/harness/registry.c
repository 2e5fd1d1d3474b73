/* SPDX-License-Identifier: MIT */
#include "tests/harness/registry.h"

#include <string.h>

#define DISABLED_PREFIX "DISABLED_"

static void
test_free (HarnessTest *test)
{
  if (test->free_data != NULL)
    test->free_data ((gpointer)test->data);
  g_free (test->path);
  g_free (test->suite);
  g_free (test->name);
  g_free (test->full_name);
  g_free (test->file);
  g_free (test);
}

Harness *
harness_new (void)
{
  Harness *harness = g_new0 (Harness, 1);

  harness->tests = g_ptr_array_new_with_free_func ((GDestroyNotify)test_free);
  harness->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return harness;
}

void
harness_free (Harness *harness)
{
  g_hash_table_unref (harness->names);
  g_ptr_array_unref (harness->tests);
  g_free (harness);
}

static gboolean
is_name (const char *text)
{
  if (!g_ascii_isalpha (text[0]) && text[0] != '_')
    return FALSE;
  return strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == strlen (text);
}

/* '-' starts the negative part of a filter, so it may not stand in a GoogleTest name. */
static char *
to_gtest_name (const char *text)
{
  return g_strdelimit (g_strdup (text), "-", '_');
}

static char *
to_gtest_suite (const char *text)
{
  char *suite = to_gtest_name (text);

  suite[0] = g_ascii_toupper (suite[0]);
  return suite;
}

char *
harness_resolve_source (const char *file)
{
  char *path = g_canonicalize_filename (file, HARNESS_BUILD_ROOT);

  return G_DIR_SEPARATOR == '/' ? path : g_strdelimit (path, G_DIR_SEPARATOR_S, '/');
}

static HarnessTest *
test_new (const char *suite, const char *name, const char *file, int line)
{
  HarnessTest *test = g_new0 (HarnessTest, 1);

  test->path = g_strdup_printf ("/%s/%s", suite, name);
  test->suite = to_gtest_suite (suite);
  test->name = to_gtest_name (name);
  test->full_name = g_strdup_printf ("%s.%s", test->suite, test->name);
  test->file = harness_resolve_source (file);
  test->line = line;
  test->disabled = g_str_has_prefix (test->suite, DISABLED_PREFIX)
                   || g_str_has_prefix (test->name, DISABLED_PREFIX);
  return test;
}

/* A mistake of the test's author, so it ends the program whatever was asked of it. */
static HarnessTest *
add (Harness *harness, const char *suite, const char *name, const char *file, int line)
{
  HarnessTest *test = NULL;

  if (!is_name (suite) || !is_name (name))
    g_error ("%s:%d: test \"/%s/%s\": a suite and a name are letters, digits, _ and -, "
             "and begin with a letter or _",
             file, line, suite, name);

  test = test_new (suite, name, file, line);
  g_ptr_array_add (harness->tests, test);
  if (!g_hash_table_add (harness->names, g_strdup (test->path))
      || !g_hash_table_add (harness->names, g_strdup (test->full_name)))
    g_error ("%s:%d: test %s is already there as %s; rename one of the two", file, line, test->path,
             test->full_name);
  return test;
}

void
harness_add_at (Harness *harness,
                const char *suite,
                const char *name,
                GTestFunc func,
                const char *file,
                int line)
{
  HarnessTest *test = add (harness, suite, name, file, line);

  test->func = func;
}

void
harness_add_full_at (Harness *harness,
                     const char *suite,
                     const char *name,
                     GTestDataFunc func,
                     gpointer data,
                     GDestroyNotify free_data,
                     const char *file,
                     int line)
{
  HarnessTest *test = add (harness, suite, name, file, line);

  test->data_func = func;
  test->data = data;
  test->free_data = free_data;
}

void
harness_add_fixture_at (Harness *harness,
                        const char *suite,
                        const char *name,
                        gsize fixture_size,
                        gconstpointer data,
                        GTestFixtureFunc setup,
                        GTestFixtureFunc func,
                        GTestFixtureFunc teardown,
                        const char *file,
                        int line)
{
  HarnessTest *test = add (harness, suite, name, file, line);

  test->fixture_func = func;
  test->fixture_size = fixture_size;
  test->setup = setup;
  test->teardown = teardown;
  test->data = data;
}

static void
skip_disabled (void)
{
  g_test_skip ("disabled by its name");
}

static void
register_one (HarnessTest *test, gboolean run_disabled)
{
  if (test->disabled && !run_disabled)
    g_test_add_func (test->path, skip_disabled);
  else if (test->func != NULL)
    g_test_add_func (test->path, test->func);
  else if (test->data_func != NULL)
    g_test_add_data_func (test->path, test->data, test->data_func);
  else
    g_test_add_vtable (test->path, test->fixture_size, test->data, test->setup, test->fixture_func,
                       test->teardown);
}

void
harness_register_with_glib (Harness *harness, gboolean run_disabled)
{
  for (guint i = 0; i < harness->tests->len; i++)
    register_one (g_ptr_array_index (harness->tests, i), run_disabled);
}
