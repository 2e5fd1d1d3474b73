/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "resources/resources.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"

static void
test_reads_every_field (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm-long");
  const TtecommPeriod *period = ttecomm_terms_find_period (terms, "3y");

  g_assert_cmpstr (terms->id, ==, "ttecomm-long");
  g_assert_cmpstr (terms->currency, ==, "EUR");
  g_assert_cmpstr (terms->tz, ==, "Europe/Brussels");
  g_assert_cmpint (terms->unit_max, ==, 1);
  g_assert_cmpint (terms->alignment, ==, TTECOMM_ALIGNMENT_END_OF_MONTH);
  g_assert_nonnull (period);
  g_assert_cmpint (period->months, ==, 36);
  g_assert_cmpint (period->discount_bp, ==, 1000);
  g_assert_cmpint (terms->price_list_months, ==, 12);
  g_assert_true (terms->price_final);
  g_assert_true (terms->renewal_auto);
  g_assert_cmpint (terms->charge_lead.unit, ==, TTECOMM_OFFSET_MONTHS);
  g_assert_cmpint (terms->charge_lead.count, ==, 1);
  g_assert_cmpuint (terms->n_reminders, ==, 1);
  g_assert_cmpint (terms->cancel_notice.unit, ==, TTECOMM_OFFSET_NONE);
  g_assert_true (terms->cancel_self_service);
  g_assert_false (terms->cancel_refund);
  g_assert_cmpint (terms->proration, ==, TTECOMM_PRORATION_NONE);
  g_assert_null (terms->removal_effect);
  g_assert_cmpuint (terms->approval, ==, 0);
  g_assert_cmpstr (terms->payer_who[1], ==, "owner");
  g_assert_cmpint (terms->invoice_within_minutes, ==, 60);
  g_assert_cmpint (terms->verify_cents, ==, 1);
  g_assert_cmpint (terms->other_from_cents, ==, -1);
  g_assert_false (g_date_valid (&terms->other_grandfathered_before));
  g_assert_cmpstr (terms->requires_prosoft, ==, "3.7.3");
}

static void
test_reads_dexma (void)
{
  g_autoptr (TtecommTerms) dexma = support_terms ("dexma");
  const TtecommPeriod *custom = ttecomm_terms_find_period (dexma, "custom");

  g_assert_cmpint (custom->months, ==, 0);
  g_assert_cmpint (custom->months_min, ==, 1);
  g_assert_cmpint (custom->months_max, ==, 60);
  g_assert_cmpint (custom->months_default, ==, 12);
  g_assert_cmpint (dexma->unit_min, ==, 20);
  g_assert_false (dexma->renewal_auto);
  g_assert_cmpstr (dexma->payer_who[0], ==, "superadmin");
  g_assert_cmpint (dexma->unit_max, ==, -1);
  g_assert_cmpuint (dexma->approval, ==,
                    TTECOMM_APPROVAL_CREATE | TTECOMM_APPROVAL_UNITS | TTECOMM_APPROVAL_LICENCE
                        | TTECOMM_APPROVAL_RENEW);
}

static void
test_reads_tmas (void)
{
  g_autoptr (TtecommTerms) tmas = support_terms ("tmas");

  g_assert_cmpint (tmas->alignment, ==, TTECOMM_ALIGNMENT_EVERGREEN);
  g_assert_cmpint (tmas->unit_per_seat, ==, 4);
  g_assert_cmpuint (tmas->approval, ==,
                    TTECOMM_APPROVAL_CREATE | TTECOMM_APPROVAL_UNITS | TTECOMM_APPROVAL_CANCEL
                        | TTECOMM_APPROVAL_INTERVAL);
  g_assert_cmpint (tmas->invoice_group, ==, TTECOMM_INVOICE_ACCOUNT);
  g_assert_cmpstr (tmas->payer_who[0], ==, "chain_user_manager");
  g_assert_cmpint (tmas->price_list_months, ==, 0);
  g_assert_false (tmas->price_final);
  g_assert_true (g_date_valid (&tmas->other_grandfathered_before));
}

