/* SPDX-License-Identifier: MIT */
#include "plugin/installation/installation.h"

#include "base/json.h"
#include "plugin/installation/clean.h"

#define MAX_NAME 256
#define MAX_LANGUAGE 35 /* BCP 47, section 4.4.1 */
#define MAX_TTCLOUD_ID 64
#define MAX_VERSION 32
#define MAX_INSTANT 40
#define DIGEST_HEX 64

TtecommInstallation *
ttecomm_installation_new (gboolean is_protected)
{
  TtecommInstallation *self = g_atomic_rc_box_new0 (TtecommInstallation);

  self->is_protected = is_protected;
  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_central_unit_free);
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_person_free);
  self->integrators = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_integrator_free);
  return self;
}

TtecommInstallation *
ttecomm_installation_ref (TtecommInstallation *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
installation_clear (TtecommInstallation *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->language);
  g_free (self->prosoft);
  g_free (self->ttcloud_id);
  g_clear_pointer (&self->modified, g_date_time_unref);
  g_clear_pointer (&self->transmitted, g_date_time_unref);
  g_ptr_array_unref (self->units);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->integrators);
}

void
ttecomm_installation_unref (TtecommInstallation *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)installation_clear);
}

static gboolean
fail_range (GError **error, const char *name, const char *wanted)
{
  g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, "member \"%s\" must be %s",
               name, wanted);
  return FALSE;
}

static gboolean
consists_of (const char *text, const char *allowed)
{
  return *text != '\0' && strspn (text, allowed) == strlen (text);
}

static gboolean
take_id (TtecommInstallation *self, JsonObject *inst, GError **error)
{
  const char *id = NULL;

  if (!ttecomm_json_get_string (inst, "id", MAX_NAME, &id, error))
    return FALSE;
  if (!g_uuid_string_is_valid (id))
    return fail_range (error, "id", "a UUID");
  self->id = g_strdup (id);
  return TRUE;
}

/* Versions are compared as numbers, so nothing else may pass. */
static gboolean
take_version (TtecommInstallation *self, JsonObject *inst, GError **error)
{
  const char *version = NULL;

  if (!ttecomm_json_get_string (inst, "prosoft", MAX_VERSION, &version, error))
    return FALSE;
  if (!consists_of (version, G_CSET_DIGITS ".") || *version == '.'
      || g_str_has_suffix (version, ".") || strstr (version, "..") != NULL)
    return fail_range (error, "prosoft", "numbers with dots between them, such as 5.1.2.0");
  self->prosoft = g_strdup (version);
  return TRUE;
}

