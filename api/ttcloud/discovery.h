/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Where to sign in (OpenID Connect Discovery). Immutable, counted. */
typedef struct
{
  GUri *authorization; /* (owned): of TTcloud's or TTecomm's origin */
  GUri *token;         /* (owned): of TTcloud's origin */
  GUri *revocation;    /* (owned): of TTcloud's origin */
} TtecommDiscovery;

/**
 * ttecomm_discovery_from_json:
 *
 * An end point of a foreign origin is %TTECOMM_CLOUD_ERROR_FOREIGN_LINK, since it would get the
 * code or the person's password; a server without S256 is TTECOMM_JSON_ERROR_RANGE.
 */
TtecommDiscovery *ttecomm_discovery_from_json (JsonObject *object,
                                               GUri *ttcloud_origin,
                                               GUri *ttecomm_origin,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The three end points alone, as they are kept between two runs: judged again, for what is kept is
 * no more to be trusted than what comes. */
TtecommDiscovery *ttecomm_discovery_from_kept (JsonObject *object,
                                               GUri *ttcloud_origin,
                                               GUri *ttecomm_origin,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommDiscovery *ttecomm_discovery_ref (TtecommDiscovery *self);
void ttecomm_discovery_unref (TtecommDiscovery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommDiscovery, ttecomm_discovery_unref)

G_END_DECLS
