/* SPDX-License-Identifier: MIT */
#include "base/proxy-memory.h"

typedef struct
{
  char **proxies; /* (owned) (nullable): NULL: there was no script */
  gint64 kept_us;
} Entry;

struct _TtecommProxyMemory
{
  GHashTable *entries; /* (owned) (element-type utf8 Entry): both owned */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_strfreev (entry->proxies);
  g_free (entry);
}

TtecommProxyMemory *
ttecomm_proxy_memory_new (void)
{
  TtecommProxyMemory *self = g_new0 (TtecommProxyMemory, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
ttecomm_proxy_memory_free (TtecommProxyMemory *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* A script is told an origin's path at most for plain http, of which the module has none. What is
 * no URI is its own origin. */
static char *
key_of (const char *settings, const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);

  if (parsed == NULL)
    return g_strdup_printf ("%s\n%s", settings, uri);
  return g_strdup_printf ("%s\n%s://%s:%d", settings, g_uri_get_scheme (parsed),
                          g_uri_get_host (parsed), g_uri_get_port (parsed));
}

static gboolean
is_fresh (const Entry *entry, gint64 now_us)
{
  return now_us >= entry->kept_us && now_us - entry->kept_us < TTECOMM_PROXY_MEMORY_US;
}

TtecommProxyMemoryAge
ttecomm_proxy_memory_find (TtecommProxyMemory *self,
                           const char *settings,
                           const char *uri,
                           gint64 now_us,
                           char ***proxies)
{
  g_autofree char *key = key_of (settings, uri);
  const Entry *of_all = g_hash_table_lookup (self->entries, settings);
  const Entry *entry = g_hash_table_lookup (self->entries, key);

  *proxies = NULL;
  if (entry == NULL || (of_all != NULL && of_all->kept_us >= entry->kept_us))
    entry = of_all;
  if (entry == NULL)
    return TTECOMM_PROXY_MEMORY_UNKNOWN;
  *proxies = g_strdupv (entry->proxies);
  return is_fresh (entry, now_us) ? TTECOMM_PROXY_MEMORY_FRESH : TTECOMM_PROXY_MEMORY_OLD;
}

void
ttecomm_proxy_memory_keep (TtecommProxyMemory *self,
                           const char *settings,
                           const char *uri,
                           gint64 now_us,
                           const char *const *proxies)
{
  Entry *entry = g_new0 (Entry, 1);

  if (g_hash_table_size (self->entries) >= TTECOMM_PROXY_MEMORY_MAX)
    g_hash_table_remove_all (self->entries);
  entry->proxies = g_strdupv ((char **)proxies);
  entry->kept_us = now_us;
  g_hash_table_replace (self->entries,
                        proxies != NULL ? key_of (settings, uri) : g_strdup (settings), entry);
}
