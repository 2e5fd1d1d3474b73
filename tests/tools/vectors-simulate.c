/* SPDX-License-Identifier: MIT */
/* The scheduler under a scenario: a thin wrapper, so that the rows prove what the sandbox runs. */
#include "base/civil-date.h"
#include "base/json.h"
#include "plugin/terms/schedule.h"
#include "tests/tools/vectors-call.h"

#define MAX_ACTIONS 10000

typedef struct
{
  TtecommTerms *terms; /* (owned) */
  TtecommTermChoice choice;
  TtecommSchedule *schedule; /* (owned) */
  GPtrArray *events;         /* (owned) (element-type TtecommEvent) */
  JsonArray *scenario;       /* borrowed from the row */
  GDate to;
} Simulation;

static void
simulation_clear (Simulation *simulation)
{
  g_clear_pointer (&simulation->terms, ttecomm_terms_unref);
  g_clear_pointer (&simulation->schedule, ttecomm_schedule_free);
  g_clear_pointer (&simulation->events, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Simulation, simulation_clear)

static gboolean
simulation_init (Simulation *simulation, JsonObject *row, GError **error)
{
  JsonObject *in;
  JsonObject *terms;
  GDate from;

  *simulation = (Simulation){ 0 };
  if (!ttecomm_json_get_object (row, "in", &in, error)
      || !ttecomm_json_get_object (row, VECTORS_TERMS, &terms, error)
      || !vectors_get_choice (in, &simulation->choice, error)
      || !ttecomm_json_get_array (in, "scenario", MAX_ACTIONS, &simulation->scenario, error)
      || !vectors_get_date (in, "from", &from, error)
      || !vectors_get_date (in, "to", &simulation->to, error))
    return FALSE;
  simulation->terms = ttecomm_terms_new_from_json (terms, error);
  if (simulation->terms == NULL)
    return FALSE;
  simulation->schedule = ttecomm_schedule_new (&from);
  simulation->events = ttecomm_events_new ();
  return TRUE;
}

static gboolean
fail (GError **error, guint index)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "scenario[%u] is no action", index);
  return FALSE;
}

static gboolean
buy (Simulation *simulation, JsonArray *action, GError **error)
{
  const char *id;
  const char *payer;

  if (!ttecomm_json_array_get_string (action, 2, VECTORS_MAX_TEXT, &id, error)
      || !ttecomm_json_array_get_string (action, 3, VECTORS_MAX_TEXT, &payer, error))
    return FALSE;
  return ttecomm_schedule_buy (simulation->schedule, id, simulation->terms, &simulation->choice,
                               payer, json_array_get_int_element (action, 4), simulation->events,
                               error);
}

static gboolean
deactivate (Simulation *simulation, JsonArray *action, GError **error)
{
  const char *id;

  return ttecomm_json_array_get_string (action, 2, VECTORS_MAX_TEXT, &id, error)
         && ttecomm_schedule_deactivate (simulation->schedule, id, simulation->events, error);
}

static gboolean
reactivate (Simulation *simulation, JsonArray *action, GError **error)
{
  const char *id;
  const char *payer;

  return ttecomm_json_array_get_string (action, 2, VECTORS_MAX_TEXT, &id, error)
         && ttecomm_json_array_get_string (action, 3, VECTORS_MAX_TEXT, &payer, error)
         && ttecomm_schedule_reactivate (simulation->schedule, id, payer, simulation->events,
                                         error);
}

static gboolean
card (Simulation *simulation, JsonArray *action, GError **error)
{
  const char *payer;

  if (!ttecomm_json_array_get_string (action, 2, VECTORS_MAX_TEXT, &payer, error))
    return FALSE;
  ttecomm_schedule_set_card (simulation->schedule, payer,
                             json_array_get_boolean_element (action, 3), NULL);
  return TRUE;
}

static const struct
{
  const char *name;
  guint length;
  gboolean (*act) (Simulation *simulation, JsonArray *action, GError **error);
} actions[] = {
  { "buy", 5, buy },
  { "deactivate", 3, deactivate },
  { "reactivate", 4, reactivate },
  { "card", 4, card },
};

/* A refused action leaves no event and is no error. */
static gboolean
act (Simulation *simulation, JsonArray *action, guint index, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *name;

  if (!ttecomm_json_array_get_string (action, 1, VECTORS_MAX_TEXT, &name, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (name, actions[i].name) && json_array_get_length (action) == actions[i].length)
      {
        if (actions[i].act (simulation, action, &local_error)
            || local_error->domain == TTECOMM_SCHEDULE_ERROR)
          return TRUE;
        g_propagate_error (error, g_steal_pointer (&local_error));
        return FALSE;
      }
  return fail (error, index);
}

static gboolean
act_today (Simulation *simulation, GError **error)
{
  for (guint i = 0; i < json_array_get_length (simulation->scenario); i++)
    {
      JsonNode *node = json_array_get_element (simulation->scenario, i);
      JsonArray *action;
      const char *text;
      GDate day;

      if (!JSON_NODE_HOLDS_ARRAY (node))
        return fail (error, i);
      action = json_node_get_array (node);
      if (json_array_get_length (action) < 2)
        return fail (error, i);
      if (!ttecomm_json_array_get_string (action, 0, VECTORS_MAX_TEXT, &text, error)
          || !ttecomm_date_parse (text, &day, error))
        return FALSE;
      if (g_date_compare (&day, &simulation->schedule->today) == 0
          && !act (simulation, action, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
simulate (Simulation *simulation, GError **error)
{
  while (g_date_compare (&simulation->schedule->today, &simulation->to) <= 0)
    if (!act_today (simulation, error)
        || !ttecomm_schedule_settle (simulation->schedule, simulation->events, error)
        || !ttecomm_schedule_next_day (simulation->schedule, error))
      return FALSE;
  return TRUE;
}

static JsonArray *
event_row (const TtecommEvent *event)
{
  JsonArray *row = json_array_new ();
  JsonArray *subscriptions = json_array_new ();

  for (guint i = 0; i < event->lines->len; i++)
    {
      const TtecommEventLine *line = g_ptr_array_index (event->lines, i);

      json_array_add_string_element (subscriptions, line->subscription);
    }
  json_array_add_element (row, vectors_node_date (&event->day));
  json_array_add_string_element (row, ttecomm_event_kind_name (event->kind));
  json_array_add_string_element (row, event->payer);
  json_array_add_array_element (row, subscriptions);
  json_array_add_int_element (row, event->cents);
  return row;
}

static gboolean
run_simulate (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (Simulation) simulation;
  JsonArray *rows;

  if (!simulation_init (&simulation, row, error) || !simulate (&simulation, error))
    return FALSE;
  rows = json_array_new ();
  for (guint i = 0; i < simulation.events->len; i++)
    json_array_add_array_element (rows, event_row (g_ptr_array_index (simulation.events, i)));
  *got = vectors_node_array (rows);
  return TRUE;
}

const VectorEntry vectors_simulate[] = {
  { "simulate", run_simulate },
  { NULL, NULL },
};
