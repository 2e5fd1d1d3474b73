/* SPDX-License-Identifier: MIT */
#include "plugin/terms/terms.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "base/version.h"
#include "plugin/terms/member.h"

#define SCHEMA 1
#define MAX_DAYS TTECOMM_MEMBER_MAX_DAYS
#define MAX_TEXT TTECOMM_MEMBER_MAX_TEXT

static void
period_free (TtecommPeriod *period)
{
  g_free (period->id);
  g_free (period);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPeriod, period_free)

static gboolean
parse_identity (TtecommTerms *terms, JsonObject *root, GError **error)
{
  gint64 schema;
  gint64 grace;

  if (!ttecomm_json_get_int (root, "schema", 0, G_MAXINT32, &schema, error))
    return FALSE;
  if (schema != SCHEMA)
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_UNSUPPORTED, "schema", "must be 1");
  if (!ttecomm_member_get_text (root, "id", &terms->id, error)
      || !ttecomm_member_get_text (root, "currency", &terms->currency, error)
      || !ttecomm_member_get_text (root, "tz", &terms->tz, error)
      || !ttecomm_json_get_int (root, "grace_days", 0, MAX_DAYS, &grace, error))
    return FALSE;
  /* Nobody gives service for nothing (S50): rather refused than half done. */
  if (grace != 0)
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_UNSUPPORTED, "grace_days",
                                  "must be 0");
  return TRUE;
}

static gboolean
parse_unit (TtecommTerms *terms, JsonObject *unit, GError **error)
{
  if (!ttecomm_member_get_text (unit, "kind", &terms->unit_kind, error)
      || !ttecomm_member_get_text (unit, "scope", &terms->unit_scope, error)
      || !ttecomm_json_get_int (unit, "min", 1, TTECOMM_TERMS_MAX_UNITS, &terms->unit_min, error)
      || !ttecomm_json_get_optional_int (unit, "max", terms->unit_min, TTECOMM_TERMS_MAX_UNITS, -1,
                                         &terms->unit_max, error))
    return FALSE;
  return ttecomm_json_get_int (unit, "per_seat", 1, TTECOMM_TERMS_MAX_UNITS, &terms->unit_per_seat,
                               error)
         && ttecomm_json_get_boolean (unit, "typed", &terms->unit_typed, error);
}

static gboolean
parse_alignment (TtecommTerms *terms, JsonObject *alignment, GError **error)
{
  static const char *const words[] = { "end_of_month", "anniversary", "evergreen", NULL };
  guint mode;

  if (!ttecomm_member_get_word (alignment, "mode", words, &mode, error))
    return FALSE;
  terms->alignment = (TtecommAlignment)mode;
  return TRUE;
}

static gboolean
parse_period_months (TtecommPeriod *period, JsonObject *object, GError **error)
{
  if (!json_object_has_member (object, "months"))
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "months",
                                  "is missing (null says: free within months_min and months_max)");
  if (!json_object_get_null_member (object, "months"))
    return ttecomm_json_get_int (object, "months", 1, TTECOMM_TERMS_MAX_MONTHS, &period->months,
                                 error);
  return ttecomm_json_get_int (object, "months_min", 1, TTECOMM_TERMS_MAX_MONTHS,
                               &period->months_min, error)
         && ttecomm_json_get_int (object, "months_max", period->months_min,
                                  TTECOMM_TERMS_MAX_MONTHS, &period->months_max, error)
         && ttecomm_json_get_int (object, "months_default", period->months_min, period->months_max,
                                  &period->months_default, error);
}

static gboolean
parse_period (TtecommTerms *terms, JsonObject *object, GError **error)
{
  g_autoptr (TtecommPeriod) period = g_new0 (TtecommPeriod, 1);

  if (!ttecomm_member_get_text (object, "id", &period->id, error)
      || !ttecomm_json_get_int (object, "discount_bp", 0, 10000, &period->discount_bp, error)
      || !parse_period_months (period, object, error))
    return FALSE;
  if (ttecomm_terms_find_period (terms, period->id) != NULL)
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "id", "occurs twice");
  g_ptr_array_add (terms->periods, g_steal_pointer (&period));
  return TRUE;
}

static gboolean
parse_periods (TtecommTerms *terms, JsonObject *root, GError **error)
{
  JsonArray *array;

  if (!ttecomm_json_get_array (root, "periods", TTECOMM_TERMS_MAX_PERIODS, &array, error))
    return FALSE;
  if (json_array_get_length (array) == 0)
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "periods", "is empty");
  terms->periods = g_ptr_array_new_with_free_func ((GDestroyNotify)period_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object;

      if (!ttecomm_json_array_get_object (array, i, &object, error)
          || !parse_period (terms, object, error))
        {
          g_prefix_error (error, "periods[%u]: ", i);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
parse_start (TtecommTerms *terms, JsonObject *start, GError **error)
{
  return ttecomm_json_get_int (start, "past_days", 0, MAX_DAYS, &terms->start_past_days, error)
         && ttecomm_json_get_int (start, "future_days", 0, MAX_DAYS, &terms->start_future_days,
                                  error);
}

/* "12m", or "period" (0). */
static gboolean
parse_list_per (TtecommTerms *terms, JsonObject *price, GError **error)
{
  g_autofree char *digits = NULL;
  const char *text;
  guint64 months;

  if (!ttecomm_json_get_string (price, "list_per", MAX_TEXT, &text, error))
    return FALSE;
  if (g_str_equal (text, "period"))
    return TRUE;
  if (!g_str_has_suffix (text, "m"))
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "list_per",
                                  "must be \"period\" or months as in \"12m\"");
  digits = g_strndup (text, strlen (text) - 1);
  if (!g_ascii_string_to_unsigned (digits, 10, 1, TTECOMM_TERMS_MAX_MONTHS, &months, NULL))
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "list_per",
                                  "must be \"period\" or months as in \"12m\"");
  terms->price_list_months = (gint64)months;
  return TRUE;
}

