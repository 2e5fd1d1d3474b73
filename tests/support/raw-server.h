/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A port on 127.0.0.1 where something goes wrong before anybody speaks TLS, let alone HTTP.
 */
typedef enum
{
  TEST_RAW_NONE,
  TEST_RAW_REFUSED,        /* nobody listens */
  TEST_RAW_FULL,           /* the queue is full: TCP's greeting is never answered */
  TEST_RAW_SILENT,         /* the connection is taken, and not a byte comes */
  TEST_RAW_CLOSE,          /* an orderly end at once */
  TEST_RAW_RESET,          /* a TCP reset at once */
  TEST_RAW_RESET_ON_HELLO, /* a TCP reset in the middle of the handshake */
  TEST_RAW_ALERT,          /* the handshake is refused with an alert */
  TEST_RAW_PLAIN_PAGE,     /* a web page, without TLS */
} TestRawFault;

typedef struct _TestRawServer TestRawServer;

TestRawServer *test_raw_server_new (TestRawFault fault);
void test_raw_server_free (TestRawServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestRawServer, test_raw_server_free)

guint16 test_raw_server_get_port (TestRawServer *self);
/* How many connections were taken. */
guint test_raw_server_get_n_connections (TestRawServer *self);
/* Monotonic time of the last misdeed; 0 before the first. */
gint64 test_raw_server_get_fact_us (TestRawServer *self);

G_END_DECLS
