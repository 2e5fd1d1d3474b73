/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommCaDatabase:
 *
 * A trust store of the certificates in one PEM text, and of nothing else. GIO itself reads them
 * from a file only, and the sandbox's CA comes through the host interface as text.
 *
 * Thread: any, immutable.
 */
#define TTECOMM_TYPE_CA_DATABASE (ttecomm_ca_database_get_type ())
G_DECLARE_FINAL_TYPE (TtecommCaDatabase, ttecomm_ca_database, TTECOMM, CA_DATABASE, GTlsDatabase)

/* At most 64 KiB and 16 certificates; fails with TTECOMM_CLOUD_ERROR_INVALID. */
GTlsDatabase *ttecomm_ca_database_new (const char *pem, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
