/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/bridge.h"

#include "base/secret.h"

#include <string.h>

#define PAGE_ID "subscriptions"
#define MAX_ACTION 256
#define MAX_INPUTS (64 * 1024)
#define MAX_VIEWS 64

typedef struct
{
  guint64 op;
  char *action; /* (owned) */
  char *inputs; /* (owned) (nullable): a password may be among them */
} Invocation;

static void
invocation_free (gpointer data)
{
  Invocation *invocation = data;

  g_free (invocation->action);
  ttecomm_wipe_string (invocation->inputs);
  g_free (invocation);
}

static void
tell_invoke (TtecommModel *model, gpointer data)
{
  Invocation *invocation = data;

  ttecomm_model_invoke (model, invocation->op, invocation->action, invocation->inputs);
}

static void
tell_activated (TtecommModel *model, gpointer data)
{
  ttecomm_model_activated (model);
}

static gboolean
find_view (TtecommBridge *self, prosoft_view_t view, guint *index)
{
  for (guint i = 0; i < self->views->len; i++)
    if (g_array_index (self->views, prosoft_view_t, i) == view)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static uint32_t
pages_count (const prosoft_plugin_t *plugin)
{
  prosoft_result_t result;

  return ttecomm_bridge_check (ttecomm_bridge_get (plugin), "pages.count", &result, NULL) ? 1 : 0;
}

static const prosoft_page_info_t *
pages_info (const prosoft_plugin_t *plugin, uint32_t index)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;

  if (!ttecomm_bridge_check (self, "pages.info", &result, NULL) || index > 0)
    return NULL;
  g_free (self->page_title);
  self->page_title = g_strdup (ttecomm_page_get_title (ttecomm_bridge_get_page (self)));
  self->page_info = (prosoft_page_info_t){
    .struct_size = sizeof self->page_info,
    .id = PAGE_ID,
    .menu_path = PROSOFT_MENU_USERS_AND_SETTINGS,
    .title = self->page_title,
  };
  return &self->page_info;
}

static prosoft_result_t
pages_open (const prosoft_plugin_t *plugin,
            const char *page_id,
            prosoft_view_t view,
            prosoft_error_t *error)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;
  guint index;

  if (!ttecomm_bridge_check (self, "pages.open", &result, error))
    return result;
  if (page_id == NULL)
    return ttecomm_host_error (error, PROSOFT_E_INVALID, "pages.open: the page id is NULL");
  if (!g_str_equal (page_id, PAGE_ID))
    return ttecomm_host_error (error, PROSOFT_E_NOT_FOUND,
                               "pages.open: there is no such page; the only one is " PAGE_ID);
  if (view == 0 || find_view (self, view, &index))
    return ttecomm_host_error (error, PROSOFT_E_INVALID,
                               "pages.open: the view is 0 or open already");
  if (self->views->len >= MAX_VIEWS)
    return ttecomm_host_error (error, PROSOFT_E_TOO_LARGE, "pages.open: %d views are open already",
                               MAX_VIEWS);
  g_array_append_val (self->views, view);
  ttecomm_bridge_ask (self, tell_activated, NULL, NULL);
  return PROSOFT_OK;
}

static prosoft_result_t
pages_render (const prosoft_plugin_t *plugin,
              prosoft_view_t view,
              const prosoft_writer_t *writer,
              int64_t *revision)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  TtecommPage *page;
  prosoft_result_t result;
  gsize size;
  const void *json;
  guint index;

  if (!ttecomm_bridge_check (self, "pages.render", &result, NULL))
    return result;
  if (writer == NULL || writer->write == NULL || revision == NULL)
    return PROSOFT_E_INVALID;
  if (!find_view (self, view, &index))
    return PROSOFT_E_NOT_FOUND;
  page = ttecomm_bridge_get_page (self);
  json = g_bytes_get_data (ttecomm_page_get_json (page), &size);
  *revision = ttecomm_page_get_revision (page);
  result = writer->write (writer, json, (int64_t)size);
  return result < 0 ? result : PROSOFT_OK;
}

static TtecommPage *
find_revision (TtecommBridge *self, gint64 revision)
{
  for (GList *l = self->pages.head; l != NULL; l = l->next)
    if (ttecomm_page_get_revision (l->data) == revision)
      return l->data;
  return NULL;
}

/* What the person saw must be what would be done: the action is there, enabled, and promises the
 * same. */
