/* SPDX-License-Identifier: MIT */
/* What the files of the core share. */
#pragma once

#include <gio/gio.h>

#include "tests/host/desktop/core.h"
#include "tests/host/desktop/safe.h"
#include "tests/host/sandbox-dir.h"
#include "tests/host/schema.h"

G_BEGIN_DECLS

typedef struct
{
  prosoft_op_t op;
  gboolean is_check;
  gboolean is_stale; /* the project that was asked about is not open any more */
  gint64 started;    /* of the monotonic clock, in microseconds */
} DesktopWork;

struct DesktopCore
{
  const DesktopCoreListener *listener; /* (static) */
  gpointer data;                       /* (unowned): of the listener */
  Host *host;                          /* (owned) */
  DesktopSafe *safe;                   /* (owned) (nullable): for secrets; NULL: a folder */
  gboolean told_safe;                  /* that it lasts as long as the process */
  HostSchema *schema;                  /* (owned): of pages */
  DesktopLanguage language;
  GSource *source; /* (owned): the host's loop */
  GSource *look;   /* (owned) (nullable): a look that is due */

  /* the page */
  prosoft_view_t view; /* 0: not open */
  JsonObject *page;    /* (owned) (nullable) */
  gint64 revision;     /* of the last that was taken or refused */
  gboolean bad_page;   /* the last one could not be shown */

  /* the project */
  char *path;            /* (owned) (nullable) */
  GFileMonitor *monitor; /* (owned) (nullable) */
  GSource *reread;       /* (owned) (nullable): soon, when it was written */
  gboolean gone;

  /* work */
  GArray *works; /* (owned) (element-type DesktopWork): under way */
  GSource *tick; /* (owned) (nullable): work that gets old enough to be shown */
  prosoft_session_t session;
  unsigned n_notices, n_events; /* told so far */

  /* the rest */
  HostSandbox *sandbox; /* (owned) (nullable) */
  GSource *clock;       /* (owned) (nullable) */
  gboolean asking_clock;
  GCancellable *cancellable; /* (owned): for what may end behind the core */
  DesktopWord trouble_word;  /* DESKTOP_N_WORDS: none */
  char *trouble_reason;      /* (owned) (nullable): of a module that could not be loaded */
  char *trouble;             /* (owned) (nullable): as it was put into words last */
  gsize n_findings;
  char *attention; /* (owned) (nullable): as it was told */
};

/* Something happened in the host: looks what, soon, from the main loop. */
void desktop_core_look_soon (DesktopCore *self);

void desktop_core_say (DesktopCore *self, DesktopSay severity, const char *text);
void desktop_core_changed (DesktopCore *self);

/* core-work.c */
void desktop_core_look_at_work (DesktopCore *self);
void desktop_core_add_work (DesktopCore *self, prosoft_op_t op, gboolean is_check);
/* Whatever a check answers from now on, it opens nothing. */
void desktop_core_forget_checks (DesktopCore *self);

/* core-project.c */
void desktop_core_watch (DesktopCore *self);
void desktop_core_unwatch (DesktopCore *self);

/* core-clock.c */
void desktop_core_start_clock (DesktopCore *self);

/* Ends a source and forgets it. */
void desktop_core_stop_source (GSource **source);

/* A source that calls @function after @ms, attached to the default context. (transfer full) */
GSource *desktop_core_after (guint ms, GSourceFunc function, gpointer data);

G_END_DECLS
