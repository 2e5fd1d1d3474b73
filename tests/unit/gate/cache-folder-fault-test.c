/* SPDX-License-Identifier: MIT */
#include "base/platform.h"
#include "plugin/gate/cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/harness/harness.h"
#include "tests/support/disk-faults.h"
#include "tests/support/fake-clock.h"
#include "tests/support/fake-signer.h"

/* What else happens in the cache's folder, on a disk that fails or loses power at each call: it is
 * made, an answer makes room for another, a person signs out, the keys are kept, an answer is read.
 * cache-fault-test.c has the writing of one answer. */

#define IAT G_GINT64_CONSTANT (1790000000)
#define OTHER "acct-2"
#define MAX_FILES 3
/* More calls than any of it makes. */
#define MANY 40

typedef struct
{
  char *folder;              /* (owned) */
  TtecommGateCache *cache;   /* (owned) */
  TtecommFakeSigner *signer; /* (owned) */
  TtecommFakeClock *clock;   /* (owned) */
  TtecommKeySet *newer;      /* (owned): ver 9 */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *newer = NULL;

  f->folder = g_build_filename (harness_tmpdir (), "new", "cache", NULL);
  f->cache = ttecomm_gate_cache_new (f->folder, MAX_FILES);
  f->signer = ttecomm_fake_signer_new ();
  f->clock = ttecomm_fake_clock_new (IAT + 1);
  newer = ttecomm_fake_signer_make_keys (f->signer, 9, f->signer->key, IAT - 1000, IAT + 1000);
  f->newer = ttecomm_key_set_verify (newer, strlen (newer), f->signer->trust, 0, NULL);
  g_assert_nonnull (f->newer);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ttecomm_gate_cache_unref (f->cache);
  ttecomm_fake_signer_free (f->signer);
  ttecomm_key_set_unref (f->newer);
  g_object_unref (f->clock);
  g_free (f->folder);
}

static gboolean
put (Fixture *f, const char *site, const char *account, GError **error)
{
  TtecommFakeStatement fake = ttecomm_fake_statement (site, IAT);
  TtecommStatementExpected expected = { f->signer->keys, site, account, NULL, 0 };
  g_autofree char *text = NULL;
  g_autoptr (TtecommStatement) statement = NULL;
  g_autoptr (TtecommGateRecord) record = NULL;

  fake.account = account;
  text = ttecomm_fake_signer_sign (f->signer, &fake);
  statement = ttecomm_statement_verify (text, strlen (text), &expected, NULL);
  g_assert_nonnull (statement);
  record = ttecomm_gate_record_new_now (statement, TTECOMM_CLOCK (f->clock));
  return ttecomm_gate_cache_store (f->cache, record, error);
}

static void
put_well (Fixture *f, const char *site, const char *account)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (put (f, site, account, &error));
  g_assert_no_error (error);
}

/* Whether it is there, whole; anything between there and not there is a failure. */
static gboolean
has (Fixture *f, const char *site, const char *account)
{
  TtecommStatementExpected expected = { f->signer->keys, site, account, NULL, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateRecord) record = ttecomm_gate_cache_load (f->cache, &expected, &error);

  if (record == NULL)
    g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  return record != NULL;
}

static guint
count_statements (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "rs-") ? 1 : 0;
  return n;
}

/* -- an answer makes room for another -- */

static void
before_evicting (Fixture *f)
{
  put_well (f, "TT-0001", TTECOMM_FAKE_ACCOUNT);
  put_well (f, "TT-0002", TTECOMM_FAKE_ACCOUNT);
  put_well (f, "TT-0003", TTECOMM_FAKE_ACCOUNT);
}

static gboolean
evict (Fixture *f, GError **error)
{
  return put (f, "TT-0004", TTECOMM_FAKE_ACCOUNT, error);
}

