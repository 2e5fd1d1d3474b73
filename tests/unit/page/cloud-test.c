/* SPDX-License-Identifier: MIT */
/* Every setting of the host's may be missing or nonsense; each kind has its own words. */
#include "plugin/page/cloud.h"
#include "plugin/page/setup-words.h"
#include "tests/harness/harness.h"
#include "tests/support/fake-clock.h"
#include "tests/support/test-ca.h"

#define API "https://127.0.0.1:8443"
#define WEB "http://127.0.0.1:8080"
/* The public key of RFC 8032, 7.1, test 1. */
#define TRUST(env)                                                                                 \
  "{\"env\":\"" env "\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"root-1\","        \
  "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}"

typedef struct
{
  const char *name;
  const char *url;     /* (nullable) */
  const char *ttecomm; /* (nullable) */
  const char *trust;   /* (nullable) */
  const char *ca;      /* (nullable): "good": a real one */
  const char *proxy;   /* (nullable) */
  int error;           /* -1: none */
} Row;

static const Row rows[] = {
  { "sandbox", API, WEB, TRUST ("sandbox"), "good", "direct", -1 },
  { "sandbox-without-ca", API, WEB, TRUST ("sandbox"), NULL, NULL, -1 },
  { "a-proxy", API, WEB, TRUST ("sandbox"), "good", "http://proxy.example:3128", -1 },
  { "the-systems-proxy", API, WEB, TRUST ("sandbox"), "good", "system", -1 },

  { "no-url", NULL, WEB, TRUST ("sandbox"), "good", NULL, TTECOMM_SETUP_ERROR_NO_URL },
  { "no-ttecomm-url", API, NULL, TRUST ("sandbox"), "good", NULL, TTECOMM_SETUP_ERROR_NO_URL },
  { "empty-url", "", WEB, TRUST ("sandbox"), "good", NULL, TTECOMM_SETUP_ERROR_BAD_URL },
  { "plain-http", "http://127.0.0.1:8443", WEB, TRUST ("sandbox"), "good", NULL,
    TTECOMM_SETUP_ERROR_BAD_URL },
  { "a-path", API "/api", WEB, TRUST ("sandbox"), "good", NULL, TTECOMM_SETUP_ERROR_BAD_URL },
  { "a-password", "https://me:pass@127.0.0.1", WEB, TRUST ("sandbox"), "good", NULL,
    TTECOMM_SETUP_ERROR_BAD_URL },
  { "no-url-at-all", "what?", WEB, TRUST ("sandbox"), "good", NULL, TTECOMM_SETUP_ERROR_BAD_URL },
  { "a-file", "file:///etc/passwd", WEB, TRUST ("sandbox"), "good", NULL,
    TTECOMM_SETUP_ERROR_BAD_URL },
  { "pages-on-a-plain-host", API, "http://ttecomm.example", TRUST ("sandbox"), "good", NULL,
    TTECOMM_SETUP_ERROR_BAD_URL },
  { "pages-of-a-script", API, "javascript:alert(1)", TRUST ("sandbox"), "good", NULL,
    TTECOMM_SETUP_ERROR_BAD_URL },

  { "production-has-no-keys", "https://ttcloud.example", "https://ttecomm.example", NULL, NULL,
    NULL, TTECOMM_SETUP_ERROR_NO_KEYS },
  { "no-keys-comes-before-no-url", NULL, NULL, NULL, NULL, NULL, TTECOMM_SETUP_ERROR_NO_KEYS },
  { "trust-of-production", API, WEB, TRUST ("prod"), NULL, NULL, TTECOMM_SETUP_ERROR_TRUST },
  { "trust-of-another-place", API, WEB, TRUST ("moon"), NULL, NULL, TTECOMM_SETUP_ERROR_TRUST },
  { "trust-empty", API, WEB, "", NULL, NULL, TTECOMM_SETUP_ERROR_TRUST },
  { "trust-no-json", API, WEB, "{", NULL, NULL, TTECOMM_SETUP_ERROR_TRUST },
  { "trust-not-utf-8", API, WEB, "\xff\xfe", NULL, NULL, TTECOMM_SETUP_ERROR_TRUST },
  { "trust-bad-key", API, WEB,
    "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"r\","
    "\"x\":\"AA\"}]}",
    NULL, NULL, TTECOMM_SETUP_ERROR_TRUST },

  { "ca-no-pem", API, WEB, TRUST ("sandbox"), "not a certificate", NULL,
    TTECOMM_SETUP_ERROR_PROXY },
  { "ca-empty", API, WEB, TRUST ("sandbox"), "", NULL, TTECOMM_SETUP_ERROR_PROXY },
  { "ca-cut", API, WEB, TRUST ("sandbox"), "-----BEGIN CERTIFICATE-----\nMIIB\n", NULL,
    TTECOMM_SETUP_ERROR_PROXY },
  { "proxy-nonsense", API, WEB, TRUST ("sandbox"), "good", "what?", TTECOMM_SETUP_ERROR_PROXY },
  { "proxy-empty", API, WEB, TRUST ("sandbox"), "good", "", TTECOMM_SETUP_ERROR_PROXY },
  { "proxy-of-a-file", API, WEB, TRUST ("sandbox"), "good", "file:///tmp",
    TTECOMM_SETUP_ERROR_PROXY },
};

