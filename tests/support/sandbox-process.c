/* SPDX-License-Identifier: MIT */
#include "tests/support/sandbox-process.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/civil-date.h"
#include "base/json.h"
#include "tests/support/sandbox-spawn.h"

#define START_MS 10000
#define CONTROL_S 20
#define STOP_MS 10000
#define MAX_ANSWER (1024 * 1024)

struct _SandboxProcess
{
  GSubprocess *process; /* (owned) (nullable): one that this program started */
  gboolean runs;        /* as far as is known */
  char *folder;         /* (owned) */
  char *ttcloud_url;    /* (owned) */
  char *ttecomm_url;    /* (owned) */
  char *control_url;    /* (owned) */
};

char *
sandbox_process_read (SandboxProcess *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, error) ? text : NULL;
}

static gboolean
read_urls (SandboxProcess *self, GError **error)
{
  g_autofree char *text = sandbox_process_read (self, "urls.json", error);
  g_autoptr (JsonObject) object = NULL;
  const char *ttcloud, *ttecomm, *control;

  if (text == NULL)
    return FALSE;
  object = ttecomm_json_parse_object (text, strlen (text), MAX_ANSWER, error);
  if (object == NULL || !ttecomm_json_get_string (object, "ttcloud_url", 2048, &ttcloud, error)
      || !ttecomm_json_get_string (object, "ttecomm_url", 2048, &ttecomm, error)
      || !ttecomm_json_get_string (object, "control_url", 2048, &control, error))
    return FALSE;
  self->ttcloud_url = g_strdup (ttcloud);
  self->ttecomm_url = g_strdup (ttecomm);
  self->control_url = g_strdup (control);
  return TRUE;
}

/* urls.json is written last: when it is there, everything is. */
static gboolean
wait_for_urls (SandboxProcess *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "urls.json", NULL);
  gint64 deadline = g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND;

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      if (g_get_monotonic_time () > deadline)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                       "the sandbox did not write %s within %d s", path, START_MS / 1000);
          return FALSE;
        }
      g_usleep (5 * G_TIME_SPAN_MILLISECOND);
    }
  return read_urls (self, error);
}

static SandboxProcess *
start (const char *program,
       const char *folder,
       const char *option,
       const char *value,
       GError **error)
{
  g_autoptr (SandboxProcess) self = g_new0 (SandboxProcess, 1);
  g_autofree char *log = g_build_filename (folder, "sandbox.log", NULL);
  const char *const arguments[] = { program, "--dir", folder, option, value, NULL };

  self->folder = g_strdup (folder);
  self->process = sandbox_spawn (arguments, log, error);
  if (self->process == NULL || !wait_for_urls (self, error))
    return NULL;
  self->runs = TRUE;
  return g_steal_pointer (&self);
}

SandboxProcess *
sandbox_process_attach (const char *folder, GError **error)
{
  g_autoptr (SandboxProcess) self = g_new0 (SandboxProcess, 1);

  self->folder = g_strdup (folder);
  if (!wait_for_urls (self, error))
    return NULL;
  self->runs = TRUE;
  return g_steal_pointer (&self);
}

SandboxProcess *
sandbox_process_start (const char *program, const char *folder, guint many, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", many);

  return start (program, folder, "--many", number, error);
}

SandboxProcess *
sandbox_process_start_world (const char *program,
                             const char *folder,
                             const char *world,
                             GError **error)
{
  return start (program, folder, "--world", world, error);
}

void
sandbox_process_free (SandboxProcess *self)
{
  /* What somebody else started lives on. */
  if (self->process != NULL)
    sandbox_process_stop (self);
  g_free (self->folder);
  g_free (self->ttcloud_url);
  g_free (self->ttecomm_url);
  g_free (self->control_url);
  g_free (self);
}

const char *
sandbox_process_get_folder (SandboxProcess *self)
{
  return self->folder;
}

const char *
sandbox_process_get_ttcloud_url (SandboxProcess *self)
{
  return self->ttcloud_url;
}

const char *
sandbox_process_get_ttecomm_url (SandboxProcess *self)
{
  return self->ttecomm_url;
}

