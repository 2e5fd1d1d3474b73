/* SPDX-License-Identifier: MIT */
#include "tests/unit/ttcloud/cloud-fixture.h"

#include "api/ttcloud/origin.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/objects-samples.h"

#include <string.h>

#define LIFETIME 900
#define WAIT_MS 60000

const TtecommSignInPages cloud_pages = {
  "en",       "Done & dusted",         "You can close this window.", "Sorry", "It did not work.",
  "Not here", "There is nothing here."
};

static void
answer_tokens (CloudFixture *self, TestAnswer *answer)
{
  g_autofree char *body = NULL;

  self->n_tokens++;
  body = g_strdup_printf ("{\"access_token\":\"access-%u\",\"token_type\":\"Bearer\","
                          "\"expires_in\":%d,\"refresh_token\":\"refresh-%u\"}",
                          self->n_tokens, LIFETIME, self->n_tokens);
  test_answer_json (answer, 200, body);
}

static void
answer_discovery (CloudFixture *self, TestAnswer *answer)
{
  const char *api = test_server_get_origin (self->server);
  g_autofree char *body = g_strdup_printf (SAMPLE_DISCOVERY ("%s", CLOUD_WEB), api, api, api);

  test_answer_json (answer, 200, body);
}

static void
answer_free (gpointer data)
{
  CloudAnswer *self = data;

  g_free ((char *)self->path);
  g_free ((char *)self->type);
  g_free ((char *)self->body);
  g_free (self);
}

static CloudAnswer *
answer_copy (const CloudAnswer *answer)
{
  CloudAnswer *copy = g_memdup2 (answer, sizeof *answer);

  copy->path = g_strdup (answer->path);
  copy->type = g_strdup (answer->type);
  copy->body = g_strdup (answer->body);
  return copy;
}

/* A request may still be under way when the test that asked for these answers is over. */
void
cloud_fixture_set_answers (CloudFixture *self, const CloudAnswer *answers)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_set_size (self->answers, 0);
  for (; answers != NULL && answers->path != NULL; answers++)
    g_ptr_array_add (self->answers, answer_copy (answers));
}

