/* SPDX-License-Identifier: MIT */
/* What an answer stands for: gate.md, rows B1, B5 and B6. Each row has one code. */
#include "api/ttcloud/cause.h"
#include "api/ttcloud/cloud-error.h"
#include "api/ttcloud/reply.h"
#include "tests/harness/harness.h"

#include <libsoup/soup.h>
#include <string.h>

#define JSON "application/json"
#define PROBLEM "application/problem+json"
#define HTML "text/html"

#define PROBLEM_BODY(name, status)                                                                 \
  "{\"type\":\"urn:ttecomm:problem:" name "\",\"title\":\"No\",\"status\":" status "}"

typedef struct
{
  guint status;
  const char *type;
  const char *body;
  int code;         /* -1 = an object */
  gboolean problem; /* the error has TTcloud's own word */
} Row;

static const Row rows[] = {
  { 200, JSON, "{}", -1, FALSE },
  { 201, "Application/JSON", "{}", -1, FALSE },
  { 200, JSON, "", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, JSON, "null", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, JSON, "[]", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, JSON, "{\"a\":1", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, JSON, "{} {}", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, JSON, "{\"a\":1,\"a\":2}", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, JSON, "{'a':1}", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, JSON, "<html></html>", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, HTML, "<html></html>", TTECOMM_CLOUD_ERROR_PORTAL, FALSE },
  { 200, HTML, "{}", TTECOMM_CLOUD_ERROR_PORTAL, FALSE },
  { 200, "application/xhtml+xml", "<html/>", TTECOMM_CLOUD_ERROR_PORTAL, FALSE },
  { 200, "text/plain", "{}", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, PROBLEM, "{}", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 200, NULL, "{}", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 204, NULL, "", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 206, JSON, "{}", TTECOMM_CLOUD_ERROR_ALTERED, FALSE },
  { 302, HTML, "<p>", TTECOMM_CLOUD_ERROR_PORTAL, FALSE },
  { 304, NULL, "", TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 400, PROBLEM, PROBLEM_BODY ("invalid", "400"), TTECOMM_CLOUD_ERROR_PROBLEM, TRUE },
  { 400, JSON, PROBLEM_BODY ("invalid", "400"), TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 400, HTML, "<p>", TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 401, PROBLEM, PROBLEM_BODY ("not_signed_in", "401"), TTECOMM_CLOUD_ERROR_SIGN_IN, TRUE },
  { 401, HTML, "<p>", TTECOMM_CLOUD_ERROR_SIGN_IN, FALSE },
  { 403, PROBLEM, PROBLEM_BODY ("role", "403"), TTECOMM_CLOUD_ERROR_PROBLEM, TRUE },
  { 403, PROBLEM, PROBLEM_BODY ("role", "404"), TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 403, PROBLEM, PROBLEM_BODY ("not_found", "403"), TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 403, PROBLEM, "{", TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 403, PROBLEM, "", TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 403, HTML, "<p>", TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 404, PROBLEM, PROBLEM_BODY ("not_found", "404"), TTECOMM_CLOUD_ERROR_PROBLEM, TRUE },
  { 404, HTML, "<p>", TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 404, PROBLEM, "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":404}",
    TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 407, HTML, "<p>", TTECOMM_CLOUD_ERROR_PROXY_LOGIN, FALSE },
  { 409, PROBLEM, PROBLEM_BODY ("quote_changed", "409"), TTECOMM_CLOUD_ERROR_PROBLEM, TRUE },
  { 409, PROBLEM, PROBLEM_BODY ("weather", "409"), TTECOMM_CLOUD_ERROR_REFUSED, FALSE },
  { 429, PROBLEM, PROBLEM_BODY ("too_many", "429"), TTECOMM_CLOUD_ERROR_BUSY, TRUE },
  { 429, HTML, "<p>", TTECOMM_CLOUD_ERROR_BUSY, FALSE },
  { 500, PROBLEM, PROBLEM_BODY ("role", "500"), TTECOMM_CLOUD_ERROR_BUSY, FALSE },
  { 502, HTML, "<p>", TTECOMM_CLOUD_ERROR_BUSY, FALSE },
  { 503, NULL, "", TTECOMM_CLOUD_ERROR_BUSY, FALSE },
  { 511, HTML, "<p>", TTECOMM_CLOUD_ERROR_PORTAL, FALSE },
};

