/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/record.h"

G_BEGIN_DECLS

/**
 * TtecommGateCache:
 *
 * What was verified last, on disk (gate.md, section 3), readable by this person only:
 * - `rs-<first 16 hex digits of sha256(installation|account)>.jws`: the statement, which
 *   authenticates itself and is verified again on load, a newline, and a line of JSON that says
 * when it came, `{"whose":..,"boot":..,"boottime_us":..,"wall":..,"high_water":..}`, `whose` being
 * the first 16 hex digits of sha256(account). That line is authenticated by nothing: if it is
 * missing or odd, the answer counts as of another boot.
 * - `keys.jws`: the key set, verified against the roots on load.
 * - `lock`: held while a name changes hands.
 *
 * One file and one rename, since two could be torn apart by a crash. Nothing of it is trusted.
 *
 * Immutable, reference counted. Thread: any, not the host's main thread, since every function may
 * block on the disk.
 */
typedef struct _TtecommGateCache TtecommGateCache;

/* Installations kept at most; the least recently used go first. */
#define TTECOMM_GATE_CACHE_MAX_FILES 1024

/**
 * ttecomm_gate_cache_new:
 * @folder: UTF-8 path, made when needed
 * @max_files: %TTECOMM_GATE_CACHE_MAX_FILES
 */
TtecommGateCache *ttecomm_gate_cache_new (const char *folder, guint max_files);
TtecommGateCache *ttecomm_gate_cache_ref (TtecommGateCache *self);
void ttecomm_gate_cache_unref (TtecommGateCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateCache, ttecomm_gate_cache_unref)

/* Makes the folder and removes what a killed process left half written. To be called at start. */
gboolean ttecomm_gate_cache_prepare (TtecommGateCache *self,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_gate_cache_load:
 * @expected: its nonce must be %NULL
 *
 * Returns: (transfer full): %NULL with %TTECOMM_PLATFORM_ERROR (NOT_FOUND when there is none) or
 *   %TTECOMM_STATEMENT_ERROR
 */
TtecommGateRecord *ttecomm_gate_cache_load (TtecommGateCache *self,
                                            const TtecommStatementExpected *expected,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes durably. %TTECOMM_PLATFORM_ERROR_LOCKED: another process was writing, nothing is written.
 */
gboolean ttecomm_gate_cache_store (TtecommGateCache *self,
                                   TtecommGateRecord *record,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_gate_cache_clear:
 *
 * Removes the statements of @account: the person has signed out. One that does not say whose it is
 * goes too; those of other accounts stay.
 */
gboolean ttecomm_gate_cache_clear (TtecommGateCache *self,
                                   const char *account,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether there is a file, good or not. */
gboolean
ttecomm_gate_cache_contains (TtecommGateCache *self, const char *installation, const char *account);

/* The key set; @min_ver as in ttecomm_key_set_verify(). */
TtecommKeySet *ttecomm_gate_cache_load_keys (TtecommGateCache *self,
                                             const TtecommTrust *trust,
                                             gint64 min_ver,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_gate_cache_store_keys (TtecommGateCache *self,
                                        const TtecommKeySet *keys,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The path of an installation's file. (transfer full) */
char *
ttecomm_gate_cache_dup_path (TtecommGateCache *self, const char *installation, const char *account);

G_END_DECLS
