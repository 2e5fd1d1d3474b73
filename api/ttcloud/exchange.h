/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/guard.h"
#include "api/ttcloud/reply.h"
#include "api/ttcloud/request.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * One request and its answer on the wire: no redirects, no second try. What the transport is made
 * of; for this room only.
 */
typedef struct
{
  TtecommReply *reply;     /* (owned) (nullable): NULL when it failed */
  char *location;          /* (owned) (nullable): the Location header */
  gboolean clock_is_right; /* the server's Date agrees with this PC's clock */
  gboolean was_dead;       /* failed without a word on a connection that was still open */
} TtecommExchangeResult;

void ttecomm_exchange_result_clear (TtecommExchangeResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TtecommExchangeResult, ttecomm_exchange_result_clear)

/**
 * ttecomm_exchange_run_async:
 * @request: and @guard: borrowed until the callback
 * @new_connection: not one that is still open
 * @clock_is_right: what is known about this PC's clock
 */
void ttecomm_exchange_run_async (SoupSession *session,
                                 const TtecommRequest *request,
                                 TtecommGuard *guard,
                                 gboolean new_connection,
                                 gboolean clock_is_right,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* @result_out is filled in on failure, too, and must be cleared. */
gboolean ttecomm_exchange_run_finish (GAsyncResult *result,
                                      TtecommExchangeResult *result_out,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
