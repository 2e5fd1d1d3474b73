/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommMessages:
 *
 * The texts of one language, as msgfmt compiles them (.mo, either byte order). Read without
 * gettext, which would need setlocale() and environment variables of the whole process. Immutable.
 * Thread: any.
 */
typedef struct _TtecommMessages TtecommMessages;

/**
 * ttecomm_messages_new:
 * @mo: the file; kept
 *
 * Every offset is checked, every text must be UTF-8 and have as many forms as `Plural-Forms` says.
 *
 * Returns: (transfer full): or %NULL with %G_IO_ERROR_INVALID_DATA
 */
TtecommMessages *ttecomm_messages_new (GBytes *mo, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_messages_free (TtecommMessages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommMessages, ttecomm_messages_free)

/* (nullable): the translation, borrowed; %NULL when there is none. */
const char *
ttecomm_messages_lookup (const TtecommMessages *self, const char *context, const char *text);

/* As ttecomm_messages_lookup(), the form for @n. @text is the singular. */
const char *ttecomm_messages_lookup_plural (const TtecommMessages *self,
                                            const char *context,
                                            const char *text,
                                            guint64 n);

G_END_DECLS
