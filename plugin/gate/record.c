/* SPDX-License-Identifier: MIT */
#include "plugin/gate/record.h"

struct _TtecommGateRecord
{
  TtecommStatement *statement; /* (owned) */
  char *boot_id;               /* (owned) (nullable): what stamp.boot_id borrows */
  TtecommGateStamp stamp;
  TtecommGateFacts facts; /* borrows from statement */
};

TtecommGateRecord *
ttecomm_gate_record_new (TtecommStatement *statement, const TtecommGateStamp *stamp)
{
  TtecommGateRecord *self = g_atomic_rc_box_new0 (TtecommGateRecord);

  self->statement = ttecomm_statement_ref (statement);
  self->boot_id = g_strdup (stamp->boot_id);
  self->stamp = *stamp;
  self->stamp.boot_id = self->boot_id;
  ttecomm_gate_facts_from_statement (&self->facts, statement);
  return self;
}

TtecommGateRecord *
ttecomm_gate_record_new_now (TtecommStatement *statement, TtecommClock *clock)
{
  TtecommGateStamp stamp
      = { ttecomm_clock_get_boot_id (clock), ttecomm_clock_get_boottime_us (clock), -1,
          ttecomm_statement_get_iat (statement) };

  if (!ttecomm_clock_get_wall (clock, &stamp.wall))
    stamp.wall = -1;
  return ttecomm_gate_record_new (statement, &stamp);
}

TtecommGateRecord *
ttecomm_gate_record_raise (TtecommGateRecord *self, TtecommClock *clock, gint64 at_least)
{
  gint64 age = ttecomm_gate_record_get_age (self, clock);
  TtecommGateStamp stamp = self->stamp;

  if (age < 0 || self->facts.iat + age < stamp.high_water + at_least)
    return ttecomm_gate_record_ref (self);
  stamp.high_water = self->facts.iat + age;
  return ttecomm_gate_record_new (self->statement, &stamp);
}

TtecommGateRecord *
ttecomm_gate_record_ref (TtecommGateRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
record_clear (gpointer data)
{
  TtecommGateRecord *self = data;

  ttecomm_statement_unref (self->statement);
  g_free (self->boot_id);
}

void
ttecomm_gate_record_unref (TtecommGateRecord *self)
{
  g_atomic_rc_box_release_full (self, record_clear);
}

TtecommStatement *
ttecomm_gate_record_get_statement (const TtecommGateRecord *self)
{
  return self->statement;
}

const TtecommGateFacts *
ttecomm_gate_record_get_facts (const TtecommGateRecord *self)
{
  return &self->facts;
}

const TtecommGateStamp *
ttecomm_gate_record_get_stamp (const TtecommGateRecord *self)
{
  return &self->stamp;
}

gint64
ttecomm_gate_record_get_age (const TtecommGateRecord *self, TtecommClock *clock)
{
  const char *boot_id = ttecomm_clock_get_boot_id (clock);
  gint64 now = ttecomm_clock_get_boottime_us (clock);

  if (boot_id == NULL || self->boot_id == NULL || !g_str_equal (boot_id, self->boot_id))
    return -1;
  if (self->stamp.boottime_us < 0 || now < self->stamp.boottime_us)
    return -1;
  return (now - self->stamp.boottime_us) / G_USEC_PER_SEC;
}

/* Whole seconds; what is unknown stays negative. */
static gint64
to_seconds (gint64 microseconds)
{
  return microseconds < 0 ? -1 : microseconds / G_USEC_PER_SEC;
}

void
ttecomm_gate_inputs_set_now (TtecommGateInputs *inputs, TtecommClock *clock)
{
  inputs->has_wall = ttecomm_clock_get_wall (clock, &inputs->wall);
  inputs->boot_id = ttecomm_clock_get_boot_id (clock);
  inputs->boottime = to_seconds (ttecomm_clock_get_boottime_us (clock));
}

void
ttecomm_gate_inputs_set_answer (TtecommGateInputs *inputs,
                                const TtecommGateRecord *self,
                                gint64 age)
{
  inputs->answer = &self->facts;
  inputs->answer_age = age;
  inputs->has_wall = self->stamp.wall >= 0;
  inputs->wall = self->stamp.wall + age;
}

void
ttecomm_gate_inputs_set_cache (TtecommGateInputs *inputs, const TtecommGateRecord *self)
{
  inputs->cache = &self->facts;
  inputs->cache_boot_id = self->boot_id;
  inputs->cache_boottime = to_seconds (self->stamp.boottime_us);
  inputs->high_water = self->stamp.high_water;
}
