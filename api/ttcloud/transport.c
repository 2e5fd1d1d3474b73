/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/transport.h"

#include "api/ttcloud/ca-database.h"
#include "api/ttcloud/cause.h"
#include "api/ttcloud/exchange.h"
#include "api/ttcloud/origin.h"
#include "base/platform.h"

#include <fenv.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAX_REDIRECTS 3
/* A long poll must not keep a click waiting for a connection (libsoup's own number is 2). */
#define CONNECTIONS 6
#define USER_AGENT "ttecomm/" TTECOMM_VERSION

struct _TtecommTransport
{
  GObject parent_instance;

  GUri *origin;         /* (owned) */
  SoupSession *session; /* (owned) */
  gboolean own_ca;
  gboolean clock_is_right; /* a server's date agreed with this PC's in this process */
};

G_DEFINE_FINAL_TYPE (TtecommTransport, ttecomm_transport, G_TYPE_OBJECT)

static void exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ttecomm_transport_finalize (GObject *object)
{
  TtecommTransport *self = TTECOMM_TRANSPORT (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->origin, g_uri_unref);

  G_OBJECT_CLASS (ttecomm_transport_parent_class)->finalize (object);
}

static void
ttecomm_transport_class_init (TtecommTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_transport_finalize;
}

static void
ttecomm_transport_init (TtecommTransport *self)
{
}

/* --- construction --- */

static gboolean
is_proxy_url (const char *proxy)
{
  static const char *const schemes[]
      = { "http", "https", "socks", "socks4", "socks4a", "socks5", NULL };
  g_autofree char *scheme = g_uri_parse_scheme (proxy);
  g_autoptr (GUri) uri = g_uri_parse (proxy, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && scheme != NULL && g_strv_contains (schemes, scheme)
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && strlen (proxy) <= TTECOMM_URL_MAX;
}

/* The password of a proxy may stand in its URL: never in an error. */
static gboolean
set_proxy (SoupSession *session, const char *proxy, GError **error)
{
  g_autoptr (GProxyResolver) resolver = NULL;

  if (proxy == NULL || strcmp (proxy, "system") == 0)
    {
      resolver = ttecomm_platform_dup_proxy_resolver ();
      if (resolver != NULL)
        soup_session_set_proxy_resolver (session, resolver);
      return TRUE;
    }
  if (strcmp (proxy, "direct") != 0)
    {
      if (!is_proxy_url (proxy))
        {
          g_set_error_literal (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID,
                               "The proxy is not “direct”, “system” or a URL such as "
                               "http://HOST:PORT");
          return FALSE;
        }
      resolver = g_simple_proxy_resolver_new (proxy, NULL);
    }
  soup_session_set_proxy_resolver (session, resolver);
  return TRUE;
}

static gboolean
has_password (const char *proxy)
{
  g_autoptr (GUri) uri = proxy != NULL ? g_uri_parse (proxy, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  return uri != NULL && g_uri_get_userinfo (uri) != NULL;
}

static SoupSession *
make_session (const char *ca_pem, const char *proxy, GError **error)
{
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("max-conns", CONNECTIONS, "max-conns-per-host", CONNECTIONS,
                                       "user-agent", USER_AGENT, NULL);

  /* only a proxy whose login stands in its URL is ever answered */
  if (!has_password (proxy))
    soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (ca_pem != NULL)
    {
      g_autoptr (GTlsDatabase) database = ttecomm_ca_database_new (ca_pem, error);

      if (database == NULL)
        return NULL;
      soup_session_set_tls_database (session, database);
    }
  if (!set_proxy (session, proxy, error))
    return NULL;
  return g_steal_pointer (&session);
}

TtecommTransport *
ttecomm_transport_new (GUri *origin, const char *ca_pem, const char *proxy, GError **error)
{
  g_autoptr (TtecommTransport) self = g_object_new (TTECOMM_TYPE_TRANSPORT, NULL);

  g_return_val_if_fail (origin != NULL, NULL);

  if (strcmp (g_uri_get_scheme (origin), "https") != 0)
    {
      g_set_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID,
                   "TTcloud's address (%s) is not https", g_uri_get_host (origin));
      return NULL;
    }
  self->session = make_session (ca_pem, proxy, error);
  if (self->session == NULL)
    return NULL;
  self->origin = g_uri_ref (origin);
  self->own_ca = ca_pem != NULL;
  return g_steal_pointer (&self);
}

GUri *
ttecomm_transport_get_origin (TtecommTransport *self)
{
  g_return_val_if_fail (TTECOMM_IS_TRANSPORT (self), NULL);

  return self->origin;
}

/* The host may run with floating-point exceptions unmasked, and a pool thread inherits that. */
static void
warm_up_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GTlsDatabase) database = NULL;
  fenv_t host;

  feholdexcept (&host);
  database = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  fesetenv (&host);
  g_task_return_boolean (task, database != NULL);
}

void
ttecomm_transport_warm_up (TtecommTransport *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TTECOMM_IS_TRANSPORT (self));

  if (self->own_ca)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, ttecomm_transport_warm_up);
  g_task_run_in_thread (task, warm_up_thread);
}

