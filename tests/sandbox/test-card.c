/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/test-card.h"

#include <string.h>

#include "plugin/terms/payment.h"

static const SandboxTestCard cards[] = {
  { "4242424242424242", "visa", SANDBOX_CARD_PAYS, SANDBOX_WORD_TEST_VISA },
  { "5555555555554444", "mastercard", SANDBOX_CARD_PAYS, SANDBOX_WORD_TEST_MASTERCARD },
  { "4000000000003220", "visa", SANDBOX_CARD_NEEDS_CONFIRMATION, SANDBOX_WORD_TEST_CONFIRMATION },
  { "4000000000000341", "visa", SANDBOX_CARD_PAYS_ONCE, SANDBOX_WORD_TEST_ONCE },
  { "4000000000000002", "visa", SANDBOX_CARD_DECLINED, SANDBOX_WORD_TEST_DECLINED },
  { "378282246310005", "amex", SANDBOX_CARD_REFUSED_BRAND, SANDBOX_WORD_TEST_AMEX },
};

gsize
sandbox_test_card_count (void)
{
  return G_N_ELEMENTS (cards);
}

const SandboxTestCard *
sandbox_test_card_nth (gsize n)
{
  return &cards[n];
}

const SandboxTestCard *
sandbox_test_card_find (const char *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = number != NULL ? number : ""; *p != '\0'; p++)
    if (*p != ' ' && *p != '-')
      g_string_append_c (digits, *p);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    if (g_str_equal (cards[i].number, digits->str))
      return &cards[i];
  return NULL;
}

gboolean
sandbox_test_card_read_expiry (SandboxWorld *world, const char *text, char out[8])
{
  g_autofree char *month = g_strstrip (g_strdup (text != NULL ? text : ""));
  GDate today;
  gboolean in_time;

  if (strlen (month) == 5 && month[2] == '/')
    g_snprintf (out, 8, "20%.2s-%.2s", month + 3, month);
  else
    g_strlcpy (out, month, 8);
  sandbox_clock_today (&world->clock, &today);
  return strlen (month) <= 7 && ttecomm_card_ok_on (out, &today, &in_time, NULL) && in_time;
}

SandboxCard *
sandbox_test_card_to_card (const SandboxTestCard *card, const char *expires)
{
  SandboxCard *kept = g_new0 (SandboxCard, 1);

  kept->brand = g_strdup (card->brand);
  kept->last4 = g_strdup (card->number + strlen (card->number) - 4);
  kept->expires = g_strdup (expires);
  kept->verified = TRUE;
  kept->good = TRUE;
  return kept;
}
