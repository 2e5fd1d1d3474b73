/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "plugin/purchase/order-record.h"

G_BEGIN_DECLS

/**
 * TtecommOrderWatch:
 *
 * Finds out how one recorded order ends. While TTcloud has not said the order's number it sends the
 * order itself, under its key: TTcloud answers a key that it knows with the order it made before.
 * Then it asks by long polls, and after silence in 2, 4, 8 ... 60 s, until stopped or until the
 * time is over; a nudge starts the time anew.
 *
 * Signals, each as often as it is true:
 * - `order` (TtecommOrder): an answer, of this key.
 * - `refused` (GError): TTcloud says that no order has this key: nothing was bought. The last one.
 * - `silence` (GError): no usable answer; it will ask again.
 *
 * Thread: the worker only.
 */
#define TTECOMM_TYPE_ORDER_WATCH (ttecomm_order_watch_get_type ())
G_DECLARE_FINAL_TYPE (TtecommOrderWatch, ttecomm_order_watch, TTECOMM, ORDER_WATCH, GObject)

/* How long one order is watched without the person coming back to the window, in s (30 minutes). */
#define TTECOMM_ORDER_WATCH_SECONDS (30 * 60)

/* @record: (transfer full). @second_ms: what counts as a second between questions (tests: less). */
TtecommOrderWatch *
ttecomm_order_watch_new (TtecommClient *client, TtecommOrderRecord *record, guint second_ms);

/* For tests: how long it watches after a nudge. With 0 each nudge asks once. */
void ttecomm_order_watch_set_duration (TtecommOrderWatch *self, guint milliseconds);

TtecommOrderRecord *ttecomm_order_watch_get_record (TtecommOrderWatch *self);

/* Asks now, and watches for the whole time again. */
void ttecomm_order_watch_nudge (TtecommOrderWatch *self);

/* The last call: no signal comes any more. */
void ttecomm_order_watch_stop (TtecommOrderWatch *self);

G_END_DECLS
