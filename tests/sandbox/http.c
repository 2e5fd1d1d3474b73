/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/http.h"

#include <string.h>

#include "base/json.h"

/* -- reading -- */

static gboolean
add_pair (GHashTable *form, const char *pair, GError **error)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *raw_name = NULL;
  g_autofree char *raw_value = NULL;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (*pair == '\0')
    return TRUE;
  raw_name = equals != NULL ? g_strndup (pair, (gsize)(equals - pair)) : g_strdup (pair);
  raw_value = g_strdup (equals != NULL ? equals + 1 : "");
  g_strdelimit (raw_name, "+", ' ');
  g_strdelimit (raw_value, "+", ' ');
  name = g_uri_unescape_string (raw_name, NULL);
  value = g_uri_unescape_string (raw_value, NULL);
  if (name == NULL || value == NULL || !g_utf8_validate (name, -1, NULL)
      || !g_utf8_validate (value, -1, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "a parameter is not percent-encoded UTF-8");
      return FALSE;
    }
  if (g_hash_table_contains (form, name))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the parameter \"%s\" occurs twice",
                   name);
      return FALSE;
    }
  g_hash_table_insert (form, g_steal_pointer (&name), g_steal_pointer (&value));
  return TRUE;
}

GHashTable *
sandbox_http_parse_form (const char *text, gsize length, GError **error)
{
  g_autoptr (GHashTable) form = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) pairs = g_strsplit (copy, "&", 64);

  for (gsize i = 0; pairs[i] != NULL; i++)
    if (!add_pair (form, pairs[i], error))
      return NULL;
  return g_steal_pointer (&form);
}

static gboolean
has_media_type (SandboxExchange *self, const char *wanted)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && g_ascii_strcasecmp (type, wanted) == 0;
}

gboolean
sandbox_exchange_read_form (SandboxExchange *self, GError **error)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);

  if (!has_media_type (self, "application/x-www-form-urlencoded"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the body must be application/x-www-form-urlencoded");
      return FALSE;
    }
  g_clear_pointer (&self->form, g_hash_table_unref);
  self->form
      = sandbox_http_parse_form (body->data != NULL ? body->data : "", (gsize)body->length, error);
  return self->form != NULL;
}

const char *
sandbox_exchange_form (SandboxExchange *self, const char *name)
{
  return self->form != NULL ? g_hash_table_lookup (self->form, name) : NULL;
}

GHashTable *
sandbox_exchange_query (SandboxExchange *self, GError **error)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));

  return sandbox_http_parse_form (query != NULL ? query : "", query != NULL ? strlen (query) : 0,
                                  error);
}

char *
sandbox_exchange_cookie (SandboxExchange *self, const char *name)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *all = soup_message_headers_get_list (headers, "Cookie");
  g_auto (GStrv) pairs = g_strsplit (all != NULL ? all : "", ";", 64);
  gsize length = strlen (name);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      const char *pair = g_strstrip (pairs[i]);

      if (g_str_has_prefix (pair, name) && pair[length] == '=')
        return g_strdup (pair + length + 1);
    }
  return NULL;
}

JsonObject *
sandbox_exchange_read_json (SandboxExchange *self)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  if (!has_media_type (self, "application/json"))
    {
      sandbox_exchange_problem (self, "invalid", "The body must be application/json.");
      return NULL;
    }
  object = ttecomm_json_parse_object (body->data != NULL ? body->data : "", (gsize)body->length,
                                      SANDBOX_MAX_BODY, &error);
  if (object == NULL)
    sandbox_exchange_problem (self, "invalid", "%s", error->message);
  return object;
}

gboolean
sandbox_exchange_only_members (SandboxExchange *self, JsonObject *object, const char *const *names)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (names, l->data))
      {
        sandbox_exchange_problem (self, "invalid", "The member \"%s\" is not known here.",
                                  (const char *)l->data);
        return FALSE;
      }
  return TRUE;
}

