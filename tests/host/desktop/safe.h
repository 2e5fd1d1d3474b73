/* SPDX-License-Identifier: MIT */
/*
 * Where the desktop keeps a sign-in: the Secret Service of the session (GNOME Keyring, KWallet,
 * KeePassXC), or, where there is none, the memory of this process, wiped at its end.
 *
 *   DesktopSafe *safe = desktop_safe_new ();
 *   HostOptions options = { .safe = desktop_safe_get (safe), ... };
 *   ...
 *   host_stop (host);
 *   desktop_safe_free (safe);
 *
 * Calls run one after the other, in the default main context, which the desktop's loop iterates;
 * all functions belong to its thread. Each is bounded in time: PROSOFT_E_TIMEOUT when the service
 * does not answer. A locked keyring asks the person, and that may take longer; PROSOFT_E_CANCELLED
 * when the person does not unlock it. What was kept in memory while there was no service is the
 * newest, so it is loaded first, and goes into the service with the next store.
 */
#pragma once

#include <glib.h>

#include "tests/host/host.h"

G_BEGIN_DECLS

typedef struct _DesktopSafe DesktopSafe;

/* Five seconds for a call, 60 more while the service asks the person. */
DesktopSafe *desktop_safe_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The same with other bounds, both more than 0: for tests. */
DesktopSafe *desktop_safe_new_bounded (guint call_ms, guint ask_ms) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Answers what is open; after host_stop(), before or after host_free(). What is being stored or
 * erased is finished first, for two seconds at most, in which the default main context runs: a
 * sign-out just before the end is one.
 */
void desktop_safe_free (DesktopSafe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DesktopSafe, desktop_safe_free)

/* For HostOptions. Valid until the safe is freed. */
const HostSafe *desktop_safe_get (const DesktopSafe *self);

/*
 * FALSE: the last attempt found no Secret Service (or this was built without libsecret), so a
 * sign-in lasts until PROSOFT is closed. TRUE before the first attempt. A change comes before the
 * answer that goes with it, so that what is read when the plug-in has told of a new page is right.
 */
gboolean desktop_safe_lasts (const DesktopSafe *self);

G_END_DECLS
