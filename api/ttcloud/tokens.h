/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TtecommTokens:
 *
 * What signing in gave, and whose it is. Wiped from memory when freed (what
 * libsoup and json-glib copied on the way is not).
 */
typedef struct
{
  char *refresh;    /* (owned) (nullable): NULL when TTcloud no longer takes it */
  char *access;     /* (owned) (nullable) */
  gint64 expires;   /* unix seconds by this PC's clock, a hint only; 0 = not known */
  char *account_id; /* (owned) (nullable): until the account has been asked */
  char *email;      /* (owned) (nullable) */
} TtecommTokens;

/**
 * ttecomm_tokens_from_json:
 * @object: the answer of the token end point
 * @now: unix seconds; 0 when the clock cannot be read
 *
 * Token characters are those of RFC 6750 and 6749; anything else could not go into a header.
 */
TtecommTokens *
ttecomm_tokens_from_json (JsonObject *object, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_tokens_serialize:
 *
 * Returns: (transfer full): JSON of at most %TTECOMM_SECRET_MAX bytes that wipes itself when freed
 */
GBytes *ttecomm_tokens_serialize (const TtecommTokens *self,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What ttecomm_tokens_serialize() made; the secret is hostile, like every file. */
TtecommTokens *ttecomm_tokens_deserialize (GBytes *secret,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

TtecommTokens *ttecomm_tokens_copy (const TtecommTokens *self);
void ttecomm_tokens_free (TtecommTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommTokens, ttecomm_tokens_free)

G_END_DECLS
