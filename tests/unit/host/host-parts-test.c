/* SPDX-License-Identifier: MIT */
/* The pieces of the host: its loop, text, addresses, times, and modules that cannot be loaded. */
#include "tests/unit/host/support.h"

#include <errno.h>
#include <pthread.h>

#include "tests/host/command-line.h"
#include "tests/host/files.h"

typedef struct
{
  HostLoop *loop;
  gint ran; /* (atomic) */
} Counted;

static void
count_one (void *data)
{
  Counted *counted = data;

  g_atomic_int_inc (&counted->ran);
}

static void *
post_many (void *data)
{
  Counted *counted = data;

  for (int i = 0; i < 1000; i++)
    host_loop_post (counted->loop, count_one, counted);
  return NULL;
}

static bool
has_all (void *data)
{
  Counted *counted = data;

  return g_atomic_int_get (&counted->ran) == 4000;
}

static void
test_loop_takes_tasks_of_all_threads (void)
{
  Counted counted = { host_loop_new (), 0 };
  pthread_t threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpint (pthread_create (&threads[i], NULL, post_many, &counted), ==, 0);
  g_assert_true (host_loop_run_until (counted.loop, has_all, &counted, 10000));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    pthread_join (threads[i], NULL);
  g_assert_false (host_loop_iterate (counted.loop, 0));
  host_loop_post (counted.loop, count_one, &counted);
  host_loop_free (counted.loop);
  g_assert_cmpint (counted.ran, ==, 4000);
}

static bool
never (void *data)
{
  return false;
}

static void
test_loop_waits_no_longer_than_told (void)
{
  HostLoop *loop = host_loop_new ();
  int64_t started = host_monotonic_us ();

  g_assert_false (host_loop_run_until (loop, never, NULL, 30));
  g_assert_cmpint (host_monotonic_us () - started, >=, 30000);
  g_assert_false (host_loop_run_until (loop, never, NULL, 0));
  host_loop_free (loop);
}

static void
post_again (void *data)
{
  Counted *counted = data;

  counted->ran++;
  host_loop_post (counted->loop, post_again, counted);
}

static void
test_loop_is_not_starved (void)
{
  Counted counted = { host_loop_new (), 0 };

  host_loop_post (counted.loop, post_again, &counted);
  g_assert_true (host_loop_iterate (counted.loop, 0));
  g_assert_cmpint (counted.ran, ==, 1);
  host_loop_free (counted.loop);
}

static void
test_utf8 (void)
{
  static const struct
  {
    const char *text;
    gboolean valid;
  } rows[] = {
    { "", TRUE },
    { "plain", TRUE },
    { "caf\xc3\xa9 \xe2\x82\xac", TRUE },
    { "\xf0\x9f\x8f\xa0", TRUE },
    { "\xf4\x8f\xbf\xbf", TRUE },
    { "caf\xe9", FALSE },
    { "\xc0\x80", FALSE },
    { "\xe0\x80\x80", FALSE },
    { "\xed\xa0\x80", FALSE },
    { "\xf4\x90\x80\x80", FALSE },
    { "\xe2\x82", FALSE },
    { "\x80", FALSE },
    { "\xff", FALSE },
    { "\xf8\x88\x80\x80\x80", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (host_utf8_valid (rows[i].text, strlen (rows[i].text)), ==, rows[i].valid);
      g_assert_cmpint (g_utf8_validate (rows[i].text, -1, NULL), ==, rows[i].valid);
    }
}

static void
test_error_is_cut_at_a_character (void)
{
  prosoft_error_t error;
  g_autofree char *long_text = g_strnfill (600, 'x');

  memcpy (long_text + 502, "\xe2\x82\xac", 3);
  g_assert_cmpint (host_error (&error, PROSOFT_E_IO, "%s", long_text), ==, PROSOFT_E_IO);
  g_assert_cmpuint (strlen (error.message), ==, 502);
  g_assert_true (g_utf8_validate (error.message, -1, NULL));
  g_assert_cmpint (host_error (NULL, PROSOFT_E_IO, "x"), ==, PROSOFT_E_IO);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *uri;
    gboolean outside; /* in production */
    gboolean sandbox;
  } rows[] = {
    { "https://ttecomm.example/checkout?x=1#y", TRUE, TRUE },
    { "https://[2001:db8::1]:8443/", TRUE, TRUE },
    { "http://127.0.0.1:8080/authorize?state=1", FALSE, TRUE },
    { "http://127.9.8.7/", FALSE, TRUE },
    { "http://[::1]:80/", FALSE, TRUE },
    { "http://[::1]", FALSE, TRUE },
    { "http://localhost/", FALSE, FALSE },
    { "http://127.0.0.1.example/", FALSE, FALSE },
    { "http://127.0.0.256/", FALSE, FALSE },
    { "http://127.0.0/", FALSE, FALSE },
    { "http://127.0.0.1.1/", FALSE, FALSE },
    { "http://127.0.0.1@evil.example/", FALSE, FALSE },
    { "https://user@evil.example/", FALSE, FALSE },
    { "http://[::2]/", FALSE, FALSE },
    { "http://[::1", FALSE, FALSE },
    { "http://example.org/", FALSE, FALSE },
    { "HTTPS://example.org/", FALSE, FALSE },
    { "https://", FALSE, FALSE },
    { "https:///path", FALSE, FALSE },
    { "https://a b/", FALSE, FALSE },
    { "https://a\n/", FALSE, FALSE },
    { "https://a\"/", FALSE, FALSE },
    { "https://caf\xc3\xa9/", FALSE, FALSE },
    { "file:///etc/passwd", FALSE, FALSE },
    { "javascript:alert(1)", FALSE, FALSE },
    { "--help", FALSE, FALSE },
    { "", FALSE, FALSE },
    { NULL, FALSE, FALSE },
  };
  const char *reason;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].uri);
      g_assert_cmpint (host_uri_allowed (rows[i].uri, false, &reason), ==, rows[i].outside);
      g_assert_cmpint (reason == NULL, ==, rows[i].outside);
      g_assert_cmpint (host_uri_allowed (rows[i].uri, true, &reason), ==, rows[i].sandbox);
    }
}

