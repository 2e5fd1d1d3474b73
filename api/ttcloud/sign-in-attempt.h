/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/guard.h"
#include "api/ttcloud/oauth.h"
#include "api/ttcloud/sign-in.h"

G_BEGIN_DECLS

/*
 * One way through the browser: discovery, listener, authorization address, code, tokens. For this
 * room only.
 */

typedef void (*TtecommOpenUrl) (const char *url, gpointer user_data);

/**
 * ttecomm_sign_in_attempt_async:
 * @guard: (transfer full): its reasons to stop become the error
 * @clock: by whose boot time the person has @limit_ms, since a PC may sleep
 * @open_url: called once at most, before the callback
 */
void ttecomm_sign_in_attempt_async (TtecommOauth *oauth,
                                    const TtecommSignInPages *pages,
                                    TtecommGuard *guard,
                                    TtecommClock *clock,
                                    guint limit_ms,
                                    TtecommOpenUrl open_url,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* (transfer full) */
TtecommTokens *ttecomm_sign_in_attempt_finish (GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
