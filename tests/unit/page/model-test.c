/* SPDX-License-Identifier: MIT */
/* What a person can do on the page, with a sandbox behind it. */
#include "tests/harness/harness.h"
#include "tests/unit/page/model-host.h"

#define VILLA "villa-picos.nbt"
#define SIGNED_IN_AS "[\"Signed in as\",\""

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

/* -- every action ends exactly once, whatever comes with it -- */

static const char *const actions[] = {
  "refresh",         "sign-in.cancel",       "sign-out",
  "session.check",   "basket.add.RS",        "basket.add.TDS16120",
  "basket.add.",     "basket.add.NOTHING",   "basket.remove.RS",
  "basket.remove.X", "basket.quote",         "basket.accept",
  "basket.pay",      "basket.open-checkout", "basket.cancel-order",
  "explain.owner",   "explain.no-such",      "explain.",
  "explain",         "basket.add",           "",
  "nonsense",        "refresh.now",          "REFRESH",
  "sign-in.",        "basket.quote ",        "..",
};

static const char *const inputs[] = {
  NULL,
  "{}",
  "{\"terms\":true}",
  "{\"terms\":false}",
  "{\"terms\":1}",
  "{\"terms\":null}",
  "",
  "null",
  "[]",
  "{",
  "{\"terms\":true,\"terms\":true}",
  "\xff",
};

static void
do_everything (ModelHost *host)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    for (guint j = 0; j < G_N_ELEMENTS (inputs); j++)
      model_host_do (host, actions[i], inputs[j]);
  /* All at once. */
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    model_host_invoke (host, actions[i], "{\"terms\":true}");
  model_host_assert_all_ended_once (host);
}

static void
test_all_actions_signed_out (Fixture *self, gconstpointer data)
{
  do_everything (self->host);
  model_host_open (self->host, VILLA);
  do_everything (self->host);
}

static void
test_all_actions_signed_in (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (!g_str_equal (actions[i], "sign-out"))
      for (guint j = 0; j < G_N_ELEMENTS (inputs); j++)
        model_host_do (host, actions[i], inputs[j]);
  model_host_assert_all_ended_once (host);
}

static void
test_all_actions_without_a_cloud (void)
{
  g_autoptr (ModelHost) host = model_host_new (NULL);

  model_host_await_state (host, "error");
  do_everything (host);
  g_assert_cmpint (model_host_do (host, "sign-in", NULL), ==, TTECOMM_ENDED_FAILED);
  model_host_open (host, VILLA);
  do_everything (host);
}

static void
test_huge_inputs (Fixture *self, gconstpointer data)
{
  g_autofree char *blanks = g_strnfill (200000, ' ');

  g_assert_cmpint (model_host_do (self->host, "refresh", blanks), ==, TTECOMM_ENDED_INVALID);
}

/* -- signing in -- */