static void
test_reads_airthings (void)
{
  g_autoptr (TtecommTerms) airthings = support_terms ("airthings");

  g_assert_true (airthings->unit_typed);
  g_assert_true (airthings->renewal_auto);
  g_assert_cmpint (airthings->usage_over, ==, TTECOMM_OVER_LIMIT_WHEN_ZERO);
  g_assert_cmpstr (airthings->invoice_po, ==, "recommended");
  g_assert_false (airthings->cancel_refund);
  g_assert_false (airthings->cancel_self_service);
  g_assert_cmpuint (airthings->approval, ==, TTECOMM_APPROVAL_CANCEL | TTECOMM_APPROVAL_REMOVE);
  g_assert_cmpstr (airthings->removal_effect, ==, "renewal");
  g_assert_cmpint (airthings->removal_freeze.unit, ==, TTECOMM_OFFSET_MONTHS);
  g_assert_cmpint (airthings->removal_freeze.count, ==, 3);
  g_assert_cmpint (airthings->cancel_notice.count, ==, 90);
  g_assert_cmpint (airthings->cancel_notice.unit, ==, TTECOMM_OFFSET_DAYS);
  g_assert_cmpint (airthings->invoice_group, ==, TTECOMM_INVOICE_SUBSCRIPTION);
}

