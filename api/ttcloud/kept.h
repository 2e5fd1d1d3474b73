/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/discovery.h"
#include "api/ttcloud/tokens.h"

G_BEGIN_DECLS

/**
 * TtecommKept:
 *
 * What the host's safe place keeps of a sign-in between two runs: strict JSON of at most
 * %TTECOMM_SECRET_MAX bytes, of one version, bound to the origin that gave the tokens. So a restart
 * needs neither browser nor discovery, and as long as the access token is good no token either
 * (gate.md, section 4).
 */
typedef struct
{
  TtecommTokens *tokens;       /* (owned) (nullable): NULL: the person signed out, and the host
                                * could keep but not erase */
  TtecommDiscovery *discovery; /* (owned) (nullable): where those were asked for */
  gint64 discovered;           /* unix seconds; 0 = not known */
} TtecommKept;

/**
 * ttecomm_kept_write:
 * @tokens: (nullable): %NULL writes that nobody is signed in
 * @discovery: (nullable): left out when the limit does not allow both
 * @origin: TTcloud's
 *
 * Returns: (transfer full): bytes that wipe themselves when freed
 */
GBytes *ttecomm_kept_write (const TtecommTokens *tokens,
                            const TtecommDiscovery *discovery,
                            gint64 discovered,
                            GUri *origin,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_kept_read:
 *
 * What ttecomm_kept_write() made; hostile, like every file. Another version, another origin, an end
 * point of a foreign origin, or anything odd is an error, whose message holds nothing of the
 * secret.
 */
TtecommKept *ttecomm_kept_read (GBytes *secret, GUri *origin, GUri *ttecomm_origin, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

void ttecomm_kept_free (TtecommKept *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommKept, ttecomm_kept_free)

G_END_DECLS
