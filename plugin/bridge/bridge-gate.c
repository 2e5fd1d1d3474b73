/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/bridge.h"

#include <string.h>

#include "api/ttcloud/client.h"

#define MAX_SITE_NAME 1024

typedef struct
{
  guint64 op;
  char *installation; /* (owned) (nullable) */
  char *site_name;    /* (owned) (nullable) */
  guint timeout_ms;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->installation);
  g_free (check->site_name);
  g_free (check);
}

static void
tell_check (TtecommModel *model, gpointer data)
{
  Check *check = data;

  ttecomm_model_check (model, check->op, check->installation, check->site_name, check->timeout_ms);
}

static void
tell_ended (TtecommModel *model, gpointer data)
{
  ttecomm_model_session_ended (model, *(guint64 *)data);
}

typedef struct
{
  guint64 op;
  char *installation;        /* (owned) */
  TtecommDecision *decision; /* (owned) */
} Admitted;

static void
admitted_free (gpointer data)
{
  Admitted *admitted = data;

  g_free (admitted->installation);
  ttecomm_decision_unref (admitted->decision);
  g_free (admitted);
}

static void
tell_admitted (TtecommModel *model, gpointer data)
{
  Admitted *admitted = data;

  ttecomm_model_admitted (model, admitted->op, admitted->installation, admitted->decision);
}

/* Decides here and now if that is possible. The host hears of it from on_main_thread() all the same
 * (R10); the worker before it hears that the session has begun. */
static gboolean
admit_at_once (TtecommBridge *self, const char *installation, prosoft_op_t *op)
{
  const char *id = NULL;
  TtecommDecision *decision = ttecomm_bridge_admit (self, installation, &id);
  Admitted *admitted;

  if (decision == NULL)
    return FALSE;
  admitted = g_new0 (Admitted, 1);
  admitted->op = *op = ttecomm_operations_begin (self->operations, TTECOMM_OPERATION_GATE);
  admitted->installation = g_strdup (id);
  admitted->decision = decision;
  ttecomm_bridge_sink.decided (self, *op, decision);
  ttecomm_bridge_tell (self, tell_admitted, admitted, admitted_free);
  return TRUE;
}

static gboolean
request_is_good (const prosoft_gate_request_t *request)
{
  const char *site;

  if (request == NULL || request->struct_size < PROSOFT_GATE_REQUEST_SIZE_V1
      || request->kind != PROSOFT_SESSION_REMOTE)
    return FALSE;
  if (request->installation_id != NULL && !ttecomm_client_is_id (request->installation_id))
    return FALSE;
  site = request->site_name;
  return site == NULL
         || (strnlen (site, MAX_SITE_NAME + 1) <= MAX_SITE_NAME
             && g_utf8_validate (site, -1, NULL));
}

static prosoft_result_t
gate_check (const prosoft_plugin_t *plugin,
            const prosoft_gate_request_t *request,
            int32_t timeout_ms,
            prosoft_op_t *op)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;
  Check *check;

  if (!ttecomm_bridge_check (self, "session_gate.check", &result, NULL))
    return result;
  if (op != NULL)
    *op = 0;
  if (op == NULL || timeout_ms < 0 || !request_is_good (request))
    {
      ttecomm_host_link_log (
          &self->link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge",
          "session_gate.check: NULL or small request, unknown kind, negative time, an id that is "
          "none, or a name that is too long or not UTF-8 (R3, R8); refused");
      return PROSOFT_E_INVALID;
    }
  /* What could not be answered is not started (R10): that refuses, like any other "no". */
  if (self->link.session_gate == NULL)
    return PROSOFT_E_UNSUPPORTED;
  if (request->installation_id == NULL && self->project_id == NULL)
    return PROSOFT_E_NOT_FOUND;
  if (admit_at_once (self, request->installation_id, op))
    return PROSOFT_OK;
  check = g_new0 (Check, 1);
  check->op = *op = ttecomm_operations_begin (self->operations, TTECOMM_OPERATION_GATE);
  check->installation = g_strdup (request->installation_id);
  check->site_name = g_strdup (request->site_name);
  check->timeout_ms = (guint)timeout_ms;
  ttecomm_bridge_tell (self, tell_check, check, check_free);
  return PROSOFT_OK;
}

static void
gate_session_ended (const prosoft_plugin_t *plugin, prosoft_session_t session)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;
  guint64 key = session;

  if (!ttecomm_bridge_check (self, "session_gate.session_ended", &result, NULL))
    return;
  if (g_hash_table_remove (self->sessions, &key))
    ttecomm_bridge_tell (self, tell_ended, g_memdup2 (&key, sizeof key), g_free);
  else
    ttecomm_host_link_log (&self->link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge",
                           "session_gate.session_ended: no such session is running");
}

const prosoft_plugin_session_gate_t ttecomm_bridge_session_gate = {
  .check = gate_check,
  .session_ended = gate_session_ended,
};
