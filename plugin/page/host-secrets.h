/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/secret-store.h"
#include "plugin/page/model-sink.h"

G_BEGIN_DECLS

/* How long a host may take to look up a secret, in ms; then that has failed. */
#define TTECOMM_HOST_SECRETS_WAIT_MS 5000

/**
 * TtecommHostSecrets:
 *
 * The host's safe place (prosoft.secrets/1) as a TtecommSecretStore: questions go out through the
 * sink, answers come back by ttecomm_host_secrets_loaded() and its like. Thread: the worker.
 *
 * Signal `late` (GBytes *secret): the secret that nobody waits for any more; a host may have to ask
 * the person for a password first.
 */
#define TTECOMM_TYPE_HOST_SECRETS (ttecomm_host_secrets_get_type ())
G_DECLARE_FINAL_TYPE (TtecommHostSecrets, ttecomm_host_secrets, TTECOMM, HOST_SECRETS, GObject)

/* @key: the name under which the host keeps it. @sink must outlive the object. */
TtecommHostSecrets *
ttecomm_host_secrets_new (const char *key, const TtecommModelSink *sink, gpointer sink_data);

/* For tests: how long the host may take. */
void ttecomm_host_secrets_set_wait (TtecommHostSecrets *self, guint milliseconds);

/* The last call: who waits is told that there is none, and the sink is not used any more. */
void ttecomm_host_secrets_stop (TtecommHostSecrets *self);

/* Borrowed. */
const char *ttecomm_host_secrets_get_key (TtecommHostSecrets *self);

/* The answers of the host. @secret: (nullable): NULL when it has none. */
void ttecomm_host_secrets_loaded (TtecommHostSecrets *self, GBytes *secret);
/* It cannot read what it has, if anything. */
void ttecomm_host_secrets_failed (TtecommHostSecrets *self);
/* How the last save ended, erasing included. */
void ttecomm_host_secrets_saved (TtecommHostSecrets *self, gboolean good);

G_END_DECLS
