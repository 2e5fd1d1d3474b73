/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/snapshot.h"

G_BEGIN_DECLS

#define TTECOMM_PAGE_ID "subscriptions"

/**
 * TtecommPage:
 *
 * One rendering of the subscription page: its bytes (api/prosoft/page.schema.json), and what each
 * of its actions promises. Immutable, reference counted atomically; any thread.
 */
typedef struct _TtecommPage TtecommPage;

/* What is known of an action of a page, for the host's PROSOFT_E_STALE. */
typedef struct
{
  gboolean enabled;
  char *disabled_reason; /* (owned) (nullable): NULL exactly when enabled */
  char *fingerprint;     /* (owned) (nullable): whatever the person was promised: the confirm text
                            with its amount, the quote, the version of the terms. Another
                            fingerprint is another promise */
} TtecommPageAction;

/* Pure: no I/O, no clock, no locale. (transfer full) */
TtecommPage *ttecomm_page_build (const TtecommSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
TtecommPage *ttecomm_page_ref (TtecommPage *self);
void ttecomm_page_unref (TtecommPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPage, ttecomm_page_unref)

GBytes *ttecomm_page_get_json (const TtecommPage *self);
gint64 ttecomm_page_get_revision (const TtecommPage *self);
const char *ttecomm_page_get_title (const TtecommPage *self);

/* (nullable): NULL when the page has no action of that id. @id may be anything but NULL. */
const TtecommPageAction *ttecomm_page_get_action (const TtecommPage *self, const char *id);

G_END_DECLS
