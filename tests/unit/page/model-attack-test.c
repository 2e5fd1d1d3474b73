/* SPDX-License-Identifier: MIT */
/* Who is signed in changes, dates change, people cancel: all while TTcloud is being asked. */
#include <string.h>

#include "base/system-clock.h"
#include "plugin/page/model.h"
#include "tests/harness/harness.h"
#include "tests/host/page-keeper.h"
#include "tests/support/http-server.h"
#include "tests/support/test-ca.h"
#include "tests/unit/ttcloud/objects-samples.h"

#define WAIT_MS 60000
#define WEB "https://web.test"
#define TRUST                                                                                      \
  "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"root-1\","        \
  "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}"

typedef struct
{
  TestCa *ca;
  TestServer *server;
  TtecommModel *model;
  char *page;   /* the newest */
  char *opened; /* the last address for the browser */
  char *code;   /* of the last decision */
  guint n_completed;

  /* Read by the server's threads. */
  const char *new_account; /* the answer about the account of "access-2"; NULL: none comes */
  gboolean no_account;     /* nor one about that of "access-1" */
  gboolean dates_alternate;
  guint n_flags;
  char *secret_key; /* (owned) (nullable) that was asked for */
} Fixture;

/* --- a small TTcloud --- */

static void
answer_flag (Fixture *self, TestAnswer *answer)
{
  gboolean other = self->n_flags++ % 2 == 0 && self->dates_alternate;
  g_autofree char *body
      = g_strdup_printf ("{\"server_today\":\"2026-09-%s\",\"statement\":\"a.b.c\"}",
                         other ? "19" : "18");

  test_answer_json (answer, 200, body);
}

static void
answer_account (Fixture *self, const TestHttpRequest *request, TestAnswer *answer)
{
  gboolean is_new = strstr (request->head, "Bearer access-2") != NULL;
  const char *body = is_new ? self->new_account : SAMPLE_ACCOUNT (WEB);

  if (body == NULL || (!is_new && self->no_account))
    answer->then = TEST_THEN_STALL;
  else
    test_answer_json (answer, 200, body);
}

static void
handle (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  Fixture *self = user_data;
  const char *api = test_server_get_origin (self->server);
  g_autofree char *discovery = g_strdup_printf (SAMPLE_DISCOVERY ("%s", WEB), api, api, api);

  if (g_str_has_prefix (request->target, "/.well-known/"))
    test_answer_json (answer, 200, discovery);
  else if (g_str_equal (request->target, "/oauth/token"))
    test_answer_json (answer, 200,
                      "{\"access_token\":\"access-2\",\"token_type\":\"Bearer\","
                      "\"expires_in\":900,\"refresh_token\":\"refresh-2\"}");
  else if (g_str_equal (request->target, "/v1/account"))
    answer_account (self, request, answer);
  else if (g_str_equal (request->target, "/v1/service-flag"))
    answer_flag (self, answer);
  else if (g_str_equal (request->target, "/v1/catalogue"))
    test_answer_json (answer, 200, SAMPLE_CATALOGUE (WEB));
  else
    test_answer_json (answer, 404, "{}");
}

/* --- the outside of the model --- */

static void
sink_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  g_test_message ("%s: %s", domain, text);
}

static void
sink_page (gpointer data, TtecommPage *page)
{
  Fixture *self = data;
  gsize size;
  const char *json = g_bytes_get_data (ttecomm_page_get_json (page), &size);

  host_keep_page (json, size);
  g_free (self->page);
  self->page = g_strndup (json, size);
}

static void
sink_completed (gpointer data,
                guint64 op,
                TtecommEnding ending,
                const char *message,
                const char *details)
{
  ((Fixture *)data)->n_completed++;
}

static void
sink_decided (gpointer data, guint64 op, TtecommDecision *decision)
{
  Fixture *self = data;

  g_assert_false (decision->allowed);
  g_free (self->code);
  self->code = g_strdup (decision->code);
}

static void
sink_event (gpointer data,
            TtecommGateEventKind kind,
            const char *installation,
            const char *code,
            const char *cause,
            int days,
            const char *text)
{
}