static void
after_evicting (Fixture *f, gboolean done)
{
  guint n_left = 0;
  gboolean is_new = has (f, "TT-0004", TTECOMM_FAKE_ACCOUNT);

  n_left += has (f, "TT-0001", TTECOMM_FAKE_ACCOUNT) ? 1 : 0;
  n_left += has (f, "TT-0002", TTECOMM_FAKE_ACCOUNT) ? 1 : 0;
  n_left += has (f, "TT-0003", TTECOMM_FAKE_ACCOUNT) ? 1 : 0;
  g_assert_true (n_left == 3 || (n_left == 2 && is_new));
  g_assert_true (!done || (is_new && n_left == 2));
  /* What is too many goes with the next that comes. */
  put_well (f, "TT-0005", TTECOMM_FAKE_ACCOUNT);
  g_assert_cmpuint (count_statements (f), <=, MAX_FILES);
}

/* -- a person signs out -- */

static void
before_signing_out (Fixture *f)
{
  put_well (f, "TT-0001", TTECOMM_FAKE_ACCOUNT);
  put_well (f, "TT-0002", TTECOMM_FAKE_ACCOUNT);
  put_well (f, "TT-0001", OTHER);
}

static gboolean
sign_out (Fixture *f, GError **error)
{
  return ttecomm_gate_cache_clear (f->cache, TTECOMM_FAKE_ACCOUNT, error);
}

static void
after_signing_out (Fixture *f, gboolean done)
{
  gboolean one = has (f, "TT-0001", TTECOMM_FAKE_ACCOUNT);
  gboolean two = has (f, "TT-0002", TTECOMM_FAKE_ACCOUNT);

  g_assert_true (has (f, "TT-0001", OTHER));
  g_assert_true (!done || (!one && !two));
  g_assert_true (sign_out (f, NULL));
  g_assert_cmpuint (count_statements (f), ==, 1);
}

/* -- the keys -- */

static void
before_keys (Fixture *f)
{
  g_assert_true (ttecomm_gate_cache_store_keys (f->cache, f->signer->keys, NULL));
}

static gboolean
keep_keys (Fixture *f, GError **error)
{
  return ttecomm_gate_cache_store_keys (f->cache, f->newer, error);
}

static void
after_keys (Fixture *f, gboolean done)
{
  g_autoptr (TtecommKeySet) keys
      = ttecomm_gate_cache_load_keys (f->cache, f->signer->trust, 0, NULL);

  g_assert_nonnull (keys);
  g_assert_cmpint (ttecomm_key_set_get_ver (keys), >=, done ? 9 : 1);
}

/* -- the folder -- */

static void
before_making (Fixture *f)
{
  g_autofree char *above = g_path_get_dirname (f->folder);

  g_rmdir (f->folder);
  g_rmdir (above);
}

static gboolean
make (Fixture *f, GError **error)
{
  return ttecomm_gate_cache_prepare (f->cache, error);
}

static void
after_making (Fixture *f, gboolean done)
{
  g_assert_true (make (f, NULL));
  put_well (f, "TT-0001", TTECOMM_FAKE_ACCOUNT);
  g_assert_true (has (f, "TT-0001", TTECOMM_FAKE_ACCOUNT));
}

/* -- all of it -- */

typedef struct
{
  const char *name;
  void (*before) (Fixture *f);
  gboolean (*perform) (Fixture *f, GError **error);
  void (*after) (Fixture *f, gboolean done);
} Act;

static const Act acts[] = {
  { "evicting", before_evicting, evict, after_evicting },
  { "signing-out", before_signing_out, sign_out, after_signing_out },
  { "keys", before_keys, keep_keys, after_keys },
  { "making", before_making, make, after_making },
};

