/* SPDX-License-Identifier: MIT */
#include "tests/tools/vectors.h"

#include "base/json.h"
#include "plugin/gate/decision.h"

#define MAX_TEXT 256
/* Whole numbers that cannot overflow in what is computed with them. */
#define MIN_INT (-(G_GINT64_CONSTANT (1) << 53))
#define MAX_INT (G_GINT64_CONSTANT (1) << 53)

/* What a row gives, kept alive while it runs: the texts are borrowed from the row. */
typedef struct
{
  TtecommGateInputs inputs;
  TtecommGateFacts answer;
  TtecommGateFacts cache;
} Row;

/* A word that is not one of the closed list makes the row itself wrong. */
static gboolean
unknown_word (const char *member, const char *word, GError **error)
{
  g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, "%s \"%s\" is unknown", member,
               word);
  return FALSE;
}

static gboolean
read_facts (JsonObject *object, TtecommGateFacts *facts, GError **error)
{
  const char *state;
  const char *role;

  if (!ttecomm_json_get_int (object, "iat", MIN_INT, MAX_INT, &facts->iat, error)
      || !ttecomm_json_get_int (object, "exp", MIN_INT, MAX_INT, &facts->exp, error)
      || !ttecomm_json_get_int (object, "until_ts", MIN_INT, MAX_INT, &facts->until_ts, error)
      || !ttecomm_json_get_boolean (object, "flag", &facts->flag, error)
      || !ttecomm_json_get_boolean (object, "renew", &facts->renew, error)
      || !ttecomm_json_get_string (object, "state", MAX_TEXT, &state, error)
      || !ttecomm_json_get_string (object, "role", MAX_TEXT, &role, error)
      || !ttecomm_json_get_boolean (object, "si_access", &facts->si_access, error)
      || !ttecomm_json_get_boolean (object, "connected", &facts->connected, error)
      || !ttecomm_json_get_string (object, "min_prosoft", MAX_TEXT, &facts->min_prosoft, error))
    return FALSE;
  if (!ttecomm_service_state_from_string (state, &facts->state))
    return unknown_word ("state", state, error);
  return ttecomm_statement_role_from_string (role, &facts->role)
         || unknown_word ("role", role, error);
}

static gboolean
read_now (JsonObject *in, TtecommGateInputs *inputs, GError **error)
{
  JsonObject *now;

  if (!ttecomm_json_get_object (in, "now", &now, error)
      || !ttecomm_json_get_optional_int (now, "wall", MIN_INT, MAX_INT, 0, &inputs->wall, error)
      || !ttecomm_json_get_optional_string (now, "boot_id", MAX_TEXT, &inputs->boot_id, error)
      || !ttecomm_json_get_optional_int (now, "boottime", MIN_INT, MAX_INT, -1, &inputs->boottime,
                                         error))
    return FALSE;
  inputs->has_wall
      = json_object_has_member (now, "wall") && !json_object_get_null_member (now, "wall");
  return TRUE;
}

static gboolean
read_answer (JsonObject *in, Row *row, GError **error)
{
  JsonObject *answer;
  JsonObject *statement;

  if (!ttecomm_json_get_optional_object (in, "answer", &answer, error))
    return FALSE;
  if (answer == NULL)
    return TRUE;
  row->inputs.answer = &row->answer;
  return ttecomm_json_get_object (answer, "statement", &statement, error)
         && ttecomm_json_get_int (answer, "age", MIN_INT, MAX_INT, &row->inputs.answer_age, error)
         && read_facts (statement, &row->answer, error);
}

static gboolean
read_cache (JsonObject *in, Row *row, GError **error)
{
  TtecommGateInputs *inputs = &row->inputs;
  JsonObject *cache;
  JsonObject *statement;

  if (!ttecomm_json_get_optional_object (in, "cache", &cache, error))
    return FALSE;
  if (cache == NULL)
    return TRUE;
  inputs->cache = &row->cache;
  return ttecomm_json_get_object (cache, "statement", &statement, error)
         && read_facts (statement, &row->cache, error)
         && ttecomm_json_get_optional_string (cache, "boot_id", MAX_TEXT, &inputs->cache_boot_id,
                                              error)
         && ttecomm_json_get_optional_int (cache, "boottime", MIN_INT, MAX_INT, -1,
                                           &inputs->cache_boottime, error)
         && ttecomm_json_get_optional_int (cache, "high_water", MIN_INT, MAX_INT, row->cache.iat,
                                           &inputs->high_water, error);
}

static gboolean
read_row (JsonObject *in, Row *row, GError **error)
{
  TtecommGateInputs *inputs = &row->inputs;
  const char *cause;

  if (!ttecomm_json_get_boolean (in, "cancelled", &inputs->cancelled, error)
      || !ttecomm_json_get_boolean (in, "signed_in", &inputs->signed_in, error)
      || !ttecomm_json_get_string (in, "prosoft", MAX_TEXT, &inputs->prosoft, error)
      || !ttecomm_json_get_optional_string (in, "cause", MAX_TEXT, &cause, error)
      || !read_now (in, inputs, error) || !read_answer (in, row, error)
      || !read_cache (in, row, error))
    return FALSE;
  return ttecomm_gate_cause_from_string (cause, &inputs->cause)
         || unknown_word ("cause", cause, error);
}

static void
set_word (JsonObject *object, const char *name, const char *word)
{
  if (word != NULL)
    json_object_set_string_member (object, name, word);
  else
    json_object_set_null_member (object, name);
}

static gboolean
run_gate (JsonObject *row_object, JsonNode **got, GError **error)
{
  Row row = { 0 };
  JsonObject *in;
  JsonObject *out;
  TtecommGateDecision decision;

  if (!ttecomm_json_get_object (row_object, "in", &in, error) || !read_row (in, &row, error))
    return FALSE;
  decision = ttecomm_gate_decide (&row.inputs);
  out = json_object_new ();
  set_word (out, "outcome", ttecomm_gate_outcome_to_string (decision.outcome));
  set_word (out, "code", ttecomm_gate_code_to_string (decision.code));
  set_word (out, "cause", ttecomm_gate_cause_to_string (decision.cause));
  set_word (out, "was", ttecomm_gate_code_to_string (decision.was));
  *got = vectors_node_object (out);
  return TRUE;
}

const VectorEntry vectors_gate[] = {
  { "gate", run_gate },
  { NULL, NULL },
};
