/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The longest URL that is taken from anybody, in bytes. */
#define TTECOMM_URL_MAX 2048

/**
 * TtecommOriginRule:
 * @TTECOMM_ORIGIN_HTTPS: https only
 * @TTECOMM_ORIGIN_SANDBOX: or plain http on a loopback literal (127.0.0.0/8, [::1]), where a
 *   person's browser would not trust the sandbox's CA
 */
typedef enum
{
  TTECOMM_ORIGIN_HTTPS,
  TTECOMM_ORIGIN_SANDBOX,
} TtecommOriginRule;

/**
 * ttecomm_origin_parse:
 * @url: an origin of the configuration: scheme, host, optional port; path empty or "/"
 *
 * Returns: (transfer full): the origin with an explicit port and an empty path, or %NULL with
 *   %TTECOMM_CLOUD_ERROR_INVALID
 */
GUri *ttecomm_origin_parse (const char *url,
                            TtecommOriginRule rule,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Scheme, host and port are the same; the default port and the explicit one are the same. */
gboolean ttecomm_origin_equal (GUri *a, GUri *b);

/* @host names this very PC in a URL on purpose: a loopback literal or localhost. */
gboolean ttecomm_origin_host_is_loopback (const char *host);

/**
 * ttecomm_link_parse:
 * @url: a link in an answer
 *
 * A link that may be opened in a browser or asked: at most %TTECOMM_URL_MAX bytes of printable
 * ASCII, absolute, http or https, a host, no user name. Says nothing about whose it is.
 *
 * Returns: (transfer full): or %NULL with %TTECOMM_CLOUD_ERROR_ALTERED
 */
GUri *ttecomm_link_parse (const char *url, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_link_check:
 * @name: the member that holds the link, for the error
 *
 * ttecomm_link_parse(), and the link must be of @origin (%TTECOMM_CLOUD_ERROR_FOREIGN_LINK).
 */
gboolean ttecomm_link_check (const char *url, GUri *origin, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
