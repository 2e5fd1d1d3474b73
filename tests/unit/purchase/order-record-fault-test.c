/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/platform.h"
#include "plugin/purchase/order-record.h"
#include "tests/harness/harness.h"
#include "tests/support/disk-faults.h"

/* The record of an order on a disk that fails or loses power at each call: afterwards it is there
 * as it was, or as it was to be, or was never there; and a save that said "written" was (design.md,
 * section 6: on disk before the order goes out). */

#define ORIGIN "https://127.0.0.1:443"
#define ACCOUNT "acct-1"
#define NUMBER "order-7"
/* More calls than a save makes. */
#define MANY 40

typedef enum
{
  ABSENT,
  WITHOUT_NUMBER,
  WITH_NUMBER,
} Found;

typedef struct
{
  char *folder;               /* (owned): two below one that is there */
  TtecommOrderRecord *record; /* (owned): without its number */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_build_filename (harness_tmpdir (), "new", "data", NULL);
  f->record = ttecomm_order_record_new (ORIGIN, ACCOUNT, "quote-12345");
  f->record->terms = g_strdup ("2026-09");
  g_ptr_array_add (f->record->lines, ttecomm_basket_line_new ("site-1", "RS"));
  g_ptr_array_add (f->record->lines, ttecomm_basket_line_new ("site-2", "VC"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ttecomm_order_record_free (f->record);
  g_free (f->folder);
}

static gboolean
save (Fixture *f, gboolean with_number, GError **error)
{
  g_free (f->record->order_id);
  f->record->order_id = with_number ? g_strdup (NUMBER) : NULL;
  return ttecomm_order_record_save (f->record, f->folder, error);
}

static guint
count_files (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* What the next start finds; anything half is a failure, and so is what stays behind. */
static Found
find (Fixture *f)
{
  guint n_odd = 99;
  g_autoptr (GPtrArray) found = ttecomm_order_record_load_all (f->folder, ORIGIN, ACCOUNT, &n_odd);
  const TtecommOrderRecord *record;

  g_assert_cmpuint (n_odd, ==, 0);
  g_assert_cmpuint (found->len, <=, 1);
  g_assert_cmpuint (count_files (f), ==, found->len);
  if (found->len == 0)
    return ABSENT;
  record = g_ptr_array_index (found, 0);
  g_assert_cmpstr (record->key, ==, f->record->key);
  g_assert_cmpuint (record->lines->len, ==, 2);
  return record->order_id != NULL ? WITH_NUMBER : WITHOUT_NUMBER;
}

/* As if nothing had ever been bought on this PC. */
static void
remove_folder (Fixture *f)
{
  g_autofree char *above = g_path_get_dirname (f->folder);

  g_rmdir (f->folder);
  g_rmdir (above);
  g_assert_false (g_file_test (above, G_FILE_TEST_EXISTS));
}

static void
begin_with (Fixture *f, Found before)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_platform_make_private_folder (f->folder, &error));
  g_assert_true (ttecomm_order_record_remove (f->record, f->folder, &error));
  g_assert_true (before == ABSENT || save (f, before == WITH_NUMBER, &error));
  g_assert_no_error (error);
}

/* One thing that happens to a record. */
typedef struct
{
  const char *name;
  Found before;
  Found after;
  gboolean no_folder;
} Change;

static const Change changes[] = {
  { "very-first", ABSENT, WITHOUT_NUMBER, TRUE },
  { "first", ABSENT, WITHOUT_NUMBER, FALSE },
  { "number", WITHOUT_NUMBER, WITH_NUMBER, FALSE },
  { "removed", WITH_NUMBER, ABSENT, FALSE },
};

static void
begin (Fixture *f, const Change *change)
{
  begin_with (f, change->before);
  if (change->no_folder)
    remove_folder (f);
}

static gboolean
make (Fixture *f, const Change *change, GError **error)
{
  if (change->after == ABSENT)
    return ttecomm_order_record_remove (f->record, f->folder, error);
  return save (f, change->after == WITH_NUMBER, error);
}

/* In a process of its own, for it may be killed: whether it lived to the end. */
static gboolean
make_and_survive (Fixture *f, const Change *change, guint nth, DiskFault fault)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      disk_faults_arm (nth, fault, 0);
      _exit (make (f, change, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  return !WIFSIGNALED (status);
}

static void
kill_at_every_call (Fixture *f, const Change *change, DiskFault fault)
{
  gboolean done = FALSE, survived = FALSE;

  for (guint nth = 1; nth < MANY && !survived; nth++)
    {
      Found found;

      begin (f, change);
      survived = make_and_survive (f, change, nth, fault);
      found = find (f);
      g_test_message ("%s, call %u: %d", change->name, nth, found);
      g_assert_true (found == change->before || found == change->after);
      /* Once it is so it stays so, however much later the power goes. */
      g_assert_true (!done || found == change->after);
      done = found == change->after;
    }
  g_assert_true (survived && done);
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  kill_at_every_call (f, data, DISK_POWER_OFF);
  kill_at_every_call (f, data, DISK_POWER_AFTER);
}

static void
fail_at_every_call (Fixture *f, const Change *change, DiskFault fault, int code)
{
  gboolean reached = TRUE;

  for (guint nth = 1; nth < MANY && reached; nth++)
    {
      g_autoptr (GError) error = NULL;
      gboolean made;
      Found found;

      begin (f, change);
      disk_faults_arm (nth, fault, code);
      made = make (f, change, &error);
      reached = disk_faults_disarm () >= nth;
      found = find (f);
      g_test_message ("%s, call %u: %d %s", change->name, nth, found,
                      error != NULL ? error->message : "done");
      g_assert_true (made == (error == NULL));
      g_assert_true (found == change->after || (found == change->before && !made));
    }
  g_assert_false (reached);
}

static void
test_failing (Fixture *f, gconstpointer data)
{
  static const int codes[] = { EIO, ENOSPC, EROFS, EACCES, EDQUOT };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      fail_at_every_call (f, data, DISK_FAILS, codes[i]);
      fail_at_every_call (f, data, DISK_IS_FULL, codes[i]);
    }
  fail_at_every_call (f, data, DISK_FAILS, EINTR);
  fail_at_every_call (f, data, DISK_IS_SHORT, 0);
  fail_at_every_call (f, data, DISK_IS_SHORT, ENOSPC);
}

static guint
count_calls (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  disk_faults_arm (G_MAXUINT, DISK_FAILS, 0);
  g_assert_true (save (f, FALSE, &error));
  g_assert_no_error (error);
  return disk_faults_disarm ();
}

/* A name is durable when the folder that holds it is, and a new folder is a name too: made, its
 * parent opened, synced, closed. */
static void
test_new_folders_are_durable (Fixture *f, gconstpointer data)
{
  guint with_folder, without;

  begin_with (f, ABSENT);
  with_folder = count_calls (f);
  begin_with (f, ABSENT);
  remove_folder (f);
  without = count_calls (f);
  g_assert_cmpuint (without, ==, with_folder + 2 * 4);
}

/* A record that cannot be read is said to be there, is not taken for another, and is not lost. */
static void
test_reading (Fixture *f, gconstpointer data)
{
  static const int codes[] = { EIO, EACCES, ENOMEM, EINTR };
  guint n_struck = 0;

  begin_with (f, WITH_NUMBER);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    for (guint nth = 1; nth < 5; nth++)
      {
        guint n_odd = 0;
        g_autoptr (GPtrArray) found = NULL;

        disk_faults_arm_reading (nth, codes[i]);
        found = ttecomm_order_record_load_all (f->folder, ORIGIN, ACCOUNT, &n_odd);
        n_struck += disk_faults_disarm () >= nth ? 1 : 0;
        g_assert_cmpuint (found->len + n_odd, ==, 1);
        g_assert_cmpint (find (f), ==, WITH_NUMBER);
      }
  /* It is opened, looked at and read twice, the second time to its end. */
  g_assert_cmpuint (n_struck, ==, 4 * G_N_ELEMENTS (codes));
}

static void
add (Harness *harness,
     const char *prefix,
     const Change *change,
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *name = g_strconcat (prefix, change->name, NULL);

  harness_add_fixture (harness, "order-record-fault", name, Fixture, change, set_up, test,
                       tear_down);
}

static void
register_tests (Harness *harness)
{
  static const Change none = { "", ABSENT, ABSENT, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      add (harness, "killed-", &changes[i], test_killed);
      add (harness, "failing-", &changes[i], test_failing);
    }
  add (harness, "new-folders-are-durable", &none, test_new_folders_are_durable);
  add (harness, "reading", &none, test_reading);
}

HARNESS_MAIN (register_tests)
