/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/api.h"
#include "tests/sandbox/account-page.h"
#include "tests/sandbox/checkout.h"
#include "tests/sandbox/html.h"
#include "tests/sandbox/pages.h"
#include "tests/sandbox/sign-in.h"

static const SandboxRoute routes[] = {
  { "GET", "/", sandbox_pages_home, SANDBOX_ACCESS_ANYONE },
  { "GET", "/style.css", sandbox_page_style, SANDBOX_ACCESS_ANYONE },
  { "GET", "/authorize", sandbox_sign_in_authorize, SANDBOX_ACCESS_ANYONE },
  { "POST", "/authorize", sandbox_sign_in_authorize_posted, SANDBOX_ACCESS_ANYONE },
  { "GET", "/sign-in", sandbox_sign_in_page, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sign-in", sandbox_sign_in_page_posted, SANDBOX_ACCESS_ANYONE },
  { "POST", "/sign-out", sandbox_sign_in_out, SANDBOX_ACCESS_BROWSER },
  { "GET", "/account", sandbox_account_page, SANDBOX_ACCESS_BROWSER },
  { "GET", "/account/renewal", sandbox_account_page_renewal, SANDBOX_ACCESS_BROWSER },
  { "POST", "/account/renewal", sandbox_account_page_renewal_posted, SANDBOX_ACCESS_BROWSER },
  { "POST", "/account/card", sandbox_account_page_card_posted, SANDBOX_ACCESS_BROWSER },
  { "GET", "/checkout/{}", sandbox_checkout_page, SANDBOX_ACCESS_ANYONE },
  { "POST", "/checkout/{}", sandbox_checkout_posted, SANDBOX_ACCESS_ANYONE },
  { "GET", "/checkout/{}/confirm", sandbox_checkout_confirm, SANDBOX_ACCESS_ANYONE },
  { "POST", "/checkout/{}/confirm", sandbox_checkout_confirm_posted, SANDBOX_ACCESS_ANYONE },
  { "GET", "/checkout/{}/bank", sandbox_checkout_bank, SANDBOX_ACCESS_ANYONE },
  { "POST", "/checkout/{}/bank", sandbox_checkout_bank_posted, SANDBOX_ACCESS_ANYONE },
  { "GET", "/terms-of-sale", sandbox_pages_terms_of_sale, SANDBOX_ACCESS_ANYONE },
  { "GET", "/create-account", sandbox_pages_create_account, SANDBOX_ACCESS_ANYONE },
  { "GET", "/forgot-password", sandbox_pages_forgot_password, SANDBOX_ACCESS_ANYONE },
};

void
sandbox_web_serve (SandboxWorld *world, SoupServerMessage *message)
{
  sandbox_http_serve (world, message, routes, G_N_ELEMENTS (routes), sandbox_pages_not_found);
}
