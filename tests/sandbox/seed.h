/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/world.h"

G_BEGIN_DECLS

/*
 * A world to begin with: accounts, installations, people, subscriptions. world.json beside this
 * file is the one compiled in, and the example to follow; every sample password is "sandbox".
 */

/* @path: (nullable): the one compiled in when NULL */
JsonObject *sandbox_seed_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes one more installation, in the form of world.json's. */
gboolean sandbox_seed_add_installation (SandboxWorld *world,
                                        JsonObject *object,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes it into an empty database, on the world's day. Errors name what is wrong and where. */
gboolean sandbox_seed_apply (SandboxWorld *world, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
