/* SPDX-License-Identifier: MIT */
/* prosoft.open-uri/1: the policy, and a browser in a process of its own. */
#include "tests/host/host-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_URI 4096

/* "127.0.0.1" to "127.255.255.255" or "[::1]": addresses, since a name can be made to mean another
 * machine. `size` is that of the host part. */
static bool
is_loopback_literal (const char *name, size_t size)
{
  unsigned parts = 0, value = 0, digits = 0;

  if (size == 5 && strncmp (name, "[::1]", 5) == 0)
    return true;
  if (size < 9 || strncmp (name, "127.", 4) != 0)
    return false;
  for (size_t i = 0; i <= size; i++)
    if (i < size && name[i] >= '0' && name[i] <= '9' && digits < 3)
      {
        value = value * 10 + (unsigned)(name[i] - '0');
        digits++;
      }
    else if ((i == size || name[i] == '.') && digits > 0 && value <= 255)
      {
        parts++;
        value = digits = 0;
      }
    else
      return false;
  return parts == 4;
}

/* The host part of "//host:port": up to the port, path, query or fragment. */
static size_t
host_size (const char *authority)
{
  if (authority[0] == '[')
    {
      size_t size = strcspn (authority, "]/?#");

      return authority[size] == ']' ? size + 1 : 0;
    }
  return strcspn (authority, ":/?#");
}

bool
host_uri_allowed (const char *uri, bool sandbox, const char **reason)
{
  const char *authority;
  size_t size;

  *reason = NULL;
  if (uri == NULL || *uri == '\0' || strlen (uri) > MAX_URI)
    *reason = "it is empty or longer than 4096 bytes";
  for (const char *at = uri; *reason == NULL && *at != '\0'; at++)
    if ((unsigned char)*at <= 0x20 || (unsigned char)*at >= 0x7f || strchr ("\"<>\\^`{|}", *at))
      *reason = "it has a character that an address cannot have";
  if (*reason != NULL)
    return false;

  authority = strstr (uri, "://");
  authority = authority != NULL ? authority + 3 : uri;
  size = host_size (authority);
  if (memchr (authority, '@', strcspn (authority, "/?#")) != NULL)
    *reason = "it has a user name in it";
  else if (strncmp (uri, "https://", 8) == 0)
    *reason = size > 0 ? NULL : "it has no host";
  else if (strncmp (uri, "http://", 7) != 0)
    *reason = "it is not https";
  else if (!is_loopback_literal (authority, size))
    *reason = "plain http is for this machine's own address only";
  else if (!sandbox)
    *reason = "plain http is for the sandbox only";
  return *reason == NULL;
}

static void
remember (Host *host, const char *uri)
{
  host->opened = host_realloc (host->opened, (host->n_opened + 1) * sizeof (char *));
  host->opened[host->n_opened++] = host_strdup (uri);
}

static bool
start_browser (Host *host, const char *uri)
{
  size_t count = 0;
  char **arguments, *reason = NULL;
  HostChild *child;

  while (host->browser[count] != NULL)
    count++;
  arguments = host_alloc ((count + 2) * sizeof *arguments);
  memcpy (arguments, host->browser, count * sizeof *arguments);
  arguments[count] = host_strdup (uri);
  child = host_child_start (arguments, &reason);
  free (arguments[count]);
  free (arguments);
  if (child == NULL)
    {
      host_log (host, PROSOFT_LOG_ERROR, "cannot start the browser command %s: %s",
                host->browser[0], reason);
      free (reason);
      return false;
    }
  host->children = host_realloc (host->children, (host->n_children + 1) * sizeof (HostChild *));
  host->children[host->n_children++] = child;
  return true;
}

void
host_reap_children (Host *host)
{
  size_t kept = 0;

  for (size_t i = 0; i < host->n_children; i++)
    {
      HostChild *child = host->children[i];
      char *failure = NULL;

      if (!host_child_has_ended (child, &failure))
        host->children[kept++] = child;
      else
        {
          if (failure != NULL)
            host_log (host, PROSOFT_LOG_WARNING, "the browser command %s failed (%s)",
                      host->browser[0], failure);
          free (failure);
          host_child_free (child);
        }
    }
  host->n_children = kept;
}

void
host_forget_children (Host *host)
{
  host_reap_children (host);
  for (size_t i = 0; i < host->n_children; i++)
    host_child_free (host->children[i]);
  free (host->children);
}

static prosoft_result_t PROSOFT_ABI
open_uri (const prosoft_host_t *table, const char *uri)
{
  Host *host = host_of (table);
  const char *reason;

  if (!host_accept_main (host, "open_uri.open"))
    return PROSOFT_E_WRONG_THREAD;
  if (!host_text_good (host, "the address of open_uri", uri, false))
    return PROSOFT_E_INVALID;
  if (!host_uri_allowed (uri, host->sandbox, &reason))
    {
      /* Not the address itself: it may carry a secret. */
      host_blame_plugin (host, HOST_CHECK_URI, "an address was not opened: %s", reason);
      return PROSOFT_E_INVALID;
    }
  if (host->browser != NULL && !start_browser (host, uri))
    return PROSOFT_E_FAILED;
  remember (host, uri);
  return PROSOFT_OK;
}

prosoft_result_t
host_follow_link (Host *host, const char *uri)
{
  const char *reason;

  if (!host_uri_allowed (uri, host->sandbox, &reason))
    return PROSOFT_E_INVALID;
  if (host->browser != NULL && !start_browser (host, uri))
    return PROSOFT_E_FAILED;
  remember (host, uri);
  return PROSOFT_OK;
}

const prosoft_host_open_uri_t host_open_uri_table = { open_uri };

const char *
host_get_opened_uri (const Host *host, size_t index)
{
  return index < host->n_opened ? host->opened[index] : NULL;
}

size_t
host_count_browsers (Host *host)
{
  host_reap_children (host);
  return host->n_children;
}
