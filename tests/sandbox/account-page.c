/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/account-page.h"

#include "base/civil-date.h"
#include "plugin/terms/roles.h"
#include "tests/sandbox/browser.h"
#include "tests/sandbox/card-form.h"
#include "tests/sandbox/order.h"
#include "tests/sandbox/scheduler.h"

/* -- the list -- */

static const SandboxWord states[] = {
  [TTECOMM_STATE_NONE] = SANDBOX_WORD_STATE_NONE,
  [TTECOMM_STATE_REQUESTED] = SANDBOX_WORD_STATE_REQUESTED,
  [TTECOMM_STATE_REJECTED] = SANDBOX_WORD_STATE_REJECTED,
  [TTECOMM_STATE_SCHEDULED] = SANDBOX_WORD_STATE_SCHEDULED,
  [TTECOMM_STATE_ACTIVE] = SANDBOX_WORD_STATE_ACTIVE,
  [TTECOMM_STATE_ENDING] = SANDBOX_WORD_STATE_ENDING,
  [TTECOMM_STATE_PAST_DUE] = SANDBOX_WORD_STATE_PAST_DUE,
  [TTECOMM_STATE_EXPIRED] = SANDBOX_WORD_STATE_EXPIRED,
};

G_STATIC_ASSERT (G_N_ELEMENTS (states) == TTECOMM_STATE_EXPIRED + 1);

/* Many of these stand on one page: what is not seen of the link says which one it is. */
static void
add_change_link (SandboxPage *page,
                 const SandboxInstallation *installation,
                 const SandboxProduct *product,
                 guint allowed)
{
  gboolean off = (allowed & TTECOMM_ACTION_DEACTIVATE) != 0;

  if (!off && (allowed & TTECOMM_ACTION_REACTIVATE) == 0)
    return;
  sandbox_page_add (page,
                    "<a href=\"/account/renewal?installation=%s&amp;service=%s&amp;to=%s\">%w"
                    "<span class=\"unseen\">: %s, %s</span></a>\n",
                    installation->id, product->id, off ? "off" : "on",
                    off ? SANDBOX_WORD_SWITCH_OFF : SANDBOX_WORD_SWITCH_ON, product->name,
                    installation->name);
}

static void
add_state (SandboxPage *page, const TtecommSubscription *subscription, TtecommState state)
{
  char iso[TTECOMM_DATE_SIZE] = "";
  g_autofree char *date = NULL;

  if (g_date_valid (&subscription->end))
    ttecomm_date_format (&subscription->end, iso);
  date = sandbox_language_date (page->language, iso);
  sandbox_page_add (page, "<span class=\"state %s\">", ttecomm_state_name (state));
  sandbox_page_put (page, states[state], "date", date, NULL);
  sandbox_page_add (page, "</span>\n");
}

static void
add_row (SandboxPage *page,
         TtecommSchedule *schedule,
         const SandboxInstallation *installation,
         const TtecommSubscription *subscription,
         const SandboxProduct *product)
{
  TtecommState state = ttecomm_subscription_state (subscription, &schedule->today);
  gboolean is_payer = g_ascii_strcasecmp (subscription->payer, page->exchange->account->email) == 0;
  guint allowed = ttecomm_terms_allowed (product->terms, installation->role, state, is_payer);

  sandbox_page_add (page,
                    "<li>\n<div><strong>%s</strong> <span class=\"where\">%s</span></div>\n<div>",
                    product->name, installation->name);
  add_state (page, subscription, state);
  sandbox_page_add (page, "<span class=\"note\">");
  if (is_payer)
    sandbox_page_put (page, SANDBOX_WORD_PAID_BY_YOU, NULL);
  else
    sandbox_page_put (page, SANDBOX_WORD_PAID_BY, "payer", subscription->payer, NULL);
  sandbox_page_add (page, "</span></div>\n<div>");
  add_change_link (page, installation, product, allowed);
  sandbox_page_add (page, "</div>\n</li>\n");
}

static void
add_subscriptions (SandboxPage *page)
{
  SandboxExchange *exchange = page->exchange;
  SandboxWorld *world = exchange->world;
  g_autoptr (TtecommSchedule) schedule = sandbox_scheduler_load (world);
  guint n = 0;

  sandbox_page_add (page,
                    "<section aria-labelledby=\"subscriptions\">\n"
                    "<h2 id=\"subscriptions\">%w</h2>\n",
                    SANDBOX_WORD_SUBSCRIPTIONS);
  for (guint i = 0; schedule != NULL && i < schedule->subscriptions->len; i++)
    {
      const TtecommSubscription *subscription = g_ptr_array_index (schedule->subscriptions, i);
      g_auto (GStrv) parts = g_strsplit (subscription->id, "/", 2);
      g_autoptr (SandboxInstallation) installation
          = sandbox_installation_load (world, exchange->account, parts[0]);

      if (installation == NULL)
        continue;
      if (n++ == 0)
        sandbox_page_add (page, "<ul class=\"subscriptions\">\n");
      add_row (page, schedule, installation, subscription,
               sandbox_catalogue_find (world->catalogue, parts[1]));
    }
  sandbox_page_add (page, n > 0 ? "</ul>\n</section>\n" : "<p>%w</p>\n</section>\n",
                    SANDBOX_WORD_NO_SUBSCRIPTIONS);
}

