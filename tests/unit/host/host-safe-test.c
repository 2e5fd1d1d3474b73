/* SPDX-License-Identifier: MIT */
/* A safe of the host's user: when its answers come, what they bring, and to whom. */
#include "tests/unit/host/support.h"

#include <pthread.h>

typedef struct
{
  HostSafeAnswer *answer; /* (nullable) of the last load or store */
  const char *at_once;    /* (nullable) loads are answered with it inside the call */
  prosoft_result_t erases;
  guint calls;
  char *key;      /* (owned) of the last call */
  GBytes *stored; /* (owned) (nullable) */
} FakeSafe;

typedef struct
{
  const char *dir; /* owned by the harness */
  FakeSafe safe;
  Host *host; /* (owned) (nullable) */
  prosoft_view_t view;
  gsize faults; /* findings that the test expects, all against the host */
} Fixture;

static void
note_call (FakeSafe *safe, const char *key, HostSafeAnswer *answer)
{
  safe->calls++;
  safe->answer = answer;
  g_free (safe->key);
  safe->key = g_strdup (key);
}

static void
fake_load (void *data, const char *key, HostSafeAnswer *answer)
{
  FakeSafe *safe = data;

  note_call (safe, key, answer);
  if (safe->at_once != NULL)
    g_assert_true (host_safe_loaded (answer, PROSOFT_OK, safe->at_once, strlen (safe->at_once)));
}

static void
fake_store (void *data, const char *key, const void *bytes, size_t size, HostSafeAnswer *answer)
{
  FakeSafe *safe = data;

  note_call (safe, key, answer);
  g_clear_pointer (&safe->stored, g_bytes_unref);
  safe->stored = g_bytes_new (bytes, size);
}

static prosoft_result_t
fake_erase (void *data, const char *key)
{
  FakeSafe *safe = data;

  note_call (safe, key, NULL);
  return safe->erases;
}

static void
start (Fixture *fixture)
{
  test_host_run (fixture->host, "good");
  g_assert_cmpint (host_open_page (fixture->host, "specimen", &fixture->view, NULL), ==,
                   PROSOFT_OK);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  HostSafe safe = { &fixture->safe, fake_load, fake_store, fake_erase };
  HostOptions options = { .safe = &safe };

  fixture->dir = harness_tmpdir ();
  fixture->host = test_host_new (fixture->dir, &options);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  HostFindings *findings = fixture->host != NULL ? host_get_findings (fixture->host) : NULL;

  for (gsize i = 0; findings != NULL && host_findings_get (findings, i) != NULL; i++)
    {
      g_test_message ("%s", host_findings_get (findings, i)->text);
      g_assert_true (host_findings_get (findings, i)->by_host);
    }
  if (findings != NULL)
    g_assert_cmpuint (host_findings_total (findings), ==, fixture->faults);
  g_clear_pointer (&fixture->host, host_free);
  g_clear_pointer (&fixture->safe.key, g_free);
  g_clear_pointer (&fixture->safe.stored, g_bytes_unref);
}

static void
act (Fixture *fixture, const char *action)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (host_invoke (fixture->host, fixture->view, action, NULL, &op, NULL), ==,
                   PROSOFT_OK);
  test_host_wait (fixture->host, op);
}

static bool
shows (Fixture *fixture, const char *text)
{
  const HostView *view = host_get_view (fixture->host, fixture->view);

  host_refresh_view (fixture->host, fixture->view);
  return view->page != NULL && strstr (view->page, text) != NULL;
}

static void
run_loop (Fixture *fixture)
{
  while (host_loop_iterate (host_get_loop (fixture->host), 0))
    ;
}

static const prosoft_host_secrets_t *
table_of (Fixture *fixture)
{
  const prosoft_host_t *table = host_get_table (fixture->host);

  return table->get_extension (table, PROSOFT_EXT_SECRETS);
}

static bool
answer_load (Fixture *fixture, const char *text)
{
  return host_safe_loaded (fixture->safe.answer, PROSOFT_OK, text, strlen (text));
}

static void
test_tells_late_answers_from_the_loop (Fixture *fixture, gconstpointer data)
{
  act (fixture, "recall");
  run_loop (fixture);
  g_assert_true (shows (fixture, "new"));
  g_assert_true (answer_load (fixture, "s3cret"));
  g_assert_true (shows (fixture, "new"));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded 0 s3cret"));
  g_assert_cmpstr (fixture->safe.key, ==, "sign-in");
}

static void
test_tells_early_answers_from_the_loop (Fixture *fixture, gconstpointer data)
{
  fixture->safe.at_once = "s3cret";
  act (fixture, "recall");
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded 0 s3cret"));
}

