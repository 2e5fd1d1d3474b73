/* SPDX-License-Identifier: MIT */
/* Certificates, trust stores and versions: gate.md, rows B7 and B8. */
#include "api/ttcloud/origin.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/transport-fixture.h"

#include <string.h>

typedef struct
{
  const char *name;
  TestCaLeaf leaf;
  gboolean foreign_ca;
  TtecommCloudError code;
} CertificateRow;

#define DAY (24 * 3600)

static const CertificateRow certificates[] = {
  { "expired", { NULL, NULL, -30 * DAY, -10 * DAY }, FALSE, TTECOMM_CLOUD_ERROR_TLS_CLOCK },
  { "future", { NULL, NULL, 10 * DAY, 30 * DAY }, FALSE, TTECOMM_CLOUD_ERROR_TLS_CLOCK },
  { "wrong-host", { NULL, "other.test", 0, 0 }, FALSE, TTECOMM_CLOUD_ERROR_TLS_TRUST },
  { "wrong-address", { "127.0.0.2", NULL, 0, 0 }, FALSE, TTECOMM_CLOUD_ERROR_TLS_TRUST },
  { "foreign-ca", { NULL, NULL, 0, 0 }, TRUE, TTECOMM_CLOUD_ERROR_TLS_TRUST },
  { "expired-foreign", { NULL, NULL, -30 * DAY, -10 * DAY }, TRUE, TTECOMM_CLOUD_ERROR_TLS_TRUST },
};

static void
test_certificate (gconstpointer data)
{
  const CertificateRow *row = data;
  TransportFixture self = { .limits = TRANSPORT_PATIENT, .mode = "good" };
  g_autoptr (TestCa) foreign = test_ca_new ("Foreign CA");
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  self.ca = test_ca_new ("Test CA");
  certificate = test_ca_issue (row->foreign_ca ? foreign : self.ca, &row->leaf);
  transport_fixture_serve (&self, certificate, test_ca_get_pem (self.ca));
  reply = transport_fixture_get (&self, "/", &error);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, (int)row->code);
  g_assert_nonnull (
      strstr (ttecomm_cloud_error_get_issuer (error), row->foreign_ca ? "Foreign CA" : "Test CA"));
  g_assert_cmpuint (test_server_get_n_requests (self.server), ==, 0);
  transport_fixture_tear_down (&self, NULL);
}

/* The system's store does not know the test's CA, whatever was done in this process before. */
static void
test_system_store (TransportFixture *self, gconstpointer data)
{
  GUri *origin = ttecomm_transport_get_origin (self->transport);
  g_autoptr (TtecommReply) first = NULL;
  g_autoptr (TtecommTransport) other = NULL;
  g_autoptr (GError) error = NULL;
  TtecommTransport *trusted = self->transport;

  first = transport_fixture_get (self, "/", &error);
  g_assert_no_error (error);
  other = ttecomm_transport_new (origin, NULL, "direct", &error);
  g_assert_no_error (error);
  ttecomm_transport_warm_up (other);
  self->transport = other;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TtecommReply) reply = transport_fixture_get (self, "/", &error);

      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_TLS_TRUST);
      g_clear_error (&error);
    }
  self->transport = trusted;
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 1);
}

static void
test_plain_http_server (void)
{
  TransportFixture self = { .limits = TRANSPORT_PATIENT, .mode = "good" };
  g_autoptr (GUri) origin = NULL;
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  self.ca = test_ca_new ("Test CA");
  self.server = test_server_new (NULL, transport_fixture_handle, &self);
  url = g_strdup_printf ("https://127.0.0.1:%u", test_server_get_port (self.server));
  origin = ttecomm_origin_parse (url, TTECOMM_ORIGIN_HTTPS, &error);
  self.transport = ttecomm_transport_new (origin, test_ca_get_pem (self.ca), "direct", &error);
  /* what waits for an end of line never comes: a limit ends it */
  self.limits.connect_ms = 1000;
  reply = transport_fixture_get (&self, "/", &error);
  g_assert_nonnull (error);
  g_assert_true (error->domain == TTECOMM_CLOUD_ERROR);
  g_assert_true (error->code == TTECOMM_CLOUD_ERROR_TLS_TRUST
                 || error->code == TTECOMM_CLOUD_ERROR_SLOW);
  g_assert_cmpuint (test_server_get_n_requests (self.server), ==, 0);
  transport_fixture_tear_down (&self, NULL);
}

/* A server that goes down while somebody connects: takes one connection, listens no more, and drops
 * the connection with what was sent unread, so that the other side sees a reset. */
static gpointer
go_down (gpointer data)
{
  g_autoptr (GSocket) listener = data;
  g_autoptr (GSocket) connection = g_socket_accept (listener, NULL, NULL);

  g_socket_close (listener, NULL);
  if (connection != NULL)
    {
      g_socket_condition_timed_wait (connection, G_IO_IN, 5 * G_USEC_PER_SEC, NULL, NULL);
      g_socket_close (connection, NULL);
    }
  return NULL;
}

static GSocket *
listen_on_loopback (char **url)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  GSocket *listener
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_bind (listener, address, FALSE, NULL));
  g_assert_true (g_socket_listen (listener, NULL));
  bound = g_socket_get_local_address (listener, NULL);
  *url = g_strdup_printf ("https://127.0.0.1:%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return listener;
}

