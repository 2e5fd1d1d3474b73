/* SPDX-License-Identifier: MIT */
/* A program beside the demo: the person's browser, or a PROSOFT that will be killed. One thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Actor Actor;

/* Starts @arguments, NULL-terminated, the first a path. */
Actor *actor_start (const char *const *arguments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Leaves a program that still runs alone. */
void actor_free (Actor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Actor, actor_free)

/* Borrowed: what it writes, complaints too. */
GInputStream *actor_get_output (Actor *self);

/* Waits for its end; FALSE also when it failed. */
gboolean actor_wait (Actor *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends it in the middle of what it does. @was_running: (out): FALSE when it had ended by itself */
gboolean actor_kill (Actor *self, gboolean *was_running, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Plays to the end, unheard: start, wait, free. */
gboolean actor_play (const char *const *arguments, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