static prosoft_result_t
check_action (TtecommBridge *self, const prosoft_page_call_t *call, prosoft_error_t *error)
{
  TtecommPage *seen = find_revision (self, call->revision);
  const TtecommPageAction *then, *now;

  now = ttecomm_page_get_action (ttecomm_bridge_get_page (self), call->action_id);
  if (now == NULL)
    return ttecomm_host_error (error, PROSOFT_E_STALE,
                               "pages.invoke: the page has no action of that id now");
  if (!now->enabled)
    return ttecomm_host_error (error, PROSOFT_E_STALE, "pages.invoke: %s is disabled: %s",
                               call->action_id,
                               now->disabled_reason != NULL ? now->disabled_reason
                                                            : "no reason given");
  if (seen == NULL)
    return ttecomm_host_error (error, PROSOFT_E_STALE,
                               "pages.invoke: revision %" G_GINT64_FORMAT
                               " is unknown or too old; render again",
                               call->revision);
  then = ttecomm_page_get_action (seen, call->action_id);
  if (then == NULL || !then->enabled || g_strcmp0 (then->fingerprint, now->fingerprint) != 0)
    return ttecomm_host_error (error, PROSOFT_E_STALE,
                               "pages.invoke: %s is not what it was in revision %" G_GINT64_FORMAT
                               "; render again",
                               call->action_id, call->revision);
  return PROSOFT_OK;
}

static prosoft_result_t
check_call (TtecommBridge *self, const prosoft_page_call_t *call, prosoft_error_t *error)
{
  guint index;

  if (call == NULL || call->struct_size < PROSOFT_PAGE_CALL_SIZE_V1)
    return ttecomm_host_error (error, PROSOFT_E_INVALID,
                               "pages.invoke: call is NULL or too small (R3)");
  if (call->action_id == NULL || strlen (call->action_id) > MAX_ACTION
      || !g_utf8_validate (call->action_id, -1, NULL))
    return ttecomm_host_error (error, PROSOFT_E_INVALID,
                               "pages.invoke: action_id is NULL, not UTF-8 or too long (R8)");
  if (call->inputs_json != NULL && strnlen (call->inputs_json, MAX_INPUTS + 1) > MAX_INPUTS)
    return ttecomm_host_error (error, PROSOFT_E_TOO_LARGE,
                               "pages.invoke: inputs_json is over %d bytes", MAX_INPUTS);
  if (!find_view (self, call->view, &index))
    return ttecomm_host_error (error, PROSOFT_E_NOT_FOUND, "pages.invoke: this view is not open");
  return PROSOFT_OK;
}

static prosoft_result_t
pages_invoke (const prosoft_plugin_t *plugin,
              const prosoft_page_call_t *call,
              prosoft_op_t *op,
              prosoft_error_t *error)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;
  Invocation *invocation;

  if (!ttecomm_bridge_check (self, "pages.invoke", &result, error))
    return result;
  if (op == NULL)
    return ttecomm_host_error (error, PROSOFT_E_INVALID, "pages.invoke: op is NULL");
  *op = 0;
  /* What could not be completed is not started (R10). */
  if (self->link.operations == NULL)
    return ttecomm_host_error (error, PROSOFT_E_UNSUPPORTED,
                               "pages.invoke: the host has no " PROSOFT_EXT_OPERATIONS);
  result = check_call (self, call, error);
  if (result == PROSOFT_OK)
    result = check_action (self, call, error);
  if (result != PROSOFT_OK)
    return result;
  invocation = g_new0 (Invocation, 1);
  invocation->op = *op = ttecomm_operations_begin (self->operations, TTECOMM_OPERATION_PAGE);
  invocation->action = g_strdup (call->action_id);
  invocation->inputs = g_strdup (call->inputs_json);
  ttecomm_bridge_ask (self, tell_invoke, invocation, invocation_free);
  return PROSOFT_OK;
}

static void
pages_activated (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;
  guint index;

  if (ttecomm_bridge_check (self, "pages.activated", &result, NULL)
      && find_view (self, view, &index))
    ttecomm_bridge_ask (self, tell_activated, NULL, NULL);
}

static void
pages_close (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;
  guint index;

  if (!ttecomm_bridge_check (self, "pages.close", &result, NULL))
    return;
  if (find_view (self, view, &index))
    g_array_remove_index (self->views, index);
  else
    ttecomm_host_link_log (&self->link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge",
                           "pages.close: this view is not open");
}

const prosoft_plugin_pages_t ttecomm_bridge_pages = {
  .count = pages_count,
  .info = pages_info,
  .open = pages_open,
  .render = pages_render,
  .invoke = pages_invoke,
  .activated = pages_activated,
  .close = pages_close,
};
