/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/api.h"

#include "tests/sandbox/tokens.h"

static const SandboxRoute routes[] = {
  { "GET", "/.well-known/openid-configuration", sandbox_tokens_discovery, SANDBOX_ACCESS_ANYONE },
  { "POST", "/oauth/token", sandbox_tokens_token, SANDBOX_ACCESS_ANYONE },
  { "POST", "/oauth/revoke", sandbox_tokens_revoke, SANDBOX_ACCESS_ANYONE },
  { "GET", "/v1/account", sandbox_api_account, SANDBOX_ACCESS_TOKEN },
  { "GET", "/v1/installations", sandbox_api_installations, SANDBOX_ACCESS_TOKEN },
  { "GET", "/v1/installations/{}", sandbox_api_installation, SANDBOX_ACCESS_TOKEN },
  { "POST", "/v1/service-flag", sandbox_api_service_flag, SANDBOX_ACCESS_TOKEN },
  { "POST", "/v1/service-flags", sandbox_api_service_flags, SANDBOX_ACCESS_TOKEN },
  { "GET", "/v1/keys", sandbox_api_keys, SANDBOX_ACCESS_ANYONE },
  { "GET", "/v1/catalogue", sandbox_api_catalogue, SANDBOX_ACCESS_TOKEN },
  { "POST", "/v1/quotes", sandbox_api_quote, SANDBOX_ACCESS_TOKEN },
  { "POST", "/v1/orders", sandbox_api_order, SANDBOX_ACCESS_TOKEN },
  { "GET", "/v1/orders", sandbox_api_orders, SANDBOX_ACCESS_TOKEN },
  { "GET", "/v1/orders/{}", sandbox_api_order_state, SANDBOX_ACCESS_TOKEN },
  { "POST", "/v1/orders/{}/cancel", sandbox_api_cancel_order, SANDBOX_ACCESS_TOKEN },
};

void
sandbox_api_serve (SandboxWorld *world, SoupServerMessage *message)
{
  sandbox_http_serve (world, message, routes, G_N_ELEMENTS (routes), NULL);
}
