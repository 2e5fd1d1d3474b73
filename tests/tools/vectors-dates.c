/* SPDX-License-Identifier: MIT */
/* The dates of the terms of sale, row by row. */
#include "base/json.h"
#include "plugin/terms/dates.h"
#include "tests/tools/vectors-call.h"
#include "tests/support/zone.h"

static gboolean
run_civil_today (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) instant = NULL;
  const char *text;
  GDate date;

  if (!vectors_call_init (&call, row, error)
      || !ttecomm_json_get_string (call.in, "instant", VECTORS_MAX_TEXT, &text, error))
    return FALSE;
  zone = test_zone_new (call.terms->tz);
  instant = g_date_time_new_from_iso8601 (text, NULL);
  if (zone == NULL || instant == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "no such time zone (%s) or instant (%s)", call.terms->tz, text);
      return FALSE;
    }
  if (!ttecomm_terms_civil_today (zone, g_date_time_to_unix (instant), &date, error))
    return FALSE;
  *got = vectors_node_date (&date);
  return TRUE;
}

typedef gboolean (*NthDate) (const TtecommTerms *terms,
                             const TtecommTermChoice *choice,
                             const GDate *start,
                             gint64 n,
                             GDate *out,
                             GError **error);

static gboolean
run_nth_date (JsonObject *row, NthDate nth_date, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  TtecommTermChoice choice;
  GDate start;
  GDate date;
  gint64 n;

  if (!vectors_call_init (&call, row, error) || !vectors_get_choice (call.in, &choice, error)
      || !vectors_get_date (call.in, "start", &start, error)
      || !vectors_get_int (call.in, "n", &n, error)
      || !nth_date (call.terms, &choice, &start, n, &date, error))
    return FALSE;
  *got = vectors_node_date (&date);
  return TRUE;
}

static gboolean
run_end_date (JsonObject *row, JsonNode **got, GError **error)
{
  return run_nth_date (row, ttecomm_terms_end_date, got, error);
}

static gboolean
run_period_start (JsonObject *row, JsonNode **got, GError **error)
{
  return run_nth_date (row, ttecomm_terms_period_start, got, error);
}

static gboolean
run_charge_date (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  GDate end;
  GDate today;
  GDate date;

  if (!vectors_call_init (&call, row, error) || !vectors_get_date (call.in, "end", &end, error)
      || !vectors_get_optional_date (call.in, "today", &today, error)
      || !ttecomm_terms_charge_date (call.terms, &end, g_date_valid (&today) ? &today : NULL, &date,
                                     error))
    return FALSE;
  *got = vectors_node_date (&date);
  return TRUE;
}

static gboolean
run_renewal_date (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  GDate end;

  if (!vectors_call_init (&call, row, error) || !vectors_get_date (call.in, "end", &end, error)
      || !ttecomm_terms_renewal_date (&end, &end, error))
    return FALSE;
  *got = vectors_node_date (&end);
  return TRUE;
}

static gboolean
run_reminder_dates (JsonObject *row, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  JsonArray *array;
  GDate dates[TTECOMM_TERMS_MAX_REMINDERS];
  GDate end;

  if (!vectors_call_init (&call, row, error) || !vectors_get_date (call.in, "end", &end, error)
      || !ttecomm_terms_reminder_dates (call.terms, &end, dates, error))
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < call.terms->n_reminders; i++)
    json_array_add_element (array, vectors_node_date (&dates[i]));
  *got = vectors_node_array (array);
  return TRUE;
}

typedef gboolean (*DateOfEnd) (const TtecommTerms *terms,
                               const GDate *end,
                               GDate *out,
                               GError **error);

static gboolean
run_date_of_end (JsonObject *row, DateOfEnd date_of_end, JsonNode **got, GError **error)
{
  g_auto (VectorsCall) call;
  GDate end;
  GDate date;

  if (!vectors_call_init (&call, row, error) || !vectors_get_date (call.in, "end", &end, error)
      || !date_of_end (call.terms, &end, &date, error))
    return FALSE;
  *got = vectors_node_date (&date);
  return TRUE;
}

static gboolean
run_last_cancel_date (JsonObject *row, JsonNode **got, GError **error)
{
  return run_date_of_end (row, ttecomm_terms_last_cancel_date, got, error);
}

static gboolean
run_freeze_start (JsonObject *row, JsonNode **got, GError **error)
{
  return run_date_of_end (row, ttecomm_terms_freeze_start, got, error);
}

static gboolean
run_validate_start (JsonObject *row, JsonNode **got, GError **error)
{
  static const char *const answers[]
      = { "ok", "ok:scheduled", "refused:start_too_early", "refused:start_too_late" };
  g_auto (VectorsCall) call;
  GDate today;
  GDate start;

  if (!vectors_call_init (&call, row, error) || !vectors_get_date (call.in, "today", &today, error)
      || !vectors_get_date (call.in, "start", &start, error))
    return FALSE;
  *got = vectors_node_string (answers[ttecomm_terms_validate_start (call.terms, &today, &start)]);
  return TRUE;
}

const VectorEntry vectors_dates[] = {
  { "civil_today", run_civil_today },           { "end_date", run_end_date },
  { "period_start", run_period_start },         { "charge_date", run_charge_date },
  { "renewal_date", run_renewal_date },         { "reminder_dates", run_reminder_dates },
  { "last_cancel_date", run_last_cancel_date }, { "freeze_start", run_freeze_start },
  { "validate_start", run_validate_start },     { NULL, NULL },
};