static void
test_signs_in (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autofree char *state = NULL;

  model_host_open (host, VILLA);
  model_host_await_text (host, "Villa Picos");
  g_assert_true (model_host_offers (host, "sign-in"));
  g_assert_false (model_host_offers (host, "sign-out"));
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_text (host, SIGNED_IN_AS SHOP_MARA);
  state = model_host_get_state (host);
  g_assert_cmpstr (state, ==, "ready");
  g_assert_true (model_host_offers (host, "sign-out"));
  g_assert_cmpint (model_host_do (host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_true (model_host_offers (host, "sign-in"));
  g_assert_false (model_host_page_says (host, SIGNED_IN_AS SHOP_MARA));
}

static void
test_the_person_says_no (Fixture *self, gconstpointer data)
{
  const SandboxPersonWishes wishes = { .address = SHOP_MARA, .password = "sandbox", .deny = TRUE };
  guint64 op = model_host_invoke (self->host, "sign-in", NULL);

  model_host_await_opened (self->host, 1);
  g_assert_true (shop_browse (self->host->opened, &wishes));
  g_assert_cmpint (model_host_await (self->host, op), ==, TTECOMM_ENDED_FAILED);
  g_assert_true (model_host_offers (self->host, "sign-in"));
}

static void
test_a_second_sign_in_replaces_the_first (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  guint64 first = model_host_invoke (host, "sign-in", NULL);

  model_host_await_opened (host, 1);
  model_host_sign_in (host, SHOP_MARA);
  g_assert_cmpint (model_host_await (host, first), ==, TTECOMM_ENDED_CANCELLED);
  g_assert_true (model_host_offers (host, "sign-out"));
}

static void
test_cancelled_by_the_host (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  guint64 op = model_host_invoke (host, "sign-in", NULL);

  model_host_await_opened (host, 1);
  ttecomm_model_cancel (host->model, op);
  g_assert_cmpint (model_host_await (host, op), ==, TTECOMM_ENDED_CANCELLED);
  ttecomm_model_cancel (host->model, op);
  ttecomm_model_cancel (host->model, 999);
  g_assert_true (model_host_offers (host, "sign-in"));
}

static void
test_cancelled_on_the_page (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  guint64 op = model_host_invoke (host, "sign-in", NULL);

  model_host_await_opened (host, 1);
  g_assert_cmpint (model_host_do (host, "sign-in.cancel", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_await (host, op), ==, TTECOMM_ENDED_CANCELLED);
}

/* What one person saw is not shown to the next one, however badly that begins. */
static void
test_somebody_else_signs_in (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_text (host, SIGNED_IN_AS SHOP_MARA);
  shop_fault (self->shop, "refuse-503", "/v1/account", 100);
  shop_fault (self->shop, "refuse-503", "/v1/installations", 100);
  model_host_sign_in (host, "tom@example.org");
  g_assert_false (model_host_page_says (host, SIGNED_IN_AS SHOP_MARA));
  g_assert_false (model_host_offers (host, "basket.add.RS"));
  shop_heal (self->shop);
  g_assert_cmpint (model_host_do (host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_text (host, SIGNED_IN_AS "tom@example.org");
  g_assert_false (model_host_offers (host, "basket.add.RS"));
}

/* -- roles -- */

static const struct
{
  const char *who;
  gboolean may_buy;
} roles[] = {
  { SHOP_MARA, TRUE },
  { "alexa@example.org", TRUE },
  { "tom@example.org", FALSE },
  { "stef@example.org", FALSE },
};

static void
test_the_role_decides (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_test_message ("%s", roles[i].who);
      model_host_sign_in (host, roles[i].who);
      g_assert_cmpint (model_host_offers (host, "basket.add.RS"), ==, roles[i].may_buy);
    }
}

/* -- buying -- */

static void
order (ModelHost *host)
{
  g_assert_cmpint (model_host_do (host, "basket.add.RS", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (host, "basket.quote", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_false (model_host_offers (host, "basket.pay"));
  g_assert_cmpint (model_host_do (host, "basket.pay", NULL), ==, TTECOMM_ENDED_FAILED);
  g_assert_cmpint (model_host_do (host, "basket.accept", "{\"terms\":true}"), ==, TTECOMM_ENDED_OK);
  g_assert_true (model_host_offers (host, "basket.pay"));
  g_assert_cmpint (model_host_do (host, "basket.pay", NULL), ==, TTECOMM_ENDED_OK);
}

static void
test_buys (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  TtecommDecision *decision;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  decision = model_host_check (host, NULL, 0);
  g_assert_cmpstr (decision->code, ==, "not_activated");
  g_assert_false (decision->allowed);
  order (host);
  g_assert_cmpint (model_host_do (host, "basket.add.VC", NULL), ==, TTECOMM_ENDED_BUSY);
  shop_pay (host->opened);
  model_host_await_text (host, "renews at 30/09/2027");
  decision = model_host_check (host, NULL, 0);
  g_assert_true (decision->allowed);
  g_assert_cmpstr (decision->code, ==, "ok");
  g_assert_cmpint (model_host_do (host, "session.check", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

/* The order stays with the account: gone when signed out, there again when signed in. */
static void
test_signed_out_with_an_order (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autofree char *checkout = NULL;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  order (host);
  checkout = g_strdup (host->opened);
  g_assert_cmpint (model_host_do (host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_false (model_host_offers (host, "basket.cancel-order"));
  model_host_sign_in (host, "jonas@example.org");
  g_assert_false (model_host_offers (host, "basket.cancel-order"));
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_text (host, "basket.cancel-order");
  g_assert_true (model_host_offers (host, "basket.cancel-order"));
  shop_pay (checkout);
  model_host_await_text (host, "renews at 30/09/2027");
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

/* The host is started again with the sign-in that it kept. */
static void
test_started_again_with_an_order (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  guint n_opened;

  model_host_stop (host);
  host->settings->has_secrets = TRUE;
  model_host_start (host);
  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  order (host);
  n_opened = host->n_opened;
  model_host_stop (host);
  model_host_start (host);
  model_host_open (host, VILLA);
  model_host_await_text (host, "basket.cancel-order");
  g_assert_cmpuint (host->n_opened, ==, n_opened);
  shop_pay (host->opened);
  ttecomm_model_activated (host->model);
  model_host_await_text (host, "renews at 30/09/2027");
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "model", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  add (harness, "all-actions-signed-out", test_all_actions_signed_out);
  add (harness, "all-actions-signed-in", test_all_actions_signed_in);
  harness_add (harness, "model", "all-actions-without-a-cloud", test_all_actions_without_a_cloud);
  add (harness, "huge-inputs", test_huge_inputs);
  add (harness, "signs-in", test_signs_in);
  add (harness, "the-person-says-no", test_the_person_says_no);
  add (harness, "a-second-sign-in-replaces-the-first", test_a_second_sign_in_replaces_the_first);
  add (harness, "cancelled-by-the-host", test_cancelled_by_the_host);
  add (harness, "cancelled-on-the-page", test_cancelled_on_the_page);
  add (harness, "somebody-else-signs-in", test_somebody_else_signs_in);
  /* rules: H4 H6 */
  add (harness, "the-role-decides", test_the_role_decides);
  /* rules: S41 */
  add (harness, "buys", test_buys);
  add (harness, "signed-out-with-an-order", test_signed_out_with_an_order);
  add (harness, "started-again-with-an-order", test_started_again_with_an_order);
}

HARNESS_MAIN (register_tests)
