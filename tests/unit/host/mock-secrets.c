/* SPDX-License-Identifier: MIT */
#include "tests/unit/host/mock-secrets.h"

#include <string.h>

#define NAME "org.freedesktop.secrets"
#define IFACE "org.freedesktop.Secret."
#define SESSION "/org/freedesktop/secrets/session/1"
#define PROMPT "/org/freedesktop/secrets/prompt/1"
#define ITEMS "/org/freedesktop/secrets/collection/login/"
#define SCHEMA "be.teletask.prosoft.secret"

typedef struct
{
  char *key;    /* (owned) */
  char *schema; /* (owned) */
  GBytes *text; /* (owned) */
} Item;

struct _MockSecrets
{
  char *address;               /* (owned) */
  GDBusConnection *connection; /* (owned) (nullable) NULL: not on the bus */
  GMutex lock;                 /* of all below */
  GHashTable *moods;           /* (owned) method, MockMood */
  GHashTable *calls;           /* (owned) method, how often */
  GHashTable *items;           /* (owned) path, Item */
  guint last_item;
  MockLock locked;
  GVariant *asked; /* (owned) (nullable) the paths that the person is asked for */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->key);
  g_free (item->schema);
  g_bytes_unref (item->text);
  g_free (item);
}

/* Replaces what has the same key; Under the lock. */
static void
put_item (MockSecrets *self, const char *key, const char *schema, gconstpointer text, gsize size)
{
  GHashTableIter iter;
  gpointer path, value;
  char *at = NULL;
  Item *item = g_new0 (Item, 1);

  item->key = g_strdup (key);
  item->schema = g_strdup (schema);
  item->text = g_bytes_new (text, size);
  g_hash_table_iter_init (&iter, self->items);
  while (at == NULL && g_hash_table_iter_next (&iter, &path, &value))
    {
      if (g_strcmp0 (((Item *)value)->key, key) == 0)
        at = g_strdup (path);
    }
  if (at == NULL)
    at = g_strdup_printf (ITEMS "%u", ++self->last_item);
  g_hash_table_replace (self->items, at, item);
}

/* --- methods: the body of the reply, or NULL and the name of an error --------------------------
 */

static GVariant *
open_session (GVariant *body, const char **error)
{
  const char *algorithm;

  g_variant_get_child (body, 0, "&s", &algorithm);
  if (g_strcmp0 (algorithm, "plain") == 0)
    return g_variant_new ("(vo)", g_variant_new_string (""), SESSION);
  *error = "org.freedesktop.DBus.Error.NotSupported";
  return NULL;
}

static GVariant *
search_items (MockSecrets *self, GVariant *body)
{
  g_autoptr (GVariant) attributes = g_variant_get_child_value (body, 0);
  GVariantBuilder open, locked;
  GHashTableIter iter;
  gpointer path, value;
  const char *key = NULL, *schema = NULL;

  g_variant_lookup (attributes, "key", "&s", &key);
  g_variant_lookup (attributes, "xdg:schema", "&s", &schema);
  g_variant_builder_init (&open, G_VARIANT_TYPE ("ao"));
  g_variant_builder_init (&locked, G_VARIANT_TYPE ("ao"));
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const Item *item = value;

      if (g_strcmp0 (item->key, key) == 0 && g_strcmp0 (item->schema, schema) == 0)
        g_variant_builder_add (self->locked == MOCK_OPEN ? &open : &locked, "o", path);
    }
  return g_variant_new ("(aoao)", &open, &locked);
}

static GVariant *
unlock (MockSecrets *self, GVariant *body)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (body, 0);

  if (self->locked == MOCK_OPEN)
    return g_variant_new ("(@aoo)", paths, "/");
  if (self->locked == MOCK_REFUSES)
    return g_variant_new ("(@aoo)", g_variant_new_objv (NULL, 0), "/");
  g_clear_pointer (&self->asked, g_variant_unref);
  self->asked = g_steal_pointer (&paths);
  return g_variant_new ("(@aoo)", g_variant_new_objv (NULL, 0), PROMPT);
}

static GVariant *
get_secrets (MockSecrets *self, GVariant *body)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (body, 0);
  GVariantBuilder secrets;

  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  for (gsize i = 0; i < g_variant_n_children (paths); i++)
    {
      const char *path;
      const Item *item;

      g_variant_get_child (paths, i, "&o", &path);
      item = g_hash_table_lookup (self->items, path);
      if (item != NULL && self->locked == MOCK_OPEN)
        g_variant_builder_add (&secrets, "{o(o@ay@ays)}", path, SESSION,
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                               g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, item->text,
                                                         TRUE),
                               "text/plain");
    }
  return g_variant_new ("(a{o(oayays)})", &secrets);
}

static GVariant *
create_item (MockSecrets *self, GVariant *body, const char **error)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (body, 0);
  g_autoptr (GVariant) attributes = NULL;
  g_autoptr (GVariant) secret = g_variant_get_child_value (body, 1);
  g_autoptr (GVariant) text = g_variant_get_child_value (secret, 2);
  const char *key = NULL, *schema = NULL;
  gsize size;
  const void *bytes = g_variant_get_fixed_array (text, &size, 1);

  if (self->locked != MOCK_OPEN)
    {
      *error = IFACE "Error.IsLocked";
      return NULL;
    }
  attributes
      = g_variant_lookup_value (properties, IFACE "Item.Attributes", G_VARIANT_TYPE ("a{ss}"));
  g_variant_lookup (attributes, "key", "&s", &key);
  g_variant_lookup (attributes, "xdg:schema", "&s", &schema);
  put_item (self, key, schema, bytes, size);
  /* Nobody looks at the path, only that there is one. */
  return g_variant_new ("(oo)", ITEMS "1", "/");
}

