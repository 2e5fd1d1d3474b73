/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

static void
test_a_quote (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  JsonObject *line = json_line (quote->json, 0);
  JsonObject *next = json_object_get_object_member (line, "next_charge");
  JsonObject *label = json_object_get_object_member (line, "label_after");

  g_assert_cmpuint (quote->status, ==, 200);
  g_assert_cmpint (json_object_get_int_member (quote->json, "net_cents"), ==, 6000);
  g_assert_cmpint (json_object_get_int_member (quote->json, "vat_cents"), ==, 1260);
  g_assert_cmpint (json_object_get_int_member (quote->json, "gross_cents"), ==, 7260);
  g_assert_cmpint (json_object_get_int_member (quote->json, "due_now_cents"), ==, 7260);
  g_assert_cmpstr (json_text (quote->json, "valid_on"), ==, SITE_START);
  g_assert_cmpstr (json_text (line, "end"), ==, "2027-09-30");
  g_assert_cmpint (json_object_get_int_member (line, "free_days"), ==, 13);
  g_assert_cmpstr (json_text (next, "date"), ==, "2027-08-30");
  g_assert_cmpint (json_object_get_int_member (next, "gross_cents"), ==, 7260);
  g_assert_cmpstr (json_text (label, "state"), ==, "active");
  g_assert_cmpstr (json_text (label, "date"), ==, "2027-09-30");
}

/* C3: the old reference is accepted and never given out. */
static void
test_references_and_aliases (void)
{
  static const char *const names[] = { "VC", "TSF12125", "TDS16120" };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, names[i]);

      g_assert_cmpstr (json_text (json_line (quote->json, 0), "service"), ==, "VC");
      g_assert_cmpstr (json_text (json_line (quote->json, 0), "order_reference"), ==, "TSF12125");
      g_assert_null (strstr (quote->text, "TDS16120"));
    }
}

static void
test_vat_by_country (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, "willem@example.org");
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  JsonObject *vat
      = json_array_get_object_element (json_object_get_array_member (quote->json, "vat"), 0);

  g_assert_cmpint (json_object_get_int_member (quote->json, "gross_cents"), ==, 6000);
  g_assert_cmpint (json_object_get_int_member (vat, "rate_bp"), ==, 0);
  g_assert_cmpstr (json_text (vat, "kind"), ==, "reverse_charge");
}

/* Rules 4b and 4a-18: who, where, what, and what stands in the way. */
static void
test_who_may_do_what (void)
{
  static const struct
  {
    const char *who;
    const char *action;
    const char *installation;
    const char *blockers;
  } rows[] = {
    /* buying: none */
    { "alexa", "buy", SITE_VILLA, "" },
    { "mara", "buy", SITE_VILLA, "" },
    { "jonas", "buy", SITE_VILLA, "" },
    { "tom", "buy", SITE_VILLA, "role,card_not_verified" },
    { "stef", "buy", SITE_VILLA, "not_found" },
    { "nina", "buy", SITE_VILLA, "account_incomplete" },
    { "karel", "buy", SITE_VILLA, "card_not_verified" },
    { "mara", "buy", "site-unknown-role", "role" },
    { "mara", "buy", "site-old-prosoft", "prosoft_too_old" },
    { "mara", "buy", "site-offline", "not_connected,already_subscribed" },
    { "mara", "buy", "there-is-none", "not_found" },
    /* buying: another state */
    { "mara", "buy", "site-active", "already_subscribed" },
    { "mara", "buy", "site-ending", "already_subscribed" },
    { "mara", "buy", "site-past-due", "already_subscribed" },
    { "mara", "buy", "site-expired", "" },
    /* switching off */
    { "mara", "deactivate", "site-active", "" },
    { "jonas", "deactivate", "site-active", "" },
    { "tom", "deactivate", "site-active", "role" },
    { "stef", "deactivate", "site-active", "not_found" },
    { "alexa", "deactivate", "site-si-off", "" },
    { "mara", "deactivate", "site-past-due", "" },
    { "petra", "deactivate", "site-past-due", "" },
    { "mara", "deactivate", "site-ending", "conflict" },
    { "mara", "deactivate", "site-expired", "conflict" },
    { "mara", "deactivate", SITE_VILLA, "conflict" },
    /* switching on */
    { "mara", "reactivate", "site-ending", "" },
    { "jonas", "reactivate", "site-ending", "" },
    { "mara", "reactivate", "site-active", "conflict" },
    { "mara", "reactivate", "site-past-due", "conflict" },
    { "mara", "reactivate", "site-expired", "conflict" },
    { "karel", "reactivate", SITE_VILLA, "conflict,card_not_verified" },
    { "nina", "reactivate", SITE_VILLA, "conflict,account_incomplete" },
    { "tom", "reactivate", "site-active", "role,card_not_verified" },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *email = g_strconcat (rows[i].who, "@example.org", NULL);
      g_autofree char *token = site_sign_in (site, email);
      g_autoptr (Reply) quote
          = site_quote (site, token, rows[i].action, rows[i].installation, "RS");
      g_autofree char *blockers = json_blockers (quote->json);
      g_autofree char *of_line = json_blockers (json_line (quote->json, 0));

      g_test_message ("%s %s %s", rows[i].who, rows[i].action, rows[i].installation);
      g_assert_cmpuint (quote->status, ==, 200);
      g_assert_cmpstr (blockers, ==, rows[i].blockers);
      g_assert_cmpstr (of_line, ==, rows[i].blockers);
      g_assert_cmpint (json_object_get_null_member (quote->json, "quote_id"), ==,
                       *rows[i].blockers != '\0');
    }
}

