/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/checkout.h"

#include <string.h>

#include "tests/sandbox/browser.h"
#include "tests/sandbox/html.h"
#include "tests/sandbox/order.h"
#include "tests/sandbox/test-card.h"

#define ON_FILE "file"

/* (nullable): NULL means that a page has been answered. */
static SandboxOrder *
find_order (SandboxExchange *exchange)
{
  SandboxOrder *order = sandbox_order_find_by_token (exchange->world, exchange->argument);

  if (order == NULL)
    sandbox_html_message (exchange, SOUP_STATUS_NOT_FOUND, "There is no such checkout",
                          "The address may be cut off. Start again from PROSOFT.");
  return order;
}

static char *
address_of (const SandboxOrder *order, const char *page)
{
  return g_strconcat ("/checkout/", order->token, page, NULL);
}

static void
go_to (SandboxExchange *exchange, const SandboxOrder *order, const char *page)
{
  g_autofree char *address = address_of (order, page);

  sandbox_exchange_redirect (exchange, address);
}

/* -- how it ended -- */

static const char *
explain (const SandboxOrder *order)
{
  static const struct
  {
    const char *reason;
    const char *text;
  } texts[] = {
    { "card_declined", "The bank declined the card. Nothing was charged. Order again with another "
                       "card, or replace the card on your account page." },
    { "card_refused_brand", "Only VISA and MasterCard are accepted. Nothing was charged. Order "
                            "again with such a card." },
    { "confirmation_failed", "The bank did not get your confirmation. Nothing was charged. You can "
                             "order again from PROSOFT." },
    { "cancelled_by_person", "Nothing was charged. What you chose is still in your basket." },
    { "already_subscribed", "One of the services was bought with another order meanwhile, so this "
                            "one was closed. Nothing was charged. Look at the installation in "
                            "PROSOFT; the other services can be ordered again." },
    { "timed_out", "The payment was not made within 30 minutes. Nothing was charged. You can order "
                   "again from PROSOFT." },
  };

  for (gsize i = 0; order->reason != NULL && i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].reason, order->reason))
      return texts[i].text;
  return "Something changed while you were here. Nothing was charged. Look at the installation in "
         "PROSOFT and order again if needed.";
}

static void
show_result (SandboxExchange *exchange, const SandboxOrder *order)
{
  gboolean paid = g_str_equal (order->state, "paid");
  const char *title = paid                                      ? "Paid. Your services are on"
                      : g_str_equal (order->state, "cancelled") ? "Cancelled"
                                                                : "Not paid";
  GString *page = sandbox_html_begin (title, "checkout-result", order->state);

  if (paid)
    sandbox_html_add (page,
                      "<p>The services work at once; no activation is needed. The invoice%s%s is "
                      "e-mailed within one hour.</p>\n",
                      order->invoice != NULL ? " " : "", order->invoice);
  else
    sandbox_html_add (page, "<p>%s</p>\n", explain (order));
  sandbox_html_add (page, "<p>You can close this page and go back to PROSOFT.</p>\n");
  sandbox_html_reply (exchange, SOUP_STATUS_OK, page);
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
add_line (GString *page, JsonObject *line)
{
  JsonObject *next = member_object (line, "next_charge");
  g_autofree char *end = sandbox_html_date (member (line, "end"));
  g_autofree char *net = sandbox_html_money (json_object_get_int_member (line, "net_cents"), "EUR");
  gint64 free_days = json_object_get_int_member (line, "free_days");
  g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, free_days);

  sandbox_html_add (page, "<tr><td>%s<br>%s<br><span class=\"quiet-text\">runs until %s",
                    member (line, "name"), member (line, "installation_name"), end);
  if (free_days > 0)
    sandbox_html_add (page, ", the %s days left of this month are free", days);
  if (next != NULL)
    {
      g_autofree char *day = sandbox_html_date (member (next, "date"));
      g_autofree char *gross
          = sandbox_html_money (json_object_get_int_member (next, "gross_cents"), "EUR");

      sandbox_html_add (page, "; next charge %s on %s", gross, day);
    }
  sandbox_html_add (page, "</span></td><td class=\"money\">%s</td></tr>\n", net);
}

