/* SPDX-License-Identifier: MIT */
/*
 * The second act: everything that can go wrong around a check and a payment. The program is killed
 * while somebody pays; TTcloud is down, with a fresh answer at hand and with an old one; a guest
 * network answers for TTcloud; the clock of the PC is wrong; the file has a password.
 */
#include "tests/demo/acts.h"

#include <string.h>

#include "base/json.h"
#include "tests/demo/actor.h"
#include "tests/host/page-text.h"
#include "tests/host/page-tree.h"

#define DAY 86400
#define LINE_MS 20000

/* -- killed while paying -- */

/* PROSOFT as a program of its own, so that it can be killed. Its browser is closed unpaid. */
static Actor *
start_buyer (Stage *stage, GError **error)
{
  g_autofree char *program
      = g_build_filename (BUILD_ROOT, "tests", "host", "prosoft-mock" HOST_PROGRAM_SUFFIX, NULL);
  g_autofree char *module = stage_dup_module (stage);
  g_autofree char *person = stage_dup_program ("sandbox-person");
  g_autofree char *quoted = g_shell_quote (person);
  /* A browser that does nothing but come and go. */
  g_autofree char *browser = g_strconcat (quoted, " --help", NULL);
  g_autofree char *home = stage_dup_home (stage);
  g_autofree char *file = stage_dup_data ("villa-picos.nbt");
  const char *const arguments[] = {
    program,
    "--module",
    module,
    "--home",
    home,
    "--sandbox",
    sandbox_process_get_folder (stage->sandbox),
    "--as",
    STAGE_INTEGRATOR,
    "--browser",
    browser,
    "buy",
    file,
    "RS",
    NULL,
  };

  return actor_start (arguments, error);
}

static gboolean
read_until (Actor *buyer, const char *words, GError **error)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (actor_get_output (buyer));
  g_autoptr (GString) said = g_string_new (NULL);

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, error);

      if (line == NULL)
        break;
      if (strstr (line, words) != NULL)
        return TRUE;
      g_string_append_printf (said, "%s; ", line);
    }
  if (error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the program ended: %s", said->str);
  return FALSE;
}

static gboolean
step_sign_in (Stage *stage)
{
  const char *what = "villa-picos.nbt is opened, " STAGE_INTEGRATOR " signs in";
  GError *error = NULL;

  if (!stage_start_host (stage, TRUE, &error)
      || stage_open (stage, "villa-picos.nbt", &error) == NULL
      || !host_driver_sign_in (stage->driver, &error)
      || !host_driver_wait_loaded (stage->driver, &error))
    return stage_failed (stage, what, "signed in", error);
  stage_step (stage, TRUE, what, "signed in", "signed in");
  g_clear_pointer (&stage->driver, host_driver_free);
  return TRUE;
}

static gboolean
step_kill (Stage *stage)
{
  const char *what = "PROSOFT buys Remote Services, and is killed while the checkout page is open";
  g_autoptr (Actor) buyer = NULL;
  gboolean was_running = FALSE;
  GError *error = NULL;

  buyer = start_buyer (stage, &error);
  if (buyer == NULL || !read_until (buyer, "opened the checkout page", &error))
    return stage_failed (stage, what, "an order that nobody has paid", error);
  if (!actor_kill (buyer, &was_running, &error))
    return stage_failed (stage, what, "killed", error);
  stage_step (stage, was_running, what, "killed",
              was_running ? "killed" : "it had ended by itself");
  return TRUE;
}

static gboolean
has_block (JsonObject *page, gpointer data)
{
  return host_page_find (page, data) != NULL;
}

static gboolean
step_found (Stage *stage)
{
  const char *what = "PROSOFT is started again";
  const char *expected = "the order is found, still waits for its payment, and was not sent twice";
  g_autofree char *basket = NULL;
  GError *error = NULL;
  guint n = 0;

  if (!stage_start_host (stage, TRUE, &error)
      || stage_open (stage, "villa-picos.nbt", &error) == NULL
      || !host_driver_wait_page (stage->driver, has_block, (gpointer) "basket.checkout",
                                 "the order to be found", STAGE_WAIT_MS, &error)
      || !sandbox_process_count_events (stage->sandbox, "purchase_invoice", NULL, &n, &error))
    return stage_failed (stage, what, expected, error);
  basket
      = host_page_block_to_text (host_driver_get_page (stage->driver, NULL), "basket", STAGE_WIDTH);
  stage_step (stage, n == 0, what, expected, "this, in the basket:");
  stage_show (g_strstrip (basket));
  return n == 0;
}

