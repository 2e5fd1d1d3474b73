/* SPDX-License-Identifier: MIT */
#include "plugin/gate/decision.h"
#include "plugin/page/explain.h"
#include "plugin/page/gate-words.h"

#include "tests/harness/harness.h"
#include "tests/unit/page/gate-rows.h"
#include "tests/unit/page/samples.h"
#include "tests/support/zone.h"

static TtecommText *
english (void)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");

  return ttecomm_text_new_full ("en", NULL, NULL, zone);
}

/* Besides English. */
static const char *const languages[] = { "de", "fr", "nl" };

static TtecommText *
speak (const char *language)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");
  g_autoptr (TtecommText) text = ttecomm_text_new_in_zone (language, zone);

  g_assert_cmpstr (ttecomm_text_get_language (text), ==, language);
  return g_steal_pointer (&text);
}

/* Whatever is missing: finished words, a button where nothing opens, and every target leads
 * somewhere. */
static void
check_words (const TtecommText *text, const TtecommWordFacts *facts, int outcome)
{
  g_autoptr (GPtrArray) buttons = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *message = NULL;

  ttecomm_gate_words (text, facts, &message, &buttons);
  g_assert_nonnull (message);
  g_assert_cmpstr (message, !=, "");
  g_assert_null (strpbrk (message, "{}"));
  g_assert_null (strstr (message, ".."));
  if (outcome >= 3)
    g_assert_cmpuint (buttons->len, >=, 1);
  for (guint i = 0; i < buttons->len; i++)
    {
      const TtecommButton *button = buttons->pdata[i];

      g_assert_true (g_hash_table_add (ids, button->id));
      g_assert_cmpstr (button->label, !=, "");
      if (button->kind == TTECOMM_BUTTON_RETRY)
        g_assert_null (button->target);
      else if (button->kind == TTECOMM_BUTTON_URI)
        g_assert_true (g_str_has_prefix (button->target, "https://ttecomm.example.org"));
      else if (button->kind == TTECOMM_BUTTON_ACTION
               && g_str_has_prefix (button->target, TTECOMM_EXPLAIN_PREFIX))
        g_assert_true (ttecomm_explain_exists (button->target));
      else
        g_assert_nonnull (button->target);
    }
}

/* With everything known, and with nothing. */
static void
check_code (const TtecommText *text, const GateRow *code, const char *cause, const char *was)
{
  TtecommWordFacts facts = gate_full_facts;
  TtecommWordFacts bare = { 0 };

  facts.code = bare.code = code->code;
  facts.cause = bare.cause = cause;
  facts.was = bare.was = was;
  check_words (text, &facts, code->outcome);
  check_words (text, &bare, code->outcome);
}

typedef void (*CheckLanguage) (const TtecommText *text);

static void
in_every_language (CheckLanguage check)
{
  g_autoptr (TtecommText) text_english = english ();

  check (text_english);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (TtecommText) text = speak (languages[i]);

      check (text);
    }
}

static void
check_every_code_and_cause (const TtecommText *text)
{
  for (gsize i = 0; i < N_GATE_ROWS; i++)
    for (gsize k = 0; k < N_GATE_CAUSES; k++)
      check_code (text, &gate_rows[i], gate_causes[k], NULL);
}

static void
test_says_something_for_every_code_and_cause (void)
{
  in_every_language (check_every_code_and_cause);
}

static void
check_every_earlier_no (const TtecommText *text)
{
  static const GateRow was_no = { "unknown_was_no", 3 };

  for (gsize i = 0; i < N_GATE_ROWS; i++)
    for (gsize k = 0; k < N_GATE_CAUSES; k++)
      check_code (text, &was_no, gate_causes[k], gate_rows[i].code);
}

static void
test_repeats_every_earlier_no (void)
{
  in_every_language (check_every_earlier_no);
}

static char *
say (const TtecommText *text, const char *code, const char *cause)
{
  TtecommWordFacts facts = gate_full_facts;
  g_autoptr (GPtrArray) buttons = NULL;
  char *message = NULL;

  facts.code = code;
  facts.cause = cause;
  ttecomm_gate_words (text, &facts, &message, &buttons);
  return message;
}

