/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <fenv.h>

#include "plugin/bridge/host-link.h"
#include "plugin/bridge/mailbox.h"
#include "plugin/bridge/operations.h"
#include "plugin/bridge/worker.h"
#include "tests/harness/harness.h"

static void
test_each_operation_ends_once (void)
{
  g_autoptr (TtecommOperations) operations = ttecomm_operations_new ();
  guint64 a = ttecomm_operations_begin (operations, TTECOMM_OPERATION_PAGE);
  guint64 b = ttecomm_operations_begin (operations, TTECOMM_OPERATION_GATE);

  g_assert_cmpuint (a, !=, 0);
  g_assert_cmpuint (b, !=, a);
  g_assert_cmpint (ttecomm_operations_get_kind (operations, b), ==, TTECOMM_OPERATION_GATE);
  g_assert_cmpint (ttecomm_operations_end (operations, a), ==, TTECOMM_OPERATION_PAGE);
  g_assert_cmpint (ttecomm_operations_end (operations, a), ==, TTECOMM_OPERATION_UNKNOWN);
  g_assert_cmpint (ttecomm_operations_get_kind (operations, a), ==, TTECOMM_OPERATION_UNKNOWN);
  g_assert_cmpint (ttecomm_operations_get_kind (operations, 0), ==, TTECOMM_OPERATION_UNKNOWN);
}

static void
test_numbers_are_never_used_again (void)
{
  g_autoptr (TtecommOperations) operations = ttecomm_operations_new ();
  guint64 last = 0;

  for (guint i = 0; i < 1000; i++)
    {
      guint64 op = ttecomm_operations_begin (operations, TTECOMM_OPERATION_PAGE);

      g_assert_cmpuint (op, >, last);
      last = op;
      ttecomm_operations_end (operations, op);
    }
}

static void
test_destroy_takes_the_oldest_first (void)
{
  g_autoptr (TtecommOperations) operations = ttecomm_operations_new ();
  guint64 a = ttecomm_operations_begin (operations, TTECOMM_OPERATION_PAGE);
  guint64 b = ttecomm_operations_begin (operations, TTECOMM_OPERATION_GATE);
  TtecommOperationKind kind;
  guint64 op;

  g_assert_true (ttecomm_operations_take (operations, &op, &kind));
  g_assert_cmpuint (op, ==, a);
  g_assert_true (ttecomm_operations_take (operations, &op, &kind));
  g_assert_cmpuint (op, ==, b);
  g_assert_cmpint (kind, ==, TTECOMM_OPERATION_GATE);
  g_assert_false (ttecomm_operations_take (operations, &op, &kind));
}

static void
append (gpointer target, gpointer payload)
{
  g_string_append (target, payload);
}

static void
test_mail_comes_in_order (void)
{
  g_autoptr (TtecommMailbox) mailbox = ttecomm_mailbox_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  ttecomm_mailbox_post (mailbox, append, g_strdup ("a"), g_free);
  ttecomm_mailbox_post (mailbox, append, g_strdup ("b"), g_free);
  ttecomm_mailbox_deliver (mailbox, text);
  ttecomm_mailbox_deliver (mailbox, text);
  g_assert_cmpstr (text->str, ==, "ab");
  /* Freed unread; the leak check says whether it was freed at all. */
  ttecomm_mailbox_post (mailbox, append, g_strdup ("c"), g_free);
}

/* What the host keeps reaches it even when it closes; of the rest nothing is read any more. */
static void
test_the_last_mail (void)
{
  g_autoptr (TtecommMailbox) mailbox = ttecomm_mailbox_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  ttecomm_mailbox_post_lasting (mailbox, append, g_strdup ("a"), g_free);
  ttecomm_mailbox_post (mailbox, append, g_strdup ("b"), g_free);
  ttecomm_mailbox_deliver (mailbox, text);
  g_assert_cmpstr (text->str, ==, "ab");
  ttecomm_mailbox_post_lasting (mailbox, append, g_strdup ("c"), g_free);
  ttecomm_mailbox_post (mailbox, append, g_strdup ("d"), g_free);
  ttecomm_mailbox_post_lasting (mailbox, append, g_strdup ("e"), g_free);
  ttecomm_mailbox_deliver_last (mailbox, text);
  g_assert_cmpstr (text->str, ==, "abce");
  ttecomm_mailbox_deliver_last (mailbox, text);
  g_assert_cmpstr (text->str, ==, "abce");
}