/* @body: (nullable): JSON */
static JsonObject *
control (SandboxProcess *self,
         const char *method,
         const char *path,
         const char *body,
         GError **error)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", CONTROL_S, NULL);
  g_autofree char *url = g_strconcat (self->control_url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (body != NULL)
    {
      request = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", request);
    }
  answer = soup_session_send_and_read (session, message, NULL, error);
  if (answer == NULL)
    return NULL;
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the sandbox answered %s with %u: %.*s",
                   path, soup_message_get_status (message),
                   (int)MIN (g_bytes_get_size (answer), 300),
                   (const char *)g_bytes_get_data (answer, NULL));
      return NULL;
    }
  return ttecomm_json_parse_object (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                    MAX_ANSWER, error);
}

gboolean
sandbox_process_travel (SandboxProcess *self, const char *date, GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"to\":\"%s\"}", date);
  g_autoptr (JsonObject) answer = control (self, "POST", "/sandbox/clock/advance", body, error);

  return answer != NULL;
}

gboolean
sandbox_process_get_today (SandboxProcess *self, GDate *today, GError **error)
{
  g_autoptr (JsonObject) answer = control (self, "GET", "/sandbox/clock", NULL, error);
  const char *text;

  return answer != NULL && ttecomm_json_get_string (answer, "today", 10, &text, error)
         && ttecomm_date_parse (text, today, error);
}

gboolean
sandbox_process_get_offset (SandboxProcess *self, gint64 *seconds, GError **error)
{
  g_autoptr (JsonObject) answer = control (self, "GET", "/sandbox/clock", NULL, error);

  return answer != NULL
         && ttecomm_json_get_int (answer, "offset_seconds", 0, G_MAXINT32, seconds, error);
}

gboolean
sandbox_process_set_fault (SandboxProcess *self, const char *name, GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\"}", name);
  g_autoptr (JsonObject) answer = control (self, "POST", "/sandbox/faults", body, error);

  return answer != NULL;
}

gboolean
sandbox_process_heal (SandboxProcess *self, GError **error)
{
  g_autoptr (JsonObject) answer = control (self, "DELETE", "/sandbox/faults", NULL, error);

  return answer != NULL;
}

/* How often @subscription (nullable: any) stands in a row of events, if it is of that kind. */
static guint
count_in_row (JsonArray *row, const char *name, const char *subscription)
{
  JsonNode *node = json_array_get_length (row) > 3 ? json_array_get_element (row, 3) : NULL;
  JsonArray *subscriptions;
  guint n = 0;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || g_strcmp0 (json_array_get_string_element (row, 1), name) != 0)
    return 0;
  subscriptions = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (subscriptions); i++)
    if (subscription == NULL
        || g_strcmp0 (json_array_get_string_element (subscriptions, i), subscription) == 0)
      n++;
  return n;
}

gboolean
sandbox_process_count_events (SandboxProcess *self,
                              const char *name,
                              const char *subscription,
                              guint *n,
                              GError **error)
{
  g_autoptr (JsonObject) answer = control (self, "GET", "/sandbox/events", NULL, error);
  JsonArray *events;

  *n = 0;
  if (answer == NULL || !ttecomm_json_get_array (answer, "events", 100000, &events, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonNode *row = json_array_get_element (events, i);

      if (JSON_NODE_HOLDS_ARRAY (row))
        *n += count_in_row (json_node_get_array (row), name, subscription);
    }
  return TRUE;
}

static void
kill_child (SandboxProcess *self)
{
  g_subprocess_force_exit (self->process);
  if (!g_subprocess_wait (self->process, NULL, NULL))
    g_debug ("the sandbox could not be waited for");
  g_clear_object (&self->process);
}

/* Asks it to end, and waits until nobody answers at its addresses any more. */
static void
ask_to_end (SandboxProcess *self)
{
  gint64 deadline = g_get_monotonic_time () + STOP_MS * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = control (self, "POST", "/sandbox/stop", "{}", &error);

  while (answer != NULL && g_get_monotonic_time () < deadline)
    {
      g_usleep (10 * G_TIME_SPAN_MILLISECOND);
      g_clear_pointer (&answer, json_object_unref);
      g_clear_error (&error);
      answer = control (self, "GET", "/sandbox/clock", NULL, &error);
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_warning ("the sandbox in %s does not end: %s", self->folder,
               error != NULL ? error->message : "it answers still");
}

void
sandbox_process_stop (SandboxProcess *self)
{
  if (!self->runs)
    return;
  self->runs = FALSE;
  if (self->process != NULL)
    kill_child (self);
  else
    ask_to_end (self);
}