/* The person follows the link that the page shows. */
static gboolean
pay (Stage *stage, GError **error)
{
  g_autofree char *person = stage_dup_program ("sandbox-person");
  JsonObject *link = host_page_find (host_driver_get_page (stage->driver, NULL), "basket.checkout");
  const char *const arguments[]
      = { person, host_page_get_text (link, "uri"), "--as", STAGE_INTEGRATOR, NULL };

  return actor_play (arguments, error);
}

static gboolean
says_renews (JsonObject *page, gpointer data)
{
  return strstr (stage_get_cell (page, "subscriptions", "RS", 1), "renews at") != NULL;
}

static gboolean
step_pay (Stage *stage)
{
  const char *what = "the same order is paid";
  const char *expected = "the page says that it renews; one invoice";
  g_autofree char *got = NULL;
  GError *error = NULL;
  guint n = 0;

  if (!pay (stage, &error)
      || !host_driver_wait_page (stage->driver, says_renews, NULL, "the page to say so",
                                 STAGE_WAIT_MS, &error)
      || !sandbox_process_count_events (stage->sandbox, "purchase_invoice", NULL, &n, &error))
    return stage_failed (stage, what, expected, error);
  got = g_strdup_printf ("%s; %u %s",
                         stage_get_cell (host_driver_get_page (stage->driver, NULL),
                                         "subscriptions", "RS", 1),
                         n, n == 1 ? "invoice" : "invoices");
  stage_step (stage, n == 1, what, expected, got);
  return n == 1;
}

/* -- asking -- */

/* PROSOFT is started again, so that nothing is remembered but what is on disk. */
static gboolean
reopen (Stage *stage, const char *what)
{
  GError *error = NULL;

  if (stage_start_host (stage, TRUE, &error)
      && stage_open (stage, "villa-picos.nbt", &error) != NULL)
    return TRUE;
  return stage_failed (stage, what, "PROSOFT starts again", error);
}

/* @fault: (nullable): of TTcloud from here on; none when %NULL */
static gboolean
meet (Stage *stage, const char *what, const char *fault)
{
  GError *error = NULL;

  if (!sandbox_process_heal (stage->sandbox, &error)
      || (fault != NULL && !sandbox_process_set_fault (stage->sandbox, fault, &error)))
    return stage_failed (stage, what, "the sandbox does as it is told", error);
  return TRUE;
}

static gboolean
step_down_with_fresh_answer (Stage *stage)
{
  static const StageCheck expected = { .outcome = PROSOFT_GATE_NOTE,
                                       .code = "recent",
                                       .in_text = "TTcloud could not be reached" };
  const char *what = "TTcloud is down; it answered a minute ago";

  return meet (stage, what, "reset") && reopen (stage, what)
         && stage_check (stage, what, &expected);
}

static gboolean
step_portal (Stage *stage)
{
  static const StageCheck known
      = { .outcome = PROSOFT_GATE_NOTE, .code = "recent", .cause = "portal" };
  /* Those with Remote Services are kept ready; this one has none. */
  static const StageCheck unknown = { .installation = "site-unknown-role",
                                      .outcome = PROSOFT_GATE_WAIT,
                                      .code = "flag_unknown",
                                      .cause = "portal",
                                      .in_text = "guest network" };
  const char *what = "a hotel's network answers in TTcloud's place; it knows this installation";

  return meet (stage, what, "html-200") && reopen (stage, what) && stage_check (stage, what, &known)
         && stage_check (stage, "the same network, an installation never asked about", &unknown);
}

/* -- time -- */

static void
set_clock (Stage *stage, gint64 offset)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, offset);

  host_set_environment (host_driver_get_host (stage->driver), PROSOFT_ENV_CLOCK_OFFSET, text);
}

/* What a restart of the PC does to a kept answer: the boot that it came in is over. */
static gboolean
forget_boot (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GRegex) boot = g_regex_new ("\"boot\":\"[^\"]*\"", 0, 0, NULL);

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  other = g_regex_replace_literal (boot, text, -1, 0, "\"boot\":\"the one before\"", 0, error);
  return other != NULL && g_file_set_contents (path, other, -1, error);
}

static gboolean
restart_pc (Stage *stage, GError **error)
{
  g_autofree char *home = stage_dup_home (stage);
  g_autofree char *cache = g_build_filename (home, "cache", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&stage->driver, host_driver_free);
  dir = g_dir_open (cache, 0, error);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (cache, name, NULL);

      if (g_str_has_prefix (name, "rs-") && !forget_boot (path, error))
        return FALSE;
    }
  return dir != NULL && stage_start_host (stage, TRUE, error);
}

