/* SPDX-License-Identifier: MIT */
#include "tests/support/sandbox-spawn.h"

GSubprocess *
sandbox_spawn (const char *const *arguments, const char *log, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "%s is a program for Linux; start it there, and give its folder as --sandbox",
               arguments[0]);
  return NULL;
}
