/* SPDX-License-Identifier: MIT */
/* prosoft-mock: the host on the command line. */
#include "tests/host/mock.h"

#include <locale.h>
#include <stdio.h>

#include "tests/host/program.h"

#define MAX_ADDRESS 254
#define MAX_LOCALE 35

static const struct
{
  const char *name;
  guint least; /* arguments after the name */
  guint most;
  const char *arguments;
  MockCommand run;
} commands[] = {
  { "page", 1, 1, "FILE [--json] [--ids]", mock_page },
  { "session", 1, 1, "FILE|INSTALLATION [--json]", mock_session },
  { "buy", 2, 65, "FILE SERVICE[@INSTALLATION]...", mock_buy },
  { "invoke", 2, 3, "FILE ACTION [INPUTS-JSON]", mock_invoke },
  { "sign-in", 0, 1, "[FILE]", mock_sign_in },
  { "list", 0, 0, "", mock_list },
  { "register", 1, 1, "DIR", mock_register },
};

static void
clear_options (MockOptions *options)
{
  g_free (options->module);
  g_free (options->sandbox);
  g_free (options->home);
  g_free (options->locale);
  g_free (options->address);
  g_free (options->browser);
  g_free (options->password_from);
  g_free (options->po);
  g_strfreev (options->words);
}

static char *
describe_commands (void)
{
  g_autoptr (GString) text = g_string_new ("Commands:\n");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %s %s\n", commands[i].name, commands[i].arguments);
  g_string_append (
      text,
      "\nFILE is a .nbt file, or - for no file. A SERVICE is bought for the open installation, or for the\n"
      "one whose id stands behind the @; all of them in one order. Exit status: 0 done, or the session may open; 1 "
      "failed; 2 wrong\nusage; 3 the session waits; 4 the session is denied. With --as the person "
      "is signed in when the page\nasks for it; --sandbox takes that person's answers from "
      "sandbox-person. A password is never given on\nthe command line, where others can read it: "
      "--password-from takes it from a file, without its last newline.\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
parse (MockOptions *options, GStrv *arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "module", 0, 0, G_OPTION_ARG_FILENAME, &options->module, "The plug-in", "M" },
    { "sandbox", 0, 0, G_OPTION_ARG_FILENAME, &options->sandbox,
      "The folder that ttcloud-sandbox was given as --dir", "DIR" },
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &options->home,
      "Where data, cache and secrets are kept (~/.local/state/prosoft-mock)", "DIR" },
    { "locale", 0, 0, G_OPTION_ARG_STRING, &options->locale, "Language of the texts (en)", "L" },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options->address, "Who signs in and pays", "ADDRESS" },
    { "browser", 0, 0, G_OPTION_ARG_STRING, &options->browser,
      "Command that opens an address, which is appended", "CMD" },
    { "password-from", 0, 0, G_OPTION_ARG_FILENAME, &options->password_from,
      "File that holds the password of a protected FILE, or - for stdin", "P" },
    { "po", 0, 0, G_OPTION_ARG_STRING, &options->po,
      "The buyer's own reference for the invoice of buy", "REFERENCE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Answer in JSON", NULL },
    { "ids", 0, 0, G_OPTION_ARG_NONE, &options->ids, "Show the ids of actions", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose, "Log to stderr", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL,
      "COMMAND [ARGUMENT...]" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *description = describe_commands ();

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "A host for PROSOFT plug-ins, on the command line.");
  g_option_context_set_description (context, description);
  return g_option_context_parse_strv (context, arguments, error);
}

static gboolean usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Always FALSE. */
static gboolean
usage (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s", text);
  return FALSE;
}

static gboolean
is_address (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL
      || strlen (text) > MAX_ADDRESS || *text == '-')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if ((guchar)*c <= 0x20 || *c == 0x7f)
      return FALSE;
  return g_utf8_validate (text, -1, NULL);
}

static gboolean
is_locale (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return FALSE;
  return g_ascii_isalpha (*text) && strlen (text) <= MAX_LOCALE;
}

static gboolean
check_options (MockOptions *options, GError **error)
{
  if (options->address != NULL && !is_address (options->address))
    return usage (error, "--as %s: give an e-mail address, eg: mara@example.org", options->address);
  if (options->locale != NULL && !is_locale (options->locale))
    return usage (error, "--locale %s: give a language, eg: nl or nl-BE", options->locale);
  if (options->browser != NULL && g_str_equal (g_strstrip (options->browser), ""))
    return usage (error, "--browser: give a command");
  if (options->words == NULL)
    return usage (error, "give a command; --help lists them");
  if (options->home == NULL)
    options->home = g_build_filename (g_get_user_state_dir (), "prosoft-mock", NULL);
  return TRUE;
}

static MockCommand
find_command (const MockOptions *options, GError **error)
{
  guint given = g_strv_length (options->words) - 1;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, options->words[0]))
      {
        if (given >= commands[i].least && given <= commands[i].most)
          return commands[i].run;
        usage (error, "usage: prosoft-mock [OPTION...] %s %s", commands[i].name,
               commands[i].arguments);
        return NULL;
      }
  usage (error, "there is no command \"%s\"; --help lists them", options->words[0]);
  return NULL;
}

/* One line, whatever the message holds. */
static int
complain (int status, GError *error)
{
  g_autofree char *text = g_strdup (error->message);

  fprintf (stderr, "prosoft-mock: %s\n", g_strchomp (g_strdelimit (text, "\r\n", ' ')));
  return status;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = host_program_begin (argc, argv);
  MockOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  MockCommand command = NULL;
  int status;

  setlocale (LC_ALL, "");
  if (parse (&options, &arguments, &error) && check_options (&options, &error))
    command = find_command (&options, &error);
  if (command == NULL)
    status = complain (MOCK_USAGE, error);
  else
    {
      status = command (&options, &error);
      if (error != NULL)
        status = complain (g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE)
                               ? MOCK_USAGE
                               : MOCK_FAILED,
                           error);
    }
  clear_options (&options);
  return status;
}
