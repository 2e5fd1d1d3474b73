/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"
#include "plugin/page/desk-private.h"

const char *
ttecomm_desk_open_id (TtecommDesk *self)
{
  return self->installation != NULL ? self->installation->ttcloud_id : NULL;
}

static const char *
site_name_of (TtecommDesk *self, const char *installation, const char *site_name)
{
  if (site_name != NULL)
    return site_name;
  if (self->installation != NULL
      && (installation == NULL || g_strcmp0 (installation, ttecomm_desk_open_id (self)) == 0))
    return self->installation->name;
  return NULL;
}

static void
fill_from_statement (TtecommWordFacts *facts, TtecommStatement *statement, char until[11])
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

void
ttecomm_desk_fill_common (TtecommDesk *self,
                          TtecommWordFacts *facts,
                          const char *installation,
                          const char *site_name)
{
  facts->site = site_name_of (self, installation, site_name);
  facts->account = self->email;
  facts->version = self->version;
  facts->ttecomm_url = self->ttecomm_url;
  if (!ttecomm_clock_get_wall (self->clock, &facts->now))
    facts->now = 0;
}

char *
ttecomm_desk_tell_details (TtecommDesk *self,
                           const TtecommWordFacts *facts,
                           const char *installation)
{
  g_autoptr (GDateTime) now = facts->now != 0 ? g_date_time_new_from_unix_utc (facts->now) : NULL;
  g_autofree char *time
      = now != NULL ? g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("unknown");
  g_autofree char *name = self->gate != NULL && installation != NULL
                              ? ttecomm_gate_dup_pseudonym (self->gate, installation)
                              : g_strdup ("none");

  return g_strdup_printf ("time=%s installation=%s outcome=WAIT code=%s%s%s source=none", time,
                          name, facts->code, facts->cause != NULL ? " cause=" : "",
                          facts->cause != NULL ? facts->cause : "");
}

TtecommDecision *
ttecomm_desk_decide_here (TtecommDesk *self,
                          TtecommGateCode code,
                          const char *cause,
                          const char *installation,
                          const char *site_name)
{
  TtecommDecision *decision = ttecomm_decision_new ();
  TtecommWordFacts facts = { .code = ttecomm_gate_code_to_string (code), .cause = cause };

  ttecomm_desk_fill_common (self, &facts, installation, site_name);
  decision->code = g_strdup (facts.code);
  decision->cause = g_strdup (cause);
  g_clear_pointer (&decision->buttons, g_ptr_array_unref);
  ttecomm_gate_words (self->text, &facts, &decision->message, &decision->buttons);
  decision->details = ttecomm_desk_tell_details (self, &facts, installation);
  return decision;
}

TtecommDecision *
ttecomm_desk_put_into_words (TtecommDesk *self,
                             const TtecommGateVerdict *verdict,
                             const char *installation,
                             const char *site_name)
{
  TtecommDecision *decision = ttecomm_decision_new ();
  const TtecommGateDecision *gate = &verdict->decision;
  g_autofree char *reference = NULL;
  char until[11] = "";
  TtecommWordFacts facts = {
    .code = ttecomm_gate_code_to_string (gate->code),
    .cause = ttecomm_gate_cause_to_string (gate->cause),
    .was = ttecomm_gate_code_to_string (gate->was),
    .trusted = gate->time,
    .status = verdict->http_status,
    .issuer = verdict->issuer,
    .high_water = verdict->high_water,
    .clock_off = verdict->clock_difference,
  };

  ttecomm_desk_fill_common (self, &facts, installation, site_name);
  if (self->gate != NULL)
    facts.reference = reference = ttecomm_gate_dup_pseudonym (self->gate, installation);
  if (verdict->statement != NULL)
    fill_from_statement (&facts, verdict->statement, until);
  decision->outcome = (int)gate->outcome;
  decision->allowed = ttecomm_gate_outcome_opens (gate->outcome);
  decision->valid_until = decision->allowed ? verdict->valid_until : 0;
  decision->code = g_strdup (facts.code);
  decision->cause = g_strdup (facts.cause);
  decision->was = g_strdup (facts.was);
  decision->details = g_strdup (verdict->details);
  g_clear_pointer (&decision->buttons, g_ptr_array_unref);
  ttecomm_gate_words (self->text, &facts, &decision->message, &decision->buttons);
  return decision;
}
