/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Ed25519 (RFC 8032) by OpenSSL, the one signature of this project. Thread: any.
 */

#define TTECOMM_ED25519_KEY_SIZE 32
#define TTECOMM_ED25519_SIGNATURE_SIZE 64

/**
 * ttecomm_ed25519_key_is_safe:
 *
 * %FALSE for a public key of small order, with which anybody can make signatures that verify, and
 * for one that is not the canonical spelling of its number. OpenSSL accepts both, so every key is
 * checked here before it is kept.
 */
gboolean ttecomm_ed25519_key_is_safe (const guint8 key[TTECOMM_ED25519_KEY_SIZE]);

/**
 * ttecomm_ed25519_verify:
 *
 * Returns: %TRUE if and only if @signature is @key's over @data; every doubt and every failure of
 *   OpenSSL is %FALSE
 */
gboolean ttecomm_ed25519_verify (const guint8 key[TTECOMM_ED25519_KEY_SIZE],
                                 const void *data,
                                 gsize length,
                                 const guint8 signature[TTECOMM_ED25519_SIGNATURE_SIZE]);

G_END_DECLS