/* A code that the table lacks would be told as a check that could not be done; what a language
 * lacks, in English: @seen has what the others said. */
static void
check_every_code (const TtecommText *text, GHashTable *seen)
{
  g_autofree char *unknown = say (text, "a code of tomorrow", NULL);

  for (int code = TTECOMM_GATE_CODE_NONE + 1; code < TTECOMM_GATE_N_CODES; code++)
    {
      const char *name = ttecomm_gate_code_to_string ((TtecommGateCode)code);
      char *message = say (text, name, NULL);

      g_assert_nonnull (name);
      if (code == TTECOMM_GATE_CODE_OK || code == TTECOMM_GATE_CODE_CANCELLED)
        {
          g_assert_null (message);
          continue;
        }
      if (code != TTECOMM_GATE_CODE_FLAG_UNKNOWN)
        g_assert_cmpstr (message, !=, unknown);
      g_assert_true (g_hash_table_add (seen, message));
    }
}

static void
test_has_every_code_of_the_gate (void)
{
  g_autoptr (TtecommText) text_english = english ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  check_every_code (text_english, seen);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (TtecommText) text = speak (languages[i]);

      check_every_code (text, seen);
    }
}

static char *
say_cause (const TtecommText *text, int cause)
{
  TtecommWordFacts facts = gate_full_facts;
  char *words;

  facts.cause = ttecomm_gate_cause_to_string ((TtecommGateCause)cause);
  g_assert_nonnull (facts.cause);
  words = ttecomm_gate_cause_words (text, &facts);
  g_assert_null (strpbrk (words, "{}"));
  return words;
}

/* Each in words of its own in every language, but for those that TTcloud could not be reached by.
 */
static void
test_has_every_cause_of_the_gate (void)
{
  g_autoptr (TtecommText) text_english = english ();

  for (int cause = TTECOMM_GATE_CAUSE_NONE + 1; cause < TTECOMM_GATE_N_CAUSES; cause++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      char *words_english = say_cause (text_english, cause);

      if (cause < TTECOMM_GATE_CAUSE_OFFLINE)
        g_assert_cmpstr (words_english, !=, "TTcloud could not be reached.");
      g_hash_table_add (seen, words_english);
      for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          g_autoptr (TtecommText) text = speak (languages[i]);

          g_assert_true (g_hash_table_add (seen, say_cause (text, cause)));
        }
    }
}

/* The buttons, too: none is left in English unless the word is the same. */
static void
check_labels (const TtecommText *text, const char *code)
{
  static const char *const same[] = { "Contact", "Details", NULL };
  g_autoptr (TtecommText) text_english = english ();
  g_autoptr (GPtrArray) buttons = NULL;
  g_autoptr (GPtrArray) buttons_english = NULL;
  g_autofree char *message = NULL;
  g_autofree char *message_english = NULL;
  TtecommWordFacts facts = gate_full_facts;

  facts.code = code;
  ttecomm_gate_words (text, &facts, &message, &buttons);
  ttecomm_gate_words (text_english, &facts, &message_english, &buttons_english);
  g_assert_cmpuint (buttons->len, ==, buttons_english->len);
  for (guint i = 0; i < buttons->len; i++)
    {
      const TtecommButton *button = buttons->pdata[i];
      const TtecommButton *button_english = buttons_english->pdata[i];

      g_assert_cmpstr (button->id, ==, button_english->id);
      if (!g_strv_contains (same, button_english->label))
        g_assert_cmpstr (button->label, !=, button_english->label);
    }
}

static void
test_has_every_button_in_every_language (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (TtecommText) text = speak (languages[i]);

      for (gsize k = 0; k < N_GATE_ROWS; k++)
        check_labels (text, gate_rows[k].code);
    }
}

static void
check_message (const TtecommText *text, TtecommWordFacts facts, const char *expected)
{
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *message = NULL;

  ttecomm_gate_words (text, &facts, &message, &buttons);
  g_assert_cmpstr (message, ==, expected);
}

