/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/faults.h"

G_BEGIN_DECLS

/* How a fault is done to a request or an answer. */

/* What handles the request when its time has come. */
typedef void (*SandboxServe) (SandboxWorld *world, SoupServerMessage *message);

/* Serves the request, with whatever faults are set for it. `stopping` ends what is still under way.
 */
void sandbox_mischief_serve (SandboxWorld *world,
                             SoupServerMessage *message,
                             SandboxServe serve,
                             GCancellable *stopping);

G_END_DECLS
