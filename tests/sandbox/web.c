/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/api.h"
#include "tests/sandbox/html.h"
#include "tests/sandbox/sign-in.h"

static const SandboxRoute routes[] = {
  { "GET", "/style.css", sandbox_html_style, SANDBOX_ACCESS_ANYONE },
  { "GET", "/authorize", sandbox_sign_in_authorize, SANDBOX_ACCESS_ANYONE },
  { "POST", "/authorize", sandbox_sign_in_authorize_posted, SANDBOX_ACCESS_ANYONE },
  { "GET", "/sign-in", sandbox_sign_in_page, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sign-in", sandbox_sign_in_page_posted, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sign-out", sandbox_sign_in_out, SANDBOX_ACCESS_BROWSER },
};

void
sandbox_web_serve (SandboxWorld *world, SoupServerMessage *message)
{
  sandbox_http_serve (world, message, routes, G_N_ELEMENTS (routes));
}
