/* SPDX-License-Identifier: MIT */
#include "plugin/gate/verdict-private.h"

#define DAY 86400

const char *
ttecomm_gate_from_to_string (TtecommGateFrom from)
{
  static const char *const words[] = { "none", "memory", "net", "disk" };

  g_return_val_if_fail ((guint)from < G_N_ELEMENTS (words), NULL);

  return words[from];
}

/* What the statement adds to the words. */
static void
add_record (TtecommGateVerdict *self, const TtecommGateRecord *record)
{
  const TtecommGateFacts *facts = ttecomm_gate_record_get_facts (record);
  const TtecommGateStamp *stamp = ttecomm_gate_record_get_stamp (record);
  gint64 t = self->decision.time;

  self->statement = ttecomm_statement_ref (ttecomm_gate_record_get_statement (record));
  self->when = facts->iat;
  self->high_water = stamp->high_water;
  if (stamp->wall >= 0)
    self->clock_difference = stamp->wall - facts->iat;
  if (t > 0 && facts->until_ts > t)
    self->days = (facts->until_ts - t + DAY - 1) / DAY;
  if (ttecomm_gate_outcome_opens (self->decision.outcome))
    self->valid_until = MIN (facts->exp, facts->until_ts);
}

TtecommGateVerdict *
ttecomm_gate_verdict_new (const TtecommGateDecision *decision,
                          const TtecommGateRecord *record,
                          TtecommGateFrom from,
                          TtecommClock *clock)
{
  TtecommGateVerdict *self = g_new0 (TtecommGateVerdict, 1);

  self->decision = *decision;
  self->from = record != NULL ? from : TTECOMM_GATE_FROM_NOTHING;
  self->timings = TTECOMM_TIMINGS_NONE;
  self->verify_us = -1;
  if (!ttecomm_clock_get_wall (clock, &self->wall))
    self->wall = -1;
  if (record != NULL)
    add_record (self, record);
  return self;
}

TtecommGateVerdict *
ttecomm_gate_verdict_copy (const TtecommGateVerdict *self)
{
  TtecommGateVerdict *copy = g_memdup2 (self, sizeof *self);

  if (copy->statement != NULL)
    ttecomm_statement_ref (copy->statement);
  copy->issuer = g_strdup (self->issuer);
  copy->details = g_strdup (self->details);
  return copy;
}

void
ttecomm_gate_verdict_free (TtecommGateVerdict *self)
{
  g_clear_pointer (&self->statement, ttecomm_statement_unref);
  g_free (self->issuer);
  g_free (self->details);
  g_free (self);
}

static void
append_time (GString *line, gint64 wall)
{
  g_autoptr (GDateTime) time = wall >= 0 ? g_date_time_new_from_unix_utc (wall) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  g_string_append_printf (line, "time=%s", text != NULL ? text : "unknown");
}

static void
append_word (GString *line, const char *name, const char *word)
{
  if (word != NULL)
    g_string_append_printf (line, " %s=%s", name, word);
}

/* A phase that did not happen is left out. */
static void
append_phase (GString *line, const char *name, int ms)
{
  if (ms >= 0)
    g_string_append_printf (line, " %s=%dms", name, ms);
}

static void
append_request (GString *line, const TtecommGateVerdict *self)
{
  append_phase (line, "dns", self->timings.dns_ms);
  append_phase (line, "tcp", self->timings.connect_ms);
  append_phase (line, "tls", self->timings.tls_ms);
  append_phase (line, "first_byte", self->timings.first_byte_ms);
  if (self->verify_us >= 0)
    g_string_append_printf (line, " verify=%" G_GINT64_FORMAT "us", self->verify_us);
  g_string_append_printf (line, " total=%" G_GINT64_FORMAT "us", self->total_us);
  if (self->http_status > 0)
    g_string_append_printf (line, " http=%u", self->http_status);
}

static void
append_statement (GString *line, const TtecommGateVerdict *self)
{
  if (self->statement == NULL)
    return;
  append_word (line, "kid", ttecomm_statement_get_kid (self->statement));
  g_string_append_printf (line, " ver=%" G_GINT64_FORMAT,
                          ttecomm_statement_get_ver (self->statement));
  if (self->ver_lower)
    append_word (line, "ver_was", "higher");
  if (self->decision.time > 0)
    g_string_append_printf (line, " age=%" G_GINT64_FORMAT "s", self->decision.time - self->when);
}

void
ttecomm_gate_verdict_describe (TtecommGateVerdict *self, const char *pseudonym)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_time (line, self->wall);
  append_word (line, "installation", pseudonym);
  append_word (line, "outcome", ttecomm_gate_outcome_to_string (self->decision.outcome));
  append_word (line, "code", ttecomm_gate_code_to_string (self->decision.code));
  append_word (line, "cause", ttecomm_gate_cause_to_string (self->decision.cause));
  append_word (line, "was", ttecomm_gate_code_to_string (self->decision.was));
  append_word (line, "source", ttecomm_gate_from_to_string (self->from));
  append_request (line, self);
  append_statement (line, self);
  g_free (self->details);
  self->details = g_strdup (line->str);
}
