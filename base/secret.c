/* SPDX-License-Identifier: MIT */
#include "base/secret.h"

#include <openssl/crypto.h>
#include <string.h>

struct _TtecommSecret
{
  gatomicrefcount ref_count;
  gsize allocated;
  gsize length; /* at most `allocated` */
  guint8 data[];
};

TtecommSecret *
ttecomm_secret_new (gsize length)
{
  TtecommSecret *self;

  g_return_val_if_fail (length < G_MAXSIZE / 2, NULL);
  self = g_malloc0 (sizeof *self + length + 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->allocated = self->length = length;
  return self;
}

TtecommSecret *
ttecomm_secret_new_from (gconstpointer data, gsize length)
{
  TtecommSecret *self = ttecomm_secret_new (length);

  if (length > 0)
    memcpy (self->data, data, length);
  return self;
}

TtecommSecret *
ttecomm_secret_ref (TtecommSecret *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ttecomm_secret_unref (TtecommSecret *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ttecomm_wipe (self->data, self->allocated);
  g_free (self);
}

guint8 *
ttecomm_secret_get_data (TtecommSecret *self)
{
  return self->data;
}

gsize
ttecomm_secret_get_length (const TtecommSecret *self)
{
  return self->length;
}

void
ttecomm_secret_truncate (TtecommSecret *self, gsize length)
{
  g_return_if_fail (length <= self->length);
  ttecomm_wipe (self->data + length, self->length - length);
  self->length = length;
}

void
ttecomm_wipe (gpointer data, gsize length)
{
  if (length > 0)
    OPENSSL_cleanse (data, length);
}

void
ttecomm_wipe_string (char *text)
{
  if (text == NULL)
    return;
  ttecomm_wipe (text, strlen (text));
  g_free (text);
}
