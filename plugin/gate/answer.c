/* SPDX-License-Identifier: MIT */
#include "plugin/gate/answer.h"

/* One question while it is being answered. */
typedef struct
{
  TtecommGateKeyring *keyring; /* (owned) */
  TtecommClock *clock;         /* (owned) */
  char *installation;          /* (owned) */
  char *account;               /* (owned) */
  char *nonce;                 /* (owned) */
  gint64 min_ver;
  TtecommGateReply *reply; /* (owned) (nullable): once it has come */
  TtecommGateStamp stamp;  /* when it came; boot_id is the clock's */
  gint64 verify_us;
} Question;

static void fetch_statement_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void refresh_keys_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->keyring);
  g_object_unref (self->clock);
  g_free (self->installation);
  g_free (self->account);
  g_free (self->nonce);
  g_clear_pointer (&self->reply, ttecomm_gate_reply_free);
  g_free (self);
}

void
ttecomm_gate_answer_free (TtecommGateAnswer *self)
{
  g_clear_pointer (&self->record, ttecomm_gate_record_unref);
  g_free (self->server_today);
  g_free (self->issuer);
  g_free (self->message);
  g_free (self);
}

void
ttecomm_gate_ask_async (TtecommGateSource *source,
                        TtecommGateKeyring *keyring,
                        TtecommClock *clock,
                        const char *installation,
                        const char *account,
                        const char *nonce,
                        gint64 min_ver,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, ttecomm_gate_ask_async);
  question->keyring = g_object_ref (keyring);
  question->clock = g_object_ref (clock);
  question->installation = g_strdup (installation);
  question->account = g_strdup (account);
  question->nonce = g_strdup (nonce);
  question->min_ver = min_ver;
  question->verify_us = -1;
  g_task_set_task_data (task, question, question_free);
  ttecomm_gate_source_fetch_statement_async (source, installation, nonce, cancellable,
                                             fetch_statement_cb, g_steal_pointer (&task));
}

/* The answer with all that the reply says of the way it came. */
static TtecommGateAnswer *
answer_new (Question *question, TtecommGateCause cause)
{
  TtecommGateAnswer *answer = g_new0 (TtecommGateAnswer, 1);
  TtecommGateReply *reply = question->reply;

  answer->cause = cause;
  answer->server_today = g_steal_pointer (&reply->server_today);
  answer->http_status = reply->http_status;
  answer->retry_after = reply->retry_after;
  answer->issuer = g_steal_pointer (&reply->issuer);
  answer->message = g_steal_pointer (&reply->message);
  answer->timings = reply->timings;
  answer->verify_us = question->verify_us;
  return answer;
}

static void
return_failure (GTask *task, TtecommGateCause cause, const char *message)
{
  TtecommGateAnswer *answer = answer_new (g_task_get_task_data (task), cause);

  if (message != NULL)
    {
      g_free (answer->message);
      answer->message = g_strdup (message);
    }
  g_task_return_pointer (task, answer, (GDestroyNotify)ttecomm_gate_answer_free);
}

/* The words and the next pause are those of the key set's answer. */
static void
return_keys_failure (GTask *task, const TtecommGateKeysFailure *failure, const char *message)
{
  Question *question = g_task_get_task_data (task);

  question->reply->http_status = failure->http_status;
  question->reply->retry_after = failure->retry_after;
  return_failure (task, failure->cause, message);
}

static void
return_statement (GTask *task, TtecommStatement *statement)
{
  Question *question = g_task_get_task_data (task);
  TtecommGateAnswer *answer = answer_new (question, TTECOMM_GATE_CAUSE_NONE);

  question->stamp.high_water = ttecomm_statement_get_iat (statement);
  answer->record = ttecomm_gate_record_new (statement, &question->stamp);
  answer->ver_lower = ttecomm_statement_get_ver (statement) < question->min_ver;
  g_task_return_pointer (task, answer, (GDestroyNotify)ttecomm_gate_answer_free);
}

/* The reply's statement, if the key set we have verifies it. */
static TtecommStatement *
verify (Question *question, GError **error)
{
  TtecommStatementExpected expected
      = { ttecomm_gate_keyring_get_keys (question->keyring), question->installation,
          question->account, question->nonce, question->min_ver };
  gint64 begin = g_get_monotonic_time ();
  TtecommStatement *statement;

  if (expected.keys == NULL)
    {
      g_set_error_literal (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN,
                           "There is no key set yet");
      return NULL;
    }
  statement = ttecomm_statement_verify (question->reply->body, strlen (question->reply->body),
                                        &expected, error);
  question->verify_us = g_get_monotonic_time () - begin;
  return statement;
}

/* When the answer came: before a key set is fetched for it. */
static void
stamp_receipt (Question *question)
{
  question->stamp.boot_id = ttecomm_clock_get_boot_id (question->clock);
  question->stamp.boottime_us = ttecomm_clock_get_boottime_us (question->clock);
  if (!ttecomm_clock_get_wall (question->clock, &question->stamp.wall))
    question->stamp.wall = -1;
}

static void
fetch_statement_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Question *question = g_task_get_task_data (task);
  g_autoptr (TtecommStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  question->reply
      = ttecomm_gate_source_fetch_statement_finish (TTECOMM_GATE_SOURCE (source), result, &error);
  if (question->reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (question->reply->cause != TTECOMM_GATE_CAUSE_NONE || question->reply->body == NULL)
    {
      return_failure (task, ttecomm_gate_reply_get_cause (question->reply), NULL);
      return;
    }
  stamp_receipt (question);
  statement = verify (question, &error);
  if (statement != NULL)
    return_statement (task, statement);
  else if (!g_error_matches (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN))
    return_failure (task, ttecomm_gate_cause_from_error (error), error->message);
  else
    ttecomm_gate_keyring_refresh_async (question->keyring, g_task_get_cancellable (task),
                                        refresh_keys_cb, g_object_ref (task));
}

static void
refresh_keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Question *question = g_task_get_task_data (task);
  g_autoptr (TtecommStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  TtecommGateKeysFailure failure;

  if (!ttecomm_gate_keyring_refresh_finish (TTECOMM_GATE_KEYRING (source), result, &failure,
                                            &error))
    {
      if (failure.cause == TTECOMM_GATE_CAUSE_NONE)
        g_task_return_error (task, g_steal_pointer (&error));
      else
        return_keys_failure (task, &failure, error->message);
      return;
    }
  statement = verify (question, &error);
  if (statement != NULL)
    return_statement (task, statement);
  else
    return_failure (task, ttecomm_gate_cause_from_error (error), error->message);
}

TtecommGateAnswer *
ttecomm_gate_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer)ttecomm_gate_ask_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
