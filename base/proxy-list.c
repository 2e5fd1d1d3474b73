/* SPDX-License-Identifier: MIT */
#include "base/proxy-list.h"

#include <string.h>

#define MAX_TEXT (64 * 1024)
#define MAX_PROXIES 8
#define SEPARATORS "; \t\r\n"

/* Settings beyond all reason are not read. */
static char **
split (const char *text)
{
  if (text == NULL || strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    return g_new0 (char *, 1);
  return g_strsplit_set (text, SEPARATORS, -1);
}

static gboolean
is_bypassed (const char *bypass, const char *host)
{
  g_auto (GStrv) entries = split (bypass);
  g_autofree char *lower = g_ascii_strdown (host, -1);

  for (gsize i = 0; entries[i] != NULL; i++)
    {
      g_autofree char *entry = g_ascii_strdown (entries[i], -1);

      if (*entry == '\0')
        continue;
      if (strcmp (entry, "<local>") == 0 && strpbrk (lower, ".:") == NULL)
        return TRUE;
      if (g_pattern_match_simple (entry, lower))
        return TRUE;
    }
  return FALSE;
}

/* @entry, with or without a scheme of its own, as a URI; NULL when it is none. */
static char *
to_uri (const char *entry, const char *scheme)
{
  g_autofree char *text
      = strstr (entry, "://") != NULL ? g_strdup (entry) : g_strconcat (scheme, "://", entry, NULL);
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

/* Proxies that @entries name for @scheme: those with its name, else those without one. */
static void
add_proxies (GPtrArray *found, char **entries, const char *scheme, const char *as)
{
  g_autofree char *name = scheme != NULL ? g_strconcat (scheme, "=", NULL) : g_strdup ("");

  for (gsize i = 0; entries[i] != NULL && found->len < MAX_PROXIES; i++)
    {
      char *uri = NULL;

      if (*entries[i] == '\0' || g_ascii_strncasecmp (entries[i], name, strlen (name)) != 0)
        continue;
      if (scheme != NULL || strchr (entries[i], '=') == NULL)
        uri = to_uri (entries[i] + strlen (name), as);
      if (uri != NULL)
        g_ptr_array_add (found, uri);
    }
}

char **
ttecomm_proxy_list_lookup (const char *proxies, const char *bypass, const char *uri)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  g_auto (GStrv) entries = split (proxies);

  if (parsed != NULL && g_uri_get_host (parsed) != NULL
      && !is_bypassed (bypass, g_uri_get_host (parsed)))
    {
      add_proxies (found, entries, g_uri_get_scheme (parsed), "http");
      if (found->len == 0)
        add_proxies (found, entries, NULL, "http");
      if (found->len == 0)
        add_proxies (found, entries, "socks", "socks");
    }
  if (found->len == 0)
    g_ptr_array_add (found, g_strdup ("direct://"));
  g_ptr_array_add (found, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&found), FALSE);
}
