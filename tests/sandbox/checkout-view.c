/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/checkout-view.h"

#include <string.h>

#include "tests/sandbox/browser.h"
#include "tests/sandbox/card-form.h"

char *
sandbox_checkout_address (const SandboxOrder *order, const char *page)
{
  return g_strconcat ("/checkout/", order->token, page, NULL);
}

/* -- what is bought -- */

static const char *
member (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static JsonObject *
member_object (JsonObject *object, const char *name)
{
  return !json_object_get_null_member (object, name) ? json_object_get_object_member (object, name)
                                                     : NULL;
}

static void
add_fact (SandboxPage *page, const char *text)
{
  sandbox_page_add (page, "<span class=\"note\">%s</span>\n", text);
}

static void
add_free_days (SandboxPage *page, gint64 days)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, days);
  g_autofree char *text
      = sandbox_word_fill (days == 1 ? SANDBOX_WORD_FREE_DAY : SANDBOX_WORD_FREE_DAYS,
                           page->language, "days", number, NULL);

  if (days > 0)
    add_fact (page, text);
}

static void
add_next_charge (SandboxPage *page, JsonObject *next)
{
  g_autofree char *day = sandbox_language_date (page->language, member (next, "date"));
  g_autofree char *gross
      = sandbox_language_money (page->language, json_object_get_int_member (next, "gross_cents"));
  g_autofree char *text = sandbox_word_fill (SANDBOX_WORD_NEXT_CHARGE, page->language, "gross",
                                             gross, "day", day, NULL);

  add_fact (page, text);
}

static void
add_line (SandboxPage *page, JsonObject *line)
{
  JsonObject *next = member_object (line, "next_charge");
  g_autofree char *end = sandbox_language_date (page->language, member (line, "end"));
  g_autofree char *until
      = sandbox_word_fill (SANDBOX_WORD_RUNS_UNTIL, page->language, "end", end, NULL);
  g_autofree char *net
      = sandbox_language_money (page->language, json_object_get_int_member (line, "net_cents"));

  sandbox_page_add (page, "<tr><td><strong>%s</strong> <span class=\"where\">%s</span>\n",
                    member (line, "name"), member (line, "installation_name"));
  add_fact (page, until);
  add_free_days (page, json_object_get_int_member (line, "free_days"));
  if (next != NULL)
    add_next_charge (page, next);
  sandbox_page_add (page, "</td><td class=\"money\">%s</td></tr>\n", net);
}

static void
add_sum (SandboxPage *page, SandboxWord what, gint64 cents, const char *class_name)
{
  g_autofree char *money = sandbox_language_money (page->language, cents);

  sandbox_page_add (page,
                    "<tr class=\"%s\"><th scope=\"row\">%w</th><td class=\"money\">%s</td></tr>\n",
                    class_name, what, money);
}

static void
add_order (SandboxPage *page, const SandboxOrder *order)
{
  g_autoptr (JsonObject) preview = sandbox_order_preview (page->exchange->world, order);
  JsonArray *lines = json_object_get_array_member (preview, "lines");
  JsonObject *payer = member_object (preview, "payer");
  g_autofree char *due = sandbox_language_money (page->language, order->due_now_cents);

  sandbox_page_say (page, SANDBOX_WORD_CHECKOUT_PAYS, "name", member (payer, "name"), "email",
                    member (payer, "email"), "due", due, NULL);
  sandbox_page_add (page,
                    "<table>\n<caption>%w</caption>\n<thead><tr><th scope=\"col\">%w</th>"
                    "<th scope=\"col\" class=\"money\">%w</th></tr></thead>\n<tbody>\n",
                    SANDBOX_WORD_YOUR_ORDER, SANDBOX_WORD_SERVICE, SANDBOX_WORD_NET);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    add_line (page, json_array_get_object_element (lines, i));
  sandbox_page_add (page, "</tbody>\n<tfoot>\n");
  add_sum (page, SANDBOX_WORD_NET, json_object_get_int_member (preview, "net_cents"), "part");
  add_sum (page, SANDBOX_WORD_VAT, json_object_get_int_member (preview, "vat_cents"), "part");
  add_sum (page, SANDBOX_WORD_TO_PAY, order->due_now_cents, "total");
  sandbox_page_add (page, "</tfoot>\n</table>\n");
}

/* -- which card -- */

