/* SPDX-License-Identifier: MIT */
#include "plugin/installation/person.h"

#include "base/json.h"
#include "plugin/installation/clean.h"

#define MAX_ID 64
#define MAX_TEXT 256
#define MAX_EMAIL 320

static gboolean
take_cloud_access (JsonObject *object, TtecommCloudAccess *out, GError **error)
{
  static const char *const names[] = { "none", "user", "owner" };
  const char *text = NULL;

  if (!ttecomm_json_get_string (object, "cloud_access", MAX_TEXT, &text, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i]))
      {
        *out = (TtecommCloudAccess)i;
        return TRUE;
      }
  /* A role that is not understood must not pass for "no role". */
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                       "member \"cloud_access\" must be \"none\", \"user\" or \"owner\"");
  return FALSE;
}

TtecommPerson *
ttecomm_person_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommPerson) self = g_new0 (TtecommPerson, 1);

  if (!ttecomm_clean_take_text (object, "id", MAX_ID, &self->id, error)
      || !ttecomm_clean_take_text (object, "name", MAX_TEXT, &self->name, error)
      || !ttecomm_clean_take_optional_text (object, "email", MAX_EMAIL, &self->email, error)
      || !ttecomm_clean_take_optional_text (object, "group", MAX_TEXT, &self->group, error)
      || !take_cloud_access (object, &self->cloud_access, error)
      || !ttecomm_json_get_optional_boolean (object, "integrator", FALSE, &self->is_integrator,
                                             error))
    return NULL;
  self->address = ttecomm_clean_address (self->email);
  return g_steal_pointer (&self);
}

void
ttecomm_person_free (TtecommPerson *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->group);
  g_free (self->address);
  g_free (self);
}

TtecommIntegrator *
ttecomm_integrator_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommIntegrator) self = g_new0 (TtecommIntegrator, 1);

  if (!ttecomm_clean_take_text (object, "id", MAX_ID, &self->id, error)
      || !ttecomm_clean_take_text (object, "name", MAX_TEXT, &self->name, error)
      || !ttecomm_clean_take_optional_text (object, "company", MAX_TEXT, &self->company, error)
      || !ttecomm_clean_take_text (object, "email", MAX_EMAIL, &self->email, error))
    return NULL;
  self->address = ttecomm_clean_address (self->email);
  return g_steal_pointer (&self);
}

void
ttecomm_integrator_free (TtecommIntegrator *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->company);
  g_free (self->email);
  g_free (self->address);
  g_free (self);
}
