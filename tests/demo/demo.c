/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/demo/acts.h"
#include "tests/host/program.h"

/* Stories that a person can watch. Each step states what is expected and compares; the program
 * succeeds only if every step is as stated. */

static const struct
{
  const char *name;
  gboolean (*play) (Stage *stage);
  const char *what;
} acts[] = {
  { "main", act_main_job, "sign in, buy, open a session, a year goes by (the default)" },
  { "outage", act_outage,
    "killed while paying, no TTcloud, a guest network, a wrong clock, a protected file" },
};

static int
help (void)
{
  stage_print ("usage: ./dev demo [--sandbox DIR] [ACT]\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    stage_print ("  %-8s  %s\n", acts[i].name, acts[i].what);
  stage_print (
      "\n  --sandbox DIR  play with a sandbox that runs already: what it was given as --dir.\n"
      "                 It is new, and it ends with the main act.\n");
  return 0;
}

static int
play (const char *name, const char *sandbox)
{
  Stage stage;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (name, acts[i].name))
      return stage_begin (&stage, sandbox) ? stage_end (&stage, acts[i].play (&stage)) : 1;
  g_printerr ("demo: there is no act \"%s\": ./dev demo --help\n", name);
  return 2;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = host_program_begin (argc, argv);
  char **words = arguments + 1;
  const char *sandbox = NULL;

  if (words[0] != NULL && (g_str_equal (words[0], "--help") || g_str_equal (words[0], "-h")))
    return help ();
  if (words[0] != NULL && g_str_equal (words[0], "--sandbox"))
    {
      sandbox = words[1];
      words += sandbox != NULL ? 2 : 0;
    }
  if (words[0] == NULL)
    return play (acts[0].name, sandbox);
  if (words[1] == NULL)
    return play (words[0], sandbox);
  g_printerr ("demo: one act at a time: ./dev demo --help\n");
  return 2;
}