static void
test_times (void)
{
  HostTiming timing = { 0 };

  g_assert_cmpint (host_timing_p999 (&timing), ==, 0);
  for (int i = 0; i < 9990; i++)
    host_timing_add (&timing, "fast", 10);
  for (int i = 0; i < 9; i++)
    host_timing_add (&timing, "middling", 800);
  host_timing_add (&timing, "slow", 2000000);
  g_assert_cmpint (host_timing_p999 (&timing), ==, 10);
  g_assert_cmpint (timing.max_us, ==, 2000000);
  g_assert_cmpstr (timing.slowest, ==, "slow");
  g_assert_cmpuint (timing.slow, ==, 1);
  host_timing_add (&timing, "middling", 800);
  g_assert_cmpint (host_timing_p999 (&timing), >=, 800);
  g_assert_cmpint (host_timing_p999 (&timing), <=, 850);
  host_timing_add (&timing, "forever", G_MAXINT64);
  host_timing_add (&timing, "backwards", -5);
  g_assert_cmpint (timing.max_us, ==, G_MAXINT64);
}

static void
assert_does_not_load (const char *path, prosoft_result_t code, const char *says)
{
  HostOptions options = { 0 };
  Host *host = test_host_new (harness_tmpdir (), &options);
  prosoft_error_t error = { 0 };

  g_assert_cmpint (host_load (host, path, &error), ==, code);
  g_assert_nonnull (strstr (error.message, says));
  g_assert_cmpint (host_start (host, NULL, &error), ==, PROSOFT_E_INVALID);
  host_free (host);
}

static void
test_modules_that_do_not_load (void)
{
  const char *dir = harness_tmpdir ();
  g_autofree char *text = g_build_filename (dir, "text" HOST_MODULE_SUFFIX, NULL);
  g_autofree char *nothing = test_specimen_path ("nothing");
  g_autofree char *other_major = test_specimen_path ("other-major");
  g_autofree char *no_factory = test_specimen_path ("no-factory");

  g_assert_true (g_file_set_contents (text, "no module", -1, NULL));
  assert_does_not_load ("/nonexistent/x.so", PROSOFT_E_NOT_FOUND, "/nonexistent/x.so");
  assert_does_not_load (text, PROSOFT_E_FORMAT, "is not a module");
  assert_does_not_load (dir, PROSOFT_E_FORMAT, "is not a module");
  assert_does_not_load (nothing, PROSOFT_E_FORMAT, "does not export prosoft_entry");
  assert_does_not_load (other_major, PROSOFT_E_UNSUPPORTED, "version 2 of the plug-in interface");
  assert_does_not_load (no_factory, PROSOFT_E_UNSUPPORTED, "prosoft.plugin-factory/1");
}

static void
assert_does_not_start (const char *name, const char *id, const char *says)
{
  g_autofree char *path = test_specimen_path (name);
  HostOptions options = { 0 };
  Host *host = test_host_new (harness_tmpdir (), &options);
  prosoft_error_t error = { 0 };

  g_assert_cmpint (host_load (host, path, &error), ==, PROSOFT_OK);
  g_assert_cmpint (host_start (host, id, &error), <, 0);
  g_assert_nonnull (strstr (error.message, says));
  g_assert_false (host_is_running (host));
  g_assert_cmpuint (host_findings_total (host_get_findings (host)), ==, 0);
  host_free (host);
}

static void
test_plugins_that_do_not_start (void)
{
  assert_does_not_start ("refuse-create", NULL, "restart PROSOFT");
  assert_does_not_start ("refuse-init", NULL, "no worker");
  assert_does_not_start ("good", "org.example.other", "unknown id");
}

static void
test_writes_one_line_at_a_time (void)
{
  const char *dir = harness_tmpdir ();
  HostOptions options = { .log_threshold = PROSOFT_LOG_INFO };
  Host *host = test_host_new (dir, &options);
  g_autofree char *log = NULL;

  host_log (host, PROSOFT_LOG_DEBUG, "not written");
  host_log (host, PROSOFT_LOG_INFO, "one\ntwo\x1b[31m");
  log = test_host_log (dir);
  g_assert_null (strstr (log, "not written"));
  g_assert_true (g_str_has_suffix (log, " info host: one two [31m\n"));
  host_free (host);
}

