/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/origin.h"

#include "api/ttcloud/cloud-error.h"

#include <string.h>

/* Nothing that a terminal, a browser or a log could read as something else. */
static gboolean
is_plain_ascii (const char *url)
{
  for (const char *p = url; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || strchr ("\"<>\\^`{|}", *p) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_web_scheme (const char *scheme)
{
  return strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0;
}

static GUri *
parse (const char *url)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (url) > TTECOMM_URL_MAX || !is_plain_ascii (url))
    return NULL;
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || !is_web_scheme (g_uri_get_scheme (uri)) || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  return g_steal_pointer (&uri);
}

static int
port_of (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;
  return strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

static gboolean
is_loopback_literal (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
ttecomm_origin_host_is_loopback (const char *host)
{
  return is_loopback_literal (host) || g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
is_allowed (GUri *uri, TtecommOriginRule rule)
{
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  return rule == TTECOMM_ORIGIN_SANDBOX && is_loopback_literal (g_uri_get_host (uri));
}

static gboolean
is_bare (GUri *uri)
{
  const char *path = g_uri_get_path (uri);

  return (*path == '\0' || strcmp (path, "/") == 0) && g_uri_get_query (uri) == NULL
         && g_uri_get_fragment (uri) == NULL;
}

GUri *
ttecomm_origin_parse (const char *url, TtecommOriginRule rule, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, NULL);

  uri = parse (url);
  if (uri == NULL || !is_allowed (uri, rule) || !is_bare (uri))
    {
      /* a password may stand in it: never in an error */
      g_set_error_literal (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID,
                           "This is not an origin that may be used: give https://HOST[:PORT]");
      return NULL;
    }
  return g_uri_build (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, g_uri_get_scheme (uri),
                      NULL, g_uri_get_host (uri), port_of (uri), "", NULL, NULL);
}

gboolean
ttecomm_origin_equal (GUri *a, GUri *b)
{
  return strcmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && port_of (a) == port_of (b);
}

GUri *
ttecomm_link_parse (const char *url, GError **error)
{
  GUri *uri;

  g_return_val_if_fail (url != NULL, NULL);

  uri = parse (url);
  if (uri == NULL)
    g_set_error_literal (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED,
                         "The answer holds a link that is not a web address");
  return uri;
}

gboolean
ttecomm_link_check (const char *url, GUri *origin, const char *name, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (origin != NULL, FALSE);

  uri = ttecomm_link_parse (url, error);
  if (uri == NULL)
    {
      g_prefix_error (error, "member \"%s\": ", name);
      return FALSE;
    }
  if (ttecomm_origin_equal (uri, origin))
    return TRUE;
  g_set_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_FOREIGN_LINK,
               "The answer's link “%s” leads to %s instead of %s, so it is not used. Contact "
               "support",
               name, g_uri_get_host (uri), g_uri_get_host (origin));
  return FALSE;
}