static void
sink_open_uri (gpointer data, const char *uri)
{
  Fixture *self = data;

  g_free (self->opened);
  self->opened = g_strdup (uri);
}

static void
sink_attention (gpointer data, TtecommAttention attention, const char *text)
{
}

static void
sink_load_secret (gpointer data, const char *key)
{
  Fixture *self = data;

  g_free (self->secret_key);
  self->secret_key = g_strdup (key);
}

static void
sink_store_secret (gpointer data, const char *key, GBytes *secret)
{
}

static void
sink_erase_secret (gpointer data, const char *key)
{
}

static const TtecommModelSink sink = {
  .log = sink_log,
  .page = sink_page,
  .completed = sink_completed,
  .decided = sink_decided,
  .event = sink_event,
  .open_uri = sink_open_uri,
  .attention = sink_attention,
  .load_secret = sink_load_secret,
  .store_secret = sink_store_secret,
  .erase_secret = sink_erase_secret,
};

static void
set_up (Fixture *self, gconstpointer data)
{
  const TestCaLeaf leaf = { 0 };
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (TtecommClock) clock = ttecomm_system_clock_new ();
  g_autoptr (TtecommSettings) settings = ttecomm_settings_new ();

  self->ca = test_ca_new ("Test CA");
  certificate = test_ca_issue (self->ca, &leaf);
  self->server = test_server_new (certificate, handle, self);
  settings->ttcloud_url = g_strdup (test_server_get_origin (self->server));
  settings->ttecomm_url = g_strdup (WEB);
  settings->ttcloud_trust = g_strdup (TRUST);
  settings->ttcloud_ca = g_strdup (test_ca_get_pem (self->ca));
  settings->proxy = g_strdup ("direct");
  settings->prosoft_version = g_strdup ("5.1.2.0");
  settings->data_dir = g_strdup (harness_tmpdir ());
  settings->cache_dir = g_strdup (harness_tmpdir ());
  settings->has_secrets = TRUE;
  self->model = ttecomm_model_new (clock, settings, &sink, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ttecomm_model_shut_down (self->model);
  g_clear_object (&self->model);
  test_server_free (self->server);
  test_ca_free (self->ca);
  g_free (self->page);
  g_free (self->opened);
  g_free (self->code);
  g_free (self->secret_key);
}

/* An earlier run kept this sign-in; @account is a member of its JSON, or "". */
static void
restore (Fixture *self, const char *account)
{
  g_autofree char *text = g_strdup_printf (
      "{\"v\":2,\"origin\":\"%s/\",\"serial\":1,\"expires\":0,\"refresh\":\"refresh-1\","
      "\"access\":\"access-1\"%s}",
      test_server_get_origin (self->server), account);
  g_autoptr (GBytes) secret = g_bytes_new (text, strlen (text));

  ttecomm_model_secret_loaded (self->model, self->secret_key, secret);
}

#define KNOWN ",\"account\":\"acct-1\",\"email\":\"jan@example.test\""

static gboolean
is_shown (gpointer data)
{
  const Fixture *self = data;

  return self->page != NULL && strstr (self->page, "jan@example.test") != NULL;
}

static gboolean
is_opened (gpointer data)
{
  return ((const Fixture *)data)->opened != NULL;
}

static gboolean
is_decided (gpointer data)
{
  return ((const Fixture *)data)->code != NULL;
}

/* --- another person signs in --- */

static void
visit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GUri) uri = g_uri_parse (data, G_URI_FLAGS_NONE, NULL);
  g_autofree char *request
      = g_strdup_printf ("GET /callback?%s HTTP/1.1\r\nHost: %s:%d\r\n\r\n", g_uri_get_query (uri),
                         g_uri_get_host (uri), g_uri_get_port (uri));
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, g_uri_get_host (uri),
                                         (guint16)g_uri_get_port (uri), NULL, NULL);
  char byte;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, NULL);
  while (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte, 1,
                              NULL, NULL)
         == 1)
    continue;
  g_task_return_boolean (task, TRUE);
}

