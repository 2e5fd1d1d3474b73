/* SPDX-License-Identifier: MIT */
#include "plugin/page/desk-private.h"

/* What the gate learns by itself, told to the host in words; each becomes one event. */

/* The page shows what is known last, whoever asked. A verified "no" while a session runs is
 * announced, and applies to the next opening (gate.md 5). */
static void
verified_cb (TtecommGate *gate,
             const char *installation,
             const TtecommGateVerdict *verdict,
             TtecommDesk *self)
{
  g_autoptr (TtecommDecision) decision = NULL;

  if (self->account == NULL)
    return;
  decision = ttecomm_desk_put_into_words (self, verdict, installation, NULL);
  ttecomm_desk_keep_for_page (self, installation, decision);
  ttecomm_desk_tell_sessions (self, installation, verdict, decision);
}

static void
changed_cb (TtecommGate *gate,
            const char *installation,
            int old_code,
            int code,
            int cause,
            TtecommDesk *self)
{
  TtecommWordFacts facts = {
    .code = ttecomm_gate_code_to_string ((TtecommGateCode)code),
    .cause = ttecomm_gate_cause_to_string ((TtecommGateCause)cause),
  };
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *message = NULL;

  ttecomm_desk_fill_common (self, &facts, installation, NULL);
  ttecomm_gate_words (self->text, &facts, &message, &buttons);
  self->sink->event (self->sink_data, TTECOMM_GATE_EVENT_CHANGED, installation, facts.code,
                     facts.cause, 0,
                     message != NULL ? message
                                     : ttecomm_text_get (self->text, "gate",
                                                         "Remote sessions can be opened again."));
}

static void
ends_soon_cb (TtecommGate *gate, const char *installation, gint64 days, TtecommDesk *self)
{
  g_autofree char *text
      = ttecomm_text_format_plural (self->text, "gate",
                                    "Remote Services ends in {n} day; renewal is off.",
                                    "Remote Services ends in {n} days; renewal is off.",
                                    (guint64)MAX (days, 0), NULL);

  self->sink->event (self->sink_data, TTECOMM_GATE_EVENT_ENDS_SOON, installation, "ends_soon", NULL,
                     (int)CLAMP (days, 0, 3650), text);
}

static void
ended_cb (TtecommGate *gate, const char *installation, int code, TtecommDesk *self)
{
  self->sink->event (
      self->sink_data, TTECOMM_GATE_EVENT_ENDED, installation,
      ttecomm_gate_code_to_string ((TtecommGateCode)code), NULL, 0,
      ttecomm_text_get (
          self->text, "gate",
          "Remote Services has ended. A session that runs is not cut; open Subscriptions to renew."));
}

static void
stale_cb (TtecommGate *gate, const char *installation, gint64 since, TtecommDesk *self)
{
  gint64 wall = since;

  if (!ttecomm_clock_get_wall (self->clock, &wall))
    wall = since;
  self->sink->event (
      self->sink_data, TTECOMM_GATE_EVENT_STALE, installation, "stale", NULL,
      (int)CLAMP ((wall - since) / 86400, 0, 3650),
      ttecomm_text_get (
          self->text, "gate",
          "TTcloud has not been reached for a day. Remote sessions still open; check the network."));
}

static void
fresh_cb (TtecommGate *gate, const char *installation, TtecommDesk *self)
{
  self->sink->event (self->sink_data, TTECOMM_GATE_EVENT_FRESH, installation, NULL, NULL, 0,
                     ttecomm_text_get (self->text, "gate", "TTcloud can be reached again."));
}

static void
clock_suspect_cb (TtecommGate *gate, const char *installation, gint64 difference, TtecommDesk *self)
{
  self->sink->event (
      self->sink_data, TTECOMM_GATE_EVENT_CLOCK_SUSPECT, installation, "clock", NULL, 0,
      ttecomm_text_get (self->text, "gate",
                        "The clock of this PC looks wrong. Correct the date and time."));
}

static void
log_cb (TtecommGate *gate, GLogLevelFlags level, const char *text, TtecommDesk *self)
{
  TtecommLogSeverity severity = TTECOMM_LOG_INFO;

  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) != 0)
    severity = TTECOMM_LOG_WARNING;
  else if ((level & G_LOG_LEVEL_DEBUG) != 0)
    severity = TTECOMM_LOG_DEBUG;
  self->sink->log (self->sink_data, severity, "gate", text);
}

static void
memory_changed_cb (TtecommGate *gate, TtecommDesk *self)
{
  ttecomm_desk_publish_admission (self);
}

void
ttecomm_desk_listen (TtecommDesk *self)
{
  g_signal_connect (self->gate, "memory-changed", G_CALLBACK (memory_changed_cb), self);
  g_signal_connect (self->gate, "verified", G_CALLBACK (verified_cb), self);
  g_signal_connect (self->gate, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->gate, "ends-soon", G_CALLBACK (ends_soon_cb), self);
  g_signal_connect (self->gate, "ended", G_CALLBACK (ended_cb), self);
  g_signal_connect (self->gate, "stale", G_CALLBACK (stale_cb), self);
  g_signal_connect (self->gate, "fresh", G_CALLBACK (fresh_cb), self);
  g_signal_connect (self->gate, "clock-suspect", G_CALLBACK (clock_suspect_cb), self);
  g_signal_connect (self->gate, "log", G_CALLBACK (log_cb), self);
}
