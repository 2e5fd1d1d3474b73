/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/service-flag.h"

#include "base/json.h"
#include "tests/sandbox/api.h"
#include "tests/sandbox/scheduler.h"

#define MAX_ITEMS 500
#define MAX_BYTES (64 * 1024)
#define MAX_A_MINUTE 10000

/* What an account was given in a minute of the world's. */
typedef struct
{
  gint64 minute;
  guint count;
} Stated;

/* FALSE: too_many has been answered. */
static gboolean
may_state (SandboxExchange *exchange, guint n)
{
  gint64 now = sandbox_clock_now (&exchange->world->clock);
  Stated *stated = g_hash_table_lookup (exchange->world->stated, exchange->account->id);

  if (stated == NULL)
    {
      stated = g_new0 (Stated, 1);
      g_hash_table_insert (exchange->world->stated, g_strdup (exchange->account->id), stated);
    }
  if (stated->minute != now / 60)
    *stated = (Stated){ .minute = now / 60 };
  if (stated->count + n > MAX_A_MINUTE)
    {
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, 60 - now % 60);

      sandbox_exchange_problem (exchange, "too_many",
                                "At most %d statements a minute; ask again later.", MAX_A_MINUTE);
      soup_message_headers_replace (soup_server_message_get_response_headers (exchange->message),
                                    "Retry-After", seconds);
      return FALSE;
    }
  stated->count += n;
  return TRUE;
}

/* (transfer full) (nullable): the body; NULL: a problem has been answered */
static JsonObject *
read_body (SandboxExchange *exchange, JsonArray **items)
{
  static const char *const members[] = { "items", NULL };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;

  if (soup_server_message_get_request_body (exchange->message)->length > MAX_BYTES)
    {
      sandbox_exchange_problem_full (exchange, "invalid", SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                     "The body is larger than 64 KiB.", NULL);
      return NULL;
    }
  object = sandbox_exchange_read_json (exchange);
  if (object == NULL || !sandbox_exchange_only_members (exchange, object, members))
    return NULL;
  if (!ttecomm_json_get_array (object, "items", MAX_ITEMS, items, &error))
    sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
  else if (json_array_get_length (*items) == 0)
    sandbox_exchange_problem (exchange, "invalid", "items is empty.");
  else
    return g_steal_pointer (&object);
  return NULL;
}

typedef struct
{
  const char *installation;
  const char *nonce;
} Item;

/* (transfer full) (element-type Item) (nullable): NULL: a problem has been answered */
static GArray *
read_items (SandboxExchange *exchange, JsonArray *array)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (GError) error = NULL;
      JsonObject *object = NULL;
      Item item;

      if (!ttecomm_json_array_get_object (array, i, &object, &error))
        {
          sandbox_exchange_problem (exchange, "invalid", "items: %s", error->message);
          return NULL;
        }
      if (!sandbox_service_flag_read (exchange, object, &item.installation, &item.nonce))
        return NULL;
      if (!g_hash_table_add (seen, (gpointer)item.installation))
        {
          sandbox_exchange_problem (exchange, "invalid", "items has %s twice.", item.installation);
          return NULL;
        }
      g_array_append_val (items, item);
    }
  return g_steal_pointer (&items);
}

void
sandbox_api_service_flags (SandboxExchange *exchange)
{
  JsonArray *array = NULL;
  g_autoptr (JsonObject) object = read_body (exchange, &array);
  g_autoptr (GArray) items = object != NULL ? read_items (exchange, array) : NULL;
  g_autoptr (TtecommSchedule) schedule = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (items == NULL || !may_state (exchange, items->len))
    return;
  schedule = sandbox_scheduler_load (exchange->world);
  if (schedule == NULL)
    return;
  builder = sandbox_json_new ();
  json_builder_begin_array (json_builder_set_member_name (builder, "statements"));
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      g_autofree char *statement
          = sandbox_service_flag_state (exchange, schedule, item->installation, item->nonce);

      if (statement == NULL)
        return;
      json_builder_add_string_value (builder, statement);
    }
  json_builder_end_array (builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, g_steal_pointer (&builder));
}