static void
add_sum (GString *page, const char *what, gint64 cents)
{
  g_autofree char *money = sandbox_html_money (cents, "EUR");

  sandbox_html_add (page,
                    "<tr><th scope=\"row\">%s</th><td class=\"money\"><strong>%s</strong></td>"
                    "</tr>\n",
                    what, money);
}

static void
add_order (SandboxWorld *world, GString *page, const SandboxOrder *order)
{
  g_autoptr (JsonObject) preview = sandbox_order_preview (world, order);
  JsonArray *lines = json_object_get_array_member (preview, "lines");
  JsonObject *payer = member_object (preview, "payer");
  g_autofree char *due = sandbox_html_money (order->due_now_cents, "EUR");

  sandbox_html_add (page,
                    "<p><strong>%s</strong> (%s) pays %s now. Each subscription renews once a year "
                    "until renewal is switched off.</p>\n"
                    "<table><caption class=\"quiet-text\">Your order</caption><tr>"
                    "<th scope=\"col\">Service</th><th scope=\"col\" class=\"money\">Net</th>"
                    "</tr>\n",
                    member (payer, "name"), member (payer, "email"), due);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    add_line (page, json_array_get_object_element (lines, i));
  add_sum (page, "Net", json_object_get_int_member (preview, "net_cents"));
  add_sum (page, "VAT", json_object_get_int_member (preview, "vat_cents"));
  add_sum (page, "To pay now, VAT included", order->due_now_cents);
  sandbox_html_add (
      page, "</table>\n<p class=\"quiet-text\">To stop: switch renewal off in PROSOFT or on "
            "your <a href=\"/account\">account page</a> before the next charge. The "
            "service then runs until its end; nothing is paid back.</p>\n");
}

/* -- which card -- */

static void
add_cards (GString *page, const SandboxAccount *account, const char *problem)
{
  const SandboxCard *card = account->card;

  if (problem != NULL)
    sandbox_html_add (page, "<p class=\"error\" role=\"alert\">%s</p>\n", problem);
  sandbox_html_add (page, "<fieldset><legend>Which card?</legend>\n");
  if (card != NULL)
    sandbox_html_add (page,
                      "<label><input type=\"radio\" name=\"card\" value=\"" ON_FILE
                      "\" checked> The card on file: %s ending in %s, valid through %s</label>\n",
                      card->brand, card->last4, card->expires);
  sandbox_html_add (page,
                    "<label><input type=\"radio\" name=\"card\" value=\"other\"%s> Another card, "
                    "which then pays the renewals too</label>\n"
                    "<label for=\"number\">Card number</label>\n"
                    "<input id=\"number\" name=\"number\" type=\"text\" inputmode=\"numeric\" "
                    "autocomplete=\"off\" aria-describedby=\"numbers\">\n"
                    "<label for=\"expires\">Valid through (MM/YY)</label>\n"
                    "<input id=\"expires\" name=\"expires\" type=\"text\" "
                    "autocomplete=\"off\">\n</fieldset>\n<div id=\"numbers\" "
                    "class=\"quiet-text\"><p>Only these test numbers exist:</p><ul>\n",
                    card == NULL ? " checked" : "");
  for (gsize i = 0; i < sandbox_test_card_count (); i++)
    sandbox_html_add (page, "<li><code>%s</code> %s</li>\n", sandbox_test_card_nth (i)->number,
                      sandbox_test_card_nth (i)->what);
  sandbox_html_add (page, "</ul></div>\n");
}

static void
show_order (SandboxExchange *exchange, const SandboxOrder *order, const char *problem)
{
  g_autoptr (SandboxAccount) account = sandbox_account_load (exchange->world, order->account);
  g_autofree char *action = address_of (order, "");
  GString *page = sandbox_html_begin ("Checkout", "checkout", problem != NULL ? "refused" : NULL);

  add_order (exchange->world, page, order);
  sandbox_browser_form (exchange, page, action);
  if (account != NULL)
    add_cards (page, account, problem);
  sandbox_html_add (page, "<button name=\"action\" value=\"pay\">Pay</button>\n"
                          "<button name=\"action\" value=\"cancel\" class=\"quiet\">✕ Cancel"
                          "</button>\n</form>\n");
  sandbox_html_reply (exchange, problem != NULL ? SOUP_STATUS_BAD_REQUEST : SOUP_STATUS_OK, page);
}

