/* SPDX-License-Identifier: MIT */
/*
 * The main job, watched: a host loads the module, opens a .nbt, a person signs in, buys, opens a
 * session, and comes back when the subscription is over and when TTcloud is gone.
 */
#include "tests/demo/acts.h"

#include <string.h>

#include "base/civil-date.h"
#include "tests/demo/actor.h"
#include "tests/host/page-text.h"

static gboolean
step_load (Stage *stage)
{
  const char *what = "the host loads ttecomm" HOST_MODULE_SUFFIX " through its C interface";
  const prosoft_plugin_descriptor_t *plugin;
  g_autofree char *got = NULL;
  GError *error = NULL;

  if (!stage_start_host (stage, TRUE, &error))
    return stage_failed (stage, what, "be.teletask.ttecomm", error);
  plugin = host_describe_plugin (host_driver_get_host (stage->driver), 0);
  got = g_strdup_printf ("%s %s, \"%s\"", plugin->id, plugin->version, plugin->name);
  stage_step (stage, strcmp (plugin->id, "be.teletask.ttecomm") == 0, what, "be.teletask.ttecomm",
              got);
  return TRUE;
}

static gboolean
step_open (Stage *stage)
{
  g_autofree char *text = NULL;
  JsonObject *page;
  GError *error = NULL;

  page = stage_open (stage, "villa-picos.nbt", &error);
  if (page == NULL)
    return stage_failed (stage, "villa-picos.nbt is opened", "the page", error);
  text = host_page_to_text (page, STAGE_WIDTH, FALSE);
  stage_step (stage,
              strstr (text, "Villa Picos") != NULL && strstr (text, "Alexa Picos") != NULL
                  && strstr (text, STAGE_INTEGRATOR) != NULL,
              "villa-picos.nbt is opened; Extra -> Users and settings -> Subscriptions",
              "the installation, its owner and its integrators, read from the file", "this page:");
  stage_show (text);
  return TRUE;
}

static gboolean
step_sign_in (Stage *stage)
{
  g_autofree char *identity = NULL;
  JsonObject *page;
  GError *error = NULL;

  if (!host_driver_sign_in (stage->driver, &error)
      || !host_driver_wait_loaded (stage->driver, &error))
    return stage_failed (stage, "sign in as the integrator, in the browser", STAGE_INTEGRATOR,
                         error);
  page = host_driver_get_page (stage->driver, &error);
  if (page == NULL)
    return stage_failed (stage, "sign in as the integrator, in the browser", STAGE_INTEGRATOR,
                         error);
  identity = host_page_block_to_text (page, "identity", STAGE_WIDTH);
  g_strdelimit (identity, "\n", ';');
  stage_step (stage,
              strstr (identity, STAGE_INTEGRATOR) != NULL
                  && strstr (identity, "integrator") != NULL,
              "sign in as the integrator, in the browser (OAuth 2.0 with PKCE)",
              STAGE_INTEGRATOR ", system integrator", g_strstrip (identity));
  return TRUE;
}

static char *
format_dmy (const GDate *date)
{
  return g_strdup_printf ("%02u/%02u/%04u", (guint)g_date_get_day (date),
                          (guint)g_date_get_month (date), (guint)g_date_get_year (date));
}

/* What TTecomm's terms make of a purchase today: rules S55 and S60, worked out here by hand. */
typedef struct
{
  char *end;         /* (owned) dd/mm/yyyy */
  char *after_end;   /* (owned) yyyy-mm-dd */
  char *next_charge; /* (owned) dd/mm/yyyy */
  guint free_days;
} Expected;

static void
expect_of (Expected *expected, const GDate *today)
{
  GDateMonth month = g_date_get_month (today);
  GDateYear year = g_date_get_year (today);
  guint days = g_date_get_days_in_month (month, year);
  GDate end, charge, after;
  char iso[11];

  g_date_clear (&end, 1);
  g_date_set_dmy (&end, g_date_get_days_in_month (month, (GDateYear)(year + 1)), month,
                  (GDateYear)(year + 1));
  charge = end;
  g_date_subtract_months (&charge, 1);
  after = end;
  g_date_add_days (&after, 1);
  ttecomm_date_format (&after, iso);
  expected->end = format_dmy (&end);
  expected->next_charge = format_dmy (&charge);
  expected->after_end = g_strdup (iso);
  expected->free_days = days - (guint)g_date_get_day (today) + 1;
}

static gboolean
know_today (Stage *stage, Expected *expected)
{
  GError *error = NULL;
  GDate today;

  if (!sandbox_process_get_today (stage->sandbox, &today, &error))
    return stage_failed (stage, "which day it is", "a date", error);
  expect_of (expected, &today);
  return TRUE;
}

static void
expected_clear (Expected *expected)
{
  g_free (expected->end);
  g_free (expected->after_end);
  g_free (expected->next_charge);
}

typedef struct
{
  Stage *stage;
  const Expected *expected;
  gboolean saw_quote;
} Buying;

static gboolean
check_quote (const char *shown, const Expected *expected, GString *missing)
{
  g_autofree char *days = g_strdup_printf ("%u", expected->free_days);
  const char *const parts[] = {
    "60.00", "12.60", "72.60", expected->end, expected->next_charge, days,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (shown, parts[i]) == NULL)
      g_string_append_printf (missing, " %s", parts[i]);
  return missing->len == 0;
}

