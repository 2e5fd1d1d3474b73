/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench-cloud.h"

#include <string.h>

#include "tests/support/fake-signer.h"
#include "tests/bench/tls-server.h"
#include "tests/support/test-ca.h"

#define QUIET_MS 100
#define NONCE "\"nonce\":\""
#define INSTALLATION "\"installation\":\""

struct _BenchCloud
{
  GMainContext
      *context;      /* (owned) where connections are accepted: the host's main thread has none */
  GMainLoop *loop;   /* (owned) */
  GThread *thread;   /* (owned) */
  TlsServer *server; /* (owned) */
  TestCa *ca;        /* (owned) */
  TtecommFakeSigner *signer; /* (owned) */
  gint mode;                 /* (atomic) BenchCloudMode */
  gint life;                 /* (atomic) seconds */
  GMutex lock;               /* of question */
  char *question;            /* (owned) (nullable) */
};

/* The value of a member, for we know who asks. (transfer full) */
static char *
take_value (const char *body, const char *name)
{
  const char *begin = strstr (body, name);
  const char *end;

  if (begin == NULL)
    return NULL;
  begin += strlen (name);
  end = strchr (begin, '"');
  return end != NULL ? g_strndup (begin, (gsize)(end - begin)) : NULL;
}

static char *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%F");
}

static void
append_answer (GString *answer, const char *status, gboolean close, const char *body)
{
  g_string_append_printf (answer,
                          "HTTP/1.1 %s\r\nContent-Type: application/%sjson\r\n%s"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          status, *status == '2' ? "" : "problem+",
                          close ? "Connection: close\r\n" : "", strlen (body), body);
}

static void
answer_flag (BenchCloud *self, const TlsRequest *request, gboolean close, GString *answer)
{
  g_autofree char *installation = take_value (request->body, INSTALLATION);
  g_autofree char *nonce = take_value (request->body, NONCE);
  g_autofree char *today = dup_today ();
  g_autofree char *statement = NULL;
  g_autofree char *body = NULL;
  TtecommFakeStatement fake;

  if (installation == NULL || nonce == NULL)
    g_error ("bench: a question without installation and nonce: %s", request->body);
  g_mutex_lock (&self->lock);
  g_free (self->question);
  self->question = g_strconcat (request->head, request->body, NULL);
  g_mutex_unlock (&self->lock);
  fake = ttecomm_fake_statement (installation, g_get_real_time () / G_USEC_PER_SEC);
  fake.nonce = nonce;
  fake.until_ts = fake.iat + g_atomic_int_get (&self->life);
  statement = ttecomm_fake_signer_sign (self->signer, &fake);
  body = g_strdup_printf ("{\"server_today\":\"%s\",\"statement\":\"%s\"}", today, statement);
  append_answer (answer, "200 OK", close, body);
}

static void
answer_keys (BenchCloud *self, GString *answer)
{
  g_autofree char *today = dup_today ();
  g_autofree char *body = g_strdup_printf ("{\"server_today\":\"%s\",\"keys\":\"%s\"}", today,
                                           self->signer->keys_jws);

  append_answer (answer, "200 OK", FALSE, body);
}

static TlsServerThen
answer_request (const TlsRequest *request, GString *answer, gpointer user_data)
{
  BenchCloud *self = user_data;
  BenchCloudMode mode = (BenchCloudMode)g_atomic_int_get (&self->mode);

  if (g_str_has_prefix (request->head, "GET /v1/keys "))
    answer_keys (self, answer);
  else if (!g_str_has_prefix (request->head, "POST /v1/service-flag "))
    append_answer (answer, "404 Not Found", FALSE,
                   "{\"type\":\"about:blank\",\"title\":\"Not here\",\"status\":404}");
  else if (mode == BENCH_CLOUD_BUSY)
    append_answer (answer, "503 Busy", FALSE,
                   "{\"type\":\"about:blank\",\"title\":\"Busy\",\"status\":503}");
  else if (mode == BENCH_CLOUD_RESET)
    return TLS_SERVER_RESET;
  else if (mode == BENCH_CLOUD_STALL)
    return TLS_SERVER_STALL;
  else
    answer_flag (self, request, mode == BENCH_CLOUD_CLOSE, answer);
  return mode == BENCH_CLOUD_CLOSE ? TLS_SERVER_CLOSE : TLS_SERVER_KEEP;
}

BenchCloud *
bench_cloud_new (void)
{
  BenchCloud *self = g_new0 (BenchCloud, 1);
  const TestCaLeaf leaf = { 0 };
  g_autofree char *pem = NULL;

  g_mutex_init (&self->lock);
  self->life = BENCH_CLOUD_HALF_A_DAY;
  self->signer = ttecomm_fake_signer_new ();
  self->ca = test_ca_new ("Bench CA");
  pem = test_ca_issue_pem (self->ca, &leaf);
  self->server = tls_server_new (pem, answer_request, self);
  return self;
}

void
bench_cloud_free (BenchCloud *self)
{
  tls_server_free (self->server);
  test_ca_free (self->ca);
  ttecomm_fake_signer_free (self->signer);
  g_mutex_clear (&self->lock);
  g_free (self->question);
  g_free (self);
}

void
bench_cloud_set_mode (BenchCloud *self, BenchCloudMode mode)
{
  g_atomic_int_set (&self->mode, mode);
}

void
bench_cloud_set_life (BenchCloud *self, gint64 seconds)
{
  g_atomic_int_set (&self->life, (gint)seconds);
}

guint16
bench_cloud_get_port (BenchCloud *self)
{
  return tls_server_get_port (self->server);
}

const char *
bench_cloud_get_ca (BenchCloud *self)
{
  return test_ca_get_pem (self->ca);
}

char *
bench_cloud_dup_question (BenchCloud *self)
{
  char *question;

  g_mutex_lock (&self->lock);
  question = g_strdup (self->question);
  g_mutex_unlock (&self->lock);
  return question;
}

void
bench_cloud_declare (BenchCloud *self, BenchHost *host, guint16 port)
{
  g_autofree char *origin = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autofree char *x = ttecomm_signing_key_dup_x (self->signer->root);
  g_autofree char *trust
      = g_strdup_printf ("{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\","
                         "\"crv\":\"Ed25519\",\"kid\":\"root-1\",\"x\":\"%s\"}]}",
                         x);

  bench_host_set (host, PROSOFT_ENV_TTCLOUD_URL, origin);
  bench_host_set (host, PROSOFT_ENV_TTECOMM_URL, origin);
  bench_host_set (host, PROSOFT_ENV_PROXY, "direct");
  bench_host_set (host, PROSOFT_ENV_TTCLOUD_TRUST, trust);
  bench_host_set (host, PROSOFT_ENV_TTCLOUD_CA, bench_cloud_get_ca (self));
}

BenchHost *
bench_cloud_start_host (BenchCloud *self, const prosoft_entry_t *entry, guint16 port)
{
  BenchHost *host = bench_host_new (entry);

  bench_cloud_declare (self, host, port);
  bench_host_create (host);
  bench_host_init (host);
  bench_host_fetch_tables (host);
  bench_host_sign_in (host);
  bench_host_settle (host, QUIET_MS);
  return host;
}
