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

typedef struct
{
  const char *sandbox; /* (nullable) */
  const char *module;  /* (nullable) */
  const char *act;     /* (nullable) */
  gboolean help;
} Wishes;

static int
help (void)
{
  stage_print ("usage: ./dev demo [--sandbox DIR] [--module FILE] [ACT]\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    stage_print ("  %-8s  %s\n", acts[i].name, acts[i].what);
  stage_print (
      "\n  --sandbox DIR  play with a sandbox that runs already: what it was given as --dir.\n"
      "                 It is new, and it ends with the main act.\n"
      "  --module FILE  play with this module, not the one that was just built.\n");
  return 0;
}

/* FALSE when they make no sense. */
static gboolean
read_wishes (char **words, Wishes *wishes)
{
  for (; *words != NULL; words++)
    {
      const char *word = *words;
      gboolean is_sandbox = g_str_equal (word, "--sandbox");

      if (g_str_equal (word, "--help") || g_str_equal (word, "-h"))
        wishes->help = TRUE;
      else if (is_sandbox || g_str_equal (word, "--module"))
        {
          if (*++words == NULL)
            return FALSE;
          *(is_sandbox ? &wishes->sandbox : &wishes->module) = *words;
        }
      else if (wishes->act != NULL || *word == '-')
        return FALSE;
      else
        wishes->act = word;
    }
  return TRUE;
}

static int
play (const Wishes *wishes)
{
  const char *name = wishes->act != NULL ? wishes->act : acts[0].name;
  Stage stage;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (name, acts[i].name))
      return stage_begin (&stage, wishes->sandbox, wishes->module)
                 ? stage_end (&stage, acts[i].play (&stage))
                 : 1;
  g_printerr ("demo: there is no act \"%s\": ./dev demo --help\n", name);
  return 2;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = host_program_begin (argc, argv);
  Wishes wishes = { 0 };

  if (!read_wishes (arguments + 1, &wishes))
    {
      g_printerr ("demo: these arguments make no sense; see ./dev demo --help\n");
      return 2;
    }
  return wishes.help ? help () : play (&wishes);
}