static gboolean
answer_specially (CloudFixture *self, const TestHttpRequest *request, TestAnswer *answer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->answers->len; i++)
    {
      CloudAnswer *special = g_ptr_array_index (self->answers, i);

      if (!g_str_has_prefix (request->target, special->path) || special->times == 0)
        continue;
      special->times--;
      if (special->stall)
        answer->then = TEST_THEN_STALL;
      else if (special->type != NULL)
        test_answer_set (answer, special->status, special->type, NULL, special->body);
      else
        test_answer_json (answer, special->status, special->body);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_authorized (CloudFixture *self, const TestHttpRequest *request)
{
  g_autofree char *got = test_http_request_get_header (request, "Authorization");
  g_autofree char *wanted = g_strdup_printf ("Bearer access-%u", self->n_tokens);

  return g_strcmp0 (got, wanted) == 0;
}

static void
answer_api (CloudFixture *self, const TestHttpRequest *request, TestAnswer *answer)
{
  const char *target = request->target;

  if (g_str_equal (target, "/v1/keys"))
    test_answer_json (answer, 200, "{\"server_today\":\"2026-09-18\",\"keys\":\"a.b.c\"}");
  else if (!is_authorized (self, request))
    test_answer_json (answer, 401,
                      "{\"type\":\"urn:ttecomm:problem:not_signed_in\",\"title\":\"Sign in\","
                      "\"status\":401,\"server_today\":\"2026-09-18\"}");
  else if (g_str_equal (target, "/v1/account"))
    test_answer_json (answer, 200, SAMPLE_ACCOUNT (CLOUD_WEB));
  else if (g_str_equal (target, "/v1/installations/inst-1"))
    test_answer_json (answer, 200, SAMPLE_INSTALLATION);
  else if (g_str_has_prefix (target, "/v1/installations?"))
    test_answer_json (answer, 200, SAMPLE_PAGE ("\"bmV4dA\"", SAMPLE_SUMMARY ("inst-1")));
  else if (g_str_equal (target, "/v1/service-flags"))
    test_answer_json (answer, 200,
                      "{\"server_today\":\"2026-09-18\",\"statements\":[\"a.b.c\",\"d.e.f\"]}");
  else if (g_str_equal (target, "/v1/service-flag"))
    test_answer_json (answer, 200, "{\"server_today\":\"2026-09-18\",\"statement\":\"a.b.c\"}");
  else if (g_str_equal (target, "/v1/catalogue"))
    test_answer_json (answer, 200, SAMPLE_CATALOGUE (CLOUD_WEB));
  else if (g_str_equal (target, "/v1/quotes"))
    test_answer_json (answer, 200, SAMPLE_QUOTE (CLOUD_WEB, "\"quote-0001\"", ""));
  else if (g_str_equal (target, "/v1/orders?state=pending"))
    test_answer_json (answer, 200,
                      "{\"server_today\":\"2026-09-18\",\"orders\":[" SAMPLE_ORDER (
                          CLOUD_WEB, "order-1", "key-00000001", "pending") "]}");
  else if (g_str_has_prefix (target, "/v1/orders"))
    test_answer_json (answer, g_str_equal (target, "/v1/orders") ? 201 : 200,
                      SAMPLE_ORDER (CLOUD_WEB, "order-1", "key-00000001", "pending"));
  else
    test_answer_json (answer, 404,
                      "{\"type\":\"urn:ttecomm:problem:not_found\",\"title\":\"No\","
                      "\"status\":404,\"server_today\":\"2026-09-19\"}");
}

static void
handle (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  CloudFixture *self = user_data;

  if (answer_specially (self, request, answer))
    return;
  if (g_str_has_prefix (request->target, "/.well-known/"))
    answer_discovery (self, answer);
  else if (g_str_equal (request->target, "/oauth/token"))
    answer_tokens (self, answer);
  else if (g_str_equal (request->target, "/oauth/revoke"))
    test_answer_set (answer, 200, "text/plain", NULL, "");
  else
    answer_api (self, request, answer);
}

static void
opened_cb (TtecommSignIn *sign_in, const char *url, gpointer user_data)
{
  CloudFixture *self = user_data;

  g_free (self->opened);
  self->opened = g_strdup (url);
  self->n_opened++;
}

static void
changed_cb (TtecommSignIn *sign_in, gpointer user_data)
{
  CloudFixture *self = user_data;

  self->n_changed++;
}

static void
trouble_cb (TtecommSignIn *sign_in, gpointer user_data)
{
  CloudFixture *self = user_data;

  self->n_troubles++;
}

void
cloud_fixture_set_up (CloudFixture *self, gconstpointer data)
{
  const TestCaLeaf leaf = { 0 };
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GUri) api = NULL;
  g_autoptr (GUri) web = ttecomm_origin_parse (CLOUD_WEB, TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->ca = test_ca_new ("Test CA");
  certificate = test_ca_issue (self->ca, &leaf);
  self->server = test_server_new (certificate, handle, self);
  api = ttecomm_origin_parse (test_server_get_origin (self->server), TTECOMM_ORIGIN_HTTPS, NULL);
  self->transport = ttecomm_transport_new (api, test_ca_get_pem (self->ca), "direct", &error);
  g_assert_no_error (error);
  self->clock = ttecomm_fake_clock_new (CLOUD_NOW);
  self->store = fake_store_new ();
  self->sign_in = ttecomm_sign_in_new (self->transport, web, TTECOMM_CLOCK (self->clock),
                                       TTECOMM_SECRET_STORE (self->store));
  self->client = ttecomm_client_new (self->transport, self->sign_in, web);
  g_signal_connect (self->sign_in, "open-url", G_CALLBACK (opened_cb), self);
  g_signal_connect (self->sign_in, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->sign_in, "trouble", G_CALLBACK (trouble_cb), self);
}

static gboolean
is_gone (gpointer data)
{
  gpointer *pointer = data;

  return *pointer == NULL;
}

static void
assert_dropped (gpointer object_pointer)
{
  GObject **pointer = object_pointer;
  GObject *object = *pointer;

  g_object_add_weak_pointer (object, (gpointer *)pointer);
  g_object_unref (object);
  g_assert_true (harness_wait_until (is_gone, pointer, WAIT_MS));
}

void
cloud_fixture_tear_down (CloudFixture *self, gconstpointer data)
{
  assert_dropped (&self->client);
  assert_dropped (&self->sign_in);
  assert_dropped (&self->transport);
  test_server_free (self->server);
  g_ptr_array_unref (self->answers);
  g_mutex_clear (&self->mutex);
  test_ca_free (self->ca);
  g_object_unref (self->clock);
  g_object_unref (self->store);
  g_free (self->opened);
}

void
cloud_fixture_put (CloudFixture *self, const char *members)
{
  g_autofree char *origin = g_uri_to_string (ttecomm_transport_get_origin (self->transport));
  g_autofree char *secret = g_strdup_printf ("{\"v\":2,\"origin\":\"%s\",%s}", origin, members);

  fake_store_put (self->store, secret);
}

void
cloud_fixture_restore (CloudFixture *self, gboolean access)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *members = g_strdup_printf (
      "\"serial\":%" G_GINT64_FORMAT ",\"expires\":%" G_GINT64_FORMAT
      ",\"refresh\":\"refresh-1\",\"access\":\"access-1\",\"account\":\"acct-0\","
      "\"email\":\"a@b.test\"",
      CLOUD_NOW - 60, access ? CLOUD_NOW + LIFETIME : CLOUD_NOW - 1);

  self->n_tokens = 1;
  cloud_fixture_put (self, members);
  ttecomm_sign_in_restore_async (self->sign_in, NULL, test_store_result, &result);
  test_await (&result);
  g_assert_true (ttecomm_sign_in_restore_finish (self->sign_in, result, &error));
  g_assert_cmpint (ttecomm_sign_in_get_state (self->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_IN);
}

guint
cloud_fixture_count (CloudFixture *self, const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < test_server_get_n_requests (self->server); i++)
    {
      g_autofree char *request = test_server_get_request (self->server, i);

      n += g_str_has_prefix (request, prefix) ? 1 : 0;
    }
  return n;
}

