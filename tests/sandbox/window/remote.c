/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/remote.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/json.h"

#define MAX_ANSWER (4 * 1024 * 1024)
#define CHUNK (64 * 1024)
/* Seventy years of a large world take the sandbox some time. */
#define PATIENCE_S 60

struct _SandboxRemote
{
  GObject parent;

  char *folder;         /* (owned) */
  SoupSession *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (SandboxRemote, sandbox_remote, G_TYPE_OBJECT)
G_DEFINE_QUARK (sandbox - remote - error - quark, sandbox_remote_error)

typedef struct
{
  SoupMessage *message; /* (owned) */
  GByteArray *bytes;    /* (owned) */
  GInputStream *stream; /* (owned) (nullable) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->message);
  g_clear_object (&question->stream);
  g_byte_array_unref (question->bytes);
  g_free (question);
}

static void
sandbox_remote_finalize (GObject *object)
{
  SandboxRemote *self = SANDBOX_REMOTE (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_free (self->folder);
  G_OBJECT_CLASS (sandbox_remote_parent_class)->finalize (object);
}

static void
sandbox_remote_class_init (SandboxRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sandbox_remote_finalize;
}

static void
sandbox_remote_init (SandboxRemote *self)
{
  self->session
      = soup_session_new_with_options ("timeout", PATIENCE_S, "proxy-resolver", NULL, NULL);
}

SandboxRemote *
sandbox_remote_new (const char *folder)
{
  SandboxRemote *self = g_object_new (SANDBOX_TYPE_REMOTE, NULL);

  self->folder = g_strdup (folder);
  return self;
}

/* Whatever stands in the folder, nobody else's machine is spoken to. */
static gboolean
is_here (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http")
         && g_strcmp0 (g_uri_get_host (uri), "127.0.0.1") == 0;
}

/* (transfer full) (nullable) */
static char *
read_address (SandboxRemote *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "urls.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) why = NULL;
  const char *url;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &why))
    g_set_error (error, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_GONE, "%s", why->message);
  else if ((object = ttecomm_json_parse_object (text, length, CHUNK, &why)) == NULL
           || !ttecomm_json_get_string (object, "control_url", 2048, &url, &why))
    g_set_error (error, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_UNREADABLE, "%s: %s", path,
                 why->message);
  else if (!is_here (url))
    g_set_error (error, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_UNREADABLE,
                 "%s: control_url is not on this computer", path);
  else
    return g_strdup (url);
  return NULL;
}

static void
fail (GTask *task, GError *why)
{
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, why);
  else
    {
      g_task_return_new_error (task, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_GONE, "%s",
                               why->message);
      g_error_free (why);
    }
}

/* What a problem says to people; the sandbox's are one sentence. */
static void
refuse (GTask *task, guint status, JsonObject *object)
{
  const char *detail = NULL;

  if (object != NULL && !ttecomm_json_get_optional_string (object, "detail", 2048, &detail, NULL))
    detail = NULL;
  if (detail != NULL)
    g_task_return_new_error (task, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_REFUSED, "%s",
                             detail);
  else
    g_task_return_new_error (task, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_REFUSED, "HTTP %u",
                             status);
}

static void
conclude (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  guint status = soup_message_get_status (question->message);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object
      = ttecomm_json_parse_object ((const char *)question->bytes->data, question->bytes->len,
                                   MAX_ANSWER, &error);

  if (status != SOUP_STATUS_OK)
    refuse (task, status, object);
  else if (object == NULL)
    g_task_return_new_error (task, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_UNREADABLE, "%s",
                             error->message);
  else
    g_task_return_pointer (task, g_steal_pointer (&object), (GDestroyNotify)json_object_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }
  g_byte_array_append (question->bytes, g_bytes_get_data (bytes, NULL),
                       (guint)g_bytes_get_size (bytes));
  if (question->bytes->len > MAX_ANSWER)
    g_task_return_new_error (task, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_UNREADABLE,
                             "more than %d bytes", MAX_ANSWER);
  else if (g_bytes_get_size (bytes) == 0)
    conclude (task);
  else
    g_input_stream_read_bytes_async (question->stream, CHUNK, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  question->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (question->stream == NULL)
    fail (task, error);
  else
    g_input_stream_read_bytes_async (question->stream, CHUNK, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

void
sandbox_remote_ask_async (SandboxRemote *self,
                          const char *method,
                          const char *path,
                          const char *body,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  g_autofree char *address = read_address (self, &error);
  g_autofree char *url = g_strconcat (address != NULL ? address : "", path, NULL);
  Question *question;

  if (address == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  question = g_new0 (Question, 1);
  question->message = soup_message_new (method, url);
  question->bytes = g_byte_array_new ();
  g_task_set_task_data (task, question, question_free);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (question->message, "application/json", bytes);
    }
  soup_message_add_flags (question->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_async (self->session, question->message, G_PRIORITY_DEFAULT, cancellable,
                           sent_cb, g_object_ref (task));
}

JsonObject *
sandbox_remote_ask_finish (SandboxRemote *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