static GVariant *
delete_item (MockSecrets *self, const char *path, const char **error)
{
  if (g_hash_table_remove (self->items, path))
    return g_variant_new ("(o)", "/");
  *error = IFACE "Error.NoSuchObject";
  return NULL;
}

static GVariant *
dispatch (MockSecrets *self, GDBusMessage *message, const char **error)
{
  const char *method = g_dbus_message_get_member (message);
  GVariant *body = g_dbus_message_get_body (message);

  if (g_str_equal (method, "GetAll"))
    return g_variant_new ("(a{sv})", NULL);
  if (g_str_equal (method, "OpenSession"))
    return open_session (body, error);
  if (g_str_equal (method, "SearchItems"))
    return search_items (self, body);
  if (g_str_equal (method, "Unlock"))
    return unlock (self, body);
  if (g_str_equal (method, "GetSecrets"))
    return get_secrets (self, body);
  if (g_str_equal (method, "CreateItem"))
    return create_item (self, body, error);
  if (g_str_equal (method, "Delete"))
    return delete_item (self, g_dbus_message_get_path (message), error);
  if (g_str_equal (method, "Prompt") || g_str_equal (method, "Dismiss"))
    return g_variant_new ("()");
  *error = "org.freedesktop.DBus.Error.UnknownMethod";
  return NULL;
}

/* --- the bus -----------------------------------------------------------------------------------
 */

static void
count_call (MockSecrets *self, const char *method)
{
  guint calls = GPOINTER_TO_UINT (g_hash_table_lookup (self->calls, method));

  g_hash_table_replace (self->calls, g_strdup (method), GUINT_TO_POINTER (calls + 1));
}

/* In GDBus's thread. */
static GDBusMessage *
on_message (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  MockSecrets *self = data;
  const char *error = NULL;
  g_autoptr (GDBusMessage) reply = NULL;
  GVariant *body = NULL;
  MockMood mood;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_mutex_lock (&self->lock);
  count_call (self, g_dbus_message_get_member (message));
  mood = (MockMood)GPOINTER_TO_UINT (
      g_hash_table_lookup (self->moods, g_dbus_message_get_member (message)));
  if (mood == MOCK_WELL)
    body = dispatch (self, message, &error);
  else
    error = "org.freedesktop.DBus.Error.Failed";
  g_mutex_unlock (&self->lock);
  if (body != NULL)
    {
      reply = g_dbus_message_new_method_reply (message);
      g_dbus_message_set_body (reply, body);
    }
  else
    reply = g_dbus_message_new_method_error_literal (message, error, "as the test wants it");
  if (mood != MOCK_HANGS)
    g_dbus_connection_send_message (connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (message);
  return NULL;
}

void
mock_secrets_appear (MockSecrets *self)
{
  GError *error = NULL;
  g_autoptr (GVariant) owned = NULL;

  self->connection = g_dbus_connection_new_for_address_sync (
      self->address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (self->connection, on_message, self, NULL);
  owned = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", NAME, 4), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

void
mock_secrets_vanish (MockSecrets *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
}

gboolean
mock_secrets_is_asking (MockSecrets *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->asked != NULL && g_hash_table_contains (self->calls, "Prompt");
}

void
mock_secrets_reply (MockSecrets *self, gboolean unlocks)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GVariant) asked = g_steal_pointer (&self->asked);
  GError *error = NULL;

  if (unlocks)
    self->locked = MOCK_OPEN;
  /* Some services send a text when nothing was unlocked. */
  g_dbus_connection_emit_signal (self->connection, NULL, PROMPT, IFACE "Prompt", "Completed",
                                 g_variant_new ("(bv)", !unlocks,
                                                unlocks ? asked : g_variant_new_string ("")),
                                 &error);
  g_assert_no_error (error);
  g_hash_table_remove (self->calls, "Prompt");
}

/* --- life --------------------------------------------------------------------------------------
 */

MockSecrets *
mock_secrets_new (const char *bus_address)
{
  MockSecrets *self = g_new0 (MockSecrets, 1);

  self->address = g_strdup (bus_address);
  g_mutex_init (&self->lock);
  self->moods = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, item_free);
  return self;
}

void
mock_secrets_free (MockSecrets *self)
{
  if (self->connection != NULL)
    mock_secrets_vanish (self);
  g_free (self->address);
  g_hash_table_unref (self->moods);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->items);
  g_clear_pointer (&self->asked, g_variant_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
mock_secrets_set_mood (MockSecrets *self, const char *method, MockMood mood)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_replace (self->moods, g_strdup (method), GUINT_TO_POINTER ((guint)mood));
}

void
mock_secrets_set_lock (MockSecrets *self, MockLock lock)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->locked = lock;
}

guint
mock_secrets_count_calls (MockSecrets *self, const char *method)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->calls, method));
}

guint
mock_secrets_count (MockSecrets *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_hash_table_size (self->items);
}

char *
mock_secrets_get (MockSecrets *self, const char *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Item *item = value;

      if (g_str_equal (item->key, key))
        return g_strndup (g_bytes_get_data (item->text, NULL), g_bytes_get_size (item->text));
    }
  return NULL;
}

void
mock_secrets_put (MockSecrets *self, const char *key, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  put_item (self, key, SCHEMA, text, strlen (text));
}
