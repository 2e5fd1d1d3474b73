/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/tokens.h"

#include "api/ttcloud/fields.h"
#include "api/ttcloud/secret-store.h"
#include "api/ttcloud/secret.h"
#include "base/json.h"

#include <string.h>

#define MAX_TOKEN 512
#define MAX_LIFETIME 86400
/* RFC 6750: what may stand behind "Bearer" in a header. */
#define TOKEN_CHARS TTECOMM_CHARS_ALNUM "-._~+/="
#define FORMAT 1

static gboolean
read_token (JsonObject *object, const char *name, char **out, GError **error)
{
  return ttecomm_field_word (object, name, TOKEN_CHARS, 1, MAX_TOKEN, out, error);
}

TtecommTokens *
ttecomm_tokens_from_json (JsonObject *object, gint64 now, GError **error)
{
  g_autoptr (TtecommTokens) self = g_new0 (TtecommTokens, 1);
  const char *type = NULL;
  gint64 lifetime = 0;

  if (!ttecomm_json_get_string (object, "token_type", 16, &type, error)
      || !ttecomm_json_get_int (object, "expires_in", 1, MAX_LIFETIME, &lifetime, error)
      || !read_token (object, "access_token", &self->access, error)
      || !read_token (object, "refresh_token", &self->refresh, error))
    return NULL;
  if (g_ascii_strcasecmp (type, "Bearer") != 0)
    {
      g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                           "member \"token_type\" is not Bearer");
      return NULL;
    }
  self->expires = now > 0 ? now + lifetime : 0;
  return g_steal_pointer (&self);
}

/* json-glib would leave copies of the tokens behind, so the text is made here. Tokens need no
 * escapes; an address may. */
static void
append_member (GString *text, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (text, ",\"%s\":\"", name);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

GBytes *
ttecomm_tokens_serialize (const TtecommTokens *self, GError **error)
{
  GString *text;
  gsize length;
  g_autoptr (TtecommSecret) secret = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  /* as long as it can get: a buffer that grew would leave a copy behind */
  text = g_string_sized_new (2 * TTECOMM_SECRET_MAX);
  g_string_append_printf (text, "{\"v\":%d,\"expires\":%" G_GINT64_FORMAT, FORMAT, self->expires);
  append_member (text, "refresh", self->refresh);
  append_member (text, "access", self->access);
  append_member (text, "account", self->account_id);
  append_member (text, "email", self->email);
  g_string_append_c (text, '}');
  length = text->len;
  secret = g_string_free (text, FALSE);
  if (length > TTECOMM_SECRET_MAX)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TOO_LARGE,
                   "The sign-in needs %" G_GSIZE_FORMAT " bytes; at most %d can be kept", length,
                   TTECOMM_SECRET_MAX);
      return NULL;
    }
  return ttecomm_secret_bytes_new_take (g_steal_pointer (&secret));
}

TtecommTokens *
ttecomm_tokens_deserialize (GBytes *secret, GError **error)
{
  g_autoptr (TtecommTokens) self = g_new0 (TtecommTokens, 1);
  g_autoptr (JsonObject) object = NULL;
  gsize length = 0;
  const char *text;
  gint64 version = 0;

  g_return_val_if_fail (secret != NULL, NULL);

  text = g_bytes_get_data (secret, &length);
  object = ttecomm_json_parse_object (text, length, TTECOMM_SECRET_MAX, error);
  if (object == NULL || !ttecomm_json_get_int (object, "v", FORMAT, FORMAT, &version, error)
      || !ttecomm_json_get_int (object, "expires", 0, G_MAXINT64, &self->expires, error)
      || !ttecomm_field_optional_word (object, "refresh", TOKEN_CHARS, 1, MAX_TOKEN, &self->refresh,
                                       error)
      || !ttecomm_field_optional_word (object, "access", TOKEN_CHARS, 1, MAX_TOKEN, &self->access,
                                       error)
      || !ttecomm_field_optional_word (object, "account", TTECOMM_CHARS_ID, 1, TTECOMM_ID_MAX,
                                       &self->account_id, error)
      || !ttecomm_field_optional_text (object, "email", TTECOMM_EMAIL_MAX, &self->email, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommTokens *
ttecomm_tokens_copy (const TtecommTokens *self)
{
  TtecommTokens *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (TtecommTokens, 1);
  copy->refresh = g_strdup (self->refresh);
  copy->access = g_strdup (self->access);
  copy->expires = self->expires;
  copy->account_id = g_strdup (self->account_id);
  copy->email = g_strdup (self->email);
  return copy;
}

void
ttecomm_tokens_free (TtecommTokens *self)
{
  if (self == NULL)
    return;
  ttecomm_secret_free (self->refresh);
  ttecomm_secret_free (self->access);
  g_free (self->account_id);
  g_free (self->email);
  g_free (self);
}
