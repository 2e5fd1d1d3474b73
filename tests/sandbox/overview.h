/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/* How much of the world one answer shows. */
#define SANDBOX_OVERVIEW_EVENTS 300
#define SANDBOX_OVERVIEW_MAILS 100
#define SANDBOX_OVERVIEW_INSTALLATIONS 200
#define SANDBOX_OVERVIEW_ACCOUNTS 50

/*
 * GET /sandbox/overview: what a person who holds the strings wants to see, in one answer of bounded
 * size: the same question may be asked every two seconds. It holds no time of day, so that two
 * answers are the same while nothing happens.
 */
void sandbox_control_overview (SandboxExchange *exchange);

G_END_DECLS
