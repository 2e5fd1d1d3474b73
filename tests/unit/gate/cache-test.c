/* SPDX-License-Identifier: MIT */
#include "base/platform.h"
#include "plugin/gate/cache.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "tests/harness/harness.h"
#include "tests/support/disk.h"
#include "tests/support/fake-clock.h"
#include "tests/support/fake-signer.h"

#define IAT G_GINT64_CONSTANT (1790000000)
#define SITE "TT-0001"

typedef struct
{
  char *folder;                      /* (owned) */
  TtecommGateCache *cache;           /* (owned) */
  TtecommFakeSigner *signer;         /* (owned) */
  TtecommFakeClock *clock;           /* (owned) */
  TtecommStatementExpected expected; /* as a load expects it */
  char *path;                        /* (owned): of SITE's file */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_build_filename (harness_tmpdir (), "cache", NULL);
  f->cache = ttecomm_gate_cache_new (f->folder, 5);
  f->signer = ttecomm_fake_signer_new ();
  f->clock = ttecomm_fake_clock_new (IAT + 1);
  f->expected = (TtecommStatementExpected){ f->signer->keys, SITE, TTECOMM_FAKE_ACCOUNT, NULL, 0 };
  f->path = ttecomm_gate_cache_dup_path (f->cache, SITE, TTECOMM_FAKE_ACCOUNT);
  g_assert_true (ttecomm_gate_cache_prepare (f->cache, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ttecomm_gate_cache_unref (f->cache);
  ttecomm_fake_signer_free (f->signer);
  g_object_unref (f->clock);
  g_free (f->folder);
  g_free (f->path);
}

static TtecommGateRecord *
make_record (Fixture *f, const char *installation, gint64 ver)
{
  TtecommFakeStatement fake = ttecomm_fake_statement (installation, IAT);
  TtecommStatementExpected expected = f->expected;
  g_autoptr (TtecommStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  fake.ver = ver;
  text = ttecomm_fake_signer_sign (f->signer, &fake);
  expected.installation = installation;
  statement = ttecomm_statement_verify (text, strlen (text), &expected, &error);
  g_assert_no_error (error);
  return ttecomm_gate_record_new_now (statement, TTECOMM_CLOCK (f->clock));
}

static void
store (Fixture *f, const char *installation, gint64 ver)
{
  g_autoptr (TtecommGateRecord) record = make_record (f, installation, ver);
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_gate_cache_store (f->cache, record, &error));
  g_assert_no_error (error);
}

static guint
count_files (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The decision a click would get with the cache alone. */
static TtecommGateDecision
decide (Fixture *f, const TtecommGateRecord *record)
{
  TtecommGateInputs inputs = { .signed_in = TRUE, .prosoft = "5.1" };

  ttecomm_gate_inputs_set_now (&inputs, TTECOMM_CLOCK (f->clock));
  if (record != NULL)
    ttecomm_gate_inputs_set_cache (&inputs, record);
  return ttecomm_gate_decide (&inputs);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateRecord) back = NULL;
  const TtecommGateStamp *stamp;
  g_autofree char *name = g_path_get_basename (f->path);

  store (f, SITE, 12);
  back = ttecomm_gate_cache_load (f->cache, &f->expected, &error);
  g_assert_no_error (error);
  stamp = ttecomm_gate_record_get_stamp (back);
  g_assert_cmpstr (stamp->boot_id, ==, "boot-1");
  g_assert_cmpint (stamp->boottime_us, ==, 1000 * G_USEC_PER_SEC);
  g_assert_cmpint (stamp->wall, ==, IAT + 1);
  g_assert_cmpint (stamp->high_water, ==, IAT);
  g_assert_cmpint (ttecomm_gate_record_get_facts (back)->iat, ==, IAT);
  test_disk_assert_private (f->path, 0600);
  g_assert_cmpuint (strlen (name), ==, 3 + 16 + 4);
}

/* What the clocks did not know at receipt comes back as not known. */
static void
test_unknown_clocks (Fixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateRecord) back = NULL;
  const TtecommGateStamp *stamp;

  ttecomm_fake_clock_reboot (f->clock, NULL, -1);
  ttecomm_fake_clock_break_wall (f->clock);
  store (f, SITE, 12);
  back = ttecomm_gate_cache_load (f->cache, &f->expected, NULL);
  stamp = ttecomm_gate_record_get_stamp (back);
  g_assert_null (stamp->boot_id);
  g_assert_cmpint (stamp->boottime_us, ==, -1);
  g_assert_cmpint (stamp->wall, ==, -1);
  g_assert_cmpint (ttecomm_gate_record_get_age (back, TTECOMM_CLOCK (f->clock)), ==, -1);
}

static void
expect_load_error (Fixture *f, GQuark domain, gint code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateRecord) record = ttecomm_gate_cache_load (f->cache, &f->expected, &error);

  g_assert_null (record);
  g_assert_error (error, domain, code);
}

