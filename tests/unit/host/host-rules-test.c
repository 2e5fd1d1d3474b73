/* SPDX-License-Identifier: MIT */
/* Each check of the host against a specimen that breaks just this rule. */
#include "tests/unit/host/support.h"

#include "tests/host/host-private.h"

typedef struct
{
  const char *specimen;
  int check;     /* HostCheck; -1: nothing must be found */
  gboolean open; /* the operation of "work", or the check, is never completed */
} Rule;

static const Rule rules[] = {
  { "good", -1, FALSE },
  { "shop", -1, FALSE },
  { "restores", -1, FALSE },
  { "thread", HOST_CHECK_THREAD, FALSE },
  { "in-create", HOST_CHECK_IN_CREATE, FALSE },
  { "text", HOST_CHECK_TEXT, FALSE },
  { "text-null", HOST_CHECK_TEXT, FALSE },
  { "text-lines", HOST_CHECK_TEXT, FALSE },
  { "struct", HOST_CHECK_STRUCT, FALSE },
  { "decision-short", HOST_CHECK_STRUCT, FALSE },
  { "progress", HOST_CHECK_RESULT, FALSE },
  { "op-zero", HOST_CHECK_OP_NUMBER, FALSE },
  { "op-failed", HOST_CHECK_OP_NUMBER, FALSE },
  { "op-again", HOST_CHECK_OP_NUMBER, FALSE },
  { "op-inside", HOST_CHECK_OP_INSIDE, FALSE },
  { "op-twice", HOST_CHECK_OP_TWICE, FALSE },
  { "op-unknown", HOST_CHECK_OP_UNKNOWN, FALSE },
  { "op-progress", HOST_CHECK_OP_UNKNOWN, FALSE },
  { "op-kind", HOST_CHECK_OP_KIND, TRUE },
  { "op-missing", HOST_CHECK_OP_MISSING, TRUE },
  { "late-call", HOST_CHECK_LATE_CALL, FALSE },
  { "late-reader", HOST_CHECK_LATE_CALL, FALSE },
  { "threads", HOST_CHECK_THREADS, FALSE },
  { "locale", HOST_CHECK_LOCALE, FALSE },
  { "folder", HOST_CHECK_FOLDER, FALSE },
  { "variables", HOST_CHECK_VARIABLES, FALSE },
  { "signals", HOST_CHECK_SIGNALS, FALSE },
  { "floating", HOST_CHECK_FLOATING, FALSE },
  { "main-context", HOST_CHECK_MAIN_CONTEXT, FALSE },
  { "view", HOST_CHECK_VIEW, FALSE },
  { "revision", HOST_CHECK_REVISION, FALSE },
  { "render", HOST_CHECK_REVISION, FALSE },
  { "decision", HOST_CHECK_DECISION, FALSE },
  { "decision-deny", HOST_CHECK_DECISION, FALSE },
  { "decision-two", HOST_CHECK_DECISION, FALSE },
  { "uri", HOST_CHECK_URI, FALSE },
  { "secret", HOST_CHECK_ANSWER, FALSE },
  { "save", HOST_CHECK_ANSWER, FALSE },
};

static void
do_work (Host *host, prosoft_view_t view, gboolean stays_open)
{
  prosoft_op_t op = 0;

  if (host_invoke (host, view, "work", NULL, &op, NULL) == PROSOFT_OK && !stays_open)
    test_host_wait (host, op);
}

static void
ask_gate (Host *host, const Rule *rule)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (host_check_session (host, "good", "Villa", 0, &op), ==, PROSOFT_OK);
  if (rule->open)
    return;
  g_assert_true (test_host_wait (host, op)->is_check);
  /* Whatever a broken decision says: it admits nobody. */
  g_assert_cmpint (host_operation_admits (host_get_operation (host, op)), ==,
                   !g_str_has_prefix (rule->specimen, "decision"));
}

