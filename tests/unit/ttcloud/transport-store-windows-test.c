/* SPDX-License-Identifier: MIT */
/* Without a CA of the sandbox, what this person's Windows trusts (ROOT) is what counts. */
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/transport-fixture.h"

#include <string.h>

#include <windows.h>
#include <wincrypt.h>

/* (transfer full) */
static const CERT_CONTEXT *
read_certificate (const char *pem)
{
  BYTE der[4096];
  DWORD size = sizeof der;

  g_assert_true (CryptStringToBinaryA (pem, (DWORD)strlen (pem), CRYPT_STRING_BASE64HEADER, der,
                                       &size, NULL, NULL));
  return CertCreateCertificateContext (X509_ASN_ENCODING, der, size);
}

/* Wine writes when the store is closed, hence one store for each. */
static void
add_root (const CERT_CONTEXT *root, const wchar_t *name)
{
  HCERTSTORE store = CertOpenSystemStoreW (0, name);

  g_assert_nonnull (store);
  g_assert_true (CertAddCertificateContextToStore (store, root, CERT_STORE_ADD_ALWAYS, NULL));
  g_assert_true (CertCloseStore (store, 0));
}

static void
remove_root (const CERT_CONTEXT *root, const wchar_t *name)
{
  HCERTSTORE store = CertOpenSystemStoreW (0, name);
  const CERT_CONTEXT *found
      = CertFindCertificateInStore (store, X509_ASN_ENCODING, 0, CERT_FIND_EXISTING, root, NULL);

  g_assert_nonnull (found);
  g_assert_true (CertDeleteCertificateFromStore (found));
  g_assert_true (CertCloseStore (store, 0));
}

/* @name: (nullable): where Windows has the CA before this process first asks it, and @more */
static TtecommReply *
ask (const wchar_t *name, const wchar_t *more, GError **error)
{
  TransportFixture self = { .limits = TRANSPORT_PATIENT, .mode = "good" };
  g_autoptr (GTlsCertificate) certificate = NULL;
  const CERT_CONTEXT *root;
  TtecommReply *reply;
  /* One of the same name that a killed run left in there would be asked in its place. */
  g_autofree char *ca_name
      = g_strdup_printf ("A CA that this Windows may trust, %08x", g_random_int ());

  self.ca = test_ca_new (ca_name);
  root = read_certificate (test_ca_get_pem (self.ca));
  if (name != NULL)
    add_root (root, name);
  if (more != NULL)
    add_root (root, more);
  certificate = test_ca_issue (self.ca, &(TestCaLeaf){ 0 });
  transport_fixture_serve (&self, certificate, NULL);
  reply = transport_fixture_get (&self, "/", error);
  if (name != NULL)
    remove_root (root, name);
  if (more != NULL)
    remove_root (root, more);
  CertFreeCertificateContext (root);
  transport_fixture_tear_down (&self, NULL);
  return reply;
}

static void
test_a_root_of_windows_is_trusted (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommReply) reply = ask (L"ROOT", NULL, &error);

  g_assert_no_error (error);
  transport_fixture_assert_body (reply, TRANSPORT_GOOD);
}

static void
test_any_other_is_not (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommReply) reply = ask (NULL, NULL, &error);

  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_TLS_TRUST);
  g_assert_null (reply);
}

/* Every program may put one there, and Windows asks nobody. */
static void
test_a_root_among_the_intermediates_is_not (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommReply) reply = ask (L"CA", NULL, &error);

  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_TLS_TRUST);
  g_assert_null (reply);
}

/* What Windows itself does not trust any more stays in ROOT, and stands in Disallowed as well. */
static void
test_a_disallowed_root_is_not (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommReply) reply = ask (L"ROOT", L"Disallowed", &error);

  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_TLS_TRUST);
  g_assert_null (reply);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "transport-store", "a-root-of-windows-is-trusted",
               test_a_root_of_windows_is_trusted);
  harness_add (harness, "transport-store", "any-other-is-not", test_any_other_is_not);
  harness_add (harness, "transport-store", "a-root-among-the-intermediates-is-not",
               test_a_root_among_the_intermediates_is_not);
  harness_add (harness, "transport-store", "a-disallowed-root-is-not",
               test_a_disallowed_root_is_not);
}

HARNESS_MAIN (register_tests)
