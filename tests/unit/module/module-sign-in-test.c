/* SPDX-License-Identifier: MIT */
/* A sign-in among real processes: hosts that come and go, two at once over one safe place, one that
 * is killed; and a TTcloud of its own for each test. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/harness/harness.h"

#define PATIENCE_MS 60000
#define MARA "mara@example.org"
#define SITE "site-active"

typedef struct
{
  GSubprocess *sandbox;
  char *dir;     /* of the sandbox */
  char *home;    /* of the hosts */
  char *secrets; /* their safe place */
} Fixture;

static gboolean
file_exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *program = harness_build_path ("tests/sandbox/ttcloud-sandbox");
  g_autofree char *urls = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = g_strdup (harness_tmpdir ());
  self->home = g_strdup (harness_tmpdir ());
  self->secrets = g_build_filename (self->home, "secrets", NULL);
  urls = g_build_filename (self->dir, "urls.json", NULL);
  self->sandbox
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, program, "--dir", self->dir, NULL);
  g_assert_no_error (error);
  g_assert_true (harness_wait_until (file_exists, urls, PATIENCE_MS));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_subprocess_force_exit (self->sandbox);
  g_assert_true (g_subprocess_wait (self->sandbox, NULL, NULL));
  g_object_unref (self->sandbox);
  g_free (self->dir);
  g_free (self->home);
  g_free (self->secrets);
}

/* --- hosts --- */

/* One host process, which does one thing. @as: (nullable): who may use the browser; nobody else can
 */
static GSubprocess *
start_host (Fixture *self, const char *home, const char *as, const char *const *command)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = harness_build_path ("tests/host/prosoft-mock");
  g_autofree char *module = harness_build_path ("plugin/ttecomm.so");
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add_many (builder, program, "--module", module, "--sandbox", self->dir, "--home",
                           home, NULL);
  if (as != NULL)
    g_strv_builder_add_many (builder, "--as", as, NULL);
  else
    g_strv_builder_add_many (builder, "--browser", "false", NULL);
  g_strv_builder_addv (builder, (const char **)command);
  argv = g_strv_builder_end (builder);
  process
      = g_subprocess_newv ((const char *const *)argv,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  return process;
}

/* What it printed; takes @process. (transfer full) */
static char *
end_host (GSubprocess *process, int status)
{
  g_autoptr (GSubprocess) owned = process;
  g_autofree char *complaints = NULL;
  g_autoptr (GError) error = NULL;
  char *printed = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &printed, &complaints, &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", printed, complaints);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  return printed;
}

#define COMMAND(...) ((const char *const[]){ __VA_ARGS__, NULL })

static char *
run (Fixture *self, const char *home, const char *as, int status, const char *const *command)
{
  return end_host (start_host (self, home, as, command), status);
}

static void
sign_in (Fixture *self, const char *home)
{
  g_autofree char *printed = run (self, home, MARA, 0, COMMAND ("sign-in"));

  g_assert_nonnull (strstr (printed, MARA));
}

static void
assert_says (const char *printed, const char *text)
{
  g_autoptr (GString) flat = g_string_new (printed);

  g_string_replace (flat, "\n", " ", 0);
  while (g_string_replace (flat, "  ", " ", 0) > 0)
    continue;
  if (strstr (flat->str, text) == NULL)
    g_error ("'%s' is not in: %s", text, flat->str);
}

static void
assert_session (Fixture *self, const char *home, int status, const char *code, const char *cause)
{
  g_autofree char *printed = run (self, home, NULL, status, COMMAND ("session", SITE));
  g_autofree char *code_line = g_strdup_printf ("code %s ", code);
  g_autofree char *cause_line = g_strconcat ("cause ", cause != NULL ? cause : "", " ", NULL);

  assert_says (printed, code_line);
  if (cause != NULL)
    assert_says (printed, cause_line);
}

/* --- the safe place --- */

