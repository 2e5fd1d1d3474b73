/* SPDX-License-Identifier: MIT */
/* Whose answer it is: what changes while TTcloud is being asked about a remote session. */
#include "plugin/page/desk.h"
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/page/model-host.h"
#include "tests/unit/purchase/customer.h"

#define SITE "site-active"
#define TOM "tom@example.org"
/* Long enough to be asked and short enough to be waited for: TTcloud does not answer, in ms. */
#define SILENCE 100

typedef struct
{
  Shop *shop;
  TtecommSettings *settings; /* (owned) */
  TtecommCloud *cloud;       /* (owned) */
  TtecommDesk *desk;         /* (owned) */
  char *account;             /* (owned) Mara's */
  GCancellable *cancellable; /* (owned) of the questions */
  guint n_verdicts;          /* of the gate, as the log tells them */
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
on_notice (gpointer data, guint64 session, TtecommDecision *decision)
{
}

static void
on_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  Fixture *self = data;

  g_test_message ("%s: %s", domain, text);
  self->n_verdicts += strstr (text, " outcome=") != NULL ? 1 : 0;
  harness_witness_log (text);
}

static const TtecommModelSink sink = { .log = on_log, .notice = on_notice, .event = on_event };

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommText) text = ttecomm_text_new ("en");
  g_autoptr (GError) error = NULL;
  TtecommClock *clock;

  self->cancellable = g_cancellable_new ();
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
  g_clear_object (&self->desk);
  g_object_add_weak_pointer (transport, (gpointer *)&transport);
  ttecomm_cloud_free (self->cloud);
  g_assert_true (harness_wait_until (is_gone, &transport, SHOP_PATIENCE));
  ttecomm_settings_free (self->settings);
  g_object_unref (self->cancellable);
  g_free (self->account);
  shop_free (self->shop);
}

static void
ask (Fixture *self, guint timeout_ms, GAsyncResult **result)
{
  ttecomm_desk_check_async (self->desk, SITE, "Aurora", FALSE, timeout_ms, self->cancellable,
                            test_store_result, result);
}

/* (transfer full) */
static TtecommDecision *
await (Fixture *self, GAsyncResult **result)
{
  g_autoptr (GAsyncResult) owned = NULL;

  test_await (result);
  owned = g_steal_pointer (result);
  return ttecomm_desk_check_finish (self->desk, owned);
}

static TtecommDecision *
check (Fixture *self)
{
  GAsyncResult *result = NULL;

  ask (self, 0, &result);
  return await (self, &result);
}

/* -- somebody else -- */

static void
change_nothing (Fixture *self)
{
}

/* The next person has signed in by the browser, and TTcloud has not said yet who it is. */
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
sign_out (Fixture *self)
{
  ttecomm_desk_set_account (self->desk, FALSE, NULL, NULL);
}

static void
cancel (Fixture *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
leave_the_cloud (Fixture *self)
{
  ttecomm_desk_set_cloud (self->desk, NULL, NULL);
}

static void
come_back_to_the_cloud (Fixture *self)
{
  ttecomm_desk_set_cloud (self->desk, NULL, NULL);
  ttecomm_desk_set_cloud (self->desk, self->cloud, self->settings->cache_dir);
  ttecomm_desk_set_account (self->desk, TRUE, self->account, SHOP_MARA);
}

typedef struct
{
  const char *name;
  void (*change) (Fixture *self);
  gboolean admits;
  const char *code;
} Change;

static const Change changes[] = {
  { "nothing-changes", change_nothing, TRUE, "recent" },
  { "somebody-signs-in", sign_in_somebody, FALSE, "flag_unknown" },
  { "tom-signs-in", sign_in_tom, FALSE, "flag_unknown" },
  { "signed-out", sign_out, FALSE, "sign_in" },
  { "cancelled", cancel, FALSE, "cancelled" },
  { "no-cloud-any-more", leave_the_cloud, FALSE, "flag_unknown" },
  { "another-cloud", come_back_to_the_cloud, FALSE, "flag_unknown" },
};

/* TTcloud answered Mara before, and that answer would still do; then it is silent, and while it is
 * being asked something changes. */
static void
test_meanwhile (Fixture *self, gconstpointer data)
{
  const Change *row = data;
  g_autoptr (TtecommDecision) before = check (self);
  g_autoptr (TtecommDecision) decision = NULL;
  GAsyncResult *result = NULL;

  g_assert_true (before->allowed);
  shop_fault (self->shop, "stall", "/v1/", 1000);
  ttecomm_desk_refresh (self->desk, FALSE);
  ask (self, SILENCE, &result);
  g_assert_null (result);
  g_assert_true (ttecomm_desk_is_checking (self->desk));
  row->change (self);
  decision = await (self, &result);
  g_assert_cmpstr (decision->code, ==, row->code);
  g_assert_cmpint (decision->allowed, ==, row->admits);
  if (!row->admits)
    g_assert_cmpint (decision->valid_until, ==, 0);
  /* Only who cancelled knows what happened. */
  if (!row->admits && !g_str_equal (row->code, "cancelled"))
    g_assert_nonnull (decision->message);
  g_assert_false (ttecomm_desk_is_checking (self->desk));
}

static gboolean
has_verdict (gpointer data)
{
  return *(guint *)data > 0;
}

/* What is fetched ahead of the click is shown to whoever it was fetched for. */
static void
test_fetched_ahead (Fixture *self, gconstpointer data)
{
  const Change *row = data;
  g_autoptr (TtecommInstallation) file = ttecomm_installation_new (FALSE);
  gint64 wall;

  file->ttcloud_id = g_strdup (SITE);
  ttecomm_desk_set_project (self->desk, TRUE, file);
  shop_fault (self->shop, "slow", "/v1/", 1);
  ttecomm_desk_prefetch (self->desk);
  row->change (self);
  g_assert_true (harness_wait_until (has_verdict, &self->n_verdicts, SHOP_PATIENCE));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_true ((ttecomm_desk_get_decision (self->desk, &wall) != NULL) == row->admits);
}

/* -- nobody to ask -- */

/* The network is not to blame, and is not asked. */
static void
test_the_settings_are_to_blame (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommDecision) decision = NULL;
  g_autoptr (TtecommDecision) later = NULL;

  ttecomm_desk_set_cloud (self->desk, NULL, NULL);
  ttecomm_desk_set_problem (self->desk, "The keys are missing.");
  decision = check (self);
  g_assert_false (decision->allowed);
  g_assert_cmpstr (decision->code, ==, "flag_unknown");
  g_assert_cmpstr (decision->cause, ==, "setup");
  g_assert_cmpstr (decision->message, ==, "The keys are missing.");
  ttecomm_desk_set_problem (self->desk, NULL);
  ttecomm_desk_set_cloud (self->desk, self->cloud, self->settings->cache_dir);
  ttecomm_desk_set_account (self->desk, TRUE, self->account, SHOP_MARA);
  later = check (self);
  g_assert_true (later->allowed);
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    harness_add_fixture (harness, "desk", changes[i].name, Fixture, &changes[i], set_up,
                         test_meanwhile, tear_down);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strconcat ("fetched-ahead-", changes[i].name, NULL);

      harness_add_fixture (harness, "desk", name, Fixture, &changes[i], set_up, test_fetched_ahead,
                           tear_down);
    }
  harness_add_fixture (harness, "desk", "the-settings-are-to-blame", Fixture, NULL, set_up,
                       test_the_settings_are_to_blame, tear_down);
}

HARNESS_MAIN (register_tests)
