/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * What our code says about one question each. They add members to the answer; on FALSE the question
 * was answered with a refusal, which is @error.
 */

/* {"file" or "bytes" in base64, "password"?}: what a .nbt says. */
gboolean witness_nbt (JsonObject *question, JsonBuilder *answer, GError **error);

G_END_DECLS
