/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/window/words.h"

G_BEGIN_DECLS

typedef struct
{
  const char *in[WINDOW_N_LANGUAGES];
} WindowWords;

typedef struct
{
  const char *name; /* of the fault */
  WindowWord group;
  WindowWords words;
} WindowFaultWords;

extern const WindowWords window_words_table[WINDOW_N_WORDS];
extern const WindowFaultWords window_fault_words_table[];
extern const gsize window_n_fault_words;

G_END_DECLS
