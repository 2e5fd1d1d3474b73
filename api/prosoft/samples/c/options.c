/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILE (64 * 1024)

static const char usage[]
    = "usage: host MODULE FILE.nbt DATA-DIR CACHE-DIR [SANDBOX-DIR]\n"
      "            [--press ACTION]... [--ask TIMES] [--timeout MS]\n"
      "Opens the file, prints the page of the plug-in, presses the actions, asks the gate.\n";

static bool
read_number (const char *text, int *number)
{
  char *end;
  long value = strtol (text, &end, 10);

  *number = (int)value;
  return *end == '\0' && value >= 0 && value <= 600000;
}

static bool
read_option (Options *options, const char *name, const char *value)
{
  if (strcmp (name, "--press") == 0 && options->n_presses < OPTIONS_MAX_PRESSES)
    options->presses[options->n_presses++] = value;
  else if (strcmp (name, "--ask") == 0)
    return read_number (value, &options->asks);
  else if (strcmp (name, "--timeout") == 0)
    return read_number (value, &options->timeout_ms);
  else
    return false;
  return true;
}

bool
options_read (Options *options, int argc, char **argv)
{
  const char *words[5] = { NULL };
  int n_words = 0;
  bool good = true;

  *options = (Options){ .asks = 1, .timeout_ms = 20000 };
  for (int i = 1; i < argc && good; i++)
    if (strncmp (argv[i], "--", 2) == 0)
      {
        good = i + 1 < argc && read_option (options, argv[i], argv[i + 1]);
        i++;
      }
    else if (n_words < 5)
      words[n_words++] = argv[i];
    else
      good = false;
  if (!good || n_words < 4)
    {
      fputs (usage, stderr);
      return false;
    }
  options->module = words[0];
  options->file = words[1];
  options->data_dir = words[2];
  options->cache_dir = words[3];
  options->sandbox = words[4];
  return true;
}

char *
options_read_file (const char *folder, const char *name)
{
  char path[4096], *text = malloc (MAX_FILE + 1);
  FILE *file;
  size_t size;

  if (text == NULL)
    abort ();
  snprintf (path, sizeof path, "%s/%s", folder, name);
  file = fopen (path, "rb");
  if (file == NULL)
    {
      fprintf (stderr, "host: cannot read %s: %s; does a ttcloud-sandbox run there?\n", path,
               strerror (errno));
      free (text);
      return NULL;
    }
  size = fread (text, 1, MAX_FILE, file);
  text[size] = '\0';
  fclose (file);
  return text;
}
