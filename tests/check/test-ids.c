/* SPDX-License-Identifier: MIT */
/* R14: what is unknown is NULL, and what is missing is done without. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/tests.h"

/* `id` with something behind it, without its end, in other letters. (owned) */
static char *
spoil (const char *id, size_t how)
{
  char *spoilt;

  switch (how)
    {
    case 0:
      return check_format ("%s ", id);
    case 1:
      return check_format ("%s0", id);
    case 2:
      return check_format ("%s/", id);
    case 3:
      return check_format ("%s\xff\xfe", id);
    case 4:
      return check_format ("%.*s", (int)strlen (id) - 1, id);
    case 5:
      return check_format ("%.*s2", (int)strlen (id) - 1, id);
    default:
      spoilt = check_format ("%s", id);
      spoilt[0] = 'P';
      return spoilt;
    }
}

#define N_SPOILS 7

static void
test_factory_ids (Check *check)
{
  check_load (check);
  check_step ("entry.get_factory");
  for (size_t i = 0; i < N_SPOILS; i++)
    {
      char *id = spoil (PROSOFT_PLUGIN_FACTORY_ID, i);

      if (check->entry->get_factory (id) != NULL)
        check_fail (NULL, "get_factory (\"%s\") gives a factory", id);
      free (id);
    }
  if (check->entry->get_factory ("") != NULL)
    check_fail (NULL, "get_factory (\"\") gives a factory");
  if (check->entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID) != (const void *)check->factory)
    check_fail (NULL, "get_factory() gives another factory the second time");
}

static void
test_extension_ids (Check *check)
{
  static const char *const known[]
      = { PROSOFT_EXT_PAGES, PROSOFT_EXT_PROJECT, PROSOFT_EXT_OPERATIONS, PROSOFT_EXT_SESSION_GATE,
          PROSOFT_EXT_ENVIRONMENT };
  CheckHost *host = check_begin (check);

  for (size_t i = 0; i < CHECK_COUNT (known) * N_SPOILS; i++)
    {
      char *id = spoil (known[i / N_SPOILS], i % N_SPOILS), *lent = check_lend_text (id);
      const void *table;

      check_call_begin (host, "plugin.get_extension");
      table = host->plugin->get_extension (host->plugin, lent);
      check_call_end (host);
      check_take_back (lent);
      if (table != NULL)
        check_fail (NULL, "get_extension (\"%s\") gives a table", id);
      free (id);
    }
  check_call_begin (host, "plugin.get_extension");
  if (host->plugin->get_extension (host->plugin, "") != NULL)
    check_fail (NULL, "get_extension (\"\") gives a table");
  check_call_end (host);
  check_host_destroy (host);
}

static void
test_descriptors (Check *check)
{
  const prosoft_plugin_factory_t *factory;
  uint32_t count;

  check_load (check);
  factory = check->factory;
  count = factory->count (factory);
  check_step ("factory.descriptor");
  if (factory->descriptor (factory, count) != NULL
      || factory->descriptor (factory, UINT32_MAX) != NULL)
    check_fail (NULL, "factory.descriptor gives one behind the last");
  for (uint32_t i = 0; i < count && i < 100; i++)
    {
      const prosoft_plugin_descriptor_t *one = factory->descriptor (factory, i);

      if (one == NULL || one->struct_size < PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1 || one->id == NULL)
        check_fail ("R3", "descriptor %u is NULL, below its first version or without id",
                    (unsigned)i);
      else if (one != factory->descriptor (factory, i))
        check_fail (NULL, "descriptor %u is another one each time", (unsigned)i);
      else
        for (uint32_t j = 0; j < i; j++)
          if (strcmp (one->id, factory->descriptor (factory, j)->id) == 0)
            check_fail (NULL, "two plug-ins have the id \"%.100s\"", one->id);
    }
}

/* Each of the host's tables is missing in turn: less works, nothing dies, nobody is let in. */
static void
live_without (Check *check, const char *id)
{
  CheckHost *host = check_host_new (check);

  host->missing = id;
  check_host_start (host);
  if (strcmp (id, PROSOFT_EXT_OPERATIONS) != 0 && strcmp (id, PROSOFT_EXT_SESSION_GATE) != 0)
    check_host_live (host);
  else
    {
      /* What cannot be answered is not started. */
      prosoft_op_t op;

      if (host->gate != NULL && strcmp (id, PROSOFT_EXT_SESSION_GATE) == 0
          && check_gate (host, "x", 100, &op) >= 0)
        check_fail ("R10", "the gate starts a check that it cannot answer: the host has no %s", id);
      check_host_pump (host, 50);
      host->n_ops = 0;
    }
  for (size_t i = 0; i < host->n_ops; i++)
    if (host->ops[i].is_check && host->ops[i].allowed == 1)
      check_fail ("gate", "without %s the gate admits", id);
  check_host_destroy (host);
}

static void
test_missing_extensions (Check *check)
{
  static const char *const ids[] = {
    PROSOFT_EXT_LOG,   PROSOFT_EXT_THREAD_CHECK, PROSOFT_EXT_ENVIRONMENT, PROSOFT_EXT_OPERATIONS,
    PROSOFT_EXT_PAGES, PROSOFT_EXT_SESSION_GATE, PROSOFT_EXT_OPEN_URI,    PROSOFT_EXT_ATTENTION,
    PROSOFT_EXT_FILES, PROSOFT_EXT_SECRETS,
  };

  check_load (check);
  for (size_t i = 0; i < CHECK_COUNT (ids); i++)
    live_without (check, ids[i]);
}

const CheckTest check_tests_ids[] = {
  { "R14", "factory-ids", 1, "only the exact id gives the factory", test_factory_ids },
  { "R14", "extension-ids", 1, "only exact ids give tables", test_extension_ids },
  { "R14", "descriptors", 1, "descriptors are as many as count(), each with an id of its own",
    test_descriptors },
  { "R14", "missing-extensions", 4, "without any one of the host's extensions nothing breaks",
    test_missing_extensions },
  { NULL, NULL, 0, NULL, NULL },
};
