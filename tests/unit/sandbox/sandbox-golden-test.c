/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

/* The world of the golden run: two payers, three installations, nothing bought yet. */
static const char seed[]
    = "{\"accounts\":["
      "{\"id\":\"a-own\",\"email\":\"own@example.org\",\"name\":\"OWN\",\"private\":true,"
      "\"country\":\"BE\",\"street\":\"s\",\"postcode\":\"1\",\"city\":\"c\","
      "\"invoice_email\":\"own@example.org\","
      "\"card\":{\"brand\":\"visa\",\"last4\":\"4242\",\"expires\":\"2031-06\"}},"
      "{\"id\":\"a-si1\",\"email\":\"si1@example.org\",\"name\":\"SI1\",\"company\":\"SI1\","
      "\"country\":\"BE\",\"street\":\"s\",\"postcode\":\"1\",\"city\":\"c\","
      "\"tax_number\":\"BE0123456749\",\"invoice_email\":\"si1@example.org\","
      "\"card\":{\"brand\":\"visa\",\"last4\":\"4242\",\"expires\":\"2031-06\"}}],"
      "\"installations\":["
      "{\"id\":\"A\",\"name\":\"A\",\"prosoft\":\"5.1.2.0\",\"people\":["
      "{\"email\":\"own@example.org\",\"role\":\"owner\"},"
      "{\"email\":\"si1@example.org\",\"role\":\"integrator\"}]},"
      "{\"id\":\"B\",\"name\":\"B\",\"prosoft\":\"5.1.2.0\",\"people\":["
      "{\"email\":\"si1@example.org\",\"role\":\"integrator\"}]},"
      "{\"id\":\"C\",\"name\":\"C\",\"prosoft\":\"5.1.2.0\",\"people\":["
      "{\"email\":\"si1@example.org\",\"role\":\"integrator\"}]}]}";

static const char golden[] = "2026-09-18 purchase_invoice si1 A/RS,A/VC 10900\n"
                             "2026-09-29 purchase_invoice si1 B/RS 6000\n"
                             "2026-10-05 purchase_invoice si1 C/RS 6000\n"
                             "2027-03-10 deactivated si1 A/VC 0\n"
                             "2027-03-10 reactivated own A/VC 0\n"
                             "2027-06-01 deactivated si1 C/RS 0\n"
                             "2027-07-30 reminder own A/VC 4900\n"
                             "2027-07-30 reminder si1 A/RS,B/RS 12000\n"
                             "2027-08-30 charge_failed own A/VC 4900\n"
                             "2027-08-30 renewal_invoice si1 A/RS,B/RS 12000\n"
                             "2027-09-20 renewal_invoice own A/VC 4900\n"
                             "2027-11-01 expired si1 C/RS 0\n"
                             "2028-07-30 reminder own A/VC 4900\n"
                             "2028-07-30 reminder si1 A/RS,B/RS 12000\n"
                             "2028-08-30 charge_failed own A/VC 4900\n"
                             "2028-08-30 renewal_invoice si1 A/RS,B/RS 12000\n"
                             "2028-10-01 expired own A/VC 0\n";

static void
append_event (GString *text, JsonArray *row)
{
  const char *payer = json_array_get_string_element (row, 2);
  JsonArray *subscriptions = json_array_get_array_element (row, 3);

  g_string_append_printf (text, "%s %s %.3s ", json_array_get_string_element (row, 0),
                          json_array_get_string_element (row, 1), payer);
  for (guint i = 0; i < json_array_get_length (subscriptions); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            json_array_get_string_element (subscriptions, i));
  g_string_append_printf (text, " %" G_GINT64_FORMAT "\n", json_array_get_int_element (row, 4));
}

static void
append_events (GString *text, Reply *reply)
{
  JsonArray *events = json_object_get_array_member (reply->json, "events");

  for (guint i = 0; i < json_array_get_length (events); i++)
    append_event (text, json_array_get_array_element (events, i));
}

/* A world with a clock, two people who sign in as it needs, and what the clock reports. */
typedef struct
{
  Site *site;
  GString *events;
} Run;

static void
travel (Run *run, const char *to)
{
  g_autoptr (Reply) reply = site_advance (run->site, to);

  append_events (run->events, reply);
}

static void
act (Run *run, const char *who, const char *action, const char *installation, const char *service)
{
  g_autofree char *token = site_sign_in (run->site, who);

  site_do (run->site, token, action, installation, service);
}

