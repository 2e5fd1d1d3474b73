/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/fake-source.h"

typedef struct
{
  char *installation; /* (owned) (nullable): NULL when it is about many */
  char *nonce;        /* (owned) (nullable) */
  GPtrArray *items;   /* (owned) (nullable) (element-type utf8): installation, nonce, ... */
  GSource *cancelled; /* (owned) (nullable): while it is held; owns the task */
} Question;

static void fake_source_iface_init (TtecommGateSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TtecommFakeSource,
                               ttecomm_fake_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_GATE_SOURCE,
                                                      fake_source_iface_init))

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->installation);
  g_free (question->nonce);
  g_clear_pointer (&question->items, g_ptr_array_unref);
  g_free (question);
}

static void
stop_holding (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  if (question->cancelled == NULL)
    return;
  g_source_destroy (question->cancelled);
  g_clear_pointer (&question->cancelled, g_source_unref);
}

static char *
sign_as_is (TtecommFakeSource *self, const char *installation, const char *nonce)
{
  TtecommFakeStatement statement = self->statement;

  statement.installation = installation;
  statement.nonce = nonce;
  if (g_strcmp0 (self->soon, installation) == 0)
    statement.next = 0;
  return ttecomm_fake_signer_sign (self->signer, &statement);
}

static char *
sign_one (TtecommFakeSource *self, const char *installation, const char *nonce)
{
  gboolean spoilt = g_strcmp0 (self->spoil, installation) == 0;

  return sign_as_is (self, installation, spoilt ? "AAAAAAAAAAAAAAAAAAAAAA" : nonce);
}

static void
answer_many (TtecommFakeSource *self, GTask *task)
{
  const GPtrArray *items = ((Question *)g_task_get_task_data (task))->items;
  TtecommGateReply *reply = ttecomm_gate_reply_new (self->fail_many, NULL);
  guint n = items->len / 2;

  if (self->fail_many == TTECOMM_GATE_CAUSE_NONE)
    {
      reply->bodies = g_new0 (char *, n + 1);
      for (guint i = 0; i < n; i++)
        {
          guint k = self->shuffle ? n - 1 - i : i;

          reply->bodies[i] = sign_one (self, items->pdata[2 * k], items->pdata[2 * k + 1]);
        }
      if (self->repeat || self->stranger != NULL)
        {
          g_free (reply->bodies[n - 1]);
          reply->bodies[n - 1] = self->repeat
                                     ? g_strdup (reply->bodies[0])
                                     : sign_as_is (self, self->stranger, items->pdata[2 * n - 1]);
        }
      if (self->one_too_few)
        g_clear_pointer (&reply->bodies[n - 1], g_free);
    }
  reply->server_today = g_strdup (self->server_today);
  reply->http_status = self->http_status;
  reply->retry_after = self->retry_after;
  g_task_return_pointer (task, reply, (GDestroyNotify)ttecomm_gate_reply_free);
}

static void
answer_one (TtecommFakeSource *self, GTask *task)
{
  Question *question = g_task_get_task_data (task);
  TtecommFakeStatement statement = self->statement;
  TtecommGateReply *reply = ttecomm_gate_reply_new (self->fail, NULL);

  statement.installation = self->installation != NULL ? self->installation : question->installation;
  statement.nonce = self->nonce != NULL ? self->nonce : question->nonce;
  if (self->fail == TTECOMM_GATE_CAUSE_NONE)
    reply->body = self->body != NULL ? g_strdup (self->body)
                                     : ttecomm_fake_signer_sign (self->signer, &statement);
  reply->server_today = g_strdup (self->server_today);
  reply->http_status = self->http_status;
  reply->retry_after = self->retry_after;
  reply->timings.total_ms = 7;
  g_task_return_pointer (task, reply, (GDestroyNotify)ttecomm_gate_reply_free);
}

static void
answer (TtecommFakeSource *self, GTask *task)
{
  Question *question = g_task_get_task_data (task);

  if (question->items != NULL)
    {
      answer_many (self, task);
      return;
    }
  answer_one (self, task);
}

static gboolean
held_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  TtecommFakeSource *self = g_task_get_source_object (task);

  g_ptr_array_remove (self->held, task);
  stop_holding (task);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