static void
test_says_it_as_written (void)
{
  g_autoptr (TtecommText) text = english ();
  TtecommWordFacts facts = gate_full_facts;

  facts.code = "prosoft_old";
  check_message (
      text, facts,
      "Remote sessions with Villa Picos need PROSOFT 3.7.3 or newer; this is 3.7.2. Your "
      "subscription is not affected.");
  facts.code = "payment";
  check_message (text, facts,
                 "The renewal payment did not succeed and Remote Services ended on 30/09/2027. "
                 "Payer: Mara.");
  facts.code = "not_connected";
  check_message (text, facts,
                 "Villa Picos is not connected to TTcloud (last seen yesterday at 14:05). Your "
                 "subscription is fine until 30/09/2027.");
  facts.code = "ends_soon";
  check_message (text, facts, "Remote Services ends on 30/09/2027 (14 days); renewal is off.");
  facts.until_ts = facts.trusted + 86400;
  check_message (text, facts, "Remote Services ends on 30/09/2027 (1 day); renewal is off.");
  facts.until_ts = facts.trusted + 86401;
  check_message (text, facts, "Remote Services ends on 30/09/2027 (2 days); renewal is off.");
  facts.code = "clock";
  check_message (text, facts,
                 "The clock of this PC is 12 minutes wrong. Sessions work, but not when TTcloud "
                 "cannot be reached.");
  facts.code = "clock_back";
  check_message (text, facts,
                 "The PC shows 18/09/2026 at 14:05, earlier than the last check with TTcloud "
                 "(19/09/2026 at 14:05). Correct the date, or go online and try again.");
  facts.code = "recent";
  facts.cause = "offline";
  check_message (text, facts, "TTcloud could not be reached; using the check of today at 13:05.");
  facts.cause = "sign_in";
  check_message (text, facts,
                 "TTcloud wants you to sign in again; using the check of today at 13:05.");
}

static void
test_says_it_in_french (void)
{
  g_autoptr (TtecommText) text = speak ("fr");
  TtecommWordFacts facts = gate_full_facts;

  facts.code = "flag_unknown";
  facts.cause = "busy";
  check_message (
      text, facts,
      "L’abonnement pour Villa Picos n’a pas pu être vérifié. TTcloud est surchargé ou un "
      "proxy a refusé la demande (503). Cela n’a aucun rapport avec votre paiement.");
  facts.code = "unknown_was_no";
  facts.cause = "offline";
  facts.was = "ended";
  check_message (
      text, facts,
      "Nouvelle vérification impossible. TTcloud est injoignable. La dernière vérification "
      "(aujourd’hui à 13:05) indiquait\u00a0: «\u00a0Remote Services pour Villa Picos a pris fin le "
      "30/09/2027\u00a0; le renouvellement était désactivé\u00a0».");
  facts.code = "ends_soon";
  facts.until_ts = facts.trusted;
  check_message (
      text, facts,
      "Remote Services se termine le 30/09/2027 (0\u00a0jour)\u00a0; le renouvellement est "
      "désactivé.");
  facts.code = "clock_back";
  check_message (text, facts,
                 "Le PC indique 18/09/2026 à 14:05, soit avant la dernière vérification auprès de "
                 "TTcloud (19/09/2026 à 14:05). Corrigez la date, ou connectez-vous à Internet et "
                 "réessayez.");
}

