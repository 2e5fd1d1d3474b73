/* SPDX-License-Identifier: MIT */
/* Every typed object: the right answer is read, and every member that is absent, null, of another
 * type, out of range or too long makes the whole answer unusable. The wrong answers are made from
 * the right one, so that no member is forgotten. */
#include "api/ttcloud/client-many.h"
#include "api/ttcloud/discovery.h"
#include "api/ttcloud/kept.h"
#include "api/ttcloud/origin.h"
#include "api/ttcloud/problem.h"
#include "api/ttcloud/tokens.h"
#include "base/json.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/objects-samples.h"

#include <string.h>

#define WEB "https://web.test"
#define API "https://api.test"
#define SAMPLE_SECRET                                                                              \
  "{\"v\":2,\"origin\":\"" API                                                                     \
  "/\",\"serial\":7,\"expires\":1,\"refresh\":\"r\",\"access\":\"a\","                             \
  "\"account\":\"acct-1\",\"email\":\"jan@example.test\",\"discovery\":{\"at\":1,"                 \
  "\"authorization_endpoint\":\"" WEB "/authorize\",\"token_endpoint\":\"" API                     \
  "/oauth/token\",\"revocation_endpoint\":\"" API "/oauth/revoke\"}}"

typedef gboolean (*Reads) (JsonObject *object, GError **error);

#define DEFINE_READS(name, Type)                                                                   \
  static gboolean reads_##name (JsonObject *object, GError **error)                                \
  {                                                                                                \
    g_autoptr (Type) self = ttecomm_##name##_from_json (object, error);                            \
    return self != NULL;                                                                           \
  }

DEFINE_READS (card, TtecommCard)
DEFINE_READS (payer, TtecommPayer)
DEFINE_READS (charge, TtecommCharge)
DEFINE_READS (account, TtecommAccount)
DEFINE_READS (subscription, TtecommSubscription)
DEFINE_READS (installation_info, TtecommInstallationInfo)
DEFINE_READS (installation_summary, TtecommInstallationSummary)
DEFINE_READS (installation_page, TtecommInstallationPage)
DEFINE_READS (terms_of_sale, TtecommTermsOfSale)
DEFINE_READS (catalogue, TtecommCatalogue)
DEFINE_READS (quote, TtecommQuote)
DEFINE_READS (order, TtecommOrder)

static gboolean
reads_orders (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) orders = ttecomm_orders_from_json (object, error);

  return orders != NULL;
}

static gboolean
reads_problem (JsonObject *object, GError **error)
{
  g_autoptr (TtecommProblem) problem = ttecomm_problem_from_json (object, 409, error);

  return problem != NULL;
}

static gboolean
reads_tokens (JsonObject *object, GError **error)
{
  g_autoptr (TtecommTokens) tokens = ttecomm_tokens_from_json (object, 1000, error);

  return tokens != NULL;
}

