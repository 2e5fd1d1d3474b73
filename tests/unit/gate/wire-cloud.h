/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/unit/gate/wire-rows.h"

G_BEGIN_DECLS

/*
 * A TTcloud that speaks real TLS and HTTP on 127.0.0.1 and goes wrong as a row says. A good one
 * answers each question with a signed statement, with the nonce it was sent; it takes only the
 * newest access token, "access-N", and hands out the next for any refresh token.
 */
typedef struct
{
  const WireRow *row; /* (nullable): NULL is good; read by the server's threads */
  TtecommFakeSigner *signer;
  TtecommFakeStatement statement; /* what a good answer says; read by the server's threads */
  const char *server_today;
  const char *stall_at; /* (nullable): a path that is never answered */
  guint reset_from;     /* questions about the flag, by number from 1, whose connection dies ... */
  guint reset_to;       /* ... the last of them */
  guint drip_ms;        /* a good answer comes in pieces with this pause in between; 0: at once */
  guint n_asked;
  guint n_tokens; /* N of the newest token */

  TestCa *ca;
  TestServer *server;      /* (nullable) */
  TestRawServer *raw;      /* (nullable) */
  TestServer *proxy;       /* (nullable) */
  GSubprocess *old_server; /* (nullable): openssl's */
  char *origin;
  char *proxy_url; /* "direct" without a proxy */
} WireCloud;

/* @folder: for a key file */
WireCloud *wire_cloud_new (const WireRow *row, gint64 iat, const char *folder);
void wire_cloud_free (WireCloud *self);

/* The server's, for a fault that begins or ends while it runs: no request may be in flight. */
void wire_cloud_set_row (WireCloud *self, const WireRow *row);

/* How many requests began like this ("POST /v1/service-flag"). */
guint wire_cloud_count (WireCloud *self, const char *prefix);
guint wire_cloud_get_n_connections (WireCloud *self);

/* When the server did what is wrong; 0: it cannot tell. */
gint64 wire_cloud_get_fact_us (WireCloud *self);

/* Ends openssl's server, and asserts that it has not seen a byte of the request. */
void wire_cloud_assert_nothing_came (WireCloud *self);

#define WIRE_ASK "POST /v1/service-flag "
#define WIRE_KEYS "GET /v1/keys "
#define WIRE_TOKEN "POST /oauth/token "

G_END_DECLS