static void
test_says_it_in_dutch (void)
{
  g_autoptr (TtecommText) text = speak ("nl");
  TtecommWordFacts facts = gate_full_facts;

  facts.code = "flag_unknown";
  facts.cause = "busy";
  check_message (text, facts,
                 "Het abonnement voor Villa Picos kon niet worden gecontroleerd. TTcloud is "
                 "overbelast of een proxy heeft de aanvraag geweigerd (503). Dit heeft niets te "
                 "maken met uw betaling.");
  facts.code = "unknown_was_no";
  facts.cause = "offline";
  facts.was = "ended";
  check_message (text, facts,
                 "Opnieuw controleren is niet gelukt. TTcloud is niet bereikbaar. De laatste "
                 "controle (vandaag om 13:05) gaf aan: “Remote Services voor Villa Picos is "
                 "geëindigd op 30/09/2027; de verlenging was uitgeschakeld”.");
  facts.code = "ends_soon";
  check_message (text, facts,
                 "Remote Services eindigt op 30/09/2027 (nog 14\u00a0dagen); de verlenging is "
                 "uitgeschakeld.");
  facts.code = "clock_back";
  check_message (text, facts,
                 "De pc geeft 18/09/2026 om 14:05 aan, vroeger dan de laatste controle bij TTcloud "
                 "(19/09/2026 om 14:05). Corrigeer de datum, of maak verbinding met internet en "
                 "probeer het opnieuw.");
}

static void
test_says_it_in_german (void)
{
  g_autoptr (TtecommText) text = speak ("de");
  TtecommWordFacts facts = gate_full_facts;

  facts.code = "flag_unknown";
  facts.cause = "busy";
  check_message (
      text, facts,
      "Das Abonnement für Villa Picos konnte nicht geprüft werden. TTcloud ist "
      "überlastet, oder ein Proxy hat die Anfrage abgelehnt (503). Mit Ihrer Zahlung hat "
      "das nichts zu tun.");
  facts.code = "unknown_was_no";
  facts.cause = "offline";
  facts.was = "ended";
  check_message (
      text, facts,
      "Eine erneute Prüfung war nicht möglich. TTcloud ist nicht erreichbar. Die letzte "
      "Prüfung (heute um 13:05\u00a0Uhr) ergab: „Remote Services für Villa Picos endete am "
      "30.09.2027; die Verlängerung war ausgeschaltet“.");
  facts.code = "ends_soon";
  facts.until_ts = facts.trusted + 86400;
  check_message (text, facts,
                 "Remote Services endet am 30.09.2027 (noch 1\u00a0Tag); die Verlängerung ist "
                 "ausgeschaltet.");
  /* Without a name: what stands for it must fit where the name would. */
  facts.code = "not_linked";
  facts.account = NULL;
  check_message (text, facts,
                 "Villa Picos ist nicht mit diesem Konto verknüpft. Wenden Sie sich an den "
                 "Eigentümer, oder melden Sie sich mit einem anderen Konto an.");
  facts.code = "never_connected";
  facts.site = NULL;
  check_message (text, facts,
                 "Diese Installation war noch nie mit TTcloud verbunden. Verbinden Sie zuerst die "
                 "Installation.");
  facts.code = "suspended";
  facts.reference = NULL;
  check_message (text, facts,
                 "Remote Services für diese Installation wurde von TELETASK ausgesetzt. Wenden Sie "
                 "sich an den Support, und nennen Sie den Namen der Installation.");
}

static void
test_says_why_it_could_not_ask (void)
{
  g_autoptr (TtecommText) text = english ();
  TtecommWordFacts facts = gate_full_facts;

  facts.code = "flag_unknown";
  facts.cause = "busy";
  check_message (text, facts,
                 "Could not check the subscription of Villa Picos: TTcloud is busy or a proxy "
                 "refused the request (503). This is not about your payment.");
  facts.cause = "tls_trust";
  check_message (
      text, facts,
      "Could not check the subscription of Villa Picos: The secure connection is "
      "intercepted or misconfigured: Evil Proxy CA. Ask your network administrator. This "
      "is not about your payment.");
  facts.code = "unknown_was_no";
  facts.cause = "offline";
  facts.was = "ended";
  check_message (text, facts,
                 "Could not check again: TTcloud could not be reached. The last check (today at "
                 "13:05) said: Remote Services for Villa Picos ended on 30/09/2027; renewal was "
                 "switched off.");
  facts.was = "unknown_was_no";
  check_message (text, facts,
                 "Could not check again: TTcloud could not be reached. The last check (today at "
                 "13:05) said: no remote session may be opened.");
}

