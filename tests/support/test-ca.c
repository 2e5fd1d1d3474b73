/* SPDX-License-Identifier: MIT */
#include "tests/support/test-ca.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/platform.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

#define HOUR G_GINT64_CONSTANT (3600)

struct _TestCa
{
  EVP_PKEY *key;     /* (owned) */
  X509 *certificate; /* (owned) */
  char *pem;         /* (owned) */
  long serial;
};

static char *
bio_to_string (BIO *bio)
{
  char *data = NULL;
  long length = BIO_get_mem_data (bio, &data);

  return g_strndup (data, (gsize)length);
}

static void
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  g_autoptr (X509_EXTENSION) extension = NULL;
  X509V3_CTX context;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  g_assert_cmpint (X509_add_ext (certificate, extension, -1), ==, 1);
}

static X509 *
make_certificate (TestCa *self,
                  EVP_PKEY *key,
                  X509 *issuer,
                  const char *name,
                  gint64 from,
                  gint64 to)
{
  X509 *certificate = X509_new ();
  X509_NAME *subject = X509_get_subject_name (certificate);

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), ++self->serial);
  X509_gmtime_adj (X509_getm_notBefore (certificate), (long)from);
  X509_gmtime_adj (X509_getm_notAfter (certificate), (long)to);
  X509_set_pubkey (certificate, key);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guchar *)name, -1, -1, 0);
  X509_set_issuer_name (certificate, issuer != NULL ? X509_get_subject_name (issuer) : subject);
  return certificate;
}

TestCa *
test_ca_new (const char *common_name)
{
  TestCa *self = g_new0 (TestCa, 1);
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  X509 *certificate;

  ttecomm_platform_enter_worker ();
  self->key = EVP_EC_gen ("P-256");
  certificate
      = make_certificate (self, self->key, NULL, common_name, -365 * 24 * HOUR, 365 * 24 * HOUR);
  add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension (certificate, certificate, NID_subject_key_identifier, "hash");
  g_assert_cmpint (X509_sign (certificate, self->key, EVP_sha256 ()), >, 0);
  self->certificate = certificate;
  PEM_write_bio_X509 (bio, certificate);
  self->pem = bio_to_string (bio);
  return self;
}

void
test_ca_free (TestCa *self)
{
  X509_free (self->certificate);
  EVP_PKEY_free (self->key);
  g_free (self->pem);
  g_free (self);
}

const char *
test_ca_get_pem (TestCa *self)
{
  return self->pem;
}

static char *
subject_alternative (const TestCaLeaf *leaf)
{
  if (leaf->name != NULL)
    return g_strdup_printf ("DNS:%s", leaf->name);
  return g_strdup_printf ("IP:%s", leaf->address != NULL ? leaf->address : "127.0.0.1");
}

char *
test_ca_issue_pem (TestCa *self, const TestCaLeaf *leaf)
{
  gboolean dated = leaf->not_before != 0 || leaf->not_after != 0;
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) certificate
      = make_certificate (self, key, leaf->self_signed ? NULL : self->certificate, "server",
                          dated ? leaf->not_before : -HOUR, dated ? leaf->not_after : 24 * HOUR);
  g_autofree char *names = subject_alternative (leaf);
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  add_extension (certificate, self->certificate, NID_basic_constraints, "critical,CA:FALSE");
  add_extension (certificate, self->certificate, NID_key_usage, "critical,digitalSignature");
  add_extension (certificate, self->certificate, NID_ext_key_usage, "serverAuth");
  add_extension (certificate, self->certificate, NID_subject_alt_name, names);
  g_assert_cmpint (X509_sign (certificate, leaf->self_signed ? key : self->key, EVP_sha256 ()), >,
                   0);
  PEM_write_bio_X509 (bio, certificate);
  PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  return bio_to_string (bio);
}

GTlsCertificate *
test_ca_issue (TestCa *self, const TestCaLeaf *leaf)
{
  g_autofree char *pem = test_ca_issue_pem (self, leaf);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (pem, -1, &error);

  g_assert_no_error (error);
  return certificate;
}