static void
test_not_ours (Fixture *f, gconstpointer data)
{
  g_autofree char *other_path
      = ttecomm_gate_cache_dup_path (f->cache, "TT-0002", TTECOMM_FAKE_ACCOUNT);

  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  store (f, SITE, 12);

  f->expected.account = "acct-2";
  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  f->expected.account = TTECOMM_FAKE_ACCOUNT;
  f->expected.min_ver = 13;
  expect_load_error (f, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_OLD);
  f->expected.min_ver = 0;

  /* somebody copies one installation's file over another's */
  g_assert_cmpint (g_rename (f->path, other_path), ==, 0);
  f->expected.installation = "TT-0002";
  expect_load_error (f, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_SUBJECT);
}

static void
expect_there (Fixture *f, const char *installation)
{
  g_autoptr (TtecommGateRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  f->expected.installation = installation;
  record = ttecomm_gate_cache_load (f->cache, &f->expected, &error);
  g_assert_no_error (error);
}

/* Odd things where the file belongs. */
static void
test_odd_files (Fixture *f, gconstpointer data)
{
  g_autofree char *large = g_strnfill (20000, 'A');

  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  expect_load_error (f, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_FORMAT);
  g_assert_true (g_file_set_contents (f->path, "\n\n\n", 3, NULL));
  expect_load_error (f, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_FORMAT);
  g_assert_true (g_file_set_contents (f->path, large, -1, NULL));
  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_SIZE);
  g_assert_cmpint (g_unlink (f->path), ==, 0);

  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_KIND);
  {
    g_autoptr (TtecommGateRecord) record = make_record (f, SITE, 12);
    g_autoptr (GError) error = NULL;

    g_assert_false (ttecomm_gate_cache_store (f->cache, record, &error));
    g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  }
  g_assert_cmpint (g_rmdir (f->path), ==, 0);
}

static void
test_waits_for_no_pipe (Fixture *f, gconstpointer data)
{
  if (!test_disk_make_pipe (f->path))
    {
      g_test_skip ("no pipes among files here");
      return;
    }
  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_KIND);
}

/* Not when it reads, nor when it writes. */
static void
test_follows_no_link (Fixture *f, gconstpointer data)
{
  g_autofree char *target = g_build_filename (f->folder, "target", NULL);

  if (!test_disk_make_link (target, f->path))
    {
      g_test_skip ("no links here");
      return;
    }
  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_KIND);
  store (f, SITE, 12);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

