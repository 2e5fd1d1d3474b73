/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ttecomm_pkce_random:
 *
 * 32 bytes of the system's randomness as 43 characters of base64url: a code verifier (RFC 7636,
 * 4.1), a state.
 *
 * Returns: (transfer full): a secret, or %NULL with %TTECOMM_CLOUD_ERROR_INVALID
 */
char *ttecomm_pkce_random (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): the S256 challenge for @verifier (RFC 7636, 4.2). */
char *ttecomm_pkce_challenge (const char *verifier) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