static void
buying_step (const char *what, const char *shown, gpointer data)
{
  Buying *buying = data;
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *got = NULL;

  if (strstr (what, "price") == NULL)
    {
      stage_print ("       ... %s\n", what);
      return;
    }
  buying->saw_quote = check_quote (shown, buying->expected, missing);
  text = g_strdup_printf (
      "net 60.00, VAT 12.60, gross 72.60; until %s; %u free days; next charge %s",
      buying->expected->end, buying->expected->free_days, buying->expected->next_charge);
  got = buying->saw_quote ? g_strdup ("this quote:")
                          : g_strconcat ("not on the page:", missing->str, NULL);
  stage_step (buying->stage, buying->saw_quote, "Remote Services into the basket; the quote", text,
              got);
  stage_show (shown);
}

static gboolean
says_renews (JsonObject *page, gpointer data)
{
  return strstr (stage_get_cell (page, "subscriptions", "RS", 1), data) != NULL;
}

static gboolean
step_buy (Stage *stage, const Expected *expected)
{
  static const char *const services[] = { "RS", NULL };
  Buying buying = { stage, expected, FALSE };
  g_autofree char *label = g_strconcat ("renews at ", expected->end, NULL);
  JsonObject *page;
  GError *error = NULL;

  if (!host_driver_buy (stage->driver, services, NULL, buying_step, &buying, &error))
    return stage_failed (stage, "terms accepted, checkout page paid in the browser", "paid", error);
  stage_step (stage, TRUE, "terms accepted, checkout page paid in the browser", "paid", "paid");
  if (!host_driver_wait_page (stage->driver, says_renews, label, "the page to say that it renews",
                              STAGE_WAIT_MS, &error))
    return stage_failed (stage, "the page says so", label, error);
  page = host_driver_get_page (stage->driver, &error);
  if (page == NULL)
    return stage_failed (stage, "the page says so", label, error);
  stage_step (stage, TRUE, "the page says so", label,
              stage_get_cell (page, "subscriptions", "RS", 1));
  return buying.saw_quote;
}

/* The person goes to TTecomm's account page and switches renewal off there (C7). */
static gboolean
switch_renewal_off (Stage *stage, GError **error)
{
  g_autofree char *person = stage_dup_program ("sandbox-person");
  g_autofree char *url
      = g_strconcat (sandbox_process_get_ttecomm_url (stage->sandbox), "/account", NULL);
  const char *const arguments[] = {
    person, url, "--as", STAGE_INTEGRATOR, "--switch-renewal-off", STAGE_VILLA "/RS", NULL,
  };

  return actor_play (arguments, error);
}

static gboolean
says_expired (JsonObject *page, gpointer data)
{
  return strstr (stage_get_cell (page, "subscriptions", "RS", 1), "expired at") != NULL;
}

static gboolean
step_travel (Stage *stage, const Expected *expected)
{
  const char *what = "renewal switched off on the account page, a year goes by, refresh";
  g_autofree char *label = g_strconcat ("expired at ", expected->end, NULL);
  JsonObject *page;
  GError *error = NULL;

  if (!switch_renewal_off (stage, &error)
      || !sandbox_process_travel (stage->sandbox, expected->after_end, &error)
      || !host_driver_sync_clock (stage->driver, &error)
      || !host_driver_invoke (stage->driver, "refresh", NULL, NULL, &error)
      || !host_driver_wait_page (stage->driver, says_expired, NULL,
                                 "the page to say that it expired", STAGE_WAIT_MS, &error))
    return stage_failed (stage, what, label, error);
  page = host_driver_get_page (stage->driver, &error);
  if (page == NULL)
    return stage_failed (stage, what, label, error);
  stage_step (stage, strcmp (stage_get_cell (page, "subscriptions", "RS", 1), label) == 0, what,
              label, stage_get_cell (page, "subscriptions", "RS", 1));
  return TRUE;
}

gboolean
act_main_job (Stage *stage)
{
  static const StageCheck not_bought = { .outcome = PROSOFT_GATE_DENY, .code = "not_activated" };
  static const StageCheck paid = { .outcome = PROSOFT_GATE_ALLOW, .code = "ok" };
  static const StageCheck over = { .outcome = PROSOFT_GATE_DENY, .code = "ended" };
  static const StageCheck gone = { .outcome = PROSOFT_GATE_WAIT,
                                   .code = "unknown_was_no",
                                   .was = "ended",
                                   .in_text = "TTcloud could not be reached" };
  Expected expected = { 0 };
  gboolean ok;

  ok = stage_start_sandbox (stage) && know_today (stage, &expected) && step_load (stage)
       && step_open (stage) && step_sign_in (stage)
       && stage_check (stage, "remote session, nothing bought yet", &not_bought)
       && step_buy (stage, &expected) && stage_check (stage, "remote session, paid", &paid)
       && step_travel (stage, &expected)
       && stage_check (stage, "remote session, the subscription is over", &over);
  if (ok)
    {
      sandbox_process_stop (stage->sandbox);
      ok = stage_check (stage, "TTcloud is gone; remote session", &gone);
    }
  if (stage->driver != NULL)
    stage_check_findings (stage);
  expected_clear (&expected);
  return ok;
}