/* Names of other scripts, in a folder that is deeper than the 260 letters of old Windows. */
static void
test_files (void)
{
  g_autofree char *deep = g_strnfill (60, 'd');
  g_autofree char *folder
      = g_build_filename (harness_tmpdir (), "\u00e9 \u6f22", deep, deep, deep, deep, deep, NULL);
  g_autofree char *path = g_build_filename (folder, "caf\u00e9 \u6f22.txt", NULL);
  g_autofree char *absolute = NULL;
  g_autofree char *bytes = NULL;
  FILE *stream;
  HostFile *file;
  char some[4];
  size_t size = 0;

  g_assert_true (host_make_folder (folder));
  g_assert_true (host_make_folder (folder));
  stream = host_create_file (path);
  g_assert_nonnull (stream);
  g_assert_cmpint (fclose (stream), ==, 0);
  g_assert_null (host_create_file (path));
  g_assert_true (host_write_file (path, "one\r\n", 5));
  stream = host_append_to_file (path);
  g_assert_nonnull (stream);
  g_assert_cmpint (fputs ("two\n", stream), >=, 0);
  g_assert_cmpint (fclose (stream), ==, 0);
  bytes = host_read_file (path, 9, &size);
  g_assert_cmpmem (bytes, (int)size, "one\r\ntwo\n", 9);
  g_assert_null (host_read_file (path, 8, &size));
  g_assert_cmpint (errno, ==, EFBIG);
  absolute = host_find_file (path);
  g_assert_nonnull (strstr (absolute, "caf\u00e9 \u6f22.txt"));

  file = host_file_open (path);
  g_assert_nonnull (file);
  g_assert_cmpint (host_file_get_size (file), ==, 9);
  g_assert_cmpint (host_file_read (file, 5, some, 3), ==, 3);
  g_assert_cmpmem (some, 3, "two", 3);
  g_assert_cmpint (host_file_read (file, 8, some, 4), ==, 1);
  g_assert_cmpint (host_file_read (file, 9, some, 4), ==, 0);
  /* Somebody else may write while it is open. */
  stream = host_append_to_file (path);
  g_assert_nonnull (stream);
  g_assert_cmpint (fputs ("3", stream), >=, 0);
  g_assert_cmpint (fclose (stream), ==, 0);
  g_assert_cmpint (host_file_read (file, 9, some, 4), ==, 1);
  g_assert_cmpint (some[0], ==, '3');
  host_file_close (file);
  g_assert_null (host_file_open (folder));
  g_assert_cmpint (errno, ==, EISDIR);
  g_assert_true (host_remove_file (path));
  g_assert_true (host_remove_file (path));
  g_assert_null (host_file_open (path));
  g_assert_cmpint (errno, ==, ENOENT);
}

/* Each row is a line that C libraries for Windows take apart again. */
static void
test_command_lines (void)
{
  static const struct
  {
    const char *arguments[4];
    const char *line;
  } rows[] = {
    { { "a" }, "\"a\"" },
    { { "a", "", "b c" }, "\"a\" \"\" \"b c\"" },
    { { "a", "say \"hi\"" }, "\"a\" \"say \\\"hi\\\"\"" },
    { { "C:\\x y\\z" }, "\"C:\\x y\\z\"" },
    { { "a", "ends\\" }, "\"a\" \"ends\\\\\"" },
    { { "a", "\\\"b" }, "\"a\" \"\\\\\\\"b\"" },
    { { "a", "http://x/?p=1&q=%20" }, "\"a\" \"http://x/?p=1&q=%20\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = host_command_line ((char *const *)rows[i].arguments);

      g_assert_cmpstr (line, ==, rows[i].line);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "host-parts", "files", test_files);
  harness_add (harness, "host-parts", "command-lines", test_command_lines);
  harness_add (harness, "host-parts", "loop-takes-tasks-of-all-threads",
               test_loop_takes_tasks_of_all_threads);
  harness_add (harness, "host-parts", "loop-waits-no-longer-than-told",
               test_loop_waits_no_longer_than_told);
  harness_add (harness, "host-parts", "loop-is-not-starved", test_loop_is_not_starved);
  harness_add (harness, "host-parts", "utf8", test_utf8);
  harness_add (harness, "host-parts", "error-is-cut-at-a-character",
               test_error_is_cut_at_a_character);
  harness_add (harness, "host-parts", "addresses", test_addresses);
  harness_add (harness, "host-parts", "times", test_times);
  harness_add (harness, "host-parts", "modules-that-do-not-load", test_modules_that_do_not_load);
  harness_add (harness, "host-parts", "plugins-that-do-not-start", test_plugins_that_do_not_start);
  harness_add (harness, "host-parts", "writes-one-line-at-a-time", test_writes_one_line_at_a_time);
}

HARNESS_MAIN (register_tests)
