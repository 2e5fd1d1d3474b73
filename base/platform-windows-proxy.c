/* SPDX-License-Identifier: MIT */
/* The proxy settings of this person, which GIO does not read on Windows. */
#include "base/platform-private.h"
#include "base/proxy-list.h"
#include "base/proxy-memory.h"

#include <windows.h>
#include <winhttp.h>

/* For each step of fetching a script: a minute else, and no end where a name is looked up. */
#define SCRIPT_MS 5000
/* For the first answer of a script: half of what a connection may take to come about. */
#define PATIENCE_US (1500 * G_TIME_SPAN_MILLISECOND)

#define TTECOMM_TYPE_SYSTEM_PROXY (ttecomm_system_proxy_get_type ())
G_DECLARE_FINAL_TYPE (TtecommSystemProxy, ttecomm_system_proxy, TTECOMM, SYSTEM_PROXY, GObject)

/* The settings are read for each question, since they change while PROSOFT runs. */
struct _TtecommSystemProxy
{
  GObject parent_instance;

  GMutex lock;
  GCond found;                /* [lock]: a search ended */
  TtecommProxyMemory *memory; /* (owned) [lock] */
  gboolean is_searching;      /* [lock] */
};

static void ttecomm_system_proxy_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TtecommSystemProxy,
                               ttecomm_system_proxy,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      ttecomm_system_proxy_iface_init))

static void
ttecomm_system_proxy_finalize (GObject *object)
{
  TtecommSystemProxy *self = TTECOMM_SYSTEM_PROXY (object);

  ttecomm_proxy_memory_free (self->memory);
  g_cond_clear (&self->found);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (ttecomm_system_proxy_parent_class)->finalize (object);
}

static void
ttecomm_system_proxy_class_init (TtecommSystemProxyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_system_proxy_finalize;
}

static void
ttecomm_system_proxy_init (TtecommSystemProxy *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->found);
  self->memory = ttecomm_proxy_memory_new ();
}

/* UTF-8 of a text that Windows allocated, which is freed. NULL stays NULL. */
static char *
take (LPWSTR text)
{
  char *copy = NULL;

  if (text == NULL)
    return NULL;
  copy = g_utf16_to_utf8 ((const gunichar2 *)text, -1, NULL, NULL, NULL);
  GlobalFree (text);
  return copy;
}

/* What a script of the network says, found by itself (WPAD) or at @script. Waits for the network.
 */
static char **
ask_script (const char *uri, gboolean detect, const char *script)
{
  g_autofree gunichar2 *address = g_utf8_to_utf16 (uri, -1, NULL, NULL, NULL);
  g_autofree gunichar2 *where
      = script != NULL ? g_utf8_to_utf16 (script, -1, NULL, NULL, NULL) : NULL;
  WINHTTP_AUTOPROXY_OPTIONS options = {
    .dwFlags = (where != NULL ? WINHTTP_AUTOPROXY_CONFIG_URL : 0)
               | (detect ? WINHTTP_AUTOPROXY_AUTO_DETECT : 0),
    .dwAutoDetectFlags
    = detect ? WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A : 0,
    .lpszAutoConfigUrl = (LPCWSTR)where,
    .fAutoLogonIfChallenged = FALSE,
  };
  WINHTTP_PROXY_INFO info = { 0 };
  g_autofree char *proxies = NULL;
  g_autofree char *bypass = NULL;
  HINTERNET session;
  BOOL known;

  if (address == NULL)
    return NULL;
  session = WinHttpOpen (L"TTecomm", WINHTTP_ACCESS_TYPE_NO_PROXY, WINHTTP_NO_PROXY_NAME,
                         WINHTTP_NO_PROXY_BYPASS, 0);
  if (session == NULL)
    return NULL;
  WinHttpSetTimeouts (session, SCRIPT_MS, SCRIPT_MS, SCRIPT_MS, SCRIPT_MS);
  known = WinHttpGetProxyForUrl (session, (LPCWSTR)address, &options, &info);
  WinHttpCloseHandle (session);
  if (!known)
    return NULL;
  proxies = take (info.lpszProxy);
  bypass = take (info.lpszProxyBypass);
  return ttecomm_proxy_list_lookup (info.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY ? proxies
                                                                                         : NULL,
                                    bypass, uri);
}

