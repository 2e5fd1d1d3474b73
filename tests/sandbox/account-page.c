/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/account-page.h"

#include "base/civil-date.h"
#include "plugin/terms/roles.h"
#include "tests/sandbox/browser.h"
#include "tests/sandbox/html.h"
#include "tests/sandbox/order.h"
#include "tests/sandbox/scheduler.h"
#include "tests/sandbox/test-card.h"

/* -- the list -- */

static void
add_change_link (GString *page,
                 const SandboxInstallation *installation,
                 const SandboxProduct *product,
                 guint allowed)
{
  gboolean off = (allowed & TTECOMM_ACTION_DEACTIVATE) != 0;

  if (!off && (allowed & TTECOMM_ACTION_REACTIVATE) == 0)
    return;
  sandbox_html_add (page,
                    "<br><a href=\"/account/renewal?installation=%s&amp;service=%s&amp;to=%s\">"
                    "Switch renewal of %s for %s %s</a>",
                    installation->id, product->id, off ? "off" : "on", product->name,
                    installation->name, off ? "off" : "on");
}

static void
add_row (SandboxExchange *exchange,
         GString *page,
         TtecommSchedule *schedule,
         const SandboxInstallation *installation,
         const TtecommSubscription *subscription,
         const SandboxProduct *product)
{
  TtecommState state = ttecomm_subscription_state (subscription, &schedule->today);
  g_autofree char *label = ttecomm_state_label (state, &subscription->end);
  gboolean is_payer = g_ascii_strcasecmp (subscription->payer, exchange->account->email) == 0;
  guint allowed = ttecomm_terms_allowed (product->terms, installation->role, state, is_payer);

  sandbox_html_add (page,
                    "<tr><td>%s<br><span class=\"quiet-text\">%s</span></td><td>%s<br>"
                    "<span class=\"quiet-text\">paid by %s</span>",
                    product->name, installation->name, label, subscription->payer);
  add_change_link (page, installation, product, allowed);
  sandbox_html_add (page, "</td></tr>\n");
}

static void
add_subscriptions (SandboxExchange *exchange, GString *page)
{
  SandboxWorld *world = exchange->world;
  g_autoptr (TtecommSchedule) schedule = sandbox_scheduler_load (world);

  sandbox_html_add (page, "<table><caption>Subscriptions of your installations</caption>\n<tr>"
                          "<th scope=\"col\">Service</th><th scope=\"col\">State</th></tr>\n");
  for (guint i = 0; schedule != NULL && i < schedule->subscriptions->len; i++)
    {
      const TtecommSubscription *subscription = g_ptr_array_index (schedule->subscriptions, i);
      g_auto (GStrv) parts = g_strsplit (subscription->id, "/", 2);
      g_autoptr (SandboxInstallation) installation
          = sandbox_installation_load (world, exchange->account, parts[0]);

      if (installation != NULL)
        add_row (exchange, page, schedule, installation, subscription,
                 sandbox_catalogue_find (world->catalogue, parts[1]));
    }
  sandbox_html_add (page, "</table>\n");
}

static void
add_card_form (SandboxExchange *exchange, GString *page, const char *problem)
{
  const SandboxCard *card = exchange->account->card;

  sandbox_html_add (page, "<section aria-labelledby=\"card\"><h2 id=\"card\">Your card</h2>\n");
  if (card != NULL)
    sandbox_html_add (page, "<p>%s ending in %s, valid through %s.</p>\n", card->brand, card->last4,
                      card->expires);
  else
    sandbox_html_add (page, "<p>There is no card on file.</p>\n");
  if (problem != NULL)
    sandbox_html_add (page, "<p class=\"error\" role=\"alert\">%s</p>\n", problem);
  sandbox_browser_form (exchange, page, "/account/card");
  sandbox_html_add (page, "<label for=\"number\">New card's number (a test number)</label>\n"
                          "<input id=\"number\" name=\"number\" type=\"text\" "
                          "inputmode=\"numeric\" autocomplete=\"off\" required>\n"
                          "<label for=\"expires\">Valid through (MM/YY)</label>\n"
                          "<input id=\"expires\" name=\"expires\" type=\"text\" "
                          "autocomplete=\"off\" required>\n"
                          "<button>Replace the card</button>\n</form>\n</section>\n");
}