/* (transfer full) (nullable): the one secret's file */
static char *
find_secret (const char *home)
{
  g_autofree char *folder = g_build_filename (home, "secrets", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  return name != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

static gboolean
is_empty (gpointer home)
{
  g_autofree char *path = find_secret (home);

  return path == NULL;
}

/* (transfer full) */
static char *
read_secret (const char *home)
{
  g_autofree char *path = find_secret (home);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_nonnull (path);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_secret (const char *home, const char *text)
{
  g_autofree char *path = find_secret (home);

  g_assert_nonnull (path);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The access token's time is over. */
static void
end_access (const char *home)
{
  g_autofree char *text = read_secret (home);
  g_autoptr (GRegex) expires = g_regex_new ("\"expires\":[0-9]+", 0, 0, NULL);
  g_autofree char *over = g_regex_replace_literal (expires, text, -1, 0, "\"expires\":1", 0, NULL);

  g_assert_cmpstr (text, !=, over);
  write_secret (home, over);
}

/* --- tests --- */

static void
test_lasts_over_restarts (Fixture *self, gconstpointer data)
{
  g_autofree char *secret = NULL;
  g_autofree char *page = NULL;

  sign_in (self, self->home);
  secret = read_secret (self->home);
  g_assert_cmpuint (strlen (secret), <=, 2048);
  g_assert_true (g_str_has_prefix (secret, "{\"v\":2,\"origin\":\"https://127.0.0.1:"));
  assert_session (self, self->home, 0, "ok", NULL);
  page = run (self, self->home, NULL, 0, COMMAND ("page", "-"));
  assert_says (page, MARA);
  end_access (self->home);
  assert_session (self, self->home, 0, "ok", NULL);
}

/* All renew in the same moment, over one safe place, and then again with what the last one kept. */
static void
test_processes_at_once (Fixture *self, gconstpointer data)
{
  sign_in (self, self->home);
  for (guint round = 0; round < 3; round++)
    {
      GSubprocess *hosts[3];

      end_access (self->home);
      for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
        hosts[i] = start_host (self, self->home, NULL, COMMAND ("session", SITE));
      for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
        {
          g_autofree char *printed = end_host (hosts[i], 0);

          assert_says (printed, "code ok ");
        }
    }
}

/* One window signs out. The other has its own copy of what was kept, as in its memory: TTcloud
 * refuses it, and its last check still opens. */
static void
test_one_signs_out (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_strdup (harness_tmpdir ());
  g_autofree char *secret = NULL;
  g_autofree char *page = NULL;
  g_autofree char *out = NULL;
  g_autofree char *again = NULL;

  sign_in (self, self->home);
  sign_in (self, other);
  secret = read_secret (self->home);
  write_secret (other, secret);
  assert_session (self, other, 0, "ok", NULL);
  out = run (self, self->home, NULL, 0, COMMAND ("invoke", "-", "sign-out"));
  g_assert_true (is_empty (self->home));
  assert_session (self, self->home, 3, "sign_in", NULL);

  end_access (other);
  assert_session (self, other, 0, "recent", "sign_in");
  page = run (self, other, NULL, 0, COMMAND ("page", "-"));
  assert_says (page, "TTcloud wants you to sign in again.");
  assert_says (page, MARA);
  assert_session (self, other, 0, "recent", "sign_in");
  again = run (self, other, NULL, 0, COMMAND ("session", SITE));
  assert_says (again, "TTcloud wants you to sign in again; using the check of today");
}

/* (transfer full): a member of urls.json */
static char *
read_url (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, "urls.json", NULL);
  g_autofree char *pattern = g_strdup_printf ("\"%s\"\\s*:\\s*\"http://([^\"/]+)", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) found = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_regex_match (regex, text, 0, &found));
  return g_match_info_fetch (found, 1);
}

static void
stall_revocation (Fixture *self)
{
  static const char body[] = "{\"name\":\"stall\",\"path\":\"/oauth/revoke\"}";
  g_autofree char *control = read_url (self, "control_url");
  g_autofree char *request
      = g_strdup_printf ("POST /sandbox/faults HTTP/1.1\r\nHost: %s\r\nContent-Type: "
                         "application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
                         control, strlen (body), body);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, control, 80, NULL, &error);
  char answer[16] = "";

  g_assert_no_error (error);
  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 strlen (request), NULL, NULL, &error));
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                        answer, sizeof answer - 1, NULL, &error),
                   >, 0);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
}

/* Killed while TTcloud is told: whatever is left opens nothing as that account, and the same person
 * can sign in again. */
static void
test_killed_while_signing_out (Fixture *self, gconstpointer data)
{
  GSubprocess *host;

  sign_in (self, self->home);
  assert_session (self, self->home, 0, "ok", NULL);
  stall_revocation (self);
  host = start_host (self, self->home, NULL, COMMAND ("invoke", "-", "sign-out"));
  g_assert_true (harness_wait_until (is_empty, self->home, PATIENCE_MS));
  g_subprocess_force_exit (host);
  g_assert_true (g_subprocess_wait (host, NULL, NULL));
  g_object_unref (host);

  assert_session (self, self->home, 3, "sign_in", NULL);
  sign_in (self, self->home);
  assert_session (self, self->home, 0, "ok", NULL);
}

/* Ignored with one line in the log, and nobody is let in. */
static void
test_odd_secrets (Fixture *self, gconstpointer data)
{
  static const char *const odd[] = {
    "garbage", "{\"v\":1,\"expires\":1,\"refresh\":\"r\"}",
    "{\"v\":2,\"origin\":\"https://evil.test/\",\"serial\":1,\"expires\":1,\"refresh\":\"r\"}"
  };
  g_autofree char *log = g_build_filename (self->home, "host.log", NULL);

  sign_in (self, self->home);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = NULL;
      const char *line;

      write_secret (self->home, odd[i]);
      g_unlink (log);
      assert_session (self, self->home, 3, "sign_in", NULL);
      g_assert_true (g_file_get_contents (log, &text, NULL, NULL));
      line = strstr (text, "kept sign-in");
      g_assert_nonnull (line);
      g_assert_null (strstr (line + 1, "kept sign-in"));
    }
}

static void
test_nowhere_to_keep_it (Fixture *self, gconstpointer data)
{
  g_autofree char *page = NULL;

  /* The host cannot make its folder. */
  g_rmdir (self->secrets);
  g_assert_true (g_file_set_contents (self->secrets, "x", 1, NULL));
  page = run (self, self->home, MARA, 0, COMMAND ("page", "-"));
  assert_says (page,
               "You will have to sign in again next time: this PC could not keep the sign-in.");
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "module-sign-in", name, Fixture, NULL, set_up, func, tear_down)
  ADD ("lasts-over-restarts", test_lasts_over_restarts);
  ADD ("processes-at-once", test_processes_at_once);
  ADD ("one-signs-out", test_one_signs_out);
  ADD ("killed-while-signing-out", test_killed_while_signing_out);
  ADD ("odd-secrets", test_odd_secrets);
  ADD ("nowhere-to-keep-it", test_nowhere_to_keep_it);
}

HARNESS_MAIN (register_tests)
