/* SPDX-License-Identifier: MIT */
#include "tests/host/program.h"

GStrv
host_program_begin (int argc, char **argv)
{
  return g_strdupv (argv);
}

char *
host_program_dup_path (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

const char *
host_program_get_browser (void)
{
  return "xdg-open";
}
