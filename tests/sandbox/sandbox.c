/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/sandbox.h"

#include <errno.h>

#include <libsoup/soup.h>

#include "tests/sandbox/api.h"
#include "tests/sandbox/certificate.h"
#include "tests/sandbox/door.h"
#include "tests/sandbox/front.h"
#include "tests/sandbox/mischief.h"

struct _TtecommSandbox
{
  GObject parent_instance;

  SandboxWorld *world;    /* (owned) */
  SoupServer *api;        /* (owned) */
  SandboxDoor *door;      /* (owned): of api */
  GIOStream *front;       /* (owned) (nullable): who reads along in front of the door */
  SoupServer *web;        /* (owned) */
  SoupServer *control;    /* (owned) */
  GCancellable *stopping; /* (owned): ends faults under way */
  GSource *stop;          /* (owned) (nullable): somebody asked for the end */
  char *directory;        /* (owned) (nullable) */
  char *ca_pem;           /* (owned) */
  char *trust;            /* (owned) */
};

G_DEFINE_FINAL_TYPE (TtecommSandbox, ttecomm_sandbox, G_TYPE_OBJECT)

static guint stopped_signal;

static void
ttecomm_sandbox_finalize (GObject *object)
{
  TtecommSandbox *self = TTECOMM_SANDBOX (object);

  ttecomm_sandbox_stop (self);
  if (self->stop != NULL)
    g_source_destroy (self->stop);
  g_clear_pointer (&self->stop, g_source_unref);
  g_clear_pointer (&self->world, sandbox_world_free);
  g_object_unref (self->stopping);
  g_free (self->directory);
  g_free (self->ca_pem);
  g_free (self->trust);
  G_OBJECT_CLASS (ttecomm_sandbox_parent_class)->finalize (object);
}

