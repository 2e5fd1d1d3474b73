/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/front.h"

#include <string.h>

#include "base/json.h"
#include "tests/sandbox/http.h"

#define MAX_ANSWER 1024

static char *
make_question (GTlsCertificate *certificate, guint16 port, guint16 wanted)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autofree char *pem = NULL;
  g_autofree char *key = NULL;
  g_autofree char *json = NULL;

  g_object_get (certificate, "certificate-pem", &pem, "private-key-pem", &key, NULL);
  sandbox_json_int (builder, "port", port);
  sandbox_json_int (builder, "wanted", wanted);
  sandbox_json_string (builder, "certificate", pem);
  sandbox_json_string (builder, "key", key);
  json = sandbox_json_finish (builder);
  return g_strconcat (json, "\n", NULL);
}

static gboolean
read_answer (GIOStream *stream, guint16 *front, GError **error)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_autofree char *line = NULL;
  g_autoptr (JsonObject) answer = NULL;
  gint64 port;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, error);
  if (line == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the front made no answer");
      return FALSE;
    }
  answer = ttecomm_json_parse_object (line, strlen (line), MAX_ANSWER, error);
  if (answer == NULL || !ttecomm_json_get_int (answer, "port", 1, G_MAXUINT16, &port, error))
    return FALSE;
  *front = (guint16)port;
  return TRUE;
}

GIOStream *
sandbox_front_open (const char *address,
                    GTlsCertificate *certificate,
                    guint16 port,
                    guint16 wanted,
                    guint16 *front,
                    GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *question = make_question (certificate, port, wanted);
  g_autoptr (GSocketConnection) connection = NULL;
  GOutputStream *out;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, address, 0, NULL, error);
  if (connection == NULL)
    return NULL;
  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  if (!g_output_stream_write_all (out, question, strlen (question), NULL, NULL, error)
      || !read_answer (G_IO_STREAM (connection), front, error))
    return NULL;
  return G_IO_STREAM (g_steal_pointer (&connection));
}