char *
cloud_fixture_last (CloudFixture *self, const char *prefix)
{
  for (guint i = test_server_get_n_requests (self->server); i > 0; i--)
    {
      g_autofree char *request = test_server_get_request (self->server, i - 1);

      if (g_str_has_prefix (request, prefix))
        return g_steal_pointer (&request);
    }
  g_assert_not_reached ();
}

/* --- the browser --- */

char *
cloud_fixture_opened_parameter (CloudFixture *self, const char *name)
{
  g_autoptr (GHashTable) query
      = g_uri_parse_params (strchr (self->opened, '?') + 1, -1, "&", G_URI_PARAMS_NONE, NULL);

  return g_strdup (g_hash_table_lookup (query, name));
}

typedef struct
{
  CloudFixture *fixture;
  guint n;
} Opened;

static gboolean
is_opened (gpointer data)
{
  const Opened *opened = data;

  return opened->fixture->n_opened == opened->n;
}

void
cloud_fixture_wait_opened (CloudFixture *self, guint n)
{
  Opened opened = { self, n };

  g_assert_true (harness_wait_until (is_opened, &opened, WAIT_MS));
}

/* (transfer full): host and port of the listener */
static char *
listener (CloudFixture *self)
{
  g_autofree char *redirect = cloud_fixture_opened_parameter (self, "redirect_uri");
  g_autoptr (GUri) uri = g_uri_parse (redirect, G_URI_FLAGS_NONE, NULL);

  g_assert_cmpstr (g_uri_get_path (uri), ==, "/callback");
  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

typedef struct
{
  char *address;
  char *request;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_free (visit->address);
  g_free (visit->request);
  g_free (visit);
}

static void
visit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Visit *visit = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, visit->address, 80, NULL, NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  char byte;

  if (connection != NULL)
    {
      GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

      if (g_output_stream_write_all (out, visit->request, strlen (visit->request), NULL, NULL,
                                     NULL))
        while (g_input_stream_read (in, &byte, 1, NULL, NULL) == 1)
          g_string_append_c (answer, byte);
    }
  g_task_return_pointer (task, g_strdup (answer->str), g_free);
}

char *
cloud_fixture_visit_raw (CloudFixture *self, const char *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, test_store_result, &result);
  g_auto (GStrv) parts = g_strsplit (request, "HOST", -1);
  Visit *visit = g_new0 (Visit, 1);

  visit->address = listener (self);
  visit->request = g_strjoinv (visit->address, parts);
  g_task_set_task_data (task, visit, visit_free);
  g_task_run_in_thread (task, visit_thread);
  test_await (&result);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

char *
cloud_fixture_visit (CloudFixture *self, const char *query)
{
  g_autofree char *state = cloud_fixture_opened_parameter (self, "state");
  g_auto (GStrv) parts = g_strsplit (query, "STATE", -1);
  g_autofree char *with_state = g_strjoinv (state, parts);
  g_autofree char *request
      = g_strconcat ("GET /callback?", with_state, " HTTP/1.1\r\nHost: HOST\r\n\r\n", NULL);

  return cloud_fixture_visit_raw (self, request);
}