typedef struct
{
  TtecommMailbox *mailbox;
  guint n;
} Echo;

static void
post_again (gpointer target, gpointer payload)
{
  Echo *echo = target;

  echo->n++;
  ttecomm_mailbox_post (echo->mailbox, post_again, NULL, NULL);
}

static void
test_mail_that_breeds_mail_does_not_hold_the_host (void)
{
  g_autoptr (TtecommMailbox) mailbox = ttecomm_mailbox_new ();
  Echo echo = { mailbox, 0 };

  ttecomm_mailbox_post (mailbox, post_again, NULL, NULL);
  ttecomm_mailbox_deliver (mailbox, &echo);
  g_assert_cmpuint (echo.n, ==, 1);
}

typedef struct
{
  GMutex mutex;
  GString *order;
  GThread *thread;
  GMainContext *context;
  gboolean default_mask;
} Seen;

static void
see (gpointer data)
{
  Seen *seen = data;

  g_mutex_lock (&seen->mutex);
  g_string_append_c (seen->order, 'j');
  seen->thread = g_thread_self ();
  seen->context = g_main_context_get_thread_default ();
  seen->default_mask = fegetround () == FE_TONEAREST && fetestexcept (FE_ALL_EXCEPT) == 0;
  g_mutex_unlock (&seen->mutex);
}

static void
see_last (gpointer data, GWeakRef *busy)
{
  Seen *seen = data;

  g_mutex_lock (&seen->mutex);
  g_string_append_c (seen->order, 'l');
  g_mutex_unlock (&seen->mutex);
}

static gboolean
has_run (gpointer data)
{
  Seen *seen = data;
  gboolean run;

  g_mutex_lock (&seen->mutex);
  run = seen->order->len > 0;
  g_mutex_unlock (&seen->mutex);
  return run;
}

static void
test_worker_has_a_context_of_its_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommWorker) worker = NULL;
  Seen seen = { .order = g_string_new (NULL) };

  g_mutex_init (&seen.mutex);
  fesetround (FE_UPWARD);
  worker = ttecomm_worker_new ("test", &error);
  g_assert_no_error (error);
  ttecomm_worker_run (worker, see, &seen, NULL);
  g_assert_true (harness_wait_until (has_run, &seen, 5000));
  ttecomm_worker_stop (worker, see_last, &seen);
  g_assert_cmpstr (seen.order->str, ==, "jl");
  g_assert_true (seen.thread != g_thread_self ());
  g_assert_nonnull (seen.context);
  g_assert_true (seen.context != g_main_context_default ());
  /* R13: the host's floating-point state is not the worker's, and stays the host's. */
  g_assert_true (seen.default_mask);
  g_assert_cmpint (fegetround (), ==, FE_UPWARD);
  fesetround (FE_TONEAREST);
  g_string_free (seen.order, TRUE);
  g_mutex_clear (&seen.mutex);
}

static void
count (gpointer data)
{
  (*(guint *)data)++;
}

typedef struct
{
  TtecommWorker *worker;
  guint n;
} Late;

static void
ask_for_one_more (gpointer data, GWeakRef *busy)
{
  Late *late = data;

  ttecomm_worker_run (late->worker, count, &late->n, NULL);
}

/* What the last job cancelled calls back, and frees what it held, before the thread ends. */
static void
test_last_callbacks_come (void)
{
  Late late = { ttecomm_worker_new ("test", NULL), 0 };

  g_assert_nonnull (late.worker);
  ttecomm_worker_stop (late.worker, ask_for_one_more, &late);
  g_assert_cmpuint (late.n, ==, 1);
  ttecomm_worker_free (late.worker);
}

static void
ask_for_ever (gpointer data)
{
  ttecomm_worker_run (data, ask_for_ever, data, NULL);
}

static void
begin_to_ask (gpointer data, GWeakRef *busy)
{
  ask_for_ever (data);
}

