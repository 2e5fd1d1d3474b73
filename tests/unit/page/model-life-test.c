/* SPDX-License-Identifier: MIT */
/* Files, settings, networks and hosts that come and go while the model works. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/page/model-host.h"

#define VILLA "villa-picos.nbt"

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

/* -- the page's states -- */

static void
test_first_page (void)
{
  g_autoptr (TtecommSettings) settings = ttecomm_settings_new ();
  g_autoptr (TtecommPage) page = ttecomm_model_first_page (settings);
  gsize size;
  const char *text = g_bytes_get_data (ttecomm_page_get_json (page), &size);

  g_assert_cmpint (ttecomm_page_get_revision (page), ==, 1);
  g_assert_nonnull (g_strstr_len (text, (gssize)size, "\"state\":\"loading\""));
}

static void
test_states (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  model_host_await_state (host, "loading");
  model_host_await_state (host, "ready");
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_state (host, "ready");
  shop_fault (self->shop, "refuse-503", "/v1/", 1000);
  g_assert_cmpint (model_host_do (host, "refresh", NULL), ==, TTECOMM_ENDED_FAILED);
  model_host_await_state (host, "offline");
  g_assert_true (model_host_page_says (host, "[\"Signed in as\",\"" SHOP_MARA));
  shop_heal (self->shop);
  g_assert_cmpint (model_host_do (host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_state (host, "ready");
}

/* The account is known, the subscriptions are not yet: that is no page to act on. */
static void
test_loading_until_all_is_known (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, "no-owner.nbt");
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_state (host, "ready");
  shop_fault (self->shop, "stall", "/v1/installations", 1000);
  model_host_open (host, VILLA);
  model_host_await_state (host, "loading");
  g_assert_true (model_host_page_says (host, "[\"Signed in as\",\"" SHOP_MARA));
  shop_heal (self->shop);
  g_assert_cmpint (model_host_do (host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_state (host, "ready");
  model_host_await_text (host, "basket.add.RS");
}

static void
test_a_file_that_cannot_be_read (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  host->mute_file = TRUE;
  model_host_open (host, VILLA);
  ttecomm_model_project_bytes (host->model, host->generation, NULL, "the disk is gone");
  model_host_await_state (host, "error");
  ttecomm_model_project_opened (host->model, ++host->generation, "x.nbt", -5);
  model_host_await_state (host, "error");
  host->mute_file = FALSE;
  model_host_open (host, VILLA);
  model_host_await_state (host, "ready");
  model_host_await_text (host, "Villa Picos");
}

/* -- another file -- */

static void
test_another_file_while_one_is_read (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (GBytes) late = g_bytes_new_static ("garbage", 7);
  guint first;

  host->mute_file = TRUE;
  model_host_open (host, VILLA);
  first = host->generation;
  host->mute_file = FALSE;
  model_host_open (host, "no-owner.nbt");
  ttecomm_model_project_bytes (host->model, first, late, NULL);
  ttecomm_model_project_closed (host->model, first);
  model_host_await_state (host, "ready");
  g_assert_false (model_host_page_says (host, "Villa Picos"));
  ttecomm_model_project_closed (host->model, host->generation);
  model_host_await_state (host, "ready");
  ttecomm_model_project_bytes (host->model, host->generation, late, NULL);
}

/* The file is closed while the account is asked for: who is signed in is shown all the same. */
static void
test_closed_while_signing_in (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  const SandboxPersonWishes wishes = { .address = SHOP_MARA, .password = "sandbox" };
  guint64 op;

  model_host_open (host, VILLA);
  model_host_await_state (host, "ready");
  shop_fault (self->shop, "slow", "/v1/", 3);
  op = model_host_invoke (host, "sign-in", NULL);
  model_host_await_opened (host, 1);
  g_assert_true (shop_browse (host->opened, &wishes));
  ttecomm_model_project_closed (host->model, host->generation);
  g_assert_cmpint (model_host_await (host, op), ==, TTECOMM_ENDED_OK);
  model_host_await_text (host, "[\"Signed in as\",\"" SHOP_MARA);
}

static void
test_a_basket_is_of_its_file (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  g_assert_cmpint (model_host_do (host, "basket.add.RS", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_true (model_host_offers (host, "basket.remove.RS"));
  model_host_open (host, VILLA);
  model_host_await_state (host, "ready");
  g_assert_true (model_host_offers (host, "basket.remove.RS"));
  ttecomm_model_project_closed (host->model, host->generation);
  /* Whatever ends brings the newest page with it. */
  g_assert_cmpint (model_host_do (host, "explain.no-owner", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_false (model_host_offers (host, "basket.remove.RS"));
}

/* -- checks that wait -- */

static void
test_a_check_waits_for_the_file (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  TtecommDecision *decision;

  model_host_open (host, VILLA);
  decision = model_host_check (host, NULL, 0);
  g_assert_cmpstr (decision->code, !=, "flag_unknown");
}

static void
test_a_check_does_not_wait_for_ever (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  TtecommDecision *decision;

  host->mute_file = TRUE;
  model_host_open (host, VILLA);
  decision = model_host_check (host, NULL, 50);
  g_assert_cmpstr (decision->code, ==, "flag_unknown");
  g_assert_cmpstr (decision->cause, ==, "file");
  g_assert_false (decision->allowed);
}

static void
test_a_waiting_check_is_cancelled (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  guint64 op = ++host->last_op;
  TtecommDecision *decision;

  host->mute_file = TRUE;
  model_host_open (host, VILLA);
  ttecomm_model_check (host->model, op, NULL, NULL, 0);
  ttecomm_model_cancel (host->model, op);
  model_host_await (host, op);
  decision = g_hash_table_lookup (host->decisions, GSIZE_TO_POINTER (op));
  g_assert_cmpstr (decision->code, ==, "cancelled");
}

/* -- other settings -- */

static void
test_other_settings_while_signing_in (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (TtecommSettings) none = model_host_settings (NULL);
  g_autoptr (TtecommSettings) again = model_host_settings (self->shop);
  guint64 op = model_host_invoke (host, "sign-in", NULL);

  model_host_await_opened (host, 1);
  ttecomm_model_set_settings (host->model, none);
  g_assert_cmpint (model_host_await (host, op), ==, TTECOMM_ENDED_CANCELLED);
  model_host_await_state (host, "error");
  ttecomm_model_set_settings (host->model, again);
  model_host_await_state (host, "ready");
  model_host_sign_in (host, SHOP_MARA);
}

static void
test_other_settings_while_things_run (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (TtecommSettings) other = model_host_settings (self->shop);

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  g_assert_cmpint (model_host_do (host, "basket.add.RS", NULL), ==, TTECOMM_ENDED_OK);
  model_host_invoke (host, "basket.quote", NULL);
  model_host_invoke (host, "refresh", NULL);
  model_host_invoke (host, "session.check", NULL);
  ttecomm_model_check (host->model, ++host->last_op, NULL, NULL, 0);
  ttecomm_model_set_settings (host->model, other);
  model_host_assert_all_ended_once (host);
}

/* A check that waits for the kept sign-in goes on when there is no cloud to have one. */
static void
test_other_settings_while_a_check_waits (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (TtecommSettings) none = model_host_settings (NULL);
  guint64 op;
  TtecommDecision *decision;

  model_host_stop (host);
  host->settings->has_secrets = TRUE;
  host->mute_secrets = TRUE;
  model_host_start (host);
  model_host_open (host, VILLA);
  op = ++host->last_op;
  ttecomm_model_check (host->model, op, NULL, NULL, 0);
  ttecomm_model_set_settings (host->model, none);
  model_host_await (host, op);
  decision = g_hash_table_lookup (host->decisions, GSIZE_TO_POINTER (op));
  g_assert_false (decision->allowed);
}

/* Without keys no answer can be believed: page and gate say so, and do not blame the network. */
static void
test_no_keys (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (TtecommSettings) none = model_host_settings (NULL);
  TtecommDecision *decision;

  ttecomm_model_set_settings (host->model, none);
  model_host_await_text (host, "no TTcloud keys installed");
  decision = model_host_check (host, "site-active", 0);
  g_assert_false (decision->allowed);
  g_assert_cmpstr (decision->code, ==, "flag_unknown");
  g_assert_cmpstr (decision->cause, ==, "setup");
  g_assert_nonnull (strstr (decision->message, "no TTcloud keys installed"));
}

/* Without a TTcloud the file is read all the same, and until then the page is on its way. */
static void
test_no_keys_and_a_file (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (TtecommSettings) none = model_host_settings (NULL);

  ttecomm_model_set_settings (host->model, none);
  model_host_await_state (host, "error");
  host->mute_file = TRUE;
  model_host_open (host, VILLA);
  model_host_await_state (host, "loading");
  host->mute_file = FALSE;
  model_host_open (host, VILLA);
  model_host_await_state (host, "error");
  g_assert_true (model_host_page_says (host, "Villa Picos"));
}

static void
test_another_language (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (TtecommSettings) nonsense = ttecomm_settings_copy (host->settings);

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  g_free (nonsense->locale);
  nonsense->locale = g_strdup ("xx-\xff");
  ttecomm_model_set_settings (host->model, nonsense);
  model_host_await_state (host, "ready");
  g_assert_true (model_host_offers (host, "sign-out"));
}

/* -- the end -- */

static void
test_the_end_of_nothing (Fixture *self, gconstpointer data)
{
  /* The tear-down asserts that nothing is left. */
}

static void
test_the_end_in_the_middle (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  g_assert_cmpint (model_host_do (host, "basket.add.RS", NULL), ==, TTECOMM_ENDED_OK);
  model_host_invoke (host, "basket.quote", NULL);
  model_host_invoke (host, "refresh", NULL);
  model_host_invoke (host, "session.check", NULL);
  model_host_invoke (host, "sign-in", NULL);
  model_host_await_opened (host, 2);
  host->mute_file = TRUE;
  model_host_open (host, "no-owner.nbt");
  ttecomm_model_check (host->model, ++host->last_op, NULL, NULL, 0);
  ttecomm_model_check (host->model, ++host->last_op, "site-active", "Aurora", 0);
  model_host_stop (host);
}

static void
test_the_end_while_paying (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  g_assert_cmpint (model_host_do (host, "basket.add.RS", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (host, "basket.quote", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (host, "basket.accept", "{\"terms\":true}"), ==, TTECOMM_ENDED_OK);
  model_host_invoke (host, "basket.pay", NULL);
  model_host_stop (host);
}

static void
test_the_end_while_the_host_is_silent (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_stop (host);
  host->settings->has_secrets = TRUE;
  host->mute_secrets = TRUE;
  model_host_start (host);
  model_host_invoke (host, "sign-in", NULL);
  ttecomm_model_check (host->model, ++host->last_op, "site-active", NULL, 0);
  model_host_stop (host);
}

static void
test_the_end_while_the_network_is_silent (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_open (host, VILLA);
  model_host_sign_in (host, SHOP_MARA);
  shop_fault (self->shop, "stall", "/v1/", 1000);
  model_host_invoke (host, "refresh", NULL);
  model_host_invoke (host, "session.check", NULL);
  model_host_invoke (host, "sign-out", NULL);
  model_host_stop (host);
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "model-life", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "model-life", "first-page", test_first_page);
  add (harness, "states", test_states);
  add (harness, "loading-until-all-is-known", test_loading_until_all_is_known);
  add (harness, "a-file-that-cannot-be-read", test_a_file_that_cannot_be_read);
  add (harness, "another-file-while-one-is-read", test_another_file_while_one_is_read);
  add (harness, "closed-while-signing-in", test_closed_while_signing_in);
  add (harness, "a-basket-is-of-its-file", test_a_basket_is_of_its_file);
  add (harness, "a-check-waits-for-the-file", test_a_check_waits_for_the_file);
  add (harness, "a-check-does-not-wait-for-ever", test_a_check_does_not_wait_for_ever);
  add (harness, "a-waiting-check-is-cancelled", test_a_waiting_check_is_cancelled);
  add (harness, "other-settings-while-signing-in", test_other_settings_while_signing_in);
  add (harness, "other-settings-while-things-run", test_other_settings_while_things_run);
  add (harness, "other-settings-while-a-check-waits", test_other_settings_while_a_check_waits);
  add (harness, "no-keys", test_no_keys);
  add (harness, "no-keys-and-a-file", test_no_keys_and_a_file);
  add (harness, "another-language", test_another_language);
  add (harness, "the-end-of-nothing", test_the_end_of_nothing);
  add (harness, "the-end-in-the-middle", test_the_end_in_the_middle);
  add (harness, "the-end-while-paying", test_the_end_while_paying);
  add (harness, "the-end-while-the-host-is-silent", test_the_end_while_the_host_is_silent);
  add (harness, "the-end-while-the-network-is-silent", test_the_end_while_the_network_is_silent);
}

HARNESS_MAIN (register_tests)