static void
add_choice (SandboxPage *page, const SandboxCard *card, const char *wrong)
{
  const char *posted = sandbox_exchange_form (page->exchange, "card");
  gboolean other = wrong != NULL || g_strcmp0 (posted, "other") == 0;
  g_autofree char *expires = sandbox_card_month (card->expires);
  g_autofree char *on_file = sandbox_word_fill (SANDBOX_WORD_CARD_ON_FILE, page->language, "brand",
                                                sandbox_card_brand (card->brand), "last4",
                                                card->last4, "expires", expires, NULL);

  sandbox_page_add (page,
                    "<label class=\"choice\"><input type=\"radio\" name=\"card\" "
                    "value=\"" SANDBOX_CHECKOUT_ON_FILE
                    "\" id=\"on-file\"%s> <span>%s</span></label>\n"
                    "<label class=\"choice\"><input type=\"radio\" name=\"card\" value=\"other\""
                    "%s> <span>%w</span></label>\n",
                    other ? "" : " checked", on_file, other ? " checked" : "",
                    SANDBOX_WORD_OTHER_CARD);
}

static void
add_cards (SandboxPage *page, const SandboxCard *card, const char *wrong)
{
  sandbox_page_add (page, "<fieldset>\n<legend>%w</legend>\n", SANDBOX_WORD_WHICH_CARD);
  if (card != NULL)
    add_choice (page, card, wrong);
  else
    sandbox_page_add (page, "<input type=\"hidden\" name=\"card\" value=\"other\">\n");
  sandbox_page_add (page, "<div class=\"other\">\n");
  sandbox_card_form_add (page, SANDBOX_WORD_CARD_NUMBER, wrong);
  sandbox_card_form_add_numbers (page, wrong);
  sandbox_page_add (page, "</div>\n</fieldset>\n");
}

static void
add_buttons (SandboxPage *page, const char *value, SandboxWord label)
{
  sandbox_page_add (page,
                    "<p class=\"buttons\"><button name=\"action\" value=\"%s\">%w</button>\n"
                    "<button name=\"action\" value=\"cancel\" class=\"quiet\" formnovalidate>"
                    "<span aria-hidden=\"true\">✕ </span>%w</button></p>\n</form>\n",
                    value, label, SANDBOX_WORD_CANCEL);
}

void
sandbox_checkout_show_order (SandboxExchange *exchange,
                             const SandboxOrder *order,
                             const char *wrong,
                             SandboxWord problem)
{
  g_autoptr (SandboxAccount) account = sandbox_account_load (exchange->world, order->account);
  g_autofree char *action = sandbox_checkout_address (order, "");
  SandboxPage *page
      = wrong != NULL
            ? sandbox_page_begin_refused (exchange, SANDBOX_WORD_CHECKOUT_TITLE, "checkout",
                                          "refused")
            : sandbox_page_begin (exchange, SANDBOX_WORD_CHECKOUT_TITLE, "checkout", NULL);

  if (wrong != NULL)
    sandbox_page_problem (page, problem, wrong);
  add_order (page, order);
  sandbox_browser_form (page, action);
  add_cards (page, account != NULL ? account->card : NULL, wrong);
  add_buttons (page, "pay", SANDBOX_WORD_PAY);
  sandbox_page_add (page, "<p class=\"note\">%w <a href=\"/account\">%w</a></p>\n",
                    SANDBOX_WORD_HOW_TO_STOP, SANDBOX_WORD_ACCOUNT_TITLE);
  sandbox_page_reply (page, wrong != NULL ? SOUP_STATUS_BAD_REQUEST : SOUP_STATUS_OK);
}

/* -- confirm -- */

static void
describe_card (SandboxPage *page, const SandboxOrder *order, const SandboxTestCard *chosen)
{
  g_autoptr (SandboxAccount) account = sandbox_account_load (page->exchange->world, order->account);
  const char *brand = NULL;
  const char *last4 = NULL;

  if (chosen != NULL)
    {
      brand = chosen->brand;
      last4 = chosen->number + strlen (chosen->number) - 4;
    }
  else if (account != NULL && account->card != NULL)
    {
      brand = account->card->brand;
      last4 = account->card->last4;
    }
  if (brand == NULL)
    return;
  sandbox_page_add (page, "<div><dt>%w</dt><dd>", SANDBOX_WORD_CONFIRM_CARD);
  sandbox_page_put (page, SANDBOX_WORD_CARD_ENDING, "brand", sandbox_card_brand (brand), "last4",
                    last4, NULL);
  sandbox_page_add (page, "</dd></div>\n");
}

