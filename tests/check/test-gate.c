/* SPDX-License-Identifier: MIT */
/* session-gate/1: whatever goes wrong, nobody is let in. */
#include "tests/check/cloud.h"
#include "tests/check/tests.h"

#define SITE "00000000-0000-4000-8000-000000000000"
#define ROUNDS 2
#define MAX_ROUNDS 12

static void
ask (CheckHost *host, const CheckCloud *cloud, const char *mode)
{
  /* Where an answer is due from the cloud, it is asked until it was reached: a computer may be
   * busy. */
  bool must_ask = cloud != NULL && host->secret != NULL;
  prosoft_op_t op;

  for (int i = 0; i < ROUNDS || (must_ask && i < MAX_ROUNDS && check_cloud_count (cloud) == 0); i++)
    {
      if (check_gate (host, SITE, 1500, &op) < 0)
        continue;
      if (!check_wait_op (host, op))
        return;
      if (check_find_op (host, op)->allowed == 1)
        check_fail (NULL, "the gate admits with a cloud that answers \"%s\"", mode);
    }
}

static void
ask_once (Check *check, CheckCloudMode mode, bool as_proxy)
{
  CheckCloud *cloud = check_cloud_new (mode);
  CheckHost *host = check_host_new (check);

  check_cloud_use (cloud, host, as_proxy);
  check_host_start (host);
  if (host->gate == NULL)
    check_skip ("the plug-in has no gate");
  /* A kept sign-in is asked for and given. */
  check_host_pump (host, 100);
  ask (host, cloud, check_cloud_mode_name (mode));
  check_host_destroy (host);
  if (check->options.sign_in != NULL && check_cloud_count (cloud) == 0)
    check_fail (NULL, "a sign-in was given, and the %s was never asked: this test shows nothing",
                as_proxy ? "proxy" : "cloud");
  check_cloud_free (cloud);
}

static void
ask_cloud (Check *check, CheckCloudMode mode)
{
  check_load (check);
  ask_once (check, mode, false);
  ask_once (check, mode, true);
}

static void
test_silent (Check *check)
{
  ask_cloud (check, CHECK_CLOUD_SILENT);
}
static void
test_reset (Check *check)
{
  ask_cloud (check, CHECK_CLOUD_RESET);
}
static void
test_401 (Check *check)
{
  ask_cloud (check, CHECK_CLOUD_401);
}
static void
test_500 (Check *check)
{
  ask_cloud (check, CHECK_CLOUD_500);
}
static void
test_bad_json (Check *check)
{
  ask_cloud (check, CHECK_CLOUD_BAD_JSON);
}
static void
test_unsigned_yes (Check *check)
{
  ask_cloud (check, CHECK_CLOUD_YES);
}
static void
test_delay (Check *check)
{
  ask_cloud (check, CHECK_CLOUD_DELAY);
}

/* Another address than any: nobody listens there. */
static void
test_nobody (Check *check)
{
  CheckHost *host = check_begin (check);

  if (host->gate == NULL)
    check_skip ("the plug-in has no gate");
  ask (host, NULL, "nothing at all");
  check_host_destroy (host);
}

#define NEVER "nobody is admitted when the cloud "

const CheckTest check_tests_gate[] = {
  { "gate", "nobody", 2, NEVER "is not there", test_nobody },
  { "gate", "silent", 4, NEVER "does not answer", test_silent },
  { "gate", "reset", 4, NEVER "breaks the connection", test_reset },
  { "gate", "401", 4, NEVER "answers 401", test_401 },
  { "gate", "500", 4, NEVER "answers 500", test_500 },
  { "gate", "bad-json", 4, NEVER "answers half a JSON text", test_bad_json },
  { "gate", "unsigned-yes", 4, NEVER "says yes without a signature", test_unsigned_yes },
  { "gate", "delay", 5, NEVER "answers late", test_delay },
  { NULL, NULL, 0, NULL, NULL },
};
