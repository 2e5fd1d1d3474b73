/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * An HTTPS server on OpenSSL: GIO's reads the system's trust store for every connection, which
 * takes longer than what is to be measured. Listens on 127.0.0.1; a thread for each connection.
 */
typedef struct _TlsServer TlsServer;

typedef struct
{
  const char *head; /* request line and headers */
  const char *body;
} TlsRequest;

/* What follows an answer. */
typedef enum
{
  TLS_SERVER_KEEP,
  TLS_SERVER_CLOSE,
  TLS_SERVER_RESET, /* in place of the answer */
  TLS_SERVER_STALL, /* in place of the answer, until the client goes away */
} TlsServerThen;

/* Appends the whole answer to @answer. Any thread. */
typedef TlsServerThen (*TlsServerHandler) (const TlsRequest *request,
                                           GString *answer,
                                           gpointer user_data);

/* @pem: certificate and key. */
TlsServer *tls_server_new (const char *pem, TlsServerHandler handler, gpointer user_data);
/* Waits for its connections, whose clients must have gone. */
void tls_server_free (TlsServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlsServer, tls_server_free)

guint16 tls_server_get_port (TlsServer *self);

G_END_DECLS
