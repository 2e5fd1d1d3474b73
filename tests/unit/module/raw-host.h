/* SPDX-License-Identifier: MIT */
/*
 * A host that is as rude as a test wants: tables without manners, calls from any thread, answers
 * that lie. For what tests/host is too polite to do. It drives the real module,
 * build/plugin/ttecomm.so. Its main thread is the one that made it.
 */
#pragma once

#include "api/prosoft/prosoft.h"
#include "tests/harness/harness.h"

G_BEGIN_DECLS

typedef struct _RawHost RawHost;

/* What completed() or decided() said. */
typedef struct
{
  prosoft_op_t op;
  gboolean is_decision;
  prosoft_result_t result; /* of a completion */
  int32_t allowed;         /* of a decision, as the next three */
  prosoft_gate_outcome_t outcome;
  prosoft_session_t session;
  char *code;     /* (owned) (nullable) */
  char *message;  /* (owned) (nullable) */
  gboolean early; /* inside the call that started something, or after destroy() */
} RawEnding;

/* What load() asked for. */
typedef struct
{
  char *key; /* (owned) */
  prosoft_cookie_t cookie;
} RawLoad;

struct _RawHost
{
  prosoft_host_t table; /* host_data: this */
  const prosoft_entry_t *entry;
  const prosoft_plugin_factory_t *factory;
  const prosoft_plugin_t *plugin;                  /* (nullable) */
  const prosoft_plugin_environment_t *environment; /* like the rest: from start to stop */
  const prosoft_plugin_operations_t *operations;
  const prosoft_plugin_project_t *project;
  const prosoft_plugin_pages_t *pages;
  const prosoft_plugin_session_gate_t *gate;
  const prosoft_plugin_secrets_t *secrets;

  /* How it behaves; to be set before raw_host_start(). */
  const char *missing; /* (nullable) id of an extension it does not have */
  int32_t (*get_value) (RawHost *host,
                        const char *key,
                        char *buffer,
                        int32_t capacity); /* (nullable) */
  gboolean denies_main;                    /* is_main_thread() says no */
  gpointer data;                           /* for get_value */

  GHashTable *values; /* (owned) (element-type utf8 utf8) of the environment */

  GMutex lock; /* of the rest */
  GCond woken;
  gboolean wanted;    /* request_callback() came */
  gboolean starting;  /* a start call is on the stack */
  gboolean gone;      /* destroy() has returned */
  guint n_late;       /* calls after that */
  guint n_off_main;   /* [main] functions called from elsewhere */
  GPtrArray *lines;   /* (owned) (element-type utf8) "SEVERITY DOMAIN: TEXT" */
  GPtrArray *endings; /* (owned) (element-type RawEnding) */
  GPtrArray *loads;   /* (owned) (element-type RawLoad) */
  GPtrArray *stored;  /* (owned) (element-type GBytes) */
  GPtrArray *opened;  /* (owned) (element-type utf8) addresses */
  guint n_changed;    /* calls of pages->changed() */
  gint64 revision;    /* what it said last */
};

/* The module, opened once and never closed: it pins itself anyway. */
const prosoft_entry_t *raw_host_get_entry (void);

RawHost *raw_host_new (void);

/* Creates and starts an instance, which must succeed, and fetches its tables. */
void raw_host_start (RawHost *host);

/* Destroys the instance, and looks whether anything arrives afterwards. */
void raw_host_stop (RawHost *host);

/* Stops what runs. Fails the test when the plug-in called the host late, or from another thread. */
void raw_host_free (RawHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawHost, raw_host_free)

/* Answers request_callback() until `predicate` holds; returns whether it did within 20 s. */
typedef gboolean (*RawPredicate) (RawHost *host, gpointer data);
gboolean raw_host_run_until (RawHost *host, RawPredicate predicate, gpointer data);

/* The same, for the ending of `op`; fails the test when none comes. */
const RawEnding *raw_host_wait (RawHost *host, prosoft_op_t op);

/* How many endings `op` had. */
guint raw_host_count_endings (RawHost *host, prosoft_op_t op);

/* Whether a log line has both texts in it. */
gboolean raw_host_has_line (RawHost *host, const char *severity, const char *text);
guint raw_host_count_lines (RawHost *host);

/* --- what most tests need -------------------------------------------------------------------- */

/* "ttcloud-url" and the rest of a sandbox at @origin, with a throwaway key. @ca: (nullable). */
void raw_host_declare_sandbox (RawHost *host, const char *origin, const char *ca);

/* (transfer full): a sign-in that an earlier run kept for the TTcloud @origin */
char *raw_host_make_secret (const char *origin);

/* Answers the first load() with a kept sign-in of account "acct_1", and waits until it is taken. */
void raw_host_sign_in (RawHost *host);

/* The page of @view. (transfer full) */
char *raw_host_render (RawHost *host, prosoft_view_t view, gint64 *revision);

/* Renders @view until the page has @text in it; fails the test when that does not happen. */
void raw_host_wait_page (RawHost *host, prosoft_view_t view, const char *text);

/* Invokes an action of the page as it is now. */
prosoft_result_t raw_host_invoke (RawHost *host,
                                  prosoft_view_t view,
                                  const char *action,
                                  const char *inputs,
                                  prosoft_op_t *op,
                                  prosoft_error_t *error);
prosoft_result_t raw_host_check (RawHost *host, const char *installation, prosoft_op_t *op);

/* A reader of @bytes, kept by the caller. */
typedef struct
{
  prosoft_reader_t reader; /* reader_data: this */
  GBytes *bytes;           /* (unowned) */
  gint64 size;             /* what size() says; set from @bytes by raw_reader_init() */
  gint64 (*read) (gint64 offset,
                  void *buffer,
                  gint64 capacity); /* (nullable) in place of a true one */
  guint n_reads;
  gint64 largest;    /* range asked for */
  gboolean off_main; /* called from another thread than [main] */
} RawReader;

void raw_reader_init (RawReader *reader, GBytes *bytes);
prosoft_result_t raw_host_open_project (RawHost *host, const char *id, RawReader *reader);

G_END_DECLS
