/* SPDX-License-Identifier: MIT */
/* The command line, the same for the samples of all languages. */
#ifndef SAMPLE_OPTIONS_H
#define SAMPLE_OPTIONS_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OPTIONS_MAX_PRESSES 8

typedef struct Options
{
  const char *module;
  const char *file;
  const char *data_dir;
  const char *cache_dir;
  const char *sandbox; /* may be NULL */
  const char *presses[OPTIONS_MAX_PRESSES]; /* ids of actions */
  int n_presses;
  int asks;       /* how often the gate is asked */
  int timeout_ms; /* how long to wait for anything */
} Options;

/* FALSE with a message on stderr. */
bool options_read (Options *options, int argc, char **argv);

/* A whole file with a NUL behind it, or NULL with a message on stderr. The caller frees it. */
char *options_read_file (const char *folder, const char *name);

#ifdef __cplusplus
}
#endif

#endif
