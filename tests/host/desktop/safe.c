/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/safe.h"

#include <gio/gio.h>
#include <string.h>

#ifdef HAVE_LIBSECRET
#include "tests/host/desktop/keyring.h"
#endif

#define CALL_MS 5000
#define ASK_MS 60000
#define END_MS 2000

typedef enum
{
  OPERATION_LOAD,
  OPERATION_STORE,
  OPERATION_ERASE
} OperationKind;

typedef struct /* counted: the safe's until it is answered, and the keyring's while it runs there */
{
  DesktopSafe *safe; /* (nullable) NULL: answered */
  OperationKind kind;
  char *key;                 /* (owned) */
  GBytes *bytes;             /* (owned) (nullable) what to store */
  HostSafeAnswer *answer;    /* (nullable) NULL: of an erase */
  GCancellable *cancellable; /* (owned) */
} Operation;

struct _DesktopSafe
{
  HostSafe table; /* data: this */
  guint call_ms;
  guint ask_ms;
#ifdef HAVE_LIBSECRET
  DesktopKeyring *keyring; /* (owned) */
#endif
  gboolean lasts;
  GHashTable *memory; /* (owned) key, GBytes; or NULL: to be erased as soon as there is a service */
  GQueue waiting;     /* (owned) Operations */
  Operation *running; /* (owned) (nullable) */
  guint timer;        /* of `running`; 0: none */
};

static void run_next (DesktopSafe *self);

/* --- values ----------------------------------------------------------------------------------- */

typedef struct
{
  gsize size;
  char bytes[];
} Wiped;

static void
wipe (gpointer data)
{
  Wiped *wiped = data;

  explicit_bzero (wiped->bytes, wiped->size);
  g_free (wiped);
}

static GBytes *
copy_secret (gconstpointer bytes, gsize size)
{
  Wiped *wiped = g_malloc (sizeof *wiped + size);

  wiped->size = size;
  memcpy (wiped->bytes, bytes, size);
  return g_bytes_new_with_free_func (wiped->bytes, size, wipe, wiped);
}

static void
unref_secret (gpointer data)
{
  if (data != NULL)
    g_bytes_unref (data);
}

/* --- the end of an operation ------------------------------------------------------------------ */

static void
operation_clear (gpointer data)
{
  Operation *operation = data;

  g_free (operation->key);
  g_clear_pointer (&operation->bytes, g_bytes_unref);
  g_object_unref (operation->cancellable);
}

static void
operation_unref (Operation *operation)
{
  g_rc_box_release_full (operation, operation_clear);
}

/* @operation: (transfer full) @bytes: (nullable) what was loaded */
static void
answer (Operation *operation, prosoft_result_t result, gconstpointer bytes, gsize size)
{
  DesktopSafe *self = operation->safe;

  operation->safe = NULL;
  if (operation->kind == OPERATION_ERASE && result != PROSOFT_OK)
    g_hash_table_replace (self->memory, g_strdup (operation->key), NULL);
  if (operation->kind == OPERATION_LOAD)
    host_safe_loaded (operation->answer, result, bytes, size);
  else if (operation->kind == OPERATION_STORE)
    host_safe_stored (operation->answer, result);
  operation_unref (operation);
}

/* The same for the one that runs; then comes the next. */
static void
finish (DesktopSafe *self, prosoft_result_t result, gconstpointer bytes, gsize size)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  answer (g_steal_pointer (&self->running), result, bytes, size);
  run_next (self);
}

static void
give_up_running (DesktopSafe *self, prosoft_result_t result)
{
  g_autoptr (GCancellable) cancellable = g_object_ref (self->running->cancellable);

  g_clear_handle_id (&self->timer, g_source_remove);
  answer (g_steal_pointer (&self->running), result, NULL, 0);
  g_cancellable_cancel (cancellable);
}

static void
give_up (DesktopSafe *self, prosoft_result_t result)
{
  Operation *operation;

  if (self->running != NULL)
    give_up_running (self, result);
  while ((operation = g_queue_pop_head (&self->waiting)) != NULL)
    answer (operation, result, NULL, 0);
}

