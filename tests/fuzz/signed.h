/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/fuzz/fuzz.h"
#include "tests/support/fake-signer.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Signatures and what may follow from them, for the targets of signed formats. */

/* The keys of this process, always the same. */
const TtecommFakeSigner *fuzz_signer (void);

/*
 * A compact JWS of what is left of @input, by the digit in front of it:
 *   0  the text as it is
 *   1  a payload, signed by @key under the right header
 *   2  a header, a line feed and a payload, signed by @key
 *   3  a payload, under a header that names @key, signed by another
 * (transfer full)
 */
char *
fuzz_take_jws (FuzzInput *input, const TtecommSigningKey *key, const char *typ, gsize *length);

/* Whether @key signed @jws, found out without a line of api/ttcloud/jws.c. */
gboolean fuzz_is_signed_by (const char *jws, gsize length, const TtecommSigningKey *key);

/* The payload as TTcloud wrote it; (transfer full). For signed texts. */
JsonObject *fuzz_dup_payload (const char *jws, gsize length);

/* What is kept of a text is that text. */
void fuzz_assert_kept (const char *kept, const char *text, gsize length);

/* Calls @verify with one character of @text changed, at a place that @text itself chooses. Nothing
 * may be accepted then. */
typedef gboolean (*FuzzVerify) (const char *text, gsize length, gpointer user_data);
void fuzz_assert_brittle (const char *text, gsize length, FuzzVerify verify, gpointer user_data);

/* What a verified statement says is within its bounds, and is what was asked for. */
void fuzz_assert_statement (const TtecommStatement *statement,
                            const TtecommStatementExpected *expected);

/* Without a statement nothing opens, and nobody is told "no". */
void fuzz_assert_nothing_opens (void);

/* What this statement opens, fresh or from the cache, it may open. */
void fuzz_assert_opens_rightly (const TtecommStatement *statement);

G_END_DECLS
