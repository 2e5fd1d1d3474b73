/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/sign-in.h"

G_BEGIN_DECLS

/* The pages of the loopback listener, and reading what a browser sends it. Pure. For this room
 * only. */

TtecommSignInPages *ttecomm_sign_in_pages_copy (const TtecommSignInPages *pages);
void ttecomm_sign_in_pages_free (TtecommSignInPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSignInPages, ttecomm_sign_in_pages_free)

/* (transfer full): a complete HTTP answer that forbids the browser to keep or to load anything */
GBytes *
ttecomm_loopback_page (guint status, const char *language, const char *title, const char *text);

/**
 * ttecomm_loopback_read_request:
 * @head: request line and headers, to the empty line
 * @authority: what Host must say ("127.0.0.1:40000")
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the query of a GET of /callback;
 *   %NULL for any other request, and for one that names a parameter twice or has more than 32
 */
GHashTable *ttecomm_loopback_read_request (const char *head, const char *authority);

G_END_DECLS