typedef struct
{
  TtecommSystemProxy *self; /* (owned) */
  char *uri;                /* (owned) */
  char *script;             /* (owned) (nullable) */
  char *settings;           /* (owned) */
  gboolean detect;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->self);
  g_free (search->uri);
  g_free (search->script);
  g_free (search->settings);
  g_free (search);
}

/* A thread of its own, which nobody waits for longer than for an answer. */
static gpointer
search_script (gpointer data)
{
  Search *search = data;
  TtecommSystemProxy *self = search->self;
  g_auto (GStrv) found = ask_script (search->uri, search->detect, search->script);

  g_mutex_lock (&self->lock);
  ttecomm_proxy_memory_keep (self->memory, search->settings, search->uri, g_get_monotonic_time (),
                             (const char *const *)found);
  self->is_searching = FALSE;
  g_cond_broadcast (&self->found);
  g_mutex_unlock (&self->lock);
  search_free (search);
  return NULL;
}

/* [lock] One at a time: whoever asks meanwhile is served from the memory. */
static void
start_search (TtecommSystemProxy *self,
              const char *uri,
              gboolean detect,
              const char *script,
              const char *settings)
{
  Search *search;
  GThread *thread;

  if (self->is_searching)
    return;
  search = g_new0 (Search, 1);
  search->self = g_object_ref (self);
  search->uri = g_strdup (uri);
  search->script = g_strdup (script);
  search->settings = g_strdup (settings);
  search->detect = detect;
  thread = g_thread_try_new ("ttecomm-proxy", search_script, search, NULL);
  self->is_searching = thread != NULL;
  if (thread != NULL)
    g_thread_unref (thread);
  else
    search_free (search);
}

/* What a script says of @uri. The first time somebody waits a little for it; later there is an
 * answer at once, the last one while a newer one is looked for. NULL: none, or none yet. */
static char **
recall_or_ask_script (TtecommSystemProxy *self,
                      const char *uri,
                      gboolean detect,
                      const char *script)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;
  g_autofree char *settings = NULL;
  char **result = NULL;

  if (!detect && script == NULL)
    return NULL;
  settings = g_strdup_printf ("%d %s", detect, script != NULL ? script : "");
  g_mutex_lock (&self->lock);
  while (TRUE)
    {
      TtecommProxyMemoryAge age = ttecomm_proxy_memory_find (self->memory, settings, uri,
                                                             g_get_monotonic_time (), &result);

      if (age != TTECOMM_PROXY_MEMORY_FRESH)
        start_search (self, uri, detect, script, settings);
      if (age != TTECOMM_PROXY_MEMORY_UNKNOWN || !self->is_searching
          || !g_cond_wait_until (&self->found, &self->lock, until))
        break;
    }
  g_mutex_unlock (&self->lock);
  return result;
}

/* A script that cannot be had counts as none: so does every browser. Nobody logs in to get one: the
 * network that names it is not trusted with that. */
static char **
lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  WINHTTP_CURRENT_USER_IE_PROXY_CONFIG config = { 0 };
  g_autofree char *script = NULL;
  g_autofree char *proxies = NULL;
  g_autofree char *bypass = NULL;
  char **result;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!WinHttpGetIEProxyConfigForCurrentUser (&config))
    return ttecomm_proxy_list_lookup (NULL, NULL, uri);
  script = take (config.lpszAutoConfigUrl);
  proxies = take (config.lpszProxy);
  bypass = take (config.lpszProxyBypass);
  result = recall_or_ask_script (TTECOMM_SYSTEM_PROXY (resolver), uri, config.fAutoDetect, script);
  return result != NULL ? result : ttecomm_proxy_list_lookup (proxies, bypass, uri);
}

static void
lookup_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char **result = lookup (source, data, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify)g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
lookup_async (GProxyResolver *resolver,
              const char *uri,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_set_source_tag (task, lookup_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);
  /* Looking for a script may take the network's time; nobody who cancels waits for it. */
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, lookup_thread);
}

static char **
lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
ttecomm_system_proxy_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = lookup;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

GProxyResolver *
ttecomm_platform_dup_proxy_resolver (void)
{
  return g_object_new (TTECOMM_TYPE_SYSTEM_PROXY, NULL);
}
