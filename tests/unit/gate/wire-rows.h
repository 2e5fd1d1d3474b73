/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/decision.h"
#include "tests/support/fake-signer.h"
#include "tests/support/http-server.h"
#include "tests/support/raw-server.h"
#include "tests/support/test-ca.h"

G_BEGIN_DECLS

/* Which of the time limits ends it; the others are out of reach then. */
typedef enum
{
  WIRE_AT_ONCE, /* none: it can be known at once */
  WIRE_CONNECT_LIMIT,
  WIRE_FIRST_BYTE_LIMIT,
  WIRE_GATE_BUDGET,
} WireEnd;

/* The statement as it is sent in the place of @statement, which is good and has the right nonce.
 * (transfer full) */
typedef char *(*WireStatement) (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);

/**
 * WireRow:
 *
 * One way in which asking TTcloud goes wrong, and what a person is told. Exactly one of the first
 * groups is filled in.
 */
typedef struct
{
  const char *name; /* the sandbox's name for it, where it has one */

  const char *bytes; /* in the place of the answer to POST /v1/service-flag ... */
  TestThen then;
  guint drip_ms; /* ... a byte at a time when not 0 */

  WireStatement statement;
  const char *around; /* what is around it, with one %s; NULL: as it should be */
  const char *keys;   /* the answer to GET /v1/keys, as bytes; NULL: as it should be */

  TestRawFault socket;
  gboolean bad_certificate;
  TestCaLeaf leaf;
  gboolean foreign_ca;
  const char *tls_version; /* an option of `openssl s_server` */

  const char *host;    /* a name, which leads to ... */
  const char *address; /* ... here; NULL: it is not known */
  const char *proxy;   /* what a proxy answers to CONNECT */

  WireEnd end;
  TtecommGateCause cause;
  guint status;      /* HTTP, 0: none */
  const char *words; /* of gate.md's table, part B */
  guint n_asked;     /* how often POST /v1/service-flag was seen */
  guint n_keys;      /* how often GET /v1/keys was seen */
} WireRow;

extern const WireRow wire_rows[];
extern const gsize wire_n_rows;

/* (nullable) */
const WireRow *wire_row_find (const char *name);

G_END_DECLS
