/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/ed25519.h"

G_BEGIN_DECLS

/*
 * The other side of jws.h, for the sandbox and the tests: keys and signatures. A library of its own
 * (ttcloud_sign_dep), so that the module holds none of it.
 */

typedef struct _TtecommSigningKey TtecommSigningKey;

/* A new key. @kid is copied. */
TtecommSigningKey *ttecomm_signing_key_generate (const char *kid,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The key of an RFC 8032 seed: the same every time. */
TtecommSigningKey *ttecomm_signing_key_new_from_seed (const char *kid,
                                                      const guint8 seed[TTECOMM_ED25519_KEY_SIZE],
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_signing_key_free (TtecommSigningKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSigningKey, ttecomm_signing_key_free)

const char *ttecomm_signing_key_get_kid (const TtecommSigningKey *self);

/* The public half, raw: 32 bytes, valid as long as the key. */
const guint8 *ttecomm_signing_key_get_public (const TtecommSigningKey *self);

/* The public half, base64url: a JWK's x. */
char *ttecomm_signing_key_dup_x (const TtecommSigningKey *self);

/* The signature over @data. */
gboolean ttecomm_signing_key_sign (const TtecommSigningKey *self,
                                   const void *data,
                                   gsize length,
                                   guint8 signature[TTECOMM_ED25519_SIGNATURE_SIZE],
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_jws_sign:
 * @typ: the header's typ, such as TTECOMM_STATEMENT_TYP
 * @payload: JSON
 * @length: of @payload, or -1 when it ends with a NUL
 *
 * Returns: (transfer full): a compact JWS
 */
char *ttecomm_jws_sign (const TtecommSigningKey *key,
                        const char *typ,
                        const char *payload,
                        gssize length,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As ttecomm_jws_sign(), with a header that may be anything, for tests of bad ones. */
char *ttecomm_jws_sign_with_header (const TtecommSigningKey *key,
                                    const char *header,
                                    const char *payload,
                                    gssize length,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
