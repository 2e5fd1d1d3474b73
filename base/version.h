/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ttecomm_version_is_valid:
 * @version: (nullable): text from outside
 *
 * A version is one to eight dotted parts, each of one to nine digits and nothing else.
 */
gboolean ttecomm_version_is_valid (const char *version);

/**
 * ttecomm_version_compare:
 * @a: (nullable): a version
 * @b: (nullable): a version
 *
 * Compares by the numbers of the dotted parts, missing ones counting as 0: 3.10 is newer
 * than 3.7.3, and 3.7.3 is 3.7.3.0 (S2). A text that is no valid version is older than every valid
 * one, so that an unreadable PROSOFT version never passes for a new one. Allocates nothing. Thread:
 * any.
 *
 * Returns: less than, equal to or greater than 0
 */
int ttecomm_version_compare (const char *a, const char *b);

G_END_DECLS
