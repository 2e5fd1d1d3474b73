/* SPDX-License-Identifier: MIT */
/* A sign-in over restarts, in two windows and with a safe place that fails; and what signing out
 * leaves behind: nothing. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/page/model-host.h"

#define VILLA "villa-picos.nbt"
#define SITE "site-active"
#define JONAS "jonas@example.org"
#define SIGNED_IN "[\"Signed in as\",\""

typedef struct
{
  Shop *shop;
  ModelHost *host;
} Fixture;

/* A host whose safe place holds @secret (nullable); its folders are those of the first. */
static ModelHost *
open_window (Fixture *self, GBytes *secret)
{
  ModelHost *host = model_host_new (self->shop);

  model_host_stop (host);
  host->settings->has_secrets = TRUE;
  if (self->host != NULL)
    {
      g_free (host->settings->data_dir);
      host->settings->data_dir = g_strdup (self->host->settings->data_dir);
      g_free (host->settings->cache_dir);
      host->settings->cache_dir = g_strdup (self->host->settings->cache_dir);
    }
  host->secret = secret != NULL ? g_bytes_ref (secret) : NULL;
  model_host_start (host);
  model_host_await_state (host, "ready");
  return host;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->shop = shop_new ();
  /* What is kept is what was asked for, and not what is kept ready besides. */
  shop_fault (self->shop, "refuse-503", "/v1/service-flags", 1000);
  self->host = open_window (self, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  model_host_free (self->host);
  shop_free (self->shop);
}

static void
assert_decides (ModelHost *host, const char *code, const char *cause)
{
  TtecommDecision *decision = model_host_check (host, SITE, 0);

  g_assert_cmpstr (decision->code, ==, code);
  g_assert_cmpstr (decision->cause, ==, cause);
}

/* What is in memory decides no more. */
static void
pass_time (Fixture *self)
{
  ttecomm_fake_clock_advance (self->shop->clock, 301);
}

typedef struct
{
  const char *folder;
  const char *prefix;
  guint n;
  gboolean or_more;
} Files;

static gboolean
are_there (gpointer data)
{
  const Files *files = data;
  g_autoptr (GDir) dir = g_dir_open (files->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, files->prefix) ? 1 : 0;
  return n == files->n || (files->or_more && n > files->n);
}

static gboolean
has_orders (ModelHost *host, guint n)
{
  Files files = { host->settings->data_dir, "order-", n, FALSE };

  return are_there (&files);
}

/* The cache is written on a thread of its own. */
static void
await_statements (ModelHost *host, guint n, gboolean or_more)
{
  Files files = { host->settings->cache_dir, "rs-", n, or_more };

  g_assert_true (harness_wait_until (are_there, &files, SHOP_PATIENCE));
}

static gboolean
has_secret (gpointer host)
{
  return ((ModelHost *)host)->secret != NULL;
}

static void
assert_no_cause_to_ask (Fixture *self)
{
  shop_fault (self->shop, "refuse-503", "/oauth", 1000);
  shop_fault (self->shop, "refuse-503", "/.well-known", 1000);
}

/* -- the restart -- */

/* No browser, no discovery and no token: TTcloud would not answer any of these. */
static void
test_restart (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  g_assert_true (harness_wait_until (has_secret, host, SHOP_PATIENCE));
  model_host_stop (host);
  assert_no_cause_to_ask (self);
  model_host_start (host);
  assert_decides (host, "ok", NULL);
  model_host_await_text (host, SIGNED_IN SHOP_MARA);
  g_assert_cmpuint (host->n_opened, ==, 1);
}

/* -- refused -- */

/* Another window signed out, and took the secret and the statements with it. This one holds the
 * account: its last check opens sessions, and the person is asked. */
static void
test_refused_is_not_signed_out (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  ModelHost *other;

  model_host_sign_in (host, SHOP_MARA);
  assert_decides (host, "ok", NULL);
  other = open_window (self, host->secret);
  g_assert_cmpint (model_host_do (other, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  model_host_free (other);
  g_clear_pointer (&host->secret, g_bytes_unref);

  pass_time (self);
  assert_decides (host, "recent", "sign_in");
  model_host_await_text (host, "TTcloud wants you to sign in again");
  g_assert_true (model_host_page_says (host, SIGNED_IN SHOP_MARA));
  g_assert_true (model_host_offers (host, "sign-in"));
  g_assert_true (model_host_offers (host, "sign-out"));
  g_assert_null (host->secret);

  g_assert_cmpint (model_host_do (host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  assert_decides (host, "sign_in", NULL);
}

/* Refused, and after a restart still the same person, whom TTcloud wants to sign in again. */
static void
test_refused_over_a_restart (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  g_autoptr (GBytes) secret = NULL;
  ModelHost *other;

  model_host_sign_in (host, SHOP_MARA);
  secret = g_bytes_ref (host->secret);
  other = open_window (self, secret);
  g_assert_cmpint (model_host_do (other, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  model_host_free (other);
  pass_time (self);
  assert_decides (host, "flag_unknown", "sign_in");
  model_host_stop (host);

  model_host_start (host);
  model_host_await_text (host, "TTcloud wants you to sign in again");
  g_assert_true (model_host_page_says (host, SIGNED_IN SHOP_MARA));
  assert_decides (host, "flag_unknown", "sign_in");
}

/* The person signs in again in the other window, and comes back to this one. */
static void
test_signed_in_elsewhere (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  ModelHost *other;

  model_host_sign_in (host, SHOP_MARA);
  other = open_window (self, host->secret);
  g_assert_cmpint (model_host_do (other, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  pass_time (self);
  assert_decides (host, "flag_unknown", "sign_in");
  model_host_sign_in (other, SHOP_MARA);
  g_clear_pointer (&host->secret, g_bytes_unref);
  host->secret = g_bytes_ref (other->secret);
  model_host_free (other);

  ttecomm_model_activated (host->model);
  assert_decides (host, "flag_unknown", "sign_in");
  model_host_await_text (host, "Switch account");
  assert_decides (host, "ok", NULL);
}

/* A refresh that could not be asked is no refusal. */
static void
test_not_asked_is_not_refused (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  assert_decides (host, "ok", NULL);
  ttecomm_fake_clock_advance (self->shop->clock, 3600);
  assert_no_cause_to_ask (self);
  assert_decides (host, "recent", "busy");
  g_assert_false (model_host_page_says (host, "TTcloud wants you to sign in again"));
  shop_heal (self->shop);
  assert_decides (host, "ok", NULL);
}

/* -- a safe place that fails -- */

static void
test_not_kept (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  host->refuses_saves = TRUE;
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_text (host, "You will have to sign in again next time");
  assert_decides (host, "ok", NULL);
  host->refuses_saves = FALSE;
  ttecomm_fake_clock_advance (self->shop->clock, 3600);
  assert_decides (host, "ok", NULL);
  g_assert_true (harness_wait_until (has_secret, host, SHOP_PATIENCE));
  g_assert_cmpint (model_host_do (host, "refresh", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_false (model_host_page_says (host, "You will have to sign in again next time"));
}

static void
test_not_erased (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  host->refuses_erasing = host->refuses_saves = TRUE;
  g_assert_cmpint (model_host_do (host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_text (host, "but TTcloud no longer accepts it");
  assert_decides (host, "sign_in", NULL);

  /* What is left is worth nothing. */
  host->refuses_erasing = host->refuses_saves = FALSE;
  model_host_stop (host);
  model_host_start (host);
  model_host_await_text (host, "TTcloud wants you to sign in again");
  assert_decides (host, "flag_unknown", "sign_in");
}

static void
test_neither_erased_nor_revoked (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  host->refuses_erasing = host->refuses_saves = TRUE;
  shop_fault (self->shop, "refuse-503", "/oauth/revoke", 1000);
  g_assert_cmpint (model_host_do (host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await_text (host, "TTcloud could not be told");
  assert_decides (host, "sign_in", NULL);
}

/* The safe place asked for a password of its own first. */
static void
test_opened_late (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  model_host_stop (host);
  host->mute_secrets = TRUE;
  model_host_start (host);
  assert_decides (host, "sign_in", NULL);
  ttecomm_model_secret_loaded (host->model, host->secret_key, host->secret);
  model_host_await_text (host, SIGNED_IN SHOP_MARA);
  assert_decides (host, "ok", NULL);
}

static void
test_cannot_be_read (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_stop (host);
  host->mute_secrets = TRUE;
  model_host_start (host);
  ttecomm_model_secret_failed (host->model, host->secret_key);
  assert_decides (host, "sign_in", NULL);
  model_host_sign_in (host, SHOP_MARA);
  assert_decides (host, "ok", NULL);
}

/* -- signing out -- */

/* An order is on its way to be paid. */
static void
order (ModelHost *host)
{
  model_host_open (host, VILLA);
  model_host_await_state (host, "ready");
  model_host_await_text (host, "basket.add.RS");
  g_assert_cmpint (model_host_do (host, "basket.add.RS", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (host, "basket.quote", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (host, "basket.accept", "{\"terms\":true}"), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (host, "basket.pay", NULL), ==, TTECOMM_ENDED_OK);
}

static void
put_foreign (ModelHost *host, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (host->settings->cache_dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_sign_out_leaves_nothing (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  shop_heal (self->shop);
  put_foreign (host, "rs-00000000000000aa.jws", "x\n{\"whose\":\"0123456789abcdef\"}\n");
  model_host_sign_in (host, SHOP_MARA);
  order (host);
  assert_decides (host, "ok", NULL);
  g_assert_true (has_orders (host, 1));
  /* The file's, the one asked about, the foreign one, and what is kept ready. */
  await_statements (host, 4, TRUE);

  g_assert_cmpint (model_host_do (host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_null (host->secret);
  g_assert_true (has_orders (host, 0));
  await_statements (host, 1, FALSE);
  assert_decides (host, "sign_in", NULL);
  g_assert_false (model_host_page_says (host, SIGNED_IN SHOP_MARA));
  g_assert_false (model_host_offers (host, "sign-out"));

  /* TTcloud knows the order; so does the page, after the next sign-in. */
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_text (host, "basket.cancel-order");
}

/* Switching is signing out and the browser. */
static void
test_switching_leaves_nothing (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  order (host);
  g_assert_true (has_orders (host, 1));
  model_host_sign_in (host, JONAS);
  model_host_await_text (host, SIGNED_IN JONAS);
  g_assert_true (has_orders (host, 0));
  g_assert_false (model_host_page_says (host, SIGNED_IN SHOP_MARA));
}

/* The same person again: nothing of theirs is lost. */
static void
test_the_same_person_again (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  order (host);
  g_assert_true (has_orders (host, 1));
  model_host_sign_in (host, SHOP_MARA);
  model_host_await_text (host, "basket.cancel-order");
  g_assert_true (has_orders (host, 1));
}

static void
test_sign_out_while_checking (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  TtecommDecision *decision;
  guint64 op;

  model_host_sign_in (host, SHOP_MARA);
  shop_fault (self->shop, "stall", "/v1/service-flag", 1000);
  op = ++host->last_op;
  ttecomm_model_check (host->model, op, SITE, NULL, 0);
  g_assert_cmpint (model_host_do (host, "sign-out", NULL), ==, TTECOMM_ENDED_OK);
  model_host_await (host, op);
  decision = g_hash_table_lookup (host->decisions, GSIZE_TO_POINTER (op));
  g_assert_cmpstr (decision->code, ==, "sign_in");
  g_assert_false (decision->allowed);
  model_host_assert_all_ended_once (host);
}

/* Offline, or closed before TTcloud has answered: signed out here all the same. */
static void
test_sign_out_in_the_middle (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  model_host_sign_in (host, SHOP_MARA);
  assert_decides (host, "ok", NULL);
  shop_fault (self->shop, "stall", "/oauth/revoke", 1000);
  model_host_invoke (host, "sign-out", NULL);
  g_assert_null (host->secret);
  model_host_stop (host);
  model_host_start (host);
  assert_decides (host, "sign_in", NULL);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "model-sign-in", name, Fixture, NULL, set_up, func, tear_down)
  ADD ("restart", test_restart);
  ADD ("refused-is-not-signed-out", test_refused_is_not_signed_out);
  ADD ("refused-over-a-restart", test_refused_over_a_restart);
  ADD ("signed-in-elsewhere", test_signed_in_elsewhere);
  ADD ("not-asked-is-not-refused", test_not_asked_is_not_refused);
  ADD ("not-kept", test_not_kept);
  ADD ("not-erased", test_not_erased);
  ADD ("neither-erased-nor-revoked", test_neither_erased_nor_revoked);
  ADD ("opened-late", test_opened_late);
  ADD ("cannot-be-read", test_cannot_be_read);
  ADD ("sign-out-leaves-nothing", test_sign_out_leaves_nothing);
  ADD ("switching-leaves-nothing", test_switching_leaves_nothing);
  ADD ("the-same-person-again", test_the_same_person_again);
  ADD ("sign-out-while-checking", test_sign_out_while_checking);
  ADD ("sign-out-in-the-middle", test_sign_out_in_the_middle);
}

HARNESS_MAIN (register_tests)
