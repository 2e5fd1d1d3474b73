/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommMailbox:
 *
 * What the worker has for the host's main thread. The only lock that both threads share is this
 * queue's own, held for one pointer move (R5).
 */
typedef struct _TtecommMailbox TtecommMailbox;

typedef void (*TtecommMailFunc) (gpointer target, gpointer payload);

TtecommMailbox *ttecomm_mailbox_new (void);
void ttecomm_mailbox_free (TtecommMailbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommMailbox, ttecomm_mailbox_free)

/* Posts; @destroy frees @payload after @func ran, or unread when the box is freed. [any] */
void ttecomm_mailbox_post (TtecommMailbox *self,
                           TtecommMailFunc func,
                           gpointer payload,
                           GDestroyNotify destroy);

/* The same for what must reach the host even when it is closing. [any] */
void ttecomm_mailbox_post_lasting (TtecommMailbox *self,
                                   TtecommMailFunc func,
                                   gpointer payload,
                                   GDestroyNotify destroy);

/* Runs everything that was posted before this call, in order. [main] */
void ttecomm_mailbox_deliver (TtecommMailbox *self, gpointer target);

/* When the worker has ended: runs what lasts, and drops the rest unread. [main] */
void ttecomm_mailbox_deliver_last (TtecommMailbox *self, gpointer target);

G_END_DECLS
