/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/world.h"

G_BEGIN_DECLS

#define SANDBOX_MANY_MAX 10000

/*
 * What an integrator of many years has: `n` installations of Mara's on top of the seed's,
 * many-00001 and so on, in every mixture of services and states. The same ones for the same number.
 */
gboolean sandbox_many_add (SandboxWorld *world, guint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