/* Whether the account that belongs to @token has been asked for. */
static gboolean
is_account_asked (Fixture *self, const char *token)
{
  for (guint i = 0; i < test_server_get_n_requests (self->server); i++)
    {
      g_autofree char *request = test_server_get_request (self->server, i);

      if (strstr (request, "/v1/account") != NULL && strstr (request, token) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_old_asked (gpointer data)
{
  return is_account_asked (data, "access-1");
}

static gboolean
is_new_asked (gpointer data)
{
  return is_account_asked (data, "access-2");
}

static void
sign_in_as_another (Fixture *self)
{
  g_autoptr (GHashTable) query = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, test_store_result, &result);
  char *url;

  ttecomm_model_invoke (self->model, 1, "sign-in", NULL);
  g_assert_true (harness_wait_until (is_opened, self, WAIT_MS));
  query = g_uri_parse_params (strchr (self->opened, '?') + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
  url = g_strdup_printf ("%s?code=c-1&state=%s",
                         (const char *)g_hash_table_lookup (query, "redirect_uri"),
                         (const char *)g_hash_table_lookup (query, "state"));
  g_task_set_task_data (task, url, g_free);
  g_task_run_in_thread (task, visit_thread);
  test_await (&result);
  g_assert_true (harness_wait_until (is_new_asked, self, WAIT_MS));
}

static gboolean
is_forgotten (gpointer data)
{
  return !is_shown (data);
}

/* The page must not show one person's account and installations to the next one. */
static void
test_the_person_before_is_not_shown (Fixture *self, gconstpointer data)
{
  restore (self, KNOWN);
  g_assert_true (harness_wait_until (is_shown, self, WAIT_MS));
  sign_in_as_another (self);
  g_assert_true (harness_wait_until (is_forgotten, self, 8000));
}

/* Asked for under the sign-in before: the new person's account is asked for all the same. */
static void
test_a_refresh_of_the_person_before_is_not_shared (Fixture *self, gconstpointer data)
{
  self->no_account = TRUE;
  self->new_account = SAMPLE_ACCOUNT (WEB);
  restore (self, "");
  g_assert_true (harness_wait_until (is_old_asked, self, WAIT_MS));
  sign_in_as_another (self);
  g_assert_true (harness_wait_until (is_shown, self, 8000));
}

/* A date that is different in each answer must not make one question out of each answer. */
static void
test_changing_dates_ask_no_more (Fixture *self, gconstpointer data)
{
  self->dates_alternate = TRUE;
  restore (self, KNOWN);
  g_assert_true (harness_wait_until (is_shown, self, WAIT_MS));
  ttecomm_model_check (self->model, 2, "inst-1", "Villa", 0);
  g_assert_true (harness_wait_until (is_decided, self, WAIT_MS));
  g_assert_cmpstr (self->code, ==, "flag_unknown");
  g_assert_cmpuint (self->n_flags, <=, 2);
}

/* Row 0 comes first, whatever else could be said. */
static void
test_cancelled_while_waiting (Fixture *self, gconstpointer data)
{
  self->no_account = TRUE;
  restore (self, "");
  g_assert_true (harness_wait_until (is_old_asked, self, WAIT_MS));
  ttecomm_model_check (self->model, 3, "inst-1", "Villa", 0);
  g_assert_null (self->code);
  ttecomm_model_cancel (self->model, 3);
  g_assert_true (harness_wait_until (is_decided, self, WAIT_MS));
  g_assert_cmpstr (self->code, ==, "cancelled");
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (h, "model", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *h)
{
  ADD ("the-person-before-is-not-shown", test_the_person_before_is_not_shown);
  ADD ("a-refresh-of-the-person-before-is-not-shared",
       test_a_refresh_of_the_person_before_is_not_shared);
  ADD ("changing-dates-ask-no-more", test_changing_dates_ask_no_more);
  ADD ("cancelled-while-waiting", test_cancelled_while_waiting);
}

HARNESS_MAIN (register_tests)
