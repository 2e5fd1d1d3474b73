/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*HarnessProcessOutput) (const char *text, gsize length, gpointer data);

/* How a program came to its end. */
typedef struct
{
  gboolean timed_out; /* it was stopped for its slowness */
  char *ending;       /* (owned) (nullable): what makes it a failure, NULL after a good end */
} HarnessProcessEnd;

/* Runs a program to its end, for @timeout_ms at most. All that it prints goes to @output, one piece
 * after the other, in another thread perhaps; none comes after this has returned.
 *
 * Returns: FALSE when it could not be started */
gboolean harness_process_run (const char *const *argv,
                              const char *const *environment,
                              guint timeout_ms,
                              HarnessProcessOutput output,
                              gpointer data,
                              HarnessProcessEnd *end,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