/* B9, not B8: nothing on the way is to blame, and a person must not be sent to an administrator. */
static void
test_a_server_that_goes_down_is_offline (void)
{
  TransportFixture self = { .limits = TRANSPORT_PATIENT, .mode = "good" };
  g_autoptr (GUri) origin = NULL;
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  GThread *thread;

  self.ca = test_ca_new ("Test CA");
  thread = g_thread_new ("down", go_down, listen_on_loopback (&url));
  origin = ttecomm_origin_parse (url, TTECOMM_ORIGIN_HTTPS, &error);
  self.transport = ttecomm_transport_new (origin, test_ca_get_pem (self.ca), "direct", &error);
  reply = transport_fixture_get (&self, "/", &error);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_OFFLINE);
  g_thread_join (thread);
  transport_fixture_tear_down (&self, NULL);
}

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

/* All that the server printed; with the data it received. */
static char *
read_rest (GSubprocess *process)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  g_subprocess_force_exit (process);
  g_assert_cmpint (g_output_stream_splice (memory, g_subprocess_get_stdout_pipe (process),
                                           G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL),
                   >=, 0);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_output_stream_write_all (memory, "", 1, NULL, NULL, NULL));
  return g_strdup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)));
}

typedef struct
{
  const char *name;
  const char *version;
  gboolean is_good;
} VersionRow;

static const VersionRow versions[] = {
  { "version-1-0", "-tls1", FALSE },
  { "version-1-1", "-tls1_1", FALSE },
  { "version-1-2", "-tls1_2", TRUE },
  { "version-1-3", "-tls1_3", TRUE },
};

static GSubprocess *
start_s_server (const char *openssl, const char *version, const char *mode, TestCa *ca)
{
  const TestCaLeaf leaf = { 0 };
  g_autofree char *file = g_build_filename (harness_tmpdir (), "server.pem", NULL);
  g_autofree char *pem = test_ca_issue_pem (ca, &leaf);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_assert_true (g_file_set_contents (file, pem, -1, &error));
  process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                              | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, openssl, "s_server", "-accept", "127.0.0.1:0", version, "-cipher",
                          "ALL:@SECLEVEL=0", "-cert", file, "-key", file, mode, NULL);
  g_assert_no_error (error);
  return process;
}

static gboolean
is_slow_or_good (const GError *error)
{
  return error == NULL || g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SLOW);
}

/* s_server prints what it receives and never answers: with a good version the request arrives and
 * the time limit ends it; with an old one, nothing arrives. */
static void
test_version (gconstpointer data)
{
  const VersionRow *row = data;
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autofree char *url = NULL;
  g_autofree char *seen = NULL;
  g_autoptr (TestCa) ca = test_ca_new ("Test CA");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GUri) origin = NULL;
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommTransport) transport = NULL;
  TransportFixture self = { .limits = { 10000, 1000, 15000, 1024 } };

  if (openssl == NULL)
    {
      g_test_skip ("openssl is not installed");
      return;
    }
  process = start_s_server (openssl, row->version, NULL, ca);
  url = g_strdup_printf ("https://127.0.0.1:%u", read_port (process));
  origin = ttecomm_origin_parse (url, TTECOMM_ORIGIN_HTTPS, &error);
  transport = ttecomm_transport_new (origin, test_ca_get_pem (ca), "direct", &error);
  g_assert_no_error (error);
  self.transport = transport;
  reply = transport_fixture_get (&self, "/secret", &error);
  seen = read_rest (process);
  if (row->is_good)
    g_assert_true (is_slow_or_good (error));
  else
    g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_TLS_TRUST);
  g_assert_cmpint (strstr (seen, "GET /secret") != NULL, ==, row->is_good);
}

/* A TLS session that was verified with one store must not be resumed past another: GnuTLS does not
 * verify again, and its cache of sessions is the process's. s_server resumes. */
static void
test_resumed (gconstpointer data)
{
  const char *version = data;
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autoptr (TestCa) ca = test_ca_new ("Test CA");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GUri) origin = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  if (openssl == NULL)
    {
      g_test_skip ("openssl is not installed");
      return;
    }
  process = start_s_server (openssl, version, "-www", ca);
  url = g_strdup_printf ("https://127.0.0.1:%u", read_port (process));
  origin = ttecomm_origin_parse (url, TTECOMM_ORIGIN_HTTPS, &error);
  for (guint i = 0; i < 4; i++)
    {
      gboolean trusted = i < 2;
      g_autoptr (TtecommTransport) transport
          = ttecomm_transport_new (origin, trusted ? test_ca_get_pem (ca) : NULL, "direct", &error);
      TransportFixture self = { .transport = transport, .limits = TRANSPORT_PATIENT };
      g_autoptr (TtecommReply) reply = transport_fixture_get (&self, "/", &error);

      if (trusted)
        g_assert_no_error (error);
      else
        g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_TLS_TRUST);
      g_clear_error (&error);
    }
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "transport-tls", name, TransportFixture, data,                     \
                       transport_fixture_set_up, func, transport_fixture_tear_down)
  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s", certificates[i].name);

      harness_add_full (harness, "transport-tls", name, test_certificate,
                        (gpointer)&certificates[i], NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    harness_add_full (harness, "transport-tls", versions[i].name, test_version,
                      (gpointer)&versions[i], NULL);
  harness_add_full (harness, "transport-tls", "resumed-1-2", test_resumed, (gpointer) "-tls1_2",
                    NULL);
  harness_add_full (harness, "transport-tls", "resumed-1-3", test_resumed, (gpointer) "-tls1_3",
                    NULL);
  ADD ("system-store", NULL, test_system_store);
  harness_add (harness, "transport-tls", "plain-http-server", test_plain_http_server);
  harness_add (harness, "transport-tls", "a-server-that-goes-down-is-offline",
               test_a_server_that_goes_down_is_offline);
}

HARNESS_MAIN (register_tests)
