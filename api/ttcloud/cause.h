/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/cloud-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * From what GIO, GnuTLS or OpenSSL, and libsoup say to what a person can be told (gate.md, B5-B9).
 * Pure. For this room only.
 */

/**
 * ttecomm_cause_from_network:
 * @error: an error of GIO or libsoup; never a cancellation
 * @backend: (nullable): the type of the #GTlsBackend; they name things differently
 * @in_body: the headers were there already
 */
TtecommCloudError
ttecomm_cause_from_network (const GError *error, const char *backend, gboolean in_body);

/**
 * ttecomm_cause_from_certificate:
 * @flags: what is wrong with it, not 0
 * @clock_is_right: a server's date agreed with this PC's clock before
 *
 * TLS_CLOCK when only the dates are wrong and nothing speaks for this PC's clock.
 */
TtecommCloudError ttecomm_cause_from_certificate (GTlsCertificateFlags flags,
                                                  gboolean clock_is_right);

/* An address that a name of the Internet never has: this PC, or none (B9, blocked). */
gboolean ttecomm_cause_is_blocked_address (GInetAddress *address);

/* The error for @code, with a text that says what to do next. @detail: (nullable). */
GError *ttecomm_cause_new_error (TtecommCloudError code, const char *detail);

G_END_DECLS
