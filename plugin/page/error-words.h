/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/text/text.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ttecomm_error_words:
 * @error: (nullable): of any domain; TTECOMM_CLOUD_ERROR, TTECOMM_NBT_ERROR and TTECOMM_JSON_ERROR
 *   are told apart
 *
 * A sentence for a person: what went wrong, and what to do next. Nothing of the server's or the
 * network's own words is in it; those belong into details and the log. Thread: any.
 *
 * Returns: (transfer full): never %NULL, never empty
 */
char *ttecomm_error_words (const TtecommText *text, const GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