static void
test_status (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GBytes) body = g_bytes_new_static (row->body, strlen (row->body));
  g_autoptr (TtecommReply) reply = ttecomm_reply_new (row->status, row->type, body);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  reply->retry_after = 7;
  object = ttecomm_reply_get_object (reply, &error);
  if (row->code < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (object);
      return;
    }
  g_assert_error (error, TTECOMM_CLOUD_ERROR, row->code);
  g_assert_null (object);
  g_assert_cmpuint (ttecomm_cloud_error_get_status (error), ==, row->status);
  g_assert_cmpint (ttecomm_cloud_error_get_retry_after (error), ==, 7);
  g_assert_cmpint (ttecomm_cloud_error_get_problem (error) != NULL, ==, row->problem);
}

/* Prefixing and copying keep what the error knows. */
static void
test_error_survives (void)
{
  const char *text = "{\"type\":\"urn:ttecomm:problem:role\",\"title\":\"No\",\"status\":403,"
                     "\"detail\":\"why\",\"blockers\":[\"role\"]}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (TtecommReply) reply = ttecomm_reply_new (403, PROBLEM, body);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "other");
  const TtecommProblem *problem;

  g_assert_null (ttecomm_reply_get_object (reply, &error));
  g_prefix_error (&error, "while testing: ");
  ttecomm_cloud_error_set_issuer (error, "Somebody");
  copy = g_error_copy (error);
  g_clear_error (&error);
  problem = ttecomm_cloud_error_get_problem (copy);
  g_assert_cmpint (problem->name, ==, TTECOMM_PROBLEM_ROLE);
  g_assert_cmpstr (problem->detail, ==, "why");
  g_assert_cmpuint (problem->blockers, ==, TTECOMM_BLOCKER_ROLE);
  g_assert_cmpstr (ttecomm_cloud_error_get_issuer (copy), ==, "Somebody");
  g_assert_nonnull (ttecomm_cloud_error_get_timings (copy));

  g_assert_cmpuint (ttecomm_cloud_error_get_status (other), ==, 0);
  g_assert_cmpint (ttecomm_cloud_error_get_retry_after (other), ==, -1);
  g_assert_null (ttecomm_cloud_error_get_problem (other));
  g_assert_null (ttecomm_cloud_error_get_problem (NULL));
  g_assert_null (ttecomm_cloud_error_get_issuer (other));
  g_assert_null (ttecomm_cloud_error_get_timings (other));
}

static void
test_code_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = 0; code <= TTECOMM_CLOUD_ERROR_INVALID; code++)
    g_assert_true (
        g_hash_table_add (seen, (gpointer)ttecomm_cloud_error_code_name ((TtecommCloudError)code)));
  g_assert_cmpstr (ttecomm_cloud_error_code_name (TTECOMM_CLOUD_ERROR_TLS_TRUST), ==, "tls_trust");
  g_assert_cmpstr (ttecomm_cloud_error_code_name (TTECOMM_CLOUD_ERROR_BUSY), ==, "busy");
  g_assert_cmpstr (ttecomm_cloud_error_code_name (TTECOMM_CLOUD_ERROR_INVALID), ==, "invalid");
}

/* An expired certificate is the clock's fault, until a server's date has shown otherwise. */
static void
test_certificate_causes (void)
{
  const GTlsCertificateFlags dates[]
      = { G_TLS_CERTIFICATE_EXPIRED, G_TLS_CERTIFICATE_NOT_ACTIVATED };
  const GTlsCertificateFlags others[]
      = { G_TLS_CERTIFICATE_UNKNOWN_CA, G_TLS_CERTIFICATE_BAD_IDENTITY, G_TLS_CERTIFICATE_REVOKED,
          G_TLS_CERTIFICATE_INSECURE, G_TLS_CERTIFICATE_GENERIC_ERROR };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_assert_cmpint (ttecomm_cause_from_certificate (dates[i], FALSE), ==,
                       TTECOMM_CLOUD_ERROR_TLS_CLOCK);
      g_assert_cmpint (ttecomm_cause_from_certificate (dates[i], TRUE), ==,
                       TTECOMM_CLOUD_ERROR_TLS_TRUST);
      for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
        g_assert_cmpint (ttecomm_cause_from_certificate (dates[i] | others[j], FALSE), ==,
                         TTECOMM_CLOUD_ERROR_TLS_TRUST);
    }
  for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
    g_assert_cmpint (ttecomm_cause_from_certificate (others[j], FALSE), ==,
                     TTECOMM_CLOUD_ERROR_TLS_TRUST);
}

