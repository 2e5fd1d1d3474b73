/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Makes .nbt files for tests, from a description:
 *
 * |[
 * { "minor": 0,                                     optional
 *   "sections": [
 *     { "tag": "INST", "json": { ... } },
 *     { "tag": "UNIT", "json": [ ... ] },
 *     { "tag": "USER", "json": { ... }, "encrypted": true, "nonce": "<24 hex digits>" },
 *     { "tag": "PROJ", "opaque": 4096, "critical": false },
 *     { "tag": "LOCK", "password": "...",
 *       "json": { "kdf": "scrypt", "n": 32768, "r": 8, "p": 1, "salt": "<base64>" } } ] }
 * ]|
 *
 * Sections are written in this order, as compact JSON; "opaque" is that many bytes that mean
 * nothing; "text" is a string taken as it is. The protected flag is set when there is a LOCK. In
 * INST, "transmitted_users_sha256": "current" becomes the digest of USER. The same description
 * always gives the same bytes. It deliberately shares no code with the reader.
 */

/* Returns: (transfer full): the file; %NULL with a G_IO_ERROR or TTECOMM_JSON_ERROR */
GBytes *nbt_packer_pack (JsonObject *description, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same from JSON text of at most 8 MiB. */
GBytes *
nbt_packer_pack_text (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Makes all digests of a file right again, and with @set_size the file size, after a test changed
 * bytes in it: so that the change itself is what the reader meets. Sections that do not lie within
 * the file keep their digest.
 */
void nbt_packer_reseal (GByteArray *file, gboolean set_size);

G_END_DECLS
