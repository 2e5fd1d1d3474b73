/* SPDX-License-Identifier: MIT */
/* All installations, with a sandbox behind the page: when they are asked for, the filter, the
 * basket, and the word without opening the page. */
#include "tests/harness/harness.h"
#include "tests/unit/page/model-host.h"

typedef struct
{
  Shop *shop;
  ModelHost *host;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->shop = shop_new ();
  self->host = model_host_new (self->shop);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  model_host_free (self->host);
  shop_free (self->shop);
}

static gboolean
has_said (gpointer data)
{
  return ((ModelHost *)data)->n_attentions > 0;
}

static gboolean
has_said_again (gpointer data)
{
  return ((ModelHost *)data)->n_attentions == 2;
}

static gboolean
has_taken_back (gpointer data)
{
  const ModelHost *host = data;

  return host->n_attentions > 0 && host->attention == NULL;
}

/* Signed in, no file open: the list is there, and what is wrong is said once. */
static void
test_sign_in (Fixture *self, gconstpointer data)
{
  g_assert_false (model_host_page_says (self->host, "\"installations\""));
  model_host_sign_in (self->host, SHOP_MARA);
  model_host_await_text (self->host, "10 of 10 shown");
  g_assert_true (harness_wait_until (has_said, self->host, SHOP_PATIENCE));
  g_assert_cmpstr (self->host->attention, ==, "1 payment failed");
  g_assert_cmpint (self->host->attention_kind, ==, TTECOMM_ATTENTION_URGENT);
  g_assert_cmpint (model_host_do (self->host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpuint (self->host->n_attentions, ==, 1);
}

/* Signing out takes the list and the word back; the next account has its own. */
static void
test_sign_out (Fixture *self, gconstpointer data)
{
  model_host_sign_in (self->host, SHOP_MARA);
  g_assert_true (harness_wait_until (has_said, self->host, SHOP_PATIENCE));
  g_assert_cmpint (model_host_do (self->host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_true (harness_wait_until (has_taken_back, self->host, SHOP_PATIENCE));
  g_assert_false (model_host_page_says (self->host, "\"installations\""));
  model_host_sign_in (self->host, "willem@example.org");
  model_host_await_text (self->host, "All installations (2)");
  g_assert_false (model_host_page_says (self->host, "Residentie Aurora"));
  g_assert_null (self->host->attention);
}

/* Once a day, by TTcloud's date. */
static void
test_next_day (Fixture *self, gconstpointer data)
{
  model_host_sign_in (self->host, SHOP_MARA);
  model_host_await_text (self->host, "10 of 10 shown");
  g_assert_cmpuint (self->host->n_attentions, ==, 1);
  shop_travel (self->shop, "2026-09-19");
  g_assert_cmpint (model_host_do (self->host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_true (harness_wait_until (has_said_again, self->host, SHOP_PATIENCE));
  g_assert_cmpstr (self->host->attention, ==, "1 payment failed");
}

/* What still stands is said in the new language at once, not on the next day. */
static void
test_another_language (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommSettings) french = ttecomm_settings_copy (self->host->settings);

  g_free (french->locale);
  french->locale = g_strdup ("fr");
  ttecomm_model_set_settings (self->host->model, french);
  g_assert_cmpuint (self->host->n_attentions, ==, 0);
  ttecomm_model_set_settings (self->host->model, self->host->settings);
  model_host_sign_in (self->host, SHOP_MARA);
  g_assert_true (harness_wait_until (has_said, self->host, SHOP_PATIENCE));
  ttecomm_model_set_settings (self->host->model, french);
  g_assert_true (harness_wait_until (has_said_again, self->host, SHOP_PATIENCE));
  g_assert_cmpstr (self->host->attention, ==, "1\302\240paiement a échoué");
  g_assert_cmpint (self->host->attention_kind, ==, TTECOMM_ATTENTION_URGENT);
  ttecomm_model_set_settings (self->host->model, french);
  g_assert_cmpuint (self->host->n_attentions, ==, 2);
}

static void
test_filter (Fixture *self, gconstpointer data)
{
  model_host_sign_in (self->host, SHOP_MARA);
  model_host_await_text (self->host, "10 of 10 shown");
  g_assert_cmpint (model_host_do (self->host, "installations.filter",
                                  "{\"installations.text\":\"  auRORA \","
                                  "\"installations.state\":\"all\"}"),
                   ==, TTECOMM_ENDED_OK);
  model_host_await_text (self->host, "1 of 10 shown");
  g_assert_cmpint (model_host_do (self->host, "installations.filter",
                                  "{\"installations.text\":\"\","
                                  "\"installations.state\":\"payment-failed\"}"),
                   ==, TTECOMM_ENDED_OK);
  model_host_await_text (self->host, "1 of 10 shown");
  g_assert_true (model_host_page_says (self->host, "Petra"));
  g_assert_cmpint (model_host_do (self->host, "installations.all", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_text (self->host, "10 of 10 shown");
}

static void
test_bad_filters (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = {
    "{\"installations.state\":\"everything\"}",
    "{\"installations.state\":7}",
    "{\"installations.text\":[]}",
    "{\"installations.text\":\"\\u0000\"}",
  };
  g_autofree char *words = g_strnfill (201, 'w');
  g_autofree char *large = g_strdup_printf ("{\"installations.text\":\"%s\"}", words);

  model_host_sign_in (self->host, SHOP_MARA);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (model_host_do (self->host, "installations.filter", bad[i]), ==,
                     TTECOMM_ENDED_INVALID);
  g_assert_cmpint (model_host_do (self->host, "installations.filter", large), ==,
                   TTECOMM_ENDED_INVALID);
  g_assert_cmpint (model_host_do (self->host, "installations.filter", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (self->host, "installations.next", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (self->host, "installations.previous", NULL), ==,
                   TTECOMM_ENDED_OK);
  model_host_await_text (self->host, "10 of 10 shown");
}

/* One by one, and all that are listed at once; what is in is said to be in. */
static void
test_buy (Fixture *self, gconstpointer data)
{
  model_host_sign_in (self->host, SHOP_MARA);
  model_host_await_text (self->host, "10 of 10 shown");
  g_assert_true (model_host_offers (self->host, "basket.add.RS.site-expired"));
  g_assert_cmpint (model_host_do (self->host, "basket.add.RS.site-expired", NULL), ==,
                   TTECOMM_ENDED_OK);
  g_assert_false (model_host_offers (self->host, "basket.add.RS.site-expired"));
  /* Known from the list, before TTcloud has quoted it. */
  model_host_await_text (self->host, "Take Remote Services for Hoeve Linde out of the basket");
  g_assert_cmpint (model_host_do (self->host, "installations.buy", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_false (model_host_offers (self->host, "basket.add.RS." SHOP_VILLA));
  model_host_await_text (self->host, "Take Remote Services for Villa Picos out of the basket");
  g_assert_cmpint (model_host_do (self->host, "basket.quote", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_text (self->host, "basket.remove.RS.site-expired");
}

static void
test_buy_signed_out (Fixture *self, gconstpointer data)
{
  static const char *const actions[]
      = { "installations.filter", "installations.all", "installations.next",
          "installations.previous", "installations.buy" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_cmpint (model_host_do (self->host, actions[i], "{}"), ==,
                     i < 4 ? TTECOMM_ENDED_OK : TTECOMM_ENDED_FAILED);
  model_host_assert_all_ended_once (self->host);
}

/* TTcloud does not list them: said on the page, and the rest of it is there. */
static void
test_no_list (Fixture *self, gconstpointer data)
{
  shop_fault (self->shop, "refuse-503", "/v1/installations", 1000);
  model_host_sign_in (self->host, SHOP_MARA);
  model_host_await_text (self->host, "installations.error");
  shop_heal (self->shop);
  g_assert_cmpint (model_host_do (self->host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_text (self->host, "10 of 10 shown");
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "model-portfolio", name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("sign-out", test_sign_out);
  ADD ("next-day", test_next_day);
  ADD ("another-language", test_another_language);
  ADD ("filter", test_filter);
  ADD ("bad-filters", test_bad_filters);
  ADD ("buy", test_buy);
  ADD ("buy-signed-out", test_buy_signed_out);
  ADD ("no-list", test_no_list);
}

HARNESS_MAIN (register_tests)