/* What is compiled in is what the vectors prove. */
static void
test_resources_are_proved (void)
{
  static const char *const ids[] = { "ttecomm", "ttecomm-long" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ttecomm_resources_lookup ("terms-of-sale.json", &error);
  g_autoptr (JsonObject) all = NULL;
  gconstpointer data;
  gsize size;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  all = ttecomm_json_parse_object (data, size, 1024 * 1024, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (JsonNode) proved = json_node_new (JSON_NODE_OBJECT);

      json_node_take_object (proved, support_terms_object (ids[i]));
      g_assert_true (json_node_equal (proved, json_object_get_member (all, ids[i])));
    }
  g_assert_null (ttecomm_resources_lookup ("no-such-file", NULL));
}

/* One change to good terms: the member at `path` becomes `value`, or goes when that is NULL. */
typedef struct
{
  const char *path;
  const char *value;
  const char *named; /* must occur in the message */
} BadTerms;

static const BadTerms bad_terms[] = {
  { "schema", "2", "schema" },
  { "schema", "\"1\"", "schema" },
  { "id", "\"\"", "id" },
  { "id", "7", "id" },
  { "tz", "null", "tz" },
  { "grace_days", "3", "grace_days" },
  { "unit", "[]", "unit" },
  { "unit.min", "0", "min" },
  { "unit.min", "-1", "min" },
  { "unit.min", "1.5", "min" },
  { "unit.max", "0", "max" },
  { "unit.max", "9223372036854775807", "max" },
  { "unit.per_seat", "0", "per_seat" },
  { "unit.typed", "0", "typed" },
  { "alignment.mode", "\"quarter\"", "mode" },
  { "alignment.mode", "null", "mode" },
  { "periods", "[]", "periods" },
  { "periods", "{}", "periods" },
  { "periods", "[7]", "periods[0]" },
  { "periods", "[{\"id\":\"1y\",\"months\":0,\"discount_bp\":0}]", "months" },
  { "periods", "[{\"id\":\"1y\",\"months\":601,\"discount_bp\":0}]", "months" },
  { "periods", "[{\"id\":\"1y\",\"months\":12,\"discount_bp\":10001}]", "discount_bp" },
  { "periods", "[{\"id\":\"1y\",\"months\":12,\"discount_bp\":-1}]", "discount_bp" },
  { "periods", "[{\"id\":\"1y\",\"discount_bp\":0}]", "months" },
  { "periods", "[{\"id\":\"x\",\"months\":null,\"discount_bp\":0}]", "months_min" },
  { "periods",
    "[{\"id\":\"x\",\"months\":null,\"months_min\":6,\"months_max\":5,\"months_default\":5,"
    "\"discount_bp\":0}]",
    "months_max" },
  { "periods",
    "[{\"id\":\"a\",\"months\":12,\"discount_bp\":0},{\"id\":\"a\",\"months\":24,"
    "\"discount_bp\":0}]",
    "periods[1]" },
  { "start.past_days", "-1", "past_days" },
  { "start.future_days", "1e3", "future_days" },
  { "price.list_per", "\"12\"", "list_per" },
  { "price.list_per", "\"m\"", "list_per" },
  { "price.list_per", "\"0m\"", "list_per" },
  { "price.list_per", "\"-1m\"", "list_per" },
  { "price.list_per", "\"99999999999999999999m\"", "list_per" },
  { "price.stack", "\"divide\"", "stack" },
  { "price.round", "\"down\"", "round" },
  { "proration.mode", "\"by_hour\"", "mode" },
  { "renewal.auto", "\"yes\"", "auto" },
  { "renewal.charge_lead", "null", "charge_lead" },
  { "renewal.charge_lead", "{}", "charge_lead" },
  { "renewal.charge_lead", "{\"months\":1,\"days\":1}", "charge_lead" },
  { "renewal.charge_lead", "{\"months\":12}", "charge_lead" },
  { "renewal.charge_lead", "{\"days\":336}", "charge_lead" },
  { "renewal.charge_lead", "{\"months\":-1}", "charge_lead" },
  { "reminders", "null", "reminders" },
  { "reminders", "[{\"to\":\"payer\"}]", "before" },
  { "reminders", "[{\"before\":{\"months\":2}}]", "to" },
  { "reminders", "[{},{},{},{},{},{},{},{},{}]", "reminders" },
  { "cancel.refund", "1", "refund" },
  { "cancel.notice", "{\"weeks\":1}", "notice" },
  { "seat_removal", "{}", "effect" },
  { "seat_removal", "7", "seat_removal" },
  { "approval", "[\"everything\"]", "approval" },
  { "approval", "[null]", "approval" },
  { "payer.who", "\"owner\"", "who" },
  { "payer.who", "[1]", "who" },
  { "usage.over", "\"\"", "over" },
  { "invoice.group", "\"payer_quarter\"", "group" },
  { "invoice.within_minutes", "-5", "within_minutes" },
  { "payment.cards", "[[]]", "cards" },
  { "payment.verify_cents", "-1", "verify_cents" },
  { "payment.other_from_cents", "9223372036854775807", "other_from_cents" },
  { "payment.other_grandfathered_before", "\"2019-09-31\"", "other_grandfathered_before" },
  { "requires.cloud", "\"true\"", "cloud" },
  { "requires.prosoft_min", "\"three\"", "prosoft_min" },
  { "requires.prosoft_min", "3.7", "prosoft_min" },
};

static void
change (JsonObject *object, const char *path, const char *value)
{
  g_auto (GStrv) names = g_strsplit (path, ".", 2);
  const char *last = names[1] != NULL ? names[1] : names[0];
  g_autoptr (GError) error = NULL;

  if (names[1] != NULL)
    object = json_object_get_object_member (object, names[0]);
  if (value == NULL)
    json_object_remove_member (object, last);
  else
    json_object_set_member (object, last, json_from_string (value, &error));
  g_assert_no_error (error);
}

static void
assert_refused (JsonObject *object, const char *named)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommTerms) terms = ttecomm_terms_new_from_json (object, &error);

  g_assert_null (terms);
  g_assert_nonnull (error);
  if (strstr (error->message, named) == NULL)
    g_error ("\"%s\" does not name %s", error->message, named);
}

static void
test_refuses_bad_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_terms); i++)
    {
      g_autoptr (JsonObject) object = support_terms_object ("ttecomm");

      g_test_message ("%s = %s", bad_terms[i].path, bad_terms[i].value);
      change (object, bad_terms[i].path, bad_terms[i].value);
      assert_refused (object, bad_terms[i].named);
    }
}

