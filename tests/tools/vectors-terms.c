/* SPDX-License-Identifier: MIT */
/* Prices, units, states, roles, cards and taxes of the terms of sale, row by row. */
#include "base/json.h"
#include "plugin/terms/payment.h"
#include "plugin/terms/price.h"
#include "plugin/terms/roles.h"
#include "plugin/terms/state.h"
#include "plugin/terms/tax.h"
#include "plugin/terms/usage.h"
#include "resources/resources.h"
#include "tests/tools/vectors-call.h"

#define MAX_ITEMS 1000
#define MAX_RESOURCE (1024 * 1024)

static gboolean
run_seats_for (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonArray *array;
  gint64 seats;

  if (!vectors_call_init (&call, row, error)
      || !ttecomm_json_get_array (call.in, "units", MAX_ITEMS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gint64 unit = json_array_get_int_element (array, i);

      g_array_append_val (units, unit);
    }
  if (!ttecomm_terms_seats_for (call.terms, (const gint64 *)(gpointer)units->data, units->len,
                                &seats, error))
    return FALSE;
  *got = vectors_node_int (seats);
  return TRUE;
}

static gboolean
get_price_input (JsonObject *in, TtecommPriceInput *input, GError **error)
{
  return vectors_get_choice (in, &input->choice, error)
         && vectors_get_int (in, "qty", &input->quantity, error)
         && vectors_get_int (in, "list_cents", &input->list_cents, error)
         && vectors_get_int (in, "partner_bp", &input->partner_bp, error);
}

static gboolean
run_quote (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  TtecommPriceInput input;
  gint64 cents;

  if (!vectors_call_init (&call, row, error) || !get_price_input (call.in, &input, error)
      || !ttecomm_terms_quote (call.terms, &input, &cents, error))
    return FALSE;
  *got = vectors_node_int (cents);
  return TRUE;
}

static gboolean
run_prorated (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  TtecommPriceInput input;
  GDate start;
  GDate on;
  gint64 cents;

  if (!vectors_call_init (&call, row, error) || !get_price_input (call.in, &input, error)
      || !vectors_get_date (call.in, "start", &start, error)
      || !vectors_get_date (call.in, "on", &on, error)
      || !ttecomm_terms_prorated (call.terms, &input, &start, &on, &cents, error))
    return FALSE;
  *got = vectors_node_int (cents);
  return TRUE;
}

static gboolean
run_usage (JsonObject *row, JsonNode **got, GError **error)
{
  JsonObject *in;
  JsonObject *answer;
  TtecommUsage usage;
  gint64 used;
  gint64 allotted;

  if (!ttecomm_json_get_object (row, "in", &in, error)
      || !vectors_get_int (in, "used", &used, error)
      || !vectors_get_int (in, "allotted", &allotted, error)
      || !ttecomm_usage (used, allotted, &usage, error))
    return FALSE;
  answer = json_object_new ();
  json_object_set_string_member (answer, "status", ttecomm_usage_status_name (usage.status));
  json_object_set_int_member (answer, "green", usage.green);
  json_object_set_int_member (answer, "grey", usage.grey);
  json_object_set_int_member (answer, "yellow", usage.yellow);
  *got = vectors_node_object (answer);
  return TRUE;
}

/* Every type that occurs in one of the two maps, once. The names are borrowed from them. */
static gboolean
merge_types (JsonObject *used, JsonObject *seats, GArray *types, GError **error)
{
  g_autoptr (GList) used_types = json_object_get_members (used);
  g_autoptr (GList) seat_types = json_object_get_members (seats);
  TtecommTypedUsage type = { 0 };

  for (const GList *link = used_types; link != NULL; link = link->next)
    {
      type.type = link->data;
      if (!vectors_get_int (used, type.type, &type.used, error)
          || !ttecomm_json_get_optional_int (seats, type.type, G_MININT64, G_MAXINT64, 0,
                                             &type.seats, error))
        return FALSE;
      g_array_append_val (types, type);
    }
  type.used = 0;
  for (const GList *link = seat_types; link != NULL; link = link->next)
    if (!json_object_has_member (used, link->data))
      {
        type.type = link->data;
        if (!vectors_get_int (seats, type.type, &type.seats, error))
          return FALSE;
        g_array_append_val (types, type);
      }
  return TRUE;
}

static gboolean
run_usage_typed (JsonObject *row, JsonNode **got, GError **error)
{
  g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (TtecommTypedUsage));
  JsonObject *in;
  JsonObject *used;
  JsonObject *seats;
  JsonObject *missing;
  JsonObject *answer;
  TtecommUsageStatus status;
  gboolean limited;

  if (!ttecomm_json_get_object (row, "in", &in, error)
      || !ttecomm_json_get_object (in, "used", &used, error)
      || !ttecomm_json_get_object (in, "seats", &seats, error)
      || !merge_types (used, seats, types, error)
      || !ttecomm_usage_typed ((TtecommTypedUsage *)(gpointer)types->data, types->len, &status,
                               &limited, error))
    return FALSE;
  missing = json_object_new ();
  for (guint i = 0; i < types->len; i++)
    {
      const TtecommTypedUsage *type = &g_array_index (types, TtecommTypedUsage, i);

      if (type->missing > 0)
        json_object_set_int_member (missing, type->type, type->missing);
    }
  answer = json_object_new ();
  json_object_set_string_member (answer, "status", ttecomm_usage_status_name (status));
  json_object_set_boolean_member (answer, "limited", limited);
  json_object_set_object_member (answer, "missing", missing);
  *got = vectors_node_object (answer);
  return TRUE;
}

