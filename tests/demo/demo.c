/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/demo/acts.h"

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
  stage_print ("usage: ./dev demo [ACT]\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    stage_print ("  %-8s  %s\n", acts[i].name, acts[i].what);
  return 0;
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : acts[0].name;
  Stage stage;

  if (g_str_equal (name, "--help") || g_str_equal (name, "-h"))
    return help ();
  for (guint i = 0; i < G_N_ELEMENTS (acts) && argc <= 2; i++)
    if (g_str_equal (name, acts[i].name))
      return stage_begin (&stage) ? stage_end (&stage, acts[i].play (&stage)) : 1;
  g_printerr ("demo: there is no act \"%s\": ./dev demo --help\n", name);
  return 2;
}
