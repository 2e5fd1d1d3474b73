/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/tokens.h"

#include "api/ttcloud/secret-text.h"
#include "base/json.h"

#include <string.h>

#define MAX_LIFETIME 86400

static gboolean
read_token (JsonObject *object, const char *name, char **out, GError **error)
{
  return ttecomm_field_word (object, name, TTECOMM_TOKEN_CHARS, 1, TTECOMM_TOKEN_MAX, out, error);
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

TtecommTokens *
ttecomm_tokens_copy (const TtecommTokens *self)
{
  TtecommTokens *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (TtecommTokens, 1);
  copy->refresh = g_strdup (self->refresh);
  copy->access = g_strdup (self->access);
  copy->expires = self->expires;
  copy->serial = self->serial;
  copy->account_id = g_strdup (self->account_id);
  copy->email = g_strdup (self->email);
  return copy;
}

void
ttecomm_tokens_free (TtecommTokens *self)
{
  if (self == NULL)
    return;
  ttecomm_secret_text_free (self->refresh);
  ttecomm_secret_text_free (self->access);
  g_free (self->account_id);
  g_free (self->email);
  g_free (self);
}
