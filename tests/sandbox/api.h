/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/* The operations of api/ttcloud/openapi.yaml, one handler each, and the table that names them. */
void sandbox_api_account (SandboxExchange *exchange);
void sandbox_api_installations (SandboxExchange *exchange);
void sandbox_api_installation (SandboxExchange *exchange);
void sandbox_api_service_flag (SandboxExchange *exchange);
void sandbox_api_service_flags (SandboxExchange *exchange);
void sandbox_api_keys (SandboxExchange *exchange);
void sandbox_api_catalogue (SandboxExchange *exchange);
void sandbox_api_quote (SandboxExchange *exchange);
void sandbox_api_order (SandboxExchange *exchange);
void sandbox_api_orders (SandboxExchange *exchange);
void sandbox_api_order_state (SandboxExchange *exchange);
void sandbox_api_cancel_order (SandboxExchange *exchange);

/* Serves one request of the API (HTTPS), of the web pages, of the control interface. */
void sandbox_api_serve (SandboxWorld *world, SoupServerMessage *message);
void sandbox_web_serve (SandboxWorld *world, SoupServerMessage *message);
void sandbox_control_serve (SandboxWorld *world, SoupServerMessage *message);

G_END_DECLS
