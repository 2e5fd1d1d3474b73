/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): starts ttcloud-sandbox; what it says goes into the file @log. Linux alone has
 * it.
 */
GSubprocess *sandbox_spawn (const char *const *arguments,
                            const char *log,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
