/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/order.h"

G_BEGIN_DECLS

/*
 * Long polls of orders. A request waits, paused, until its order is no longer pending or its time
 * is up; nothing polls meanwhile: whoever ends an order wakes them after the transaction.
 */
#define SANDBOX_MAX_WAIT_SECONDS 25

/* Lets the exchange's request wait for the order, which is pending. */
void sandbox_waiters_add (SandboxExchange *exchange, const SandboxOrder *order, guint seconds);

/* Answers those whose order has ended. Outside a transaction. */
void sandbox_waiters_wake (SandboxWorld *world);

G_END_DECLS
