/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/answer.h"
#include "plugin/gate/gate.h"
#include "plugin/gate/status.h"
#include "plugin/gate/writer.h"

G_BEGIN_DECLS

/* Installations known at once; the least recently used go first. */
#define TTECOMM_GATE_MAX_ENTRIES 1024

/* An installation is asked about again behind the scenes for this long after the last check. */
#define TTECOMM_GATE_RETRY_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* Questions about one installation that run on at once behind clicks that were answered. */
#define TTECOMM_GATE_MAX_OVERTAKEN 2

typedef struct _TtecommGateRequest TtecommGateRequest;
typedef struct _TtecommGateReady TtecommGateReady;

/* One installation. */
typedef struct
{
  char *installation;        /* (owned) */
  TtecommGateRecord *record; /* (owned) (nullable): the newest verified statement */
  gboolean loaded;           /* record came from disk */
  gboolean online;           /* record came from the network and nothing has made it old since */
  GPtrArray *checks;         /* (owned) (element-type TtecommGateCheck): waiting for the request */
  TtecommGateRequest *request; /* (unowned) (nullable): newest in flight; its callback owns it */
  GPtrArray *overtaken; /* (owned) (element-type TtecommGateRequest): older ones, oldest first */
  guint64 asked;        /* the number of the newest; those that come after it have a higher one */
  gboolean is_kept;     /* request goes on when all who waited for it are cancelled */
  gboolean is_spent;    /* a click was answered without it: the next one asks anew */
  GSource *timer;       /* (owned) (nullable): the next question nobody waits for */
  guint backoff_ms;
  gint64 pause_us; /* monotonic: TTcloud asked to be left alone until then (Retry-After) ... */
  TtecommGateCause pause_cause; /* ... and why */
  guint watchers;
  gint64 used_us;   /* monotonic time of the last check */
  guint64 sequence; /* rises with every use */
  TtecommGateStatus status;
} TtecommGateEntry;

/* One call of ttecomm_gate_check_async(). */
typedef struct
{
  GTask *task;        /* (owned): its task data is this */
  char *installation; /* (owned) */
  TtecommGateFlags flags;
  guint timeout_ms;   /* the host's; 0: none */
  gboolean is_hosts;  /* the host's is the smaller one: it says nothing about TTcloud */
  gint64 begin_us;    /* monotonic */
  guint64 asked;      /* the request whose answer it waits for, or that of a later one */
  GSource *budget;    /* (owned) (nullable) */
  GSource *cancelled; /* (owned) (nullable) */
} TtecommGateCheck;

struct _TtecommGate
{
  GObject parent_instance;

  TtecommClock *clock;         /* (owned) */
  TtecommGateSource *source;   /* (owned) */
  GMainContext *context;       /* (owned) */
  TtecommGateCache *cache;     /* (owned) (nullable) */
  TtecommGateWriter *writer;   /* (owned) (nullable) */
  TtecommGateKeyring *keyring; /* (owned) */
  TtecommGateBudgets budgets;
  TtecommGateRandom random;
  gpointer random_data;
  guint8 salt[TTECOMM_GATE_SALT_SIZE];
  char *prosoft;             /* (owned) (nullable) */
  char *account;             /* (owned) (nullable): NULL when nobody is signed in */
  char *server_today;        /* (owned) (nullable) */
  guint64 day;               /* rises when another date follows one */
  GHashTable *entries;       /* (owned): installation, borrowed from the entry, to the entry */
  TtecommGateMemory *memory; /* (owned) */
  TtecommGateReady *ready;   /* (owned) (nullable): while somebody is signed in */
  gint64 slow_us;            /* monotonic time at which the server was last too slow; 0 never */
  guint64 sequence;
  guint64 asked;          /* requests so far */
  gboolean disk_reported; /* the log has been told that the disk cannot be written */
  gboolean shut_down;
};

