/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/client-call.h"

#include "api/ttcloud/fields.h"
#include "api/ttcloud/secret-text.h"
#include "api/ttcloud/sign-in-private.h"

static void token_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void replied_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
ttecomm_call_free (TtecommCall *call)
{
  g_clear_object (&call->transport);
  g_clear_object (&call->sign_in);
  g_clear_pointer (&call->ttecomm_origin, g_uri_unref);
  g_clear_pointer (&call->request, ttecomm_request_free);
  if (call->expected != NULL)
    call->free_expected (call->expected);
  g_free (call);
}

static void
call_free (gpointer data)
{
  ttecomm_call_free (data);
}

void
ttecomm_call_expect (TtecommCall *call, gpointer expected, GDestroyNotify free_expected)
{
  call->expected = expected;
  call->free_expected = free_expected;
}

static void
send_request (GTask *task)
{
  TtecommCall *call = g_task_get_task_data (task);

  ttecomm_transport_send_async (call->transport, call->request, g_task_get_cancellable (task),
                                replied_cb, g_object_ref (task));
}

/* @refused: (nullable): the token that was answered with 401 */
static void
get_token (GTask *task, const char *refused)
{
  TtecommCall *call = g_task_get_task_data (task);

  ttecomm_sign_in_get_token_async (call->sign_in, refused, g_task_get_cancellable (task), token_cb,
                                   g_object_ref (task));
}

static void
token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  char *token = ttecomm_sign_in_get_token_finish (TTECOMM_SIGN_IN (source), result, &error);

  if (token == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  ttecomm_secret_text_free (call->request->bearer);
  call->request->bearer = token;
  send_request (task);
}

static void
note_today (GTask *task, JsonObject *object)
{
  GDate today;

  if (object != NULL && ttecomm_field_date (object, "server_today", &today, NULL))
    ttecomm_client_note_today (g_task_get_source_object (task), &today);
}

/* Also an error of TTcloud's tells the date. */
static JsonObject *
get_object (GTask *task, const TtecommReply *reply, GError **error)
{
  JsonObject *object = ttecomm_reply_get_object (reply, error);
  g_autoptr (JsonObject) other = NULL;

  if (object == NULL)
    other = ttecomm_reply_get_any_object (reply);
  note_today (task, object != NULL ? object : other);
  return object;
}

static void
return_result (GTask *task, const TtecommReply *reply)
{
  TtecommCall *call = g_task_get_task_data (task);
  g_autoptr (JsonObject) object = NULL;
  gpointer read = NULL;
  GError *error = NULL;

  call->timings = reply->timings;
  object = get_object (task, reply, &error);
  if (object != NULL)
    read = call->read (call, object, &error);
  if (read != NULL)
    {
      g_task_return_pointer (task, read, call->free_result);
      return;
    }
  if (error->domain != TTECOMM_CLOUD_ERROR)
    error = ttecomm_reply_altered (reply, error);
  else if (object != NULL)
    {
      ttecomm_cloud_error_set_status (error, reply->status, reply->retry_after);
      ttecomm_cloud_error_set_timings (error, &reply->timings);
    }
  g_task_return_error (task, error);
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommCall *call = g_task_get_task_data (task);
  g_autoptr (TtecommReply) reply = NULL;
  GError *error = NULL;

  reply = ttecomm_transport_send_finish (TTECOMM_TRANSPORT (source), result, &error);
  if (reply == NULL)
    g_task_return_error (task, error);
  else if (reply->status == 401 && call->sign_in != NULL && !call->renewed)
    {
      call->renewed = TRUE;
      get_token (task, call->request->bearer);
    }
  else
    return_result (task, reply);
}

void
ttecomm_call_run_async (TtecommClient *client,
                        TtecommCall *call,
                        gpointer tag,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* an answer that is there is given, whatever was cancelled meanwhile: an order may be in it */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, call_free);
  call->generation = ttecomm_sign_in_get_generation (ttecomm_client_get_sign_in (client));
  if (call->sign_in != NULL)
    get_token (task, NULL);
  else
    send_request (task);
}

gpointer
ttecomm_call_run_finish (TtecommClient *client,
                         GAsyncResult *result,
                         gpointer tag,
                         TtecommTimings *timings,
                         GError **error)
{
  const TtecommCall *call;

  g_return_val_if_fail (g_task_is_valid (result, client), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (timings != NULL && call != NULL)
    *timings = call->timings;
  return g_task_propagate_pointer (G_TASK (result), error);
}