static void
add_card_form (SandboxPage *page, const char *wrong)
{
  const SandboxCard *card = page->exchange->account->card;

  sandbox_page_add (page, "<section aria-labelledby=\"card\">\n<h2 id=\"card\">%w</h2>\n",
                    SANDBOX_WORD_YOUR_CARD);
  if (card != NULL)
    {
      g_autofree char *expires = sandbox_card_month (card->expires);

      sandbox_page_say (page, SANDBOX_WORD_CARD_NOW, "brand", sandbox_card_brand (card->brand),
                        "last4", card->last4, "expires", expires, NULL);
    }
  else
    sandbox_page_say (page, SANDBOX_WORD_NO_CARD, NULL);
  sandbox_browser_form (page, "/account/card");
  sandbox_card_form_add (page, SANDBOX_WORD_NEW_CARD_NUMBER, wrong);
  sandbox_card_form_add_numbers (page, wrong);
  sandbox_page_add (page, "<p class=\"buttons\"><button>%w</button></p>\n</form>\n</section>\n",
                    SANDBOX_WORD_REPLACE_CARD);
}

/* @note: SANDBOX_N_WORDS for none; @wrong: (nullable): the field that @problem is about */
static void
show (SandboxExchange *exchange,
      const char *result,
      SandboxWord note,
      const char *wrong,
      SandboxWord problem)
{
  SandboxPage *page
      = wrong != NULL
            ? sandbox_page_begin_refused (exchange, SANDBOX_WORD_ACCOUNT_TITLE, "account", result)
            : sandbox_page_begin (exchange, SANDBOX_WORD_ACCOUNT_TITLE, "account", result);

  if (wrong != NULL)
    sandbox_page_problem (page, problem, wrong);
  if (note != SANDBOX_N_WORDS)
    sandbox_page_add (page, "<p class=\"done\" role=\"status\" tabindex=\"-1\" autofocus>%w</p>\n",
                      note);
  sandbox_page_say (page, SANDBOX_WORD_SIGNED_IN_AS, "name", exchange->account->name, "email",
                    exchange->account->email, NULL);
  add_subscriptions (page);
  add_card_form (page, wrong);
  sandbox_browser_form (page, "/sign-out");
  sandbox_page_add (page, "<p class=\"buttons\"><button class=\"quiet\">%w</button></p>\n</form>\n",
                    SANDBOX_WORD_SIGN_OUT);
  sandbox_page_reply (page, wrong != NULL ? SOUP_STATUS_BAD_REQUEST : SOUP_STATUS_OK);
}

void
sandbox_account_page (SandboxExchange *exchange)
{
  show (exchange, NULL, SANDBOX_N_WORDS, NULL, SANDBOX_N_WORDS);
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
      sandbox_page_message (exchange, SOUP_STATUS_BAD_REQUEST, SANDBOX_WORD_CHANGE_UNKNOWN,
                            SANDBOX_WORD_CHANGE_AGAIN, NULL);
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

  if (preview == NULL || json_array_get_length (preview->blockers) == 0)
    return g_steal_pointer (&preview);
  sandbox_page_message (exchange, SOUP_STATUS_CONFLICT, SANDBOX_WORD_NOT_POSSIBLE,
                        SANDBOX_WORD_NOT_POSSIBLE_TEXT,
                        json_array_get_string_element (preview->blockers, 0));
  return NULL;
}

static void
explain_change (SandboxPage *page, const SandboxLine *line, JsonObject *json)
{
  JsonObject *next = json_object_get_null_member (json, "next_charge")
                         ? NULL
                         : json_object_get_object_member (json, "next_charge");
  g_autofree char *end
      = sandbox_language_date (page->language,
                               json_object_get_string_member_with_default (json, "end", ""));

  sandbox_page_add (page, "<p><strong>");
  sandbox_page_put (page, SANDBOX_WORD_RENEWAL_LINE, "service", line->product->name, "installation",
                    json_object_get_string_member_with_default (json, "installation_name", ""),
                    NULL);
  sandbox_page_add (page, "</strong> %w</p>\n", SANDBOX_WORD_RENEWAL_FREE);
  if (next != NULL)
    {
      g_autofree char *day
          = sandbox_language_date (page->language, json_object_get_string_member (next, "date"));
      g_autofree char *gross
          = sandbox_language_money (page->language,
                                    json_object_get_int_member (next, "gross_cents"));

      sandbox_page_say (page, SANDBOX_WORD_RENEWAL_ON_TEXT, "gross", gross, "day", day, "end", end,
                        NULL);
    }
  else
    sandbox_page_say (page, SANDBOX_WORD_RENEWAL_OFF_TEXT, "end", end, NULL);
}

