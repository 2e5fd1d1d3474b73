/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#define DAY (24L * 60 * 60)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)

static gboolean
fail (GError **error, const char *what)
{
  char text[256] = "";

  ERR_error_string_n (ERR_get_error (), text, sizeof text);
  ERR_clear_error ();
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot make a certificate (%s): %s", what,
               text);
  return FALSE;
}

static gboolean
extend (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  g_autoptr (X509_EXTENSION) extension = NULL;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
}

static gboolean
set_random_serial (X509 *certificate)
{
  guint8 bytes[16];
  BIGNUM *number;
  gboolean done;

  if (RAND_bytes (bytes, sizeof bytes) != 1)
    return FALSE;
  bytes[0] = (guint8)((bytes[0] & 0x3f) | 0x40);
  number = BN_bin2bn (bytes, sizeof bytes, NULL);
  done = number != NULL && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL;
  BN_free (number);
  return done;
}

/* A certificate without extensions and signature. */
static X509 *
prepare (EVP_PKEY *key, const char *name)
{
  g_autoptr (X509) certificate = X509_new ();
  X509_NAME *subject;

  if (certificate == NULL || X509_set_version (certificate, X509_VERSION_3) != 1
      || !set_random_serial (certificate) || X509_set_pubkey (certificate, key) != 1
      || X509_gmtime_adj (X509_getm_notBefore (certificate), -DAY) == NULL
      || X509_gmtime_adj (X509_getm_notAfter (certificate), 365 * DAY) == NULL)
    return NULL;
  subject = X509_get_subject_name (certificate);
  if (X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guchar *)name, -1, -1, 0)
      != 1)
    return NULL;
  return g_steal_pointer (&certificate);
}

static X509 *
make_authority (EVP_PKEY *key)
{
  g_autoptr (X509) certificate = prepare (key, "TTcloud sandbox, made for this run");

  if (certificate == NULL
      || X509_set_issuer_name (certificate, X509_get_subject_name (certificate)) != 1
      || !extend (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
      || !extend (certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign")
      || !extend (certificate, certificate, NID_subject_key_identifier, "hash")
      || X509_sign (certificate, key, EVP_sha256 ()) == 0)
    return NULL;
  return g_steal_pointer (&certificate);
}

static X509 *
make_leaf (EVP_PKEY *key, X509 *authority, EVP_PKEY *authority_key)
{
  g_autoptr (X509) certificate = prepare (key, "localhost");

  if (certificate == NULL
      || X509_set_issuer_name (certificate, X509_get_subject_name (authority)) != 1
      || !extend (certificate, authority, NID_basic_constraints, "critical,CA:FALSE")
      || !extend (certificate, authority, NID_key_usage, "critical,digitalSignature")
      || !extend (certificate, authority, NID_ext_key_usage, "serverAuth")
      || !extend (certificate, authority, NID_subject_alt_name, "IP:127.0.0.1,IP:::1,DNS:localhost")
      || !extend (certificate, authority, NID_subject_key_identifier, "hash")
      || !extend (certificate, authority, NID_authority_key_identifier, "keyid")
      || X509_sign (certificate, authority_key, EVP_sha256 ()) == 0)
    return NULL;
  return g_steal_pointer (&certificate);
}

static char *
read_out (BIO *bio)
{
  char *data = NULL;
  long length = BIO_get_mem_data (bio, &data);

  return g_strndup (data, (gsize)MAX (length, 0));
}

static char *
certificate_to_pem (X509 *certificate)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  return bio != NULL && PEM_write_bio_X509 (bio, certificate) == 1 ? read_out (bio) : NULL;
}

static char *
key_to_pem (EVP_PKEY *key)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  return bio != NULL && PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL) == 1
             ? read_out (bio)
             : NULL;
}

GTlsCertificate *
sandbox_certificate_new (char **ca_pem, GError **error)
{
  g_autoptr (EVP_PKEY) authority_key = EVP_EC_gen ("P-256");
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) authority = NULL;
  g_autoptr (X509) leaf = NULL;
  g_autofree char *authority_pem = NULL;
  g_autofree char *leaf_pem = NULL;
  g_autofree char *private_pem = NULL;
  g_autofree char *both = NULL;
  GTlsCertificate *certificate;

  if (authority_key == NULL || key == NULL)
    return fail (error, "key"), NULL;
  authority = make_authority (authority_key);
  leaf = authority != NULL ? make_leaf (key, authority, authority_key) : NULL;
  if (leaf == NULL)
    return fail (error, "certificate"), NULL;
  authority_pem = certificate_to_pem (authority);
  leaf_pem = certificate_to_pem (leaf);
  private_pem = key_to_pem (key);
  if (authority_pem == NULL || leaf_pem == NULL || private_pem == NULL)
    return fail (error, "PEM"), NULL;
  both = g_strconcat (leaf_pem, private_pem, NULL);
  certificate = g_tls_certificate_new_from_pem (both, -1, error);
  if (certificate != NULL)
    *ca_pem = g_steal_pointer (&authority_pem);
  return certificate;
}
