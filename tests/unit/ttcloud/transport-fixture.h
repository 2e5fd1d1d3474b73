/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/transport.h"
#include "tests/support/http-server.h"
#include "tests/support/test-ca.h"

G_BEGIN_DECLS

/* A transport, and a server that misbehaves as `mode` says (the words are in the .c file). */
typedef struct
{
  TestCa *ca;
  TestServer *server;
  TtecommTransport *transport;
  TtecommLimits limits;
  const char *mode; /* read by the server's threads, set before the request */
  guint n_answers;
} TransportFixture;

#define TRANSPORT_GOOD "{\"ok\":true}"
#define TRANSPORT_PATIENT ((TtecommLimits){ 10000, 10000, 15000, 64 * 1024 })

/* The server's TestServerHandler; @user_data is the fixture. */
void
transport_fixture_handle (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data);
/* For a test that makes its own certificate: server and transport; the CA is there already. */
void
transport_fixture_serve (TransportFixture *self, GTlsCertificate *certificate, const char *ca_pem);
void transport_fixture_set_up (TransportFixture *self, gconstpointer data);
/* Also asserts that nothing keeps the transport alive. */
void transport_fixture_tear_down (TransportFixture *self, gconstpointer data);

TtecommRequest *
transport_fixture_request (TransportFixture *self, const char *method, const char *path);
TtecommReply *transport_fixture_send (TransportFixture *self,
                                      const TtecommRequest *request,
                                      GCancellable *cancellable,
                                      GError **error);
TtecommReply *transport_fixture_get (TransportFixture *self, const char *path, GError **error);
void transport_fixture_assert_body (const TtecommReply *reply, const char *expected);

G_END_DECLS
