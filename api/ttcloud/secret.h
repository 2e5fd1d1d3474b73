/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* g_free() for a string that nobody may find in memory afterwards. */
void ttecomm_secret_free (char *secret);
/* (transfer full): takes @secret over; its bytes are wiped with the last reference. */
GBytes *ttecomm_secret_bytes_new_take (char *secret);
/* The same string, in a time that does not tell where the first difference is. */
gboolean ttecomm_secret_equal (const char *a, const char *b);

typedef char TtecommSecret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSecret, ttecomm_secret_free)

G_END_DECLS