gboolean
sandbox_exchange_is_id (const char *text)
{
  gsize length = strlen (text);

  return length >= 1 && length <= 64
         && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == length;
}

/* -- building -- */

JsonBuilder *
sandbox_json_new (void)
{
  return json_builder_begin_object (json_builder_new ());
}

void
sandbox_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
sandbox_json_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
sandbox_json_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

char *
sandbox_json_finish (JsonBuilder *builder)
{
  g_autoptr (JsonBuilder) owned = builder;
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (owned);
  root = json_builder_get_root (owned);
  return ttecomm_json_to_text (root);
}

/* -- answering -- */

void
sandbox_exchange_reply (SandboxExchange *self,
                        guint status,
                        const char *media_type,
                        const char *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_server_message_set_status (self->message, status, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_response (self->message, media_type, SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
reply_object (SandboxExchange *self, guint status, const char *media_type, JsonBuilder *builder)
{
  g_autofree char *today = sandbox_clock_today_text (&self->world->clock);
  g_autofree char *body = NULL;

  sandbox_json_string (builder, "server_today", today);
  body = sandbox_json_finish (builder);
  sandbox_exchange_reply (self, status, media_type, body);
}

void
sandbox_exchange_reply_json (SandboxExchange *self, guint status, JsonBuilder *builder)
{
  reply_object (self, status, "application/json", builder);
}

static const struct
{
  const char *name;
  guint status;
  const char *title;
} problems[] = {
  { "not_signed_in", 401, "Sign in first" },
  { "role", 403, "Your role does not allow this" },
  { "not_found", 404, "Not found" },
  { "invalid", 400, "The request is not as the contract says" },
  { "not_connected", 409, "The installation is not connected to TTcloud" },
  { "prosoft_too_old", 409, "The installation needs a newer PROSOFT" },
  { "account_incomplete", 409, "The account is not complete" },
  { "card_not_verified", 409, "There is no verified card on file" },
  { "already_subscribed", 409, "There is a subscription already" },
  { "quote_changed", 409, "The preview would differ now" },
  { "quote_expired", 409, "The preview was for another day" },
  { "idempotency_conflict", 409, "This key came with another request before" },
  { "conflict", 409, "This does not fit the present state" },
  { "too_many", 429, "Too many requests" },
  { "internal", 500, "The sandbox failed" },
};

void
sandbox_exchange_problem_full (SandboxExchange *self,
                               const char *name,
                               guint status,
                               const char *detail,
                               JsonArray *blockers)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autofree char *type = g_strconcat ("urn:ttecomm:problem:", name, NULL);
  gsize i = 0;

  while (i < G_N_ELEMENTS (problems) - 1 && !g_str_equal (problems[i].name, name))
    i++;
  if (status == 0)
    status = problems[i].status;
  sandbox_json_string (builder, "type", type);
  sandbox_json_string (builder, "title", problems[i].title);
  sandbox_json_int (builder, "status", status);
  sandbox_json_string (builder, "detail", detail);
  if (blockers != NULL)
    {
      JsonNode *node = json_node_init_array (json_node_alloc (), blockers);

      json_array_unref (blockers);
      json_builder_set_member_name (builder, "blockers");
      json_builder_add_value (builder, node);
    }
  reply_object (self, status, "application/problem+json", builder);
  if (status == 401)
    soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                  "WWW-Authenticate", "Bearer realm=\"ttcloud\"");
}

void
sandbox_exchange_problem (SandboxExchange *self, const char *name, const char *format, ...)
{
  va_list arguments;
  g_autofree char *detail = NULL;

  va_start (arguments, format);
  detail = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sandbox_exchange_problem_full (self, name, 0, detail, NULL);
}

void
sandbox_exchange_redirect (SandboxExchange *self, const char *location)
{
  sandbox_exchange_reply (self, SOUP_STATUS_SEE_OTHER, "text/plain; charset=utf-8", "");
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Location", location);
}
