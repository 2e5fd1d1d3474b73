/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/keyring-service.h"

struct _KeyringService
{
  SecretService parent;
  KeyringServiceAsks asks; /* (nullable) */
  gpointer data;
};

G_DEFINE_TYPE (KeyringService, keyring_service, SECRET_TYPE_SERVICE)
G_DEFINE_QUARK (desktop - keyring - error, desktop_keyring_error)

static void
tell (GTask *task, gboolean asks)
{
  KeyringService *self = g_task_get_source_object (task);

  if (self->asks != NULL)
    self->asks (self->data, g_task_get_cancellable (task), asks);
}

static void
on_prompted (GObject *prompt, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const GVariantType *type = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) value
      = secret_prompt_perform_finish (SECRET_PROMPT (prompt), result, &error);

  tell (task, FALSE);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (value == NULL || (type != NULL && !g_variant_is_of_type (value, type)))
    g_task_return_new_error (task, DESKTOP_KEYRING_ERROR, DESKTOP_KEYRING_LOCKED,
                             "the question was not answered");
  else
    g_task_return_pointer (task, g_steal_pointer (&value), (GDestroyNotify)g_variant_unref);
}

/* libsecret's own hands a NULL to callers that do not expect one, when the service is gone or the
 * person closed its dialog. */
static void
prompt_async (SecretService *service,
              SecretPrompt *prompt,
              const GVariantType *type,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer data)
{
  GTask *task = g_task_new (service, cancellable, callback, data);

  if (type != NULL)
    g_task_set_task_data (task, g_variant_type_copy (type), (GDestroyNotify)g_variant_type_free);
  tell (task, TRUE);
  secret_prompt_perform (prompt, NULL, NULL, cancellable, on_prompted, task);
}

static GVariant *
prompt_finish (SecretService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keyring_service_class_init (KeyringServiceClass *klass)
{
  SecretServiceClass *parent = SECRET_SERVICE_CLASS (klass);

  parent->prompt_async = prompt_async;
  parent->prompt_finish = prompt_finish;
}

static void
keyring_service_init (KeyringService *self)
{
}

void
keyring_service_set_asks (SecretService *service, KeyringServiceAsks asks, gpointer data)
{
  KeyringService *self = KEYRING_SERVICE (service);

  self->asks = asks;
  self->data = data;
}