/* The second line is authenticated by nothing: a good one, and everything else is another boot. */
static void
test_second_line (Fixture *f, gconstpointer data)
{
  static const char *const odd[] = {
    "",
    "\n",
    "\nnull\n",
    "\n[]\n",
    "\n{}\n",
    "\n{\"boot\":\"boot-1\",\"boottime_us\":1000000000}\n",
    "\n{\"boot\":7,\"boottime_us\":1000000000,\"wall\":0,\"high_water\":1790000000}\n",
    "\n{\"boot\":\"boot-1\",\"boottime_us\":-1,\"wall\":0,\"high_water\":1790000000}\n",
    "\n{\"boot\":\"boot-1\",\"boottime_us\":1e9,\"wall\":0,\"high_water\":1790000000}\n",
    "\n{\"boot\":\"boot-1\",\"boottime_us\":1000000000,\"wall\":0,\"high_water\":99999999999}\n",
    "\n{\"boot\":\"boot-1\",\"boottime_us\":1000000000,\"wall\":0,\"high_water\":1790000000}\nx",
    "\n{\"boot\":\"boot-1\",\"boot\":\"boot-1\",\"boottime_us\":1000000000,\"high_water\":1}\n",
    "\n\xff\n",
  };
  g_autofree char *whole = NULL;
  g_auto (GStrv) lines = NULL;

  store (f, SITE, 12);
  g_assert_true (g_file_get_contents (f->path, &whole, NULL, NULL));
  lines = g_strsplit (whole, "\n", -1);
  ttecomm_fake_clock_set_wall (f->clock, IAT - 601);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = g_strconcat (lines[0], odd[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommGateRecord) record = NULL;

      g_test_message ("%s", odd[i]);
      g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
      record = ttecomm_gate_cache_load (f->cache, &f->expected, &error);
      g_assert_no_error (error);
      g_assert_cmpint (ttecomm_gate_record_get_stamp (record)->high_water, ==, IAT);
      g_assert_null (ttecomm_gate_record_get_stamp (record)->boot_id);
      g_assert_cmpint (decide (f, record).code, ==, TTECOMM_GATE_CODE_CLOCK_BACK);
    }
}

/* The statement's line, any bit changed or cut anywhere: there is no cache. The second line cut
 * anywhere: the wall clock decides, and it is past the end. */
static void
test_corrupt_at_every_byte (Fixture *f, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize length = 0, first;

  store (f, SITE, 12);
  g_assert_true (g_file_get_contents (f->path, &whole, &length, NULL));
  first = (gsize)(strchr (whole, '\n') - whole);
  ttecomm_fake_clock_set_wall (f->clock, IAT + 80 * 3600);
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (TtecommGateRecord) cut = NULL;
      g_autoptr (TtecommGateRecord) changed = NULL;
      g_autofree char *bad = g_memdup2 (whole, length);

      g_assert_true (g_file_set_contents (f->path, whole, (gssize)i, NULL));
      cut = ttecomm_gate_cache_load (f->cache, &f->expected, NULL);
      g_assert_true ((cut != NULL) == (i >= first));
      if (i + 1 < length)
        g_assert_false (ttecomm_gate_outcome_opens (decide (f, cut).outcome));

      bad[i] = (char)(bad[i] ^ (1 << i % 8));
      g_assert_true (g_file_set_contents (f->path, bad, (gssize)length, NULL));
      changed = ttecomm_gate_cache_load (f->cache, &f->expected, NULL);
      g_assert_true (changed == NULL || i > first);
      if (changed != NULL)
        g_assert_cmpint (ttecomm_gate_record_get_facts (changed)->exp, ==, IAT + 72 * 3600);
    }
}

/* Clocks forward, back, reset, and the PC started again. */
static void
test_clocks (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *boot_id;
    gint64 boottime; /* seconds */
    gint64 wall;
    TtecommGateCode code;
  } rows[] = {
    { "boot-1", 1000, IAT, TTECOMM_GATE_CODE_RECENT },
    { "boot-1", 1060, 0, TTECOMM_GATE_CODE_RECENT },
    { "boot-1", 1060, G_GINT64_CONSTANT (4070908800), TTECOMM_GATE_CODE_RECENT },
    { "boot-1", 1000 + 86401, 0, TTECOMM_GATE_CODE_STALE },
    { "boot-1", 1000 + 72 * 3600, 0, TTECOMM_GATE_CODE_STALE },
    { "boot-1", 1000 + 72 * 3600 + 1, 0, TTECOMM_GATE_CODE_GRACE_OVER },
    { "boot-1", 999, IAT + 60, TTECOMM_GATE_CODE_RECENT },
    { "boot-1", 999, IAT - 601, TTECOMM_GATE_CODE_CLOCK_BACK },
    { "boot-2", 5, IAT - 600, TTECOMM_GATE_CODE_RECENT },
    { "boot-2", 5, IAT - 601, TTECOMM_GATE_CODE_CLOCK_BACK },
    { "boot-2", 5, 0, TTECOMM_GATE_CODE_CLOCK_BACK },
    { "boot-2", 5, IAT + 90000, TTECOMM_GATE_CODE_STALE },
    { "boot-2", 5, G_GINT64_CONSTANT (4070908800), TTECOMM_GATE_CODE_GRACE_OVER },
    { NULL, -1, IAT + 60, TTECOMM_GATE_CODE_RECENT },
    { NULL, 1060, IAT - 601, TTECOMM_GATE_CODE_CLOCK_BACK },
  };
  g_autoptr (TtecommGateRecord) record = NULL;

  store (f, SITE, 12);
  record = ttecomm_gate_cache_load (f->cache, &f->expected, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 boottime = rows[i].boottime;

      g_test_message ("row %u", i);
      ttecomm_fake_clock_reboot (f->clock, rows[i].boot_id,
                                 boottime < 0 ? -1 : boottime * G_USEC_PER_SEC);
      ttecomm_fake_clock_set_wall (f->clock, rows[i].wall);
      g_assert_cmpint (decide (f, record).code, ==, rows[i].code);
    }
  ttecomm_fake_clock_reboot (f->clock, "boot-2", 5);
  ttecomm_fake_clock_break_wall (f->clock);
  g_assert_cmpint (decide (f, record).code, ==, TTECOMM_GATE_CODE_CLOCK_UNREADABLE);
}

