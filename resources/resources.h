/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where everything compiled in lies; the last character is a slash. */
#define TTECOMM_RESOURCES_PREFIX "/be/teletask/ttecomm/"

/**
 * ttecomm_resources_register:
 *
 * Makes the data of this folder readable by g_resources_lookup_data() and its like, under
 * %TTECOMM_RESOURCES_PREFIX. Once is enough and more do no harm; nothing is ever unregistered,
 * since the data lies in the program or the (pinned) module itself. Thread: any.
 */
void ttecomm_resources_register (void);

/**
 * ttecomm_resources_lookup:
 * @name: a file's name below the prefix, "terms-of-sale.json"
 *
 * Registers, and finds one file. Thread: any.
 *
 * Returns: (transfer full): the file's bytes, or %NULL with a #GResourceError
 */
GBytes *ttecomm_resources_lookup (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