/* Several installations in one basket (S39): each line has its own blockers, the basket has all. */
static void
test_a_basket (void)
{
  static const char json[]
      = "{\"lines\":["
        "{\"action\":\"buy\",\"installation\":\"" SITE_VILLA "\",\"service\":\"RS\"},"
        "{\"action\":\"buy\",\"installation\":\"site-active\",\"service\":\"RS\"},"
        "{\"action\":\"buy\",\"installation\":\"site-old-prosoft\",\"service\":\"VC\"}]}";
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_post (site, "/v1/quotes", token, json);
  g_autofree char *all = json_blockers (quote->json);
  g_autofree char *first = json_blockers (json_line (quote->json, 0));
  g_autofree char *second = json_blockers (json_line (quote->json, 1));

  g_assert_cmpstr (all, ==, "already_subscribed,prosoft_too_old");
  g_assert_cmpstr (first, ==, "");
  g_assert_cmpstr (second, ==, "already_subscribed");
  g_assert_true (json_object_get_null_member (quote->json, "quote_id"));
}

static void
test_bad_baskets (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"lines\":[]}",
    "{\"lines\":{}}",
    "{\"lines\":[1]}",
    "{\"lines\":[{}]}",
    "{\"lines\":[{\"action\":\"steal\",\"installation\":\"x\",\"service\":\"RS\"}]}",
    "{\"lines\":[{\"action\":\"buy\",\"installation\":\"a b\",\"service\":\"RS\"}]}",
    "{\"lines\":[{\"action\":\"buy\",\"installation\":\"x\",\"service\":\"XX\"}]}",
    "{\"lines\":[{\"action\":\"buy\",\"installation\":\"x\",\"service\":\"RS\",\"period\":\"9y\"}]}",
    "{\"lines\":[{\"action\":\"buy\",\"installation\":\"x\",\"service\":\"RS\",\"price\":1}]}",
    "{\"lines\":[{\"action\":\"buy\",\"installation\":\"x\",\"service\":\"RS\"}],\"discount\":1}",
    "{\"lines\":[{\"action\":\"buy\",\"installation\":\"x\",\"service\":\"RS\"},"
    "{\"action\":\"buy\",\"installation\":\"x\",\"service\":\"TSF16100\"}]}",
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Reply) reply = site_post (site, "/v1/quotes", token, bodies[i]);

      g_test_message ("%s", bodies[i]);
      assert_problem (reply, "invalid", 400);
    }
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    /* rules: S55 S60 C10 C14 */
    { "a-quote", test_a_quote },
    /* rules: S13 C3 */
    { "references-and-aliases", test_references_and_aliases },
    { "vat-by-country", test_vat_by_country },
    /* rules: S1 S2 S4 S16 S37 S77 H4 H6 C5 C7 */
    { "who-may-do-what", test_who_may_do_what },
    /* rules: S39 */
    { "a-basket", test_a_basket },
    { "bad-baskets", test_bad_baskets },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-quotes", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
