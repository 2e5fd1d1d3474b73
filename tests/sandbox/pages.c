/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/pages.h"

#include "tests/sandbox/html.h"

void
sandbox_pages_home (SandboxExchange *exchange)
{
  SandboxPage *page = sandbox_page_begin (exchange, SANDBOX_WORD_HOME_TITLE, "home", NULL);

  sandbox_page_say (page, SANDBOX_WORD_HOME_TEXT, NULL);
  sandbox_page_add (page, "<p><a href=\"/account\">%w</a></p>\n", SANDBOX_WORD_ACCOUNT_TITLE);
  sandbox_page_reply (page, SOUP_STATUS_OK);
}

void
sandbox_pages_terms_of_sale (SandboxExchange *exchange)
{
  static const SandboxWord terms[]
      = { SANDBOX_WORD_TERMS_INSTALLATION, SANDBOX_WORD_TERMS_PERIOD, SANDBOX_WORD_TERMS_RENEWAL,
          SANDBOX_WORD_TERMS_STOP,         SANDBOX_WORD_TERMS_FAILED, SANDBOX_WORD_TERMS_CARDS,
          SANDBOX_WORD_TERMS_PAYER };
  g_autofree char *version
      = sandbox_database_text (exchange->world->db, "SELECT terms_version FROM world", "");
  SandboxPage *page
      = sandbox_page_begin (exchange, SANDBOX_WORD_TERMS_TITLE, "terms-of-sale", NULL);

  sandbox_page_say (page, SANDBOX_WORD_TERMS_VERSION, "version", version, NULL);
  sandbox_page_add (page, "<ul class=\"terms\">\n");
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    sandbox_page_add (page, "<li>%w</li>\n", terms[i]);
  sandbox_page_add (page, "</ul>\n");
  sandbox_page_reply (page, SOUP_STATUS_OK);
}

void
sandbox_pages_create_account (SandboxExchange *exchange)
{
  sandbox_page_message (exchange, SOUP_STATUS_OK, SANDBOX_WORD_CREATE_ACCOUNT,
                        SANDBOX_WORD_CREATE_ACCOUNT_TEXT, NULL);
}

void
sandbox_pages_forgot_password (SandboxExchange *exchange)
{
  sandbox_page_message (exchange, SOUP_STATUS_OK, SANDBOX_WORD_FORGOT_PASSWORD,
                        SANDBOX_WORD_FORGOT_PASSWORD_TEXT, NULL);
}

void
sandbox_pages_not_found (SandboxExchange *exchange)
{
  sandbox_page_message (exchange, SOUP_STATUS_NOT_FOUND, SANDBOX_WORD_NOT_FOUND_TITLE,
                        SANDBOX_WORD_START_AGAIN, NULL);
}
