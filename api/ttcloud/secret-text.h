/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommSecretText:
 *
 * A plain string that nobody may find in memory afterwards: a token, a code, what is kept of a
 * sign-in. Everybody reads it as a `char *`; the name is for g_autoptr(), which wipes it. A secret
 * that is not text, or that is shared, is a TtecommSecret (base/secret.h).
 */
typedef char TtecommSecretText;

/* Wipes @text (nullable) and frees it. */
void ttecomm_secret_text_free (char *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSecretText, ttecomm_secret_text_free)

/* (transfer full): takes @text over; its bytes are wiped with the last reference. */
GBytes *ttecomm_secret_text_free_to_bytes (char *text);

/* The same string, in a time that does not tell where the first difference is. */
gboolean ttecomm_secret_text_equal (const char *a, const char *b);

G_END_DECLS
