/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/catalogue.h"
#include "tests/sandbox/clock.h"
#include "tests/sandbox/database.h"
#include "tests/sandbox/trust.h"

G_BEGIN_DECLS

/*
 * One world: a database, a clock, keys, a catalogue. One process holds one of them, and everything
 * that people and the API do to it goes through this struct, in the one thread that made it.
 */
typedef struct
{
  SandboxDatabase *db; /* (owned) */
  SandboxClock clock;
  SandboxTrust *trust;         /* (owned) */
  SandboxCatalogue *catalogue; /* (owned) */
  JsonObject *seed;            /* (owned): what a reset goes back to */
  guint many;                  /* and so many installations more */
  gboolean has_start;
  GDate start;        /* the day a reset goes back to, if has_start */
  char *form_key;     /* (owned): signs the forms' CSRF tokens */
  GPtrArray *faults;  /* (owned) (element-type SandboxFault) */
  GHashTable *stated; /* (owned): account ids to what /v1/service-flags gave them lately */
  GPtrArray *waiters; /* (owned) (element-type SandboxWaiter): long polls under way */
  char *api_url;      /* (owned): origins, without a slash at the end */
  char *web_url;      /* (owned) */
  char *control_url;  /* (owned) */
  /* (nullable): ends the sandbox around this world, once the answer under way is out */
  void (*stop) (gpointer data);
  gpointer stop_data; /* (unowned) */
} SandboxWorld;

typedef struct
{
  const char *database; /* (nullable): a file; in memory when NULL */
  const char *start;    /* (nullable): YYYY-MM-DD; the seed's when NULL, without one the real day */
  const char *seed;     /* (nullable): a seed file; the one compiled in when NULL */
  guint many;           /* so many installations more, see many.h */
  TtecommClock *clock;  /* (nullable): the real time; the machine's when NULL */
} SandboxWorldOptions;

/* Opens a world, or makes and seeds one when the database holds none. */
SandboxWorld *sandbox_world_open (const SandboxWorldOptions *options,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_world_free (SandboxWorld *self);

/* Everything back to the seed; the signing keys stay, since hosts trust them already. */
gboolean sandbox_world_reset (SandboxWorld *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Runs what the days that went by since the last call brought. Inside a transaction. */
void sandbox_world_catch_up (SandboxWorld *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxWorld, sandbox_world_free)

G_END_DECLS
