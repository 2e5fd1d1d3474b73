/* SPDX-License-Identifier: MIT */
/* R1: what types and flags a plug-in gives. */
#include "tests/check/tests.h"

static void
must_align (const void *table, const char *what)
{
  if (table != NULL && (uintptr_t)table % sizeof (void *) != 0)
    check_fail (NULL, "%s lies at an address that is no multiple of %zu", what, sizeof (void *));
}

/* A packed build, or one with another idea of the types, shows in addresses and NULL pointers. */
static void
test_tables_are_whole (Check *check)
{
  CheckHost *host = check_begin (check);
  const prosoft_plugin_t *plugin = host->plugin;
  const prosoft_plugin_factory_t *factory = check->factory;

  must_align (check->entry, "prosoft_entry");
  must_align (factory, "the factory");
  must_align (plugin, "the plug-in");
  must_align (plugin->descriptor, "the descriptor");
  must_align (host->environment, "the table " PROSOFT_EXT_ENVIRONMENT);
  must_align (host->operations, "the table " PROSOFT_EXT_OPERATIONS);
  must_align (host->project, "the table " PROSOFT_EXT_PROJECT);
  must_align (host->pages, "the table " PROSOFT_EXT_PAGES);
  must_align (host->gate, "the table " PROSOFT_EXT_SESSION_GATE);
  if (factory->count == NULL || factory->descriptor == NULL || factory->create == NULL)
    check_fail (NULL, "the factory has a NULL function");
  if (plugin->init == NULL || plugin->destroy == NULL || plugin->get_extension == NULL
      || plugin->on_main_thread == NULL)
    check_fail (NULL, "the plug-in has a NULL function");
  if (host->pages != NULL
      && (host->pages->count == NULL || host->pages->info == NULL || host->pages->open == NULL
          || host->pages->render == NULL || host->pages->invoke == NULL
          || host->pages->activated == NULL || host->pages->close == NULL))
    check_fail (NULL, "the table " PROSOFT_EXT_PAGES " has a NULL function");
  if (host->gate != NULL && (host->gate->check == NULL || host->gate->session_ended == NULL))
    check_fail (NULL, "the table " PROSOFT_EXT_SESSION_GATE " has a NULL function");
  if (host->gate != NULL && host->operations == NULL)
    check_fail (NULL, "the plug-in starts operations and has no table " PROSOFT_EXT_OPERATIONS);
  check_host_destroy (host);
}

/* The host's functions look at each flag and kind. */
static void
test_flags_and_kinds (Check *check)
{
  CheckHost *host = check_begin (check);

  check_host_live (host);
  check_host_destroy (host);
}

const CheckTest check_tests_types[] = {
  { "R1", "tables-are-whole", 1, "tables are aligned and have no NULL function",
    test_tables_are_whole },
  { "R1", "flags-and-kinds", 2, "flags are 0 or 1, kinds and severities those of the headers",
    test_flags_and_kinds },
  { NULL, NULL, 0, NULL, NULL },
};
