/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/wire-cloud.h"

#include "base/json.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/objects-samples.h"

#include <string.h>

#define WEB "https://web.test"
#define TOKEN_LIFE 900
#define PIECE 32 /* bytes */

/* --- good answers --- */

static void
answer_discovery (WireCloud *self, TestAnswer *answer)
{
  g_autofree char *body
      = g_strdup_printf (SAMPLE_DISCOVERY ("%s", WEB), self->origin, self->origin, self->origin);

  test_answer_json (answer, 200, body);
}

static void
answer_token (WireCloud *self, TestAnswer *answer)
{
  g_autofree char *body = NULL;

  self->n_tokens++;
  body = g_strdup_printf ("{\"access_token\":\"access-%u\",\"token_type\":\"Bearer\","
                          "\"expires_in\":%d,\"refresh_token\":\"refresh-%u\"}",
                          self->n_tokens, TOKEN_LIFE, self->n_tokens);
  test_answer_json (answer, 200, body);
}

static void
answer_raw (TestAnswer *answer, const char *bytes, TestThen then, guint drip_ms)
{
  g_string_assign (answer->bytes, bytes);
  answer->then = then;
  answer->drip = drip_ms > 0 ? 1 : 0;
  answer->drip_ms = drip_ms;
}

static void
answer_keys (WireCloud *self, TestAnswer *answer)
{
  g_autofree char *body = g_strdup_printf ("{\"server_today\":\"%s\",\"keys\":\"%s\"}",
                                           self->server_today, self->signer->keys_jws);

  if (self->row != NULL && self->row->keys != NULL)
    answer_raw (answer, self->row->keys, TEST_THEN_CLOSE, 0);
  else
    test_answer_json (answer, 200, body);
}

static gboolean
is_authorized (WireCloud *self, const TestHttpRequest *request)
{
  g_autofree char *got = test_http_request_get_header (request, "Authorization");
  g_autofree char *wanted = g_strdup_printf ("Bearer access-%u", self->n_tokens);

  return g_strcmp0 (got, wanted) == 0;
}

/* --- the statement --- */

/* As asked for, but for what the row does to it. (transfer full) */
static char *
make_statement (WireCloud *self, JsonObject *question)
{
  TtecommFakeStatement statement = self->statement;
  const char *site = NULL;
  const char *nonce = NULL;

  g_assert_true (ttecomm_json_get_string (question, "installation", 64, &site, NULL));
  g_assert_true (ttecomm_json_get_string (question, "nonce", 64, &nonce, NULL));
  harness_witness_secret ("nonce", nonce);
  statement.installation = site;
  statement.nonce = nonce;
  return self->row != NULL && self->row->statement != NULL
             ? self->row->statement (self->signer, &statement)
             : ttecomm_fake_signer_sign (self->signer, &statement);
}

/* @around: JSON with one "%s" for the statement */
static char *
put_around (const char *around, const char *statement)
{
  g_auto (GStrv) parts = g_strsplit (around, "%s", 2);

  return g_strjoinv (statement, parts);
}

static void
answer_flag (WireCloud *self, const TestHttpRequest *request, TestAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) question
      = ttecomm_json_parse_object (request->body, strlen (request->body), 4096, &error);
  g_autofree char *usual = NULL;
  g_autofree char *statement = NULL;
  g_autofree char *body = NULL;
  gboolean spoilt = self->row != NULL && self->row->around != NULL;

  g_assert_no_error (error);
  statement = make_statement (self, question);
  usual = g_strdup_printf ("{\"server_today\":\"%s\",\"statement\":\"%%s\"}", self->server_today);
  body = put_around (spoilt ? self->row->around : usual, statement);
  test_answer_json (answer, 200, body);
}

static void
spoil (WireCloud *self, TestAnswer *answer)
{
  self->n_asked++;
  if (self->n_asked >= self->reset_from && self->n_asked <= self->reset_to)
    answer_raw (answer, "", TEST_THEN_RESET, 0);
  if (self->drip_ms == 0)
    return;
  answer->drip = PIECE;
  answer->drip_ms = self->drip_ms;
}

static void
handle (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  WireCloud *self = user_data;
  gboolean is_flag = g_str_equal (request->target, "/v1/service-flag");

  if (self->stall_at != NULL && g_str_has_prefix (request->target, self->stall_at))
    answer->then = TEST_THEN_STALL;
  else if (g_str_has_prefix (request->target, "/.well-known/"))
    answer_discovery (self, answer);
  else if (g_str_equal (request->target, "/oauth/token"))
    answer_token (self, answer);
  else if (g_str_equal (request->target, "/v1/keys"))
    answer_keys (self, answer);
  else if (is_flag && self->row != NULL && self->row->bytes != NULL)
    answer_raw (answer, self->row->bytes, self->row->then, self->row->drip_ms);
  else if (is_flag && is_authorized (self, request))
    answer_flag (self, request, answer);
  else
    test_answer_set (answer, is_flag ? 401 : 404, "text/plain", NULL, "no\n");
  if (is_flag)
    spoil (self, answer);
}

static void
handle_proxy (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  const WireCloud *self = user_data;

  answer_raw (answer, self->row->proxy, TEST_THEN_CLOSE, 0);
}

/* --- servers --- */

