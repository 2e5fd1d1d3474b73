/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/pages.h"

#include "tests/sandbox/html.h"

void
sandbox_pages_home (SandboxExchange *exchange)
{
  GString *page = sandbox_html_begin ("TTecomm sandbox", "home", NULL);

  sandbox_html_add (page, "<p>A shop to try things out in. Subscriptions are bought from PROSOFT; "
                          "here you see and change those you pay for.</p>\n"
                          "<p><a href=\"/account\">Your account</a></p>\n");
  sandbox_html_reply (exchange, SOUP_STATUS_OK, page);
}

void
sandbox_pages_terms_of_sale (SandboxExchange *exchange)
{
  g_autofree char *version
      = sandbox_database_text (exchange->world->db, "SELECT terms_version FROM world", "");
  GString *page = sandbox_html_begin ("Terms of sale", "terms-of-sale", NULL);

  sandbox_html_add (page, "<p>Version %s. Fiction, like the prices.</p>\n<ul>\n", version);
  sandbox_html_add (
      page,
      "<li>A subscription belongs to one installation: all central units that run on one .nbt "
      "file.</li>\n"
      "<li>It works at once after payment and runs through the last day of this month plus one "
      "year. The days left of this month are free.</li>\n"
      "<li>About two months before the end the payer gets a reminder by e-mail. One month before "
      "the end the fee for the next year is taken from the payer's card, unless renewal was "
      "switched off before. Silence is consent.</li>\n"
      "<li>Switching renewal off stops the next charge only; the service runs to its end. There "
      "is no early stop, no refund, and the price cannot be divided.</li>\n"
      "<li>If the card cannot be charged, you are told by e-mail and have a month to replace it. "
      "Otherwise the service stops at its end.</li>\n"
      "<li>VISA and MasterCard only. We keep a reference to the card, never its number.</li>\n"
      "<li>Whoever switches renewal on again pays from then on.</li>\n</ul>\n");
  sandbox_html_reply (exchange, SOUP_STATUS_OK, page);
}

void
sandbox_pages_create_account (SandboxExchange *exchange)
{
  sandbox_html_message (exchange, SOUP_STATUS_OK, "Create an account",
                        "The sandbox has sample accounts only. To add one, start it with --world "
                        "and a file like tests/sandbox/world.json.");
}

void
sandbox_pages_forgot_password (SandboxExchange *exchange)
{
  sandbox_html_message (exchange, SOUP_STATUS_OK, "Forgot password",
                        "Every sample account of the sandbox has the password \"sandbox\". A real "
                        "shop would send you a mail now.");
}

void
sandbox_pages_not_found (SandboxExchange *exchange)
{
  sandbox_html_message (exchange, SOUP_STATUS_NOT_FOUND, "There is no such page",
                        "The address may be cut off. Start again from PROSOFT.");
}
