/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A TCP port of this computer that takes connections and never says a word: the system takes them,
 * and nobody ever accepts or reads one. */
typedef struct _SilentServer SilentServer;
SilentServer *silent_server_new (void);
void silent_server_free (SilentServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SilentServer, silent_server_free)
/* "https://127.0.0.1:PORT" */
const char *silent_server_get_origin (SilentServer *server);
/* Whether somebody has connected. */
gboolean silent_server_is_asked (SilentServer *server);

G_END_DECLS
