/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/trust.h"

G_BEGIN_DECLS

/*
 * The keys with which TTcloud signs statements: JWS, typ tt-keys+jwt, payload
 * `{"ver":7,"keys":[{"kid","x","nbf","exp"}]}`, signed by a root (gate.md, section 2). Immutable,
 * reference counted. Thread: any.
 */

#define TTECOMM_KEY_SET_TYP "tt-keys+jwt"
#define TTECOMM_KEY_SET_MAX_BYTES 65536

#define TTECOMM_KEY_SET_ERROR (ttecomm_key_set_error_quark ())
GQuark ttecomm_key_set_error_quark (void);

/**
 * TtecommKeySetError:
 * @TTECOMM_KEY_SET_ERROR_ALTERED: not a key set, or its signature is not the root's
 * @TTECOMM_KEY_SET_ERROR_ROOT: signed by a root that we do not know
 * @TTECOMM_KEY_SET_ERROR_KEY: a key in it is unsafe, or a kid occurs twice
 * @TTECOMM_KEY_SET_ERROR_OLD: its ver is lower than that of the one we have
 */
typedef enum
{
  TTECOMM_KEY_SET_ERROR_ALTERED,
  TTECOMM_KEY_SET_ERROR_ROOT,
  TTECOMM_KEY_SET_ERROR_KEY,
  TTECOMM_KEY_SET_ERROR_OLD,
} TtecommKeySetError;

typedef struct
{
  const char *kid;
  const guint8 *key; /* 32 bytes */
  gint64 nbf;        /* Unix seconds: the first and the last at which this key signs; compared */
  gint64 exp;        /* with a statement's iat, never with the PC's clock */
} TtecommSigner;

typedef struct _TtecommKeySet TtecommKeySet;

/**
 * ttecomm_key_set_verify:
 * @text: (array length=length): the compact JWS, from the network or from disk
 * @min_ver: the ver of the key set that we have, or 0; a lower one is refused
 *
 * Returns: (transfer full):
 */
TtecommKeySet *ttecomm_key_set_verify (const char *text,
                                       gsize length,
                                       const TtecommTrust *trust,
                                       gint64 min_ver,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommKeySet *ttecomm_key_set_ref (TtecommKeySet *self);
void ttecomm_key_set_unref (TtecommKeySet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommKeySet, ttecomm_key_set_unref)

/* The environment of the root that signed it: a key set of one never serves another. */
const char *ttecomm_key_set_get_env (const TtecommKeySet *self);
gint64 ttecomm_key_set_get_ver (const TtecommKeySet *self);

/* The compact JWS it was read from, to be kept in the cache. */
const char *ttecomm_key_set_get_jws (const TtecommKeySet *self);

/* Fills in @signer, borrowed from the set; %FALSE if there is no such key. */
gboolean ttecomm_key_set_lookup (const TtecommKeySet *self, const char *kid, TtecommSigner *signer);

G_END_DECLS
