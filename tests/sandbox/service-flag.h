/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/schedule.h"
#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/* Reads {"installation","nonce"}, borrowed from `object`; FALSE: a problem has been answered. */
gboolean sandbox_service_flag_read (SandboxExchange *exchange,
                                    JsonObject *object,
                                    const char **installation,
                                    const char **nonce) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): the signed statement, spoilt if a fault for statements is due; NULL: a problem
 * has been answered. */
char *sandbox_service_flag_state (SandboxExchange *exchange,
                                  TtecommSchedule *schedule,
                                  const char *installation,
                                  const char *nonce) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
