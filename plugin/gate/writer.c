/* SPDX-License-Identifier: MIT */
#include "plugin/gate/writer.h"

/* One thing to do: store a record, store keys, or remove an account's statements. */
typedef struct
{
  TtecommGateRecord *record; /* (owned) (nullable) */
  gboolean replaces;         /* only where there is one */
  TtecommKeySet *keys;       /* (owned) (nullable) */
  char *account;             /* (owned) (nullable): whose are to be removed */
  gboolean may_be_left;
  int epoch; /* of the writer's, when it was asked for */
} Job;

/* Whom to tell; outlives the writer as long as a message is on its way. */
typedef struct
{
  TtecommGateWriterFailed failed; /* (nullable): cleared when nobody listens any more */
  gpointer user_data;
} Listener;

struct _TtecommGateWriter
{
  int epoch;               /* (atomic): what may be left is left when it is of another one */
  TtecommGateCache *cache; /* (owned) */
  GThreadPool *pool;       /* (owned) */
  GMainContext *context;   /* (owned): where @listener is called */
  Listener *listener;      /* (owned): touched on @context's thread only, but for its count */
};

typedef struct
{
  Listener *listener; /* (owned) */
  GError *error;      /* (owned) */
} Message;

static void
message_free (gpointer data)
{
  Message *message = data;

  g_atomic_rc_box_release (message->listener);
  g_error_free (message->error);
  g_free (message);
}

static gboolean
deliver_cb (gpointer data)
{
  Message *message = data;
  Listener *listener = message->listener;

  if (listener->failed != NULL)
    listener->failed (message->error, listener->user_data);
  return G_SOURCE_REMOVE;
}

/* Never runs in the thread that calls it, unlike g_main_context_invoke(). Takes @error. */
static void
post (TtecommGateWriter *self, GError *error)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Message *message = g_new0 (Message, 1);

  message->listener = g_atomic_rc_box_acquire (self->listener);
  message->error = error;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, message, message_free);
  g_source_set_static_name (source, "gate writer failed");
  g_source_attach (source, self->context);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->record, ttecomm_gate_record_unref);
  g_clear_pointer (&job->keys, ttecomm_key_set_unref);
  g_free (job->account);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* What is not there any more has been removed: another window has signed out. */
static gboolean
store (TtecommGateCache *cache, const Job *job, GError **error)
{
  TtecommStatement *statement = ttecomm_gate_record_get_statement (job->record);

  return (job->replaces
          && !ttecomm_gate_cache_contains (cache, ttecomm_statement_get_installation (statement),
                                           ttecomm_statement_get_account (statement)))
         || ttecomm_gate_cache_store (cache, job->record, error);
}

/* On the pool's thread. */
static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr (Job) job = data;
  TtecommGateWriter *self = user_data;
  GError *error = NULL;
  gboolean good;

  if (job->may_be_left && job->epoch != g_atomic_int_get (&self->epoch))
    return;
  if (job->record != NULL)
    good = store (self->cache, job, &error);
  else if (job->keys != NULL)
    good = ttecomm_gate_cache_store_keys (self->cache, job->keys, &error);
  else
    good = ttecomm_gate_cache_clear (self->cache, job->account, &error);
  if (!good)
    post (self, error);
}

TtecommGateWriter *
ttecomm_gate_writer_new (TtecommGateCache *cache,
                         TtecommGateWriterFailed failed,
                         gpointer user_data)
{
  TtecommGateWriter *self = g_new0 (TtecommGateWriter, 1);

  self->cache = ttecomm_gate_cache_ref (cache);
  self->context = g_main_context_ref_thread_default ();
  self->listener = g_atomic_rc_box_new0 (Listener);
  self->listener->failed = failed;
  self->listener->user_data = user_data;
  /* One thread, shared with nobody else's pool only while it works: cannot fail. */
  self->pool = g_thread_pool_new (run_job, self, 1, FALSE, NULL);
  return self;
}

void
ttecomm_gate_writer_free (TtecommGateWriter *self)
{
  g_atomic_int_inc (&self->epoch);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  self->listener->failed = NULL;
  g_atomic_rc_box_release (self->listener);
  g_main_context_unref (self->context);
  ttecomm_gate_cache_unref (self->cache);
  g_free (self);
}

/* Takes @job. No thread to be had: what is not written is asked for again. */
static void
push (TtecommGateWriter *self, Job *job)
{
  GError *error = NULL;

  if (!g_thread_pool_push (self->pool, job, &error))
    post (self, error);
}

void
ttecomm_gate_writer_store (TtecommGateWriter *self, TtecommGateRecord *record)
{
  Job *job = g_new0 (Job, 1);

  job->record = ttecomm_gate_record_ref (record);
  push (self, job);
}

void
ttecomm_gate_writer_replace (TtecommGateWriter *self, TtecommGateRecord *record)
{
  Job *job = g_new0 (Job, 1);

  job->record = ttecomm_gate_record_ref (record);
  job->replaces = TRUE;
  push (self, job);
}

void
ttecomm_gate_writer_store_later (TtecommGateWriter *self, TtecommGateRecord *record)
{
  Job *job = g_new0 (Job, 1);

  job->record = ttecomm_gate_record_ref (record);
  job->may_be_left = TRUE;
  job->epoch = g_atomic_int_get (&self->epoch);
  push (self, job);
}

void
ttecomm_gate_writer_store_keys (TtecommGateWriter *self, TtecommKeySet *keys)
{
  Job *job = g_new0 (Job, 1);

  job->keys = ttecomm_key_set_ref (keys);
  push (self, job);
}

void
ttecomm_gate_writer_clear (TtecommGateWriter *self, const char *account)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_int_inc (&self->epoch);
  job->account = g_strdup (account);
  push (self, job);
}
