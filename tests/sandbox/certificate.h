/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A certificate authority that lives as long as the process, and one server certificate by it: IP
 * 127.0.0.1 and ::1, DNS localhost. Its times are the real ones, since TLS knows nothing of the
 * world's clock.
 *
 * @ca_pem: (out) (transfer full): what a client has to trust
 * Returns: (transfer full): with its key
 */
GTlsCertificate *sandbox_certificate_new (char **ca_pem, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