static void
ttecomm_sandbox_class_init (TtecommSandboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_sandbox_finalize;
  stopped_signal = g_signal_new ("stopped", TTECOMM_TYPE_SANDBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
ttecomm_sandbox_init (TtecommSandbox *self)
{
  self->stopping = g_cancellable_new ();
}

static void
api_cb (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  TtecommSandbox *self = data;

  /* A server without listeners of its own closes after each answer, and would not say so: whoever
   * has another request by then loses it. */
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
  sandbox_mischief_serve (self->world, message, sandbox_api_serve, self->stopping);
}

static void
web_cb (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  TtecommSandbox *self = data;

  sandbox_web_serve (self->world, message);
}

static void
control_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  TtecommSandbox *self = data;

  sandbox_control_serve (self->world, message);
}

static SoupServer *
make_server (TtecommSandbox *self, SoupServerCallback callback)
{
  SoupServer *server = soup_server_new ("server-header", "ttcloud-sandbox ", NULL);

  soup_server_add_early_handler (server, NULL, sandbox_http_refuse_large, self->world, NULL);
  soup_server_add_handler (server, NULL, callback, self, NULL);
  return server;
}

/* (transfer full) (nullable): a server that listens on 127.0.0.1, and its origin. */
static SoupServer *
listen_on (TtecommSandbox *self,
           guint port,
           SoupServerCallback callback,
           char **origin,
           GError **error)
{
  g_autoptr (SoupServer) server = make_server (self, callback);
  GSList *uris;

  if (!soup_server_listen_local (server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  uris = soup_server_get_uris (server);
  *origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return g_steal_pointer (&server);
}

static gboolean
listen_safely (TtecommSandbox *self, guint16 port, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = sandbox_certificate_new (&self->ca_pem, error);
  const char *front = g_getenv (SANDBOX_FRONT_VARIABLE);
  guint16 announced;

  if (certificate == NULL)
    return FALSE;
  self->api = make_server (self, api_cb);
  self->door = sandbox_door_open (self->api, front != NULL ? 0 : port, certificate, error);
  if (self->door == NULL)
    return FALSE;
  announced = sandbox_door_get_port (self->door);
  if (front != NULL)
    {
      self->front = sandbox_front_open (front, certificate, announced, port, &announced, error);
      if (self->front == NULL)
        return FALSE;
    }
  self->world->api_url = g_strdup_printf ("https://127.0.0.1:%u", announced);
  return TRUE;
}

static gboolean
listen_all (TtecommSandbox *self, const TtecommSandboxOptions *options, GError **error)
{
  SandboxWorld *world = self->world;

  if (!listen_safely (self, (guint16)options->api_port, error))
    return FALSE;
  self->web = listen_on (self, options->web_port, web_cb, &world->web_url, error);
  if (self->web == NULL)
    return FALSE;
  self->control = listen_on (self, options->control_port, control_cb, &world->control_url, error);
  return self->control != NULL;
}

static gboolean
write_file (TtecommSandbox *self, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

#ifdef G_OS_WIN32
#include <process.h>
#define own_pid() _getpid ()
#else
#include <unistd.h>
#define own_pid() getpid ()
#endif

/* urls.json comes last: a host that sees it can go ahead. */
static gboolean
write_files (TtecommSandbox *self, GError **error)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autofree char *urls = NULL;

  sandbox_json_string (builder, "ttcloud_url", self->world->api_url);
  sandbox_json_string (builder, "ttecomm_url", self->world->web_url);
  sandbox_json_string (builder, "control_url", self->world->control_url);
  sandbox_json_int (builder, "pid", own_pid ());
  urls = sandbox_json_finish (builder);
  if (self->directory == NULL)
    return TRUE;
  if (g_mkdir_with_parents (self->directory, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s cannot be made: %s",
                   self->directory, g_strerror (errno));
      return FALSE;
    }
  return write_file (self, "ca.pem", self->ca_pem, error)
         && write_file (self, "trust.json", self->trust, error)
         && write_file (self, "urls.json", urls, error);
}

static gboolean
stop_cb (gpointer data)
{
  g_autoptr (TtecommSandbox) self = g_object_ref (data);

  ttecomm_sandbox_stop (self);
  g_signal_emit (self, stopped_signal, 0);
  return G_SOURCE_REMOVE;
}

/* Not at once: the server that would go is on the stack. */
static void
ask_for_stop (gpointer data)
{
  TtecommSandbox *self = data;

  if (self->stop != NULL)
    return;
  self->stop = g_idle_source_new ();
  g_source_set_priority (self->stop, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->stop, stop_cb, self, NULL);
  g_source_attach (self->stop, g_main_context_get_thread_default ());
}

TtecommSandbox *
ttecomm_sandbox_start (const char *directory, const TtecommSandboxOptions *options, GError **error)
{
  static const TtecommSandboxOptions defaults = { 0 };
  g_autoptr (TtecommSandbox) self = g_object_new (TTECOMM_TYPE_SANDBOX, NULL);

  if (options == NULL)
    options = &defaults;
  self->world = sandbox_world_open (&options->world, error);
  if (self->world == NULL || !listen_all (self, options, error))
    return NULL;
  self->world->stop = ask_for_stop;
  self->world->stop_data = self;
  self->trust = sandbox_trust_to_json (self->world->trust);
  self->directory = g_strdup (directory);
  if (!write_files (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
stop_server (SoupServer **server)
{
  if (*server != NULL)
    soup_server_disconnect (*server);
  g_clear_object (server);
}

void
ttecomm_sandbox_stop (TtecommSandbox *self)
{
  g_cancellable_cancel (self->stopping);
  if (self->world != NULL && self->world->waiters != NULL)
    g_ptr_array_set_size (self->world->waiters, 0);
  if (self->directory != NULL && self->control != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, "urls.json", NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_file_delete (file, NULL, NULL);
    }
  if (self->front != NULL)
    g_io_stream_close (self->front, NULL, NULL);
  g_clear_object (&self->front);
  g_clear_pointer (&self->door, sandbox_door_close);
  stop_server (&self->api);
  stop_server (&self->web);
  stop_server (&self->control);
}

const char *
ttecomm_sandbox_get_api_url (TtecommSandbox *self)
{
  return self->world->api_url;
}

const char *
ttecomm_sandbox_get_web_url (TtecommSandbox *self)
{
  return self->world->web_url;
}

const char *
ttecomm_sandbox_get_control_url (TtecommSandbox *self)
{
  return self->world->control_url;
}

const char *
ttecomm_sandbox_get_ca_pem (TtecommSandbox *self)
{
  return self->ca_pem;
}

const char *
ttecomm_sandbox_get_trust (TtecommSandbox *self)
{
  return self->trust;
}
