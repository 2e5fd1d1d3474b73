/* SPDX-License-Identifier: MIT */
/* The real module and a TTcloud that answers, badly: what comes out of it, and what must last. */
#include <string.h>

#include "tests/support/http-server.h"
#include "tests/support/test-ca.h"
#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

/* How long what must happen may take, in ms. */
#define PATIENCE 30000
#define MARK "bart.maes@example.net"

typedef struct
{
  TestCa *ca;         /* (owned) */
  TestServer *server; /* (owned) made, run and freed on the thread */
  GThread *thread;    /* (owned) */
  GMainLoop *loop;    /* (owned) */
  GMutex lock;
  GCond ready;
  TestServerHandler handler;
  RawHost *host; /* (owned) */
  GBytes *bytes; /* (owned) */
  RawReader reader;

  int mode;     /* (atomic) what the handler does */
  int n_marked; /* (atomic) requests that the handler waited for */
} Cloud;

static void
handle (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  Cloud *self = user_data;

  self->handler (request, answer, self);
}

/* A main context of its own: the default one is the host's business. */
static gpointer
serve (gpointer data)
{
  Cloud *self = data;
  const TestCaLeaf leaf = { 0 };
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GTlsCertificate) certificate = test_ca_issue (self->ca, &leaf);

  g_main_context_push_thread_default (context);
  g_mutex_lock (&self->lock);
  self->loop = g_main_loop_new (context, FALSE);
  self->server = test_server_new (certificate, handle, self);
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_main_loop_run (self->loop);
  test_server_free (self->server);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
cloud_set_up (Cloud *self, TestServerHandler handler)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->handler = handler;
  self->ca = test_ca_new ("Test CA");
  self->thread = g_thread_new ("cloud", serve, self);
  g_mutex_lock (&self->lock);
  while (self->server == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  self->host = raw_host_new ();
  self->bytes = module_load_data ("villa-picos.nbt");
  raw_host_declare_sandbox (self->host, test_server_get_origin (self->server),
                            test_ca_get_pem (self->ca));
  raw_host_start (self->host);
  raw_reader_init (&self->reader, self->bytes);
  g_assert_cmpint (raw_host_open_project (self->host, "p", &self->reader), ==, PROSOFT_OK);
  g_assert_cmpint (self->host->pages->open (self->host->plugin, "subscriptions", 1, NULL), ==,
                   PROSOFT_OK);
  raw_host_wait_page (self->host, 1, "Villa Picos");
}

static void
cloud_tear_down (Cloud *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  raw_host_free (self->host);
  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  test_ca_free (self->ca);
  g_bytes_unref (self->bytes);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
}

/* --- no secret in a line (log.h) --- */

#define PROBLEM(status, type)                                                                      \
  "{\"type\":\"urn:ttecomm:problem:" type "\",\"status\":" status ",\"title\":\"No, " MARK         \
  ", not with access-c2VjcmV0\",\"detail\":\"Ask " MARK "\",\"server_today\":\"2026-09-18\"}"

/* What it was told it says again, where no text of a server belongs into a log. */
static void
answer_tactlessly (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  Cloud *self = user_data;
  int turn = g_atomic_int_add (&self->mode, 1);

  if (g_str_has_prefix (request->target, "/.well-known/"))
    test_answer_json (answer, 500, PROBLEM ("500", "internal"));
  else if (turn % 4 == 0)
    test_answer_json (answer, 401, PROBLEM ("401", "not_signed_in"));
  else if (turn % 4 == 1)
    test_answer_json (answer, 403, PROBLEM ("403", "no_role"));
  else if (turn % 4 == 2)
    test_answer_set (answer, 200, "text/html", NULL, "<p>" MARK "</p>");
  else
    test_answer_json (answer, 200, "{\"email\":\"" MARK "\",\"access_token\":\"access-2\"");
}

static void
assert_tactful (RawHost *host)
{
  static const char *const secrets[]
      = { "@", "refresh-Zm9vYmFy", "access-c2VjcmV0", "access-2", "acct_1" };

  g_assert_cmpuint (raw_host_count_lines (host), >, 0);
  for (guint i = 0; i < host->lines->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (secrets); j++)
      if (strstr (g_ptr_array_index (host->lines, i), secrets[j]) != NULL)
        g_error ("this line has '%s' in it: %s", secrets[j],
                 (const char *)g_ptr_array_index (host->lines, i));
}

