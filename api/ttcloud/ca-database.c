/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/ca-database.h"

#include "api/ttcloud/cloud-error.h"

#include <string.h>

#define MAX_BYTES (64 * 1024)
#define MAX_CERTIFICATES 16
#define END_MARK "-----END CERTIFICATE-----"

struct _TtecommCaDatabase
{
  GTlsDatabase parent_instance;

  GPtrArray *anchors; /* (owned) (element-type GTlsCertificate) */
};

G_DEFINE_FINAL_TYPE (TtecommCaDatabase, ttecomm_ca_database, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
verify_chain (GTlsDatabase *database,
              GTlsCertificate *chain,
              const char *purpose,
              GSocketConnectable *identity,
              GTlsInteraction *interaction,
              GTlsDatabaseVerifyFlags flags,
              GCancellable *cancellable,
              GError **error)
{
  TtecommCaDatabase *self = TTECOMM_CA_DATABASE (database);
  GTlsCertificateFlags best = G_TLS_CERTIFICATE_UNKNOWN_CA;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return G_TLS_CERTIFICATE_GENERIC_ERROR;
  for (guint i = 0; i < self->anchors->len; i++)
    {
      GTlsCertificateFlags found
          = g_tls_certificate_verify (chain, identity, self->anchors->pdata[i]);

      if ((found & G_TLS_CERTIFICATE_UNKNOWN_CA) == 0)
        return found;
      best = found;
    }
  return best;
}

static void
ttecomm_ca_database_finalize (GObject *object)
{
  TtecommCaDatabase *self = TTECOMM_CA_DATABASE (object);

  g_clear_pointer (&self->anchors, g_ptr_array_unref);

  G_OBJECT_CLASS (ttecomm_ca_database_parent_class)->finalize (object);
}

static void
ttecomm_ca_database_class_init (TtecommCaDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_ca_database_finalize;
  G_TLS_DATABASE_CLASS (klass)->verify_chain = verify_chain;
}

static void
ttecomm_ca_database_init (TtecommCaDatabase *self)
{
  self->anchors = g_ptr_array_new_with_free_func (g_object_unref);
}

/* g_tls_certificate_new_from_pem() reads the first certificate of a text only. */
static gboolean
add_anchors (TtecommCaDatabase *self, const char *pem, GError **error)
{
  const char *rest = pem;
  const char *end;

  while ((end = strstr (rest, END_MARK)) != NULL && self->anchors->len < MAX_CERTIFICATES)
    {
      GTlsCertificate *anchor;

      end += strlen (END_MARK);
      anchor = g_tls_certificate_new_from_pem (rest, end - rest, error);
      if (anchor == NULL)
        return FALSE;
      g_ptr_array_add (self->anchors, anchor);
      rest = end;
    }
  if (self->anchors->len > 0 && end == NULL)
    return TRUE;
  g_set_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID,
               "There must be 1 to %d certificates", MAX_CERTIFICATES);
  return FALSE;
}

GTlsDatabase *
ttecomm_ca_database_new (const char *pem, GError **error)
{
  g_autoptr (TtecommCaDatabase) self = g_object_new (TTECOMM_TYPE_CA_DATABASE, NULL);
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (pem != NULL, NULL);

  if (strlen (pem) <= MAX_BYTES && add_anchors (self, pem, &local_error))
    return G_TLS_DATABASE (g_steal_pointer (&self));
  g_set_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID,
               "The CA given (ttcloud-ca) cannot be read as PEM: %s",
               local_error != NULL ? local_error->message : "it is too long");
  return NULL;
}