static gboolean
reads_secret (JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (root, FALSE);
  g_autoptr (GBytes) secret = g_bytes_new (text, strlen (text));
  g_autoptr (GUri) api = ttecomm_origin_parse (API, TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (GUri) web = ttecomm_origin_parse (WEB, TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (TtecommKept) kept = ttecomm_kept_read (secret, api, web, error);

  return kept != NULL;
}

static gboolean
reads_discovery (JsonObject *object, GError **error)
{
  g_autoptr (GUri) api = ttecomm_origin_parse (API, TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (GUri) web = ttecomm_origin_parse (WEB, TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (TtecommDiscovery) discovery = ttecomm_discovery_from_json (object, api, web, error);

  return discovery != NULL;
}

typedef struct
{
  const char *name;
  const char *json;
  Reads reads;
  /* Members that may be absent, and those that may be null, by path; "*" is any element. */
  const char *optional[24];
} Row;

#define LINE_OPTIONAL                                                                              \
  "lines.*.period", "lines.*.start", "lines.*.end", "lines.*.free_days", "lines.*.next_charge",    \
      "lines.*.label_after.date"

static const Row rows[] = {
  { "card", SAMPLE_CARD, reads_card, { NULL } },
  { "payer", SAMPLE_PAYER, reads_payer, { NULL } },
  { "charge", SAMPLE_CHARGE, reads_charge, { NULL } },
  { "account",
    SAMPLE_ACCOUNT (WEB),
    reads_account,
    { "company", "country", "address", "address.street", "address.postcode", "address.city",
      "tax_id", "invoice_email", "card", NULL } },
  { "subscription",
    SAMPLE_SUBSCRIPTION,
    reads_subscription,
    { "end", "next_charge", "payer", NULL } },
  { "installation",
    SAMPLE_INSTALLATION,
    reads_installation_info,
    { "last_seen", "subscriptions.*.end", "subscriptions.*.next_charge", "subscriptions.*.payer",
      NULL } },
  { "summary",
    SAMPLE_SUMMARY ("inst-1"),
    reads_installation_summary,
    { "subscriptions.*.end", "subscriptions.*.next_charge", "subscriptions.*.payer", NULL } },
  { "page",
    SAMPLE_PAGE ("\"bmV4dA\"", SAMPLE_SUMMARY ("inst-1")),
    reads_installation_page,
    { "installations.*.subscriptions.*.end", "installations.*.subscriptions.*.next_charge",
      "installations.*.subscriptions.*.payer", "next", NULL } },
  { "terms-of-sale", SAMPLE_TERMS_OF_SALE (WEB), reads_terms_of_sale, { NULL } },
  { "catalogue",
    SAMPLE_CATALOGUE (WEB),
    reads_catalogue,
    { "fiction", "products.*.includes", "products.*.setup", NULL } },
  { "quote",
    SAMPLE_QUOTE (WEB, "\"quote-0001\"", ""),
    reads_quote,
    { LINE_OPTIONAL, "card", NULL } },
  { "quote-blocked",
    SAMPLE_QUOTE (WEB, "null", "\"role\",\"not_connected\""),
    reads_quote,
    { LINE_OPTIONAL, "card", NULL } },
  { "order",
    SAMPLE_ORDER (WEB, "order-1", "key-00000001", "pending"),
    reads_order,
    { LINE_OPTIONAL, "reason", "checkout_url", "po_reference", "invoice", NULL } },
  { "orders",
    "{\"orders\":[" SAMPLE_ORDER (WEB, "order-1", "key-00000001", "pending") "]}",
    reads_orders,
    { "orders.*.lines.*.period", "orders.*.lines.*.start", "orders.*.lines.*.end",
      "orders.*.lines.*.free_days", "orders.*.lines.*.next_charge",
      "orders.*.lines.*.label_after.date", "orders.*.reason", "orders.*.checkout_url",
      "orders.*.po_reference", "orders.*.invoice", NULL } },
  { "problem", SAMPLE_PROBLEM, reads_problem, { "detail", "blockers", NULL } },
  { "tokens", SAMPLE_TOKENS, reads_tokens, { "scope", NULL } },
  { "secret",
    SAMPLE_SECRET,
    reads_secret,
    { "refresh", "access", "account", "email", "discovery", NULL } },
  { "discovery", SAMPLE_DISCOVERY (API, WEB), reads_discovery, { NULL } },
};

/* Members that are not looked at, or whose inside is another room's. */
static const char *const ignored[] = { "scope", NULL };
static const char *const opaque[] = { "terms", NULL };

static JsonNode *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = ttecomm_json_parse (json, strlen (json), 1 << 20, &error);

  g_assert_no_error (error);
  return root;
}

static gboolean
is_optional (const Row *row, const char *path)
{
  for (guint i = 0; row->optional[i] != NULL; i++)
    if (strcmp (row->optional[i], path) == 0)
      return TRUE;
  return FALSE;
}

/* Each place of the tree: the container, and the member's name or the element's index. */
typedef struct
{
  char *path;  /* with "*" for indices */
  char *route; /* "/name/0/name" */
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->path);
  g_free (place->route);
  g_free (place);
}

static void
collect (JsonNode *node, const char *path, const char *route, GPtrArray *places)
{
  g_autoptr (GList) names = JSON_NODE_HOLDS_OBJECT (node)
                                ? json_object_get_members (json_node_get_object (node))
                                : NULL;
  guint length
      = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;

  if (*path != '\0')
    {
      Place *place = g_new0 (Place, 1);

      place->path = g_strdup (path);
      place->route = g_strdup (route);
      g_ptr_array_add (places, place);
    }
  if (g_strv_contains (opaque, path))
    return;
  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autofree char *below = g_strconcat (path, *path != '\0' ? "." : "", name->data, NULL);
      g_autofree char *on = g_strconcat (route, "/", name->data, NULL);

      collect (json_object_get_member (json_node_get_object (node), name->data), below, on, places);
    }
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *below = g_strconcat (path, ".*", NULL);
      g_autofree char *on = g_strdup_printf ("%s/%u", route, i);

      collect (json_array_get_element (json_node_get_array (node), i), below, on, places);
    }
}

static JsonNode *
step (JsonNode *node, const char *name)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_element (json_node_get_array (node),
                                   (guint)g_ascii_strtoull (name, NULL, 10));
  return json_object_get_member (json_node_get_object (node), name);
}

