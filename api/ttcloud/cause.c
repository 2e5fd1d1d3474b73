/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/cause.h"

#include <libsoup/soup.h>

static TtecommCloudError
from_io (int code, gboolean in_body)
{
  switch (code)
    {
    case G_IO_ERROR_TIMED_OUT:
      return TTECOMM_CLOUD_ERROR_SLOW;
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
      return TTECOMM_CLOUD_ERROR_PROXY_LOGIN;
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return TTECOMM_CLOUD_ERROR_OFFLINE;
    case G_IO_ERROR_INVALID_DATA:
      return TTECOMM_CLOUD_ERROR_ALTERED;
    default:
      /* before the headers nothing was said; after them, something was and is not whole */
      return in_body ? TTECOMM_CLOUD_ERROR_ALTERED : TTECOMM_CLOUD_ERROR_OFFLINE;
    }
}

/* A connection that ends in the handshake is NOT_TLS to glib-networking's GnuTLS, whoever ended it
 * and why: nothing was said, as with one that is reset later. Its OpenSSL calls so who refuses or
 * speaks something else. */
static gboolean
says_something_of_tls (const GError *error, const char *backend)
{
  if (error->domain != G_TLS_ERROR || error->code == G_TLS_ERROR_EOF)
    return FALSE;
  return error->code != G_TLS_ERROR_NOT_TLS || g_strcmp0 (backend, "GTlsBackendOpenssl") == 0;
}

TtecommCloudError
ttecomm_cause_from_network (const GError *error, const char *backend, gboolean in_body)
{
  if (error->domain == G_IO_ERROR)
    return from_io (error->code, in_body);
  if (error->domain == SOUP_SESSION_ERROR)
    return TTECOMM_CLOUD_ERROR_ALTERED;
  if (says_something_of_tls (error, backend) && !in_body)
    return TTECOMM_CLOUD_ERROR_TLS_TRUST;
  return in_body ? TTECOMM_CLOUD_ERROR_ALTERED : TTECOMM_CLOUD_ERROR_OFFLINE;
}

TtecommCloudError
ttecomm_cause_from_certificate (GTlsCertificateFlags flags, gboolean clock_is_right)
{
  const guint dates = G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_EXPIRED;

  if (((guint)flags & ~dates) == 0 && !clock_is_right)
    return TTECOMM_CLOUD_ERROR_TLS_CLOCK;
  return TTECOMM_CLOUD_ERROR_TLS_TRUST;
}

/* ::ffff:127.0.0.1 is 127.0.0.1 in other clothes. */
static gboolean
is_mapped_here (GInetAddress *address)
{
  static const guint8 prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return FALSE;
  for (gsize i = 0; i < sizeof prefix; i++)
    if (bytes[i] != prefix[i])
      return FALSE;
  return bytes[12] == 127 || bytes[12] == 0;
}

gboolean
ttecomm_cause_is_blocked_address (GInetAddress *address)
{
  return g_inet_address_get_is_any (address) || g_inet_address_get_is_loopback (address)
         || is_mapped_here (address);
}

static const char *
explain (TtecommCloudError code)
{
  switch ((guint)code)
    {
    case TTECOMM_CLOUD_ERROR_BLOCKED:
      return "The name of TTcloud leads nowhere on this network; ask your network administrator";
    case TTECOMM_CLOUD_ERROR_SLOW:
      return "TTcloud did not answer in time; try again";
    case TTECOMM_CLOUD_ERROR_TLS_CLOCK:
      return "The certificate is not valid on the date of this PC; check the date";
    case TTECOMM_CLOUD_ERROR_TLS_TRUST:
      return "The connection is not secure and was not used; ask your network administrator";
    case TTECOMM_CLOUD_ERROR_PORTAL:
      return "Another host answered instead of TTcloud; open a browser and sign in to this network";
    case TTECOMM_CLOUD_ERROR_PROXY_LOGIN:
      return "The proxy asks for a name and a password; check the proxy setting";
    case TTECOMM_CLOUD_ERROR_REFUSED:
      return "The request led nowhere; try again later";
    case TTECOMM_CLOUD_ERROR_ALTERED:
      return "The answer is not whole and was not used; try again";
    case TTECOMM_CLOUD_ERROR_INVALID:
      return "The request cannot be sent";
    default:
      return "TTcloud could not be reached; check the connection and try again";
    }
}

GError *
ttecomm_cause_new_error (TtecommCloudError code, const char *detail)
{
  if (detail == NULL)
    return g_error_new_literal (TTECOMM_CLOUD_ERROR, (int)code, explain (code));
  return g_error_new (TTECOMM_CLOUD_ERROR, (int)code, "%s (%s)", explain (code), detail);
}