/* Whatever is required and not there is refused by name; what may be absent is known here. */
static void
test_refuses_missing_members (void)
{
  static const char *const optional[] = { "unit.max",
                                          "cancel.notice",
                                          "seat_removal",
                                          "invoice.within_minutes",
                                          "payment.other_from_cents",
                                          "requires.cloud",
                                          "requires.prosoft_min" };
  static const char *const paths[] = {
    "schema",
    "id",
    "currency",
    "tz",
    "unit",
    "unit.kind",
    "unit.scope",
    "unit.min",
    "unit.max",
    "unit.typed",
    "unit.per_seat",
    "alignment",
    "alignment.mode",
    "periods",
    "start",
    "start.past_days",
    "start.future_days",
    "price",
    "price.list_per",
    "price.stack",
    "price.round",
    "proration",
    "proration.mode",
    "renewal",
    "renewal.auto",
    "renewal.charge_lead",
    "reminders",
    "cancel",
    "cancel.effect",
    "cancel.notice",
    "cancel.refund",
    "cancel.self_service",
    "seat_removal",
    "approval",
    "grace_days",
    "payer",
    "payer.scope",
    "payer.change",
    "payer.who",
    "usage",
    "usage.over",
    "invoice",
    "invoice.group",
    "invoice.po",
    "invoice.within_minutes",
    "payment",
    "payment.cards",
    "payment.verify_cents",
    "payment.other_from_cents",
    "requires",
    "requires.cloud",
    "requires.prosoft_min",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (JsonObject) object = support_terms_object ("ttecomm");
      const char *dot = strchr (paths[i], '.');
      gboolean may_miss = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (optional); j++)
        may_miss = may_miss || g_str_equal (optional[j], paths[i]);
      g_test_message ("without %s", paths[i]);
      change (object, paths[i], NULL);
      if (may_miss)
        {
          g_autoptr (TtecommTerms) terms = ttecomm_terms_new_from_json (object, NULL);

          g_assert_nonnull (terms);
        }
      else
        assert_refused (object, dot != NULL ? dot + 1 : paths[i]);
    }
}

static void
test_ignores_unknown_members (void)
{
  g_autoptr (JsonObject) object = support_terms_object ("ttecomm");
  g_autoptr (TtecommTerms) terms = NULL;

  change (object, "colour", "\"blue\"");
  terms = ttecomm_terms_new_from_json (object, NULL);
  g_assert_nonnull (terms);
}

static void
test_resolves_periods (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("dexma");
  static const gint64 refused[] = { 0, -1, 61, G_MAXINT64, G_MININT64 };
  TtecommTermChoice choice = { "custom", 60 };
  g_autoptr (GError) error = NULL;
  gint64 months = 0;

  g_assert_true (ttecomm_terms_resolve (terms, &choice, &months, NULL, &error));
  g_assert_cmpint (months, ==, 60);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      choice.months = refused[i];
      g_assert_false (ttecomm_terms_resolve (terms, &choice, &months, NULL, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_MONTHS_OUT_OF_RANGE);
      g_clear_error (&error);
    }
  choice.period = "1y";
  g_assert_false (ttecomm_terms_resolve (terms, &choice, &months, NULL, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD);
  g_clear_error (&error);
  choice.period = NULL;
  g_assert_false (ttecomm_terms_resolve (terms, &choice, &months, NULL, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD);
}

static void
register_tests (Harness *harness)
{
  /* rules: S20 S29 S45 S51 S55 */
  harness_add (harness, "terms", "reads-every-field", test_reads_every_field);
  /* rules: C32 D1 D7 D11 D12 D17 D22 D23 D26 */
  harness_add (harness, "terms", "reads-dexma", test_reads_dexma);
  /* rules: C33 C34 T8 T12 T16 T22 T23 T24 T29 */
  harness_add (harness, "terms", "reads-tmas", test_reads_tmas);
  /* rules: C30 A6 A7 A8 A12 A29 A31 A32 A33 A34 A35 A36 */
  harness_add (harness, "terms", "reads-airthings", test_reads_airthings);
  harness_add (harness, "terms", "resources-are-proved", test_resources_are_proved);
  /* rules: C17 */
  harness_add (harness, "terms", "refuses-bad-values", test_refuses_bad_values);
  harness_add (harness, "terms", "refuses-missing-members", test_refuses_missing_members);
  harness_add (harness, "terms", "ignores-unknown-members", test_ignores_unknown_members);
  harness_add (harness, "terms", "resolves-periods", test_resolves_periods);
}

HARNESS_MAIN (register_tests)
