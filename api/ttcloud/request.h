/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommLimits:
 * @connect_ms: DNS, TCP and TLS together; a connection that is still open needs none of it
 * @first_byte_ms: from there to the answer's headers
 * @total_ms: from the call to the last byte, redirects and the one retry included
 * @max_bytes: of the body, after decompression
 *
 * What a caller is ready to wait for and to hold. All are required (1 or more).
 */
typedef struct
{
  guint connect_ms;
  guint first_byte_ms;
  guint total_ms;
  gsize max_bytes;
} TtecommLimits;

/* 3 s, 5 s (gate.md section 4: a person waits 8 s at most), and a body of 64 KiB. */
#define TTECOMM_LIMITS_CLICK ((TtecommLimits){ 3000, 5000, 8000, 64 * 1024 })
/* Lists and previews: 3 s, 15 s, 30 s, 4 MiB. */
#define TTECOMM_LIMITS_ORDINARY ((TtecommLimits){ 3000, 15000, 30000, 4 * 1024 * 1024 })

/**
 * TtecommRequest:
 *
 * One request as it is asked for; a plain struct that its maker fills in before it is sent.
 */
typedef struct
{
  const char *method;    /* a literal: "GET" or "POST" */
  GUri *uri;             /* (owned) */
  char *bearer;          /* (owned) (nullable): a secret, wiped when freed */
  char *idempotency_key; /* (owned) (nullable) */
  char *content_type;    /* (owned) (nullable): NULL without a body */
  GBytes *body;          /* (owned) (nullable) */
  /* The server may see it twice: it may go on a connection that is still open, and is sent once
   * more when that one turns out to be dead. Never for an authorization code. */
  gboolean repeatable;
  TtecommLimits limits;
} TtecommRequest;

/* @method is not copied. A GET is repeatable, a POST is not unless said so. */
TtecommRequest *ttecomm_request_new (const char *method, GUri *uri, const TtecommLimits *limits);
TtecommRequest *ttecomm_request_copy (const TtecommRequest *self);
void ttecomm_request_free (TtecommRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommRequest, ttecomm_request_free)

G_END_DECLS
