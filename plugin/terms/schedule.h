/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/event.h"
#include "plugin/terms/subscription.h"

G_BEGIN_DECLS

/*
 * The scheduler: what happens to subscriptions, day by day (rule 4a-24, 4d simulate, 4e). It is a
 * state machine without I/O and without a clock: it is told what people do and that a day has
 * passed, and answers with events, in order.
 *
 * A day runs like this: people's actions; then ttecomm_schedule_settle(): the purchases of the day
 * (one invoice a payer), reminders, charges, expiries. Settling again on the same day does only
 * what has become due since, so a live server settles after midnight
 * (ttecomm_schedule_advance_day()) and after every action.
 *
 * The whole state is in the members below and in the subscriptions. To store it, walk
 * `subscriptions` and `cards`; to restore it, ttecomm_schedule_new() with the stored day,
 * ttecomm_schedule_put() and ttecomm_schedule_set_card(). Not thread-safe.
 */

/* A payer's card. A payer without one here counts as having a good card. */
typedef struct
{
  gboolean good;
  GDate last_day; /* invalid: no end known */
} TtecommPayerCard;

typedef struct
{
  GDate today;
  GPtrArray *subscriptions; /* (owned) (element-type TtecommSubscription): in byte order of id */
  GHashTable *cards;        /* (owned) (element-type utf8 TtecommPayerCard): by payer */
} TtecommSchedule;

/**
 * TtecommScheduleError:
 * @TTECOMM_SCHEDULE_ERROR_UNKNOWN: no subscription with this id
 * @TTECOMM_SCHEDULE_ERROR_RUNNING: one is running: a second one is refused
 * @TTECOMM_SCHEDULE_ERROR_BAD_CARD: the payer's card cannot be charged (S64, S88)
 * @TTECOMM_SCHEDULE_ERROR_OVER: its end has passed
 * @TTECOMM_SCHEDULE_ERROR_ALREADY_OFF: renewal is off
 * @TTECOMM_SCHEDULE_ERROR_ALREADY_ON: renewal is on
 * @TTECOMM_SCHEDULE_ERROR_NOT_RENEWABLE: its terms do not renew by themselves
 * @TTECOMM_SCHEDULE_ERROR_NOTHING_DUE: the payer has no failed charge to retry
 *
 * An action refused; nothing has changed. Every other error domain says that something cannot be
 * computed.
 */
typedef enum
{
  TTECOMM_SCHEDULE_ERROR_UNKNOWN,
  TTECOMM_SCHEDULE_ERROR_RUNNING,
  TTECOMM_SCHEDULE_ERROR_BAD_CARD,
  TTECOMM_SCHEDULE_ERROR_OVER,
  TTECOMM_SCHEDULE_ERROR_ALREADY_OFF,
  TTECOMM_SCHEDULE_ERROR_ALREADY_ON,
  TTECOMM_SCHEDULE_ERROR_NOT_RENEWABLE,
  TTECOMM_SCHEDULE_ERROR_NOTHING_DUE,
} TtecommScheduleError;

#define TTECOMM_SCHEDULE_ERROR (ttecomm_schedule_error_quark ())
GQuark ttecomm_schedule_error_quark (void);

TtecommSchedule *ttecomm_schedule_new (const GDate *today) G_GNUC_WARN_UNUSED_RESULT;
TtecommSchedule *ttecomm_schedule_copy (const TtecommSchedule *schedule);
void ttecomm_schedule_free (TtecommSchedule *schedule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSchedule, ttecomm_schedule_free)

/* (nullable): borrowed. Its members may be changed as far as ttecomm_subscription_check() allows.
 */
TtecommSubscription *ttecomm_schedule_lookup (TtecommSchedule *schedule, const char *id);

/**
 * ttecomm_schedule_put:
 * @subscription: (transfer none): copied; takes the place of one with the same id
 *
 * Restores a stored subscription, after ttecomm_subscription_check().
 */
gboolean ttecomm_schedule_put (TtecommSchedule *schedule,
                               const TtecommSubscription *subscription,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @last_day: (nullable): the last day the card can be charged (ttecomm_card_last_day()). */
void ttecomm_schedule_set_card (TtecommSchedule *schedule,
                                const char *payer,
                                gboolean good,
                                const GDate *last_day);
gboolean ttecomm_schedule_card_is_good (TtecommSchedule *schedule, const char *payer);

/*
 * Actions of today. Each appends its own events to @events and changes nothing when it fails; a
 * refusal is a #TtecommScheduleError. What follows from an action comes with the next settling.
 */

/**
 * ttecomm_schedule_buy:
 * @cents: net, of one term, as ttecomm_preview_purchase() says
 *
 * Starts today. A purchase after the end is a new one with a new start; it records the expiry first
 * where that has not been done.
 */
gboolean ttecomm_schedule_buy (TtecommSchedule *schedule,
                               const char *id,
                               TtecommTerms *terms,
                               const TtecommTermChoice *choice,
                               const char *payer,
                               gint64 cents,
                               GPtrArray *events,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Switches renewal off; a failed charge is forgotten. The present payer is named (S28, S77). */
gboolean ttecomm_schedule_deactivate (TtecommSchedule *schedule,
                                      const char *id,
                                      GPtrArray *events,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Switches renewal on; @payer pays from now on (S78), nothing today unless a charge is due (C18).
 */
gboolean ttecomm_schedule_reactivate (TtecommSchedule *schedule,
                                      const char *id,
                                      const char *payer,
                                      GPtrArray *events,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_schedule_retry:
 *
 * The payer asks for the failed charges to be made now. With a good card they are, and the events
 * say so; settling alone would do the same.
 */
gboolean ttecomm_schedule_retry (TtecommSchedule *schedule,
                                 const char *payer,
                                 GPtrArray *events,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Does what is due today. On an error, what was appended to @events has been done. */
gboolean ttecomm_schedule_settle (TtecommSchedule *schedule,
                                  GPtrArray *events,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The next day begins, unsettled: for whoever replays a day's actions before settling it. */
gboolean ttecomm_schedule_next_day (TtecommSchedule *schedule,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The next day begins and is settled. */
gboolean ttecomm_schedule_advance_day (TtecommSchedule *schedule,
                                       GPtrArray *events,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_schedule_due_events:
 * @to: inclusive
 *
 * What will happen through @to if nobody does anything; the schedule itself does not move.
 *
 * Returns: (transfer full) (element-type TtecommEvent)
 */
GPtrArray *ttecomm_schedule_due_events (const TtecommSchedule *schedule,
                                        const GDate *to,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