/* A trip of the wall clock to 2099 locks nobody out; time that has really passed counts. */
static void
test_high_water (Fixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateRecord) record = make_record (f, SITE, 12);
  g_autoptr (TtecommGateRecord) raised = NULL;
  g_autoptr (TtecommGateRecord) same = NULL;
  g_autoptr (TtecommGateRecord) back = NULL;
  g_autoptr (TtecommGateRecord) rebooted = NULL;

  ttecomm_fake_clock_set_wall (f->clock, G_GINT64_CONSTANT (4070908800));
  ttecomm_fake_clock_advance (f->clock, 7200);
  raised = ttecomm_gate_record_raise (record, TTECOMM_CLOCK (f->clock), 60);
  g_assert_cmpint (ttecomm_gate_record_get_stamp (raised)->high_water, ==, IAT + 7200);
  same = ttecomm_gate_record_raise (raised, TTECOMM_CLOCK (f->clock), 60);
  g_assert_true (same == raised);

  g_assert_true (ttecomm_gate_cache_store (f->cache, raised, NULL));
  back = ttecomm_gate_cache_load (f->cache, &f->expected, NULL);
  ttecomm_fake_clock_reboot (f->clock, "boot-2", 5);
  ttecomm_fake_clock_set_wall (f->clock, IAT + 7200 - 601);
  g_assert_cmpint (decide (f, back).code, ==, TTECOMM_GATE_CODE_CLOCK_BACK);
  ttecomm_fake_clock_set_wall (f->clock, IAT + 7200 - 600);
  g_assert_cmpint (decide (f, back).code, ==, TTECOMM_GATE_CODE_RECENT);
  g_assert_cmpint (decide (f, back).time, ==, IAT + 7200);

  /* after a restart nothing monotonic is known: the high water stays */
  ttecomm_fake_clock_advance (f->clock, 9000);
  rebooted = ttecomm_gate_record_raise (back, TTECOMM_CLOCK (f->clock), 60);
  g_assert_true (rebooted == back);
}

static void
test_least_recently_used_go (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *site = g_strdup_printf ("TT-%u", i);
      g_autofree char *path = ttecomm_gate_cache_dup_path (f->cache, site, TTECOMM_FAKE_ACCOUNT);
      struct utimbuf times = { 1000 + i, 1000 + i };

      store (f, site, 12);
      g_assert_cmpint (g_utime (path, &times), ==, 0);
    }
  /* the oldest is used, so the second oldest goes */
  expect_there (f, "TT-0");
  store (f, "TT-5", 12);
  store (f, "TT-5", 13);
  f->expected.installation = "TT-1";
  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  expect_there (f, "TT-0");
  expect_there (f, "TT-2");
}

