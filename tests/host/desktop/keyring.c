/* SPDX-License-Identifier: MIT */
/* For the object paths: libsecret's objects load more, and skip what is locked when they erase. */
#define SECRET_API_SUBJECT_TO_CHANGE

#include "tests/host/desktop/keyring.h"

#include <string.h>

/* Values are text in base64: not every service gives other bytes back as they were. */
#define MAX_TEXT 8192

static const SecretSchema schema = { "be.teletask.prosoft.secret",
                                     SECRET_SCHEMA_NONE,
                                     { { "key", SECRET_SCHEMA_ATTRIBUTE_STRING } } };

struct _DesktopKeyring /* counted: each call that runs has one, too */
{
  SecretService *service; /* (owned) (nullable) with a session that is open */
  gboolean was_there;
  KeyringServiceAsks asks; /* (nullable) NULL: freed */
  gpointer data;
};

typedef enum
{
  CALL_LOAD,
  CALL_STORE,
  CALL_ERASE
} CallKind;

typedef struct
{
  DesktopKeyring *keyring; /* (owned) */
  CallKind kind;
  char *key;          /* (owned) */
  SecretValue *value; /* (owned) (nullable) what to store */
  GStrv paths;        /* (owned) (nullable) what was found and is open */
  guint n_locked;     /* what was found and is not */
  guint n_erased;
  gboolean again; /* the second attempt */
} Call;

static void begin (GTask *task);

/* --- the end of a call ------------------------------------------------------------------------ */

static void
forget_service (DesktopKeyring *self)
{
  if (self->service == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->service, self);
  keyring_service_set_asks (self->service, NULL, NULL);
  g_clear_object (&self->service);
}

/* Another process has the name, or none: the session that was open is nobody's. */
static void
on_owner_changed (GObject *service, GParamSpec *property, gpointer data)
{
  forget_service (data);
}

static void
keyring_clear (gpointer data)
{
  forget_service (data);
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_rc_box_release_full (call->keyring, keyring_clear);
  g_free (call->key);
  g_clear_pointer (&call->value, secret_value_unref);
  g_strfreev (call->paths);
  g_free (call);
}

