/* SPDX-License-Identifier: MIT */
/*
 * Does nothing wrong: the actions that prosoft-mock expects of a subscription page, without a
 * cloud. The end of the browser pays, unless the service is DEAR: then the card is declined.
 */
#include "tests/unit/host/specimens/specimen.h"

#include <stdio.h>
#include <string.h>

enum
{
  SIGNED_OUT,
  SIGNED_IN,
  FILLED,
  QUOTED,
  ACCEPTED,
  WAITING,
  PAID,  /* the basket is empty, and the list still says what it said before */
  SHOWN, /* the list says it too; the last answer of the gate does not */
};

static const char *const sold[] = { "RS", "DEAR", "VC.site-2" };
#define N_SOLD (sizeof sold / sizeof sold[0])

/* The account's other installations are listed this many turns of the host later. */
#define N_TURNS 5

static int state;
static int n_turns;
static char service[32];

static bool
is_offered (const char *name)
{
  if (state == SIGNED_IN && strchr (name, '.') != NULL && n_turns < N_TURNS)
    return false;
  return state == SIGNED_IN || state == PAID || (state == SHOWN && strcmp (name, service) != 0);
}

static void
write_row (char *page, size_t size, const char *name, bool first)
{
  bool bought = state == SHOWN && strcmp (name, service) == 0;
  size_t at = strlen (page);

  snprintf (page + at, size - at, "%s{\"id\":\"%s\",\"cells\":[\"%s\",\"%s\"]", first ? "" : ",",
            name, name, bought ? "on" : "off");
  at = strlen (page);
  snprintf (page + at, size - at, is_offered (name) ? ",\"actions\":[\"basket.add.%s\"]}" : "}",
            name);
}

static void
write_table (char *page, size_t size)
{
  strncat (page,
           ",{\"id\":\"subscriptions\",\"type\":\"table\",\"fallback_text\":\"\",\"columns\":[{"
           "\"id\":\"service\",\"title\":\"Service\"},{\"id\":\"state\",\"title\":\"State\"}],"
           "\"rows\":[",
           size - strlen (page) - 1);
  for (size_t i = 0; i < N_SOLD; i++)
    write_row (page, size, sold[i], i == 0);
  strncat (page, "]}", size - strlen (page) - 1);
  if (state == SHOWN)
    strncat (
        page,
        ",{\"id\":\"session\",\"type\":\"notice\",\"severity\":\"info\",\"text\":\"Not then.\","
        "\"actions\":[\"basket.add.RS\"],\"fallback_text\":\"\"}",
        size - strlen (page) - 1);
}

static void
write_action (char *page, size_t size, const char *id, bool enabled)
{
  size_t at = strlen (page);

  snprintf (page + at, size - at,
            ",{\"id\":\"%s\",\"type\":\"action\",\"label\":\"%s\",\"name\":\"%s\",\"style\":"
            "\"normal\",\"enabled\":%s,\"disabled_reason\":\"Accept the terms first.\","
            "\"fallback_text\":\"\"}",
            id, id, id, enabled ? "true" : "false");
}

/* As the subscription page does it: the toggle names its action, which is no block. */
static void
write_terms (char *page, size_t size)
{
  size_t at = strlen (page);

  snprintf (page + at, size - at,
            ",{\"id\":\"terms\",\"type\":\"toggle\",\"label\":\"I accept\",\"value\":%s,"
            "\"action\":\"basket.accept\",\"fallback_text\":\"\"}",
            state == ACCEPTED ? "true" : "false");
}

static void
write_basket (char *page, size_t size)
{
  char remove[64];

  for (size_t i = 0; i < N_SOLD; i++)
    if (is_offered (sold[i]) || (state == SHOWN && strcmp (sold[i], "RS") == 0))
      {
        char add[64];

        snprintf (add, sizeof add, "basket.add.%s", sold[i]);
        write_action (page, size, add, true);
      }
  if (state == SIGNED_IN || state >= PAID)
    return;
  snprintf (remove, sizeof remove, "basket.remove.%s", service);
  write_action (page, size, remove, true);
  if (state >= FILLED && state <= ACCEPTED)
    write_action (page, size, "basket.quote", true);
  if (state == QUOTED || state == ACCEPTED)
    {
      write_terms (page, size);
      write_action (page, size, "basket.pay", state == ACCEPTED);
    }
  if (state == WAITING)
    write_action (page, size, "basket.cancel-order", true);
}

static void
write_page (Specimen *self, char *page, size_t size, long long revision)
{
  snprintf (page, size,
            "{\"page\":\"specimen\",\"title\":\"Shop\",\"revision\":%lld,\"state\":\"ready\","
            "\"blocks\":[{\"id\":\"identity\",\"type\":\"text\",\"text\":\"%s\","
            "\"fallback_text\":\"\"},{\"id\":\"basket\",\"type\":\"text\",\"text\":\"Basket: %s\","
            "\"fallback_text\":\"\"}",
            revision, state == SIGNED_OUT ? "nobody" : "Somebody@Example.org", self->note);
  write_table (page, size);
  /* Who is signed in may sign in as another. */
  write_action (page, size, "sign-in", true);
  if (state != SIGNED_OUT)
    write_action (page, size, "sign-out", true);
  if (state != SIGNED_OUT)
    write_basket (page, size);
  strncat (page, "]}", size - strlen (page) - 1);
}

static int
next_state (Specimen *self, const prosoft_page_call_t *call)
{
  const char *action = call->action_id;

  if (strcmp (action, "sign-in") == 0)
    return self->open_uri->open (self->host, "https://example.invalid/authorize"), SIGNED_IN;
  if (strncmp (action, "basket.add.", 11) == 0)
    return snprintf (service, sizeof service, "%s", action + 11), FILLED;
  if (strcmp (action, "basket.quote") == 0)
    return QUOTED;
  if (strcmp (action, "basket.accept") == 0)
    return call->inputs_json != NULL && strcmp (call->inputs_json, "{\"terms\":true}") == 0
               ? ACCEPTED
               : state;
  if (strcmp (action, "basket.pay") == 0)
    return self->open_uri->open (self->host, "https://example.invalid/pay"), WAITING;
  return state;
}

static prosoft_result_t
invoke (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op)
{
  char note[128];

  state = next_state (self, call);
  /* What was typed on the way to the price is shown with it. */
  snprintf (note, sizeof note, "%s%s", call->action_id,
            strcmp (call->action_id, "basket.quote") == 0 && call->inputs_json != NULL
                    && strcmp (call->inputs_json, "{\"basket.po\":\"4711 \\\"b\\\"\"}") == 0
                ? ", reference 4711"
                : "");
  specimen_show (self, note);
  self->host->request_callback (self->host);
  *op = specimen_begin (self, false, false, false);
  return PROSOFT_OK;
}

/* The person is back from the browser. */
static void
activated (Specimen *self)
{
  if (state != WAITING)
    return;
  state = strcmp (service, "DEAR") == 0 ? FILLED : PAID;
  specimen_show (self, state == PAID ? "empty" : "the card was declined");
  self->host->request_callback (self->host);
}

static void
main_thread (Specimen *self)
{
  if (state == SIGNED_IN && n_turns < N_TURNS)
    {
      n_turns++;
      specimen_show (self, "the list is on its way");
      self->host->request_callback (self->host);
    }
  if (state != PAID)
    return;
  state = SHOWN;
  specimen_show (self, "empty");
}

const SpecimenHooks specimen_hooks = { .write_page = write_page,
                                       .invoke = invoke,
                                       .activated = activated,
                                       .main_thread = main_thread };
