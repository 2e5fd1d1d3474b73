/* SPDX-License-Identifier: MIT */
/* R11: from init() to destroy(), and not a moment longer. */
#include <stdlib.h>

#include "tests/check/page.h"
#include "tests/check/tests.h"

#define SITE "00000000-0000-4000-8000-000000000000"

/* The tables cannot even be read after destroy(): whoever comes late dies of it. */
static void
test_silent_after_destroy (Check *check)
{
  CheckHost *host = check_begin (check);
  prosoft_op_t op;

  check_host_live (host);
  if (host->gate != NULL)
    check_gate (host, SITE, 0, &op);
  check_host_destroy (host);
  check_step ("after plugin.destroy");
  platform_sleep_ms (300);
  check_unload (check);
  check_step ("after entry.deinit");
  platform_sleep_ms (50);
}

static void
test_destroy_at_once (Check *check)
{
  check_load (check);
  for (int i = 0; i < 10; i++)
    {
      CheckHost *host = check_host_new (check);

      check_host_start (host);
      check_host_destroy (host);
    }
  check_step ("after plugin.destroy");
  platform_sleep_ms (100);
}

/* create() does not call the host, and destroy() may follow it. */
static void
test_destroy_without_init (Check *check)
{
  CheckHost *host;

  check_load (check);
  host = check_host_new (check);
  check_host_create (host);
  check_step ("plugin.get_extension before init()");
  host->plugin->get_extension (host->plugin, PROSOFT_EXT_PAGES);
  check_host_destroy (host);
}

static bool
shows_page (CheckHost *host)
{
  char *page = check_first_page (host), *text;
  prosoft_view_t view;
  int64_t revision;
  bool shown;

  if (check_open_page (host, page, &view) < 0)
    return false;
  text = check_render (host, view, &revision);
  shown = text != NULL;
  check_close_page (host, view);
  free (text);
  free (page);
  return shown;
}

static void
test_two_instances (Check *check)
{
  CheckHost *one = check_begin (check), *other = check_host_new (check);

  check_host_start (other);
  if (one->plugin == other->plugin)
    check_fail (NULL, "two hosts have the same instance");
  check_host_live (one);
  check_host_live (other);
  check_host_destroy (one);
  if (other->pages != NULL && !shows_page (other))
    check_fail (NULL, "an instance shows no page any more when another one is destroyed");
  check_host_destroy (other);
}

static void
test_closed_views (Check *check)
{
  CheckHost *host = check_begin (check);
  char *page = check_first_page (host);
  prosoft_view_t views[4];

  for (size_t i = 0; i < CHECK_COUNT (views); i++)
    if (check_open_page (host, page, &views[i]) < 0)
      check_stop ();
  for (size_t i = 0; i < CHECK_COUNT (views); i++)
    {
      check_close_page (host, views[i]);
      check_host_pump (host, 10);
    }
  if (host->environment != NULL)
    {
      check_host_set (host, PROSOFT_ENV_LOCALE, "fr");
      check_call_begin (host, "environment.changed");
      host->environment->changed (host->plugin, PROSOFT_ENV_LOCALE);
      check_call_end (host);
    }
  check_host_pump (host, 50);
  check_host_destroy (host);
  free (page);
}

const CheckTest check_tests_lifetime[] = {
  { "R11", "silent-after-destroy", 2, "after destroy() nothing reaches the host, from any thread",
    test_silent_after_destroy },
  { "R11", "destroy-at-once", 2, "init() and destroy() at once, ten times over",
    test_destroy_at_once },
  { "R11", "destroy-without-init", 1, "an instance that was never started goes quietly",
    test_destroy_without_init },
  { "R11", "two-instances", 3, "two instances do not know of each other", test_two_instances },
  { "R11", "closed-views", 2, "after close() nothing arrives for a view", test_closed_views },
  { NULL, NULL, 0, NULL, NULL },
};