hold (TtecommFakeSource *self, GTask *task)
{
  Question *question = g_task_get_task_data (task);

  question->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (question->cancelled, G_SOURCE_FUNC (held_cancelled_cb),
                         g_object_ref (task), g_object_unref);
  g_source_attach (question->cancelled, g_task_get_context (task));
  g_ptr_array_add (self->held, g_object_ref (task));
}

static void
fake_source_fetch_statement_async (TtecommGateSource *source,
                                   const char *installation,
                                   const char *nonce,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  TtecommFakeSource *self = TTECOMM_FAKE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->installation = g_strdup (installation);
  question->nonce = g_strdup (nonce);
  g_task_set_task_data (task, question, question_free);
  g_ptr_array_add (self->nonces, g_strdup (nonce));
  self->n_statements++;
  if (self->hold)
    hold (self, task);
  else
    answer (self, task);
}

static void
fake_source_fetch_statements_async (TtecommGateSource *source,
                                    const TtecommServiceFlagItem *items,
                                    gsize n_items,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  TtecommFakeSource *self = TTECOMM_FAKE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->items = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_items; i++)
    {
      g_ptr_array_add (question->items, g_strdup (items[i].installation));
      g_ptr_array_add (question->items, g_strdup (items[i].nonce));
      g_ptr_array_add (self->asked_many, g_strdup (items[i].installation));
      g_ptr_array_add (self->nonces, g_strdup (items[i].nonce));
    }
  g_task_set_task_data (task, question, question_free);
  self->n_many++;
  self->most = MAX (self->most, (guint)n_items);
  if (self->hold)
    hold (self, task);
  else
    answer (self, task);
}

static TtecommGateReply *
fake_source_finish (TtecommGateSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_source_fetch_keys_async (TtecommGateSource *source,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  TtecommFakeSource *self = TTECOMM_FAKE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  TtecommGateReply *reply = ttecomm_gate_reply_new (self->fail_keys, NULL);

  self->n_keys++;
  if (self->fail_keys == TTECOMM_GATE_CAUSE_NONE)
    reply->body = g_strdup (self->keys != NULL ? self->keys : self->signer->keys_jws);
  g_task_return_pointer (task, reply, (GDestroyNotify)ttecomm_gate_reply_free);
}

static void
fake_source_iface_init (TtecommGateSourceInterface *iface)
{
  iface->fetch_statement_async = fake_source_fetch_statement_async;
  iface->fetch_statement_finish = fake_source_finish;
  iface->fetch_statements_async = fake_source_fetch_statements_async;
  iface->fetch_statements_finish = fake_source_finish;
  iface->fetch_keys_async = fake_source_fetch_keys_async;
  iface->fetch_keys_finish = fake_source_finish;
}

static void
ttecomm_fake_source_finalize (GObject *object)
{
  TtecommFakeSource *self = TTECOMM_FAKE_SOURCE (object);

  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->nonces);
  g_ptr_array_unref (self->asked_many);
  ttecomm_fake_signer_free (self->signer);
  G_OBJECT_CLASS (ttecomm_fake_source_parent_class)->finalize (object);
}

static void
ttecomm_fake_source_class_init (TtecommFakeSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_fake_source_finalize;
}

static void
ttecomm_fake_source_init (TtecommFakeSource *self)
{
  self->signer = ttecomm_fake_signer_new ();
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->nonces = g_ptr_array_new_with_free_func (g_free);
  self->asked_many = g_ptr_array_new_with_free_func (g_free);
  self->http_status = 200;
  self->retry_after = -1;
}

TtecommFakeSource *
ttecomm_fake_source_new (gint64 iat)
{
  TtecommFakeSource *self = g_object_new (TTECOMM_TYPE_FAKE_SOURCE, NULL);

  self->statement = ttecomm_fake_statement ("", iat);
  return self;
}

void
ttecomm_fake_source_release (TtecommFakeSource *self)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);

  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < held->len; i++)
    {
      stop_holding (g_ptr_array_index (held, i));
      answer (self, g_ptr_array_index (held, i));
    }
}

void
ttecomm_fake_source_release_one (TtecommFakeSource *self, guint index)
{
  g_autoptr (GTask) task = g_ptr_array_steal_index (self->held, index);

  stop_holding (task);
  answer (self, task);
}
