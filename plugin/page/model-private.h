/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/nbt-reader.h"
#include "plugin/page/cloud.h"
#include "plugin/page/desk.h"
#include "plugin/page/facts.h"
#include "plugin/page/host-secrets.h"
#include "plugin/page/model-lock.h"
#include "plugin/page/model.h"
#include "plugin/page/portfolio.h"
#include "plugin/page/snapshot.h"
#include "plugin/purchase/purchase.h"

G_BEGIN_DECLS

struct _TtecommModel
{
  GObject parent_instance;

  TtecommClock *clock;          /* (owned) */
  const TtecommModelSink *sink; /* (unowned) */
  gpointer sink_data;
  TtecommSettings *settings; /* (owned) */
  TtecommText *text;         /* (owned) */

  TtecommHostSecrets *secrets; /* (owned) (nullable) the host has a safe place */
  TtecommCloud *cloud;         /* (owned) (nullable) */
  GError *setup_error;         /* (owned) (nullable) why there is no cloud */
  TtecommFacts *facts;         /* (owned) (nullable) */
  TtecommPurchase *purchase;   /* (owned) (nullable) of the signed-in account */
  char *account;               /* (owned) (nullable) whose purchase that is */
  char *held_account;          /* (owned) (nullable) the last one known: whose traces are on disk */
  TtecommDesk *desk;           /* (owned) */

  gboolean restoring;          /* the host is asked for the kept sign-in */
  gboolean settling;           /* an order was paid, and what it changed is being asked for */
  gboolean is_refused;         /* TTcloud wants the person to sign in again */
  TtecommPortfolio *portfolio; /* (owned) (nullable) all installations of the account */
  char *list_words;            /* (owned) (nullable) what the person looks for among them */
  TtecommPortfolioTraits list_traits; /* and in which state */
  guint list_first;                   /* where the page of what was found begins */
  gint64 list_asked_us;               /* monotonic time of the last question */
  GSource *list_due;                  /* (owned) (nullable) of the next one */
  GDate said_on;                      /* TTcloud's day of the last attention; not valid: none */
  gboolean has_said;                  /* and it still stands */

  gboolean project_open;
  guint generation;                  /* of the host's reader */
  TtecommNbtReader *reader;          /* (owned) (nullable) while reading */
  TtecommInstallation *installation; /* (owned) (nullable) */
  GError *project_error;             /* (owned) (nullable) */
  TtecommModelLock lock;             /* of a protected file */

  GHashTable *operations; /* (owned) (element-type guint64 TtecommModelOperation) open ones */
  GHashTable *admitted;   /* (owned) (element-type guint64 utf8) checks that let a session in */
  guint n_signing_in;     /* sign-ins in the browser */
  GError *sign_in_error;  /* (owned) (nullable) how the last one ended */
  GPtrArray *explained;   /* (owned) (element-type utf8) explanations that are unfolded */
  GSource *publishing;    /* (owned) (nullable) a page is due */
  gint64 revision;
  gboolean down;
};

/* An operation of the host's that has not ended. */
typedef struct
{
  guint64 op;
  GCancellable *cancellable; /* (owned) */
  gboolean is_sign_in;       /* waits for a browser */
  gboolean shares;           /* what it waits for goes on for others when it is cancelled */

  TtecommSecret *password; /* (owned) (nullable) that was among the inputs */

  /* A gate check. */
  char *installation; /* (owned) (nullable) that it is about */
  char *site_name;    /* (owned) (nullable) */
  guint timeout_ms;
  gboolean waits; /* for the file to be read, or for the account to be known */
  GSource *timer; /* (owned) (nullable) when it has waited long enough */
  gboolean late;  /* it has */
} TtecommModelOperation;

/* What an action of the page does. @argument: what follows the name in the action's id; @inputs:
 * (nullable). Whatever one starts ends @operation. */
typedef void (*TtecommModelActionFunc) (TtecommModel *self,
                                        TtecommModelOperation *operation,
                                        const char *argument,
                                        JsonObject *inputs);

/* What an asynchronous step carries: the model, and the operation it belongs to. */
typedef struct
{
  TtecommModel *model; /* (owned) */
  guint64 op;
} TtecommModelStep;

TtecommModelStep *ttecomm_model_step_new (TtecommModel *self, guint64 op);
void ttecomm_model_step_free (TtecommModelStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommModelStep, ttecomm_model_step_free)

/* Adds @op to the open ones; borrowed. */
TtecommModelOperation *ttecomm_model_begin (TtecommModel *self, guint64 op);
/* Ends @op, after the newest page has gone out; does nothing when it has ended. */
void ttecomm_model_end (TtecommModel *self,
                        guint64 op,
                        TtecommEnding ending,
                        const char *message,
                        const char *details);
/* Ends @op by what @error says; NULL: well. */
void ttecomm_model_end_with (TtecommModel *self, guint64 op, const GError *error);

/* A page is due when this round of the main loop is done. */
void ttecomm_model_publish (TtecommModel *self);

/* Asks TTcloud for everything again; no answer. Nothing while nobody is signed in. */
void ttecomm_model_refresh (TtecommModel *self);

/* An account id is known, or no longer: its purchase and its gate follow. */
void ttecomm_model_account_known (TtecommModel *self);

/* Ends all sign-ins that wait for a browser. */
void ttecomm_model_cancel_sign_ins (TtecommModel *self);

/* Actions of model-lock.c. */
void ttecomm_model_lock_open (TtecommModel *self,
                              TtecommModelOperation *operation,
                              const char *argument,
                              JsonObject *inputs);
void ttecomm_model_lock_cancel (TtecommModel *self,
                                TtecommModelOperation *operation,
                                const char *argument,
                                JsonObject *inputs);

/* The open file, or what is known of it, is another one now: everybody is told. What TTcloud knows
 * of it is asked for unless @id_before (nullable) says that it was before. */
void ttecomm_model_project_known (TtecommModel *self, const char *id_before);

/* model-sign-in.c: what is said of a sign-in, and what it leaves behind. */

/* Nobody is held, or @account (nullable: not known yet) is: removes what another one left in
 * data-dir. */
void ttecomm_model_note_account (TtecommModel *self, gboolean is_held, const char *account);
void ttecomm_model_connect_sign_in (TtecommModel *self);
/* The person may have signed in again in another window. */
void ttecomm_model_look_again (TtecommModel *self);
void ttecomm_model_add_sign_in (TtecommModel *self, TtecommSnapshot *snapshot);

/* Something is known that gate checks may have waited for: those that can go on do. */
void ttecomm_model_go_on (TtecommModel *self);

/* A line for the host's log; nothing after shut-down. */
void ttecomm_model_log (TtecommModel *self,
                        TtecommLogSeverity severity,
                        const char *domain,
                        const char *text);

/* Takes back a page that is due. */
void ttecomm_model_clear_publishing (TtecommModel *self);

/* Connects to the TTcloud of the settings, or keeps why that cannot be; and lets go of it. */
void ttecomm_model_open_cloud (TtecommModel *self);
void ttecomm_model_close_cloud (TtecommModel *self);

G_END_DECLS
