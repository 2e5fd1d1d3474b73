/* SPDX-License-Identifier: MIT */
#include "plugin/gate/keyring.h"

struct _TtecommGateKeyring
{
  GObject parent_instance;

  TtecommGateSource *source; /* (owned) */
  TtecommTrust *trust;       /* (owned) */
  TtecommGateWriter *writer; /* (unowned) (nullable) */
  TtecommKeySet *keys;       /* (owned) (nullable) */
  GPtrArray *waiting;        /* (owned) (element-type GTask): share the request in flight */
  GCancellable *request;     /* (owned) (nullable): of the request in flight */
};

/* One caller; its task's data. */
typedef struct
{
  GSource *watch; /* (owned) (nullable): its cancellable */
  TtecommGateKeysFailure failure;
} Waiter;

/* One request. */
typedef struct
{
  TtecommGateKeyring *keyring; /* (owned) */
  GCancellable *cancellable;   /* (owned): keyring->request, unless nobody waits for it any more */
} Fetch;

G_DEFINE_FINAL_TYPE (TtecommGateKeyring, ttecomm_gate_keyring, G_TYPE_OBJECT)
G_DEFINE_QUARK (ttecomm - gate - cause - error - quark, ttecomm_gate_cause_error)

static void fetch_keys_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static TtecommGateCause
cause_from_statement_error (TtecommStatementError code)
{
  switch (code)
    {
    case TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN:
    case TTECOMM_STATEMENT_ERROR_KEY_EXPIRED:
      return TTECOMM_GATE_CAUSE_KEYS;
    case TTECOMM_STATEMENT_ERROR_ISSUER:
    case TTECOMM_STATEMENT_ERROR_AUDIENCE:
    case TTECOMM_STATEMENT_ERROR_ENVIRONMENT:
    case TTECOMM_STATEMENT_ERROR_SUBJECT:
    case TTECOMM_STATEMENT_ERROR_ACCOUNT:
      return TTECOMM_GATE_CAUSE_WRONG_SITE;
    case TTECOMM_STATEMENT_ERROR_NONCE:
    case TTECOMM_STATEMENT_ERROR_OLD:
      return TTECOMM_GATE_CAUSE_REPLAY;
    case TTECOMM_STATEMENT_ERROR_SIZE:
    case TTECOMM_STATEMENT_ERROR_FORMAT:
    case TTECOMM_STATEMENT_ERROR_HEADER:
    case TTECOMM_STATEMENT_ERROR_SIGNATURE:
    case TTECOMM_STATEMENT_ERROR_CONTENT:
    case TTECOMM_STATEMENT_ERROR_RANGE:
    default:
      return TTECOMM_GATE_CAUSE_REPLY_ALTERED;
    }
}

TtecommGateCause
ttecomm_gate_cause_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, TTECOMM_GATE_CAUSE_REPLY_ALTERED);

  if (error->domain == TTECOMM_STATEMENT_ERROR)
    return cause_from_statement_error ((TtecommStatementError)error->code);
  if (error->domain == TTECOMM_KEY_SET_ERROR && error->code != TTECOMM_KEY_SET_ERROR_ALTERED)
    return TTECOMM_GATE_CAUSE_KEYS;
  return TTECOMM_GATE_CAUSE_REPLY_ALTERED;
}

static void
ttecomm_gate_keyring_dispose (GObject *object)
{
  TtecommGateKeyring *self = TTECOMM_GATE_KEYRING (object);

  ttecomm_gate_keyring_close (self);
  g_clear_object (&self->source);
  g_clear_pointer (&self->trust, ttecomm_trust_unref);
  g_clear_pointer (&self->keys, ttecomm_key_set_unref);
  G_OBJECT_CLASS (ttecomm_gate_keyring_parent_class)->dispose (object);
}

static void
ttecomm_gate_keyring_finalize (GObject *object)
{
  g_ptr_array_unref (TTECOMM_GATE_KEYRING (object)->waiting);
  G_OBJECT_CLASS (ttecomm_gate_keyring_parent_class)->finalize (object);
}

static void
ttecomm_gate_keyring_class_init (TtecommGateKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ttecomm_gate_keyring_dispose;
  G_OBJECT_CLASS (klass)->finalize = ttecomm_gate_keyring_finalize;
}

static void
ttecomm_gate_keyring_init (TtecommGateKeyring *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

TtecommGateKeyring *
ttecomm_gate_keyring_new (TtecommGateSource *source,
                          TtecommTrust *trust,
                          TtecommGateCache *cache,
                          TtecommGateWriter *writer)
{
  TtecommGateKeyring *self = g_object_new (TTECOMM_TYPE_GATE_KEYRING, NULL);
  g_autoptr (GError) error = NULL;

  self->source = g_object_ref (source);
  self->trust = ttecomm_trust_ref (trust);
  self->writer = writer;
  if (cache == NULL)
    return self;
  self->keys = ttecomm_gate_cache_load_keys (cache, trust, 0, &error);
  if (self->keys == NULL)
    g_debug ("No key set on disk: %s", error->message);
  return self;
}

TtecommKeySet *
ttecomm_gate_keyring_get_keys (TtecommGateKeyring *self)
{
  return self->keys;
}

static void
waiter_stop_watch (Waiter *waiter)
{
  if (waiter->watch == NULL)
    return;
  g_source_destroy (waiter->watch);
  g_clear_pointer (&waiter->watch, g_source_unref);
}

static void
waiter_free (gpointer data)
{
  waiter_stop_watch (data);
  g_free (data);
}

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->keyring);
  g_object_unref (fetch->cancellable);
  g_free (fetch);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

