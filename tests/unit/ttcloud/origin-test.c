/* SPDX-License-Identifier: MIT */
/* Which addresses are used and which are not; PKCE; the secret that is kept. */
#include "api/ttcloud/cloud-error.h"
#include "api/ttcloud/origin.h"
#include "api/ttcloud/pkce.h"
#include "tests/harness/harness.h"

#include <string.h>

typedef struct
{
  const char *url;
  gboolean https;   /* good with TTECOMM_ORIGIN_HTTPS */
  gboolean sandbox; /* good with TTECOMM_ORIGIN_SANDBOX */
} OriginRow;

static const OriginRow origins[] = {
  { "https://ttcloud.test", TRUE, TRUE },
  { "https://ttcloud.test/", TRUE, TRUE },
  { "HTTPS://TTcloud.test:8443", TRUE, TRUE },
  { "https://127.0.0.1:8443", TRUE, TRUE },
  { "https://[::1]:8443", TRUE, TRUE },
  { "http://127.0.0.1:8080", FALSE, TRUE },
  { "http://127.1.2.3", FALSE, TRUE },
  { "http://[::1]:8080/", FALSE, TRUE },
  { "http://localhost:8080", FALSE, FALSE },
  { "http://ttcloud.test", FALSE, FALSE },
  { "http://127.0.0.1.evil.test", FALSE, FALSE },
  { "http://0.0.0.0", FALSE, FALSE },
  { "https://user@ttcloud.test", FALSE, FALSE },
  { "https://user:pass@ttcloud.test", FALSE, FALSE },
  { "https://ttcloud.test/path", FALSE, FALSE },
  { "https://ttcloud.test?x", FALSE, FALSE },
  { "https://ttcloud.test#x", FALSE, FALSE },
  { "https://", FALSE, FALSE },
  { "https:///", FALSE, FALSE },
  { "https://ttcloud.test:99999", FALSE, FALSE },
  { "https://tt cloud.test", FALSE, FALSE },
  { "https://ttcloud.test\n", FALSE, FALSE },
  { "https://ttcloud.test\\@evil.test", FALSE, FALSE },
  { "https://ttcl\xc3\xb6ud.test", FALSE, FALSE },
  { "ttcloud.test", FALSE, FALSE },
  { "//ttcloud.test", FALSE, FALSE },
  { "ftp://ttcloud.test", FALSE, FALSE },
  { "file:///etc/passwd", FALSE, FALSE },
  { "javascript:alert(1)", FALSE, FALSE },
  { "", FALSE, FALSE },
};

static void
check_origin (const char *url, TtecommOriginRule rule, gboolean good)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) origin = ttecomm_origin_parse (url, rule, &error);

  g_test_message ("%s", url);
  if (good)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (g_uri_get_path (origin), ==, "");
      g_assert_cmpint (g_uri_get_port (origin), >, 0);
    }
  else
    {
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
      g_assert_null (origin);
    }
}

static void
test_origins (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
    {
      check_origin (origins[i].url, TTECOMM_ORIGIN_HTTPS, origins[i].https);
      check_origin (origins[i].url, TTECOMM_ORIGIN_SANDBOX, origins[i].sandbox);
    }
}

typedef struct
{
  const char *url;
  int code; /* -1 = good */
} LinkRow;

static const LinkRow links[] = {
  { "https://web.test/pay?order=1#top", -1 },
  { "https://WEB.test:443/", -1 },
  { "https://web.test", -1 },
  { "http://web.test/", TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "https://web.test:444/", TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "https://web.test.evil.test/", TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "https://evil.test/?https://web.test/", TTECOMM_CLOUD_ERROR_FOREIGN_LINK },
  { "https://web.test@evil.test/", TTECOMM_CLOUD_ERROR_ALTERED },
  { "javascript:alert(1)", TTECOMM_CLOUD_ERROR_ALTERED },
  { "file:///etc/passwd", TTECOMM_CLOUD_ERROR_ALTERED },
  { "/pay", TTECOMM_CLOUD_ERROR_ALTERED },
  { "https://web.test/a b", TTECOMM_CLOUD_ERROR_ALTERED },
  { "https://web.test/\"onclick", TTECOMM_CLOUD_ERROR_ALTERED },
  { "https://web.test/\xe2\x80\xae", TTECOMM_CLOUD_ERROR_ALTERED },
  { "", TTECOMM_CLOUD_ERROR_ALTERED },
};

static void
test_links (void)
{
  g_autoptr (GUri) web = ttecomm_origin_parse ("https://web.test", TTECOMM_ORIGIN_HTTPS, NULL);
  g_autofree char *long_path = g_strnfill (TTECOMM_URL_MAX, 'a');
  g_autofree char *long_url = g_strconcat ("https://web.test/", long_path, NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (GError) link_error = NULL;
      gboolean good = ttecomm_link_check (links[i].url, web, "url", &link_error);

      g_test_message ("%s", links[i].url);
      g_assert_cmpint (good, ==, links[i].code < 0);
      if (links[i].code >= 0)
        g_assert_error (link_error, TTECOMM_CLOUD_ERROR, links[i].code);
    }
  g_assert_false (ttecomm_link_check (long_url, web, "url", &error));
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
}

/* RFC 7636, appendix B. */
static void
test_pkce_vector (void)
{
  g_autofree char *challenge
      = ttecomm_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void
test_pkce_random (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *verifier = ttecomm_pkce_random (NULL);

      g_assert_cmpuint (strlen (verifier), ==, 43);
      g_assert_cmpuint (strspn (verifier, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                          "0123456789-_"),
                        ==, 43);
      g_assert_true (g_hash_table_add (seen, verifier));
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "origin", "origins", test_origins);
  harness_add (harness, "origin", "links", test_links);
  harness_add (harness, "pkce", "rfc-7636-vector", test_pkce_vector);
  harness_add (harness, "pkce", "random", test_pkce_random);
}

HARNESS_MAIN (register_tests)
