/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/discoverer.h"

#define DISCOVERY_PATH "/.well-known/openid-configuration"

struct _TtecommDiscoverer
{
  GObject parent_instance;

  TtecommTransport *transport; /* (owned) */
  GUri *ttecomm_origin;        /* (owned) */
  TtecommClock *clock;         /* (owned) */
  TtecommDiscovery *known;     /* (owned) (nullable) */
  gint64 at;                   /* unix seconds; 0 = this run, but nobody knows when */
};

G_DEFINE_FINAL_TYPE (TtecommDiscoverer, ttecomm_discoverer, G_TYPE_OBJECT)

static void replied_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ttecomm_discoverer_finalize (GObject *object)
{
  TtecommDiscoverer *self = TTECOMM_DISCOVERER (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->ttecomm_origin, g_uri_unref);
  g_clear_pointer (&self->known, ttecomm_discovery_unref);

  G_OBJECT_CLASS (ttecomm_discoverer_parent_class)->finalize (object);
}

static void
ttecomm_discoverer_class_init (TtecommDiscovererClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_discoverer_finalize;
}

static void
ttecomm_discoverer_init (TtecommDiscoverer *self)
{
}

TtecommDiscoverer *
ttecomm_discoverer_new (TtecommTransport *transport, GUri *ttecomm_origin, TtecommClock *clock)
{
  TtecommDiscoverer *self = g_object_new (TTECOMM_TYPE_DISCOVERER, NULL);

  self->transport = g_object_ref (transport);
  self->ttecomm_origin = g_uri_ref (ttecomm_origin);
  self->clock = g_object_ref (clock);
  return self;
}

static gint64
read_clock (TtecommDiscoverer *self)
{
  gint64 now = 0;

  return ttecomm_clock_get_wall (self->clock, &now) && now > 0 ? now : 0;
}

/* Without a clock, what this run was told does for this run. */
static gboolean
is_recent (TtecommDiscoverer *self, gint64 at)
{
  gint64 now = read_clock (self);

  return at == 0 || now == 0 || (at <= now && now - at < TTECOMM_DISCOVERER_SECONDS);
}

static void
set_known (TtecommDiscoverer *self, TtecommDiscovery *discovery, gint64 at)
{
  ttecomm_discovery_ref (discovery);
  g_clear_pointer (&self->known, ttecomm_discovery_unref);
  self->known = discovery;
  self->at = at;
}

void
ttecomm_discoverer_remember (TtecommDiscoverer *self, TtecommDiscovery *discovery, gint64 at)
{
  if (self->known == NULL && at > 0 && read_clock (self) > 0 && is_recent (self, at))
    set_known (self, discovery, at);
}

TtecommDiscovery *
ttecomm_discoverer_get_known (TtecommDiscoverer *self, gint64 *at)
{
  *at = self->at;
  return self->known;
}

static void
return_discovery (GTask *task, TtecommDiscovery *discovery)
{
  g_task_return_pointer (task, ttecomm_discovery_ref (discovery),
                         (GDestroyNotify)ttecomm_discovery_unref);
}

void
ttecomm_discoverer_ask_async (TtecommDiscoverer *self,
                              gboolean afresh,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GUri *origin = ttecomm_transport_get_origin (self->transport);
  g_autoptr (TtecommRequest) request = NULL;
  g_autoptr (GUri) uri = NULL;

  g_task_set_source_tag (task, ttecomm_discoverer_ask_async);
  if (!afresh && self->known != NULL && is_recent (self, self->at))
    {
      g_task_set_task_data (task, GINT_TO_POINTER (TRUE), NULL);
      return_discovery (task, self->known);
      return;
    }
  uri = g_uri_parse_relative (origin, DISCOVERY_PATH, G_URI_FLAGS_ENCODED, NULL);
  request = ttecomm_request_new ("GET", uri, &TTECOMM_LIMITS_CLICK);
  ttecomm_transport_send_async (self->transport, request, cancellable, replied_cb,
                                g_steal_pointer (&task));
}

/* A TTECOMM_JSON_ERROR becomes ALTERED; takes @error. */
static GError *
as_cloud_error (const TtecommReply *reply, GError *error)
{
  return error->domain == TTECOMM_CLOUD_ERROR ? error : ttecomm_reply_altered (reply, error);
}

static TtecommDiscovery *
read_reply (TtecommDiscoverer *self, const TtecommReply *reply, GError **error)
{
  g_autoptr (JsonObject) object = ttecomm_reply_get_object (reply, error);
  GError *local_error = NULL;
  TtecommDiscovery *discovery;

  if (object == NULL)
    return NULL;
  discovery = ttecomm_discovery_from_json (object, ttecomm_transport_get_origin (self->transport),
                                           self->ttecomm_origin, &local_error);
  if (discovery == NULL)
    g_propagate_error (error, as_cloud_error (reply, local_error));
  return discovery;
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommDiscoverer *self = g_task_get_source_object (task);
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (TtecommDiscovery) discovery = NULL;
  GError *error = NULL;

  reply = ttecomm_transport_send_finish (TTECOMM_TRANSPORT (source), result, &error);
  if (reply != NULL)
    discovery = read_reply (self, reply, &error);
  if (discovery == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  set_known (self, discovery, read_clock (self));
  return_discovery (task, discovery);
}

TtecommDiscovery *
ttecomm_discoverer_ask_finish (TtecommDiscoverer *self,
                               GAsyncResult *result,
                               gboolean *was_known,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_discoverer_ask_async), NULL);

  if (was_known != NULL)
    *was_known = g_task_get_task_data (G_TASK (result)) != NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}