/* The last who waits takes the request along. */
static gboolean
waiter_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  TtecommGateKeyring *self = g_task_get_source_object (task);

  waiter_stop_watch (g_task_get_task_data (task));
  g_ptr_array_remove (self->waiting, task);
  if (self->waiting->len == 0 && self->request != NULL)
    {
      g_cancellable_cancel (self->request);
      g_clear_object (&self->request);
    }
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
add_waiter (TtecommGateKeyring *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  g_task_set_task_data (task, waiter, waiter_free);
  g_ptr_array_add (self->waiting, task);
  if (cancellable == NULL)
    return;
  waiter->watch = g_cancellable_source_new (cancellable);
  g_source_set_callback (waiter->watch, G_SOURCE_FUNC (waiter_cancelled_cb), task, NULL);
  g_source_attach (waiter->watch, g_main_context_get_thread_default ());
}

void
ttecomm_gate_keyring_refresh_async (TtecommGateKeyring *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;
  Fetch *fetch;

  g_return_if_fail (TTECOMM_IS_GATE_KEYRING (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ttecomm_gate_keyring_refresh_async);
  add_waiter (self, task);
  if (self->request != NULL)
    return;
  self->request = g_cancellable_new ();
  fetch = g_new0 (Fetch, 1);
  fetch->keyring = g_object_ref (self);
  fetch->cancellable = g_object_ref (self->request);
  ttecomm_gate_source_fetch_keys_async (self->source, self->request, fetch_keys_cb, fetch);
}

/* Keeps the key set of @reply, if it is one. */
static gboolean
take_keys (TtecommGateKeyring *self, const TtecommGateReply *reply, GError **error)
{
  gint64 min_ver = self->keys != NULL ? ttecomm_key_set_get_ver (self->keys) : 0;
  g_autoptr (GError) local_error = NULL;
  TtecommKeySet *keys;

  if (reply->cause != TTECOMM_GATE_CAUSE_NONE || reply->body == NULL)
    {
      g_set_error (error, TTECOMM_GATE_CAUSE_ERROR, (gint)ttecomm_gate_reply_get_cause (reply),
                   "The key set could not be fetched: %s",
                   reply->message != NULL ? reply->message : "no answer");
      return FALSE;
    }
  keys = ttecomm_key_set_verify (reply->body, strlen (reply->body), self->trust, min_ver,
                                 &local_error);
  if (keys == NULL)
    {
      g_set_error_literal (error, TTECOMM_GATE_CAUSE_ERROR,
                           (gint)ttecomm_gate_cause_from_error (local_error), local_error->message);
      return FALSE;
    }
  g_clear_pointer (&self->keys, ttecomm_key_set_unref);
  self->keys = keys;
  if (self->writer != NULL)
    ttecomm_gate_writer_store_keys (self->writer, keys);
  return TRUE;
}

/* Answers all who wait: with the new key set, or with @error (nullable) and what @reply (nullable)
 * says of it. */
static void
answer_waiters (TtecommGateKeyring *self, const TtecommGateReply *reply, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);
      Waiter *waiter = g_task_get_task_data (task);

      waiter_stop_watch (waiter);
      waiter->failure.http_status = reply != NULL ? reply->http_status : 0;
      waiter->failure.retry_after = reply != NULL ? reply->retry_after : -1;
      if (error == NULL)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
fetch_keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Fetch) fetch = user_data;
  TtecommGateKeyring *self = fetch->keyring;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateReply) reply
      = ttecomm_gate_source_fetch_keys_finish (TTECOMM_GATE_SOURCE (source), result, &error);

  if (self->request != fetch->cancellable)
    return;
  g_clear_object (&self->request);
  if (reply != NULL && !take_keys (self, reply, &error))
    g_debug ("No key set: %s", error->message);
  answer_waiters (self, reply, error);
}

gboolean
ttecomm_gate_keyring_refresh_finish (TtecommGateKeyring *self,
                                     GAsyncResult *result,
                                     TtecommGateKeysFailure *failure,
                                     GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *failure = ((Waiter *)g_task_get_task_data (G_TASK (result)))->failure;
  if (g_task_propagate_boolean (G_TASK (result), &local_error))
    return TRUE;
  if (local_error->domain == TTECOMM_GATE_CAUSE_ERROR)
    failure->cause = (TtecommGateCause)local_error->code;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
ttecomm_gate_keyring_close (TtecommGateKeyring *self)
{
  self->writer = NULL;
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
}
