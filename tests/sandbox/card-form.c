/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/card-form.h"

#include <string.h>

void
sandbox_card_form_add (SandboxPage *page, SandboxWord label, const char *wrong)
{
  const SandboxField number = {
    .id = SANDBOX_CARD_NUMBER,
    .label = label,
    .type = "text",
    .value = sandbox_exchange_form (page->exchange, SANDBOX_CARD_NUMBER),
    .autocomplete = "cc-number",
    .attributes = "inputmode=\"numeric\" spellcheck=\"false\"",
    .described = "number-hint",
    .wrong = g_strcmp0 (wrong, SANDBOX_CARD_NUMBER) == 0,
  };
  const SandboxField expires = {
    .id = SANDBOX_CARD_EXPIRES,
    .label = SANDBOX_WORD_CARD_EXPIRES,
    .type = "text",
    .value = sandbox_exchange_form (page->exchange, SANDBOX_CARD_EXPIRES),
    .autocomplete = "cc-exp",
    .attributes = "class=\"short\"",
    .wrong = g_strcmp0 (wrong, SANDBOX_CARD_EXPIRES) == 0,
  };

  sandbox_page_field (page, &number);
  sandbox_page_add (page, "<p class=\"note\" id=\"number-hint\">%w</p>\n",
                    SANDBOX_WORD_CARD_NUMBER_HINT);
  sandbox_page_field (page, &expires);
}

/* As on a card: four digits at a time, or 4, 6 and 5 of an American Express. */
static char *
in_groups (const char *number)
{
  gboolean short_one = strlen (number) == 15;
  GString *out = g_string_new (NULL);

  for (gsize i = 0; number[i] != '\0'; i++)
    {
      if (short_one ? i == 4 || i == 10 : i > 0 && i % 4 == 0)
        g_string_append_c (out, ' ');
      g_string_append_c (out, number[i]);
    }
  return g_string_free (out, FALSE);
}

void
sandbox_card_form_add_numbers (SandboxPage *page, const char *wrong)
{
  sandbox_page_add (page, "<details%s>\n<summary>%w</summary>\n<ul class=\"samples\">\n",
                    g_strcmp0 (wrong, SANDBOX_CARD_NUMBER) == 0 ? " open" : "",
                    SANDBOX_WORD_TEST_NUMBERS);
  for (gsize i = 0; i < sandbox_test_card_count (); i++)
    {
      const SandboxTestCard *card = sandbox_test_card_nth (i);
      g_autofree char *number = in_groups (card->number);

      sandbox_page_add (page, "<li><code>%s</code> <span>%w</span></li>\n", number, card->what);
    }
  sandbox_page_add (page, "</ul>\n</details>\n");
}

const SandboxTestCard *
sandbox_card_form_read (SandboxExchange *exchange,
                        char expires[8],
                        const char **wrong,
                        SandboxWord *problem)
{
  const SandboxTestCard *card
      = sandbox_test_card_find (sandbox_exchange_form (exchange, SANDBOX_CARD_NUMBER));

  if (card == NULL)
    {
      *wrong = SANDBOX_CARD_NUMBER;
      *problem = SANDBOX_WORD_NO_TEST_NUMBER;
      return NULL;
    }
  if (!sandbox_test_card_read_expiry (exchange->world,
                                      sandbox_exchange_form (exchange, SANDBOX_CARD_EXPIRES),
                                      expires))
    {
      *wrong = SANDBOX_CARD_EXPIRES;
      *problem = SANDBOX_WORD_BAD_EXPIRY;
      return NULL;
    }
  return card;
}

const char *
sandbox_card_brand (const char *brand)
{
  static const char *const brands[][2]
      = { { "visa", "VISA" }, { "mastercard", "MasterCard" }, { "amex", "American Express" } };

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (g_str_equal (brands[i][0], brand))
      return brands[i][1];
  return brand;
}

char *
sandbox_card_month (const char *expires)
{
  return strlen (expires) == 7 ? g_strdup_printf ("%s/%.4s", expires + 5, expires)
                               : g_strdup (expires);
}