void
sandbox_checkout_page (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_order (exchange);

  if (order == NULL)
    return;
  if (sandbox_order_is_pending (order))
    show_order (exchange, order, NULL);
  else
    show_result (exchange, order);
}

/* (nullable): NULL means that a page has been answered: there is nothing more to do. */
static SandboxOrder *
find_pending (SandboxExchange *exchange, gboolean posted)
{
  g_autoptr (SandboxOrder) order = find_order (exchange);

  if (order == NULL || (posted && !sandbox_browser_read_form (exchange)))
    return NULL;
  if (sandbox_order_is_pending (order))
    return g_steal_pointer (&order);
  go_to (exchange, order, "");
  return NULL;
}

/* (transfer full) (nullable): how the choice is kept: "file", or "NUMBER YYYY-MM". The numbers are
 * those of the test cards; a real shop would never see one (S66). */
static char *
read_choice (SandboxExchange *exchange, const char **problem)
{
  const char *number = sandbox_exchange_form (exchange, "number");
  const SandboxTestCard *card;
  char expires[8];

  if (g_strcmp0 (sandbox_exchange_form (exchange, "card"), ON_FILE) == 0)
    return g_strdup (ON_FILE);
  card = sandbox_test_card_find (number);
  if (card == NULL)
    *problem = "This is none of the test numbers below.";
  else if (!sandbox_test_card_read_expiry (exchange->world,
                                           sandbox_exchange_form (exchange, "expires"), expires))
    *problem = "Write until when the card is valid as MM/YY; it must not have passed.";
  else
    return g_strdup_printf ("%s %s", card->number, expires);
  return NULL;
}

void
sandbox_checkout_posted (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_pending (exchange, TRUE);
  g_autofree char *choice = NULL;
  const char *problem = NULL;

  if (order == NULL)
    return;
  if (g_strcmp0 (sandbox_exchange_form (exchange, "action"), "cancel") == 0)
    {
      sandbox_order_end (exchange->world, order, "cancelled", "cancelled_by_person");
      go_to (exchange, order, "");
      return;
    }
  choice = read_choice (exchange, &problem);
  if (choice == NULL)
    {
      show_order (exchange, order, problem);
      return;
    }
  sandbox_database_run (exchange->world->db, "UPDATE orders SET chosen_card = ? WHERE id = ?", "ss",
                        choice, order->id);
  go_to (exchange, order, "/confirm");
}

/* -- confirm -- */

/* The test card that was chosen; NULL: the card on file. */
static const SandboxTestCard *
chosen_card (const SandboxOrder *order, char expires[8])
{
  g_auto (GStrv) parts = g_strsplit (order->chosen_card, " ", 2);

  if (parts[0] == NULL || parts[1] == NULL)
    return NULL;
  g_strlcpy (expires, parts[1], 8);
  return sandbox_test_card_find (parts[0]);
}

/* (nullable): pending, with a card chosen. */
static SandboxOrder *
find_chosen (SandboxExchange *exchange, gboolean posted)
{
  g_autoptr (SandboxOrder) order = find_pending (exchange, posted);

  if (order == NULL || order->chosen_card != NULL)
    return g_steal_pointer (&order);
  go_to (exchange, order, "");
  return NULL;
}

static void
describe_card (SandboxWorld *world, GString *page, const SandboxOrder *order)
{
  char expires[8];
  const SandboxTestCard *chosen = chosen_card (order, expires);
  g_autoptr (SandboxAccount) account = sandbox_account_load (world, order->account);

  if (chosen != NULL)
    sandbox_html_add (page, "<p>Card: %s ending in %s.</p>\n", chosen->brand,
                      chosen->number + strlen (chosen->number) - 4);
  else if (account != NULL && account->card != NULL)
    sandbox_html_add (page, "<p>Card: %s ending in %s, on file.</p>\n", account->card->brand,
                      account->card->last4);
}

