/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-sealed.h"

#include "plugin/installation/nbt-content.h"

/* INST, UNIT, USER */
#define N_CONTENT 3

G_STATIC_ASSERT (TTECOMM_NBT_SECTION_USER == N_CONTENT - 1);

struct _TtecommNbtSealed
{
  gatomicrefcount ref_count;
  TtecommNbtTable table;
  TtecommNbtLock lock;
  GBytes *stored[N_CONTENT]; /* (owned) (nullable): as they stand in the file */
};

/* Plain bytes on their way into an installation. */
typedef struct
{
  TtecommSecret *sections[N_CONTENT]; /* (owned) (nullable) */
} Plain;

static void
plain_clear (Plain *plain)
{
  for (guint i = 0; i < N_CONTENT; i++)
    g_clear_pointer (&plain->sections[i], ttecomm_secret_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plain, plain_clear)

TtecommNbtSealed *
ttecomm_nbt_sealed_new (const TtecommNbtTable *table)
{
  TtecommNbtSealed *self = g_new0 (TtecommNbtSealed, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->table = *table;
  return self;
}

TtecommNbtSealed *
ttecomm_nbt_sealed_ref (TtecommNbtSealed *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ttecomm_nbt_sealed_unref (TtecommNbtSealed *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < N_CONTENT; i++)
    g_clear_pointer (&self->stored[i], g_bytes_unref);
  g_free (self);
}

const TtecommNbtLock *
ttecomm_nbt_sealed_get_lock (const TtecommNbtSealed *self)
{
  return &self->lock;
}

void
ttecomm_nbt_sealed_set_lock (TtecommNbtSealed *self, const TtecommNbtLock *lock)
{
  self->lock = *lock;
}

void
ttecomm_nbt_sealed_add (TtecommNbtSealed *self,
                        TtecommNbtSection section,
                        const guint8 *stored,
                        gsize length)
{
  g_return_if_fail (section < N_CONTENT && self->stored[section] == NULL);
  self->stored[section] = g_bytes_new (stored, length);
}

static TtecommSecret *
get_plain (const TtecommNbtSealed *self, guint i, TtecommSecret *key, GError **error)
{
  const TtecommNbtEntry *entry = &self->table.entries[i];
  gsize length;
  const guint8 *stored = g_bytes_get_data (self->stored[i], &length);

  if (!entry->encrypted)
    return ttecomm_secret_new_from (stored, length);
  return ttecomm_nbt_unseal ((TtecommNbtSection)i, entry, stored, length, key, error);
}

/* A wrong password opens nothing; a key that opens one section is right, and then it is the file
 * that is wrong. */
static gboolean
unseal_all (const TtecommNbtSealed *self, TtecommSecret *key, Plain *plain, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  guint refused = 0, n_opened = 0;

  for (guint i = 0; i < N_CONTENT; i++)
    {
      g_autoptr (GError) failure = NULL;

      plain->sections[i] = get_plain (self, i, key, &failure);
      if (failure == NULL)
        {
          n_opened += self->table.entries[i].encrypted ? 1 : 0;
          continue;
        }
      if (!g_error_matches (failure, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_PASSWORD))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      refused = i;
      g_clear_error (&refusal);
      refusal = g_steal_pointer (&failure);
    }
  if (refusal == NULL)
    return TRUE;
  if (n_opened > 0)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SEAL, self->table.entries[refused].offset,
                             "section %s does not open with the key of the other sections",
                             ttecomm_nbt_section_get_tag ((TtecommNbtSection)refused));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

TtecommInstallation *
ttecomm_nbt_sealed_open (const TtecommNbtSealed *self, TtecommSecret *key, GError **error)
{
  g_auto (Plain) plain = { 0 };
  g_autoptr (TtecommInstallation) installation = ttecomm_installation_new (TRUE);
  g_autofree char *users_digest = NULL;
  TtecommSecret *users;

  g_return_val_if_fail (self->stored[0] != NULL && self->stored[1] != NULL
                            && self->stored[2] != NULL,
                        NULL);

  if (!unseal_all (self, key, &plain, error))
    return NULL;
  users = plain.sections[TTECOMM_NBT_SECTION_USER];
  users_digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, ttecomm_secret_get_data (users),
                                              ttecomm_secret_get_length (users));
  for (guint i = 0; i < N_CONTENT; i++)
    if (!ttecomm_nbt_content_take (installation, (TtecommNbtSection)i, &self->table.entries[i],
                                   (const char *)ttecomm_secret_get_data (plain.sections[i]),
                                   ttecomm_secret_get_length (plain.sections[i]), users_digest,
                                   error))
      return NULL;
  return g_steal_pointer (&installation);
}