/* gate.c */
TtecommGateEntry *ttecomm_gate_lookup (TtecommGate *self, const char *installation);
TtecommGateEntry *ttecomm_gate_ensure (TtecommGate *self, const char *installation);
void ttecomm_gate_rebuild_memory (TtecommGate *self);

/* The network is asked about @entry, whatever memory says. */
void ttecomm_gate_drop_answer (TtecommGate *self, TtecommGateEntry *entry);
guint32 ttecomm_gate_random_bits (TtecommGate *self);
/* Keeps a verified answer that nobody asked for by name; memory is to be rebuilt afterwards. Takes
 * @record. @is_new: FALSE when something has made it old on its way */
void ttecomm_gate_keep_unasked (TtecommGate *self,
                                const char *installation,
                                TtecommGateRecord *record,
                                gboolean is_new);

/* Whether an answer that was asked for on @day and says @today (nullable) is as good as one that is
 * asked for now: no other date has come since but the one it says itself. */
gboolean ttecomm_gate_is_of_today (const TtecommGate *self, guint64 day, const char *today);
void ttecomm_gate_log (TtecommGate *self, GLogLevelFlags level, const char *text);
void ttecomm_gate_emit (TtecommGate *self,
                        const char *installation,
                        TtecommGateCode old_code,
                        const TtecommGateVerdict *verdict,
                        TtecommGateNews events);

/* gate-disk.c */

/* Makes ready what outlives the process. */
void ttecomm_gate_open_cache (TtecommGate *self, const char *folder);

/* Takes over what is on disk if it is newer than what is in memory. */
void ttecomm_gate_load (TtecommGate *self, TtecommGateEntry *entry);

/* Says on disk how late it is by the boot clock, for the installations used last. */
void ttecomm_gate_write_high_waters (TtecommGate *self);

/* gate-check.c: what happens to those who wait. */

/* Decides from @answer (a verified one, or %NULL with a cause) and what is known else. The entry's
 * status follows, and @events says what has changed; both are not for cancelled checks. */
TtecommGateVerdict *ttecomm_gate_conclude (TtecommGate *self,
                                           TtecommGateEntry *entry,
                                           const TtecommGateAnswer *answer,
                                           TtecommGateCause cause,
                                           TtecommGateNews *events);

/* Gives @verdict's like to all of @checks. Takes both. */
void ttecomm_gate_check_return_all (TtecommGate *self,
                                    GPtrArray *checks,
                                    const TtecommGateVerdict *verdict);

/* Asks again for a check whose entry is gone (another account). Takes @check. */
void ttecomm_gate_check_begin (TtecommGate *self, TtecommGateCheck *check);

/* Row 0, for a check that waits nowhere any more. Takes @check. */
void ttecomm_gate_check_cancel (TtecommGate *self, TtecommGateCheck *check);

/* gate-refresh.c: requests and timers. */

/* Sees to it that a request is in flight; %FALSE if none can be made. A new one is given up when
 * the last who waits for it is cancelled, unless is_kept is set. */
gboolean ttecomm_gate_request (TtecommGate *self, TtecommGateEntry *entry);

/* Makes room for a request of its own: the one in flight runs on behind. What comes of it is used
 * until a newer one has been answered. */
void ttecomm_gate_overtake (TtecommGateEntry *entry);

/* Whether any answer is on its way. */
gboolean ttecomm_gate_is_asking (const TtecommGateEntry *entry);

/* Gives up the newest request in flight, if any; its answer is nobody's. */
void ttecomm_gate_give_up (TtecommGateEntry *entry);

/* The older ones too. */
void ttecomm_gate_give_up_all (TtecommGateEntry *entry);

void ttecomm_gate_stop_timer (TtecommGateEntry *entry);

/* Sets the timer of the next question that nobody waits for: a poll after an answer, a retry after
 * a failure, or none. @answer: (nullable) */
void
ttecomm_gate_plan (TtecommGate *self, TtecommGateEntry *entry, const TtecommGateAnswer *answer);

G_END_DECLS
