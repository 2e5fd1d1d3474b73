/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate.h"
#include "plugin/page/desk.h"
#include "plugin/page/gate-words.h"

G_BEGIN_DECLS

/* What the files of the desk share: desk.c asks, desk-words.c says, desk-events.c tells. */

struct _TtecommDesk
{
  GObject parent_instance;

  TtecommClock *clock;          /* (owned) */
  const TtecommModelSink *sink; /* (unowned) */
  gpointer sink_data;
  TtecommText *text; /* (owned) */
  char *version;     /* (owned) (nullable) of PROSOFT */
  char *problem;     /* (owned) (nullable) why there is no TTcloud to ask, for the person */
  char *ttecomm_url; /* (owned) (nullable) */
  char *account;     /* (owned) (nullable) opaque id */
  char *email;       /* (owned) (nullable) */
  gboolean is_held;  /* somebody is signed in, even if it is not known yet who */
  TtecommGate *gate; /* (owned) (nullable) of the present cloud */

  gboolean project_open;
  gboolean is_reading;               /* what file is open will be known in a moment */
  TtecommInstallation *installation; /* (owned) (nullable) */
  char *watched;             /* (owned) (nullable) the open file's id, watched by the gate */
  TtecommDecision *decision; /* (owned) (nullable) last one about the open file */
  gint64 decision_wall;
  guint n_checking;
  GHashTable *sessions; /* (owned) (element-type guint64 TtecommDeskSession): running ones */
};

/* A remote session that a decision let in. */
typedef struct
{
  char *installation;        /* (owned) */
  TtecommGateCode announced; /* the verified "no" it has heard of since the last yes */
} TtecommDeskSession;

/* A question that no host waits for. */
typedef struct
{
  TtecommDesk *desk;  /* (owned) */
  char *installation; /* (owned) */
  char *account;      /* (owned) (nullable) who was signed in when it was asked */
} TtecommDeskQuestion;

TtecommDeskQuestion *ttecomm_desk_question_new (TtecommDesk *self, const char *installation);
void ttecomm_desk_question_free (TtecommDeskQuestion *question);

/* (nullable): TTcloud's id of the open file. */
const char *ttecomm_desk_open_id (TtecommDesk *self);

/* What the words of every decision may need: site, account, version, time. */
void ttecomm_desk_fill_common (TtecommDesk *self,
                               TtecommWordFacts *facts,
                               const char *installation,
                               const char *site_name);

/* Words for a code that was decided before the gate was asked. (transfer full) */
TtecommDecision *ttecomm_desk_decide_here (TtecommDesk *self,
                                           TtecommGateCode code,
                                           const char *cause,
                                           const char *installation,
                                           const char *site_name);

/* One line for the log and "Copy details" of what was decided without the gate. (transfer full) */
char *ttecomm_desk_tell_details (TtecommDesk *self,
                                 const TtecommWordFacts *facts,
                                 const char *installation);

/* Words for what the gate decided. (transfer full) */
TtecommDecision *ttecomm_desk_put_into_words (TtecommDesk *self,
                                              const TtecommGateVerdict *verdict,
                                              const char *installation,
                                              const char *site_name);

/* Keeps @decision as the last one, if it is about the open file. */
void
ttecomm_desk_keep_for_page (TtecommDesk *self, const char *installation, TtecommDecision *decision);

/* What lets a session in at once may be another now. */
void ttecomm_desk_publish_admission (TtecommDesk *self);

void ttecomm_desk_session_free (gpointer data);

/* A session outlives the cloud that let it in: the new gate watches its installation as well. */
void ttecomm_desk_watch_sessions (TtecommDesk *self);

/* Announces @decision, the words of the verified @verdict, to the sessions that have not heard it.
 */
void ttecomm_desk_tell_sessions (TtecommDesk *self,
                                 const char *installation,
                                 const TtecommGateVerdict *verdict,
                                 TtecommDecision *decision);

/* Connects to the signals of the gate. */
void ttecomm_desk_listen (TtecommDesk *self);

G_END_DECLS