/* Puts @value (transfer full) at @route; with NULL, takes the member away (FALSE for an element).
 */
static gboolean
change (JsonNode *root, const char *route, JsonNode *value)
{
  g_auto (GStrv) names = g_strsplit (route + 1, "/", -1);
  guint last = g_strv_length (names) - 1;
  JsonNode *node = root;

  for (guint i = 0; i < last; i++)
    node = step (node, names[i]);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint index = (guint)g_ascii_strtoull (names[last], NULL, 10);

      if (value == NULL)
        return FALSE;
      json_array_remove_element (array, index);
      json_array_add_element (array, value);
    }
  else if (value == NULL)
    json_object_remove_member (json_node_get_object (node), names[last]);
  else
    json_object_set_member (json_node_get_object (node), names[last], value);
  return TRUE;
}

static JsonNode *
find (JsonNode *root, const char *route)
{
  g_auto (GStrv) names = g_strsplit (route + 1, "/", -1);
  JsonNode *node = root;

  for (guint i = 0; names[i] != NULL; i++)
    node = step (node, names[i]);
  return node;
}

/* Reads the sample with @value (transfer full) (nullable) at @route; whether it is as @expected. */
static void
check (const Row *row, const Place *place, JsonNode *value, gboolean expected, const char *what)
{
  g_autoptr (JsonNode) root = parse (row->json);
  g_autoptr (GError) error = NULL;
  gboolean read;

  if (!change (root, place->route, value))
    return;
  read = row->reads (json_node_get_object (root), &error);
  if (read != expected)
    g_error ("%s: %s %s: %s", row->name, place->route, what, read ? "was read" : error->message);
  g_assert_true (read == (error == NULL));
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
long_string_node (void)
{
  g_autofree char *text = g_strnfill (5000, 'a');

  return string_node (text);
}

static void
check_types (const Row *row, const Place *place, JsonNode *node)
{
  gboolean is_value = JSON_NODE_HOLDS_VALUE (node);
  GType type = is_value ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_STRING)
    check (row, place, string_node ("1"), FALSE, "as a string");
  if (type != G_TYPE_INT64)
    check (row, place, json_node_init_int (json_node_alloc (), 1), FALSE, "as a number");
  if (type != G_TYPE_BOOLEAN)
    check (row, place, json_node_init_boolean (json_node_alloc (), TRUE), FALSE, "as true");
  check (row, place, json_node_init_double (json_node_alloc (), 1.5), FALSE, "as 1.5");
  if (!JSON_NODE_HOLDS_ARRAY (node))
    check (row, place, json_node_init_array (json_node_alloc (), json_array_new ()), FALSE,
           "as []");
  if (!JSON_NODE_HOLDS_OBJECT (node))
    check (row, place, json_node_init_object (json_node_alloc (), json_object_new ()), FALSE,
           "as {}");
}

static void
check_values (const Row *row, const Place *place, JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    {
      check (row, place, long_string_node (), FALSE, "of 5,000 bytes");
      check (row, place, string_node ("a\nb"), FALSE, "with a line feed");
      check (row, place,
             string_node ("a\xc2\x85"
                          "b"),
             FALSE, "with a control character");
    }
  else if (type == G_TYPE_INT64)
    {
      check (row, place, json_node_init_int (json_node_alloc (), -1), FALSE, "as -1");
      if (strcmp (place->path, "expires") != 0) /* of the secret: any time will do */
        check (row, place, json_node_init_int (json_node_alloc (), G_MAXINT64), FALSE,
               "as the largest");
    }
}

static void
test_every_member (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (JsonNode) root = parse (row->json);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (row->reads (json_node_get_object (root), &error));
  g_assert_no_error (error);
  collect (root, "", "", places);
  g_assert_cmpuint (places->len, >, 1);
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = places->pdata[i];
      JsonNode *node = find (root, place->route);
      gboolean optional = is_optional (row, place->path);

      if (g_strv_contains (ignored, place->path))
        continue;
      check (row, place, NULL, optional, "absent");
      if (!JSON_NODE_HOLDS_NULL (node))
        check (row, place, json_node_new (JSON_NODE_NULL), optional, "null");
      check_types (row, place, node);
      check_values (row, place, node);
    }

  json_object_set_string_member (json_node_get_object (root), "new_in_2030", "ignored");
  g_assert_true (row->reads (json_node_get_object (root), &error));
}

/* --- what agrees in itself, and what does not --- */

typedef struct
{
  const char *name;
  const char *json;
  const char *route;
  const char *value; /* JSON */
  Reads reads;
} OddRow;