/* What every specimen goes through. */
static void
live_once (Host *host, const char *dir, const Rule *rule)
{
  prosoft_view_t view = 0;

  test_host_run (host, rule->specimen);
  test_host_open_project (host, dir, 1000);
  g_assert_cmpint (host_open_page (host, "specimen", &view, NULL), ==, PROSOFT_OK);
  host_refresh_view (host, view);
  do_work (host, view, rule->open);
  do_work (host, view, rule->open);
  ask_gate (host, rule);
  if (rule->open)
    host_run_for (host, 60);
  host_close_project (host);
  host_stop (host);
  host_unload (host);
}

static void
test_rule (gconstpointer data)
{
  const Rule *rule = data;
  const char *dir = harness_tmpdir ();
  HostOptions options = { 0 };
  Host *host = test_host_new (dir, &options);
  HostFindings *findings = host_get_findings (host);

  live_once (host, dir, rule);
  for (int check = 0; check < HOST_N_CHECKS; check++)
    {
      gsize count = host_findings_count (findings, (HostCheck)check);

      g_test_message ("%s: %" G_GSIZE_FORMAT, host_check_name ((HostCheck)check), count);
      if (check == rule->check)
        g_assert_cmpuint (count, >, 0);
      else if (rule->check != HOST_CHECK_OP_KIND || check != HOST_CHECK_OP_MISSING)
        g_assert_cmpuint (count, ==, 0);
    }
  if (rule->check >= 0)
    {
      g_autofree char *log = test_host_log (dir);

      g_assert_nonnull (strstr (log, "PLUGIN-MISBEHAVING host: "));
      g_assert_nonnull (strstr (log, host_check_name ((HostCheck)rule->check)));
      g_assert_false (host_findings_get (findings, 0)->by_host);
    }
  host_free (host);
}

/* R6 is the host's own to keep: a call from inside another is refused and reported. */
static void
test_refuses_reentrancy (void)
{
  const char *dir = harness_tmpdir ();
  HostOptions options = { 0 };
  Host *host = test_host_new (dir, &options);
  prosoft_view_t view = 0;
  prosoft_op_t op = 0;
  int64_t started = 0;

  test_host_run (host, "good");
  g_assert_cmpint (host_open_page (host, "specimen", &view, NULL), ==, PROSOFT_OK);
  g_assert_true (host_call_begin (host, "pages.render", &started));
  g_assert_cmpint (host_invoke (host, view, "work", NULL, &op, NULL), ==, PROSOFT_E_BUSY);
  g_assert_cmpint (host_check_session (host, NULL, NULL, 0, &op), ==, PROSOFT_E_BUSY);
  g_assert_cmpint (host_set_environment (host, "theme", "dark"), ==, PROSOFT_E_BUSY);
  host_call_end (host, started);
  g_assert_cmpuint (host_findings_count (host_get_findings (host), HOST_CHECK_REENTRANCY), ==, 3);
  g_assert_true (host_findings_get (host_get_findings (host), 0)->by_host);
  g_assert_cmpint (host_invoke (host, view, "work", NULL, &op, NULL), ==, PROSOFT_OK);
  test_host_wait (host, op);
  host_free (host);
}

/* In a desktop that runs the context itself, a source there is nobody's fault. */
static void
test_leaves_its_own_context_alone (void)
{
  const char *dir = harness_tmpdir ();
  HostOptions options = { .has_main_context = true };
  Host *host = test_host_new (dir, &options);
  const Rule rule = { "main-context", -1, FALSE };

  live_once (host, dir, &rule);
  g_assert_cmpuint (host_findings_total (host_get_findings (host)), ==, 0);
  host_free (host);
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    harness_add_full (harness, "host-rules", rules[i].specimen, test_rule, (gpointer)&rules[i],
                      NULL);
  harness_add (harness, "host-rules", "refuses-reentrancy", test_refuses_reentrancy);
  harness_add (harness, "host-rules", "leaves-its-own-context-alone",
               test_leaves_its_own_context_alone);
}

HARNESS_MAIN (register_tests)
