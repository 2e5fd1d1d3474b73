/* SPDX-License-Identifier: MIT */
/* A .nbt as our reader sees it, in the words of its own JSON. */
#include "tests/tools/witness.h"

#include <string.h>

#include "plugin/installation/central-unit.h"
#include "plugin/installation/nbt-cipher.h"
#include "plugin/installation/nbt-reader.h"
#include "plugin/installation/person.h"

static void
add_text (JsonBuilder *answer, const char *name, const char *value)
{
  json_builder_set_member_name (answer, name);
  if (value != NULL)
    json_builder_add_string_value (answer, value);
  else
    json_builder_add_null_value (answer);
}

static void
add_boolean (JsonBuilder *answer, const char *name, gboolean value)
{
  json_builder_add_boolean_value (json_builder_set_member_name (answer, name), value);
}

/* Unix seconds, which every spelling of an instant has in common. */
static void
add_time (JsonBuilder *answer, const char *name, GDateTime *time)
{
  json_builder_set_member_name (answer, name);
  if (time != NULL)
    json_builder_add_int_value (answer, g_date_time_to_unix (time));
  else
    json_builder_add_null_value (answer);
}

static void
add_units (JsonBuilder *answer, const GPtrArray *units)
{
  json_builder_begin_array (json_builder_set_member_name (answer, "units"));
  for (guint i = 0; i < units->len; i++)
    {
      const TtecommCentralUnit *unit = units->pdata[i];

      json_builder_begin_object (answer);
      add_text (answer, "type", unit->type);
      add_text (answer, "name", unit->name);
      add_text (answer, "serial", unit->serial);
      add_text (answer, "mac", unit->mac);
      add_text (answer, "ip", unit->ip);
      add_text (answer, "firmware", unit->firmware);
      json_builder_end_object (answer);
    }
  json_builder_end_array (answer);
}

static void
add_people (JsonBuilder *answer, const GPtrArray *people)
{
  static const char *const access[] = { "none", "user", "owner" };

  json_builder_begin_array (json_builder_set_member_name (answer, "people"));
  for (guint i = 0; i < people->len; i++)
    {
      const TtecommPerson *person = people->pdata[i];

      json_builder_begin_object (answer);
      add_text (answer, "id", person->id);
      add_text (answer, "name", person->name);
      add_text (answer, "email", person->email);
      add_text (answer, "group", person->group);
      add_text (answer, "cloud_access", access[person->cloud_access]);
      add_boolean (answer, "integrator", person->is_integrator);
      json_builder_end_object (answer);
    }
  json_builder_end_array (answer);
}

static void
add_integrators (JsonBuilder *answer, const GPtrArray *integrators)
{
  json_builder_begin_array (json_builder_set_member_name (answer, "integrators"));
  for (guint i = 0; i < integrators->len; i++)
    {
      const TtecommIntegrator *integrator = integrators->pdata[i];

      json_builder_begin_object (answer);
      add_text (answer, "id", integrator->id);
      add_text (answer, "name", integrator->name);
      add_text (answer, "company", integrator->company);
      add_text (answer, "email", integrator->email);
      json_builder_end_object (answer);
    }
  json_builder_end_array (answer);
}

static void
add_installation (JsonBuilder *answer, const TtecommInstallation *installation)
{
  add_boolean (answer, "protected", installation->is_protected);
  add_boolean (answer, "roles_known", installation->roles_known);
  add_boolean (answer, "users_transmitted", installation->users_transmitted);
  add_text (answer, "id", installation->id);
  add_text (answer, "name", installation->name);
  add_text (answer, "language", installation->language);
  add_text (answer, "prosoft", installation->prosoft);
  add_boolean (answer, "connected", installation->connected);
  add_text (answer, "ttcloud_id", installation->ttcloud_id);
  add_time (answer, "modified", installation->modified);
  add_time (answer, "transmitted", installation->transmitted);
  add_units (answer, installation->units);
  add_people (answer, installation->people);
  add_integrators (answer, installation->integrators);
}

/* Feeds all that is asked for, from a buffer of exactly that length. */
static void
feed (TtecommNbtReader *reader, const guint8 *file)
{
  guint64 offset;
  gsize length;
  gboolean taken = TRUE;

  while (taken && ttecomm_nbt_reader_next (reader, &offset, &length))
    {
      g_autofree guint8 *slice = g_memdup2 (file + offset, length);

      /* What was wrong is told at the end. */
      taken = ttecomm_nbt_reader_feed (reader, slice, length, NULL);
    }
}

static TtecommInstallation *
unlock (TtecommNbtReader *reader, const char *password, GError **error)
{
  TtecommNbtSealed *sealed = ttecomm_nbt_reader_get_sealed (reader);
  g_autoptr (TtecommSecret) typed = ttecomm_secret_new_from (password, strlen (password));
  g_autoptr (TtecommSecret) key = NULL;

  if (sealed == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "there is a password, but the file is not protected");
      return NULL;
    }
  key = ttecomm_nbt_key_derive (ttecomm_nbt_sealed_get_lock (sealed), typed, error);
  return key != NULL ? ttecomm_nbt_sealed_open (sealed, key, error) : NULL;
}

gboolean
witness_nbt (JsonObject *question, JsonBuilder *answer, GError **error)
{
  const char *path = json_object_get_string_member_with_default (question, "file", "");
  const char *password = json_object_get_string_member_with_default (question, "password", NULL);
  g_autoptr (TtecommNbtReader) reader = NULL;
  g_autoptr (TtecommInstallation) installation = NULL;
  const char *text = json_object_get_string_member_with_default (question, "bytes", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  if (text != NULL)
    bytes = (char *)g_base64_decode (text, &size);
  else if (!g_file_get_contents (path, &bytes, &size, error))
    return FALSE;
  reader = ttecomm_nbt_reader_new (size);
  feed (reader, (const guint8 *)bytes);
  installation = ttecomm_nbt_reader_finish (reader, error);
  if (installation != NULL && password != NULL)
    {
      ttecomm_installation_unref (installation);
      installation = unlock (reader, password, error);
    }
  if (installation == NULL)
    return FALSE;
  add_installation (answer, installation);
  return TRUE;
}
