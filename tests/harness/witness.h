/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names a folder (HARNESS_WITNESS=DIR) that collects what a whole run said and which secrets it
 * used, for leaks.py. Unset, as in a test run by hand, nothing is collected. */
#define HARNESS_WITNESS "HARNESS_WITNESS"

/* Appends @length bytes to DIR/@name, at once and whole. Threads: any. */
void harness_witness_append (const char *name, const char *text, gsize length);

G_END_DECLS
