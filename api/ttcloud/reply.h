/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/timings.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TtecommReply:
 *
 * A complete answer: its body is as long as its headers say. Any status but a redirect that was
 * followed. Nothing in it has been believed yet.
 */
typedef struct
{
  guint status;
  char *content_type; /* (owned) (nullable): lower case, without parameters */
  GBytes *body;       /* (owned): decompressed, within the request's limit */
  gint64 retry_after; /* seconds, at most 86,400; -1 when not stated */
  TtecommTimings timings;
} TtecommReply;

TtecommReply *ttecomm_reply_new (guint status, const char *content_type, GBytes *body);
void ttecomm_reply_free (TtecommReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommReply, ttecomm_reply_free)

/**
 * ttecomm_reply_get_object:
 *
 * The JSON object of a 200 or 201 answer of type application/json, read strictly. Any other answer
 * becomes the %TTECOMM_CLOUD_ERROR it stands for (B1, B5, B6), with status, Retry-After, problem
 * and timings attached.
 *
 * Returns: (transfer full): free with json_object_unref()
 */
JsonObject *ttecomm_reply_get_object (const TtecommReply *self,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_reply_get_any_object:
 *
 * The JSON object of an answer of any status and of type application/json or
 * application/problem+json, for its `server_today` and for RFC 6749 errors.
 *
 * Returns: (transfer full) (nullable): %NULL when it has none
 */
JsonObject *ttecomm_reply_get_any_object (const TtecommReply *self);

/* A JSON error (wrong member, wrong type) of a 200 answer becomes ALTERED. Takes @json_error. */
GError *ttecomm_reply_altered (const TtecommReply *self, GError *json_error);

G_END_DECLS
