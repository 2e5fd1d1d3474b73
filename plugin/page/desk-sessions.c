/* SPDX-License-Identifier: MIT */
#include "plugin/page/desk-private.h"

/* The remote sessions that run. None is ever cut; each hears once of a "no". */

void
ttecomm_desk_session_free (gpointer data)
{
  TtecommDeskSession *session = data;

  g_free (session->installation);
  g_free (session);
}

void
ttecomm_desk_session_started (TtecommDesk *self, guint64 session, const char *installation)
{
  TtecommDeskSession *running = g_new0 (TtecommDeskSession, 1);

  ttecomm_desk_session_ended (self, session); /* a host that says it twice */
  running->installation = g_strdup (installation);
  g_hash_table_insert (self->sessions, g_memdup2 (&session, sizeof session), running);
  if (self->gate != NULL)
    ttecomm_gate_watch (self->gate, installation);
}

void
ttecomm_desk_session_ended (TtecommDesk *self, guint64 session)
{
  const TtecommDeskSession *running = g_hash_table_lookup (self->sessions, &session);

  if (running == NULL)
    return;
  if (self->gate != NULL)
    ttecomm_gate_unwatch (self->gate, running->installation);
  g_hash_table_remove (self->sessions, &session);
}

void
ttecomm_desk_watch_sessions (TtecommDesk *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ttecomm_gate_watch (self->gate, ((TtecommDeskSession *)value)->installation);
}

/* (element-type guint64): the sessions that have not heard of @verdict yet. A later yes makes the
 * same no news again. */
static GArray *
note_sessions (TtecommDesk *self, const char *installation, const TtecommGateDecision *decision)
{
  GArray *news = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      TtecommDeskSession *session = value;

      if (!g_str_equal (session->installation, installation))
        continue;
      if (ttecomm_gate_outcome_opens (decision->outcome))
        session->announced = TTECOMM_GATE_CODE_NONE;
      else if (decision->outcome == TTECOMM_GATE_DENY && session->announced != decision->code)
        {
          session->announced = decision->code;
          g_array_append_vals (news, key, 1);
        }
    }
  return news;
}

void
ttecomm_desk_tell_sessions (TtecommDesk *self,
                            const char *installation,
                            const TtecommGateVerdict *verdict,
                            TtecommDecision *decision)
{
  g_autoptr (GArray) news = note_sessions (self, installation, &verdict->decision);

  for (guint i = 0; i < news->len; i++)
    self->sink->notice (self->sink_data, g_array_index (news, guint64, i), decision);
}