static void
set_card (Run *run, const char *who, gboolean good)
{
  g_autofree char *json
      = g_strdup_printf ("{\"email\":\"%s\",\"card_good\":%s}", who, good ? "true" : "false");
  g_autoptr (Reply) reply = site_control (run->site, "POST", "/sandbox/users", json);

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
do_golden_run (Run *run)
{
  act (run, "si1@example.org", "buy", "A", "RS");
  act (run, "si1@example.org", "buy", "A", "VC");
  travel (run, "2026-09-29");
  act (run, "si1@example.org", "buy", "B", "RS");
  travel (run, "2026-10-05");
  act (run, "si1@example.org", "buy", "C", "RS");
  travel (run, "2027-03-10");
  act (run, "si1@example.org", "deactivate", "A", "VC");
  act (run, "own@example.org", "reactivate", "A", "VC");
  travel (run, "2027-06-01");
  act (run, "si1@example.org", "deactivate", "C", "RS");
  travel (run, "2027-08-15");
  set_card (run, "own@example.org", FALSE);
  travel (run, "2027-09-20");
  set_card (run, "own@example.org", TRUE);
  travel (run, "2028-08-01");
  set_card (run, "own@example.org", FALSE);
  travel (run, "2028-12-31");
}

/* The golden run, line for line, bought through the API and paid on the pages. */
static void
test_golden_run (void)
{
  g_autoptr (Site) site = site_new ("2026-09-18", seed, NULL);
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (Reply) ledger = NULL;
  Run run = { site, events };

  do_golden_run (&run);
  g_assert_cmpstr (events->str, ==, golden);
  {
    g_autofree char *url
        = g_strconcat (ttecomm_sandbox_get_control_url (site->sandbox), "/sandbox/events", NULL);

    ledger = site_get (site, url, NULL);
  }
  append_events (all, ledger);
  g_assert_cmpstr (all->str, ==, golden);
}

static guint
count_mails (Site *site, const char *kind, const char *to)
{
  g_autofree char *url
      = g_strconcat (ttecomm_sandbox_get_control_url (site->sandbox), "/sandbox/outbox", NULL);
  g_autoptr (Reply) outbox = site_get (site, url, NULL);
  JsonArray *mails = json_object_get_array_member (outbox->json, "mails");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (mails); i++)
    {
      JsonObject *mail = json_array_get_object_element (mails, i);

      n += g_str_equal (json_text (mail, "kind"), kind) && g_str_equal (json_text (mail, "to"), to);
    }
  return n;
}

/* What the golden run mails: reminders and failures to the payer, one invoice a payment. */
static void
test_golden_run_mails (void)
{
  g_autoptr (Site) site = site_new ("2026-09-18", seed, NULL);
  g_autoptr (GString) events = g_string_new (NULL);
  Run run = { site, events };

  do_golden_run (&run);
  g_assert_cmpuint (count_mails (site, "reminder", "si1@example.org"), ==, 2);
  g_assert_cmpuint (count_mails (site, "reminder", "own@example.org"), ==, 2);
  g_assert_cmpuint (count_mails (site, "charge_failed", "own@example.org"), ==, 2);
  g_assert_cmpuint (count_mails (site, "renewal_invoice", "si1@example.org"), ==, 2);
  g_assert_cmpuint (count_mails (site, "renewal_invoice", "own@example.org"), ==, 1);
  g_assert_cmpuint (count_mails (site, "purchase_invoice", "si1@example.org"), ==, 4);
}

/* One leap over a year is the same as many steps, whatever their length. */
static void
test_a_leap_is_many_days (void)
{
  static const guint steps[] = { 1, 30, 2, 28, 7, 61, 1, 1, 90, 13 };
  g_autoptr (Site) leap = site_new ("2026-09-18", seed, NULL);
  g_autoptr (Site) walk = site_new ("2026-09-18", seed, NULL);
  g_autoptr (GString) leapt = g_string_new (NULL);
  g_autoptr (GString) walked = g_string_new (NULL);
  Run a = { leap, leapt };
  Run b = { walk, walked };
  GDate day;
  GDate last;

  act (&a, "si1@example.org", "buy", "A", "RS");
  act (&b, "si1@example.org", "buy", "A", "RS");
  travel (&a, "2027-12-31");
  g_date_set_dmy (&day, 18, 9, 2026);
  g_date_set_dmy (&last, 31, 12, 2027);
  for (guint i = 0; g_date_compare (&day, &last) < 0; i++)
    {
      g_autofree char *text = NULL;

      g_date_add_days (&day, steps[i % G_N_ELEMENTS (steps)]);
      if (g_date_compare (&day, &last) > 0)
        day = last;
      text = g_strdup_printf ("%04u-%02d-%02u", g_date_get_year (&day), g_date_get_month (&day),
                              g_date_get_day (&day));
      travel (&b, text);
    }
  g_assert_cmpstr (leapt->str, ==, walked->str);
  g_assert_nonnull (strstr (leapt->str, "renewal_invoice"));
}

/* The real time passes too: a sandbox left running over midnight charges as one that travelled. */
static void
test_midnight_passes_by_itself (void)
{
  g_autoptr (Site) site = site_new ("2026-09-18", seed, NULL);
  g_autoptr (GString) events = g_string_new (NULL);
  Run run = { site, events };
  g_autoptr (Reply) clock = NULL;

  act (&run, "si1@example.org", "buy", "A", "RS");
  travel (&run, "2027-07-29");
  g_string_truncate (events, 0);
  ttecomm_fake_clock_advance (site->clock, 24 * 60 * 60);
  clock = site_control (site, "GET", "/sandbox/clock", NULL);
  g_assert_cmpstr (json_text (clock->json, "today"), ==, "2027-07-30");
  travel (&run, "2027-07-30");
  g_assert_cmpstr (events->str, ==, "2027-07-30 reminder si1 A/RS 6000\n");
}

static void
register_tests (Harness *harness)
{
  /* rules: S27 S28 S43 S45 S46 S57 S59 S61 S69 S76 S78 S79 S91 */
  harness_add (harness, "sandbox-golden", "golden-run", test_golden_run);
  /* rules: S43 S51 S59 S67 */
  harness_add (harness, "sandbox-golden", "golden-run-mails", test_golden_run_mails);
  harness_add (harness, "sandbox-golden", "a-leap-is-many-days", test_a_leap_is_many_days);
  harness_add (harness, "sandbox-golden", "midnight-passes-by-itself",
               test_midnight_passes_by_itself);
}

HARNESS_MAIN (register_tests)