static gboolean
parse_price (TtecommTerms *terms, JsonObject *price, GError **error)
{
  static const char *const stacks[] = { "multiply", "add", NULL };
  static const char *const rounds[] = { "half_up", NULL };
  guint stack;
  guint rounding;

  if (!parse_list_per (terms, price, error)
      || !ttecomm_member_get_word (price, "stack", stacks, &stack, error)
      || !ttecomm_member_get_word (price, "round", rounds, &rounding, error)
      || !ttecomm_json_get_optional_boolean (price, "final", TRUE, &terms->price_final, error))
    return FALSE;
  terms->price_stack = (TtecommStack)stack;
  return TRUE;
}

static gboolean
parse_proration (TtecommTerms *terms, JsonObject *proration, GError **error)
{
  static const char *const words[] = { "none", "by_day", NULL };
  guint mode;

  if (!ttecomm_member_get_word (proration, "mode", words, &mode, error))
    return FALSE;
  terms->proration = (TtecommProration)mode;
  return TRUE;
}

/* A charge must fall inside the term it follows, or a purchase would be charged twice at once. */
static gboolean
lead_is_shorter_than (TtecommOffset lead, gint64 months)
{
  const gint64 shortest_month = 28;

  switch (lead.unit)
    {
    case TTECOMM_OFFSET_MONTHS:
      return lead.count < months;
    case TTECOMM_OFFSET_DAYS:
      return lead.count < months * shortest_month;
    case TTECOMM_OFFSET_NONE:
    default:
      return FALSE;
    }
}

static gboolean
parse_renewal (TtecommTerms *terms, JsonObject *renewal, GError **error)
{
  if (!ttecomm_json_get_boolean (renewal, "auto", &terms->renewal_auto, error)
      || !ttecomm_member_get_offset (renewal, "charge_lead", &terms->charge_lead, error))
    return FALSE;
  for (guint i = 0; terms->renewal_auto && i < terms->periods->len; i++)
    {
      const TtecommPeriod *period = g_ptr_array_index (terms->periods, i);
      gint64 months = period->months != 0 ? period->months : period->months_min;

      if (!lead_is_shorter_than (terms->charge_lead, months))
        return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "charge_lead",
                                      "must be given and shorter than every period");
    }
  return TRUE;
}

static gboolean
parse_reminders (TtecommTerms *terms, JsonObject *root, GError **error)
{
  JsonArray *array;

  if (!ttecomm_json_get_array (root, "reminders", TTECOMM_TERMS_MAX_REMINDERS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      TtecommReminder *reminder = &terms->reminders[i];
      JsonObject *object;

      if (!ttecomm_json_array_get_object (array, i, &object, error)
          || !ttecomm_member_get_offset (object, "before", &reminder->before, error)
          || !ttecomm_member_get_text (object, "to", &reminder->to, error))
        {
          g_prefix_error (error, "reminders[%u]: ", i);
          return FALSE;
        }
      terms->n_reminders = i + 1;
      if (reminder->before.unit == TTECOMM_OFFSET_NONE)
        return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "before",
                                      "is missing in a reminder");
    }
  return TRUE;
}

static gboolean
parse_cancel (TtecommTerms *terms, JsonObject *cancel, GError **error)
{
  return ttecomm_member_get_text (cancel, "effect", &terms->cancel_effect, error)
         && ttecomm_member_get_offset (cancel, "notice", &terms->cancel_notice, error)
         && ttecomm_json_get_boolean (cancel, "refund", &terms->cancel_refund, error)
         && ttecomm_json_get_boolean (cancel, "self_service", &terms->cancel_self_service, error);
}

