/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/bridge/host-link.h"
#include "plugin/bridge/mailbox.h"
#include "plugin/bridge/operations.h"
#include "plugin/bridge/worker.h"
#include "plugin/page/model.h"

G_BEGIN_DECLS

/* The page as it was at the last revisions: what a person who clicks may have seen. */
#define TTECOMM_PAGES_KEPT 16

/**
 * TtecommBridge:
 *
 * One plug-in instance: the host's calls on one side, the model on its worker on the other. Main
 * thread; no function waits, reads a disk, parses or signs (R5), except that destroy joins the
 * worker.
 */
typedef struct
{
  prosoft_plugin_t plugin; /* what the host holds; its plugin_data is this struct */
  TtecommHostLink link;
  GThread *main_thread; /* (unowned) where init() was called (R4) */
  gboolean running;     /* from a successful init() to destroy() */

  TtecommWorker *worker;   /* (owned) (nullable) */
  TtecommMailbox *mailbox; /* (owned) */
  TtecommModel *model;     /* (unowned) (nullable) made, used and released on the worker */

  TtecommOperations *operations; /* (owned) */
  GArray *views;                 /* (owned) (element-type prosoft_view_t) open ones */
  GQueue pages;                  /* (owned) (element-type TtecommPage) newest first */
  prosoft_page_info_t page_info;
  char *page_title; /* (owned) (nullable) what page_info.title points to */

  char *project_id;               /* (owned) (nullable) the open project */
  const prosoft_reader_t *reader; /* (nullable) the host's, valid until closed() or changed() */
  guint generation;               /* counts readers */

  /* What may be decided without the worker: main's copy counts only while both numbers are those of
   * the moment. So nothing that the host has said, and nothing that the worker has learnt, is ever
   * overtaken by an older "yes" (gate.md, section 4). */
  TtecommAdmission *admission; /* (owned) (nullable) [main] */
  guint64 n_asked;             /* [main] questions that may change it */
  guint64 admission_asked;     /* [main] of those, what admission takes into account */
  gint admission_learnt;       /* [main] n_learnt when the worker sent it */
  gint n_learnt;               /* (atomic) counted up by the worker when it learns another */
  TtecommAdmission *known;     /* (owned) (nullable) [worker] the newest */
  guint64 n_answered;          /* [worker] the last question that was worked off */

  guint64 last_cookie;
  guint64 load_cookie;  /* of the last load of a secret */
  char *load_key;       /* (owned) (nullable) what that was to load */
  guint64 store_cookie; /* of the last store of one */
  char *store_key;      /* (owned) (nullable) what that was */
  guint64 last_session;
  GHashTable *sessions;      /* (owned) (element-type guint64) running sessions */
  TtecommSettings *settings; /* (owned) as last read */
} TtecommBridge;

/* @descriptor is static. Does not call the host. */
TtecommBridge *ttecomm_bridge_new (const prosoft_host_t *host,
                                   const prosoft_plugin_descriptor_t *descriptor);

/* TRUE on the host's main thread between init() and destroy(); else says so in @error and the log.
 */
gboolean ttecomm_bridge_check (TtecommBridge *self,
                               const char *function,
                               prosoft_result_t *result,
                               prosoft_error_t *error);
TtecommBridge *ttecomm_bridge_get (const prosoft_plugin_t *plugin);

/* The newest page; never NULL while running. */
TtecommPage *ttecomm_bridge_get_page (TtecommBridge *self);
/* Keeps @page as the newest and tells each view. */
void ttecomm_bridge_set_page (TtecommBridge *self, TtecommPage *page);

/* Ends @op in the way that is owed; does nothing when it has ended before (R10). */
void ttecomm_bridge_complete (TtecommBridge *self,
                              guint64 op,
                              TtecommEnding ending,
                              const char *message,
                              const char *details);
void ttecomm_bridge_decide (TtecommBridge *self, guint64 op, TtecommDecision *decision);

/* Runs @func with the model on the worker. Until it has, the worker decides every gate check. */
typedef void (*TtecommModelFunc) (TtecommModel *model, gpointer data);
void ttecomm_bridge_ask (TtecommBridge *self,
                         TtecommModelFunc func,
                         gpointer data,
                         GDestroyNotify destroy);
/* The same for what cannot change any decision: a check, the start or the end of a session. */
void ttecomm_bridge_tell (TtecommBridge *self,
                          TtecommModelFunc func,
                          gpointer data,
                          GDestroyNotify destroy);

/* Whether a session may start, if that is known here and now; NULL: ask the worker. @installation
 * and
 * @id as in ttecomm_admission_decide(). (transfer full) (nullable) */
TtecommDecision *
ttecomm_bridge_admit (TtecommBridge *self, const char *installation, const char **id);
/* Tells main what is admitted after question @n_asked. [worker] */
void ttecomm_bridge_answered (TtecommBridge *self, guint64 n_asked);

typedef struct
{
  guint generation;
  guint64 offset;
  gsize length;
} TtecommReadRequest;

/* The answer to the model's question for the secret @key. @secret: (nullable) (transfer full) */
void ttecomm_bridge_tell_secret (TtecommBridge *self, const char *key, GBytes *secret);

/* That question cannot be answered. */
void ttecomm_bridge_tell_no_answer (TtecommBridge *self, const char *key);

/* How the host's last save of @key ended. @line: for the log when it was not @good */
void
ttecomm_bridge_tell_saved (TtecommBridge *self, const char *key, gboolean good, const char *line);
#define TTECOMM_BRIDGE_NOT_KEPT                                                                    \
  "the host could not keep the sign-in; it lasts until PROSOFT is closed"

/* A TtecommMailFunc: reads one slice of the open file and gives it to the model. */
void ttecomm_bridge_read_project (gpointer target, gpointer payload);

/* The sink that carries the model's effects into @self->mailbox. */
extern const TtecommModelSink ttecomm_bridge_sink;

/* The plug-in's tables. */
extern const prosoft_plugin_environment_t ttecomm_bridge_environment;
extern const prosoft_plugin_operations_t ttecomm_bridge_operations;
extern const prosoft_plugin_project_t ttecomm_bridge_project;
extern const prosoft_plugin_pages_t ttecomm_bridge_pages;
extern const prosoft_plugin_session_gate_t ttecomm_bridge_session_gate;
extern const prosoft_plugin_secrets_t ttecomm_bridge_secrets;

G_END_DECLS