static gboolean
run_change_units (JsonObject *row, JsonNode **got, GError **error)
{
  static const char *const answers[] = {
    "ok",
    "pending_approval",
    "refused:below_minimum_units",
    "refused:above_maximum_units",
    "refused:below_units_in_use",
  };
  g_auto (VectorsCall) call;
  g_autofree char *text = NULL;
  TtecommChange change;
  gint64 current;
  gint64 used;
  gint64 delta;
  gint64 units;

  if (!vectors_call_init (&call, row, error)
      || !vectors_get_int (call.in, "current", &current, error)
      || !vectors_get_int (call.in, "used", &used, error)
      || !vectors_get_int (call.in, "delta", &delta, error))
    return FALSE;
  change = ttecomm_terms_change_units (call.terms, current, used, delta, &units);
  if (change == TTECOMM_CHANGE_OK || change == TTECOMM_CHANGE_PENDING_APPROVAL)
    text = g_strdup_printf ("%s:%" G_GINT64_FORMAT, answers[change], units);
  *got = vectors_node_string (text != NULL ? text : answers[change]);
  return TRUE;
}

static gboolean
run_label (JsonObject *row, JsonNode **got, GError **error)
{
  g_autofree char *label = NULL;
  TtecommState state;
  JsonObject *in;
  const char *name;
  GDate end;

  if (!ttecomm_json_get_object (row, "in", &in, error)
      || !ttecomm_json_get_string (in, "state", VECTORS_MAX_TEXT, &name, error)
      || !vectors_get_optional_date (in, "end", &end, error))
    return FALSE;
  if (!ttecomm_state_from_name (name, &state))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no such state: %s", name);
      return FALSE;
    }
  label = ttecomm_state_label (state, &end);
  *got = vectors_node_string (label);
  return TRUE;
}

static gboolean
run_allowed (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  TtecommState state;
  JsonArray *array;
  const char *role;
  const char *name;
  gboolean is_payer;
  guint allowed = 0;

  if (!vectors_call_init (&call, row, error)
      || !ttecomm_json_get_string (call.in, "role", VECTORS_MAX_TEXT, &role, error)
      || !ttecomm_json_get_string (call.in, "state", VECTORS_MAX_TEXT, &name, error)
      || !ttecomm_json_get_boolean (call.in, "is_payer", &is_payer, error))
    return FALSE;
  if (ttecomm_state_from_name (name, &state))
    allowed = ttecomm_terms_allowed (call.terms, role, state, is_payer);
  array = json_array_new ();
  for (guint i = 0; i < TTECOMM_N_ACTIONS; i++)
    if ((allowed & 1u << i) != 0)
      json_array_add_string_element (array, ttecomm_action_name ((TtecommAction)(1u << i)));
  *got = vectors_node_array (array);
  return TRUE;
}

