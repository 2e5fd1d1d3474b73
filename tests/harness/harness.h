/* SPDX-License-Identifier: MIT */
/*
 * The one main() of every test program, and the few helpers a test needs.
 *
 *   #include "tests/harness/harness.h"
 *
 *   static void
 *   test_refuses_an_empty_file (void)
 *   {
 *     ...g_assert_... as in any g_test program...
 *   }
 *
 *   static void
 *   register_tests (Harness *harness)
 *   {
 *     harness_add (harness, "nbt", "refuses-an-empty-file", test_refuses_an_empty_file);
 *   }
 *
 *   HARNESS_MAIN (register_tests)
 *
 * Without a --gtest_* argument the program is an ordinary g_test program (TAP, -l, -p PATH). With
 * one it answers as a GoogleTest program does: list, filter, XML, one process a test.
 * README.md beside this file says how to add a test.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The tests of one program. Lives while main() runs; a test author only passes it on. */
typedef struct _Harness Harness;

typedef void (*HarnessRegister) (Harness *harness);
typedef gboolean (*HarnessPredicate) (gpointer data);

/*
 * Adds one test, `/suite/name` for g_test, `Suite.name` for GoogleTest. Both parts match
 * [A-Za-z_][A-Za-z0-9_-]*; for GoogleTest every '-' becomes '_' and the suite's first letter a
 * capital. Two tests that would share a name in either form stop the program with a message.
 * A part that begins with DISABLED_ is listed and not run unless --gtest_also_run_disabled_tests.
 */
#define harness_add(harness, suite, name, func)                                                    \
  harness_add_at ((harness), (suite), (name), (func), __FILE__, __LINE__)

/* As harness_add(), for a function that takes data: one row of a table, say. `data` is given to
 * `free_data` (nullable) when the program ends. */
#define harness_add_full(harness, suite, name, func, data, free_data)                              \
  harness_add_full_at ((harness), (suite), (name), (func), (data), (free_data), __FILE__, __LINE__)

/* As harness_add(), with a zeroed `Fixture` made ready by `setup` (Fixture *, gconstpointer data)
 * and taken down by `teardown`, both nullable, both with the test's own signature. The compiler
 * checks that the three take a Fixture. */
#define harness_add_fixture(harness, suite, name, Fixture, data, setup, func, teardown)            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    void (*_setup) (Fixture *, gconstpointer) = (setup);                                           \
    void (*_func) (Fixture *, gconstpointer) = (func);                                             \
    void (*_teardown) (Fixture *, gconstpointer) = (teardown);                                     \
    harness_add_fixture_at ((harness), (suite), (name), sizeof (Fixture), (data),                  \
                            (GTestFixtureFunc)_setup, (GTestFixtureFunc)_func,                     \
                            (GTestFixtureFunc)_teardown, __FILE__, __LINE__);                      \
  }                                                                                                \
  G_STMT_END

void harness_add_at (Harness *harness,
                     const char *suite,
                     const char *name,
                     GTestFunc func,
                     const char *file,
                     int line);

void harness_add_full_at (Harness *harness,
                          const char *suite,
                          const char *name,
                          GTestDataFunc func,
                          gpointer data,
                          GDestroyNotify free_data,
                          const char *file,
                          int line);

void harness_add_fixture_at (Harness *harness,
                             const char *suite,
                             const char *name,
                             gsize fixture_size,
                             gconstpointer data,
                             GTestFixtureFunc setup,
                             GTestFixtureFunc func,
                             GTestFixtureFunc teardown,
                             const char *file,
                             int line);

/* The body of main(): makes the process hermetic, registers, runs. Returns the exit status. */
int harness_main (int argc, char **argv, HarnessRegister register_tests);

#define HARNESS_MAIN(register_tests)                                                               \
  int main (int argc, char **argv) { return harness_main (argc, argv, (register_tests)); }

/* A new, empty directory; it and all below it are removed when the running test ends. Owned by
 * the test. Only inside a test, its set-up or its tear-down. */
const char *harness_tmpdir (void);

/* The path of a file under tests/data (or under the environment's TEST_DATA_DIR). Absolute. */
char *harness_data_path (const char *relative) G_GNUC_WARN_UNUSED_RESULT;

/* The path of a file in the source tree or in the build tree. Absolute. */
char *harness_source_path (const char *relative) G_GNUC_WARN_UNUSED_RESULT;
char *harness_build_path (const char *relative) G_GNUC_WARN_UNUSED_RESULT;

/* Iterates the thread-default main context until `predicate` holds or `timeout_ms` have passed;
 * returns whether it holds. Never sleeps: it wakes with the context, and every few milliseconds to
 * see what other threads did. Under a slow tool (HARNESS_SLOW) the time is longer. */
gboolean harness_wait_until (HarnessPredicate predicate,
                             gpointer data,
                             guint timeout_ms) G_GNUC_WARN_UNUSED_RESULT;

/* What a test's own host does with each log line of the module: when ./dev test collects (see
 * witness.h) the line is kept, and searched for secrets after the run. Threads: any. */
void harness_witness_log (const char *text);

/* What a test's own cloud does with a secret that this run made, such as a "nonce": it must not
 * come out in a log line or on a terminal. Threads: any. */
void harness_witness_secret (const char *kind, const char *secret);

G_END_DECLS
