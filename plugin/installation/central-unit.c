/* SPDX-License-Identifier: MIT */
#include "plugin/installation/central-unit.h"

#include "plugin/installation/clean.h"

#define MAX_TEXT 256

TtecommCentralUnit *
ttecomm_central_unit_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommCentralUnit) self = g_new0 (TtecommCentralUnit, 1);

  if (!ttecomm_clean_take_text (object, "type", MAX_TEXT, &self->type, error)
      || !ttecomm_clean_take_text (object, "name", MAX_TEXT, &self->name, error)
      || !ttecomm_clean_take_optional_text (object, "serial", MAX_TEXT, &self->serial, error)
      || !ttecomm_clean_take_optional_text (object, "mac", MAX_TEXT, &self->mac, error)
      || !ttecomm_clean_take_optional_text (object, "ip", MAX_TEXT, &self->ip, error)
      || !ttecomm_clean_take_optional_text (object, "firmware", MAX_TEXT, &self->firmware, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ttecomm_central_unit_free (TtecommCentralUnit *self)
{
  g_free (self->type);
  g_free (self->name);
  g_free (self->serial);
  g_free (self->mac);
  g_free (self->ip);
  g_free (self->firmware);
  g_free (self);
}
