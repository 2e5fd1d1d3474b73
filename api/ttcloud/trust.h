/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/ed25519.h"

G_BEGIN_DECLS

/*
 * Whom we believe: an environment's name and its root keys, which sign key sets and nothing else
 * (gate.md, section 2). Immutable, reference counted. Thread: any.
 */

#define TTECOMM_TRUST_ERROR (ttecomm_trust_error_quark ())
GQuark ttecomm_trust_error_quark (void);

/**
 * TtecommTrustError:
 * @TTECOMM_TRUST_ERROR_FORMAT: not the JSON that `ttcloud-trust` must be
 * @TTECOMM_TRUST_ERROR_ENVIRONMENT: a host may declare the sandbox only
 * @TTECOMM_TRUST_ERROR_KEY: a key that is no Ed25519 key, is unsafe, or has a kid that another has
 */
typedef enum
{
  TTECOMM_TRUST_ERROR_FORMAT,
  TTECOMM_TRUST_ERROR_ENVIRONMENT,
  TTECOMM_TRUST_ERROR_KEY,
} TtecommTrustError;

typedef struct _TtecommTrust TtecommTrust;

/**
 * ttecomm_trust_new_production:
 *
 * The roots compiled into the module. None is published today, so this trust believes nobody.
 */
TtecommTrust *ttecomm_trust_new_production (void);

/**
 * ttecomm_trust_new_from_json:
 * @text: the host's `ttcloud-trust`,
 *   `{"env":"sandbox","keys":[{"kty":"OKP","crv":"Ed25519","kid":"...","x":"..."}]}`
 *
 * Returns: (transfer full):
 */
TtecommTrust *ttecomm_trust_new_from_json (const char *text,
                                           gsize length,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommTrust *ttecomm_trust_ref (TtecommTrust *self);
void ttecomm_trust_unref (TtecommTrust *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommTrust, ttecomm_trust_unref)

/* "prod" or "sandbox" */
const char *ttecomm_trust_get_env (const TtecommTrust *self);

/* %TRUE when there is no root key: nothing can ever be verified. */
gboolean ttecomm_trust_is_empty (const TtecommTrust *self);

/* (nullable): the root of that name, 32 bytes, valid as long as the trust */
const guint8 *ttecomm_trust_lookup (const TtecommTrust *self, const char *kid);

G_END_DECLS
