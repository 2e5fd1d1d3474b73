/* SPDX-License-Identifier: MIT */
/* TtecommClient's lists: installations page by page, service flags by the hundred. */
#include "api/ttcloud/client-many.h"

#include "api/ttcloud/client-private.h"
#include "api/ttcloud/fields.h"
#include "base/json.h"

#include <string.h>

#define MAX_CURSOR 256
#define NONCE_LENGTH 22
#define MAX_STATEMENT 8192

static gboolean
refuse_answer (const char *what, GError **error)
{
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, what);
  return FALSE;
}

/* --- installations --- */

typedef struct
{
  char *cursor; /* (owned) (nullable) */
  guint limit;
} ExpectedPage;

static void
expected_page_free (gpointer data)
{
  ExpectedPage *expected = data;

  g_free (expected->cursor);
  g_free (expected);
}

static gboolean
check_page (const ExpectedPage *expected, const TtecommInstallationPage *page, GError **error)
{
  if (page->installations->len > expected->limit)
    return refuse_answer ("member \"installations\" has more than was asked for", error);
  if (page->next != NULL && g_strcmp0 (page->next, expected->cursor) == 0)
    return refuse_answer ("member \"next\" leads to the same page again", error);
  return TRUE;
}

static gpointer
read_page (const TtecommCall *call, JsonObject *object, GError **error)
{
  g_autoptr (TtecommInstallationPage) page = ttecomm_installation_page_from_json (object, error);

  if (page == NULL || !check_page (call->expected, page, error))
    return NULL;
  return g_steal_pointer (&page);
}

static gboolean
is_page (const char *cursor, guint limit)
{
  return limit >= 1 && limit <= TTECOMM_INSTALLATION_PAGE_MAX
         && (cursor == NULL || ttecomm_field_matches (cursor, TTECOMM_CHARS_ID, 1, MAX_CURSOR));
}

void
ttecomm_client_installations_async (TtecommClient *self,
                                    const char *cursor,
                                    guint limit,
                                    const TtecommLimits *limits,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *query = NULL;
  ExpectedPage *expected;
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!is_page (cursor, limit))
    {
      ttecomm_client_refuse (self, "a page has 1 to 200 installations, and a cursor of TTcloud's",
                             ttecomm_client_installations_async, callback, user_data);
      return;
    }
  query = cursor != NULL ? g_strdup_printf ("limit=%u&cursor=%s", limit, cursor)
                         : g_strdup_printf ("limit=%u", limit);
  expected = g_new0 (ExpectedPage, 1);
  expected->cursor = g_strdup (cursor);
  expected->limit = limit;
  call = ttecomm_client_make_call (self, "/v1/installations", query, NULL, limits, read_page,
                                   (GDestroyNotify)ttecomm_installation_page_free);
  ttecomm_call_expect (call, expected, expected_page_free);
  ttecomm_call_run_async (self, call, ttecomm_client_installations_async, cancellable, callback,
                          user_data);
}

TtecommInstallationPage *
ttecomm_client_installations_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_installations_async, NULL, error);
}

/* --- service flags --- */

static gboolean
is_jws (const char *text)
{
  return ttecomm_field_matches (text, TTECOMM_CHARS_ID ".", 1, MAX_STATEMENT);
}

static gpointer
read_statements (const TtecommCall *call, JsonObject *object, GError **error)
{
  const gsize *expected = call->expected;
  g_auto (GStrv) statements = NULL;
  GDate today;

  if (!ttecomm_field_date (object, "server_today", &today, error)
      || !ttecomm_field_strings (object, "statements", TTECOMM_SERVICE_FLAGS_MAX, MAX_STATEMENT,
                                 &statements, error))
    return NULL;
  if (g_strv_length (statements) != *expected)
    {
      refuse_answer ("member \"statements\" has not one for each that was asked for", error);
      return NULL;
    }
  for (gsize i = 0; i < *expected; i++)
    if (!is_jws (statements[i]))
      {
        refuse_answer ("member \"statements\" holds what is no compact JWS", error);
        return NULL;
      }
  return g_steal_pointer (&statements);
}

static gboolean
are_items (const TtecommServiceFlagItem *items, gsize n_items)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (n_items == 0 || n_items > TTECOMM_SERVICE_FLAGS_MAX)
    return FALSE;
  for (gsize i = 0; i < n_items; i++)
    if (!ttecomm_client_is_id (items[i].installation) || items[i].nonce == NULL
        || !ttecomm_field_matches (items[i].nonce, TTECOMM_CHARS_ID, NONCE_LENGTH, NONCE_LENGTH)
        || !g_hash_table_add (seen, (gpointer)items[i].installation))
      return FALSE;
  return TRUE;
}

static JsonBuilder *
make_body (const TtecommServiceFlagItem *items, gsize n_items)
{
  JsonBuilder *body = ttecomm_client_body_new ();

  json_builder_set_member_name (body, "items");
  json_builder_begin_array (body);
  for (gsize i = 0; i < n_items; i++)
    {
      json_builder_begin_object (body);
      ttecomm_client_body_add (body, "installation", items[i].installation);
      ttecomm_client_body_add (body, "nonce", items[i].nonce);
      json_builder_end_object (body);
    }
  json_builder_end_array (body);
  return body;
}

static void
free_statements (gpointer statements)
{
  g_strfreev (statements);
}

void
ttecomm_client_service_flags_async (TtecommClient *self,
                                    const TtecommServiceFlagItem *items,
                                    gsize n_items,
                                    const TtecommLimits *limits,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!are_items (items, n_items))
    {
      ttecomm_client_refuse (
          self, "service flags need 1 to 500 installations, each once and with a nonce",
          ttecomm_client_service_flags_async, callback, user_data);
      return;
    }
  call = ttecomm_client_make_call (self, "/v1/service-flags", NULL, make_body (items, n_items),
                                   limits, read_statements, free_statements);
  ttecomm_call_expect (call, g_memdup2 (&n_items, sizeof n_items), g_free);
  ttecomm_call_run_async (self, call, ttecomm_client_service_flags_async, cancellable, callback,
                          user_data);
}

GStrv
ttecomm_client_service_flags_finish (TtecommClient *self,
                                     GAsyncResult *result,
                                     TtecommTimings *timings,
                                     GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_service_flags_async, timings, error);
}
