/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/bridge.h"

#include "api/ttcloud/secret-text.h"

/* The small tables: environment, operations, secrets. */

static void
tell_settings (TtecommModel *model, gpointer data)
{
  ttecomm_model_set_settings (model, data);
}

static void
environment_changed (const prosoft_plugin_t *plugin, const char *key)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;

  if (!ttecomm_bridge_check (self, "environment.changed", &result, NULL))
    return;
  ttecomm_settings_free (self->settings);
  self->settings = ttecomm_host_link_get_settings (&self->link);
  ttecomm_bridge_ask (self, tell_settings, ttecomm_settings_copy (self->settings),
                      (GDestroyNotify)ttecomm_settings_free);
}

static void
tell_cancel (TtecommModel *model, gpointer data)
{
  ttecomm_model_cancel (model, *(guint64 *)data);
}

static prosoft_result_t
operations_cancel (const prosoft_plugin_t *plugin, prosoft_op_t op)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;
  guint64 number = op;

  if (!ttecomm_bridge_check (self, "operations.cancel", &result, NULL))
    return result;
  if (ttecomm_operations_get_kind (self->operations, op) == TTECOMM_OPERATION_UNKNOWN)
    return PROSOFT_E_INVALID;
  ttecomm_bridge_ask (self, tell_cancel, g_memdup2 (&number, sizeof number), g_free);
  return PROSOFT_OK;
}

typedef struct
{
  char *key;      /* (owned) */
  GBytes *secret; /* (owned) (nullable) */
  gboolean good;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->key);
  g_clear_pointer (&answer->secret, g_bytes_unref);
  g_free (answer);
}

static void
tell_secret (TtecommModel *model, gpointer data)
{
  Answer *answer = data;

  if (answer->good)
    ttecomm_model_secret_loaded (model, answer->key, answer->secret);
  else
    ttecomm_model_secret_failed (model, answer->key);
}

static void
tell_saved (TtecommModel *model, gpointer data)
{
  Answer *answer = data;

  ttecomm_model_secret_saved (model, answer->key, answer->good);
}

/* @secret: (nullable) (transfer full) */
static Answer *
answer_new (const char *key, GBytes *secret, gboolean good)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->key = g_strdup (key);
  answer->secret = secret;
  answer->good = good;
  return answer;
}

void
ttecomm_bridge_tell_secret (TtecommBridge *self, const char *key, GBytes *secret)
{
  ttecomm_bridge_ask (self, tell_secret, answer_new (key, secret, TRUE), answer_free);
}

void
ttecomm_bridge_tell_no_answer (TtecommBridge *self, const char *key)
{
  ttecomm_bridge_ask (self, tell_secret, answer_new (key, NULL, FALSE), answer_free);
}

void
ttecomm_bridge_tell_saved (TtecommBridge *self, const char *key, gboolean good, const char *line)
{
  if (!good)
    ttecomm_host_link_log (&self->link, PROSOFT_LOG_WARNING, "bridge", line);
  ttecomm_bridge_ask (self, tell_saved, answer_new (key, NULL, good), answer_free);
}

static void
secrets_loaded (const prosoft_plugin_t *plugin,
                prosoft_cookie_t cookie,
                prosoft_result_t result,
                const void *data,
                int32_t size)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t refused;

  if (!ttecomm_bridge_check (self, "secrets.loaded", &refused, NULL))
    return;
  /* The answer to an earlier question may be another TTcloud's sign-in: never to be sent to this
   * one. The key goes along, since the worker may have moved on to another TTcloud by now. */
  if (self->load_key == NULL || cookie != self->load_cookie)
    return;
  if (result == PROSOFT_OK && data != NULL && size > 0 && size <= PROSOFT_SECRET_MAX_SIZE)
    ttecomm_bridge_tell_secret (self, self->load_key,
                                ttecomm_secret_text_free_to_bytes (g_strndup (data, (gsize)size)));
  else if (result == PROSOFT_E_NOT_FOUND)
    ttecomm_bridge_tell_secret (self, self->load_key, NULL);
  else
    ttecomm_bridge_tell_no_answer (self, self->load_key);
}

static void
secrets_stored (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie, prosoft_result_t result)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t refused;

  if (!ttecomm_bridge_check (self, "secrets.stored", &refused, NULL))
    return;
  /* What was stored before has been replaced, or erased. */
  if (self->store_key == NULL || cookie != self->store_cookie)
    return;
  ttecomm_bridge_tell_saved (self, self->store_key, result == PROSOFT_OK, TTECOMM_BRIDGE_NOT_KEPT);
}

const prosoft_plugin_environment_t ttecomm_bridge_environment = { .changed = environment_changed };

const prosoft_plugin_operations_t ttecomm_bridge_operations = { .cancel = operations_cancel };

const prosoft_plugin_secrets_t ttecomm_bridge_secrets = {
  .loaded = secrets_loaded,
  .stored = secrets_stored,
};
