/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/* The control interface: plain HTTP, JSON, a port of its own. README.md documents it. Handlers. */
void sandbox_control_clock (SandboxExchange *exchange);
void sandbox_control_advance (SandboxExchange *exchange);
void sandbox_control_reset (SandboxExchange *exchange);
void sandbox_control_events (SandboxExchange *exchange);
void sandbox_control_user (SandboxExchange *exchange);
void sandbox_control_installation (SandboxExchange *exchange);
void sandbox_control_terms (SandboxExchange *exchange);
void sandbox_control_stop (SandboxExchange *exchange);

G_END_DECLS
