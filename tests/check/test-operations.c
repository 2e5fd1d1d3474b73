/* SPDX-License-Identifier: MIT */
/* R10: exactly one completion each. */
#include <stdlib.h>

#include "tests/check/cloud.h"
#include "tests/check/tests.h"

#define SITE "00000000-0000-4000-8000-000000000000"

static void
need_operations (const CheckHost *host)
{
  if (host->gate == NULL || host->operations == NULL)
    check_skip ("the plug-in has no gate, or no operations");
}

static void
test_each_ends_once (Check *check)
{
  CheckHost *host = check_begin (check);
  prosoft_op_t op;

  check_host_live (host);
  for (int i = 0; host->gate != NULL && i < 10; i++)
    if (check_gate (host, SITE, 200, &op) >= 0)
      check_wait_op (host, op);
  /* A second completion may take its time. */
  check_host_pump (host, 100);
  check_host_destroy (host);
}

static void
test_cancel (Check *check)
{
  CheckHost *host = check_begin (check);
  prosoft_op_t op;

  need_operations (host);
  host->may_misbehave = true;
  if (check_cancel (host, 123456789) != PROSOFT_E_INVALID)
    check_fail (NULL, "cancel() of an operation that never was does not give PROSOFT_E_INVALID");
  if (check_gate (host, SITE, 0, &op) < 0)
    check_stop ();
  if (check_cancel (host, op) < 0)
    check_fail (NULL, "cancel() of an open operation fails");
  if (check_find_op (host, op)->endings == 0 && check_cancel (host, op) < 0)
    check_fail (NULL, "cancel() is not idempotent: asked again it fails");
  if (!check_wait_op (host, op))
    check_stop ();
  if (check_cancel (host, op) != PROSOFT_E_INVALID)
    check_fail (NULL, "cancel() of an operation that is over does not give PROSOFT_E_INVALID");
  check_host_pump (host, 50);
  check_host_destroy (host);
}

static void
test_cancelled_never_admits (Check *check)
{
  CheckHost *host = check_begin (check);

  need_operations (host);
  for (int i = 0; i < 20; i++)
    {
      prosoft_op_t op;

      if (check_gate (host, SITE, 0, &op) < 0)
        check_stop ();
      if (i % 2 == 0)
        check_cancel (host, op);
      check_wait_op (host, op);
    }
  check_host_destroy (host);
}

/* The cloud is silent, so all of them are open when it ends. */
static void
test_destroy_ends_all (Check *check)
{
  CheckCloud *cloud = check_cloud_new (CHECK_CLOUD_SILENT);
  CheckHost *host;
  prosoft_view_t view;
  prosoft_op_t op;

  check_load (check);
  host = check_host_new (check);
  check_cloud_use (cloud, host, false);
  check_host_start (host);
  if (host->pages != NULL)
    {
      char *page = check_first_page (host), *action;

      if (check_open_page (host, page, &view) >= 0)
        {
          action = check_first_action (host, view);
          for (int i = 0; i < 3; i++)
            check_invoke (host, view, 1, action, NULL, &op);
          free (action);
        }
      free (page);
    }
  for (int i = 0; host->gate != NULL && i < 5; i++)
    check_gate (host, SITE, 0, &op);
  check_host_destroy (host);
  for (size_t i = 0; i < host->n_ops; i++)
    if (host->ops[i].is_check && host->ops[i].allowed == 1)
      check_fail ("gate", "destroy() ended a check with allowed = 1");
  check_cloud_free (cloud);
}

static void
test_many_at_once (Check *check)
{
  CheckHost *host = check_begin (check);
  prosoft_op_t ops[200];

  need_operations (host);
  for (size_t i = 0; i < CHECK_COUNT (ops); i++)
    if (check_gate (host, SITE, 100, &ops[i]) < 0)
      ops[i] = 0;
  for (size_t i = 0; i < CHECK_COUNT (ops); i++)
    if (ops[i] != 0)
      check_wait_op (host, ops[i]);
  check_host_destroy (host);
}

const CheckTest check_tests_operations[] = {
  { "R10", "each-ends-once", 2, "every operation has one completion of its own kind",
    test_each_ends_once },
  { "R10", "cancel", 2, "cancel() is a request, idempotent, and refuses what is unknown or over",
    test_cancel },
  { "R10", "cancel-or-not", 3, "operations end once, cancelled or not",
    test_cancelled_never_admits },
  { "R10", "destroy-ends-all", 3, "destroy() completes what is open", test_destroy_ends_all },
  { "R10", "many-at-once", 6, "two hundred operations at once end once each", test_many_at_once },
  { NULL, NULL, 0, NULL, NULL },
};
