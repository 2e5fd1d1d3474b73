/* SPDX-License-Identifier: MIT */
/* Pages: what the schema refuses, what it cannot say, and how a page looks as text. */
#include "tests/harness/harness.h"

#include "tests/host/json.h"
#include "tests/host/page-text.h"
#include "tests/host/page-tree.h"

#define PAGE(blocks)                                                                               \
  "{\"page\":\"p\",\"title\":\"Title\",\"revision\":4,\"state\":\"ready\",\"blocks\":[" blocks "]}"
#define BLOCK(rest) "{\"id\":\"b\",\"fallback_text\":\"f\"," rest "}"
#define ACTION(id, rest)                                                                           \
  "{\"id\":\"" id "\",\"fallback_text\":\"f\",\"type\":\"action\",\"label\":\"Do " id              \
  "\",\"name\":\"Do it\",\"style\":\"normal\"," rest "}"
#define TABLE(columns, rows)                                                                       \
  BLOCK ("\"type\":\"table\",\"columns\":[" columns "],\"rows\":[" rows "]")
#define COLUMNS "{\"id\":\"a\",\"title\":\"A\"},{\"id\":\"c\",\"title\":\"C\"}"

static HostSchema *
page_schema (void)
{
  g_autoptr (GError) error = NULL;
  HostSchema *schema = host_schema_load ("page", &error);

  g_assert_no_error (error);
  return schema;
}

typedef struct
{
  const char *name;
  const char *page;
  const char *wrong; /* (nullable): part of the error; NULL: it is a page */
} Row;

