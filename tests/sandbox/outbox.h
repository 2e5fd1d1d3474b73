/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/event.h"
#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/* The mails that the shop would have sent. They are kept to be read by GET /sandbox/outbox. */

/* @invoice: (nullable): its number */
void sandbox_outbox_send_event (SandboxWorld *world,
                                const TtecommEvent *event,
                                const SandboxAccount *payer,
                                const char *invoice);
void sandbox_outbox_send (SandboxWorld *world,
                          const char *kind,
                          const char *recipient,
                          const char *subject,
                          const char *body);

/* A member "mails" of the newest `limit`, the newest first. */
void sandbox_outbox_newest_to_json (SandboxWorld *world, guint limit, JsonBuilder *builder);
/* Handler: GET /sandbox/outbox. */
void sandbox_outbox_list (SandboxExchange *exchange);

G_END_DECLS