static void
check_buttons (const TtecommText *text, TtecommWordFacts facts, const char *expected)
{
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);

  ttecomm_gate_words (text, &facts, &message, &buttons);
  for (guint i = 0; i < buttons->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            ((TtecommButton *)buttons->pdata[i])->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_offers_what_helps (void)
{
  g_autoptr (TtecommText) text = english ();
  TtecommWordFacts facts = gate_full_facts;

  facts.code = "not_activated";
  check_buttons (text, facts, "buy close");
  facts.code = "flag_unknown";
  facts.cause = "portal";
  check_buttons (text, facts, "retry details browser");
  facts.cause = "sign_in";
  check_buttons (text, facts, "retry details sign-in");
  facts.code = "recent";
  check_buttons (text, facts, "sign-in");
  facts.code = "grace_over";
  check_buttons (text, facts, "sign-in");
  facts.code = "unknown_was_no";
  facts.cause = "offline";
  facts.was = "ended";
  check_buttons (text, facts, "retry renew");
  facts.was = "ended_check";
  check_buttons (text, facts, "retry ttecomm");
  facts.code = "payment";
  check_buttons (text, facts, "payment");
  facts.code = "ok";
  check_buttons (text, facts, "");
}

static void
test_says_nothing_when_all_is_well (void)
{
  static const char *const silent[] = { "ok", "cancelled" };
  g_autoptr (TtecommText) text = english ();

  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      TtecommWordFacts facts = gate_full_facts;
      g_autoptr (GPtrArray) buttons = NULL;
      g_autofree char *message = NULL;

      facts.code = silent[i];
      ttecomm_gate_words (text, &facts, &message, &buttons);
      g_assert_null (message);
      g_assert_cmpuint (buttons->len, ==, 0);
    }
}

static void
test_trusts_no_name (void)
{
  g_autoptr (TtecommText) text = english ();
  TtecommWordFacts facts
      = { .code = "ended", .site = "{until}\n\xe2\x80\xaegro", .until = "never" };

  check_message (text, facts,
                 "Remote Services for {until} \xef\xbf\xbdgro ended on never; renewal was switched "
                 "off.");
}

static void
test_leads_nowhere_without_an_address (void)
{
  g_autoptr (TtecommText) text = english ();
  TtecommWordFacts facts = { .code = "payment" };
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *message = NULL;

  ttecomm_gate_words (text, &facts, &message, &buttons);
  g_assert_cmpuint (buttons->len, ==, 1);
  g_assert_cmpint ((int)((TtecommButton *)buttons->pdata[0])->kind, ==, TTECOMM_BUTTON_ACTION);
  g_assert_cmpstr (((TtecommButton *)buttons->pdata[0])->target, ==, "explain.payment");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "gate-words", "says-something-for-every-code-and-cause",
               test_says_something_for_every_code_and_cause);
  harness_add (harness, "gate-words", "has-every-code-of-the-gate",
               test_has_every_code_of_the_gate);
  harness_add (harness, "gate-words", "has-every-cause-of-the-gate",
               test_has_every_cause_of_the_gate);
  harness_add (harness, "gate-words", "has-every-button-in-every-language",
               test_has_every_button_in_every_language);
  harness_add (harness, "gate-words", "repeats-every-earlier-no", test_repeats_every_earlier_no);
  harness_add (harness, "gate-words", "says-it-as-written", test_says_it_as_written);
  harness_add (harness, "gate-words", "says-it-in-french", test_says_it_in_french);
  harness_add (harness, "gate-words", "says-it-in-dutch", test_says_it_in_dutch);
  harness_add (harness, "gate-words", "says-it-in-german", test_says_it_in_german);
  harness_add (harness, "gate-words", "says-why-it-could-not-ask", test_says_why_it_could_not_ask);
  harness_add (harness, "gate-words", "offers-what-helps", test_offers_what_helps);
  harness_add (harness, "gate-words", "says-nothing-when-all-is-well",
               test_says_nothing_when_all_is_well);
  harness_add (harness, "gate-words", "trusts-no-name", test_trusts_no_name);
  harness_add (harness, "gate-words", "leads-nowhere-without-an-address",
               test_leads_nowhere_without_an_address);
}

HARNESS_MAIN (register_tests)
