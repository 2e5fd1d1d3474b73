/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Random values and digests of the sandbox, by OpenSSL. */

/* Notes a secret of this run, for the search through all that the run said: see
 * tests/harness/leaks.py. Does nothing unless HARNESS_WITNESS names the folder for it.
 * @kind: one word, such as "nonce" */
void sandbox_witness (const char *kind, const char *secret);
/* (transfer full): 32 random bytes, base64url, noted: a code, a token, a cookie. */
char *sandbox_secret_new (const char *kind) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): PREFIX-<16 random bytes>, for ids that are shown. */
char *sandbox_id_new (const char *prefix) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): base64url of SHA-256: what is stored instead of a secret, and PKCE's S256. */
char *sandbox_digest (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): base64url of HMAC-SHA-256 over `text`. */
char *sandbox_mac (const char *key, const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* In a time that says nothing about where they differ. */
gboolean sandbox_equal (const char *a, const char *b);
/* (transfer full): without padding */
char *sandbox_base64url (const guint8 *bytes, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