/* What the bus says when there is nobody (any more). */
static gboolean
is_nobody (const GError *error)
{
  static const GDBusError codes[] = { G_DBUS_ERROR_SERVICE_UNKNOWN,
                                      G_DBUS_ERROR_NAME_HAS_NO_OWNER,
                                      G_DBUS_ERROR_NO_REPLY,
                                      G_DBUS_ERROR_DISCONNECTED,
                                      G_DBUS_ERROR_SPAWN_EXEC_FAILED,
                                      G_DBUS_ERROR_SPAWN_CHILD_EXITED,
                                      G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
                                      G_DBUS_ERROR_SPAWN_FAILED,
                                      G_DBUS_ERROR_SPAWN_SERVICE_INVALID,
                                      G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
                                      G_DBUS_ERROR_SPAWN_FILE_INVALID };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, G_DBUS_ERROR, (int)codes[i]))
        return TRUE;
    }
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* @error: (transfer full) */
static void
fail (GTask *task, GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (!call->again && is_nobody (error)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      /* It may have been started anew. */
      g_error_free (error);
      call->again = TRUE;
      g_clear_pointer (&call->paths, g_strfreev);
      call->n_locked = call->n_erased = 0;
      forget_service (call->keyring);
      begin (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
fail_with (GTask *task, DesktopKeyringError code, const char *message)
{
  fail (task, g_error_new_literal (DESKTOP_KEYRING_ERROR, (int)code, message));
}

/* @value: (nullable) (transfer full) */
static void
succeed (GTask *task, SecretValue *value)
{
  g_task_return_pointer (task, value, secret_value_unref);
  g_object_unref (task);
}

/* --- values ----------------------------------------------------------------------------------- */

static SecretValue *
encode (gconstpointer bytes, gsize size)
{
  char *text = g_base64_encode (bytes, size);
  SecretValue *value = secret_value_new (text, -1, "text/plain");

  explicit_bzero (text, strlen (text));
  g_free (text);
  return value;
}

/* NULL when it is not exactly what encode() writes. */
static SecretValue *
decode (SecretValue *value)
{
  gsize size = 0, n_bytes = 0;
  const char *kept = secret_value_get (value, &size);
  char *text;
  guchar *bytes;
  SecretValue *decoded = NULL;

  if (size < 1 || size > MAX_TEXT)
    return NULL;
  text = g_strndup (kept, size);
  bytes = g_base64_decode (text, &n_bytes);
  explicit_bzero (text, size);
  g_free (text);
  text = g_base64_encode (bytes, n_bytes);
  if (n_bytes > 0 && strlen (text) == size && memcmp (text, kept, size) == 0)
    decoded = secret_value_new ((const char *)bytes, (gssize)n_bytes, "application/octet-stream");
  explicit_bzero (text, strlen (text));
  explicit_bzero (bytes, n_bytes);
  g_free (text);
  g_free (bytes);
  return decoded;
}

/* --- what a call does ------------------------------------------------------------------------- */

static void
on_secrets (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  SecretService *service = SECRET_SERVICE (source);
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autoptr (GVariant) secrets = NULL;
  g_autoptr (GVariant) secret = NULL;
  g_autoptr (SecretValue) value = NULL;
  SecretValue *decoded = NULL;

  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{o(oayays)})")))
    secrets = g_variant_get_child_value (reply, 0);
  if (secrets != NULL && g_variant_n_children (secrets) > 0)
    g_variant_get_child (secrets, 0, "{o@(oayays)}", NULL, &secret);
  if (secret != NULL)
    value = secret_service_decode_dbus_secret (service, secret);
  if (value != NULL)
    decoded = decode (value);
  if (decoded != NULL)
    succeed (task, decoded);
  else
    fail_with (task, DESKTOP_KEYRING_DAMAGED,
               "the keyring holds a value that PROSOFT did not store");
}

static void
load_first (GTask *task)
{
  const Call *call = g_task_get_task_data (task);
  SecretService *service = call->keyring->service;
  const char *paths[] = { call->paths[0], NULL };

  g_dbus_proxy_call (G_DBUS_PROXY (service), "GetSecrets",
                     g_variant_new ("(^aoo)", paths,
                                    secret_service_get_session_dbus_path (service)),
                     G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, g_task_get_cancellable (task), on_secrets,
                     task);
}

static void erase_next (GTask *task);

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  secret_service_delete_item_dbus_path_finish (SECRET_SERVICE (source), result, &error);
  /* Another process was quicker: it is gone, which is all that was asked for. */
  if (error == NULL || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    {
      call->n_erased++;
      erase_next (task);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static void
erase_next (GTask *task)
{
  const Call *call = g_task_get_task_data (task);
  const char *path = call->paths[call->n_erased];

  if (path != NULL && call->keyring->service != NULL)
    secret_service_delete_item_dbus_path (call->keyring->service, path,
                                          g_task_get_cancellable (task), on_deleted, task);
  else if (path != NULL)
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "the service is gone"));
  else
    succeed (task, NULL);
}

static void
use_found (GTask *task)
{
  const Call *call = g_task_get_task_data (task);

  if (call->kind == CALL_ERASE && call->n_locked == 0)
    erase_next (task);
  else if (call->kind == CALL_LOAD && call->paths[0] != NULL)
    load_first (task);
  else if (call->n_locked > 0)
    fail_with (task, DESKTOP_KEYRING_LOCKED, "the keyring is locked");
  else
    succeed (task, NULL);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);
  g_auto (GStrv) unlocked = NULL;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  GError *error = NULL;
  int n = secret_service_unlock_dbus_paths_finish (SECRET_SERVICE (source), result, &unlocked,
                                                   &error);

  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  g_strv_builder_addv (all, (const char **)call->paths);
  if (unlocked != NULL)
    g_strv_builder_addv (all, (const char **)unlocked);
  g_strfreev (call->paths);
  call->paths = g_strv_builder_end (all);
  call->n_locked -= MIN (call->n_locked, (guint)MAX (n, 0));
  use_found (task);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);
  g_auto (GStrv) locked = NULL;
  GError *error = NULL;

  if (!secret_service_search_for_dbus_paths_finish (SECRET_SERVICE (source), result, &call->paths,
                                                    &locked, &error))
    {
      fail (task, error);
      return;
    }
  call->n_locked = g_strv_length (locked);
  if (call->n_locked > 0 && (call->kind == CALL_ERASE || call->paths[0] == NULL))
    secret_service_unlock_dbus_paths (SECRET_SERVICE (source), (const char **)locked,
                                      g_task_get_cancellable (task), on_unlocked, task);
  else
    use_found (task);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  if (secret_service_store_finish (SECRET_SERVICE (source), result, &error))
    succeed (data, NULL);
  else
    fail (data, error);
}

