/* SPDX-License-Identifier: MIT */
#include "plugin/installation/locksmith.h"
#include "tests/harness/harness.h"
#include "tests/unit/installation/nbt-file.h"

#include <fenv.h>
#include <string.h>

/* Passwords that come, are taken back, and come again while another one is being tried. */

#define PATIENCE_MS 60000
#define SMALL "protected-small.nbt"
/* 64 MiB: nothing else here takes as long. */
#define HEAVY "protected-heavy.nbt"
#define HEAVY_PASSWORD "zwaar als lood \xc3\xa9\xc3\xa8"

typedef struct
{
  gboolean is_over;
  TtecommInstallation *installation; /* (owned) (nullable) */
  TtecommSecret *key;                /* (owned) (nullable) */
  GError *error;                     /* (owned) (nullable) */
  GThread *thread;                   /* (unowned): that heard of it */
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  g_clear_pointer (&attempt->installation, ttecomm_installation_unref);
  g_clear_pointer (&attempt->key, ttecomm_secret_unref);
  g_clear_error (&attempt->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;

  g_assert_false (attempt->is_over);
  attempt->is_over = TRUE;
  attempt->thread = g_thread_self ();
  attempt->installation = ttecomm_locksmith_open_finish (TTECOMM_LOCKSMITH (source), result,
                                                         &attempt->key, &attempt->error);
}

static TtecommNbtSealed *
load (const char *name)
{
  g_autoptr (GByteArray) file = nbt_file_load (name);
  g_autoptr (GError) error = NULL;
  TtecommNbtSealed *sealed = nbt_file_read_sealed (file, &error);

  g_assert_no_error (error);
  return sealed;
}

static void
try (TtecommLocksmith *smith,
     const char *name,
     const char *password,
     GCancellable *cancellable,
     Attempt *attempt)
{
  g_autoptr (TtecommNbtSealed) sealed = load (name);

  ttecomm_locksmith_open_async (smith, sealed,
                                ttecomm_secret_new_from (password, strlen (password)), cancellable,
                                opened_cb, attempt);
}

static gboolean
is_over (gpointer data)
{
  return ((Attempt *)data)->is_over;
}

static void
await (Attempt *attempt)
{
  g_assert_true (harness_wait_until (is_over, attempt, PATIENCE_MS));
}

static void
assert_cancelled (Attempt *attempt)
{
  await (attempt);
  g_assert_null (attempt->installation);
  g_assert_null (attempt->key);
  g_assert_error (attempt->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_opened (Attempt *attempt, const char *name)
{
  await (attempt);
  g_assert_no_error (attempt->error);
  g_assert_cmpstr (attempt->installation->name, ==, name);
  g_assert_cmpuint (ttecomm_secret_get_length (attempt->key), ==, TTECOMM_NBT_KEY_SIZE);
  g_assert_true (attempt->thread == g_thread_self ());
}

static void
test_opens (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  g_auto (Attempt) wrong = { 0 }, right = { 0 };
  g_autoptr (TtecommNbtSealed) sealed = load (SMALL);
  g_autoptr (TtecommInstallation) again = NULL;

  try (smith, SMALL, "groot", NULL, &wrong);
  await (&wrong);
  g_assert_error (wrong.error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_PASSWORD);
  g_assert_null (wrong.key);
  try (smith, SMALL, "klein", NULL, &right);
  assert_opened (&right, "Klein");
  /* The key is good for the next time. */
  again = ttecomm_nbt_sealed_open (sealed, right.key, NULL);
  g_assert_cmpstr (again->name, ==, "Klein");
}

/* Nothing comes before the caller is back in its loop. */
static void
test_answers_later (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  g_auto (Attempt) attempt = { 0 };

  try (smith, SMALL, "klein", NULL, &attempt);
  g_assert_false (attempt.is_over);
  assert_opened (&attempt, "Klein");
}

/* Cancel is answered at once, though scrypt goes on: the answer is there before its thread ends. */
static void
test_cancel (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Attempt) first = { 0 }, second = { 0 };

  try (smith, HEAVY, HEAVY_PASSWORD, cancellable, &first);
  g_cancellable_cancel (cancellable);
  assert_cancelled (&first);
  try (smith, SMALL, "klein", NULL, &second);
  assert_opened (&second, "Klein");
}

static void
test_cancelled_before (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Attempt) attempt = { 0 };

  g_cancellable_cancel (cancellable);
  try (smith, SMALL, "klein", cancellable, &attempt);
  assert_cancelled (&attempt);
}

/* Only the last of many passwords is wanted, and they share one thread. */
static void
test_the_last_password_counts (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  Attempt attempts[6] = { 0 };
  const guint last = G_N_ELEMENTS (attempts) - 1;

  try (smith, HEAVY, HEAVY_PASSWORD, NULL, &attempts[0]);
  for (guint i = 1; i < last; i++)
    try (smith, SMALL, i % 2 != 0 ? "groot" : "klein", NULL, &attempts[i]);
  try (smith, SMALL, "klein", NULL, &attempts[last]);
  for (guint i = 0; i < last; i++)
    assert_cancelled (&attempts[i]);
  assert_opened (&attempts[last], "Klein");
  for (guint i = 0; i <= last; i++)
    attempt_clear (&attempts[i]);
}

static void
test_cancelled_while_waiting (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Attempt) first = { 0 }, second = { 0 }, third = { 0 };

  try (smith, HEAVY, HEAVY_PASSWORD, NULL, &first);
  try (smith, SMALL, "klein", cancellable, &second);
  g_cancellable_cancel (cancellable);
  assert_cancelled (&first);
  assert_cancelled (&second);
  try (smith, SMALL, "klein", NULL, &third);
  assert_opened (&third, "Klein");
  g_assert_cmpuint (g_signal_handler_find (cancellable, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                           smith),
                    ==, 0);
}

