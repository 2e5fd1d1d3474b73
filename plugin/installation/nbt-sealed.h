/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/installation.h"
#include "plugin/installation/nbt-cipher.h"

G_BEGIN_DECLS

/**
 * TtecommNbtSealed:
 *
 * What a protected file says to whoever has its password (H17): how the key follows from it, and
 * the stored bytes of INST, UNIT and USER, at most 832 KiB. So the file need not be read again when
 * the password comes. Made by #TtecommNbtReader; immutable from then on, reference counted, so any
 * thread may open it.
 */
typedef struct _TtecommNbtSealed TtecommNbtSealed;

TtecommNbtSealed *ttecomm_nbt_sealed_ref (TtecommNbtSealed *self);
void ttecomm_nbt_sealed_unref (TtecommNbtSealed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommNbtSealed, ttecomm_nbt_sealed_unref)

/* (transfer none) */
const TtecommNbtLock *ttecomm_nbt_sealed_get_lock (const TtecommNbtSealed *self);

/**
 * ttecomm_nbt_sealed_open:
 * @key: from ttecomm_nbt_key_derive()
 *
 * All of the file or nothing: one section that does not open or cannot be read refuses the rest, so
 * nobody ever sees half of the roles.
 *
 * Returns: (transfer full): the installation with its roles; %NULL with
 *   %TTECOMM_NBT_ERROR_PASSWORD: no section opens;
 *   %TTECOMM_NBT_ERROR_SEAL: some do, so the key is right and the file is not;
 *   %TTECOMM_NBT_ERROR_SECTION_DIGEST or %TTECOMM_NBT_ERROR_CONTENT: as for a plain file
 */
TtecommInstallation *ttecomm_nbt_sealed_open (const TtecommNbtSealed *self,
                                              TtecommSecret *key,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For the reader, before anybody else has it. @stored: (transfer none): of INST, UNIT or USER. */
TtecommNbtSealed *ttecomm_nbt_sealed_new (const TtecommNbtTable *table);
void ttecomm_nbt_sealed_set_lock (TtecommNbtSealed *self, const TtecommNbtLock *lock);
void ttecomm_nbt_sealed_add (TtecommNbtSealed *self,
                             TtecommNbtSection section,
                             const guint8 *stored,
                             gsize length);

G_END_DECLS
