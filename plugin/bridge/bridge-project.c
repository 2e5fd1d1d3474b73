/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/bridge.h"

#include <string.h>

/* R5: at most so much is read in one call on the host's main thread. */
#define SLICE (256 * 1024)
#define MAX_ID 1024

typedef struct
{
  guint generation;
  gint64 size;
  char *path;    /* (owned) (nullable) */
  GBytes *bytes; /* (owned) (nullable) */
  char *problem; /* (owned) (nullable) */
} ProjectNews;

static void
news_free (gpointer data)
{
  ProjectNews *news = data;

  g_free (news->path);
  g_clear_pointer (&news->bytes, g_bytes_unref);
  g_free (news->problem);
  g_free (news);
}

static void
tell_opened (TtecommModel *model, gpointer data)
{
  ProjectNews *news = data;

  ttecomm_model_project_opened (model, news->generation, news->path, news->size);
}

static void
tell_bytes (TtecommModel *model, gpointer data)
{
  ProjectNews *news = data;

  ttecomm_model_project_bytes (model, news->generation, news->bytes, news->problem);
}

static void
tell_closed (TtecommModel *model, gpointer data)
{
  ttecomm_model_project_closed (model, GPOINTER_TO_UINT (data));
}

static GBytes *
read_all (const prosoft_reader_t *reader, guint64 offset, gsize length, char **problem)
{
  g_autofree guint8 *buffer = NULL;
  gsize done = 0;

  if (length > SLICE || offset > (guint64)(G_MAXINT64 - SLICE))
    {
      *problem = g_strdup_printf ("a slice of %" G_GSIZE_FORMAT " bytes is too large", length);
      return NULL;
    }
  buffer = g_malloc (length > 0 ? length : 1);
  while (done < length)
    {
      gint64 n
          = reader->read (reader, (gint64)(offset + done), buffer + done, (gint64)(length - done));

      if (n < 0 || n > (gint64)(length - done))
        {
          *problem = g_strdup_printf ("the host could not read the file at 0x%" G_GINT64_MODIFIER
                                      "x (result %" G_GINT64_FORMAT ")",
                                      offset + done, n);
          return NULL;
        }
      if (n == 0)
        break;
      done += (gsize)n;
    }
  return g_bytes_new_take (g_steal_pointer (&buffer), done);
}

void
ttecomm_bridge_read_project (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  TtecommReadRequest *request = payload;
  ProjectNews *news;

  if (self->reader == NULL || request->generation != self->generation)
    return;
  news = g_new0 (ProjectNews, 1);
  news->generation = request->generation;
  news->bytes = read_all (self->reader, request->offset, request->length, &news->problem);
  ttecomm_bridge_ask (self, tell_bytes, news, news_free);
}

static void
start_reading (TtecommBridge *self, const char *path, const prosoft_reader_t *reader)
{
  ProjectNews *news = g_new0 (ProjectNews, 1);

  self->reader = reader;
  news->generation = ++self->generation;
  news->size = reader->size (reader);
  news->path = path != NULL && g_utf8_validate (path, -1, NULL) ? g_strdup (path) : NULL;
  ttecomm_bridge_ask (self, tell_opened, news, news_free);
}

static prosoft_result_t
check_info (const prosoft_project_info_t *info,
            const prosoft_reader_t *reader,
            prosoft_error_t *error)
{
  if (info == NULL || reader == NULL || reader->size == NULL || reader->read == NULL)
    return ttecomm_host_error (error, PROSOFT_E_INVALID, "project: info or reader is NULL");
  if (info->struct_size < PROSOFT_PROJECT_INFO_SIZE_V1)
    return ttecomm_host_error (error, PROSOFT_E_INVALID,
                               "project: struct_size is %u, at least %u is needed (R3)",
                               info->struct_size, (guint)PROSOFT_PROJECT_INFO_SIZE_V1);
  if (info->id == NULL || !g_utf8_validate (info->id, -1, NULL) || strlen (info->id) > MAX_ID)
    return ttecomm_host_error (error, PROSOFT_E_INVALID,
                               "project: the id is NULL, not UTF-8 or over %d bytes (R8)", MAX_ID);
  return PROSOFT_OK;
}

static prosoft_result_t
project_opened (const prosoft_plugin_t *plugin,
                const prosoft_project_info_t *info,
                const prosoft_reader_t *reader,
                prosoft_error_t *error)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;

  if (!ttecomm_bridge_check (self, "project.opened", &result, error))
    return result;
  result = check_info (info, reader, error);
  if (result != PROSOFT_OK)
    return result;
  if (self->project_id != NULL)
    return ttecomm_host_error (error, PROSOFT_E_BUSY,
                               "project.opened: another project is open; close it first");
  self->project_id = g_strdup (info->id);
  start_reading (self, info->path, reader);
  return PROSOFT_OK;
}

static prosoft_result_t
project_changed (const prosoft_plugin_t *plugin,
                 const prosoft_project_info_t *info,
                 const prosoft_reader_t *reader)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;

  if (!ttecomm_bridge_check (self, "project.changed", &result, NULL))
    return result;
  result = check_info (info, reader, NULL);
  if (result != PROSOFT_OK)
    return result;
  if (g_strcmp0 (self->project_id, info->id) != 0)
    return PROSOFT_E_NOT_FOUND;
  start_reading (self, info->path, reader);
  return PROSOFT_OK;
}

static void
project_closed (const prosoft_plugin_t *plugin, const char *project_id)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;

  if (!ttecomm_bridge_check (self, "project.closed", &result, NULL))
    return;
  if (self->project_id == NULL || g_strcmp0 (self->project_id, project_id) != 0)
    {
      ttecomm_host_link_log (&self->link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge",
                             "project.closed: it is not open");
      return;
    }
  g_clear_pointer (&self->project_id, g_free);
  self->reader = NULL;
  ttecomm_bridge_ask (self, tell_closed, GUINT_TO_POINTER (self->generation), NULL);
}

const prosoft_plugin_project_t ttecomm_bridge_project = {
  .opened = project_opened,
  .changed = project_changed,
  .closed = project_closed,
};