static void
test_no_secret_in_a_line (void)
{
  static const char *const actions[] = { "session.check", "refresh", "sign-in", "sign-out" };
  Cloud cloud = { 0 };
  prosoft_op_t op = 0;

  cloud_set_up (&cloud, answer_tactlessly);
  raw_host_sign_in (cloud.host);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (raw_host_check (cloud.host, NULL, &op), ==, PROSOFT_OK);
      g_assert_cmpint (raw_host_wait (cloud.host, op)->allowed, ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (raw_host_invoke (cloud.host, 1, actions[i], NULL, &op, NULL) == PROSOFT_OK)
      raw_host_wait (cloud.host, op);
  raw_host_stop (cloud.host);
  assert_tactful (cloud.host);
  cloud_tear_down (&cloud);
}

/* --- a sign-in that was renewed --- */

#define DISCOVERY                                                                                  \
  "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/oauth/authorize\","                          \
  "\"token_endpoint\":\"%s/oauth/token\",\"revocation_endpoint\":\"%s/oauth/revoke\","             \
  "\"response_types_supported\":[\"code\"],\"code_challenge_methods_supported\":[\"S256\"]}"

/* The kept access token is over; the renewed one gets no answer. */
static void
answer_renewal (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  Cloud *self = user_data;
  const char *origin = test_server_get_origin (self->server);
  g_autofree char *bearer = test_http_request_get_header (request, "Authorization");

  if (g_str_has_prefix (request->target, "/.well-known/"))
    {
      g_autofree char *body = g_strdup_printf (DISCOVERY, origin, origin, origin, origin);

      test_answer_json (answer, 200, body);
    }
  else if (g_str_equal (request->target, "/oauth/token"))
    test_answer_json (answer, 200,
                      "{\"access_token\":\"access-renewed\",\"token_type\":\"Bearer\","
                      "\"expires_in\":900,\"refresh_token\":\"refresh-renewed\"}");
  else if (g_strcmp0 (bearer, "Bearer access-renewed") == 0)
    {
      g_atomic_int_inc (&self->n_marked);
      answer->then = TEST_THEN_STALL;
    }
  else
    test_answer_json (answer, 401,
                      "{\"type\":\"urn:ttecomm:problem:not_signed_in\",\"title\":\"Sign in\","
                      "\"status\":401,\"server_today\":\"2026-09-18\"}");
}

static gboolean
has_marked (gpointer data)
{
  Cloud *cloud = data;

  return g_atomic_int_get (&cloud->n_marked) > 0;
}

/* The former refresh token is worth nothing any more, so the new one must reach the host's safe
 * place even when the window is closed in this moment. */
static void
test_a_renewed_sign_in_is_kept_at_destroy (void)
{
  Cloud cloud = { 0 };
  g_autofree char *kept = NULL;

  cloud_set_up (&cloud, answer_renewal);
  raw_host_sign_in (cloud.host);
  /* Nobody calls on_main_thread() from here on. */
  g_assert_true (harness_wait_until (has_marked, &cloud, PATIENCE));
  g_assert_cmpuint (cloud.host->stored->len, ==, 0);
  raw_host_stop (cloud.host);
  g_assert_cmpuint (cloud.host->stored->len, ==, 1);
  kept = g_strndup (g_bytes_get_data (g_ptr_array_index (cloud.host->stored, 0), NULL),
                    g_bytes_get_size (g_ptr_array_index (cloud.host->stored, 0)));
  g_assert_nonnull (strstr (kept, "refresh-renewed"));
  cloud_tear_down (&cloud);
}

/* --- cancelling what others share
 * -------------------------------------------------------------------- */

/* Busy at first, and then silent. */
static void
answer_late (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  Cloud *self = user_data;

  if (g_atomic_int_get (&self->mode) == 0)
    test_answer_json (answer, 503, PROBLEM ("503", "busy"));
  else
    {
      g_atomic_int_inc (&self->n_marked);
      answer->then = TEST_THEN_STALL;
    }
}

static gboolean
refresh_started (RawHost *host, gpointer data)
{
  Cloud *cloud = data;

  return g_atomic_int_get (&cloud->n_marked) > 0;
}

static gboolean
can_refresh (RawHost *host, gpointer data)
{
  return raw_host_invoke (host, 1, "refresh", NULL, data, NULL) == PROSOFT_OK;
}

static void
test_refresh_cancelled (void)
{
  Cloud cloud = { 0 };
  prosoft_op_t op = 0;

  cloud_set_up (&cloud, answer_late);
  raw_host_sign_in (cloud.host);
  raw_host_wait_page (cloud.host, 1, "\"state\":\"offline\"");
  g_atomic_int_set (&cloud.mode, 1);
  g_assert_true (raw_host_run_until (cloud.host, can_refresh, &op));
  g_assert_true (raw_host_run_until (cloud.host, refresh_started, &cloud));
  g_assert_cmpint (cloud.host->operations->cancel (cloud.host->plugin, op), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (cloud.host, op)->result, ==, PROSOFT_E_CANCELLED);
  g_assert_cmpuint (raw_host_count_endings (cloud.host, op), ==, 1);
  raw_host_stop (cloud.host);
  g_assert_cmpuint (raw_host_count_endings (cloud.host, op), ==, 1);
  cloud_tear_down (&cloud);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "module-cloud", "no-secret-in-a-line", test_no_secret_in_a_line);
  harness_add (harness, "module-cloud", "a-renewed-sign-in-is-kept-at-destroy",
               test_a_renewed_sign_in_is_kept_at_destroy);
  harness_add (harness, "module-cloud", "refresh-cancelled", test_refresh_cancelled);
}

HARNESS_MAIN (register_tests)