/* --- sending --- */

typedef struct
{
  TtecommRequest *request; /* (owned): of the present hop */
  TtecommGuard *guard;     /* (owned) */
  guint redirects;
  gboolean repeated;
} Send;

static void
send_free (gpointer data)
{
  Send *send = data;

  ttecomm_request_free (send->request);
  ttecomm_guard_free (send->guard);
  g_free (send);
}

static void
run (GTask *task)
{
  TtecommTransport *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);

  ttecomm_exchange_run_async (self->session, send->request, send->guard, send->repeated,
                              self->clock_is_right, exchanged_cb, g_object_ref (task));
}

static gboolean
is_redirect (const TtecommReply *reply)
{
  return reply->status == 301 || reply->status == 302 || reply->status == 303
         || reply->status == 307 || reply->status == 308;
}

static GError *
redirect_error (TtecommCloudError code, const TtecommReply *reply, const char *detail)
{
  GError *error = ttecomm_cause_new_error (code, detail);

  ttecomm_cloud_error_set_status (error, reply->status, reply->retry_after);
  ttecomm_cloud_error_set_timings (error, &reply->timings);
  return error;
}

/* Where to go next, or NULL: whoever sends us elsewhere is a hotel's network, not TTcloud. What
 * changes something is sent again as it is (307, 308), never turned into a GET. */
static GUri *
follow (TtecommTransport *self, Send *send, const TtecommExchangeResult *result, GError **error)
{
  const TtecommReply *reply = result->reply;
  gboolean keeps_method = reply->status == 307 || reply->status == 308;
  g_autoptr (GUri) next = NULL;

  if (strlen (result->location) <= TTECOMM_URL_MAX)
    next = g_uri_parse_relative (send->request->uri, result->location, SOUP_HTTP_URI_FLAGS, NULL);
  if (next == NULL || g_uri_get_host (next) == NULL)
    g_propagate_error (error, redirect_error (TTECOMM_CLOUD_ERROR_ALTERED, reply,
                                              "redirected to what is no address"));
  else if (!ttecomm_origin_equal (next, self->origin))
    g_propagate_error (error, redirect_error (TTECOMM_CLOUD_ERROR_PORTAL, reply,
                                              "redirected to a foreign host"));
  else if (++send->redirects > MAX_REDIRECTS)
    g_propagate_error (error,
                       redirect_error (TTECOMM_CLOUD_ERROR_REFUSED, reply, "too many redirects"));
  else if (strcmp (send->request->method, "GET") != 0 && !keeps_method)
    g_propagate_error (error, redirect_error (TTECOMM_CLOUD_ERROR_REFUSED, reply,
                                              "a redirect that drops the request's body"));
  else
    return g_steal_pointer (&next);
  return NULL;
}

static void
go_on (GTask *task, TtecommExchangeResult *result)
{
  TtecommTransport *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  GUri *next;

  if (!is_redirect (result->reply) || result->location == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&result->reply),
                             (GDestroyNotify)ttecomm_reply_free);
      return;
    }
  next = follow (self, send, result, &error);
  if (next == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_uri_unref (send->request->uri);
  send->request->uri = next;
  run (task);
}

static void
exchanged_cb (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommTransport *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  g_auto (TtecommExchangeResult) result = { 0 };
  GError *error = NULL;

  if (ttecomm_exchange_run_finish (async_result, &result, &error))
    {
      self->clock_is_right = result.clock_is_right;
      go_on (task, &result);
    }
  else if (result.was_dead && send->request->repeatable && !send->repeated)
    {
      g_clear_error (&error);
      send->repeated = TRUE;
      run (task);
    }
  else
    g_task_return_error (task, error);
}

static gboolean
check_request (TtecommTransport *self, const TtecommRequest *request, GError **error)
{
  const TtecommLimits *limits = &request->limits;
  const char *what = NULL;

  if (!ttecomm_origin_equal (request->uri, self->origin))
    what = "it goes to another host than TTcloud";
  else if (limits->connect_ms == 0 || limits->first_byte_ms == 0 || limits->total_ms == 0
           || limits->max_bytes == 0)
    what = "it states no limits";
  if (what == NULL)
    return TRUE;
  g_propagate_error (error, ttecomm_cause_new_error (TTECOMM_CLOUD_ERROR_INVALID, what));
  return FALSE;
}

void
ttecomm_transport_send_async (TtecommTransport *self,
                              const TtecommRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Send *send;

  g_return_if_fail (TTECOMM_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ttecomm_transport_send_async);
  /* an answer that is there is given, whatever was cancelled meanwhile: the guard sees to that */
  g_task_set_check_cancellable (task, FALSE);
  if (!check_request (self, request, &error)
      || g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  send = g_new0 (Send, 1);
  send->request = ttecomm_request_copy (request);
  send->guard = ttecomm_guard_new (cancellable, request->limits.total_ms, TTECOMM_CLOUD_ERROR_SLOW);
  g_task_set_task_data (task, send, send_free);
  run (task);
}

TtecommReply *
ttecomm_transport_send_finish (TtecommTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_transport_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