static void
show (SandboxExchange *exchange, const char *result, const char *note, const char *problem)
{
  GString *page = sandbox_html_begin ("Your account", "account", result);

  sandbox_html_add (page, "<p>Signed in as %s, %s.</p>\n", exchange->account->name,
                    exchange->account->email);
  if (note != NULL)
    sandbox_html_add (page, "<p role=\"status\"><strong>%s</strong></p>\n", note);
  add_subscriptions (exchange, page);
  add_card_form (exchange, page, problem);
  sandbox_browser_form (exchange, page, "/sign-out");
  sandbox_html_add (page, "<button class=\"quiet\">Sign out</button>\n</form>\n");
  sandbox_html_reply (exchange, problem != NULL ? SOUP_STATUS_BAD_REQUEST : SOUP_STATUS_OK, page);
}

void
sandbox_account_page (SandboxExchange *exchange)
{
  show (exchange, NULL, NULL, NULL);
}

/* -- renewal -- */

/* (transfer full) (nullable): the one line that the parameters name. */
static GPtrArray *
read_change (SandboxExchange *exchange, GHashTable *parameters)
{
  const char *installation = g_hash_table_lookup (parameters, "installation");
  const char *service = g_hash_table_lookup (parameters, "service");
  const char *to = g_hash_table_lookup (parameters, "to");
  const SandboxProduct *product
      = service != NULL ? sandbox_catalogue_find (exchange->world->catalogue, service) : NULL;
  GPtrArray *lines;

  if (installation == NULL || product == NULL
      || (g_strcmp0 (to, "on") != 0 && g_strcmp0 (to, "off") != 0))
    {
      sandbox_html_message (exchange, SOUP_STATUS_BAD_REQUEST, "This change is not understood",
                            "Go back to your account page and choose again.");
      return NULL;
    }
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_line_free);
  g_ptr_array_add (lines, sandbox_line_new (g_str_equal (to, "on") ? SANDBOX_LINE_REACTIVATE
                                                                   : SANDBOX_LINE_DEACTIVATE,
                                            installation, product));
  return lines;
}

/* The preview, unless something stands in the way; NULL: a page has been answered. */
static SandboxPreview *
preview_change (SandboxExchange *exchange, GPtrArray *lines)
{
  g_autoptr (SandboxPreview) preview
      = sandbox_preview_new (exchange->world, exchange->account, lines);
  g_autofree char *text = NULL;

  if (preview == NULL || json_array_get_length (preview->blockers) == 0)
    return g_steal_pointer (&preview);
  text = g_strdup_printf ("This is not possible now (%s). Go back to your account page.",
                          json_array_get_string_element (preview->blockers, 0));
  sandbox_html_message (exchange, SOUP_STATUS_CONFLICT, "Not possible", text);
  return NULL;
}

static void
explain_change (GString *page, const SandboxLine *line, JsonObject *json)
{
  JsonObject *next = json_object_get_null_member (json, "next_charge")
                         ? NULL
                         : json_object_get_object_member (json, "next_charge");
  g_autofree char *end
      = sandbox_html_date (json_object_get_string_member_with_default (json, "end", ""));

  sandbox_html_add (page, "<p>%s for %s. You pay nothing for this change.</p>\n",
                    line->product->name,
                    json_object_get_string_member_with_default (json, "installation_name", ""));
  if (next != NULL)
    {
      g_autofree char *day = sandbox_html_date (json_object_get_string_member (next, "date"));
      g_autofree char *gross
          = sandbox_html_money (json_object_get_int_member (next, "gross_cents"), "EUR");

      sandbox_html_add (page,
                        "<p>You become the payer: %s is taken from your card on %s. It renews at "
                        "%s.</p>\n",
                        gross, day, end);
    }
  else
    sandbox_html_add (page,
                      "<p>It keeps working and expires at %s. Nothing more is charged, and "
                      "nothing is paid back.</p>\n",
                      end);
}

