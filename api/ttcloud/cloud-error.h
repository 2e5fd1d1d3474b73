/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/problem.h"
#include "api/ttcloud/timings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommCloudError:
 * @TTECOMM_CLOUD_ERROR_OFFLINE: name not found, refused, reset or unreachable (B9)
 * @TTECOMM_CLOUD_ERROR_BLOCKED: the name leads to 0.0.0.0 or to this PC (B9)
 * @TTECOMM_CLOUD_ERROR_SLOW: a stated time limit passed (B9)
 * @TTECOMM_CLOUD_ERROR_TLS_CLOCK: certificate outside its dates, likely this PC's clock (B7)
 * @TTECOMM_CLOUD_ERROR_TLS_TRUST: unknown issuer, other host, protocol below TLS 1.2 (B8)
 * @TTECOMM_CLOUD_ERROR_PORTAL: a web page or a redirect to a foreign host (B5)
 * @TTECOMM_CLOUD_ERROR_SIGN_IN: 401 after one refresh, or nobody can sign the request (B6)
 * @TTECOMM_CLOUD_ERROR_REFUSED: 403, 404, another 4xx, or redirects that lead nowhere (B6)
 * @TTECOMM_CLOUD_ERROR_PROXY_LOGIN: the proxy asks for a name and a password, 407 (B6)
 * @TTECOMM_CLOUD_ERROR_BUSY: 429 or 5xx; see ttecomm_cloud_error_get_retry_after() (B6)
 * @TTECOMM_CLOUD_ERROR_ALTERED: cut short, too large, not JSON, or not as the contract says (B1)
 * @TTECOMM_CLOUD_ERROR_PROBLEM: TTcloud says what is wrong: ttecomm_cloud_error_get_problem().
 *   Only for 400, 403, 404 and 409; for the gate's words this is "refused" (an unsigned no)
 * @TTECOMM_CLOUD_ERROR_FOREIGN_LINK: an answer holds a link to a host that is not TTecomm's
 * @TTECOMM_CLOUD_ERROR_DENIED: the person said no in the browser
 * @TTECOMM_CLOUD_ERROR_EXPIRED: nobody finished the sign-in in time
 * @TTECOMM_CLOUD_ERROR_REPLACED: another sign-in, or a sign-out, took this one's place
 * @TTECOMM_CLOUD_ERROR_INVALID: the caller's own argument or configuration cannot be sent
 *
 * One code for each thing that can be told to a person. %G_IO_ERROR_CANCELLED stays itself and is
 * never put into this domain.
 */
typedef enum
{
  TTECOMM_CLOUD_ERROR_OFFLINE,
  TTECOMM_CLOUD_ERROR_BLOCKED,
  TTECOMM_CLOUD_ERROR_SLOW,
  TTECOMM_CLOUD_ERROR_TLS_CLOCK,
  TTECOMM_CLOUD_ERROR_TLS_TRUST,
  TTECOMM_CLOUD_ERROR_PORTAL,
  TTECOMM_CLOUD_ERROR_SIGN_IN,
  TTECOMM_CLOUD_ERROR_REFUSED,
  TTECOMM_CLOUD_ERROR_PROXY_LOGIN,
  TTECOMM_CLOUD_ERROR_BUSY,
  TTECOMM_CLOUD_ERROR_ALTERED,
  TTECOMM_CLOUD_ERROR_PROBLEM,
  TTECOMM_CLOUD_ERROR_FOREIGN_LINK,
  TTECOMM_CLOUD_ERROR_DENIED,
  TTECOMM_CLOUD_ERROR_EXPIRED,
  TTECOMM_CLOUD_ERROR_REPLACED,
  TTECOMM_CLOUD_ERROR_INVALID,
} TtecommCloudError;

#define TTECOMM_CLOUD_ERROR (ttecomm_cloud_error_quark ())
GQuark ttecomm_cloud_error_quark (void);

/*
 * What an error of this domain knows beside code and text (an extended GError: it survives
 * g_error_copy() and g_propagate_prefixed_error()). Any error may be passed to the getters; one of
 * another domain knows nothing. Borrowed from the error.
 */

/* The HTTP status, 0 when there was no answer. */
guint ttecomm_cloud_error_get_status (const GError *error);
/* Seconds of Retry-After, at most 86,400; -1 when not stated. */
gint64 ttecomm_cloud_error_get_retry_after (const GError *error);
/* (nullable): what TTcloud itself says is wrong; may be there for SIGN_IN and BUSY too. */
const TtecommProblem *ttecomm_cloud_error_get_problem (const GError *error);
/* (nullable): who issued the certificate that was not trusted (TLS_TRUST, TLS_CLOCK). */
const char *ttecomm_cloud_error_get_issuer (const GError *error);
/* (nullable): how long each phase took, for errors that come from a request. */
const TtecommTimings *ttecomm_cloud_error_get_timings (const GError *error);

/* For this room: fill in what is known. @error must be of this domain. */
void ttecomm_cloud_error_set_status (GError *error, guint status, gint64 retry_after);
void ttecomm_cloud_error_set_problem (GError *error, const TtecommProblem *problem);
void ttecomm_cloud_error_set_issuer (GError *error, const char *issuer);
void ttecomm_cloud_error_set_timings (GError *error, const TtecommTimings *timings);

/* The name of @code in lower case ("tls_trust"), for log lines. */
const char *ttecomm_cloud_error_code_name (TtecommCloudError code);

G_END_DECLS
