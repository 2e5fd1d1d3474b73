/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/kept.h"

#include "api/ttcloud/fields.h"
#include "api/ttcloud/origin.h"
#include "api/ttcloud/secret-store.h"
#include "api/ttcloud/secret-text.h"
#include "base/json.h"

#include <string.h>

#define FORMAT 2
#define MAX_ORIGIN 300
#define MAX_TIME G_GINT64_CONSTANT (32503679999) /* the year 2999 */

/* json-glib would leave copies of the tokens behind, so the text is made here. Tokens and addresses
 * of end points need no escapes; a person's address may. */
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

static void
append_uri (GString *text, const char *name, GUri *uri)
{
  g_autofree char *value = g_uri_to_string (uri);

  append_member (text, name, value);
}

static void
append_tokens (GString *text, const TtecommTokens *tokens)
{
  g_string_append_printf (text, ",\"serial\":%" G_GINT64_FORMAT ",\"expires\":%" G_GINT64_FORMAT,
                          tokens->serial, tokens->expires);
  append_member (text, "refresh", tokens->refresh);
  append_member (text, "access", tokens->access);
  append_member (text, "account", tokens->account_id);
  append_member (text, "email", tokens->email);
}

static void
append_discovery (GString *text, const TtecommDiscovery *discovery, gint64 discovered)
{
  g_string_append_printf (text, ",\"discovery\":{\"at\":%" G_GINT64_FORMAT, discovered);
  append_uri (text, "authorization_endpoint", discovery->authorization);
  append_uri (text, "token_endpoint", discovery->token);
  append_uri (text, "revocation_endpoint", discovery->revocation);
  g_string_append_c (text, '}');
}

/* (transfer full): of any length */
static char *
write_text (const TtecommTokens *tokens,
            const TtecommDiscovery *discovery,
            gint64 discovered,
            GUri *origin)
{
  /* longer than it can get: a buffer that grew would leave a copy behind */
  GString *text = g_string_sized_new (2 * TTECOMM_SECRET_MAX + 4 * TTECOMM_URL_MAX);

  g_string_append_printf (text, "{\"v\":%d", FORMAT);
  append_uri (text, "origin", origin);
  if (tokens != NULL)
    append_tokens (text, tokens);
  else
    g_string_append (text, ",\"nobody\":true");
  if (discovery != NULL)
    append_discovery (text, discovery, discovered);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

GBytes *
ttecomm_kept_write (const TtecommTokens *tokens,
                    const TtecommDiscovery *discovery,
                    gint64 discovered,
                    GUri *origin,
                    GError **error)
{
  g_autoptr (TtecommSecretText) text = NULL;

  g_return_val_if_fail (origin != NULL, NULL);

  text = write_text (tokens, tokens != NULL ? discovery : NULL, discovered, origin);
  if (strlen (text) > TTECOMM_SECRET_MAX && discovery != NULL)
    {
      g_clear_pointer (&text, ttecomm_secret_text_free);
      text = write_text (tokens, NULL, 0, origin);
    }
  if (strlen (text) > TTECOMM_SECRET_MAX)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TOO_LARGE,
                   "The sign-in needs %" G_GSIZE_FORMAT " bytes; at most %d can be kept",
                   strlen (text), TTECOMM_SECRET_MAX);
      return NULL;
    }
  return ttecomm_secret_text_free_to_bytes (g_steal_pointer (&text));
}

static gboolean
check_origin (JsonObject *object, GUri *origin, GError **error)
{
  g_autofree char *expected = g_uri_to_string (origin);
  const char *kept = NULL;

  if (!ttecomm_json_get_string (object, "origin", MAX_ORIGIN, &kept, error))
    return FALSE;
  if (strcmp (kept, expected) == 0)
    return TRUE;
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                       "member \"origin\" is not the TTcloud of the settings");
  return FALSE;
}

static gboolean
read_token (JsonObject *object, const char *name, char **out, GError **error)
{
  return ttecomm_field_optional_word (object, name, TTECOMM_TOKEN_CHARS, 1, TTECOMM_TOKEN_MAX, out,
                                      error);
}

static TtecommTokens *
read_tokens (JsonObject *object, GError **error)
{
  g_autoptr (TtecommTokens) tokens = g_new0 (TtecommTokens, 1);

  if (!ttecomm_json_get_int (object, "serial", 0, TTECOMM_TOKENS_SERIAL_MAX, &tokens->serial, error)
      || !ttecomm_json_get_int (object, "expires", 0, G_MAXINT64, &tokens->expires, error)
      || !read_token (object, "refresh", &tokens->refresh, error)
      || !read_token (object, "access", &tokens->access, error)
      || !ttecomm_field_optional_word (object, "account", TTECOMM_CHARS_ID, 1, TTECOMM_ID_MAX,
                                       &tokens->account_id, error)
      || !ttecomm_field_optional_text (object, "email", TTECOMM_EMAIL_MAX, &tokens->email, error))
    return NULL;
  if (tokens->refresh != NULL || tokens->account_id != NULL)
    return g_steal_pointer (&tokens);
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_MISSING,
                       "there is neither a token nor an account");
  return NULL;
}

static gboolean
read_discovery (TtecommKept *self,
                JsonObject *object,
                GUri *origin,
                GUri *ttecomm_origin,
                GError **error)
{
  JsonObject *inner = NULL;

  if (!ttecomm_json_get_optional_object (object, "discovery", &inner, error))
    return FALSE;
  if (inner == NULL)
    return TRUE;
  if (!ttecomm_json_get_int (inner, "at", 0, MAX_TIME, &self->discovered, error))
    return FALSE;
  self->discovery = ttecomm_discovery_from_kept (inner, origin, ttecomm_origin, error);
  return self->discovery != NULL;
}

TtecommKept *
ttecomm_kept_read (GBytes *secret, GUri *origin, GUri *ttecomm_origin, GError **error)
{
  g_autoptr (TtecommKept) self = g_new0 (TtecommKept, 1);
  g_autoptr (JsonObject) object = NULL;
  gsize length = 0;
  const char *text;
  gint64 version = 0;
  gboolean is_nobody = FALSE;

  g_return_val_if_fail (secret != NULL && origin != NULL && ttecomm_origin != NULL, NULL);

  text = g_bytes_get_data (secret, &length);
  object = ttecomm_json_parse_object (text != NULL ? text : "", length, TTECOMM_SECRET_MAX, error);
  if (object == NULL || !ttecomm_json_get_int (object, "v", FORMAT, FORMAT, &version, error)
      || !check_origin (object, origin, error)
      || !ttecomm_json_get_optional_boolean (object, "nobody", FALSE, &is_nobody, error))
    return NULL;
  if (is_nobody)
    return g_steal_pointer (&self);
  self->tokens = read_tokens (object, error);
  if (self->tokens == NULL || !read_discovery (self, object, origin, ttecomm_origin, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
ttecomm_kept_free (TtecommKept *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->tokens, ttecomm_tokens_free);
  g_clear_pointer (&self->discovery, ttecomm_discovery_unref);
  g_free (self);
}