static void
add_services (SandboxPage *page, const SandboxOrder *order)
{
  g_autoptr (JsonObject) preview = sandbox_order_preview (page->exchange->world, order);
  JsonArray *lines = json_object_get_array_member (preview, "lines");

  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);

      sandbox_page_add (page, "<div><dt>%w</dt><dd>%s, %s</dd></div>\n", SANDBOX_WORD_SERVICE,
                        member (line, "name"), member (line, "installation_name"));
    }
}

void
sandbox_checkout_show_confirm (SandboxExchange *exchange,
                               const SandboxOrder *order,
                               const SandboxTestCard *chosen)
{
  SandboxPage *page
      = sandbox_page_begin (exchange, SANDBOX_WORD_CONFIRM_TITLE, "checkout-confirm", NULL);
  g_autofree char *action = sandbox_checkout_address (order, "/confirm");
  g_autofree char *due = sandbox_language_money (page->language, order->due_now_cents);

  sandbox_page_add (page, "<p class=\"due\">%w <strong>%s</strong></p>\n<dl>\n",
                    SANDBOX_WORD_CONFIRM_DUE, due);
  add_services (page, order);
  describe_card (page, order, chosen);
  sandbox_page_add (page, "</dl>\n<p>%w</p>\n", SANDBOX_WORD_CONFIRM_FINAL);
  sandbox_browser_form (page, action);
  add_buttons (page, "confirm", SANDBOX_WORD_CONFIRM_TITLE);
  sandbox_page_reply (page, SOUP_STATUS_OK);
}

/* -- the bank -- */

void
sandbox_checkout_show_bank (SandboxExchange *exchange, const SandboxOrder *order)
{
  SandboxPage *page = sandbox_page_begin (exchange, SANDBOX_WORD_BANK_TITLE, "checkout-bank", NULL);
  g_autofree char *action = sandbox_checkout_address (order, "/bank");
  g_autofree char *due = sandbox_language_money (page->language, order->due_now_cents);

  sandbox_page_say (page, SANDBOX_WORD_BANK_TEXT, "due", due, NULL);
  sandbox_browser_form (page, action);
  sandbox_page_add (page,
                    "<p class=\"buttons\"><button name=\"action\" value=\"confirm\">%w</button>\n"
                    "<button name=\"action\" value=\"fail\" class=\"quiet\">%w</button></p>\n"
                    "</form>\n",
                    SANDBOX_WORD_BANK_YES, SANDBOX_WORD_BANK_NO);
  sandbox_page_reply (page, SOUP_STATUS_OK);
}

/* -- how it ended -- */

static SandboxWord
explain (const SandboxOrder *order)
{
  static const struct
  {
    const char *reason;
    SandboxWord text;
  } texts[] = {
    { "card_declined", SANDBOX_WORD_CARD_DECLINED },
    { "card_refused_brand", SANDBOX_WORD_CARD_REFUSED_BRAND },
    { "confirmation_failed", SANDBOX_WORD_CONFIRMATION_FAILED },
    { "cancelled_by_person", SANDBOX_WORD_CANCELLED_BY_PERSON },
    { "already_subscribed", SANDBOX_WORD_ALREADY_SUBSCRIBED },
    { "timed_out", SANDBOX_WORD_TIMED_OUT },
  };

  for (gsize i = 0; order->reason != NULL && i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].reason, order->reason))
      return texts[i].text;
  return SANDBOX_WORD_CHANGED_MEANWHILE;
}

void
sandbox_checkout_show_result (SandboxExchange *exchange, const SandboxOrder *order)
{
  gboolean paid = g_str_equal (order->state, "paid");
  SandboxWord title = paid                                      ? SANDBOX_WORD_PAID_TITLE
                      : g_str_equal (order->state, "cancelled") ? SANDBOX_WORD_CANCELLED_TITLE
                                                                : SANDBOX_WORD_NOT_PAID_TITLE;
  SandboxPage *page = sandbox_page_begin (exchange, title, "checkout-result", order->state);

  if (paid && order->invoice != NULL)
    sandbox_page_say (page, SANDBOX_WORD_PAID_TEXT_INVOICE, "invoice", order->invoice, NULL);
  else
    sandbox_page_add (page, "<p>%w</p>\n", paid ? SANDBOX_WORD_PAID_TEXT : explain (order));
  sandbox_page_say (page, SANDBOX_WORD_BACK_TO_PROSOFT, NULL);
  sandbox_page_reply (page, SOUP_STATUS_OK);
}
