/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/installation.h"
#include "plugin/installation/nbt-error.h"
#include "plugin/installation/nbt-sealed.h"

G_BEGIN_DECLS

/**
 * TtecommNbtReader:
 *
 * Reads the installation out of a .nbt without ever touching the file itself: it says which bytes
 * it wants next, and is fed them. So the host's reader can be called on the host's main thread, a
 * slice at a time (R5), while all checking happens on the worker.
 *
 * |[
 * g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file_size);
 * while (ttecomm_nbt_reader_next (reader, &offset, &length))
 *   if (!ttecomm_nbt_reader_feed (reader, read_from_host (offset, length), length, &error))
 *     break;
 * installation = ttecomm_nbt_reader_finish (reader, &error);
 * ]|
 *
 * First the header (64 bytes), then the section table, then INST, UNIT, USER and LOCK in the order
 * of the file; never anything else. Holds one section at a time, at most 512 KiB. Encrypted ones
 * are checked against their digest, so that damage is told before anybody types a password, and
 * kept for whoever has it: see ttecomm_nbt_reader_get_sealed(). Not thread-safe; may move from one
 * thread to another between calls.
 */
typedef struct _TtecommNbtReader TtecommNbtReader;

/* The most bytes asked for at once. */
#define TTECOMM_NBT_SLICE_SIZE (256 * 1024)

/* @file_size: what the host's reader gives as the size of the file */
TtecommNbtReader *ttecomm_nbt_reader_new (guint64 file_size);
void ttecomm_nbt_reader_free (TtecommNbtReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommNbtReader, ttecomm_nbt_reader_free)

/**
 * ttecomm_nbt_reader_next:
 * @offset: (out): where in the file
 * @length: (out): how many bytes, 1 to %TTECOMM_NBT_SLICE_SIZE; they lie within the file
 *
 * Asking twice without feeding gives the same answer.
 *
 * Returns: %FALSE when nothing more is wanted: all is read, or something was wrong
 */
gboolean ttecomm_nbt_reader_next (TtecommNbtReader *self, guint64 *offset, gsize *length);

/**
 * ttecomm_nbt_reader_feed:
 * @data: (array length=length): the bytes last asked for, copied
 * @length: must be what was asked for; fewer (the host's reader failed, or the file shrank) is
 *   %TTECOMM_NBT_ERROR_READ
 *
 * Returns: %FALSE when the file is refused, with an error of domain %TTECOMM_NBT_ERROR; the reader
 *   then wants nothing more
 */
gboolean ttecomm_nbt_reader_feed (TtecommNbtReader *self,
                                  const guint8 *data,
                                  gsize length,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_nbt_reader_finish:
 *
 * Returns: (transfer full): the installation, once; %NULL with the error that refused the file
 *   (the same that ttecomm_nbt_reader_feed() gave), or %TTECOMM_NBT_ERROR_READ when bytes are
 *   still wanted
 */
TtecommInstallation *ttecomm_nbt_reader_finish (TtecommNbtReader *self,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_nbt_reader_get_sealed:
 *
 * Returns: (transfer none) (nullable): what a password opens; %NULL when the file is not protected
 *   or was not read to its end
 */
TtecommNbtSealed *ttecomm_nbt_reader_get_sealed (TtecommNbtReader *self);

G_END_DECLS
