/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "tests/sandbox/clock.h"
#include "tests/sandbox/database.h"

G_BEGIN_DECLS

/*
 * The keys of a world: one root, made at start and told to hosts in trust.json, and one signing
 * key, told to everybody in the key set that the root signs (gate.md, section 2).
 */
typedef struct _SandboxTrust SandboxTrust;

/* Loads the world's keys, or makes and stores them. Inside a transaction. */
SandboxTrust *
sandbox_trust_open (SandboxDatabase *db, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_trust_free (SandboxTrust *self);

/* Puts the same keys into a database that was emptied. */
void sandbox_trust_store (SandboxTrust *self, SandboxDatabase *db);

/* (transfer full): {"env":"sandbox","keys":[JWK]}, what `ttcloud-trust` wants. */
char *sandbox_trust_to_json (SandboxTrust *self) G_GNUC_WARN_UNUSED_RESULT;
/* The key set, compact JWS. */
const char *sandbox_trust_key_set (SandboxTrust *self);
/* (transfer full): the statement, compact JWS, by the signing key. */
char *sandbox_trust_sign (SandboxTrust *self,
                          const char *payload,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* For faults: signed by a key that no key set holds; with no signature at all. */
char *sandbox_trust_sign_unknown (SandboxTrust *self,
                                  const char *payload,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *sandbox_trust_sign_none (const char *payload) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxTrust, sandbox_trust_free)

G_END_DECLS