void
sandbox_account_page_renewal (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  g_autoptr (GPtrArray) lines = query != NULL ? read_change (exchange, query) : NULL;
  g_autoptr (SandboxPreview) preview = lines != NULL ? preview_change (exchange, lines) : NULL;
  const SandboxLine *line;
  gboolean on;
  GString *page;

  if (query == NULL)
    sandbox_html_message (exchange, SOUP_STATUS_BAD_REQUEST, "This address is not understood",
                          error->message);
  if (preview == NULL)
    return;
  line = g_ptr_array_index (lines, 0);
  on = line->action == SANDBOX_LINE_REACTIVATE;
  page = sandbox_html_begin (on ? "Switch renewal on" : "Switch renewal off", "renewal", NULL);
  explain_change (
      page, line,
      json_array_get_object_element (json_object_get_array_member (preview->json, "lines"), 0));
  sandbox_browser_form (exchange, page, "/account/renewal");
  sandbox_html_add (page,
                    "<input type=\"hidden\" name=\"installation\" value=\"%s\">\n"
                    "<input type=\"hidden\" name=\"service\" value=\"%s\">\n"
                    "<input type=\"hidden\" name=\"to\" value=\"%s\">\n"
                    "<button name=\"action\" value=\"confirm\">Confirm</button>\n"
                    "<p><a href=\"/account\">Back, change nothing</a></p>\n</form>\n",
                    line->installation, line->product->id, on ? "on" : "off");
  sandbox_html_reply (exchange, SOUP_STATUS_OK, page);
}

void
sandbox_account_page_renewal_posted (SandboxExchange *exchange)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (SandboxPreview) preview = NULL;
  g_autoptr (GError) error = NULL;
  const SandboxLine *line;

  if (!sandbox_browser_read_form (exchange))
    return;
  lines = read_change (exchange, exchange->form);
  preview = lines != NULL ? preview_change (exchange, lines) : NULL;
  if (preview == NULL)
    return;
  line = g_ptr_array_index (lines, 0);
  if (!sandbox_lines_apply (exchange->world, exchange->account, lines, &error))
    sandbox_html_message (exchange, SOUP_STATUS_CONFLICT, "Not possible", error->message);
  else if (line->action == SANDBOX_LINE_REACTIVATE)
    show (exchange, "renewal-on", "Renewal is on. You pay it.", NULL);
  else
    show (exchange, "renewal-off", "Renewal is off.", NULL);
}

/* -- the card -- */

static const char *
objection_to_card (const SandboxTestCard *card)
{
  if (card == NULL)
    return "This is none of the test numbers; the checkout page and README.md list them.";
  if (card->kind == SANDBOX_CARD_REFUSED_BRAND)
    return "Only VISA and MasterCard are accepted.";
  if (card->kind == SANDBOX_CARD_DECLINED)
    return "The bank declined the test debit of 0.01 EUR. Use another card.";
  return NULL;
}

void
sandbox_account_page_card_posted (SandboxExchange *exchange)
{
  const SandboxTestCard *test;
  const char *objection;
  g_autoptr (SandboxCard) card = NULL;
  char expires[8];

  if (!sandbox_browser_read_form (exchange))
    return;
  test = sandbox_test_card_find (sandbox_exchange_form (exchange, "number"));
  objection = objection_to_card (test);
  if (objection == NULL
      && !sandbox_test_card_read_expiry (exchange->world,
                                         sandbox_exchange_form (exchange, "expires"), expires))
    objection = "Write until when the card is valid as MM/YY; it must not have passed.";
  if (objection != NULL)
    {
      show (exchange, "card-refused", NULL, objection);
      return;
    }
  card = sandbox_test_card_to_card (test, expires);
  card->good = test->kind != SANDBOX_CARD_PAYS_ONCE;
  sandbox_account_set_card (exchange->world, exchange->account->id, card);
  sandbox_account_free (exchange->account);
  exchange->account = NULL;
  if (sandbox_browser_identify (exchange))
    show (exchange, "card-replaced", "The card was replaced.", NULL);
}
