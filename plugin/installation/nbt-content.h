/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/installation.h"
#include "plugin/installation/nbt-table.h"

G_BEGIN_DECLS

/* What stands in the sections, once their bytes are plain. Pure functions; any thread. */

/**
 * ttecomm_nbt_content_take:
 * @section: INST, UNIT or USER
 * @entry: of this section, for the error
 * @text: (array length=length): its plain bytes
 * @users_digest: (nullable): for INST, SHA-256 of the plain bytes of USER, 64 lower-case
 *   hex digits; %NULL when they are not known
 *
 * On %FALSE the installation is unusable, and the error is %TTECOMM_NBT_ERROR_CONTENT.
 */
gboolean ttecomm_nbt_content_take (TtecommInstallation *installation,
                                   TtecommNbtSection section,
                                   const TtecommNbtEntry *entry,
                                   const char *text,
                                   gsize length,
                                   const char *users_digest,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
