/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/fields.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define TTECOMM_TOKEN_MAX 512
#define TTECOMM_TOKENS_SERIAL_MAX (G_GINT64_CONSTANT (1) << 53)
/* RFC 6750: what may stand behind "Bearer" in a header. */
#define TTECOMM_TOKEN_CHARS TTECOMM_CHARS_ALNUM "-._~+/="

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
  gint64 serial;    /* grows with each renewal, in whichever window of the host: which are newer */
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

TtecommTokens *ttecomm_tokens_copy (const TtecommTokens *self);
void ttecomm_tokens_free (TtecommTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommTokens, ttecomm_tokens_free)

G_END_DECLS