/* Without a service memory does what can be done. */
static void
finish_in_memory (DesktopSafe *self, gboolean was_there)
{
  Operation *operation = self->running;
  prosoft_result_t result = PROSOFT_E_NOT_FOUND;

  self->lasts = FALSE;
  if (operation->kind == OPERATION_STORE)
    {
      g_hash_table_replace (self->memory, g_strdup (operation->key),
                            g_steal_pointer (&operation->bytes));
      result = PROSOFT_OK;
    }
  else if (operation->kind == OPERATION_LOAD && was_there)
    /* What a service holds that went away cannot be known. */
    result = PROSOFT_E_IO;
  finish (self, result, NULL, 0);
}

/* --- in the service --------------------------------------------------------------------------- */

#ifdef HAVE_LIBSECRET
/* It was erased when there was no service. */
static gboolean
is_to_erase (DesktopSafe *self, const char *key)
{
  gpointer kept = NULL;

  return g_hash_table_lookup_extended (self->memory, key, NULL, &kept) && kept == NULL;
}

static gboolean
on_late (gpointer data)
{
  DesktopSafe *self = data;

  self->timer = 0;
  /* Those that wait would wait for the same service. */
  give_up (self, PROSOFT_E_TIMEOUT);
  return G_SOURCE_REMOVE;
}

static void
set_timer (DesktopSafe *self, guint ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (ms, on_late, self);
}

static void
on_asks (gpointer data, GCancellable *call, gboolean asks)
{
  DesktopSafe *self = data;

  if (self->running != NULL && self->running->cancellable == call)
    set_timer (self, asks ? self->ask_ms : self->call_ms);
}

static prosoft_result_t
result_of (const GError *error)
{
  if (error == NULL)
    return PROSOFT_OK;
  if (g_error_matches (error, DESKTOP_KEYRING_ERROR, DESKTOP_KEYRING_LOCKED)
      || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return PROSOFT_E_CANCELLED;
  if (g_error_matches (error, DESKTOP_KEYRING_ERROR, DESKTOP_KEYRING_DAMAGED))
    return PROSOFT_E_FORMAT;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT))
    return PROSOFT_E_TIMEOUT;
  return PROSOFT_E_IO;
}

static void
use_result (DesktopSafe *self, const GError *error, SecretValue *value)
{
  const Operation *operation = self->running;
  gboolean is_absent = g_error_matches (error, DESKTOP_KEYRING_ERROR, DESKTOP_KEYRING_ABSENT);
  gboolean is_nothing = operation->kind == OPERATION_LOAD && value == NULL
                        && (error == NULL || is_to_erase (self, operation->key));
  gsize size = 0;
  const char *bytes = value != NULL ? secret_value_get (value, &size) : NULL;

  self->lasts = !is_absent;
  if (error == NULL && value == NULL)
    g_hash_table_remove (self->memory, operation->key);
  if (is_nothing)
    finish (self, PROSOFT_E_NOT_FOUND, NULL, 0);
  else if (is_absent)
    finish_in_memory (self, desktop_keyring_was_there (self->keyring));
  else
    finish (self, result_of (error), bytes, size);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Operation *operation = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = desktop_keyring_finish (result, &error);

  if (operation->safe != NULL)
    use_result (operation->safe, error, value);
  operation_unref (operation);
}

static void
use_keyring (DesktopSafe *self, Operation *operation)
{
  gsize size = 0;
  const char *bytes = operation->bytes != NULL ? g_bytes_get_data (operation->bytes, &size) : NULL;

  set_timer (self, self->call_ms);
  g_rc_box_acquire (operation);
  if (operation->kind == OPERATION_STORE)
    desktop_keyring_store (self->keyring, operation->key, bytes, size, operation->cancellable,
                           on_done, operation);
  else if (operation->kind == OPERATION_ERASE || is_to_erase (self, operation->key))
    desktop_keyring_erase (self->keyring, operation->key, operation->cancellable, on_done,
                           operation);
  else
    desktop_keyring_load (self->keyring, operation->key, operation->cancellable, on_done,
                          operation);
}
#else
static void
use_keyring (DesktopSafe *self, Operation *operation)
{
  finish_in_memory (self, FALSE);
}
#endif

