/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "api/ttcloud/installation-summary.h"

G_BEGIN_DECLS

/*
 * TtecommClient's operations on many installations at once; all that client.h says of its calls
 * holds here.
 */

/**
 * ttecomm_client_installations_async:
 * @cursor: (nullable): `next` of the page before; %NULL for the first one
 * @limit: installations a page at most, 1 to %TTECOMM_INSTALLATION_PAGE_MAX
 *
 * One page. A page with more than @limit, or whose `next` is @cursor again, is ALTERED. A cursor
 * that TTcloud no longer takes is PROBLEM invalid: begin again.
 */
void ttecomm_client_installations_async (TtecommClient *self,
                                         const char *cursor,
                                         guint limit,
                                         const TtecommLimits *limits,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
TtecommInstallationPage *
ttecomm_client_installations_finish (TtecommClient *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Statements of one call at most. */
#define TTECOMM_SERVICE_FLAGS_MAX 500

/* One installation asked about. Copied by the call that takes it. */
typedef struct
{
  const char *installation;
  const char *nonce; /* 16 random bytes, base64url, 22 characters; another one for each */
} TtecommServiceFlagItem;

/**
 * ttecomm_client_service_flags_async:
 * @items: 1 to %TTECOMM_SERVICE_FLAGS_MAX, no installation twice
 *
 * Finish returns as many statements, in any order (compact JWS, at most 8 KiB each), not verified:
 * that is the gate's, and so is which of them is about whom. More or fewer are ALTERED.
 * @timings: (out) (optional): as of ttecomm_client_service_flag_finish()
 */
void ttecomm_client_service_flags_async (TtecommClient *self,
                                         const TtecommServiceFlagItem *items,
                                         gsize n_items,
                                         const TtecommLimits *limits,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GStrv ttecomm_client_service_flags_finish (TtecommClient *self,
                                           GAsyncResult *result,
                                           TtecommTimings *timings,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
