/* SPDX-License-Identifier: MIT */
#include "base/platform.h"
#include "plugin/gate/cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/harness/harness.h"
#include "tests/support/disk-faults.h"
#include "tests/support/fake-clock.h"
#include "tests/support/fake-signer.h"

/* The cache on a disk that fails or loses power at each call: afterwards the old answer is there or
 * the new one, whole, and the next write works (gate.md, sections 3 and 8). */

#define IAT G_GINT64_CONSTANT (1790000000)
#define SITE "TT-0001"
#define OLD 12
#define NEW 13
/* More calls than a write makes. */
#define MANY 40

typedef struct
{
  char *folder;                      /* (owned) */
  TtecommGateCache *cache;           /* (owned) */
  TtecommFakeSigner *signer;         /* (owned) */
  TtecommFakeClock *clock;           /* (owned) */
  TtecommStatementExpected expected; /* as a load expects it */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_build_filename (harness_tmpdir (), "cache", NULL);
  f->cache = ttecomm_gate_cache_new (f->folder, 5);
  f->signer = ttecomm_fake_signer_new ();
  f->clock = ttecomm_fake_clock_new (IAT + 1);
  f->expected = (TtecommStatementExpected){ f->signer->keys, SITE, TTECOMM_FAKE_ACCOUNT, NULL, 0 };
  g_assert_true (ttecomm_gate_cache_prepare (f->cache, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ttecomm_gate_cache_unref (f->cache);
  ttecomm_fake_signer_free (f->signer);
  g_object_unref (f->clock);
  g_free (f->folder);
}

static TtecommGateRecord *
make_record (Fixture *f, gint64 ver)
{
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autoptr (TtecommStatement) statement = NULL;
  g_autofree char *text = NULL;

  fake.ver = ver;
  text = ttecomm_fake_signer_sign (f->signer, &fake);
  statement = ttecomm_statement_verify (text, strlen (text), &f->expected, NULL);
  g_assert_nonnull (statement);
  return ttecomm_gate_record_new_now (statement, TTECOMM_CLOCK (f->clock));
}

static gboolean
store (Fixture *f, gint64 ver, GError **error)
{
  g_autoptr (TtecommGateRecord) record = make_record (f, ver);

  return ttecomm_gate_cache_store (f->cache, record, error);
}

/* The ver that is there; 0 for none. Anything else than whole or none is a failure. */
static gint64
load_ver (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateRecord) record = ttecomm_gate_cache_load (f->cache, &f->expected, &error);

  if (record == NULL)
    {
      g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
      return 0;
    }
  /* With the line that says when it came. */
  g_assert_cmpstr (ttecomm_gate_record_get_stamp (record)->boot_id, ==, "boot-1");
  return ttecomm_statement_get_ver (ttecomm_gate_record_get_statement (record));
}

static guint
count_temps (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, TTECOMM_PLATFORM_TEMP_PREFIX) ? 1 : 0;
  return n;
}

/* As at the next start. */
static void
assert_goes_on (Fixture *f)
{
  g_assert_true (ttecomm_gate_cache_prepare (f->cache, NULL));
  g_assert_cmpuint (count_temps (f), ==, 0);
}

/* Begins with @ver in the cache; 0: with an empty one. */
static void
begin_with (Fixture *f, gint64 ver)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_gate_cache_clear (f->cache, TTECOMM_FAKE_ACCOUNT, &error));
  g_assert_true (ver == 0 || store (f, ver, &error));
  g_assert_no_error (error);
}

/* In a process of its own, for it may be killed: whether it lived to the end. */
static gboolean
store_and_survive (Fixture *f, guint nth, DiskFault fault)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      disk_faults_arm (nth, fault, 0);
      _exit (store (f, NEW, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  return !WIFSIGNALED (status);
}

static void
kill_at_every_call (Fixture *f, gint64 before, DiskFault fault)
{
  gint64 last = before;
  guint nth;

  for (nth = 1; nth < MANY; nth++)
    {
      gboolean survived;
      gint64 ver;

      begin_with (f, before);
      survived = store_and_survive (f, nth, fault);
      ver = load_ver (f);
      g_test_message ("call %u: %" G_GINT64_FORMAT, nth, ver);
      g_assert_true (ver == before || ver == NEW);
      /* Once it is there it stays, however much later the power goes. */
      g_assert_cmpint (ver, >=, last);
      last = ver;
      assert_goes_on (f);
      if (survived)
        break;
    }
  g_assert_cmpint (last, ==, NEW);
  g_assert_cmpuint (nth, >, 6);
  g_assert_cmpuint (nth, <, MANY);
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  kill_at_every_call (f, OLD, DISK_POWER_OFF);
  kill_at_every_call (f, OLD, DISK_POWER_AFTER);
}

static void
test_killed_when_empty (Fixture *f, gconstpointer data)
{
  kill_at_every_call (f, 0, DISK_POWER_OFF);
  kill_at_every_call (f, 0, DISK_POWER_AFTER);
}

static void
fail_at_every_call (Fixture *f, gint64 before, DiskFault fault, int code)
{
  guint seen = MANY, nth;

  for (nth = 1; nth <= seen; nth++)
    {
      g_autoptr (GError) error = NULL;
      gboolean stored;
      gint64 ver;

      begin_with (f, before);
      disk_faults_arm (nth, fault, code);
      stored = store (f, NEW, &error);
      seen = disk_faults_disarm () < nth ? 0 : MANY;
      ver = load_ver (f);
      g_test_message ("call %u: %" G_GINT64_FORMAT " %s", nth, ver,
                      error != NULL ? error->message : "stored");
      g_assert_true (ver == NEW || (ver == before && !stored));
      g_assert_true (stored == (error == NULL));
      assert_goes_on (f);
      g_assert_true (store (f, NEW + 1, NULL));
      g_assert_cmpint (load_ver (f), ==, NEW + 1);
    }
  g_assert_cmpuint (nth, >, 6);
  g_assert_cmpuint (nth, <, MANY);
}

static void
test_failing (Fixture *f, gconstpointer data)
{
  static const struct
  {
    DiskFault fault;
    int code;
  } faults[] = { { DISK_FAILS, EIO },      { DISK_FAILS, ENOSPC },  { DISK_FAILS, EDQUOT },
                 { DISK_FAILS, EINTR },    { DISK_IS_FULL, EROFS }, { DISK_IS_FULL, EACCES },
                 { DISK_IS_FULL, ENOMEM }, { DISK_IS_SHORT, 0 },    { DISK_IS_SHORT, ENOSPC },
                 { DISK_IS_FULL, ENOSPC } };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      fail_at_every_call (f, OLD, faults[i].fault, faults[i].code);
      fail_at_every_call (f, 0, faults[i].fault, faults[i].code);
    }
}