static gboolean
restart_pc_at (Stage *stage, const char *what, gint64 offset)
{
  GError *error = NULL;

  if (!restart_pc (stage, &error))
    return stage_failed (stage, what, "the PC starts again", error);
  set_clock (stage, offset);
  if (stage_open (stage, "villa-picos.nbt", &error) == NULL)
    return stage_failed (stage, what, "the page", error);
  return TRUE;
}

static gboolean
step_down_with_old_answer (Stage *stage)
{
  static const StageCheck expected = { .outcome = PROSOFT_GATE_WAIT,
                                       .code = "grace_over",
                                       .in_text = "Your subscription ran until" };
  const char *what = "TTcloud is down; the PC was off for four days";

  return meet (stage, what, "reset") && restart_pc_at (stage, what, 4 * DAY)
         && stage_check (stage, what, &expected);
}

static gboolean
step_wrong_clock (Stage *stage)
{
  static const StageCheck offline = { .outcome = PROSOFT_GATE_WAIT,
                                      .code = "clock_back",
                                      .in_text = "earlier than the last check" };
  static const StageCheck online
      = { .outcome = PROSOFT_GATE_NOTE, .code = "clock", .in_text = "The clock of this PC is" };
  static const StageCheck right = { .outcome = PROSOFT_GATE_ALLOW, .code = "ok" };
  const char *what = "TTcloud is down; the PC starts with a clock that is two days slow";

  if (!restart_pc_at (stage, what, -2 * DAY) || !stage_check (stage, what, &offline)
      || !meet (stage, what, NULL)
      || !stage_check (stage, "TTcloud is back, the clock is still wrong", &online))
    return FALSE;
  set_clock (stage, 0);
  return stage_check (stage, "the clock is right again", &right);
}

/* -- a file with a password -- */

#define WRONG_PASSWORD "{\"lock.password\":\"serena 2025\"}"
#define RIGHT_PASSWORD "{\"lock.password\":\"serena 2026 \u00e9\"}"

static gboolean
step_protected (Stage *stage)
{
  const char *what = "a protected project is opened";
  const char *expected = "the password is asked for; roles are unknown, not \"none\"";
  g_autofree char *text = NULL;
  JsonObject *page;
  GError *error = NULL;
  gboolean ok;

  host_close_project (host_driver_get_host (stage->driver));
  if (stage_open (stage, "protected.nbt", &error) == NULL
      || !host_driver_wait_page (stage->driver, has_block, (gpointer) "lock.open",
                                 "the password to be asked for", STAGE_WAIT_MS, &error))
    return stage_failed (stage, what, expected, error);
  page = host_driver_get_page (stage->driver, NULL);
  text = host_page_block_to_text (page, "lock", STAGE_WIDTH);
  ok = host_page_can_invoke (page, "lock.open", NULL);
  stage_step (stage, ok, what, expected, "this:");
  stage_show (g_strstrip (text));
  return ok;
}

/* @inputs: with a password */
static gboolean
enter (Stage *stage, const char *what, const char *inputs, gboolean opens)
{
  const char *expected = opens ? "people and roles" : "it is said, and nothing is shown";
  g_autofree char *shown = NULL;
  g_autoptr (GError) refused = NULL;
  JsonObject *page;
  gboolean was_opened = host_driver_invoke (stage->driver, "lock.open", inputs, NULL, &refused);

  page = host_driver_get_page (stage->driver, NULL);
  shown = host_page_block_to_text (page, opens ? "people" : "lock", STAGE_WIDTH);
  stage_step (stage, was_opened == opens, what, expected, "this:");
  stage_show (g_strstrip (shown));
  return was_opened == opens;
}

gboolean
act_outage (Stage *stage)
{
  gboolean ok = stage_start_sandbox (stage) && step_sign_in (stage) && step_kill (stage)
                && step_found (stage) && step_pay (stage)
                && stage_check (stage, "remote session",
                                &(StageCheck){ .outcome = PROSOFT_GATE_ALLOW, .code = "ok" })
                && step_down_with_fresh_answer (stage) && step_portal (stage)
                && step_down_with_old_answer (stage) && step_wrong_clock (stage)
                && step_protected (stage)
                && enter (stage, "a wrong password", WRONG_PASSWORD, FALSE)
                && enter (stage, "the right one", RIGHT_PASSWORD, TRUE);

  if (stage->driver != NULL)
    ok = stage_check_findings (stage) && ok;
  return ok;
}