static void
test_stores_and_erases (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "secrets", NULL);

  act (fixture, "keep");
  g_assert_cmpuint (g_bytes_get_size (fixture->safe.stored), ==, 6);
  g_assert_cmpint (memcmp (g_bytes_get_data (fixture->safe.stored, NULL), "s3cret", 6), ==, 0);
  g_assert_true (host_safe_stored (fixture->safe.answer, PROSOFT_OK));
  run_loop (fixture);
  g_assert_true (shows (fixture, "stored"));
  g_assert_false (shows (fixture, "not stored"));
  act (fixture, "keep");
  g_assert_true (host_safe_stored (fixture->safe.answer, PROSOFT_E_TIMEOUT));
  run_loop (fixture);
  g_assert_true (shows (fixture, "not stored"));

  fixture->safe.erases = PROSOFT_E_IO;
  g_assert_cmpint (table_of (fixture)->erase (host_get_table (fixture->host), "other"), ==,
                   PROSOFT_E_IO);
  g_assert_cmpstr (fixture->safe.key, ==, "other");
  /* The folder of the options is not used beside it. */
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_passes_errors_on (Fixture *fixture, gconstpointer data)
{
  act (fixture, "recall");
  g_assert_true (host_safe_loaded (fixture->safe.answer, PROSOFT_E_TIMEOUT, "s3cret", 6));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded -13"));
  g_assert_false (shows (fixture, "s3cret"));
}

static void
test_bounds_what_is_loaded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *largest = g_strnfill (PROSOFT_SECRET_MAX_SIZE, 'x');
  g_autofree char *larger = g_strnfill (PROSOFT_SECRET_MAX_SIZE + 1, 'x');

  act (fixture, "recall");
  g_assert_true (answer_load (fixture, largest));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded 0 xxx"));
  act (fixture, "recall");
  g_assert_true (answer_load (fixture, larger));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded -11"));
  act (fixture, "recall");
  g_assert_true (answer_load (fixture, ""));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded -10"));
  act (fixture, "recall");
  g_assert_true (host_safe_loaded (fixture->safe.answer, PROSOFT_OK, NULL, 6));
  run_loop (fixture);
  fixture->faults = 3;
}

static void
test_finds_a_second_answer (Fixture *fixture, gconstpointer data)
{
  act (fixture, "recall");
  g_assert_true (answer_load (fixture, "first"));
  g_assert_false (answer_load (fixture, "second"));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded 0 first"));
  g_assert_false (answer_load (fixture, "third"));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded 0 first"));
  act (fixture, "keep");
  g_assert_true (host_safe_stored (fixture->safe.answer, PROSOFT_E_IO));
  g_assert_false (host_safe_stored (fixture->safe.answer, PROSOFT_OK));
  run_loop (fixture);
  g_assert_true (shows (fixture, "not stored"));
  g_assert_cmpuint (host_findings_count (host_get_findings (fixture->host), HOST_CHECK_ANSWER), ==,
                    3);
  fixture->faults = 3;
}

static void
test_finds_an_answer_of_the_other_kind (Fixture *fixture, gconstpointer data)
{
  act (fixture, "recall");
  g_assert_false (host_safe_stored (fixture->safe.answer, PROSOFT_OK));
  run_loop (fixture);
  g_assert_true (shows (fixture, "new"));
  g_assert_true (answer_load (fixture, "s3cret"));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded 0 s3cret"));
  fixture->faults = 1;
}

static void *
answer_elsewhere (void *data)
{
  return answer_load (data, "elsewhere") ? data : NULL;
}

static void
test_finds_an_answer_of_another_thread (Fixture *fixture, gconstpointer data)
{
  pthread_t thread;
  void *told = fixture;

  act (fixture, "recall");
  g_assert_cmpint (pthread_create (&thread, NULL, answer_elsewhere, fixture), ==, 0);
  pthread_join (thread, &told);
  g_assert_null (told);
  run_loop (fixture);
  g_assert_true (shows (fixture, "new"));
  g_assert_cmpuint (host_findings_count (host_get_findings (fixture->host), HOST_CHECK_THREAD), ==,
                    1);
  g_assert_true (answer_load (fixture, "s3cret"));
  fixture->faults = 1;
}

static void
test_tells_nobody_after_stop (Fixture *fixture, gconstpointer data)
{
  act (fixture, "recall");
  host_stop (fixture->host);
  g_assert_false (answer_load (fixture, "s3cret"));
  run_loop (fixture);
  g_assert_false (answer_load (fixture, "again"));
  fixture->faults = 1;
}

static void
test_tells_no_other_instance (Fixture *fixture, gconstpointer data)
{
  HostSafeAnswer *answer;

  act (fixture, "recall");
  answer = fixture->safe.answer;
  host_stop (fixture->host);
  host_unload (fixture->host);
  start (fixture);
  g_assert_false (host_safe_loaded (answer, PROSOFT_OK, "s3cret", 6));
  run_loop (fixture);
  g_assert_true (shows (fixture, "new"));
  g_assert_cmpint (table_of (fixture)->load (host_get_table (fixture->host), "sign-in", 1), ==,
                   PROSOFT_OK);
  g_assert_true (answer_load (fixture, "its own"));
  run_loop (fixture);
  g_assert_true (shows (fixture, "loaded 0 its own"));
}