static void
test_settings (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (TestCa) ca = test_ca_new ("Test CA");
  g_autoptr (TtecommSettings) settings = ttecomm_settings_new ();
  g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (1789720200);
  g_autoptr (TtecommText) text = ttecomm_text_new ("en");
  g_autoptr (TtecommCloud) cloud = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  settings->ttcloud_url = g_strdup (row->url);
  settings->ttecomm_url = g_strdup (row->ttecomm);
  settings->ttcloud_trust = g_strdup (row->trust);
  settings->ttcloud_ca
      = g_strdup (g_strcmp0 (row->ca, "good") == 0 ? test_ca_get_pem (ca) : row->ca);
  settings->proxy = g_strdup (row->proxy);
  cloud = ttecomm_cloud_new (settings, TTECOMM_CLOCK (clock), NULL, &error);
  if (row->error < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (cloud->client);
      g_assert_cmpint (ttecomm_sign_in_get_state (cloud->sign_in), ==, TTECOMM_SIGN_IN_SIGNED_OUT);
      return;
    }
  g_assert_null (cloud);
  g_assert_error (error, TTECOMM_SETUP_ERROR, row->error);
  words = ttecomm_setup_words (text, error);
  g_assert_cmpuint (g_utf8_strlen (words, -1), >, 40);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* A password in a setting is nobody's business, the log's least of all. */
static void
test_says_no_secret (void)
{
  g_autoptr (TtecommSettings) settings = ttecomm_settings_new ();
  g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (1789720200);
  g_autoptr (GError) error = NULL;

  settings->ttcloud_url = g_strdup ("https://me:hunter2@127.0.0.1");
  settings->ttecomm_url = g_strdup (WEB);
  settings->ttcloud_trust = g_strdup (TRUST ("sandbox"));
  g_assert_null (ttecomm_cloud_new (settings, TTECOMM_CLOCK (clock), NULL, &error));
  g_assert_null (g_strstr_len (error->message, -1, "hunter2"));
}

static void
test_which_settings_are_the_sandbox (void)
{
  g_autoptr (TtecommSettings) settings = ttecomm_settings_new ();

  g_assert_false (ttecomm_cloud_settings_are_sandbox (settings));
  settings->ttcloud_trust = g_strdup ("garbage");
  g_assert_false (ttecomm_cloud_settings_are_sandbox (settings));
  g_free (settings->ttcloud_trust);
  settings->ttcloud_trust = g_strdup (TRUST ("sandbox"));
  g_assert_true (ttecomm_cloud_settings_are_sandbox (settings));
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    harness_add_full (harness, "cloud", rows[i].name, test_settings, (gpointer)&rows[i], NULL);
  harness_add (harness, "cloud", "says-no-secret", test_says_no_secret);
  harness_add (harness, "cloud", "which-settings-are-the-sandbox",
               test_which_settings_are_the_sandbox);
}

HARNESS_MAIN (register_tests)