static gboolean
take_ttcloud (TtecommInstallation *self, JsonObject *inst, GError **error)
{
  JsonObject *ttcloud = NULL;
  const char *id = NULL;

  if (!ttecomm_json_get_object (inst, "ttcloud", &ttcloud, error)
      || !ttecomm_json_get_boolean (ttcloud, "connected", &self->connected, error)
      || !ttecomm_json_get_optional_string (ttcloud, "id", MAX_TTCLOUD_ID, &id, error))
    return FALSE;
  if (id != NULL && !consists_of (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-"))
    return fail_range (error, "ttcloud.id", "1 to 64 letters, digits, _ and -");
  if (self->connected && id == NULL)
    return fail_range (error, "ttcloud.id", "given, since the installation is connected");
  self->ttcloud_id = g_strdup (id);
  return TRUE;
}

/* GDateTime takes more forms of ISO 8601 than RFC 3339 has: weeks, no separators, no zone. */
static gboolean
looks_like_rfc3339 (const char *text)
{
  static const char shape[] = "0000-00-00T00:00:00";
  const char *rest;

  for (gsize i = 0; i < sizeof shape - 1; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  rest = text + sizeof shape - 1;
  if (*rest == '.')
    {
      gsize digits = strspn (rest + 1, G_CSET_DIGITS);

      if (digits == 0)
        return FALSE;
      rest += 1 + digits;
    }
  if (*rest == 'Z')
    return rest[1] == '\0';
  return (*rest == '+' || *rest == '-') && strlen (rest) == 6 && g_ascii_isdigit (rest[1])
         && g_ascii_isdigit (rest[2]) && rest[3] == ':' && g_ascii_isdigit (rest[4])
         && g_ascii_isdigit (rest[5]);
}

static gboolean
take_instant (JsonObject *inst, const char *name, GDateTime **out, GError **error)
{
  const char *text = NULL;

  if (!ttecomm_json_get_optional_string (inst, name, MAX_INSTANT, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  *out = looks_like_rfc3339 (text) ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  if (*out == NULL)
    return fail_range (error, name, "a date and time as RFC 3339 has them");
  return TRUE;
}

static gboolean
take_transmitted (TtecommInstallation *self,
                  JsonObject *inst,
                  const char *users_digest,
                  GError **error)
{
  const char *digest = NULL;

  if (!take_instant (inst, "transmitted", &self->transmitted, error)
      || !ttecomm_json_get_optional_string (inst, "transmitted_users_sha256", DIGEST_HEX, &digest,
                                            error))
    return FALSE;
  if (digest != NULL
      && (strlen (digest) != DIGEST_HEX || !consists_of (digest, "0123456789abcdefABCDEF")))
    return fail_range (error, "transmitted_users_sha256", "64 hexadecimal digits");
  self->users_transmitted = self->transmitted != NULL && digest != NULL && users_digest != NULL
                            && g_ascii_strcasecmp (digest, users_digest) == 0;
  return TRUE;
}

gboolean
ttecomm_installation_take_inst (TtecommInstallation *self,
                                JsonObject *inst,
                                const char *users_digest,
                                GError **error)
{
  return take_id (self, inst, error)
         && ttecomm_clean_take_text (inst, "name", MAX_NAME, &self->name, error)
         && ttecomm_clean_take_optional_text (inst, "language", MAX_LANGUAGE, &self->language,
                                              error)
         && take_version (self, inst, error) && take_ttcloud (self, inst, error)
         && take_instant (inst, "modified", &self->modified, error)
         && take_transmitted (self, inst, users_digest, error);
}

/* Adds every element; an error is prefixed with the element's place, as in "people[3]: ". */
static gboolean
take_elements (JsonArray *array,
               const char *name,
               gpointer (*new_from_json) (JsonObject *, GError **),
               GPtrArray *out,
               GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = NULL;
      gpointer element = NULL;

      if (ttecomm_json_array_get_object (array, i, &object, error))
        element = new_from_json (object, error);
      if (element == NULL)
        {
          g_prefix_error (error, "%s[%u]: ", name, i);
          return FALSE;
        }
      g_ptr_array_add (out, element);
    }
  return TRUE;
}

static gpointer
new_unit (JsonObject *object, GError **error)
{
  return ttecomm_central_unit_new_from_json (object, error);
}

static gpointer
new_person (JsonObject *object, GError **error)
{
  return ttecomm_person_new_from_json (object, error);
}

static gpointer
new_integrator (JsonObject *object, GError **error)
{
  return ttecomm_integrator_new_from_json (object, error);
}

gboolean
ttecomm_installation_take_units (TtecommInstallation *self, JsonArray *units, GError **error)
{
  return take_elements (units, "units", new_unit, self->units, error);
}

gboolean
ttecomm_installation_take_users (TtecommInstallation *self, JsonObject *users, GError **error)
{
  JsonArray *people = NULL;
  JsonArray *integrators = NULL;

  if (!ttecomm_json_get_array (users, "people", TTECOMM_INSTALLATION_MAX_PEOPLE, &people, error)
      || !ttecomm_json_get_array (users, "integrators", TTECOMM_INSTALLATION_MAX_INTEGRATORS,
                                  &integrators, error)
      || !take_elements (people, "people", new_person, self->people, error)
      || !take_elements (integrators, "integrators", new_integrator, self->integrators, error))
    return FALSE;
  self->roles_known = TRUE;
  return TRUE;
}