/* destroy() runs the loop empty, with the answer in it. */
static void
test_stops_with_an_answer_in_the_loop (Fixture *fixture, gconstpointer data)
{
  act (fixture, "recall");
  g_assert_true (answer_load (fixture, "s3cret"));
  host_stop (fixture->host);
  g_assert_false (host_is_running (fixture->host));
}

static void
test_outlives_the_host (Fixture *fixture, gconstpointer data)
{
  HostSafeAnswer *load;

  act (fixture, "recall");
  load = fixture->safe.answer;
  act (fixture, "keep");
  run_loop (fixture);
  host_stop (fixture->host);
  g_assert_cmpuint (host_findings_total (host_get_findings (fixture->host)), ==, 0);
  g_clear_pointer (&fixture->host, host_free);
  g_assert_false (host_safe_loaded (load, PROSOFT_OK, "s3cret", 6));
  g_assert_false (host_safe_stored (fixture->safe.answer, PROSOFT_OK));
}

static void
test_is_spared_bad_calls (Fixture *fixture, gconstpointer data)
{
  const prosoft_host_t *table = host_get_table (fixture->host);
  const prosoft_host_secrets_t *secrets = table_of (fixture);
  HostFindings *findings = host_get_findings (fixture->host);
  g_autofree char *longest = g_strnfill (64, 'k'), *longer = g_strnfill (65, 'k');

  g_assert_cmpint (secrets->load (table, longer, 1), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (secrets->load (table, "", 1), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (secrets->load (table, NULL, 1), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (secrets->erase (table, "caf\xe9"), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (secrets->store (table, "key", longer, 0, 1), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (secrets->store (table, "key", NULL, 1, 1), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (secrets->store (table, "key", longer, PROSOFT_SECRET_MAX_SIZE + 1, 1), ==,
                   PROSOFT_E_INVALID);
  g_assert_cmpuint (fixture->safe.calls, ==, 0);
  g_assert_cmpuint (host_findings_total (findings), ==, 7);
  g_assert_false (host_findings_get (findings, 0)->by_host);
  g_assert_cmpint (secrets->load (table, longest, 1), ==, PROSOFT_OK);
  g_assert_cmpstr (fixture->safe.key, ==, longest);
  g_clear_pointer (&fixture->host, host_free);
  g_assert_false (answer_load (fixture, "late"));
}

static void
test_is_needed_for_the_extension (void)
{
  HostOptions options = { 0 };
  Host *host = host_new (&options);
  g_autofree char *path = test_specimen_path ("good");
  const prosoft_host_t *table = host_get_table (host);

  g_assert_cmpint (host_load (host, path, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (host_start (host, NULL, NULL), ==, PROSOFT_OK);
  g_assert_null (table->get_extension (table, PROSOFT_EXT_SECRETS));
  g_assert_nonnull (table->get_extension (table, PROSOFT_EXT_FILES));
  host_free (host);
}

/* The folder is a safe like any other: a damaged file is an answer, not a value. */
static void
test_folder_with_damage (void)
{
  const char *dir = harness_tmpdir ();
  Fixture fixture = { .dir = dir };
  HostOptions options = { 0 };
  g_autofree char *folder = g_build_filename (dir, "secrets", NULL);
  g_autofree char *path = g_build_filename (folder, "7369676e2d696e", NULL); /* "sign-in" */
  g_autofree char *larger = g_strnfill (PROSOFT_SECRET_MAX_SIZE + 1, 'x');

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  fixture.host = test_host_new (dir, &options);
  start (&fixture);
  act (&fixture, "recall");
  run_loop (&fixture);
  g_assert_true (shows (&fixture, "loaded -10"));
  g_assert_true (g_file_set_contents (path, larger, -1, NULL));
  act (&fixture, "recall");
  run_loop (&fixture);
  g_assert_true (shows (&fixture, "loaded -9"));
  tear_down (&fixture, NULL);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "host-safe", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("tells-late-answers-from-the-loop", test_tells_late_answers_from_the_loop);
  ADD ("tells-early-answers-from-the-loop", test_tells_early_answers_from_the_loop);
  ADD ("stores-and-erases", test_stores_and_erases);
  ADD ("passes-errors-on", test_passes_errors_on);
  ADD ("bounds-what-is-loaded", test_bounds_what_is_loaded);
  ADD ("finds-a-second-answer", test_finds_a_second_answer);
  ADD ("finds-an-answer-of-the-other-kind", test_finds_an_answer_of_the_other_kind);
  ADD ("finds-an-answer-of-another-thread", test_finds_an_answer_of_another_thread);
  ADD ("tells-nobody-after-stop", test_tells_nobody_after_stop);
  ADD ("tells-no-other-instance", test_tells_no_other_instance);
  ADD ("stops-with-an-answer-in-the-loop", test_stops_with_an_answer_in_the_loop);
  ADD ("outlives-the-host", test_outlives_the_host);
  ADD ("is-spared-bad-calls", test_is_spared_bad_calls);
  harness_add (harness, "host-safe", "is-needed-for-the-extension",
               test_is_needed_for_the_extension);
  harness_add (harness, "host-safe", "folder-with-damage", test_folder_with_damage);
}

HARNESS_MAIN (register_tests)
