/* SPDX-License-Identifier: MIT */
/* What lets a session in without a question, and everything that ends that (gate.md, section 4). */
#include "plugin/page/admission.h"
#include "plugin/page/desk.h"
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/page/model-host.h"
#include "tests/unit/purchase/customer.h"

#include <string.h>

#define SITE "site-active"
#define TOM "tom@example.org"
#define HOUR 3600

typedef struct
{
  Shop *shop;
  TtecommSettings *settings;   /* (owned) */
  TtecommCloud *cloud;         /* (owned) */
  TtecommDesk *desk;           /* (owned) */
  char *account;               /* (owned) Mara's */
  TtecommAdmission *admission; /* (owned) (nullable) the newest */
  GAsyncResult *pending;       /* (owned) (nullable) a check that a change began */
  guint n_lines;               /* of the log */
} Fixture;

static void
on_event (gpointer data,
          TtecommGateEventKind kind,
          const char *installation,
          const char *code,
          const char *cause,
          int days,
          const char *text)
{
}

static void
on_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  ((Fixture *)data)->n_lines++;
  harness_witness_log (text);
}

static void
on_admission (gpointer data, TtecommAdmission *admission)
{
  Fixture *self = data;

  g_clear_pointer (&self->admission, ttecomm_admission_unref);
  if (admission != NULL)
    self->admission = ttecomm_admission_ref (admission);
}

static const TtecommModelSink sink
    = { .log = on_log, .event = on_event, .admission = on_admission };

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommText) text = ttecomm_text_new ("en");
  g_autoptr (GError) error = NULL;
  TtecommClock *clock;

  self->shop = shop_new ();
  clock = TTECOMM_CLOCK (self->shop->clock);
  self->settings = model_host_settings (self->shop);
  self->cloud = ttecomm_cloud_new (self->settings, clock, NULL, &error);
  g_assert_no_error (error);
  shop_sign_in (self->cloud->sign_in, self->cloud->client, SHOP_MARA);
  self->account = g_strdup (ttecomm_sign_in_get_account_id (self->cloud->sign_in));
  self->desk = ttecomm_desk_new (clock, &sink, self);
  ttecomm_desk_set_text (self->desk, text);
  ttecomm_desk_set_host (self->desk, "5.1.2.0", self->settings->ttecomm_url);
  ttecomm_desk_set_cloud (self->desk, self->cloud, self->settings->cache_dir);
  ttecomm_desk_set_account (self->desk, TRUE, self->account, SHOP_MARA);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  GObject *transport = G_OBJECT (self->cloud->transport);

  ttecomm_desk_stop (self->desk);
  g_assert_null (self->admission);
  if (self->pending != NULL)
    g_object_unref (self->pending);
  g_clear_object (&self->desk);
  g_object_add_weak_pointer (transport, (gpointer *)&transport);
  ttecomm_cloud_free (self->cloud);
  g_assert_true (harness_wait_until (is_gone, &transport, SHOP_PATIENCE));
  ttecomm_settings_free (self->settings);
  g_free (self->account);
  shop_free (self->shop);
}

/* A check by the worker, from begin to end. (transfer full) */
static TtecommDecision *
check (Fixture *self, const char *installation)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;

  ttecomm_desk_check_async (self->desk, installation, NULL, FALSE, 0, NULL, test_store_result,
                            &result);
  test_await (&result);
  owned = g_steal_pointer (&result);
  return ttecomm_desk_check_finish (self->desk, owned);
}

/* (transfer full) (nullable) */
static TtecommDecision *
admit (Fixture *self, const char *installation)
{
  return self->admission != NULL ? ttecomm_admission_decide (self->admission, installation, NULL)
                                 : NULL;
}

static void
assert_admitted (Fixture *self, const char *installation, gboolean expected)
{
  g_autoptr (TtecommDecision) decision = admit (self, installation);

  g_assert_cmpint (decision != NULL, ==, expected);
  if (decision != NULL)
    g_assert_true (decision->allowed);
}

/* --- the same answer as the worker's --- */

static void
test_says_what_the_worker_says (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommDecision) asked = check (self, SITE);
  g_autoptr (TtecommDecision) again = check (self, SITE);
  g_autoptr (TtecommDecision) at_once = admit (self, SITE);

  g_assert_cmpstr (asked->code, ==, "ok");
  g_assert_nonnull (at_once);
  g_assert_true (at_once->allowed);
  g_assert_cmpint (at_once->outcome, ==, again->outcome);
  g_assert_cmpint (at_once->valid_until, ==, again->valid_until);
  g_assert_cmpstr (at_once->code, ==, again->code);
  g_assert_cmpstr (at_once->cause, ==, again->cause);
  g_assert_cmpstr (at_once->was, ==, again->was);
  g_assert_cmpstr (at_once->message, ==, again->message);
  g_assert_cmpuint (at_once->buttons->len, ==, again->buttons->len);
  /* Up to what it took: the same line, the same four characters for the installation. */
  g_assert_nonnull (strstr (at_once->details, " source=memory "));
  g_assert_true (strncmp (at_once->details, again->details,
                          (gsize)(strstr (again->details, " total=") - again->details))
                 == 0);
}

