/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/nbt-reader.h"

G_BEGIN_DECLS

/* What the tests of .nbt files share: files in memory, and a host's reader that keeps count. */

/* A file of tests/data, changeable. */
GByteArray *nbt_file_load (const char *name);

/* A file from a description (tests/tools/nbt-packer.h); fails the test when there is none. */
GByteArray *nbt_file_pack (const char *description);

/* A file of three sections from the texts of INST, UNIT and USER (each nullable: a good one). */
GByteArray *nbt_file_pack_texts (const char *inst, const char *unit, const char *user);

/* Replaces the bytes of the last section of a file, plain, and makes everything else right. */
void nbt_file_replace_last (GByteArray *file, const char *text);

/* Little-endian fields of a file. */
guint64 nbt_file_get (const GByteArray *file, gsize offset, gsize size);
void nbt_file_put (GByteArray *file, gsize offset, gsize size, guint64 value);

/* Where the table entry of a section begins. */
gsize nbt_file_find_entry (const GByteArray *file, const char *tag);

/* What a host's reader was asked for. */
typedef struct
{
  guint n_calls;
  guint64 n_bytes;
  gsize largest;
} NbtFileCount;

/*
 * Reads a file as the bridge does. Every range asked for must lie within the file, and be no
 * larger than a slice. A file may be sparse: @size is then larger than @file, and what lies behind
 * it must not be asked for. @count: (nullable).
 */
TtecommInstallation *
nbt_file_read_sparse (const GByteArray *file, guint64 size, NbtFileCount *count, GError **error);
TtecommInstallation *nbt_file_read (const GByteArray *file, GError **error);

/* Reads a file as far as that goes without its password: what the password opens. */
TtecommNbtSealed *nbt_file_read_sealed (const GByteArray *file, GError **error);

/* Reads a protected file with its password. @length: -1 for all of @password. */
TtecommInstallation *
nbt_file_unlock (const GByteArray *file, const char *password, gssize length, GError **error);

/* Reads a file that must be refused with this code and a message that holds @fragment. */
void nbt_file_assert_refused (const GByteArray *file, int code, const char *fragment);
void nbt_file_assert_accepted (const GByteArray *file);

G_END_DECLS