static const Row rows[] = {
  { "empty", PAGE (""), NULL },
  { "unknown-block", PAGE (BLOCK ("\"type\":\"hologram\",\"x\":1")), NULL },
  { "unknown-with-blocks",
    PAGE (BLOCK ("\"type\":\"carousel\",\"blocks\":[{\"x\":1},{\"y\":2},7,\"b\"],"
                 "\"actions\":[\"gone\",1]")),
    NULL },
  { "growth", PAGE (BLOCK ("\"type\":\"text\",\"text\":\"t\",\"later\":[1]")), NULL },
  { "heading", PAGE (BLOCK ("\"type\":\"heading\",\"text\":\"t\",\"level\":2")), NULL },
  { "notice", PAGE (BLOCK ("\"type\":\"notice\",\"severity\":\"good\",\"text\":\"t\"")), NULL },
  { "facts", PAGE (BLOCK ("\"type\":\"facts\",\"rows\":[[\"a\",\"b\"]]")), NULL },
  { "table",
    PAGE (TABLE (COLUMNS,
                 "{\"id\":\"r\",\"cells\":[\"x\",{\"status\":\"good\",\"text\":\"fine\"}]}")),
    NULL },
  { "status",
    PAGE (BLOCK ("\"type\":\"status\",\"severity\":\"neutral\",\"symbol\":\"-\",\"word\":\"off\","
                 "\"text\":\"\"")),
    NULL },
  { "choice",
    PAGE (BLOCK ("\"type\":\"choice\",\"label\":\"l\",\"value\":\"a\",\"options\":[{\"id\":\"a\","
                 "\"label\":\"A\"}]")),
    NULL },
  { "toggle", PAGE (BLOCK ("\"type\":\"toggle\",\"label\":\"l\",\"value\":true")), NULL },
  { "input", PAGE (BLOCK ("\"type\":\"input\",\"label\":\"l\",\"kind\":\"date\"")), NULL },
  { "action",
    PAGE (ACTION ("x",
                  "\"enabled\":true,\"confirm\":{\"title\":\"t\",\"text\":\"t\",\"ok\":\"o\","
                  "\"cancel\":\"c\"}")),
    NULL },
  { "progress", PAGE (BLOCK ("\"type\":\"progress\",\"fraction\":null,\"text\":\"t\"")), NULL },
  { "link", PAGE (BLOCK ("\"type\":\"link\",\"label\":\"l\",\"uri\":\"https://a.example/\"")),
    NULL },
  { "group", PAGE (BLOCK ("\"type\":\"group\",\"blocks\":[]")), NULL },

  { "not-json", "{", "at byte 1 there should be a string" },
  { "array", "[]", "/: must be an object" },
  { "trailing-comma", PAGE ("") ",", "nothing more" },
  { "duplicate-member", "{\"page\":\"p\",\"page\":\"p\"}", "a second time" },
  { "no-blocks", "{\"page\":\"p\",\"title\":\"T\",\"revision\":1,\"state\":\"ready\"}",
    "\"blocks\" is missing" },
  { "bad-state", "{\"page\":\"p\",\"title\":\"T\",\"revision\":1,\"state\":\"idle\",\"blocks\":[]}",
    "/state: must be one of" },
  { "revision-text",
    "{\"page\":\"p\",\"title\":\"T\",\"revision\":\"1\",\"state\":\"ready\",\"blocks\":[]}",
    "/revision: must be of type" },
  { "revision-negative",
    "{\"page\":\"p\",\"title\":\"T\",\"revision\":-1,\"state\":\"ready\",\"blocks\":[]}",
    "/revision: is below" },
  { "no-fallback", PAGE ("{\"id\":\"b\",\"type\":\"hologram\"}"), "\"fallback_text\" is missing" },
  { "bad-id", PAGE ("{\"id\":\"a b\",\"type\":\"x\",\"fallback_text\":\"\"}"),
    "/blocks/0/id: must match" },
  { "heading-level", PAGE (BLOCK ("\"type\":\"heading\",\"text\":\"t\",\"level\":7")),
    "/blocks/0/level: is above" },
  { "notice-severity", PAGE (BLOCK ("\"type\":\"notice\",\"severity\":\"neutral\",\"text\":\"t\"")),
    "/blocks/0/severity" },
  { "facts-three", PAGE (BLOCK ("\"type\":\"facts\",\"rows\":[[\"a\",\"b\",\"c\"]]")),
    "/blocks/0/rows/0: maxItems" },
  { "cell-number", PAGE (TABLE (COLUMNS, "{\"id\":\"r\",\"cells\":[1,\"x\"]}")),
    "/blocks/0/rows/0/cells/0: is none" },
  { "status-no-word",
    PAGE (BLOCK ("\"type\":\"status\",\"severity\":\"good\",\"symbol\":\"-\",\"text\":\"\"")),
    "\"word\" is missing" },
  { "disabled-no-reason", PAGE (ACTION ("x", "\"enabled\":false")),
    "\"disabled_reason\" is missing" },
  { "confirm-no-cancel",
    PAGE (ACTION ("x",
                  "\"enabled\":true,\"confirm\":{\"title\":\"t\",\"text\":\"t\","
                  "\"ok\":\"o\"}")),
    "/blocks/0/confirm: the member \"cancel\"" },
  { "link-script", PAGE (BLOCK ("\"type\":\"link\",\"label\":\"l\",\"uri\":\"javascript:x\"")),
    "/blocks/0/uri: must match" },
  { "progress-two", PAGE (BLOCK ("\"type\":\"progress\",\"fraction\":2,\"text\":\"t\"")),
    "/blocks/0/fraction: is above" },
  { "inside-a-group",
    PAGE ("{\"id\":\"g\",\"type\":\"group\",\"fallback_text\":\"\",\"blocks\":[" BLOCK (
        "\"type\":\"text\"") "]}"),
    "/blocks/0/blocks/0: the member \"text\"" },
  { "action-twice-in-a-row",
    PAGE (TABLE (COLUMNS, "{\"id\":\"r\",\"cells\":[\"x\",\"y\"],\"actions\":[\"b\",\"b\"]}")),
    "occurs twice" },

  { "id-twice", PAGE (BLOCK ("\"type\":\"group\",\"blocks\":[" BLOCK ("\"type\":\"x\"") "]")),
    "the id occurs twice" },
  { "row-twice",
    PAGE (TABLE (COLUMNS,
                 "{\"id\":\"r\",\"cells\":[\"x\",\"y\"]},{\"id\":\"r\",\"cells\":[\"x\","
                 "\"y\"]}")),
    "two rows have the id r" },
  { "too-few-cells", PAGE (TABLE (COLUMNS, "{\"id\":\"r\",\"cells\":[\"x\"]}")),
    "not as many cells as columns" },
  { "notice-draws-a-notice",
    PAGE (BLOCK ("\"type\":\"notice\",\"severity\":\"info\",\"text\":\"t\",\"actions\":[\"b\"]")),
    "block \"b\": it is drawn as an action and is a notice" },
  { "action-missing",
    PAGE (
        BLOCK ("\"type\":\"notice\",\"severity\":\"info\",\"text\":\"t\",\"actions\":[\"gone\"]")),
    "no block has the id of the action gone" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (HostSchema) schema = page_schema ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) page = host_page_parse (row->page, strlen (row->page), schema, &error);

  if (row->wrong == NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (page);
      return;
    }
  g_assert_null (page);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, row->wrong));
}

