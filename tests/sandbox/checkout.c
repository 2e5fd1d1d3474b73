/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/checkout.h"

#include <string.h>

#include "tests/sandbox/browser.h"
#include "tests/sandbox/card-form.h"
#include "tests/sandbox/checkout-view.h"

#define ON_FILE SANDBOX_CHECKOUT_ON_FILE

/* (nullable): NULL means that a page has been answered. */
static SandboxOrder *
find_order (SandboxExchange *exchange)
{
  SandboxOrder *order = sandbox_order_find_by_token (exchange->world, exchange->argument);

  if (order == NULL)
    sandbox_page_message (exchange, SOUP_STATUS_NOT_FOUND, SANDBOX_WORD_NO_CHECKOUT,
                          SANDBOX_WORD_START_AGAIN, NULL);
  return order;
}

static void
go_to (SandboxExchange *exchange, const SandboxOrder *order, const char *page)
{
  g_autofree char *address = sandbox_checkout_address (order, page);

  sandbox_exchange_redirect (exchange, address);
}

void
sandbox_checkout_page (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_order (exchange);

  if (order == NULL)
    return;
  if (sandbox_order_is_pending (order))
    sandbox_checkout_show_order (exchange, order, NULL, SANDBOX_N_WORDS);
  else
    sandbox_checkout_show_result (exchange, order);
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
read_choice (SandboxExchange *exchange, const char **wrong, SandboxWord *problem)
{
  const SandboxTestCard *card;
  char expires[8];

  if (g_strcmp0 (sandbox_exchange_form (exchange, "card"), ON_FILE) == 0)
    return g_strdup (ON_FILE);
  card = sandbox_card_form_read (exchange, expires, wrong, problem);
  return card != NULL ? g_strdup_printf ("%s %s", card->number, expires) : NULL;
}

void
sandbox_checkout_posted (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_pending (exchange, TRUE);
  g_autofree char *choice = NULL;
  const char *wrong = NULL;
  SandboxWord problem = SANDBOX_N_WORDS;

  if (order == NULL)
    return;
  if (sandbox_browser_switches_language (exchange))
    {
      sandbox_checkout_show_order (exchange, order, NULL, SANDBOX_N_WORDS);
      return;
    }
  if (g_strcmp0 (sandbox_exchange_form (exchange, "action"), "cancel") == 0)
    {
      sandbox_order_end (exchange->world, order, "cancelled", "cancelled_by_person");
      go_to (exchange, order, "");
      return;
    }
  choice = read_choice (exchange, &wrong, &problem);
  if (choice == NULL)
    {
      sandbox_checkout_show_order (exchange, order, wrong, problem);
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
show_confirm (SandboxExchange *exchange, const SandboxOrder *order)
{
  char expires[8] = "";

  sandbox_checkout_show_confirm (exchange, order, chosen_card (order, expires));
}

void
sandbox_checkout_confirm (SandboxExchange *exchange)
{
  g_autoptr (SandboxOrder) order = find_chosen (exchange, FALSE);

  if (order != NULL)
    show_confirm (exchange, order);
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
  if (sandbox_browser_switches_language (exchange))
    {
      show_confirm (exchange, order);
      return;
    }
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

  if (order != NULL)
    sandbox_checkout_show_bank (exchange, order);
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
  if (sandbox_browser_switches_language (exchange))
    {
      sandbox_checkout_show_bank (exchange, order);
      return;
    }
  if (g_strcmp0 (sandbox_exchange_form (exchange, "action"), "confirm") == 0)
    pay_with (exchange, order, chosen, expires);
  else
    sandbox_order_end (exchange->world, order, "failed", "confirmation_failed");
  go_to (exchange, order, "");
}
