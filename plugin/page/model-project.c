/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-private.h"

/* The open .nbt: asks the host's main thread for one slice after the other, and checks them here.
 */

static void
forget_project (TtecommModel *self)
{
  g_clear_pointer (&self->reader, ttecomm_nbt_reader_free);
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  g_clear_error (&self->project_error);
  ttecomm_model_lock_forget_file (self);
}

static void
tell_everybody (TtecommModel *self)
{
  const char *id = self->installation != NULL ? self->installation->ttcloud_id : NULL;

  ttecomm_desk_set_project (self->desk, self->project_open, self->installation);
  if (self->facts != NULL)
    ttecomm_facts_set_installation (self->facts, id);
  ttecomm_model_go_on (self);
  ttecomm_model_publish (self);
}

void
ttecomm_model_project_known (TtecommModel *self, const char *id_before)
{
  tell_everybody (self);
  if (self->installation == NULL || self->installation->ttcloud_id == NULL
      || g_strcmp0 (self->installation->ttcloud_id, id_before) == 0)
    return;
  /* The click that opens a session should find the answer in memory (gate.md section 4). */
  ttecomm_desk_prefetch (self->desk);
  ttecomm_model_refresh (self);
}

static void
project_is_read (TtecommModel *self)
{
  TtecommNbtSealed *sealed = ttecomm_nbt_reader_get_sealed (self->reader);

  self->installation = ttecomm_nbt_reader_finish (self->reader, &self->project_error);
  if (self->project_error != NULL)
    self->sink->log (self->sink_data, TTECOMM_LOG_WARNING, "project", self->project_error->message);
  ttecomm_model_lock_file_read (self, sealed);
  g_clear_pointer (&self->reader, ttecomm_nbt_reader_free);
  ttecomm_model_project_known (self, NULL);
}

static void
read_on (TtecommModel *self)
{
  guint64 offset;
  gsize length;

  if (ttecomm_nbt_reader_next (self->reader, &offset, &length))
    self->sink->read_project (self->sink_data, self->generation, offset, length);
  else
    project_is_read (self);
}

void
ttecomm_model_project_opened (TtecommModel *self, guint generation, const char *path, gint64 size)
{
  self->generation = generation;
  self->project_open = TRUE;
  forget_project (self);
  if (size < 0)
    {
      self->project_error
          = g_error_new (TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_READ,
                         "the host could not tell the size of the file (result %" G_GINT64_FORMAT
                         ")",
                         size);
      ttecomm_model_log (self, TTECOMM_LOG_WARNING, "project", self->project_error->message);
      tell_everybody (self);
      return;
    }
  self->reader = ttecomm_nbt_reader_new ((guint64)size);
  ttecomm_desk_expect_project (self->desk);
  ttecomm_model_publish (self);
  read_on (self);
}

void
ttecomm_model_project_bytes (TtecommModel *self,
                             guint generation,
                             GBytes *bytes,
                             const char *problem)
{
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const guint8 *data;

  if (self->reader == NULL || generation != self->generation)
    return;
  data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  if (bytes == NULL)
    self->sink->log (self->sink_data, TTECOMM_LOG_WARNING, "project", problem);
  /* A refusal is kept by the reader and told by its finish. */
  if (!ttecomm_nbt_reader_feed (self->reader, data, size, &error))
    project_is_read (self);
  else
    read_on (self);
}

void
ttecomm_model_project_closed (TtecommModel *self, guint generation)
{
  if (generation != self->generation)
    return;
  forget_project (self);
  ttecomm_model_lock_forget_key (self);
  self->project_open = FALSE;
  tell_everybody (self);
}
