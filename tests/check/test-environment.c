/* SPDX-License-Identifier: MIT */
/* R13: the process is the host's. */
#include <locale.h>
#include <string.h>

#include "tests/check/elf.h"
#include "tests/check/tests.h"

static void
report_change (void *data, const char *difference)
{
  check_fail ("R13", "%s changed %s", (const char *)data, difference);
}

static void
compare (PlatformState **state, const char *when)
{
  check_step (when);
  platform_state_compare (*state, report_change, (void *)when);
  platform_state_free (*state);
  *state = platform_state_new ();
}

static void
test_process_stays (Check *check)
{
  PlatformState *state = platform_state_new ();
  CheckHost *host;

  check_load (check);
  compare (&state, "loading the module, or entry.init,");
  host = check_host_new (check);
  check_host_create (host);
  compare (&state, "factory.create");
  check_host_start (host);
  compare (&state, "plugin.init");
  check_host_live (host);
  compare (&state, "using the plug-in");
  check_host_destroy (host);
  compare (&state, "plugin.destroy");
  check_unload (check);
  compare (&state, "entry.deinit");
  platform_state_free (state);
}

static void
test_no_early_threads (Check *check)
{
  int before = platform_count_threads ();
  CheckHost *host;

  if (before < 0)
    check_skip ("threads cannot be counted here");
  check_load (check);
  host = check_host_new (check);
  check_host_create (host);
  if (platform_count_threads () > before)
    check_fail (NULL, "there are %d threads before plugin.init; %d were there before the module",
                platform_count_threads (), before);
  check_host_destroy (host);
}

/* As a Pascal host runs: its threads' children inherit that an exception kills. */
static void
test_floating_exceptions (Check *check)
{
  CheckHost *host;

  check_load (check);
  host = check_host_new (check);
  platform_unmask_floating ();
  check_host_start (host);
  check_host_live (host);
  check_host_pump (host, 50);
  check_host_destroy (host);
  platform_mask_floating ();
}

/* A decimal comma, a Turkish i: the host's business, at any time. */
static void
test_host_locale (Check *check)
{
  static const char *const locales[] = { "de_DE.UTF-8", "tr_TR.UTF-8", "fr_FR.UTF-8", "C" };
  CheckHost *host = check_begin (check);
  PlatformState *state;

  for (size_t i = 0; i < CHECK_COUNT (locales); i++)
    {
      setlocale (LC_ALL, locales[i]);
      state = platform_state_new ();
      check_host_live (host);
      compare (&state, "using the plug-in in another locale");
      platform_state_free (state);
    }
  check_host_destroy (host);
}

/* What brings a loop, a toolkit or a second copy of something along into the host's process. */
static void
test_libraries (Check *check)
{
  static const char *const refused[]
      = { "libsoup-2", "libsoup-gnome-2", "libgtk-", "libQt", "libwx_", "libwebkit", "libSDL" };
  CheckElf elf;

  check_step ("reading the file");
  if (!check_elf_read (&elf, check->options.module))
    check_skip ("not an ELF file: libraries are looked at in ELF only");
  for (size_t i = 0; i < elf.n_needed; i++)
    for (size_t j = 0; j < CHECK_COUNT (refused); j++)
      if (strncmp (elf.needed[i], refused[j], strlen (refused[j])) == 0)
        check_fail (NULL, "the module needs %.100s, which takes the host's process over",
                    elf.needed[i]);
  check_elf_clear (&elf);
}

const CheckTest check_tests_environment[] = {
  { "R13", "process-stays", 2, "locale, folder, variables, signals and masks stay as they are",
    test_process_stays },
  { "R13", "no-early-threads", 1, "no thread runs before plugin.init", test_no_early_threads },
  { "R13", "floating-exceptions", 3, "a host may run with floating-point exceptions unmasked",
    test_floating_exceptions },
  { "R13", "host-locale", 3, "a host may run in any locale", test_host_locale },
  { "R13", "libraries", 1, "no toolkit and no second network stack comes along", test_libraries },
  { NULL, NULL, 0, NULL, NULL },
};
