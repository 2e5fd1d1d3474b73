/* SPDX-License-Identifier: MIT */
/* R4 and R6: who calls whom, when. The host's functions look; here is something to look at. */
#include <stdlib.h>

#include "tests/check/tests.h"

static void
test_life (Check *check)
{
  CheckHost *host = check_begin (check);

  check_host_live (host);
  check_host_pump (host, 100);
  check_host_destroy (host);
}

/* Wakes arrive with nobody looking, and are answered late and in one. */
static void
test_late_answers (Check *check)
{
  CheckHost *host = check_begin (check);
  prosoft_op_t op[8];

  if (host->gate == NULL)
    check_skip ("the plug-in has no gate");
  for (size_t i = 0; i < CHECK_COUNT (op); i++)
    if (check_gate (host, "00000000-0000-4000-8000-000000000000", 200, &op[i]) < 0)
      op[i] = 0;
  check_step ("the host does something else");
  platform_sleep_ms (400);
  for (size_t i = 0; i < CHECK_COUNT (op); i++)
    if (op[i] != 0)
      check_wait_op (host, op[i]);
  check_host_destroy (host);
}

/* Nobody asked for a callback, and it comes all the same, between all other calls. */
static void
test_spurious_callbacks (Check *check)
{
  CheckHost *host = check_begin (check);
  char *page = check_first_page (host);
  prosoft_view_t view;
  int64_t revision;

  for (int i = 0; i < 50; i++)
    check_host_on_main_thread (host);
  if (check_open_page (host, page, &view) >= 0)
    {
      check_host_on_main_thread (host);
      free (check_render (host, view, &revision));
      check_host_on_main_thread (host);
      check_close_page (host, view);
      check_host_on_main_thread (host);
    }
  check_host_destroy (host);
  free (page);
}

const CheckTest check_tests_threads[] = {
  { "R4", "main-functions-on-main", 2,
    "from other threads only the four [any] functions are called", test_life },
  { "R4", "late-answers", 3, "what was ready long ago waits for on_main_thread()",
    test_late_answers },
  { NULL, NULL, 0, NULL, NULL },
};

const CheckTest check_tests_calls[] = {
  { "R6", "only-within-calls", 2, "[main] functions are called within calls of the plug-in only",
    test_life },
  { "R6", "spurious-callbacks", 2, "on_main_thread() may come at any time between other calls",
    test_spurious_callbacks },
  { NULL, NULL, 0, NULL, NULL },
};
