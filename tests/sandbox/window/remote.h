/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The control interface of the sandbox whose folder is given, spoken to without waiting. An answer
 * has bounded size and time. The address is read from the folder's urls.json with each question, so
 * that a sandbox that was started again is found.
 */
#define SANDBOX_TYPE_REMOTE (sandbox_remote_get_type ())
G_DECLARE_FINAL_TYPE (SandboxRemote, sandbox_remote, SANDBOX, REMOTE, GObject)

#define SANDBOX_REMOTE_ERROR (sandbox_remote_error_quark ())
GQuark sandbox_remote_error_quark (void);

typedef enum
{
  SANDBOX_REMOTE_ERROR_GONE,       /* no urls.json, or nobody answers there */
  SANDBOX_REMOTE_ERROR_REFUSED,    /* the message is what the sandbox says */
  SANDBOX_REMOTE_ERROR_UNREADABLE, /* no answer of a sandbox */
} SandboxRemoteError;

SandboxRemote *sandbox_remote_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* @path: "/sandbox/..."; @body: (nullable): JSON. The callback comes in the thread-default main
 * context, always later. */
void sandbox_remote_ask_async (SandboxRemote *self,
                               const char *method,
                               const char *path,
                               const char *body,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);

/* (transfer full): the answer; %NULL with a SandboxRemoteError, or G_IO_ERROR_CANCELLED */
JsonObject *sandbox_remote_ask_finish (SandboxRemote *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