static gboolean
get_buyer (JsonObject *in, TtecommBuyer *buyer, GError **error)
{
  return ttecomm_json_get_string (in, "role", VECTORS_MAX_TEXT, &buyer->role, error)
         && ttecomm_json_get_optional_string (in, "prosoft", VECTORS_MAX_TEXT, &buyer->prosoft,
                                              error)
         && ttecomm_json_get_boolean (in, "cloud", &buyer->cloud, error)
         && ttecomm_json_get_boolean (in, "verified_card", &buyer->verified_card, error)
         && ttecomm_json_get_boolean (in, "has_active", &buyer->has_active, error)
         && ttecomm_json_get_boolean (in, "account_complete", &buyer->account_complete, error);
}

static gboolean
run_blockers (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  TtecommBuyer buyer;
  JsonArray *array;
  guint blockers;

  if (!vectors_call_init (&call, row, error) || !get_buyer (call.in, &buyer, error))
    return FALSE;
  blockers = ttecomm_terms_blockers (call.terms, &buyer);
  array = json_array_new ();
  for (guint i = 0; i < TTECOMM_N_BLOCKERS; i++)
    if ((blockers & 1u << i) != 0)
      json_array_add_string_element (array, ttecomm_blocker_name ((TtecommBlocker)(1u << i)));
  *got = vectors_node_array (array);
  return TRUE;
}

static gboolean
run_card_ok_on (JsonObject *row, JsonNode **got, GError **error)
{
  JsonObject *in;
  const char *card;
  gboolean ok;
  GDate day;

  if (!ttecomm_json_get_object (row, "in", &in, error)
      || !ttecomm_json_get_string (in, "card", VECTORS_MAX_TEXT, &card, error)
      || !vectors_get_date (in, "day", &day, error) || !ttecomm_card_ok_on (card, &day, &ok, error))
    return FALSE;
  *got = vectors_node_boolean (ok);
  return TRUE;
}

static TtecommTaxTable *
load_tax_table (GError **error)
{
  g_autoptr (GBytes) bytes = ttecomm_resources_lookup ("tax.json", error);
  g_autoptr (JsonObject) object = NULL;
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  object = ttecomm_json_parse_object (data, size, MAX_RESOURCE, error);
  return object != NULL ? ttecomm_tax_table_new_from_json (object, error) : NULL;
}

static gboolean
run_tax_id_needed (JsonObject *row, JsonNode **got, GError **error)
{
  g_autoptr (TtecommTaxTable) table = load_tax_table (error);
  JsonObject *in;
  const char *country;

  if (table == NULL || !ttecomm_json_get_object (row, "in", &in, error)
      || !ttecomm_json_get_string (in, "country", VECTORS_MAX_TEXT, &country, error))
    return FALSE;
  *got = vectors_node_string (ttecomm_tax_id_name (ttecomm_tax_id_needed (table, country)));
  return TRUE;
}

static gboolean
run_payment_methods (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  g_auto (GStrv) methods = NULL;
  JsonArray *array;
  GDate since;
  gint64 cents;

  if (!vectors_call_init (&call, row, error) || !vectors_get_int (call.in, "cents", &cents, error)
      || !vectors_get_optional_date (call.in, "customer_since", &since, error))
    return FALSE;
  methods
      = ttecomm_terms_payment_methods (call.terms, cents, g_date_valid (&since) ? &since : NULL);
  array = json_array_new ();
  for (guint i = 0; methods[i] != NULL; i++)
    json_array_add_string_element (array, methods[i]);
  *got = vectors_node_array (array);
  return TRUE;
}

const VectorEntry vectors_terms[] = {
  { "seats_for", run_seats_for },
  { "quote", run_quote },
  { "prorated", run_prorated },
  { "usage", run_usage },
  { "usage_typed", run_usage_typed },
  { "change_units", run_change_units },
  { "label", run_label },
  { "allowed", run_allowed },
  { "blockers", run_blockers },
  { "card_ok_on", run_card_ok_on },
  { "tax_id_needed", run_tax_id_needed },
  { "payment_methods", run_payment_methods },
  { NULL, NULL },
};
