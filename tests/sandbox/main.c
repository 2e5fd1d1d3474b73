/* SPDX-License-Identifier: MIT */
#include <locale.h>
#ifndef G_OS_WIN32
#include <glib-unix.h>
#endif

#include "tests/sandbox/many.h"
#include "tests/sandbox/sandbox.h"

typedef struct
{
  char *directory; /* (owned) */
  char *start;     /* (owned) */
  char *database;  /* (owned) */
  char *seed;      /* (owned) */
  int many;
  int api_port;
  int web_port;
  int control_port;
  gboolean verbose;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->directory);
  g_free (arguments->start);
  g_free (arguments->database);
  g_free (arguments->seed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static const char description[]
    = "A TTcloud and TTecomm to run against. Prices are fiction, cards are test numbers, and every\n"
      "sample account has the password \"sandbox\". It runs until SIGTERM, SIGINT or\n"
      "POST /sandbox/stop. tests/sandbox/README.md says more.";

static gboolean
read_arguments (Arguments *arguments, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &arguments->directory,
      "Receives ca.pem, trust.json and, last, urls.json", "DIR" },
    { "start", 0, 0, G_OPTION_ARG_STRING, &arguments->start,
      "The first day, else the world's own, else today", "YYYY-MM-DD" },
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &arguments->database,
      "Keeps the world in a file, otherwise in memory", "FILE" },
    { "world", 0, 0, G_OPTION_ARG_FILENAME, &arguments->seed,
      "What a new world begins with, see tests/sandbox/world.json", "FILE" },
    { "many", 0, 0, G_OPTION_ARG_INT, &arguments->many,
      "Gives mara@example.org N installations more, 10,000 at most", "N" },
    { "port-api", 0, 0, G_OPTION_ARG_INT, &arguments->api_port, "HTTPS, any by default", "N" },
    { "port-web", 0, 0, G_OPTION_ARG_INT, &arguments->web_port, "Web pages", "N" },
    { "port-control", 0, 0, G_OPTION_ARG_INT, &arguments->control_port, "Control interface", "N" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &arguments->verbose, "One line a request", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s is not an option",
                 (*argv)[1]);
  else if (arguments->api_port < 0 || arguments->api_port > 65535 || arguments->web_port < 0
           || arguments->web_port > 65535 || arguments->control_port < 0
           || arguments->control_port > 65535)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "a port is a number from 0 to 65535");
  else if (arguments->many < 0 || arguments->many > SANDBOX_MANY_MAX)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "--many takes a number from 0 to %d", SANDBOX_MANY_MAX);
  else
    return TRUE;
  return FALSE;
}

static int
refuse (const GError *error)
{
  g_printerr ("ttcloud-sandbox: %s\n", error->message);
  return 2;
}

#ifndef G_OS_WIN32
static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}
#endif

/* Before anything is announced: who reads the addresses may stop the sandbox at once. */
static GMainLoop *
make_loop (void)
{
  GMainLoop *loop = g_main_loop_new (NULL, FALSE);

#ifndef G_OS_WIN32
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
#endif
  return loop;
}

static void
run (TtecommSandbox *sandbox, GMainLoop *loop)
{
  g_print ("ttcloud  %s\nttecomm  %s\ncontrol  %s\n", ttecomm_sandbox_get_api_url (sandbox),
           ttecomm_sandbox_get_web_url (sandbox), ttecomm_sandbox_get_control_url (sandbox));
  g_signal_connect_swapped (sandbox, "stopped", G_CALLBACK (g_main_loop_quit), loop);
  g_main_loop_run (loop);
  ttecomm_sandbox_stop (sandbox);
}

int
main (int argc, char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommSandbox) sandbox = NULL;
  g_autoptr (GMainLoop) loop = make_loop ();
  TtecommSandboxOptions options = { 0 };

  setlocale (LC_ALL, "");
  if (!read_arguments (&arguments, &argc, &argv, &error))
    return refuse (error);
  if (arguments.verbose)
    g_setenv ("G_MESSAGES_DEBUG", "sandbox", FALSE);
  options.world.database = arguments.database;
  options.world.start = arguments.start;
  options.world.seed = arguments.seed;
  options.world.many = (guint)arguments.many;
  options.api_port = (guint)arguments.api_port;
  options.web_port = (guint)arguments.web_port;
  options.control_port = (guint)arguments.control_port;
  sandbox = ttecomm_sandbox_start (arguments.directory, &options, &error);
  if (sandbox == NULL)
    return refuse (error);
  run (sandbox, loop);
  return 0;
}
