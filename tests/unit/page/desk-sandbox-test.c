/* SPDX-License-Identifier: MIT */
/* The sandbox's faults, by name: each brings what the row of that name in wire-rows.c brings, so
 * that a demonstration shows what the tests have proved. */
#include "plugin/page/desk.h"
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/gate/wire-rows.h"
#include "tests/unit/page/model-host.h"
#include "tests/unit/purchase/customer.h"

#include <string.h>

#define SITE "site-active"
#define FLAG "/v1/service-flag"
/* A fault that takes longer than this is one that never ends, in ms. */
#define SILENCE 300

/* "slow" and "reset-after" are no rows: the one is right in the end, the other is "reset". */
static const char *const names[] = {
  "refuse-503",    "busy-429",    "unauthorized-401", "forbidden-403", "not-found-404",
  "proxy-407",     "html-200",    "redirect-foreign", "stall",         "reset",
  "drip",          "cut-body",    "huge-body",        "bad-json",      "duplicate-members",
  "bad-signature", "unknown-kid", "no-nonce",         "wrong-nonce",   "wrong-site",
  "wrong-env",     "alg-none",    "long-exp",
};

typedef struct
{
  Shop *shop;
  TtecommSettings *settings; /* (owned) */
  TtecommCloud *cloud;       /* (owned) */
  TtecommDesk *desk;
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
  g_test_message ("%s: %s", domain, text);
  harness_witness_log (text);
}

static const TtecommModelSink sink = { .log = on_log, .event = on_event };

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
  self->desk = ttecomm_desk_new (clock, &sink, self);
  ttecomm_desk_set_text (self->desk, text);
  ttecomm_desk_set_host (self->desk, "5.1.2.0", self->settings->ttecomm_url);
  ttecomm_desk_set_cloud (self->desk, self->cloud, self->settings->cache_dir);
  ttecomm_desk_set_account (self->desk, TRUE, ttecomm_sign_in_get_account_id (self->cloud->sign_in),
                            SHOP_MARA);
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
  shop_free (self->shop);
}

/* (transfer full) */
static TtecommDecision *
ask (Fixture *self, guint timeout_ms)
{
  g_autoptr (GAsyncResult) result = NULL;

  ttecomm_desk_check_async (self->desk, SITE, "Aurora", TRUE, timeout_ms, NULL, test_store_result,
                            &result);
  test_await (&result);
  return ttecomm_desk_check_finish (self->desk, result);
}

static void
test_fault (Fixture *self, gconstpointer data)
{
  const WireRow *row = data;
  guint timeout_ms = row->end == WIRE_AT_ONCE ? 0 : SILENCE;
  g_autoptr (TtecommDecision) without = NULL;
  g_autoptr (TtecommDecision) good = NULL;
  g_autoptr (TtecommDecision) with = NULL;

  shop_fault (self->shop, row->name, FLAG, 100);
  without = ask (self, timeout_ms);
  g_test_message ("%s", without->message);
  g_assert_cmpstr (without->code, ==, "flag_unknown");
  g_assert_cmpstr (without->cause, ==, ttecomm_gate_cause_to_string (row->cause));
  g_assert_nonnull (strstr (without->message, row->words));
  /* What never ends is still being asked: another check would share that request. */
  if (row->end != WIRE_AT_ONCE)
    return;
  shop_heal (self->shop);
  good = ask (self, 0);
  g_assert_cmpstr (good->code, ==, "ok");
  shop_fault (self->shop, row->name, FLAG, 100);
  with = ask (self, timeout_ms);
  g_assert_cmpstr (with->code, ==, "recent");
  g_assert_cmpstr (with->cause, ==, ttecomm_gate_cause_to_string (row->cause));
  g_assert_true (with->allowed);
}

/* Whoever adds a fault to the sandbox says here what comes of it. */
static void
test_all_are_here (Fixture *self, gconstpointer data)
{
  g_autofree char *listed = shop_control (self->shop, "/sandbox/faults", NULL);
  const char *known = strstr (listed, "\"names\"");
  guint n = 0;

  g_assert_nonnull (known);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", names[i]);

      g_assert_nonnull (strstr (known, quoted));
    }
  for (const char *c = strchr (known, '['); *c != ']'; c++)
    n += *c == ',' ? 1 : 0;
  /* one more than commas, and the two that are no rows */
  g_assert_cmpuint (n + 1, ==, G_N_ELEMENTS (names) + 2);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, row, func)                                                                       \
  harness_add_fixture (harness, "desk-sandbox", name, Fixture, row, set_up, func, tear_down)
  ADD ("all-are-here", NULL, test_all_are_here);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    ADD (names[i], wire_row_find (names[i]), test_fault);
}

HARNESS_MAIN (register_tests)
