/* SPDX-License-Identifier: MIT */
/* R2 and R12: the file, its one symbol, and coming and going. */
#include <string.h>

#include "tests/check/elf.h"
#include "tests/check/tests.h"

#define SCAN_US 100000

static void
read_file (Check *check, CheckElf *elf)
{
  check_step ("reading the file");
  if (!check_elf_read (elf, check->options.module))
    check_skip ("not an ELF file: symbols and flags are looked at in ELF only");
}

static void
test_one_symbol (Check *check)
{
  CheckElf elf;
  bool entry = false;

  read_file (check, &elf);
  for (size_t i = 0; i < elf.n_exports && i < CHECK_ELF_MAX_NAMES; i++)
    if (strcmp (elf.exports[i], PROSOFT_ENTRY_SYMBOL) == 0)
      entry = true;
    else if (i < 5)
      check_fail (NULL, "the module exports the symbol %.100s as well", elf.exports[i]);
  if (!entry)
    check_fail (NULL, "the module does not export " PROSOFT_ENTRY_SYMBOL);
  check_elf_clear (&elf);
}

static void
test_version_is_readable (Check *check)
{
  const char *why;
  void *module;
  const prosoft_entry_t *entry;
  int64_t before = platform_thread_cpu_us (), took;

  check_step ("loading the module");
  module = platform_module_open (check->options.module, &why);
  took = platform_thread_cpu_us () - before;
  if (module == NULL)
    {
      check_fail (NULL, "the module does not load with all its symbols bound: %s", why);
      return;
    }
  entry = platform_module_symbol (module, PROSOFT_ENTRY_SYMBOL);
  if (entry == NULL)
    check_fail (NULL, "the module does not export " PROSOFT_ENTRY_SYMBOL);
  else if (entry->abi.major != PROSOFT_ABI_MAJOR)
    check_fail (NULL, "the module is for version %u.%u of the interface, this is 1.x",
                (unsigned)entry->abi.major, (unsigned)entry->abi.minor);
  if ((double)took > SCAN_US * check->options.patience)
    check_fail ("R5",
                "loading takes %lld ms of processor time; a host that looks for plug-ins "
                "has 100 ms for each",
                (long long)took / 1000);
}

static void
test_pinned (Check *check)
{
  CheckElf elf;

  read_file (check, &elf);
  if (!elf.pinned)
    check_fail (NULL, "the file has no NODELETE flag");
  check_elf_clear (&elf);
}

static void
test_stays (Check *check)
{
  const void *entry;
  const char *why;

  check_load (check);
  entry = check->entry;
  check_unload (check);
  if (!platform_module_is_loaded (check->options.module))
    {
      check_fail (NULL, "the module is gone after it was closed");
      return;
    }
  check->module = platform_module_open (check->options.module, &why);
  if (platform_module_symbol (check->module, PROSOFT_ENTRY_SYMBOL) != entry)
    check_fail (NULL, "opened again the module is at another place");
}

static void
test_init_nests (Check *check)
{
  CheckHost *host;

  check_load (check);
  for (int i = 0; i < 3; i++)
    {
      check_step ("entry.init, nested");
      if (check->entry->init (check->options.module, NULL) < 0)
        check_fail (NULL, "entry.init fails the second time; it counts nested calls");
    }
  for (int i = 0; i < 3; i++)
    {
      check_step ("entry.deinit, nested");
      check->entry->deinit ();
    }
  host = check_host_new (check);
  check_host_start (host);
  check_host_live (host);
  check_host_destroy (host);
  check_unload (check);
}

static void
test_reopen (Check *check)
{
  for (int i = 0; i < 3; i++)
    {
      CheckHost *host = check_begin (check);

      check_host_live (host);
      check_host_destroy (host);
      check_unload (check);
    }
}

const CheckTest check_tests_file[] = {
  { "R2", "one-symbol", 1, "the file exports " PROSOFT_ENTRY_SYMBOL " and nothing else",
    test_one_symbol },
  { "R2", "version-is-readable", 1, "the module loads at once and says its version before any call",
    test_version_is_readable },
  { NULL, NULL, 0, NULL, NULL },
};

const CheckTest check_tests_mapping[] = {
  { "R12", "pinned", 1, "the file says that it may not be unmapped", test_pinned },
  { "R12", "stays", 1, "closed and opened again the module is where it was", test_stays },
  { "R12", "init-nests", 2, "entry.init and entry.deinit count", test_init_nests },
  { "R12", "reopen", 3, "open, use and close work three times over", test_reopen },
  { NULL, NULL, 0, NULL, NULL },
};
