/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ttecomm_base64url_encode:
 *
 * Base64 with the URL alphabet and without padding (RFC 4648 section 5, RFC 7515 section 2).
 *
 * Returns: (transfer full):
 */
char *ttecomm_base64url_encode (const void *data, gsize length);

/**
 * ttecomm_base64url_decode:
 * @text: @length characters, which need no NUL after them
 * @out_length: (out): the number of bytes
 *
 * The exact inverse of the encoding: padding, white space, the other alphabet, an impossible length
 * or left-over bits that are not zero are refused, so that one value has one spelling.
 *
 * Returns: (transfer full) (nullable): the bytes with a NUL behind them that is not counted; %NULL
 * if
 *   @text is not canonical base64url
 */
guint8 *ttecomm_base64url_decode (const char *text,
                                  gsize length,
                                  gsize *out_length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