static gboolean
parse_removal (TtecommTerms *terms, JsonObject *root, GError **error)
{
  JsonObject *removal;

  if (!ttecomm_json_get_optional_object (root, "seat_removal", &removal, error))
    return FALSE;
  if (removal == NULL)
    return TRUE;
  if (!ttecomm_member_get_text (removal, "effect", &terms->removal_effect, error)
      || !ttecomm_member_get_offset (removal, "freeze", &terms->removal_freeze, error))
    {
      g_prefix_error (error, "seat_removal: ");
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_approval (TtecommTerms *terms, JsonObject *root, GError **error)
{
  static const char *const words[]
      = { "create", "units", "licence", "renew", "cancel", "interval", "remove", NULL };
  g_auto (GStrv) names = NULL;

  if (!ttecomm_member_get_texts (root, "approval", &names, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint bit = 0;

      while (words[bit] != NULL && !g_str_equal (words[bit], names[i]))
        bit++;
      if (words[bit] == NULL)
        return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_UNSUPPORTED, "approval",
                                      "names an operation unknown here");
      terms->approval |= 1u << bit;
    }
  return TRUE;
}

static gboolean
parse_payer (TtecommTerms *terms, JsonObject *payer, GError **error)
{
  return ttecomm_member_get_text (payer, "scope", &terms->payer_scope, error)
         && ttecomm_member_get_text (payer, "change", &terms->payer_change, error)
         && ttecomm_member_get_texts (payer, "who", &terms->payer_who, error);
}

static gboolean
parse_usage (TtecommTerms *terms, JsonObject *usage, GError **error)
{
  static const char *const words[] = { "none", "flag", "auto_add", "limit_when_zero", NULL };
  guint over;

  if (!ttecomm_member_get_word (usage, "over", words, &over, error))
    return FALSE;
  terms->usage_over = (TtecommOver)over;
  return TRUE;
}

/* Quarterly invoices (S62) are off: a quarterly charge would come before its reminder (C17). */
static gboolean
parse_invoice (TtecommTerms *terms, JsonObject *invoice, GError **error)
{
  static const char *const groups[] = { "payer_month", "account", "subscription", NULL };
  guint group;

  if (!ttecomm_member_get_word (invoice, "group", groups, &group, error)
      || !ttecomm_member_get_text (invoice, "po", &terms->invoice_po, error)
      || !ttecomm_json_get_optional_int (invoice, "within_minutes", 0, G_MAXINT32, -1,
                                         &terms->invoice_within_minutes, error))
    return FALSE;
  terms->invoice_group = (TtecommInvoiceGroup)group;
  return TRUE;
}

static gboolean
parse_payment (TtecommTerms *terms, JsonObject *payment, GError **error)
{
  const char *before;

  if (!ttecomm_member_get_texts (payment, "cards", &terms->cards, error)
      || !ttecomm_json_get_int (payment, "verify_cents", 0, TTECOMM_TERMS_MAX_CENTS,
                                &terms->verify_cents, error)
      || !ttecomm_json_get_optional_int (payment, "other_from_cents", 0, TTECOMM_TERMS_MAX_CENTS,
                                         -1, &terms->other_from_cents, error)
      || !ttecomm_json_get_optional_string (payment, "other_grandfathered_before", MAX_TEXT,
                                            &before, error))
    return FALSE;
  g_date_clear (&terms->other_grandfathered_before, 1);
  if (before != NULL && !ttecomm_date_parse (before, &terms->other_grandfathered_before, error))
    {
      g_prefix_error (error, "member \"other_grandfathered_before\": ");
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_requires (TtecommTerms *terms, JsonObject *requires, GError **error)
{
  if (!ttecomm_json_get_optional_boolean (requires, "cloud", FALSE, &terms->requires_cloud, error)
      || !ttecomm_member_get_optional_text (requires, "prosoft_min", &terms->requires_prosoft,
                                            error)
      || !ttecomm_member_get_optional_text (requires, "role", &terms->requires_role, error))
    return FALSE;
  /* An unreadable minimum would let every version through. */
  if (terms->requires_prosoft != NULL && !ttecomm_version_is_valid (terms->requires_prosoft))
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, "prosoft_min",
                                  "is no version");
  return TRUE;
}

typedef gboolean (*ParseFunc) (TtecommTerms *terms, JsonObject *object, GError **error);

/* Every member; a NULL name hands the whole object over. In this order: renewal needs periods. */
static const struct
{
  const char *name;
  ParseFunc parse;
} members[] = {
  { NULL, parse_identity },         { "unit", parse_unit },
  { "alignment", parse_alignment }, { NULL, parse_periods },
  { "start", parse_start },         { "price", parse_price },
  { "proration", parse_proration }, { "renewal", parse_renewal },
  { NULL, parse_reminders },        { "cancel", parse_cancel },
  { NULL, parse_removal },          { NULL, parse_approval },
  { "payer", parse_payer },         { "usage", parse_usage },
  { "invoice", parse_invoice },     { "payment", parse_payment },
  { "requires", parse_requires },
};

static gboolean
parse_member (TtecommTerms *terms, JsonObject *root, gsize index, GError **error)
{
  const char *name = members[index].name;
  JsonObject *object = root;

  if (name != NULL && !ttecomm_json_get_object (root, name, &object, error))
    return FALSE;
  if (members[index].parse (terms, object, error))
    return TRUE;
  if (name != NULL)
    g_prefix_error (error, "%s: ", name);
  return FALSE;
}

TtecommTerms *
ttecomm_terms_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommTerms) terms = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  terms = g_atomic_rc_box_new0 (TtecommTerms);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!parse_member (terms, object, i, error))
      {
        g_prefix_error (error, "terms of sale: ");
        return NULL;
      }
  return g_steal_pointer (&terms);
}