static void
test_stop (void)
{
  TtecommLocksmith *smith = ttecomm_locksmith_new ();
  g_auto (Attempt) attempt = { 0 };

  try (smith, HEAVY, HEAVY_PASSWORD, NULL, &attempt);
  ttecomm_locksmith_stop (smith);
  assert_cancelled (&attempt);
  g_object_add_weak_pointer (G_OBJECT (smith), (gpointer *)&smith);
  g_object_unref (smith);
  g_assert_null (smith);
}

/* The thread that asks goes on while 64 MiB are worked through. */
static void
test_nobody_waits (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  g_auto (Attempt) attempt = { 0 };
  gint64 started = g_get_monotonic_time ();
  guint n_turns = 0;

  try (smith, HEAVY, HEAVY_PASSWORD, NULL, &attempt);
  while (!attempt.is_over && g_get_monotonic_time () - started < PATIENCE_MS * 1000)
    {
      g_main_context_iteration (NULL, FALSE);
      n_turns++;
      g_thread_yield ();
    }
  assert_opened (&attempt, "Zwaar");
  g_test_message ("64 MiB: %" G_GINT64_FORMAT " ms, %u turns of the loop",
                  (g_get_monotonic_time () - started) / 1000, n_turns);
  g_assert_cmpuint (n_turns, >, 100);
}

/* What the thread sets for itself is not set for whoever asks. */
static void
test_rounding_of_the_caller (void)
{
  g_autoptr (TtecommLocksmith) smith = ttecomm_locksmith_new ();
  g_auto (Attempt) attempt = { 0 };
  fenv_t before;
  int rounding;

  g_assert_cmpint (fegetenv (&before), ==, 0);
  g_assert_cmpint (fesetround (FE_UPWARD), ==, 0);
  try (smith, SMALL, "klein", NULL, &attempt);
  await (&attempt);
  rounding = fegetround ();
  g_assert_cmpint (fesetenv (&before), ==, 0);
  g_assert_cmpint (rounding, ==, FE_UPWARD);
  assert_opened (&attempt, "Klein");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "locksmith", "opens", test_opens);
  harness_add (harness, "locksmith", "answers-later", test_answers_later);
  harness_add (harness, "locksmith", "cancel", test_cancel);
  harness_add (harness, "locksmith", "cancelled-before", test_cancelled_before);
  harness_add (harness, "locksmith", "the-last-password-counts", test_the_last_password_counts);
  harness_add (harness, "locksmith", "cancelled-while-waiting", test_cancelled_while_waiting);
  harness_add (harness, "locksmith", "stop", test_stop);
  harness_add (harness, "locksmith", "nobody-waits", test_nobody_waits);
  harness_add (harness, "locksmith", "rounding-of-the-caller", test_rounding_of_the_caller);
}

HARNESS_MAIN (register_tests)