void
sandbox_checkout_confirm (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_chosen (exchange, FALSE);
  g_autofree char *action = NULL;
  g_autofree char *due = NULL;
  GString *page;

  if (order == NULL)
    return;
  action = address_of (order, "/confirm");
  due = sandbox_html_money (order->due_now_cents, "EUR");
  page = sandbox_html_begin ("Confirm payment", "checkout-confirm", NULL);
  sandbox_html_add (page,
                    "<p>You are about to pay <strong>%s</strong>. This cannot be undone, and "
                    "nothing is paid back.</p>\n",
                    due);
  describe_card (exchange->world, page, order);
  sandbox_browser_form (exchange, page, action);
  sandbox_html_add (page, "<button name=\"action\" value=\"confirm\">Confirm payment</button>\n"
                          "<button name=\"action\" value=\"cancel\" class=\"quiet\">✕ Cancel"
                          "</button>\n</form>\n");
  sandbox_html_reply (exchange, SOUP_STATUS_OK, page);
}

/* The bank said yes: the card goes on file, and the order is done with it. */
static void
pay_with (SandboxExchange *exchange,
          const SandboxOrder *order,
          const SandboxTestCard *chosen,
          const char *expires)
{
  SandboxWorld *world = exchange->world;

  if (chosen != NULL)
    {
      g_autoptr (SandboxCard) card = sandbox_test_card_to_card (chosen, expires);

      sandbox_account_set_card (world, order->account, card);
    }
  sandbox_order_fulfil (world, order);
  if (chosen != NULL && chosen->kind == SANDBOX_CARD_PAYS_ONCE)
    sandbox_database_run (world->db, "UPDATE cards SET good = 0 WHERE account = ?", "s",
                          order->account);
}

static void
charge (SandboxExchange *exchange, const SandboxOrder *order)
{
  char expires[8] = "";
  const SandboxTestCard *chosen = chosen_card (order, expires);
  SandboxCardKind kind = chosen != NULL ? chosen->kind : SANDBOX_CARD_PAYS;

  switch (kind)
    {
    case SANDBOX_CARD_DECLINED:
      sandbox_order_end (exchange->world, order, "failed", "card_declined");
      break;
    case SANDBOX_CARD_REFUSED_BRAND:
      sandbox_order_end (exchange->world, order, "failed", "card_refused_brand");
      break;
    case SANDBOX_CARD_NEEDS_CONFIRMATION:
      go_to (exchange, order, "/bank");
      return;
    case SANDBOX_CARD_PAYS:
    case SANDBOX_CARD_PAYS_ONCE:
    default:
      pay_with (exchange, order, chosen, expires);
      break;
    }
  go_to (exchange, order, "");
}

void
sandbox_checkout_confirm_posted (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_chosen (exchange, TRUE);
  const char *action;

  if (order == NULL)
    return;
  action = sandbox_exchange_form (exchange, "action");
  if (g_strcmp0 (action, "confirm") == 0)
    charge (exchange, order);
  else
    {
      if (g_strcmp0 (action, "cancel") == 0)
        sandbox_order_end (exchange->world, order, "cancelled", "cancelled_by_person");
      go_to (exchange, order, "");
    }
}

/* -- the bank -- */

void
sandbox_checkout_bank (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_chosen (exchange, FALSE);
  g_autofree char *action = NULL;
  GString *page;

  if (order == NULL)
    return;
  action = address_of (order, "/bank");
  page = sandbox_html_begin ("Your bank asks", "checkout-bank", NULL);
  sandbox_html_add (page, "<p>Is it you who is paying? A real bank would ask in its app.</p>\n");
  sandbox_browser_form (exchange, page, action);
  sandbox_html_add (page, "<button name=\"action\" value=\"confirm\">Yes, it is me</button>\n"
                          "<button name=\"action\" value=\"fail\" class=\"quiet\">No</button>\n"
                          "</form>\n");
  sandbox_html_reply (exchange, SOUP_STATUS_OK, page);
}

void
sandbox_checkout_bank_posted (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_chosen (exchange, TRUE);
  const SandboxTestCard *chosen;
  char expires[8] = "";

  if (order == NULL)
    return;
  chosen = chosen_card (order, expires);
  if (chosen == NULL || chosen->kind != SANDBOX_CARD_NEEDS_CONFIRMATION)
    {
      go_to (exchange, order, "/confirm");
      return;
    }
  if (g_strcmp0 (sandbox_exchange_form (exchange, "action"), "confirm") == 0)
    pay_with (exchange, order, chosen, expires);
  else
    sandbox_order_end (exchange->world, order, "failed", "confirmation_failed");
  go_to (exchange, order, "");
}