static void
begin (Fixture *f, const Act *act)
{
  g_autofree char *keys = g_build_filename (f->folder, "keys.jws", NULL);
  g_autofree char *lock = g_build_filename (f->folder, "lock", NULL);

  g_assert_true (ttecomm_gate_cache_prepare (f->cache, NULL));
  g_assert_true (ttecomm_gate_cache_clear (f->cache, TTECOMM_FAKE_ACCOUNT, NULL));
  g_assert_true (ttecomm_gate_cache_clear (f->cache, OTHER, NULL));
  g_unlink (keys);
  g_unlink (lock);
  act->before (f);
}

/* In a process of its own, for it may be killed: whether it lived to the end. */
static gboolean
perform_and_survive (Fixture *f, const Act *act, guint nth, DiskFault fault)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      disk_faults_arm (nth, fault, 0);
      _exit (act->perform (f, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  return !WIFSIGNALED (status);
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  static const DiskFault faults[] = { DISK_POWER_OFF, DISK_POWER_AFTER };
  const Act *act = data;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gboolean survived = FALSE;
      guint nth;

      for (nth = 1; nth < MANY && !survived; nth++)
        {
          begin (f, act);
          survived = perform_and_survive (f, act, nth, faults[i]);
          act->after (f, survived);
        }
      g_assert_true (survived);
      g_assert_cmpuint (nth, >, 4);
    }
}

static void
fail_at_every_call (Fixture *f, const Act *act, DiskFault fault, int code)
{
  gboolean reached = TRUE;
  guint nth;

  for (nth = 1; nth < MANY && reached; nth++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done;

      begin (f, act);
      disk_faults_arm (nth, fault, code);
      done = act->perform (f, &error);
      reached = disk_faults_disarm () >= nth;
      g_test_message ("call %u: %s", nth, error != NULL ? error->message : "done");
      g_assert_true (done == (error == NULL));
      act->after (f, done);
    }
  g_assert_false (reached);
  g_assert_cmpuint (nth, >, 4);
}

static void
test_failing (Fixture *f, gconstpointer data)
{
  static const int codes[] = { EIO, ENOSPC, EACCES };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      fail_at_every_call (f, data, DISK_FAILS, codes[i]);
      fail_at_every_call (f, data, DISK_IS_FULL, codes[i]);
      fail_at_every_call (f, data, DISK_IS_SHORT, codes[i]);
    }
}

/* An answer that cannot be read is none, and is there when it can be read again. */
static void
test_reading (Fixture *f, gconstpointer data)
{
  static const int codes[] = { EIO, EACCES, ENOMEM };
  TtecommStatementExpected expected = { f->signer->keys, "TT-0001", TTECOMM_FAKE_ACCOUNT, NULL, 0 };
  guint n_failed = 0;

  g_assert_true (make (f, NULL));
  put_well (f, "TT-0001", TTECOMM_FAKE_ACCOUNT);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    for (guint nth = 1; nth < 5; nth++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (TtecommGateRecord) record = NULL;

        disk_faults_arm_reading (nth, codes[i]);
        record = ttecomm_gate_cache_load (f->cache, &expected, &error);
        g_assert_cmpuint (disk_faults_disarm (), >=, nth);
        g_test_message ("call %u: %s", nth, error != NULL ? error->message : "read");
        g_assert_null (record);
        n_failed += error != NULL ? 1 : 0;
        g_assert_true (has (f, "TT-0001", TTECOMM_FAKE_ACCOUNT));
      }
  /* It is opened, looked at and read twice, the second time to its end. */
  g_assert_cmpuint (n_failed, ==, 4 * G_N_ELEMENTS (codes));
}

static void
add (Harness *harness, const char *prefix, const Act *act, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *name = g_strconcat (prefix, act->name, NULL);

  harness_add_fixture (harness, "cache-folder-fault", name, Fixture, act, set_up, test, tear_down);
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      add (harness, "killed-", &acts[i], test_killed);
      add (harness, "failing-", &acts[i], test_failing);
    }
  harness_add_fixture (harness, "cache-folder-fault", "reading", Fixture, NULL, set_up,
                       test_reading, tear_down);
}

HARNESS_MAIN (register_tests)