typedef struct
{
  GQuark domain;
  int code;
  TtecommCloudError before; /* the headers */
  TtecommCloudError after;
} CauseRow;

#define GNUTLS "GTlsBackendGnutls"
#define OPENSSL "GTlsBackendOpenssl"

static void
test_network_causes (void)
{
  const CauseRow causes[] = {
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, TTECOMM_CLOUD_ERROR_OFFLINE,
      TTECOMM_CLOUD_ERROR_ALTERED },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, TTECOMM_CLOUD_ERROR_OFFLINE,
      TTECOMM_CLOUD_ERROR_ALTERED },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, TTECOMM_CLOUD_ERROR_OFFLINE,
      TTECOMM_CLOUD_ERROR_ALTERED },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, TTECOMM_CLOUD_ERROR_OFFLINE,
      TTECOMM_CLOUD_ERROR_ALTERED },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, TTECOMM_CLOUD_ERROR_SLOW, TTECOMM_CLOUD_ERROR_SLOW },
    { G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH, TTECOMM_CLOUD_ERROR_PROXY_LOGIN,
      TTECOMM_CLOUD_ERROR_PROXY_LOGIN },
    { G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, TTECOMM_CLOUD_ERROR_OFFLINE,
      TTECOMM_CLOUD_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_INVALID_DATA, TTECOMM_CLOUD_ERROR_ALTERED,
      TTECOMM_CLOUD_ERROR_ALTERED },
    { G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE, TTECOMM_CLOUD_ERROR_TLS_TRUST,
      TTECOMM_CLOUD_ERROR_ALTERED },
    { G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, TTECOMM_CLOUD_ERROR_OFFLINE, TTECOMM_CLOUD_ERROR_ALTERED },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, TTECOMM_CLOUD_ERROR_OFFLINE, TTECOMM_CLOUD_ERROR_ALTERED },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, TTECOMM_CLOUD_ERROR_ALTERED,
      TTECOMM_CLOUD_ERROR_ALTERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (causes[i].domain, causes[i].code, "x");

      g_assert_cmpint (ttecomm_cause_from_network (error, GNUTLS, FALSE), ==, causes[i].before);
      g_assert_cmpint (ttecomm_cause_from_network (error, GNUTLS, TRUE), ==, causes[i].after);
    }
}

/* What ends in the handshake is NOT_TLS to one backend, who refuses in it to the other. */
static void
test_backends_differ (void)
{
  g_autoptr (GError) not_tls = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, "x");
  g_autoptr (GError) eof = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_EOF, "x");

  g_assert_cmpint (ttecomm_cause_from_network (not_tls, GNUTLS, FALSE), ==,
                   TTECOMM_CLOUD_ERROR_OFFLINE);
  g_assert_cmpint (ttecomm_cause_from_network (not_tls, OPENSSL, FALSE), ==,
                   TTECOMM_CLOUD_ERROR_TLS_TRUST);
  g_assert_cmpint (ttecomm_cause_from_network (not_tls, OPENSSL, TRUE), ==,
                   TTECOMM_CLOUD_ERROR_ALTERED);
  g_assert_cmpint (ttecomm_cause_from_network (eof, OPENSSL, FALSE), ==,
                   TTECOMM_CLOUD_ERROR_OFFLINE);
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("status-%u-%" G_GSIZE_FORMAT, rows[i].status, i);

      harness_add_full (harness, "reply", name, test_status, (gpointer)&rows[i], NULL);
    }
  harness_add (harness, "reply", "error-survives", test_error_survives);
  harness_add (harness, "reply", "code-names", test_code_names);
  harness_add (harness, "reply", "certificate-causes", test_certificate_causes);
  harness_add (harness, "reply", "network-causes", test_network_causes);
  harness_add (harness, "reply", "backends-differ", test_backends_differ);
}

HARNESS_MAIN (register_tests)
