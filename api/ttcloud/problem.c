/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/problem.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "base/json.h"

#include <string.h>

#define PREFIX "urn:ttecomm:problem:"
#define MAX_TEXT 1000

typedef struct
{
  const char *name;
  guint status;
} Row;

/* In the order of TtecommProblemName. */
static const Row rows[] = {
  { "not_signed_in", 401 },      { "role", 403 },
  { "not_found", 404 },          { "invalid", 400 },
  { "not_connected", 409 },      { "prosoft_too_old", 409 },
  { "account_incomplete", 409 }, { "card_not_verified", 409 },
  { "already_subscribed", 409 }, { "quote_changed", 409 },
  { "quote_expired", 409 },      { "idempotency_conflict", 409 },
  { "conflict", 409 },           { "too_many", 429 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rows) == TTECOMM_PROBLEM_TOO_MANY + 1);

const char *
ttecomm_problem_name_to_string (TtecommProblemName name)
{
  g_return_val_if_fail ((gsize)name < G_N_ELEMENTS (rows), NULL);

  return rows[name].name;
}

static const Row *
find_row (const char *type)
{
  if (!g_str_has_prefix (type, PREFIX))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, type + strlen (PREFIX)) == 0)
      return &rows[i];
  return NULL;
}

static gboolean
read_name (JsonObject *object, guint status, TtecommProblem *self, GError **error)
{
  const char *type = NULL;
  const Row *row;
  gint64 stated = 0;

  if (!ttecomm_json_get_string (object, "type", TTECOMM_NAME_MAX, &type, error)
      || !ttecomm_json_get_int (object, "status", 100, 599, &stated, error))
    return FALSE;
  row = find_row (type);
  if (row == NULL || row->status != status || stated != (gint64)status)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "member \"type\" is none of TTcloud's problems for status %u", status);
      return FALSE;
    }
  self->name = (TtecommProblemName)(row - rows);
  self->status = status;
  return TRUE;
}

TtecommProblem *
ttecomm_problem_from_json (JsonObject *object, guint status, GError **error)
{
  g_autoptr (TtecommProblem) self = g_new0 (TtecommProblem, 1);
  guint blockers = 0;

  if (!read_name (object, status, self, error)
      || !ttecomm_field_text (object, "title", MAX_TEXT, &self->title, error)
      || !ttecomm_field_optional_text (object, "detail", MAX_TEXT, &self->detail, error)
      || !ttecomm_field_optional_set (object, "blockers", ttecomm_blocker_names, &blockers, error))
    return NULL;
  self->blockers = (TtecommBlockers)blockers;
  return g_steal_pointer (&self);
}

TtecommProblem *
ttecomm_problem_copy (const TtecommProblem *self)
{
  TtecommProblem *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (TtecommProblem, 1);
  copy->name = self->name;
  copy->status = self->status;
  copy->title = g_strdup (self->title);
  copy->detail = g_strdup (self->detail);
  copy->blockers = self->blockers;
  return copy;
}

void
ttecomm_problem_free (TtecommProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}