static void
test_json (void)
{
  static const char *const good[] = { "{}",
                                      " [ ] ",
                                      "-0.5e+3",
                                      "\"\\ud83c\\udfe0 \\n \xc3\xa9\"",
                                      "null",
                                      "9223372036854775807",
                                      "{\"a\":[1,{\"a\":true}]}" };
  static const char *const bad[] = { "",
                                     "{",
                                     "[1,]",
                                     "{\"a\"}",
                                     "{\"a\":1,}",
                                     "{a:1}",
                                     "'a'",
                                     "01",
                                     "1.",
                                     ".5",
                                     "+1",
                                     "1e",
                                     "1e400",
                                     "9223372036854775808",
                                     "nul",
                                     "True",
                                     "\"\t\"",
                                     "\"\\x\"",
                                     "\"\\u12\"",
                                     "\"\\ud800\"",
                                     "\"\\udc00\"",
                                     "\"\\u0000\"",
                                     "\"a",
                                     "\xef\xbb\xbf{}",
                                     "\"\xff\"",
                                     "[] []",
                                     "/**/[]",
                                     "{\"a\":1,\"\\u0061\":2}",
                                     "var x = {};" };
  g_autofree char *deep = g_strnfill (HOST_JSON_MAX_DEPTH + 1, '[');

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = host_json_parse (good[i], strlen (good[i]), &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = host_json_parse (bad[i], strlen (bad[i]), &error);

      g_test_message ("%s", bad[i]);
      g_assert_error (error, HOST_JSON_ERROR, HOST_JSON_ERROR_SYNTAX);
      g_assert_null (node);
    }
  g_assert_null (host_json_parse (deep, strlen (deep), NULL));
  g_assert_null (host_json_parse_object ("[]", 2, NULL));
}

static void
test_refuses_schemas_it_does_not_know (void)
{
  static const char *const schemas[] = {
    "{\"oneOf\":[]}",
    "{\"properties\":{\"a\":{\"format\":\"date\"}}}",
    "{\"$ref\":\"#/definitions/gone\",\"definitions\":{}}",
    "{\"pattern\":\"[\"}",
    "[]",
    "{",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HostSchema) schema = host_schema_new (schemas[i], strlen (schemas[i]), &error);

      g_assert_null (schema);
      g_assert_nonnull (error);
    }
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (HostSchema) schema = page_schema ();
  g_autoptr (GError) error = NULL;
  JsonObject *page = host_page_parse (text, strlen (text), schema, &error);

  g_assert_no_error (error);
  return page;
}

static const char example[] = PAGE (
    "{\"id\":\"identity\",\"type\":\"facts\",\"fallback_text\":\"\",\"rows\":[[\"Installation\","
    "\"Villa Picos\"],[\"As\",\"Zoë\"]]},"
    "{\"id\":\"n\",\"type\":\"notice\",\"severity\":\"warning\",\"fallback_text\":\"\",\"text\":"
    "\"No owner.\",\"actions\":[\"explain\"]}," ACTION (
        "explain",
        "\"enabled\":true") ","
                            "{\"id\":\"t\",\"type\":\"table\",\"fallback_text\":\"\",\"columns\":[{\"id\":\"s\",\"title\":"
                            "\"Service\"},{\"id\":\"e\",\"title\":\"End\",\"align\":\"end\"},{\"id\":\"z\",\"title\":\"State\"}],"
                            "\"rows\":[{\"id\":\"RS\",\"cells\":[\"Café 日本\",\"1\",{\"status\":\"good\",\"text\":\"on\"}],"
                            "\"actions\":[\"off\"]}]}," ACTION (
                                "off",
                                "\"enabled\":false,\"disabled_reason\":\"Ask first.\"") ",{\"id\":\"g\",\"type\":\"group\",\"title\":\"Closed\",\"collapsed\":true,\"fallback_text\":\"\","
                                                                                        "\"blocks\":[{\"id\":\"hidden\",\"type\":\"text\",\"text\":\"HIDDEN\",\"fallback_text\":\"\"}]},"
                                                                                        "{\"id\":\"tt\",\"type\":\"toggle\",\"label\":\"Terms\",\"value\":true,\"action\":\"accept\",\"fallback_text\":\"\"},"
                                                                                        "{\"id\":\"i\",\"type\":\"input\",\"label\":\"Word\",\"kind\":\"secret\",\"value\":\"hunter2\","
                                                                                        "\"error\":\"Wrong.\",\"fallback_text\":\"\"},"
                                                                                        "{\"id\":\"p\",\"type\":\"progress\",\"fraction\":0.25,\"text\":\"Waiting\",\"cancel\":\"stop\",\"fallback_text\":\"\"},"
                                                                                        "{\"id\":\"u\",\"type\":\"hologram\",\"fallback_text\":\"Fallback \\u001b[31mred\"}");