/* The host waits for the end, so callbacks that breed callbacks must not hold it. */
static void
test_the_end_is_bounded (void)
{
  TtecommWorker *worker = ttecomm_worker_new ("test", NULL);

  g_assert_nonnull (worker);
  ttecomm_worker_stop (worker, begin_to_ask, worker);
  ttecomm_worker_free (worker);
}

typedef struct
{
  TtecommWorker *worker;
  GObject *answer; /* freed when the last answer has come */
  guint n_left;
} Thread;

static void ask_again (gpointer data);

static gpointer
answer_from_a_thread (gpointer data)
{
  Thread *thread = data;

  ttecomm_worker_run (thread->worker, ask_again, thread, NULL);
  return NULL;
}

/* So many times back and forth that the context is found empty in between. */
static void
ask_again (gpointer data)
{
  Thread *thread = data;

  if (thread->n_left-- > 0)
    g_thread_unref (g_thread_new ("library", answer_from_a_thread, thread));
  else
    g_clear_object (&thread->answer);
}

static void
ask_a_thread (gpointer data, GWeakRef *busy)
{
  Thread *thread = data;

  g_weak_ref_set (busy, thread->answer);
  ask_again (thread);
}

/* A cancelled handshake comes back when its thread has noticed; the context must still be there. */
static void
test_the_end_waits_for_threads (void)
{
  Thread thread = { ttecomm_worker_new ("test", NULL), g_object_new (G_TYPE_OBJECT, NULL), 100 };

  g_assert_nonnull (thread.worker);
  ttecomm_worker_stop (thread.worker, ask_a_thread, &thread);
  g_assert_null (thread.answer);
  ttecomm_worker_free (thread.worker);
}

/* What Free Pascal's run-time library does to a thread that it has not met before. */
static void
spoil (void)
{
  feclearexcept (FE_ALL_EXCEPT);
  fesetround (FE_UPWARD);
#ifdef __GLIBC__
  feenableexcept (FE_OVERFLOW | FE_DIVBYZERO | FE_INVALID);
#endif
}

static void PROSOFT_ABI
log_and_spoil (const prosoft_host_t *host,
               prosoft_log_severity_t severity,
               const char *domain,
               const char *text)
{
  spoil ();
}

static void PROSOFT_ABI
wake_and_spoil (const prosoft_host_t *host)
{
  spoil ();
}

static void
assert_unspoilt (void)
{
  g_assert_cmpint (fegetround (), ==, FE_TONEAREST);
#ifdef __GLIBC__
  g_assert_cmpint (fegetexcept (), ==, 0);
#endif
}

static void
test_a_host_changes_no_floating_point (void)
{
  static const prosoft_host_log_t log = { log_and_spoil };
  static const prosoft_host_t host = { .name = "", .request_callback = wake_and_spoil };
  const TtecommHostLink link = { .host = &host, .log = &log };

  ttecomm_host_link_log (&link, PROSOFT_LOG_INFO, "test", "a line");
  assert_unspoilt ();
  ttecomm_host_link_wake (&link);
  assert_unspoilt ();
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "bridge-parts", "each-operation-ends-once", test_each_operation_ends_once);
  harness_add (harness, "bridge-parts", "numbers-are-never-used-again",
               test_numbers_are_never_used_again);
  harness_add (harness, "bridge-parts", "destroy-takes-the-oldest-first",
               test_destroy_takes_the_oldest_first);
  harness_add (harness, "bridge-parts", "mail-comes-in-order", test_mail_comes_in_order);
  harness_add (harness, "bridge-parts", "the-last-mail", test_the_last_mail);
  harness_add (harness, "bridge-parts", "mail-that-breeds-mail-does-not-hold-the-host",
               test_mail_that_breeds_mail_does_not_hold_the_host);
  harness_add (harness, "bridge-parts", "worker-has-a-context-of-its-own",
               test_worker_has_a_context_of_its_own);
  harness_add (harness, "bridge-parts", "a-host-changes-no-floating-point",
               test_a_host_changes_no_floating_point);
  harness_add (harness, "bridge-parts", "last-callbacks-come", test_last_callbacks_come);
  harness_add (harness, "bridge-parts", "the-end-is-bounded", test_the_end_is_bounded);
  harness_add (harness, "bridge-parts", "the-end-waits-for-threads",
               test_the_end_waits_for_threads);
}

HARNESS_MAIN (register_tests)
