/* SPDX-License-Identifier: MIT */
/* Every code and cause of a decision, and one of tomorrow. */
#pragma once

#include "plugin/page/gate-words.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code;
  int outcome; /* as in the ABI */
} GateRow;

#define N_GATE_ROWS 28
extern const GateRow gate_rows[N_GATE_ROWS];

/* The first is none. */
#define N_GATE_CAUSES 17
extern const char *const gate_causes[N_GATE_CAUSES];

/* All that words can be filled with. */
extern const TtecommWordFacts gate_full_facts;

G_END_DECLS
