/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "plugin/page/host-secrets.h"
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"

/* A host that notes what it is asked. */
typedef struct
{
  TtecommHostSecrets *secrets; /* (owned) */
  guint n_loads;
  guint n_stores;
  guint n_erases;
  guint n_logs;
  char *stored; /* (owned) (nullable) */
} Fixture;

static void
on_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  ((Fixture *)data)->n_logs++;
}

static void
on_load (gpointer data, const char *key)
{
  g_assert_cmpstr (key, ==, "the-key");
  ((Fixture *)data)->n_loads++;
}

static void
on_store (gpointer data, const char *key, GBytes *secret)
{
  Fixture *self = data;

  g_assert_cmpstr (key, ==, "the-key");
  self->n_stores++;
  g_free (self->stored);
  self->stored = g_strndup (g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
}

static void
on_erase (gpointer data, const char *key)
{
  g_assert_cmpstr (key, ==, "the-key");
  ((Fixture *)data)->n_erases++;
}

static const TtecommModelSink sink = {
  .log = on_log,
  .load_secret = on_load,
  .store_secret = on_store,
  .erase_secret = on_erase,
};

static void
set_up (Fixture *self, gconstpointer data)
{
  self->secrets = ttecomm_host_secrets_new ("the-key", &sink, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (self->secrets);
  g_free (self->stored);
}

static void
ask (Fixture *self, GAsyncResult **result)
{
  ttecomm_secret_store_load_async (TTECOMM_SECRET_STORE (self->secrets), NULL, test_store_result,
                                   result);
}

/* (transfer full) (nullable) */
static char *
answer_to (Fixture *self, GAsyncResult **result)
{
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  test_await (result);
  owned = g_steal_pointer (result);
  bytes = ttecomm_secret_store_load_finish (TTECOMM_SECRET_STORE (self->secrets), owned, &error);
  g_assert_no_error (error);
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

static void
give (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  ttecomm_host_secrets_loaded (self->secrets, bytes);
}

static void
test_loads (Fixture *self, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autofree char *secret = NULL;

  ask (self, &result);
  g_assert_cmpuint (self->n_loads, ==, 1);
  give (self, "s3cret");
  secret = answer_to (self, &result);
  g_assert_cmpstr (secret, ==, "s3cret");
}

static void
test_has_none (Fixture *self, gconstpointer data)
{
  GAsyncResult *result = NULL;

  ask (self, &result);
  give (self, NULL);
  g_assert_null (answer_to (self, &result));
}

/* One question to the host, however many wait; the next one is a new question. */
static void
test_several_wait (Fixture *self, gconstpointer data)
{
  GAsyncResult *results[3] = { NULL };
  GAsyncResult *later = NULL;
  g_autofree char *newer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    ask (self, &results[i]);
  g_assert_cmpuint (self->n_loads, ==, 1);
  give (self, "one");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *secret = answer_to (self, &results[i]);

      g_assert_cmpstr (secret, ==, "one");
    }
  ask (self, &later);
  g_assert_cmpuint (self->n_loads, ==, 2);
  give (self, "two");
  newer = answer_to (self, &later);
  g_assert_cmpstr (newer, ==, "two");
}

static void
assert_fails (Fixture *self, GAsyncResult **result, int code)
{
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;

  test_await (result);
  owned = g_steal_pointer (result);
  g_assert_null (
      ttecomm_secret_store_load_finish (TTECOMM_SECRET_STORE (self->secrets), owned, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static void
late_cb (TtecommHostSecrets *secrets, GBytes *secret, char **late)
{
  g_assert_null (*late);
  *late = g_strndup (g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
}

/* It may be asking the person for a password of its own: late is better than never, once. */
static void
test_a_host_that_does_not_answer (Fixture *self, gconstpointer data)
{
  GAsyncResult *results[3] = { NULL };
  g_autofree char *late = NULL;
  g_autofree char *again = NULL;

  g_signal_connect (self->secrets, "late", G_CALLBACK (late_cb), &late);
  ttecomm_host_secrets_set_wait (self->secrets, 20);
  ask (self, &results[0]);
  ask (self, &results[1]);
  assert_fails (self, &results[0], G_IO_ERROR_TIMED_OUT);
  assert_fails (self, &results[1], G_IO_ERROR_TIMED_OUT);
  give (self, "late");
  g_assert_cmpstr (late, ==, "late");
  give (self, "later");
  ttecomm_host_secrets_set_wait (self->secrets, 20000);
  ask (self, &results[2]);
  give (self, "s3cret");
  again = answer_to (self, &results[2]);
  g_assert_cmpstr (again, ==, "s3cret");
}

/* Too late is nothing when there is nothing, and no more after the end. */
static void
test_late_and_in_vain (Fixture *self, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autofree char *late = NULL;

  g_signal_connect (self->secrets, "late", G_CALLBACK (late_cb), &late);
  ttecomm_host_secrets_set_wait (self->secrets, 20);
  ask (self, &result);
  assert_fails (self, &result, G_IO_ERROR_TIMED_OUT);
  give (self, NULL);
  ask (self, &result);
  assert_fails (self, &result, G_IO_ERROR_TIMED_OUT);
  ttecomm_host_secrets_failed (self->secrets);
  give (self, "unasked");
  ask (self, &result);
  assert_fails (self, &result, G_IO_ERROR_TIMED_OUT);
  ttecomm_host_secrets_stop (self->secrets);
  give (self, "after the end");
  g_assert_null (late);
}

static void
test_a_host_that_cannot_read (Fixture *self, gconstpointer data)
{
  GAsyncResult *result = NULL;

  ask (self, &result);
  ttecomm_host_secrets_failed (self->secrets);
  assert_fails (self, &result, G_IO_ERROR_FAILED);
}

static void
saved_cb (TtecommSecretStore *store, gboolean good, GString *heard)
{
  g_string_append_c (heard, good ? '+' : '-');
}

static void
test_how_saving_ended (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (self->secrets, "saved", G_CALLBACK (saved_cb), heard);
  ttecomm_host_secrets_saved (self->secrets, FALSE);
  ttecomm_host_secrets_saved (self->secrets, TRUE);
  ttecomm_host_secrets_stop (self->secrets);
  ttecomm_host_secrets_saved (self->secrets, TRUE);
  g_assert_cmpstr (heard->str, ==, "-+");
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ttecomm_secret_store_load_async (TTECOMM_SECRET_STORE (self->secrets), cancellable,
                                   test_store_result, &result);
  g_cancellable_cancel (cancellable);
  give (self, "s3cret");
  test_await (&result);
  g_assert_null (
      ttecomm_secret_store_load_finish (TTECOMM_SECRET_STORE (self->secrets), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_keeps_and_erases (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("s3cret", 6);

  ttecomm_secret_store_save (TTECOMM_SECRET_STORE (self->secrets), bytes);
  g_assert_cmpstr (self->stored, ==, "s3cret");
  g_assert_cmpuint (self->n_stores, ==, 1);
  ttecomm_secret_store_save (TTECOMM_SECRET_STORE (self->secrets), NULL);
  g_assert_cmpuint (self->n_erases, ==, 1);
  g_assert_cmpuint (self->n_stores, ==, 1);
}

/* After the end the host hears nothing, whoever still holds the store. */
static void
test_stopped (Fixture *self, gconstpointer data)
{
  GAsyncResult *waiting = NULL;
  GAsyncResult *later = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("s3cret", 6);

  ask (self, &waiting);
  ttecomm_host_secrets_stop (self->secrets);
  g_assert_null (answer_to (self, &waiting));
  ask (self, &later);
  g_assert_null (answer_to (self, &later));
  ttecomm_secret_store_save (TTECOMM_SECRET_STORE (self->secrets), bytes);
  ttecomm_secret_store_save (TTECOMM_SECRET_STORE (self->secrets), NULL);
  g_assert_cmpuint (self->n_loads, ==, 1);
  g_assert_cmpuint (self->n_stores + self->n_erases + self->n_logs, ==, 0);
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "host-secrets", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  add (harness, "loads", test_loads);
  add (harness, "has-none", test_has_none);
  add (harness, "several-wait", test_several_wait);
  add (harness, "a-host-that-does-not-answer", test_a_host_that_does_not_answer);
  add (harness, "late-and-in-vain", test_late_and_in_vain);
  add (harness, "a-host-that-cannot-read", test_a_host_that_cannot_read);
  add (harness, "how-saving-ended", test_how_saving_ended);
  add (harness, "cancelled", test_cancelled);
  add (harness, "keeps-and-erases", test_keeps_and_erases);
  add (harness, "stopped", test_stopped);
}

HARNESS_MAIN (register_tests)