static void
test_clear_and_prepare (Fixture *f, gconstpointer data)
{
  g_autofree char *temp = g_build_filename (f->folder, TTECOMM_PLATFORM_TEMP_PREFIX "XYZ", NULL);
  g_autofree char *foreign = g_build_filename (f->folder, "rs-notours.jws", NULL);
  g_autoptr (GError) error = NULL;

  store (f, SITE, 12);
  store (f, "TT-2", 12);
  g_assert_true (ttecomm_gate_cache_store_keys (f->cache, f->signer->keys, &error));
  g_assert_true (g_file_set_contents (foreign, "x", 1, NULL));
  g_assert_true (ttecomm_gate_cache_clear (f->cache, TTECOMM_FAKE_ACCOUNT, &error));
  expect_load_error (f, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (f), ==, 3); /* keys.jws, lock, the foreign one */
  g_assert_true (ttecomm_gate_cache_clear (f->cache, TTECOMM_FAKE_ACCOUNT, &error));

  g_assert_true (g_file_set_contents (temp, "half", 4, NULL));
  g_assert_true (ttecomm_gate_cache_prepare (f->cache, &error));
  g_assert_false (g_file_test (temp, G_FILE_TEST_EXISTS));
}

/* Signing out takes the account's own statements and those that do not say whose they are. */
static void
test_clear_is_of_one_account (Fixture *f, gconstpointer data)
{
  static const char *const odd[] = { "x\n{\"whose\":7}\n", "x\n{\"whose\":\"", "x\n", "" };
  g_autoptr (GError) error = NULL;

  store (f, SITE, 12);
  store (f, "TT-2", 12);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *name = g_strdup_printf ("rs-%016x.jws", i);
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_assert_true (g_file_set_contents (path, odd[i], -1, NULL));
    }
  g_assert_true (ttecomm_gate_cache_clear (f->cache, "acct-2", &error));
  g_assert_cmpuint (count_files (f), ==, 3); /* the two, and the lock */
  expect_there (f, SITE);
  expect_there (f, "TT-2");
  g_assert_true (ttecomm_gate_cache_clear (f->cache, TTECOMM_FAKE_ACCOUNT, &error));
  g_assert_cmpuint (count_files (f), ==, 1);
}

static void
test_keys (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "keys.jws", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommKeySet) keys = NULL;
  g_autoptr (TtecommTrust) other = ttecomm_trust_new_production ();
  g_autofree char *text = NULL;

  g_assert_null (ttecomm_gate_cache_load_keys (f->cache, f->signer->trust, 0, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (ttecomm_gate_cache_store_keys (f->cache, f->signer->keys, &error));
  keys = ttecomm_gate_cache_load_keys (f->cache, f->signer->trust, 3, &error);
  g_assert_no_error (error);
  g_assert_null (ttecomm_gate_cache_load_keys (f->cache, f->signer->trust, 4, &error));
  g_assert_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_OLD);
  g_clear_error (&error);
  g_assert_null (ttecomm_gate_cache_load_keys (f->cache, other, 0, &error));
  g_assert_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_ROOT);
  g_clear_error (&error);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  text[strlen (text) / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (ttecomm_gate_cache_load_keys (f->cache, f->signer->trust, 0, &error));
  g_assert_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_ALTERED);
}

/* A path that cannot be a folder stands for every disk that cannot be written. */
static void
test_says_what_it_cannot_do (Fixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->folder, "file", NULL);
  g_autoptr (TtecommGateCache) cache = ttecomm_gate_cache_new (file, 5);
  g_autoptr (TtecommGateRecord) record = make_record (f, SITE, 12);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_false (ttecomm_gate_cache_prepare (cache, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (ttecomm_gate_cache_store (cache, record, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "cache", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("round-trip", test_round_trip);
  ADD ("unknown-clocks", test_unknown_clocks);
  ADD ("not-ours", test_not_ours);
  ADD ("odd-files", test_odd_files);
  ADD ("waits-for-no-pipe", test_waits_for_no_pipe);
  ADD ("follows-no-link", test_follows_no_link);
  ADD ("second-line", test_second_line);
  ADD ("corrupt-at-every-byte", test_corrupt_at_every_byte);
  ADD ("clocks", test_clocks);
  ADD ("high-water", test_high_water);
  ADD ("least-recently-used-go", test_least_recently_used_go);
  ADD ("clear-and-prepare", test_clear_and_prepare);
  ADD ("clear-is-of-one-account", test_clear_is_of_one_account);
  ADD ("keys", test_keys);
  ADD ("says-what-it-cannot-do", test_says_what_it_cannot_do);
}

HARNESS_MAIN (register_tests)