/* A signal in between is no failure. */
static void
test_interrupted (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  begin_with (f, OLD);
  disk_faults_arm (3, DISK_FAILS, EINTR);
  g_assert_true (store (f, NEW, &error));
  g_assert_no_error (error);
  disk_faults_disarm ();
  g_assert_cmpint (load_ver (f), ==, NEW);
}

/* -- two processes -- */

#define ROUNDS 150

/* Whether round @i is to be: a few, or as many as fit into the seconds of HARNESS_LONG. */
static gboolean
goes_on (gint64 i, gint64 began)
{
  const char *seconds = g_getenv ("HARNESS_LONG");

  if (seconds == NULL)
    return i < ROUNDS;
  return g_get_monotonic_time () - began < g_ascii_strtoll (seconds, NULL, 10) * G_TIME_SPAN_SECOND;
}

static int
write_and_read (Fixture *f)
{
  gint64 began = g_get_monotonic_time ();
  guint n_stored = 0;

  for (gint64 i = 0; goes_on (i, began); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean stored = store (f, OLD + i, &error);

      n_stored += stored ? 1 : 0;
      /* Somebody else holds the lock: nothing is written, and that is said. */
      if (!stored
          && !g_error_matches (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_LOCKED))
        return 2;
      if (load_ver (f) < OLD)
        return 3;
    }
  return n_stored > 0 ? 0 : 4;
}

static void
test_two_processes (Fixture *f, gconstpointer data)
{
  pid_t children[2];

  begin_with (f, OLD);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        _exit (write_and_read (f));
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status = -1;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    }
  g_assert_cmpint (load_ver (f), >=, OLD);
  assert_goes_on (f);
}

/* -- a folder that is also somebody else's -- */

static void
litter (Fixture *f, const char *target)
{
  g_assert_true (g_file_set_contents (target, "do not touch", -1, NULL));
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("rs-%016x.jws", i + 1);
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      if (i % 4 == 0)
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      else if (i % 4 == 1)
        g_assert_cmpint (symlink (target, path), ==, 0);
      else if (i % 4 == 2)
        g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      else
        g_assert_true (g_file_set_contents (path, "garbage", -1, NULL));
    }
}

/* Things with our names, of every kind: nothing hangs, nobody's file behind a link is touched, and
 * our own answer comes and goes. */
static void
test_littered (Fixture *f, gconstpointer data)
{
  g_autofree char *target = g_build_filename (harness_tmpdir (), "precious", NULL);
  g_autofree char *text = NULL;

  litter (f, target);
  assert_goes_on (f);
  g_assert_true (store (f, NEW, NULL));
  g_assert_cmpint (load_ver (f), ==, NEW);
  g_assert_true (ttecomm_gate_cache_clear (f->cache, TTECOMM_FAKE_ACCOUNT, NULL));
  g_assert_cmpint (load_ver (f), ==, 0);
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "do not touch");
}

/* A lock that cannot be had: nothing is written, nothing is lost. */
static void
test_foreign_lock (Fixture *f, gconstpointer data)
{
  g_autofree char *lock = g_build_filename (f->folder, "lock", NULL);
  g_autoptr (GError) error = NULL;

  begin_with (f, OLD);
  g_assert_cmpint (g_unlink (lock), ==, 0);
  g_assert_cmpint (g_mkdir (lock, 0700), ==, 0);
  g_assert_false (store (f, NEW, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  g_assert_cmpint (load_ver (f), ==, OLD);
  assert_goes_on (f);
  g_assert_cmpint (g_rmdir (lock), ==, 0);
  g_assert_cmpint (symlink ("/dev/null", lock), ==, 0);
  g_assert_false (store (f, NEW, NULL));
  g_assert_cmpint (load_ver (f), ==, OLD);
  assert_goes_on (f);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "cache-fault", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("killed", test_killed);
  ADD ("killed-when-empty", test_killed_when_empty);
  ADD ("failing", test_failing);
  ADD ("interrupted", test_interrupted);
  ADD ("two-processes", test_two_processes);
  ADD ("littered", test_littered);
  ADD ("foreign-lock", test_foreign_lock);
}

HARNESS_MAIN (register_tests)
