/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/*
 * Codes and tokens. Only their digests are stored. A grant is one sign-in: the code it gave, the
 * refresh tokens that followed from it, the access tokens; revoking it ends all of them.
 * Times are real seconds, not the world's.
 */
#define SANDBOX_CLIENT_ID "prosoft-ttecomm"
#define SANDBOX_CODE_SECONDS 60
#define SANDBOX_ACCESS_SECONDS 600
/* How long a refresh token that was replaced still counts: two windows may share one. */
#define SANDBOX_GRACE_SECONDS 60

/* (transfer full): a code for `account`, bound to the PKCE challenge and the redirect address. */
char *sandbox_tokens_issue_code (SandboxWorld *world,
                                 const char *account,
                                 const char *scope,
                                 const char *challenge,
                                 const char *redirect_uri) G_GNUC_WARN_UNUSED_RESULT;

/* Fills in exchange->account from the bearer token; FALSE: 401 has been answered. */
gboolean sandbox_tokens_identify (SandboxExchange *exchange) G_GNUC_WARN_UNUSED_RESULT;

/* Handlers: POST /oauth/token, POST /oauth/revoke, GET /.well-known/openid-configuration. */
void sandbox_tokens_token (SandboxExchange *exchange);
void sandbox_tokens_revoke (SandboxExchange *exchange);
void sandbox_tokens_discovery (SandboxExchange *exchange);

G_END_DECLS