static void
use_service (GTask *task)
{
  const Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, "key", call->key, NULL);
  g_autofree char *label = g_strdup_printf ("PROSOFT (%s)", call->key);

  if (call->kind == CALL_STORE)
    secret_service_store (call->keyring->service, &schema, attributes, SECRET_COLLECTION_DEFAULT,
                          label, call->value, cancellable, on_stored, task);
  else
    secret_service_search_for_dbus_paths (call->keyring->service, &schema, attributes, cancellable,
                                          on_found, task);
}

/* --- the way to the service ------------------------------------------------------------------- */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  DesktopKeyring *self = ((Call *)g_task_get_task_data (task))->keyring;
  g_autoptr (GError) error = NULL;
  SecretService *service = secret_service_open_finish (result, &error);

  if (service == NULL && is_nobody (error))
    fail_with (task, DESKTOP_KEYRING_ABSENT, "there is no Secret Service");
  else if (service == NULL)
    fail (task, g_steal_pointer (&error));
  else
    {
      forget_service (self);
      self->service = service;
      self->was_there = TRUE;
      keyring_service_set_asks (service, self->asks, self->data);
      g_signal_connect (service, "notify::g-name-owner", G_CALLBACK (on_owner_changed), self);
      use_service (task);
    }
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    fail (task, error);
  else if (bus == NULL || g_dbus_connection_is_closed (bus))
    fail_with (task, DESKTOP_KEYRING_ABSENT, "there is no session bus");
  else
    {
      /* Work that is open in PROSOFT must not end with the bus. */
      g_dbus_connection_set_exit_on_close (bus, FALSE);
      secret_service_open (keyring_service_get_type (), NULL, SECRET_SERVICE_OPEN_SESSION,
                           cancellable, on_opened, task);
    }
}

static void
begin (GTask *task)
{
  const Call *call = g_task_get_task_data (task);

  if (call->keyring->service != NULL)
    use_service (task);
  else
    /* All calls share this connection: none may cancel it for the others. */
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, task);
}

/* @value: (nullable) (transfer full) */
static void
call_new (DesktopKeyring *self,
          CallKind kind,
          const char *key,
          SecretValue *value,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Call *call = g_new0 (Call, 1);

  call->keyring = g_rc_box_acquire (self);
  call->kind = kind;
  call->key = g_strdup (key);
  call->value = value;
  g_task_set_task_data (task, call, call_free);
  begin (task);
}

void
desktop_keyring_load (DesktopKeyring *self,
                      const char *key,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  call_new (self, CALL_LOAD, key, NULL, cancellable, callback, data);
}

void
desktop_keyring_store (DesktopKeyring *self,
                       const char *key,
                       gconstpointer bytes,
                       gsize size,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  call_new (self, CALL_STORE, key, encode (bytes, size), cancellable, callback, data);
}

void
desktop_keyring_erase (DesktopKeyring *self,
                       const char *key,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  call_new (self, CALL_ERASE, key, NULL, cancellable, callback, data);
}

SecretValue *
desktop_keyring_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

DesktopKeyring *
desktop_keyring_new (KeyringServiceAsks asks, gpointer data)
{
  DesktopKeyring *self = g_rc_box_new0 (DesktopKeyring);

  self->asks = asks;
  self->data = data;
  return self;
}

gboolean
desktop_keyring_was_there (const DesktopKeyring *self)
{
  return self->was_there;
}

void
desktop_keyring_free (DesktopKeyring *self)
{
  self->asks = NULL;
  if (self->service != NULL)
    keyring_service_set_asks (self->service, NULL, NULL);
  g_rc_box_release_full (self, keyring_clear);
}
