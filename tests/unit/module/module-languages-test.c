/* SPDX-License-Identifier: MIT */
/* Each instance speaks the language of its host, whatever the process and the others speak. */
#include <string.h>

#include "tests/unit/module/module-host.h"

static const char *
page_of (Host *host, prosoft_view_t view)
{
  g_assert_cmpint (host_refresh_view (host, view), ==, PROSOFT_OK);
  return host_get_view (host, view)->page;
}

static void
expect_message (Host *host, const char *text)
{
  const HostDecision *decision = module_host_check (host, NULL);

  if (strstr (decision->message, text) == NULL)
    g_error ("the decision says \"%s\", not \"%s\"", decision->message, text);
}

static Host *
start (const char *locale, prosoft_view_t *view)
{
  Host *host = module_host_new (NULL);

  host_set_environment (host, PROSOFT_ENV_LOCALE, locale);
  module_host_start (host);
  module_host_open_data (host, "never-connected.nbt");
  *view = module_host_open_page (host);
  return host;
}

/* Both at once, both of the same file, each in its own words. */
static void
test_two_languages_in_one_process (void)
{
  prosoft_view_t view_french, view_english;
  Host *french = start ("fr-BE", &view_french);
  Host *english = start ("en", &view_english);

  module_host_wait_page (french, view_french, "n’a jamais été en liaison avec TTcloud");
  module_host_wait_page (english, view_english, "has never been connected to TTcloud");
  g_assert_nonnull (strstr (page_of (french, view_french), "\"Personnes et rôles\""));
  g_assert_nonnull (strstr (page_of (french, view_french), "\"intégrateur système\""));
  g_assert_null (strstr (page_of (french, view_french), "People and roles"));
  g_assert_nonnull (strstr (page_of (english, view_english), "\"People and roles\""));
  g_assert_null (strstr (page_of (english, view_english), "Personnes"));
  g_assert_cmpstr (host_get_page_info (french, 0)->title, ==, "Abonnements");
  g_assert_cmpstr (host_get_page_info (english, 0)->title, ==, "Subscriptions");
  expect_message (french, "Connectez d’abord l’installation.");
  expect_message (english, "Connect it first.");
  module_host_free (french);
  expect_message (english, "Connect it first.");
  module_host_free (english);
}

/* The page, its title, the last decision and the next one; the other instance keeps its own. */
static void
test_changes_its_language_while_it_runs (void)
{
  prosoft_view_t view, view_other;
  Host *host = start ("en", &view);
  Host *other = start ("en", &view_other);
  unsigned rescans;

  module_host_wait_page (host, view, "People and roles");
  module_host_wait_page (other, view_other, "People and roles");
  expect_message (host, "has never been connected");
  module_host_wait_page (host, view, "Remote session");
  rescans = host_get_rescans (host);

  g_assert_cmpint (host_set_environment (host, PROSOFT_ENV_LOCALE, "fr"), ==, PROSOFT_OK);
  module_host_wait_page (host, view, "Personnes et rôles");
  g_assert_null (strstr (page_of (host, view), "Remote session"));
  g_assert_null (strstr (page_of (host, view), "has never been connected"));
  g_assert_cmpstr (host_get_page_info (host, 0)->title, ==, "Abonnements");
  g_assert_cmpuint (host_get_rescans (host), >, rescans);
  expect_message (host, "n’a jamais été en liaison");
  module_host_wait_page (other, view_other, "People and roles");
  expect_message (other, "has never been connected");

  /* Back, and to what nobody speaks here. */
  g_assert_cmpint (host_set_environment (host, PROSOFT_ENV_LOCALE, "zz"), ==, PROSOFT_OK);
  module_host_wait_page (host, view, "People and roles");
  expect_message (host, "has never been connected");
  g_assert_cmpint (host_set_environment (host, PROSOFT_ENV_LOCALE, NULL), ==, PROSOFT_OK);
  module_host_wait_page (host, view, "People and roles");
  module_host_free (host);
  module_host_free (other);
}