typedef struct
{
  const char *name;
  const char *installation;
  const char *code;
} Refused;

/* Whatever has a word to say, or a "no", is the worker's. */
static const Refused refused[] = {
  { "payment-failed", "site-past-due", "payment_soon" },
  { "a-no", "site-suspended", "suspended" },
  { "not-connected", "site-offline", "not_connected" },
};

static void
test_leaves_to_the_worker (Fixture *self, gconstpointer data)
{
  const Refused *row = data;
  g_autoptr (TtecommDecision) asked = NULL;

  g_assert_null (admit (self, row->installation));
  asked = check (self, row->installation);
  g_assert_cmpstr (asked->code, ==, row->code);
  assert_admitted (self, row->installation, FALSE);
  assert_admitted (self, "site-nobody-asked-about", FALSE);
}

/* --- what ends it --- */

static void
another_day (Fixture *self)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 2031);
  ttecomm_desk_note_today (self->desk, &date);
}

/* A refresh, an order that was paid, the sandbox's clock. */
static void
drop (Fixture *self)
{
  ttecomm_desk_refresh (self->desk, FALSE);
}

/* "Check now": from the moment it is asked, not from the answer on. */
static void
check_now (Fixture *self)
{
  shop_fault (self->shop, "stall", "/v1/", 1000);
  ttecomm_desk_check_async (self->desk, SITE, NULL, TRUE, 0, NULL, test_store_result,
                            &self->pending);
}

static void
sign_out (Fixture *self)
{
  ttecomm_desk_set_account (self->desk, FALSE, NULL, NULL);
}

static void
sign_in_somebody (Fixture *self)
{
  ttecomm_desk_set_account (self->desk, TRUE, NULL, TOM);
}

static void
sign_in_tom (Fixture *self)
{
  ttecomm_desk_set_account (self->desk, TRUE, "acct-of-tom", TOM);
}

static void
leave_the_cloud (Fixture *self)
{
  ttecomm_desk_set_cloud (self->desk, NULL, NULL);
}

static void
old_host (Fixture *self)
{
  ttecomm_desk_set_host (self->desk, "3.0", self->settings->ttecomm_url);
}

static void
five_minutes (Fixture *self)
{
  ttecomm_fake_clock_advance (self->shop->clock, 300);
}

static void
sleep_for_a_night (Fixture *self)
{
  ttecomm_fake_clock_advance (self->shop->clock, 9 * HOUR);
}

static void
another_boot (Fixture *self)
{
  ttecomm_fake_clock_reboot (self->shop->clock, "another boot", 1);
}

/* Somebody who sets the wall clock neither shortens nor lengthens five minutes. */
static void
set_the_clock_back (Fixture *self)
{
  ttecomm_fake_clock_advance (self->shop->clock, 300);
  ttecomm_fake_clock_set_wall (self->shop->clock, 1000000000);
}

typedef struct
{
  const char *name;
  void (*change) (Fixture *self);
} Change;

static const Change changes[] = {
  { "another-server-today", another_day },
  { "refresh-or-paid-order", drop },
  { "check-now", check_now },
  { "signed-out", sign_out },
  { "somebody-signs-in", sign_in_somebody },
  { "tom-signs-in", sign_in_tom },
  { "no-cloud", leave_the_cloud },
  { "old-prosoft", old_host },
  { "five-minutes", five_minutes },
  { "a-night", sleep_for_a_night },
  { "another-boot", another_boot },
  { "clock-set-back", set_the_clock_back },
};

static void
test_ends_with (Fixture *self, gconstpointer data)
{
  const Change *row = data;
  g_autoptr (TtecommDecision) before = check (self, SITE);

  g_assert_cmpstr (before->code, ==, "ok");
  assert_admitted (self, SITE, TRUE);
  row->change (self);
  assert_admitted (self, SITE, FALSE);
}

/* And begins again with the next answer. */
static void
test_comes_back (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommDecision) before = check (self, SITE);
  g_autoptr (TtecommDecision) after = NULL;

  drop (self);
  assert_admitted (self, SITE, FALSE);
  after = check (self, SITE);
  assert_admitted (self, SITE, TRUE);
  ttecomm_fake_clock_advance (self->shop->clock, 299);
  assert_admitted (self, SITE, TRUE);
  ttecomm_fake_clock_advance (self->shop->clock, 1);
  assert_admitted (self, SITE, FALSE);
}

/* --- the open file --- */

static TtecommInstallation *
make_installation (const char *id)
{
  TtecommInstallation *installation = ttecomm_installation_new (FALSE);

  installation->name = g_strdup ("Aurora");
  installation->ttcloud_id = g_strdup (id);
  return installation;
}

