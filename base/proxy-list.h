/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION: what Windows notes of a proxy
 *
 * The two texts of the system's proxy settings, read for one address. Pure; thread: any.
 */

/**
 * ttecomm_proxy_list_lookup:
 * @proxies: (nullable): `HOST:PORT`, or one for each scheme: `http=HOST:PORT;https=HOST:PORT;
 * socks=HOST:PORT`; split by semicolons or blanks
 * @bypass: (nullable): hosts that are asked directly: names with stars, and `<local>` for every
 * name without a dot; split likewise
 * @uri: an absolute URI
 *
 * Returns: (transfer full): URIs in the form that #GProxyResolver gives: `http://HOST:PORT`,
 * `socks://HOST:PORT` or `direct://`. Never empty: what cannot be read is as if it were not there.
 */
char **ttecomm_proxy_list_lookup (const char *proxies, const char *bypass, const char *uri);

G_END_DECLS