static void
show_renewal (SandboxExchange *exchange, const SandboxLine *line, JsonObject *json)
{
  gboolean on = line->action == SANDBOX_LINE_REACTIVATE;
  SandboxPage *page
      = sandbox_page_begin (exchange, on ? SANDBOX_WORD_SWITCH_ON : SANDBOX_WORD_SWITCH_OFF,
                            "renewal", NULL);

  explain_change (page, line,
                  json_array_get_object_element (json_object_get_array_member (json, "lines"), 0));
  sandbox_browser_form (page, "/account/renewal");
  sandbox_page_add (page,
                    "<input type=\"hidden\" name=\"installation\" value=\"%s\">\n"
                    "<input type=\"hidden\" name=\"service\" value=\"%s\">\n"
                    "<input type=\"hidden\" name=\"to\" value=\"%s\">\n"
                    "<p class=\"buttons\"><button name=\"action\" value=\"confirm\">%w</button>\n"
                    "<a href=\"/account\">%w</a></p>\n</form>\n",
                    line->installation, line->product->id, on ? "on" : "off",
                    SANDBOX_WORD_RENEWAL_CONFIRM, SANDBOX_WORD_RENEWAL_BACK);
  sandbox_page_reply (page, SOUP_STATUS_OK);
}

void
sandbox_account_page_renewal (SandboxExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) query = sandbox_exchange_query (exchange, &error);
  g_autoptr (GPtrArray) lines = query != NULL ? read_change (exchange, query) : NULL;
  g_autoptr (SandboxPreview) preview = lines != NULL ? preview_change (exchange, lines) : NULL;

  if (query == NULL)
    sandbox_page_message (exchange, SOUP_STATUS_BAD_REQUEST, SANDBOX_WORD_CHANGE_UNKNOWN,
                          SANDBOX_WORD_ADDRESS_NOT_UNDERSTOOD, error->message);
  if (preview != NULL)
    show_renewal (exchange, g_ptr_array_index (lines, 0), preview->json);
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
  if (sandbox_browser_switches_language (exchange))
    show_renewal (exchange, line, preview->json);
  else if (!sandbox_lines_apply (exchange->world, exchange->account, lines, &error))
    sandbox_page_message (exchange, SOUP_STATUS_CONFLICT, SANDBOX_WORD_NOT_POSSIBLE,
                          SANDBOX_WORD_NOT_POSSIBLE_TEXT, error->message);
  else if (line->action == SANDBOX_LINE_REACTIVATE)
    show (exchange, "renewal-on", SANDBOX_WORD_RENEWAL_IS_ON, NULL, SANDBOX_N_WORDS);
  else
    show (exchange, "renewal-off", SANDBOX_WORD_RENEWAL_IS_OFF, NULL, SANDBOX_N_WORDS);
}

/* -- the card -- */

/* (nullable): a card that the bank says yes to; else what is wrong with it, and which field. */
static const SandboxTestCard *
read_card (SandboxExchange *exchange, char expires[8], const char **wrong, SandboxWord *problem)
{
  const SandboxTestCard *card = sandbox_card_form_read (exchange, expires, wrong, problem);

  if (card == NULL
      || (card->kind != SANDBOX_CARD_REFUSED_BRAND && card->kind != SANDBOX_CARD_DECLINED))
    return card;
  *wrong = SANDBOX_CARD_NUMBER;
  *problem = card->kind == SANDBOX_CARD_DECLINED ? SANDBOX_WORD_TEST_DEBIT_DECLINED
                                                 : SANDBOX_WORD_BRAND_NOT_ACCEPTED;
  return NULL;
}

void
sandbox_account_page_card_posted (SandboxExchange *exchange)
{
  const SandboxTestCard *test;
  const char *wrong = NULL;
  SandboxWord problem = SANDBOX_N_WORDS;
  g_autoptr (SandboxCard) card = NULL;
  char expires[8];

  if (!sandbox_browser_read_form (exchange))
    return;
  if (sandbox_browser_switches_language (exchange))
    {
      show (exchange, NULL, SANDBOX_N_WORDS, NULL, SANDBOX_N_WORDS);
      return;
    }
  test = read_card (exchange, expires, &wrong, &problem);
  if (test == NULL)
    {
      show (exchange, "card-refused", SANDBOX_N_WORDS, wrong, problem);
      return;
    }
  card = sandbox_test_card_to_card (test, expires);
  card->good = test->kind != SANDBOX_CARD_PAYS_ONCE;
  sandbox_account_set_card (exchange->world, exchange->account->id, card);
  sandbox_account_free (exchange->account);
  exchange->account = NULL;
  /* What was typed is done with. */
  g_hash_table_remove_all (exchange->form);
  if (sandbox_browser_identify (exchange))
    show (exchange, "card-replaced", SANDBOX_WORD_CARD_REPLACED, NULL, SANDBOX_N_WORDS);
}
