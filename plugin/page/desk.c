/* SPDX-License-Identifier: MIT */
#include "plugin/page/desk.h"

#include <string.h>

#include "plugin/gate/gate.h"
#include "plugin/page/gate-words.h"

struct _TtecommDesk
{
  GObject parent_instance;

  TtecommClock *clock;          /* (owned) */
  const TtecommModelSink *sink; /* (unowned) */
  gpointer sink_data;
  TtecommText *text;       /* (owned) */
  char *version;           /* (owned) (nullable) of PROSOFT */
  char *ttecomm_url;       /* (owned) (nullable) */
  const TtecommCloud *cloud; /* (unowned) (nullable) */
  char *cache_dir;         /* (owned) (nullable) */
  char *account;           /* (owned) (nullable) opaque id */
  char *email;             /* (owned) (nullable) */
  TtecommGate *gate;       /* (owned) (nullable) of that cloud and account */

  gboolean project_open;
  TtecommInstallation *installation; /* (owned) (nullable) */
  TtecommDecision *decision;         /* (owned) (nullable) last one about the open file */
  gint64 decision_wall;
  guint n_checking;
  GHashTable *sessions; /* (owned) (element-type guint64 Session) running ones */
};

typedef struct
{
  guint64 session;
  char *installation; /* (owned) */
  char *told;         /* (owned) (nullable) code of the last notice */
} Session;

G_DEFINE_FINAL_TYPE (TtecommDesk, ttecomm_desk, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit_changed (TtecommDesk *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* What a check carries from its start to its end. */
typedef struct
{
  char *installation; /* (owned) */
  char *site_name;    /* (owned) (nullable) */
  gboolean is_open_file;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->installation);
  g_free (check->site_name);
  g_free (check);
}

static const char *
site_name_of (TtecommDesk *self, const Check *check)
{
  if (check->site_name != NULL)
    return check->site_name;
  if (check->is_open_file && self->installation != NULL)
    return self->installation->name;
  return NULL;
}

static void
fill_from_statement (TtecommWordFacts *facts, const TtecommStatement *statement, char until[11])
{
  const TtecommServiceFlag *flag
      = ttecomm_statement_get_service (statement, TTECOMM_STATEMENT_REMOTE_SERVICES);

  facts->min = ttecomm_statement_get_min_prosoft (statement);
  facts->payer = ttecomm_statement_get_payer (statement);
  facts->seen = ttecomm_statement_get_seen (statement);
  facts->when = ttecomm_statement_get_iat (statement);
  facts->exp = ttecomm_statement_get_exp (statement);
  if (flag == NULL)
    return;
  facts->until_ts = flag->until_ts;
  if (g_date_valid (&flag->until))
    {
      ttecomm_date_format (&flag->until, until);
      facts->until = until;
    }
}