/* Waits for the line that tells the port; others may come first. */
static guint16
read_port (GSubprocess *process)
{
  GInputStream *out = g_subprocess_get_stdout_pipe (process);
  g_autoptr (GString) line = g_string_new (NULL);
  char byte;

  while (g_input_stream_read (out, &byte, 1, NULL, NULL) == 1)
    {
      if (byte != '\n')
        g_string_append_c (line, byte);
      else if (g_str_has_prefix (line->str, "ACCEPT "))
        return (guint16)g_ascii_strtoull (strrchr (line->str, ':') + 1, NULL, 10);
      else
        g_string_truncate (line, 0);
    }
  g_assert_not_reached ();
}

/* Prints what it receives. */
static guint16
start_old_server (WireCloud *self, const char *folder)
{
  const TestCaLeaf leaf = { 0 };
  g_autofree char *file = g_build_filename (folder, "server.pem", NULL);
  g_autofree char *pem = test_ca_issue_pem (self->ca, &leaf);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, pem, -1, &error));
  self->old_server
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                              | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, "openssl", "s_server", "-accept", "127.0.0.1:0",
                          self->row->tls_version, "-cipher", "ALL:@SECLEVEL=0", "-cert", file,
                          "-key", file, NULL);
  g_assert_no_error (error);
  return read_port (self->old_server);
}

static guint16
start_server (WireCloud *self)
{
  const TestCaLeaf good = { 0 };
  const TestCaLeaf named = { .name = "ttcloud.test" };
  const WireRow *row = self->row;
  g_autoptr (TestCa) hotel = test_ca_new ("Hotel CA");
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (row != NULL && row->bad_certificate)
    certificate = test_ca_issue (row->foreign_ca ? hotel : self->ca, &row->leaf);
  else
    certificate = test_ca_issue (self->ca, row != NULL && row->host != NULL ? &named : &good);
  self->server = test_server_new (certificate, handle, self);
  return test_server_get_port (self->server);
}

static guint16
start (WireCloud *self, const char *folder)
{
  const WireRow *row = self->row;

  if (row != NULL && row->socket != TEST_RAW_NONE)
    {
      self->raw = test_raw_server_new (row->socket);
      return test_raw_server_get_port (self->raw);
    }
  if (row != NULL && row->tls_version != NULL)
    return start_old_server (self, folder);
  if (row != NULL && row->proxy != NULL)
    {
      self->proxy = test_server_new (NULL, handle_proxy, self);
      g_free (self->proxy_url);
      self->proxy_url = g_strdup (test_server_get_origin (self->proxy));
    }
  return start_server (self);
}

WireCloud *
wire_cloud_new (const WireRow *row, gint64 iat, const char *folder)
{
  WireCloud *self = g_new0 (WireCloud, 1);
  const char *host = row != NULL && row->host != NULL ? row->host : "127.0.0.1";

  self->row = row;
  self->signer = ttecomm_fake_signer_new ();
  self->statement = ttecomm_fake_statement ("", iat);
  self->server_today = "2026-09-21";
  self->n_tokens = 1;
  self->ca = test_ca_new ("Test CA");
  self->proxy_url = g_strdup ("direct");
  self->origin = g_strdup_printf ("https://%s:%u", host, start (self, folder));
  return self;
}

void
wire_cloud_set_row (WireCloud *self, const WireRow *row)
{
  self->row = row;
}

void
wire_cloud_free (WireCloud *self)
{
  g_clear_pointer (&self->server, test_server_free);
  g_clear_pointer (&self->raw, test_raw_server_free);
  g_clear_pointer (&self->proxy, test_server_free);
  if (self->old_server != NULL)
    {
      g_subprocess_force_exit (self->old_server);
      g_assert_true (g_subprocess_wait (self->old_server, NULL, NULL));
    }
  g_clear_object (&self->old_server);
  test_ca_free (self->ca);
  ttecomm_fake_signer_free (self->signer);
  g_free (self->origin);
  g_free (self->proxy_url);
  g_free (self);
}

guint
wire_cloud_count (WireCloud *self, const char *prefix)
{
  guint n = 0;

  if (self->server == NULL)
    return 0;
  for (guint i = 0; i < test_server_get_n_requests (self->server); i++)
    {
      g_autofree char *request = test_server_get_request (self->server, i);

      n += g_str_has_prefix (request, prefix) ? 1 : 0;
    }
  return n;
}

guint
wire_cloud_get_n_connections (WireCloud *self)
{
  if (self->raw != NULL)
    return test_raw_server_get_n_connections (self->raw);
  return self->server != NULL ? test_server_get_n_connections (self->server) : 0;
}

gint64
wire_cloud_get_fact_us (WireCloud *self)
{
  if (self->raw != NULL)
    return test_raw_server_get_fact_us (self->raw);
  if (self->proxy != NULL)
    return test_server_get_fact_us (self->proxy);
  return self->server != NULL ? test_server_get_fact_us (self->server) : 0;
}

void
wire_cloud_assert_nothing_came (WireCloud *self)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  const char *seen;

  g_subprocess_force_exit (self->old_server);
  g_assert_cmpint (g_output_stream_splice (memory, g_subprocess_get_stdout_pipe (self->old_server),
                                           G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL),
                   >=, 0);
  g_assert_true (g_output_stream_write_all (memory, "", 1, NULL, NULL, NULL));
  seen = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory));
  g_assert_null (strstr (seen, "POST"));
  g_assert_null (strstr (seen, "Bearer"));
}