static const OddRow odd_rows[] = {
  { "charge-sum", SAMPLE_CHARGE, "/gross_cents", "7261", reads_charge },
  { "charge-date", SAMPLE_CHARGE, "/date", "\"2027-02-29\"", reads_charge },
  { "charge-date-short", SAMPLE_CHARGE, "/date", "\"2027-2-28\"", reads_charge },
  { "charge-currency", SAMPLE_CHARGE, "/currency", "\"eur\"", reads_charge },
  { "card-brand", SAMPLE_CARD, "/brand", "\"amex\"", reads_card },
  { "card-month", SAMPLE_CARD, "/expires", "\"2028-13\"", reads_card },
  { "card-digits", SAMPLE_CARD, "/last4", "\"424\"", reads_card },
  /* rules: S66 */
  { "card-number", SAMPLE_CARD, "/last4", "\"4242424242424242\"", reads_card },
  { "account-incomplete", SAMPLE_ACCOUNT (WEB), "/complete", "false", reads_account },
  { "account-missing", SAMPLE_ACCOUNT (WEB), "/missing", "[\"address\"]", reads_account },
  { "account-id", SAMPLE_ACCOUNT (WEB), "/id", "\"a/b\"", reads_account },
  { "account-country", SAMPLE_ACCOUNT (WEB), "/country", "\"Belgium\"", reads_account },
  { "installation-twice", SAMPLE_INSTALLATION, "/subscriptions",
    "[" SAMPLE_SUBSCRIPTION "," SAMPLE_SUBSCRIPTION "]", reads_installation_info },
  { "installation-seen", SAMPLE_INSTALLATION, "/last_seen", "\"2026-09-18T08:30:00+02:00\"",
    reads_installation_info },
  { "installation-seen-hour", SAMPLE_INSTALLATION, "/last_seen", "\"2026-09-18T24:00:00Z\"",
    reads_installation_info },
  { "installation-seen-leap", SAMPLE_INSTALLATION, "/last_seen", "\"2026-09-18T23:59:60Z\"",
    reads_installation_info },
  { "installation-role", SAMPLE_INSTALLATION, "/role", "\"admin\"", reads_installation_info },
  { "summary-name", SAMPLE_SUMMARY ("inst-1"), "/id", "\"a/b\"", reads_installation_summary },
  { "summary-twice", SAMPLE_SUMMARY ("inst-1"), "/subscriptions",
    "[{\"service\":\"RS\",\"state\":\"none\",\"auto_renew\":false},"
    "{\"service\":\"RS\",\"state\":\"active\",\"auto_renew\":true}]",
    reads_installation_summary },
  { "page-twice", SAMPLE_PAGE ("null", SAMPLE_SUMMARY ("inst-1")), "/installations",
    "[" SAMPLE_SUMMARY ("inst-1") "," SAMPLE_SUMMARY ("inst-1") "]", reads_installation_page },
  { "page-empty-with-next", SAMPLE_PAGE ("\"bmV4dA\"", SAMPLE_SUMMARY ("inst-1")), "/installations",
    "[]", reads_installation_page },
  { "page-cursor", SAMPLE_PAGE ("\"bmV4dA\"", SAMPLE_SUMMARY ("inst-1")), "/next", "\"a&b\"",
    reads_installation_page },
  { "subscription-state", SAMPLE_SUBSCRIPTION, "/state", "\"paused\"", reads_subscription },
  /* rules: S12 */
  { "subscription-reference", SAMPLE_SUBSCRIPTION, "/order_reference", "\"TSF1610\"",
    reads_subscription },
  { "catalogue-terms", SAMPLE_CATALOGUE (WEB), "/terms", "{}", reads_catalogue },
  { "quote-gross", SAMPLE_QUOTE (WEB, "\"quote-0001\"", ""), "/gross_cents", "7000", reads_quote },
  { "quote-vat", SAMPLE_QUOTE (WEB, "\"quote-0001\"", ""), "/vat", "[]", reads_quote },
  { "quote-due", SAMPLE_QUOTE (WEB, "\"quote-0001\"", ""), "/due_now_cents", "7261", reads_quote },
  { "quote-no-lines", SAMPLE_QUOTE (WEB, "\"quote-0001\"", ""), "/lines", "[]", reads_quote },
  { "quote-id-without-blocker", SAMPLE_QUOTE (WEB, "\"quote-0001\"", ""), "/quote_id", "null",
    reads_quote },
  { "quote-blocked-with-id", SAMPLE_QUOTE (WEB, "null", "\"role\""), "/quote_id", "\"quote-0001\"",
    reads_quote },
  { "quote-blocker", SAMPLE_QUOTE (WEB, "null", "\"role\""), "/blockers", "[\"weather\"]",
    reads_quote },
  { "order-state", SAMPLE_ORDER (WEB, "order-1", "key-00000001", "pending"), "/state",
    "\"refunded\"", reads_order },
  { "order-reason", SAMPLE_ORDER (WEB, "order-1", "key-00000001", "pending"), "/reason",
    "\"unknown\"", reads_order },
  { "problem-name", SAMPLE_PROBLEM, "/type", "\"urn:ttecomm:problem:weather\"", reads_problem },
  { "problem-prefix", SAMPLE_PROBLEM, "/type", "\"about:blank\"", reads_problem },
  { "problem-other-status", SAMPLE_PROBLEM, "/status", "403", reads_problem },
  { "problem-other-name", SAMPLE_PROBLEM, "/type", "\"urn:ttecomm:problem:role\"", reads_problem },
  { "tokens-type", SAMPLE_TOKENS, "/token_type", "\"mac\"", reads_tokens },
  { "tokens-space", SAMPLE_TOKENS, "/access_token", "\"a b\"", reads_tokens },
  { "tokens-header", SAMPLE_TOKENS, "/access_token", "\"a\\r\\nX: y\"", reads_tokens },
  { "tokens-long", SAMPLE_TOKENS, "/expires_in", "86401", reads_tokens },
  { "tokens-never", SAMPLE_TOKENS, "/expires_in", "0", reads_tokens },
  { "secret-older", SAMPLE_SECRET, "/v", "1", reads_secret },
  { "secret-newer", SAMPLE_SECRET, "/v", "3", reads_secret },
  { "secret-other-origin", SAMPLE_SECRET, "/origin", "\"https://api.test.evil.test\"",
    reads_secret },
  { "secret-other-port", SAMPLE_SECRET, "/origin", "\"https://api.test:444\"", reads_secret },
  { "secret-serial", SAMPLE_SECRET, "/serial", "-1", reads_secret },
  { "secret-large-serial", SAMPLE_SECRET, "/serial", "9007199254740993", reads_secret },
  { "secret-header", SAMPLE_SECRET, "/refresh", "\"a\\r\\nX: y\"", reads_secret },
  { "secret-account", SAMPLE_SECRET, "/account", "\"a/b\"", reads_secret },
  { "secret-foreign-end-point", SAMPLE_SECRET, "/discovery/token_endpoint",
    "\"https://evil.test/oauth/token\"", reads_secret },
  { "discovery-plain", SAMPLE_DISCOVERY (API, WEB), "/code_challenge_methods_supported",
    "[\"plain\"]", reads_discovery },
  { "discovery-foreign-authorize", SAMPLE_DISCOVERY (API, WEB), "/authorization_endpoint",
    "\"https://evil.test/authorize\"", reads_discovery },
  { "discovery-web-token", SAMPLE_DISCOVERY (API, WEB), "/token_endpoint",
    "\"https://web.test/oauth/token\"", reads_discovery },
  { "discovery-plain-token", SAMPLE_DISCOVERY (API, WEB), "/token_endpoint",
    "\"http://api.test/oauth/token\"", reads_discovery },
  { "discovery-port", SAMPLE_DISCOVERY (API, WEB), "/revocation_endpoint",
    "\"https://api.test:444/oauth/revoke\"", reads_discovery },
  { "discovery-script", SAMPLE_DISCOVERY (API, WEB), "/authorization_endpoint",
    "\"javascript:alert(1)\"", reads_discovery },
  { "discovery-user", SAMPLE_DISCOVERY (API, WEB), "/authorization_endpoint",
    "\"https://web.test@evil.test/\"", reads_discovery },
};

static void
test_odd (gconstpointer data)
{
  const OddRow *odd = data;
  g_autoptr (JsonNode) root = parse (odd->json);
  g_autoptr (GError) error = NULL;

  g_assert_true (odd->reads (json_node_get_object (root), NULL));
  g_assert_true (change (root, odd->route, json_from_string (odd->value, NULL)));
  g_assert_false (odd->reads (json_node_get_object (root), &error));
  g_assert_nonnull (error);
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    harness_add_full (harness, "objects", rows[i].name, test_every_member, (gpointer)&rows[i],
                      NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (odd_rows); i++)
    {
      g_autofree char *name = g_strconcat ("odd-", odd_rows[i].name, NULL);

      harness_add_full (harness, "objects", name, test_odd, (gpointer)&odd_rows[i], NULL);
    }
}

HARNESS_MAIN (register_tests)