/* --- the queue -------------------------------------------------------------------------------- */

static void
run_next (DesktopSafe *self)
{
  Operation *operation = g_queue_pop_head (&self->waiting);
  GBytes *kept;
  gsize size;

  if (operation == NULL)
    return;
  self->running = operation;
  kept = g_hash_table_lookup (self->memory, operation->key);
  if (operation->kind == OPERATION_LOAD && kept != NULL)
    {
      const void *bytes = g_bytes_get_data (kept, &size);

      finish (self, PROSOFT_OK, bytes, size);
    }
  else
    use_keyring (self, operation);
}

/* @bytes: (nullable) (transfer full) @to: (nullable) who waits for the answer */
static void
add (DesktopSafe *self, OperationKind kind, const char *key, GBytes *bytes, HostSafeAnswer *to)
{
  Operation *operation = g_rc_box_new0 (Operation);

  operation->safe = self;
  operation->kind = kind;
  operation->key = g_strdup (key);
  operation->bytes = bytes;
  operation->answer = to;
  operation->cancellable = g_cancellable_new ();
  g_queue_push_tail (&self->waiting, operation);
  if (self->running == NULL)
    run_next (self);
}

static void
safe_load (void *data, const char *key, HostSafeAnswer *to)
{
  add (data, OPERATION_LOAD, key, NULL, to);
}

static void
safe_store (void *data, const char *key, const void *bytes, size_t size, HostSafeAnswer *to)
{
  add (data, OPERATION_STORE, key, copy_secret (bytes, size), to);
}

static prosoft_result_t
safe_erase (void *data, const char *key)
{
  add (data, OPERATION_ERASE, key, NULL, NULL);
  return PROSOFT_OK;
}

/* --- life ------------------------------------------------------------------------------------- */

DesktopSafe *
desktop_safe_new (void)
{
  return desktop_safe_new_bounded (CALL_MS, ASK_MS);
}

DesktopSafe *
desktop_safe_new_bounded (guint call_ms, guint ask_ms)
{
  DesktopSafe *self = g_new0 (DesktopSafe, 1);

  self->table = (HostSafe){ self, safe_load, safe_store, safe_erase };
  self->call_ms = call_ms;
  self->ask_ms = ask_ms;
  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_secret);
  g_queue_init (&self->waiting);
#ifdef HAVE_LIBSECRET
  self->lasts = TRUE;
  self->keyring = desktop_keyring_new (on_asks, self);
#endif
  return self;
}

const HostSafe *
desktop_safe_get (const DesktopSafe *self)
{
  return &self->table;
}

gboolean
desktop_safe_lasts (const DesktopSafe *self)
{
  return self->lasts;
}

/* Nobody waits for them any more. */
static void
cancel_loads (DesktopSafe *self)
{
  GQueue others = G_QUEUE_INIT;
  Operation *operation;

  while ((operation = g_queue_pop_head (&self->waiting)) != NULL)
    {
      if (operation->kind == OPERATION_LOAD)
        answer (operation, PROSOFT_E_CANCELLED, NULL, 0);
      else
        g_queue_push_tail (&others, operation);
    }
  self->waiting = others;
  if (self->running != NULL && self->running->kind == OPERATION_LOAD)
    {
      give_up_running (self, PROSOFT_E_CANCELLED);
      run_next (self);
    }
}

static gboolean
on_end (gpointer data)
{
  gboolean *is_over = data;

  *is_over = TRUE;
  return G_SOURCE_CONTINUE;
}

void
desktop_safe_free (DesktopSafe *self)
{
  gboolean is_over = FALSE;
  guint end = g_timeout_add (MIN (END_MS, self->call_ms), on_end, &is_over);

  cancel_loads (self);
  while (self->running != NULL && !is_over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (end);
  give_up (self, PROSOFT_E_CANCELLED);
#ifdef HAVE_LIBSECRET
  desktop_keyring_free (self->keyring);
#endif
  g_hash_table_destroy (self->memory);
  g_free (self);
}
