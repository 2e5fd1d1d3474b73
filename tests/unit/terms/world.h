/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/schedule.h"

/* A schedule under the terms "ttecomm", and everything that has happened in it. */
typedef struct
{
  TtecommTerms *terms;       /* (owned) */
  TtecommSchedule *schedule; /* (owned) */
  GPtrArray *events;         /* (owned) (element-type TtecommEvent) */
} World;

extern const TtecommTermChoice world_one_year;

void world_init (World *world, const char *today);
void world_clear (World *world);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

void world_settle (World *world);

/* As a server's clock does: day by day, settled at every midnight. */
void world_advance_to (World *world, const char *day);

/* Actions that must succeed, not settled. */
void world_buy (World *world, const char *id, const char *payer, gint64 cents);
void world_deactivate (World *world, const char *id);
void world_reactivate (World *world, const char *id, const char *payer);

void world_assert_buy_refused (World *world,
                               const char *id,
                               const char *payer,
                               TtecommScheduleError code);

TtecommState world_state_of (World *world, const char *id);

/* One line an event: day, kind, payer, subscriptions, cents. (transfer full) */
char *world_print_events (const GPtrArray *events);
void world_assert_events (const World *world, const char *expected);
