/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/ed25519.h"

G_BEGIN_DECLS

/*
 * JWS, compact form, EdDSA only (RFC 7515, RFC 8037): how TTcloud signs what must not be altered on
 * its way (gate.md, section 2). Far stricter than the RFC: the header has the members alg, typ and
 * kid and no other, in compact JSON, and nothing of the payload is looked at before the signature
 * is found good. Thread: any.
 */

#define TTECOMM_JWS_ERROR (ttecomm_jws_error_quark ())
GQuark ttecomm_jws_error_quark (void);

/**
 * TtecommJwsError:
 * @TTECOMM_JWS_ERROR_SIZE: longer than the caller takes
 * @TTECOMM_JWS_ERROR_FORMAT: not three parts of canonical base64url, a signature of another length
 * @TTECOMM_JWS_ERROR_HEADER: another alg or typ, another member, a duplicate, white space
 * @TTECOMM_JWS_ERROR_SIGNATURE: the signature is not the key's
 */
typedef enum
{
  TTECOMM_JWS_ERROR_SIZE,
  TTECOMM_JWS_ERROR_FORMAT,
  TTECOMM_JWS_ERROR_HEADER,
  TTECOMM_JWS_ERROR_SIGNATURE,
} TtecommJwsError;

/* Longest key id; its characters are A-Z a-z 0-9 . _ - */
#define TTECOMM_JWS_MAX_KID 64

typedef struct _TtecommJws TtecommJws;

/**
 * ttecomm_jws_parse:
 * @text: (array length=length): need not be NUL-terminated
 * @typ: the only type accepted
 * @max_bytes: the longest @text accepted
 *
 * Takes the text apart and reads its header. Nothing is verified yet.
 *
 * Returns: (transfer full):
 */
TtecommJws *ttecomm_jws_parse (const char *text,
                               gsize length,
                               const char *typ,
                               gsize max_bytes,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_jws_free (TtecommJws *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommJws, ttecomm_jws_free)

/* The key that the header claims; not to be believed before ttecomm_jws_verify(). */
const char *ttecomm_jws_get_kid (const TtecommJws *self);

/**
 * ttecomm_jws_verify:
 *
 * The only way to the payload, so that nobody reads an unsigned one.
 *
 * Returns: (transfer full): the payload's bytes if @key signed them
 */
GBytes *ttecomm_jws_verify (const TtecommJws *self,
                            const guint8 key[TTECOMM_ED25519_KEY_SIZE],
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean ttecomm_jws_is_kid (const char *kid);

G_END_DECLS
