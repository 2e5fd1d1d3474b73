/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/quote-line.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "base/json.h"

#define MAX_LINES 500
#define MAX_FREE_DAYS 31

static void
clear (gpointer data)
{
  TtecommQuoteLine *self = data;

  g_free (self->installation);
  g_free (self->installation_name);
  g_free (self->service);
  g_free (self->order_reference);
  g_free (self->name);
  g_free (self->period);
  g_clear_pointer (&self->next_charge, ttecomm_charge_unref);
}

static gboolean
read_what (JsonObject *object, TtecommQuoteLine *self, GError **error)
{
  int action = 0;

  if (!ttecomm_field_enum (object, "action", ttecomm_quote_action_names, &action, error)
      || !ttecomm_field_id (object, "installation", &self->installation, error)
      || !ttecomm_field_text (object, "installation_name", TTECOMM_NAME_MAX,
                              &self->installation_name, error)
      || !ttecomm_field_service (object, "service", &self->service, error)
      || !ttecomm_field_order_reference (object, "order_reference", &self->order_reference, error)
      || !ttecomm_field_text (object, "name", TTECOMM_NAME_MAX, &self->name, error)
      || !ttecomm_field_optional_text (object, "period", TTECOMM_ID_MAX, &self->period, error))
    return FALSE;
  self->action = (TtecommQuoteAction)action;
  return TRUE;
}

static gboolean
read_when_and_how_much (JsonObject *object, TtecommQuoteLine *self, GError **error)
{
  gpointer charge = NULL;
  gint64 free_days = 0;

  if (!ttecomm_field_optional_date (object, "start", &self->start, error)
      || !ttecomm_field_optional_date (object, "end", &self->end, error)
      || !ttecomm_json_get_optional_int (object, "free_days", 0, MAX_FREE_DAYS, 0, &free_days,
                                         error)
      || !ttecomm_field_cents (object, "net_cents", &self->net_cents, error)
      || !ttecomm_field_optional_object (object, "next_charge",
                                         (TtecommFieldParse)ttecomm_charge_from_json, &charge,
                                         error))
    return FALSE;
  self->free_days = (guint)free_days;
  self->next_charge = charge;
  return TRUE;
}

static gboolean
read_after (JsonObject *object, TtecommQuoteLine *self, GError **error)
{
  JsonObject *label = NULL;
  guint blockers = 0;
  int state = 0;

  if (!ttecomm_json_get_object (object, "label_after", &label, error))
    return FALSE;
  if (!ttecomm_field_enum (label, "state", ttecomm_cloud_state_names, &state, error)
      || !ttecomm_field_optional_date (label, "date", &self->label_date, error))
    {
      g_prefix_error (error, "member \"label_after\": ");
      return FALSE;
    }
  if (!ttecomm_field_set (object, "blockers", ttecomm_blocker_names, &blockers, error))
    return FALSE;
  self->label_state = (TtecommCloudState)state;
  self->blockers = (TtecommBlockers)blockers;
  return TRUE;
}

TtecommQuoteLine *
ttecomm_quote_line_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommQuoteLine) self = g_atomic_rc_box_new0 (TtecommQuoteLine);

  if (!read_what (object, self, error) || !read_when_and_how_much (object, self, error)
      || !read_after (object, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommQuoteLine *
ttecomm_quote_line_ref (TtecommQuoteLine *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_quote_line_unref (TtecommQuoteLine *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

GPtrArray *
ttecomm_quote_lines_from_json (JsonObject *object, const char *name, GError **error)
{
  GPtrArray *lines = NULL;

  if (!ttecomm_field_list (object, name, 1, MAX_LINES,
                           (TtecommFieldParse)ttecomm_quote_line_from_json,
                           (GDestroyNotify)ttecomm_quote_line_unref, &lines, error))
    return NULL;
  return lines;
}