static void
test_text (void)
{
  g_autoptr (JsonObject) page = parse (example);
  g_autofree char *text = host_page_to_text (page, 80, FALSE);

  g_assert_cmpstr (text, ==,
                   "Title\n"
                   "=====\n"
                   "Installation  Villa Picos\n"
                   "As            Zoë\n"
                   "! warning: No owner.\n"
                   "  [Do explain]\n"
                   "Service    End  State\n"
                   "---------  ---  -----\n"
                   "Café 日本    1  ✓ on\n"
                   "  [Do off] not available: Ask first.\n"
                   "\n"
                   "▸ Closed\n"
                   "[x] Terms\n"
                   "Word: ****\n"
                   "  ✗ Wrong.\n"
                   " 25 % Waiting\n"
                   "Fallback  [31mred\n");
}

static void
test_text_of_a_block (void)
{
  g_autoptr (JsonObject) page = parse (example);
  g_autofree char *text = host_page_block_to_text (page, "identity", 80);
  g_autofree char *none = host_page_block_to_text (page, "gone", 80);
  g_autofree char *ids = host_page_to_text (page, 80, TRUE);

  g_assert_cmpstr (text, ==, "Installation  Villa Picos\nAs            Zoë\n");
  g_assert_cmpstr (none, ==, "");
  g_assert_nonnull (strstr (ids, "  [Do explain] <explain>\n"));
}

static void
test_wraps (void)
{
  g_autoptr (JsonObject) page
      = parse (PAGE (BLOCK ("\"type\":\"notice\",\"severity\":\"info\",\"text\":\"one two three "
                            "four\\nfive\"")));
  g_autofree char *text = host_page_to_text (page, 20, FALSE);

  g_assert_cmpstr (text, ==,
                   "Title\n=====\n"
                   "i info: one two\n"
                   "        three four\n"
                   "        five\n");
}

static void
test_finds (void)
{
  g_autoptr (JsonObject) page = parse (example);
  const char *reason = NULL;

  g_assert_nonnull (host_page_find (page, "hidden"));
  g_assert_null (host_page_find (page, "gone"));
  g_assert_true (host_page_can_invoke (page, "explain", &reason));
  g_assert_false (host_page_can_invoke (page, "off", &reason));
  g_assert_cmpstr (reason, ==, "Ask first.");
  g_assert_true (host_page_can_invoke (page, "accept", &reason));
  g_assert_true (host_page_can_invoke (page, "stop", &reason));
  g_assert_false (host_page_can_invoke (page, "gone", &reason));
  g_assert_cmpstr (reason, ==, "it is not on the page");
}

/* As deep as the text itself may be. */
static void
test_nested_groups (void)
{
  g_autoptr (GString) text = g_string_new (
      "{\"page\":\"p\",\"title\":\"T\",\"revision\":1,\"state\":\"ready\",\"blocks\":[");
  g_autoptr (HostSchema) schema = page_schema ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) page = NULL;

  for (int i = 0; i < 28; i++)
    g_string_append_printf (
        text, "{\"id\":\"g%d\",\"type\":\"group\",\"fallback_text\":\"\",\"blocks\":[", i);
  g_string_append (text, BLOCK ("\"type\":\"text\",\"text\":\"deep\""));
  for (int i = 0; i < 28; i++)
    g_string_append (text, "]}");
  g_string_append (text, "]}");
  page = host_page_parse (text->str, text->len, schema, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (host_page_get_text (host_page_find (page, "b"), "text"), ==, "deep");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "host-page", "nested-groups", test_nested_groups);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    harness_add_full (harness, "host-page", rows[i].name, test_row, (gpointer)&rows[i], NULL);
  harness_add (harness, "host-page", "json", test_json);
  harness_add (harness, "host-page", "refuses-schemas-it-does-not-know",
               test_refuses_schemas_it_does_not_know);
  harness_add (harness, "host-page", "text", test_text);
  harness_add (harness, "host-page", "text-of-a-block", test_text_of_a_block);
  harness_add (harness, "host-page", "wraps", test_wraps);
  harness_add (harness, "host-page", "finds", test_finds);
}

HARNESS_MAIN (register_tests)
