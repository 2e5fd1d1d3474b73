/* SPDX-License-Identifier: MIT */
/* R5: how long calls take, and what they wait for. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/cloud.h"
#include "tests/check/tests.h"

#define ROUNDS 40
#define CALL_US 1000
#define INIT_US 10000
#define HANG_US 250000
#define DESTROY_US 5000000
#define SITE "00000000-0000-4000-8000-000000000000"

/* Of many times the shortest: a busy computer makes some long, a call that blocks makes all. */
typedef struct Best
{
  int64_t render, callback, count, gate, open, close, invoke;
} Best;

static void
keep (int64_t *best, const CheckHost *host)
{
  if (*best == 0 || host->last_us + 1 < *best)
    *best = host->last_us + 1;
}

static void
judge (const Check *check, const char *call, int64_t best, int64_t limit)
{
  if ((double)best > (double)limit * check->options.patience)
    check_fail (NULL, "%s takes %.1f ms at best; %.0f ms are allowed", call, (double)best / 1000,
                (double)limit / 1000);
}

static void
measure_page (CheckHost *host, const char *page, Best *best)
{
  prosoft_view_t view;
  int64_t revision;

  if (check_open_page (host, page, &view) < 0)
    return;
  keep (&best->open, host);
  free (check_render (host, view, &revision));
  keep (&best->render, host);
  check_call_begin (host, "pages.count");
  host->pages->count (host->plugin);
  check_call_end (host);
  keep (&best->count, host);
  check_close_page (host, view);
  keep (&best->close, host);
}

static void
measure_gate (CheckHost *host, Best *best)
{
  prosoft_op_t op;

  if (check_gate (host, SITE, 1, &op) < 0)
    return;
  keep (&best->gate, host);
  check_cancel (host, op);
  check_wait_op (host, op);
}

static void
test_calls_return_soon (Check *check)
{
  CheckHost *host = check_begin (check);
  char *page = host->pages != NULL ? check_first_page (host) : NULL;
  Best best = { 0 };

  for (int i = 0; i < ROUNDS; i++)
    {
      check_host_on_main_thread (host);
      keep (&best.callback, host);
      if (page != NULL)
        measure_page (host, page, &best);
      if (host->gate != NULL && host->operations != NULL)
        measure_gate (host, &best);
    }
  judge (check, "plugin.on_main_thread", best.callback, CALL_US);
  judge (check, "pages.open", best.open, CALL_US);
  judge (check, "pages.render", best.render, CALL_US);
  judge (check, "pages.count", best.count, CALL_US);
  judge (check, "pages.close", best.close, CALL_US);
  judge (check, "session_gate.check", best.gate, CALL_US);
  check_host_destroy (host);
  free (page);
}

static void
test_init_returns_soon (Check *check)
{
  int64_t best = 0;

  check_load (check);
  for (int i = 0; i < 5; i++)
    {
      CheckHost *host = check_host_new (check);
      prosoft_error_t error;

      check_host_create (host);
      atomic_store (&host->life, CHECK_LIFE_RUNNING);
      check_call_begin (host, "plugin.init");
      if (host->plugin->init (host->plugin, &error) < 0)
        check_fail (NULL, "plugin.init fails in round %d", i + 1);
      check_call_end (host);
      keep (&best, host);
      check_host_destroy (host);
    }
  judge (check, "plugin.init", best, INIT_US);
}

/* A single call, with a limit that no busy computer reaches. */
static void
judge_once (const CheckHost *host, const char *call)
{
  if ((double)host->last_us > HANG_US * host->check->options.patience)
    check_fail (NULL, "%s took %lld ms while the cloud was silent: it waits for the network", call,
                (long long)host->last_us / 1000);
}

static void
use_while_silent (CheckHost *host)
{
  char *page = check_first_page (host);
  prosoft_view_t view;
  prosoft_op_t op = 0;
  int64_t revision;

  if (check_open_page (host, page, &view) >= 0)
    {
      judge_once (host, "pages.open");
      for (int i = 0; i < 20; i++)
        {
          free (check_render (host, view, &revision));
          judge_once (host, "pages.render");
          check_host_on_main_thread (host);
          judge_once (host, "plugin.on_main_thread");
          check_host_pump (host, 5);
        }
    }
  if (host->gate != NULL)
    {
      check_gate (host, SITE, 0, &op);
      judge_once (host, "session_gate.check");
    }
  check_host_pump (host, 200);
  free (page);
}

static void
test_silent_cloud (Check *check)
{
  CheckCloud *cloud = check_cloud_new (CHECK_CLOUD_SILENT);
  CheckHost *host;

  check_load (check);
  host = check_host_new (check);
  check_cloud_use (cloud, host, false);
  check_host_start (host);
  if (host->pages == NULL)
    check_skip ("the plug-in has no pages");
  use_while_silent (host);
  check_host_destroy (host);
  if ((double)host->last_us > DESTROY_US * check->options.patience)
    check_fail (NULL, "plugin.destroy took %.1f s; 5 s are allowed",
                (double)host->last_us / 1000000);
  check_cloud_free (cloud);
}

static void
test_idle_is_idle (Check *check)
{
  CheckHost *host = check_begin (check);
  unsigned before;

  check_host_pump (host, 200);
  check_host_on_main_thread (host);
  before = atomic_load (&host->n_requests);
  check_host_pump (host, 200);
  /* Each callback asks for the next. */
  if (atomic_load (&host->n_requests) - before > 50)
    check_fail (NULL, "with nothing to do request_callback() was called %u times in 0.2 s",
                atomic_load (&host->n_requests) - before);
  check_host_destroy (host);
}

static void
test_callback_flood (Check *check)
{
  CheckHost *host = check_begin (check);
  int64_t before = platform_thread_cpu_us ();

  for (int i = 0; i < 20000; i++)
    check_host_on_main_thread (host);
  if ((double)(platform_thread_cpu_us () - before) > 5000000.0 * check->options.patience)
    check_fail (NULL, "20,000 callbacks with nothing to do take more than 5 s");
  check_host_destroy (host);
}

const CheckTest check_tests_blocking[] = {
  { "R5", "calls-return-soon", 3, "every call returns within 1 ms", test_calls_return_soon },
  { "R5", "init-returns-soon", 2, "init() returns within 10 ms", test_init_returns_soon },
  { "R5", "silent-cloud", 4, "nothing waits for a cloud that does not answer", test_silent_cloud },
  { "R5", "idle-is-idle", 4, "without anything to do no callbacks are asked for",
    test_idle_is_idle },
  { "R5", "callback-flood", 6, "20,000 callbacks do no harm", test_callback_flood },
  { NULL, NULL, 0, NULL, NULL },
};
