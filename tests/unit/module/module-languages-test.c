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

/* What a person reads of never-connected.nbt, in each language. */
typedef struct
{
  const char *locale;
  const char *title;
  const char *people; /* the heading */
  const char *role;
  const char *never; /* been connected */
  const char *connect;
} Words;

static const Words words[] = {
  { "en", "Subscriptions", "\"People and roles\"", "\"system integrator\"",
    "has never been connected to TTcloud", "Connect it first." },
  { "fr-BE", "Abonnements", "\"Personnes et rôles\"", "\"intégrateur système\"",
    "n’a jamais été en liaison avec TTcloud", "Connectez d’abord l’installation." },
  { "nl-BE", "Abonnementen", "\"Personen en rollen\"", "\"systeemintegrator\"",
    "is nog nooit met TTcloud verbonden geweest", "Verbind eerst de installatie." },
  { "de_DE.UTF-8", "Abonnements", "\"Personen und Rollen\"", "\"Systemintegrator\"",
    "war noch nie mit TTcloud verbunden", "Verbinden Sie zuerst die Installation." },
};

static void
expect_words (Host *host, prosoft_view_t view, const Words *mine)
{
  const char *page = page_of (host, view);

  g_assert_nonnull (strstr (page, mine->people));
  g_assert_nonnull (strstr (page, mine->role));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (&words[i] != mine)
      {
        g_assert_null (strstr (page, words[i].people));
        g_assert_null (strstr (page, words[i].never));
      }
  g_assert_cmpstr (host_get_page_info (host, 0)->title, ==, mine->title);
  expect_message (host, mine->connect);
}

/* All at once, all of the same file, each in its own words. */
static void
test_four_languages_in_one_process (void)
{
  prosoft_view_t views[G_N_ELEMENTS (words)];
  Host *hosts[G_N_ELEMENTS (words)];

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    hosts[i] = start (words[i].locale, &views[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    module_host_wait_page (hosts[i], views[i], words[i].never);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    expect_words (hosts[i], views[i], &words[i]);
  /* One goes, the others speak on. */
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      for (gsize k = i; k < G_N_ELEMENTS (words); k++)
        expect_message (hosts[k], words[k].connect);
      module_host_free (hosts[i]);
    }
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

  /* From one to the next. */
  g_assert_cmpint (host_set_environment (host, PROSOFT_ENV_LOCALE, "nl-BE"), ==, PROSOFT_OK);
  module_host_wait_page (host, view, "Personen en rollen");
  g_assert_null (strstr (page_of (host, view), "Personnes et rôles"));
  g_assert_cmpstr (host_get_page_info (host, 0)->title, ==, "Abonnementen");
  expect_message (host, "is nog nooit met TTcloud verbonden geweest");
  g_assert_cmpint (host_set_environment (host, PROSOFT_ENV_LOCALE, "de"), ==, PROSOFT_OK);
  module_host_wait_page (host, view, "Personen und Rollen");
  expect_message (host, "war noch nie mit TTcloud verbunden");

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
  static const char *const set_up[][2] = {
    { "fr", "ne contient aucune clé de TTcloud" },
    { "nl", "bevat geen sleutels van TTcloud" },
    { "de", "enthält keine TTcloud-Schlüssel" },
  };
  Host *host = module_host_new (NULL);
  prosoft_view_t view;

  module_host_start (host);
  module_host_open_data (host, "villa-picos.nbt");
  view = module_host_open_page (host);
  module_host_wait_page (host, view, "has no TTcloud keys installed");
  expect_message (host, "has no TTcloud keys installed");
  for (gsize i = 0; i < G_N_ELEMENTS (set_up); i++)
    {
      g_assert_cmpint (host_set_environment (host, PROSOFT_ENV_LOCALE, set_up[i][0]), ==,
                       PROSOFT_OK);
      module_host_wait_page (host, view, set_up[i][1]);
      expect_message (host, set_up[i][1]);
    }
  module_host_free (host);
}

/* What prosoft-mock prints in a language, in a process of its own with these variables
 * ("NAME=VALUE", or "NAME" to have none). */
static char *
print_in (const char *language, const char *const *variables, const char *command, const char *file)
{
  g_autofree char *mock = harness_build_path ("tests/host/prosoft-mock");
  g_autofree char *module = module_dup_path ();
  g_autofree char *module_option = g_strconcat ("--module=", module, NULL);
  g_autofree char *locale_option = g_strconcat ("--locale=", language, NULL);
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
                                         locale_option, command, file, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return output;
}

/* The details of a check say when it was: (transfer full), without the time. */
static char *
print_timeless (const char *language,
                const char *const *variables,
                const char *command,
                const char *file)
{
  g_autofree char *said = print_in (language, variables, command, file);
  g_autoptr (GRegex) time = g_regex_new ("time=[0-9TZ:-]+", 0, 0, NULL);

  return g_regex_replace_literal (time, said, -1, 0, "time=", 0, NULL);
}

/* @identity and @decision: a part of what is expected. */
static void
check_every_locale (const char *language, const char *identity, const char *decision)
{
  static const char *const plain[] = { "LC_ALL=C.UTF-8", "LANGUAGE", "LANG", NULL };
  static const char *const rows[][5] = {
    { "LC_ALL=C", "LANGUAGE", "LANG", NULL },
    { "LC_ALL=C", "LANGUAGE=de", "LANG", NULL },
    { "LC_ALL", "LANGUAGE=nl:de", "LANG=de_DE.UTF-8", "LOCPATH=/nowhere", NULL },
    { "LC_ALL=tlh_KX.ISO-8859-1", "LANGUAGE=en", "LANG=tlh", NULL },
  };
  g_autofree char *file = harness_data_path ("never-connected.nbt");
  g_autofree char *page_before = print_in (language, plain, "page", "-");
  g_autofree char *decision_before = print_timeless (language, plain, "session", file);

  g_assert_nonnull (strstr (page_before, identity));
  g_assert_nonnull (strstr (decision_before, decision));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *page = print_in (language, rows[i], "page", "-");
      g_autofree char *now = print_timeless (language, rows[i], "session", file);

      g_assert_cmpstr (page, ==, page_before);
      g_assert_cmpstr (now, ==, decision_before);
    }
}

/* No locale is installed but C, or another one is meant: the same bytes (R13). */
static void
test_says_the_same_in_every_locale (void)
{
  check_every_locale ("fr", "Utilisateur connecté  aucun", "Connectez d’abord l’installation.");
  check_every_locale ("nl", "Aangemeld als  niemand", "Verbind eerst de installatie.");
  check_every_locale ("de", "Angemeldet als  niemand", "Verbinden Sie zuerst die Installation.");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "module-languages", "four-languages-in-one-process",
               test_four_languages_in_one_process);
  harness_add (harness, "module-languages", "changes-its-language-while-it-runs",
               test_changes_its_language_while_it_runs);
  harness_add (harness, "module-languages", "tells-the-set-up-in-the-language-of-today",
               test_tells_the_set_up_in_the_language_of_today);
  harness_add (harness, "module-languages", "says-the-same-in-every-locale",
               test_says_the_same_in_every_locale);
}

HARNESS_MAIN (register_tests)
