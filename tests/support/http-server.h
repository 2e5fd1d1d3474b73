/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A web server that answers exactly the bytes a test wants, faults included: a proper HTTP library
 * would not let itself be made to cut a body or to lie about its length. Listens on 127.0.0.1, port
 * 0; each connection has a thread of its own, so a stalled one holds up nothing.
 */
typedef struct _TestServer TestServer;

typedef struct
{
  char *method;
  char *target; /* path and query, as sent */
  char *head;   /* request line and headers, as sent */
  char *body;
} TestHttpRequest;

typedef enum
{
  TEST_THEN_KEEP,  /* the connection stays open for the next request */
  TEST_THEN_CLOSE, /* an orderly end */
  TEST_THEN_RESET, /* a TCP reset */
  /* a TCP reset, but not before test_server_reset_now(): on Windows one that comes with the answer
   * takes from the client what it has not read yet */
  TEST_THEN_RESET_LATER,
  TEST_THEN_STALL, /* nothing more until the client goes away */
} TestThen;

typedef struct
{
  GString *bytes; /* what goes over the wire */
  gsize drip;     /* 0 = all at once; else so many bytes at a time ... */
  guint drip_ms;  /* ... with this pause in between */
  TestThen then;
} TestAnswer;

/* Runs in the connection's thread, one at a time. */
typedef void (*TestServerHandler) (const TestHttpRequest *request,
                                   TestAnswer *answer,
                                   gpointer user_data);

/* @certificate: (nullable): plain HTTP without */
TestServer *
test_server_new (GTlsCertificate *certificate, TestServerHandler handler, gpointer user_data);
void test_server_free (TestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

guint16 test_server_get_port (TestServer *self);
/* "https://127.0.0.1:PORT" */
const char *test_server_get_origin (TestServer *self);
guint test_server_get_n_requests (TestServer *self);
guint test_server_get_n_connections (TestServer *self);
/* Connections that are open now. */
guint test_server_get_n_active (TestServer *self);
/* From now on connections of TEST_THEN_RESET_LATER end. */
void test_server_reset_now (TestServer *self);
/* Monotonic time at which the last handshake or answer was begun, or a connection was ended from
 * here; 0 before the first. */
gint64 test_server_get_fact_us (TestServer *self);
/* (transfer full) (nullable): the head and body of a request, by number from 0 */
char *test_server_get_request (TestServer *self, guint number) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full) (nullable): the value of a request's header */
char *test_http_request_get_header (const TestHttpRequest *self, const char *name);

/* A complete answer; @headers (nullable) are whole lines with "\r\n". */
void test_answer_set (TestAnswer *self,
                      guint status,
                      const char *content_type,
                      const char *headers,
                      const char *body);
void test_answer_json (TestAnswer *self, guint status, const char *body);

/* --- waiting for one asynchronous call --- */

/* A GAsyncReadyCallback; @user_data is a GAsyncResult ** that was NULL. */
void test_store_result (GObject *source, GAsyncResult *result, gpointer user_data);
/* Iterates until *@result is there (20 s at most, then the test fails). */
void test_await (GAsyncResult **result);

G_END_DECLS