static void
test_the_open_file (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommInstallation) aurora = make_installation (SITE);
  g_autoptr (TtecommInstallation) other = make_installation ("site-ending");
  g_autoptr (TtecommInstallation) unconnected = make_installation (NULL);
  g_autoptr (TtecommDecision) before = check (self, SITE);

  assert_admitted (self, NULL, FALSE);
  ttecomm_desk_set_project (self->desk, TRUE, aurora);
  assert_admitted (self, NULL, TRUE);
  /* While another file is read, "the open file" is nobody's; a name is a name. */
  ttecomm_desk_expect_project (self->desk);
  assert_admitted (self, NULL, FALSE);
  assert_admitted (self, SITE, TRUE);
  ttecomm_desk_set_project (self->desk, TRUE, other);
  assert_admitted (self, NULL, FALSE);
  ttecomm_desk_set_project (self->desk, TRUE, unconnected);
  assert_admitted (self, NULL, FALSE);
  ttecomm_desk_set_project (self->desk, TRUE, aurora);
  assert_admitted (self, NULL, TRUE);
  ttecomm_desk_set_project (self->desk, FALSE, NULL);
  assert_admitted (self, NULL, FALSE);
}

/* --- what is kept of it --- */

static void
test_page_and_log_hear_of_it (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommInstallation) aurora = make_installation (SITE);
  g_autoptr (TtecommDecision) before = check (self, SITE);
  g_autoptr (TtecommDecision) decision = admit (self, SITE);
  guint n_lines = self->n_lines;
  gint64 wall = 0;

  ttecomm_desk_set_project (self->desk, TRUE, aurora);
  g_assert_null (ttecomm_desk_get_decision (self->desk, &wall));
  ttecomm_desk_note_admitted (self->desk, SITE, decision);
  g_assert_true (ttecomm_desk_get_decision (self->desk, &wall) == decision);
  g_assert_cmpuint (self->n_lines, ==, n_lines + 1);
}

static gboolean
has_both_notices (gpointer data)
{
  ModelHost *host = data;

  return g_hash_table_size (host->notices) == 2;
}

static gboolean
admits_site (gpointer data)
{
  ModelHost *host = data;
  g_autoptr (TtecommDecision) decision
      = host->admission != NULL ? ttecomm_admission_decide (host->admission, SITE, NULL) : NULL;

  return decision != NULL;
}

/* Two sessions, one let in by the worker and one at once: what is learnt later is told to both. */
static void
test_a_session_hears_what_is_learnt (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ModelHost) host = model_host_new (shop);
  g_autoptr (TtecommDecision) decision = NULL;
  const guint64 op_at_once = 1000000;
  const char *id = NULL;
  TtecommDecision *notice;

  model_host_open (host, "villa-picos.nbt");
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_state (host, "ready");
  g_assert_true (model_host_check (host, SITE, 0)->allowed);
  ttecomm_model_session_started (host->model, 1, host->last_op);
  g_assert_true (harness_wait_until (admits_site, host, SHOP_PATIENCE));
  decision = ttecomm_admission_decide (host->admission, SITE, &id);
  g_assert_cmpstr (id, ==, SITE);
  ttecomm_model_admitted (host->model, op_at_once, id, decision);
  ttecomm_model_session_started (host->model, 2, op_at_once);

  g_free (
      shop_control (shop, "/sandbox/installations", "{\"id\":\"" SITE "\",\"si_access\":false}"));
  g_assert_cmpint (model_host_do (host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_false (model_host_check (host, SITE, 0)->allowed);
  g_assert_true (harness_wait_until (has_both_notices, host, SHOP_PATIENCE));
  notice = g_hash_table_lookup (host->notices, GSIZE_TO_POINTER (2));
  g_assert_nonnull (notice);
  g_assert_cmpstr (notice->code, ==, "access_disabled_by_owner");
  ttecomm_model_session_ended (host->model, 1);
  ttecomm_model_session_ended (host->model, 2);
}

static void
register_tests (Harness *harness)
{
  harness_add_fixture (harness, "admission", "says-what-the-worker-says", Fixture, NULL, set_up,
                       test_says_what_the_worker_says, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    harness_add_fixture (harness, "admission-worker", refused[i].name, Fixture, &refused[i], set_up,
                         test_leaves_to_the_worker, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    harness_add_fixture (harness, "admission-ends", changes[i].name, Fixture, &changes[i], set_up,
                         test_ends_with, tear_down);
  harness_add_fixture (harness, "admission", "comes-back", Fixture, NULL, set_up, test_comes_back,
                       tear_down);
  harness_add_fixture (harness, "admission", "the-open-file", Fixture, NULL, set_up,
                       test_the_open_file, tear_down);
  harness_add_fixture (harness, "admission", "page-and-log-hear-of-it", Fixture, NULL, set_up,
                       test_page_and_log_hear_of_it, tear_down);
  harness_add (harness, "admission", "a-session-hears-what-is-learnt",
               test_a_session_hears_what_is_learnt);
}

HARNESS_MAIN (register_tests)
