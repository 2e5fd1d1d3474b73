/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-content.h"

#include "base/json.h"

static gboolean
take_inst (TtecommInstallation *installation,
           const char *text,
           gsize length,
           const char *users_digest,
           GError **error)
{
  g_autoptr (JsonObject) inst = ttecomm_json_parse_object (text, length, length, error);

  return inst != NULL && ttecomm_installation_take_inst (installation, inst, users_digest, error);
}

static gboolean
take_units (TtecommInstallation *installation, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonArray) units
      = ttecomm_json_parse_array (text, length, length, TTECOMM_INSTALLATION_MAX_UNITS, error);

  return units != NULL && ttecomm_installation_take_units (installation, units, error);
}

static gboolean
take_users (TtecommInstallation *installation, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) users = ttecomm_json_parse_object (text, length, length, error);

  return users != NULL && ttecomm_installation_take_users (installation, users, error);
}

gboolean
ttecomm_nbt_content_take (TtecommInstallation *installation,
                          TtecommNbtSection section,
                          const TtecommNbtEntry *entry,
                          const char *text,
                          gsize length,
                          const char *users_digest,
                          GError **error)
{
  g_autoptr (GError) content_error = NULL;
  gboolean taken;

  g_return_val_if_fail (section != TTECOMM_NBT_SECTION_LOCK, FALSE);
  if (section == TTECOMM_NBT_SECTION_INST)
    taken = take_inst (installation, text, length, users_digest, &content_error);
  else if (section == TTECOMM_NBT_SECTION_UNIT)
    taken = take_units (installation, text, length, &content_error);
  else
    taken = take_users (installation, text, length, &content_error);
  return taken
         || ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_CONTENT, entry->offset, "section %s: %s",
                              ttecomm_nbt_section_get_tag (section), content_error->message);
}