/* What is wrong with the set-up is told by the page and by the gate, in the language of today. */
static void
test_tells_the_set_up_in_the_language_of_today (void)
{
  Host *host = module_host_new (NULL);
  prosoft_view_t view;

  module_host_start (host);
  module_host_open_data (host, "villa-picos.nbt");
  view = module_host_open_page (host);
  module_host_wait_page (host, view, "has no TTcloud keys installed");
  expect_message (host, "has no TTcloud keys installed");
  g_assert_cmpint (host_set_environment (host, PROSOFT_ENV_LOCALE, "fr"), ==, PROSOFT_OK);
  module_host_wait_page (host, view, "ne contient aucune clé de TTcloud");
  expect_message (host, "ne contient aucune clé de TTcloud");
  module_host_free (host);
}

/* What prosoft-mock prints, in a process of its own with these variables ("NAME=VALUE", or "NAME"
 * to have none). */
static char *
print_in (const char *const *variables, const char *command, const char *file)
{
  g_autofree char *mock = harness_build_path ("tests/host/prosoft-mock");
  g_autofree char *module = module_dup_path ();
  g_autofree char *module_option = g_strconcat ("--module=", module, NULL);
  g_autofree char *home_option = g_strconcat ("--home=", harness_tmpdir (), NULL);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  for (guint i = 0; variables[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (variables[i], "=", 2);

      if (parts[1] != NULL)
        g_subprocess_launcher_setenv (launcher, parts[0], parts[1], TRUE);
      else
        g_subprocess_launcher_unsetenv (launcher, parts[0]);
    }
  process = g_subprocess_launcher_spawn (launcher, &error, mock, module_option, home_option,
                                         "--locale=fr", command, file, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return output;
}

/* The details of a check say when it was: (transfer full), without the time. */
static char *
print_timeless (const char *const *variables, const char *command, const char *file)
{
  g_autofree char *said = print_in (variables, command, file);
  g_autoptr (GRegex) time = g_regex_new ("time=[0-9TZ:-]+", 0, 0, NULL);

  return g_regex_replace_literal (time, said, -1, 0, "time=", 0, NULL);
}

/* No locale is installed but C, or another one is meant: the same bytes (R13). */
static void
test_says_the_same_in_every_locale (void)
{
  static const char *const plain[] = { "LC_ALL=C.UTF-8", "LANGUAGE", "LANG", NULL };
  static const char *const rows[][5] = {
    { "LC_ALL=C", "LANGUAGE", "LANG", NULL },
    { "LC_ALL=C", "LANGUAGE=de", "LANG", NULL },
    { "LC_ALL", "LANGUAGE=nl:de", "LANG=de_DE.UTF-8", "LOCPATH=/nowhere", NULL },
    { "LC_ALL=tlh_KX.ISO-8859-1", "LANGUAGE=en", "LANG=tlh", NULL },
  };
  g_autofree char *file = harness_data_path ("never-connected.nbt");
  g_autofree char *page_before = print_in (plain, "page", "-");
  g_autofree char *decision_before = print_timeless (plain, "session", file);

  g_assert_nonnull (strstr (page_before, "Utilisateur connecté  aucun"));
  g_assert_nonnull (strstr (decision_before, "Connectez d’abord l’installation."));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *page = print_in (rows[i], "page", "-");
      g_autofree char *decision = print_timeless (rows[i], "session", file);

      g_assert_cmpstr (page, ==, page_before);
      g_assert_cmpstr (decision, ==, decision_before);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "module-languages", "two-languages-in-one-process",
               test_two_languages_in_one_process);
  harness_add (harness, "module-languages", "changes-its-language-while-it-runs",
               test_changes_its_language_while_it_runs);
  harness_add (harness, "module-languages", "tells-the-set-up-in-the-language-of-today",
               test_tells_the_set_up_in_the_language_of_today);
  harness_add (harness, "module-languages", "says-the-same-in-every-locale",
               test_says_the_same_in_every_locale);
}

HARNESS_MAIN (register_tests)
