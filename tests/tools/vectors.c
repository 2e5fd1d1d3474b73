/* SPDX-License-Identifier: MIT */
/* usage: vectors [--terms FILE] [--only FN] FILE; exit 0 all passed, 1 a mismatch, 2 cannot be run.
 */
#include "tests/tools/vectors.h"

#include "base/json.h"
#include "plugin/terms/terms.h"
#include "resources/resources.h"

#define MAX_FILE (64 * 1024 * 1024)
#define MAX_TEXT 256

static const VectorEntry *const tables[]
    = { vectors_dates, vectors_terms, vectors_simulate, vectors_gate };

static VectorFn
find_function (const char *fn)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const VectorEntry *entry = tables[i]; entry->fn != NULL; entry++)
      if (g_str_equal (entry->fn, fn))
        return entry->run;
  return NULL;
}

/* The objects of a terms-of-sale text are added to @known. */
static gboolean
add_terms (JsonObject *known, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) objects = ttecomm_json_parse_object (text, length, MAX_FILE, error);
  g_autoptr (GList) names = NULL;

  if (objects == NULL)
    return FALSE;
  names = json_object_get_members (objects);
  for (const GList *link = names; link != NULL; link = link->next)
    {
      JsonObject *object;

      if (!ttecomm_json_get_object (objects, link->data, &object, error))
        return FALSE;
      json_object_set_object_member (known, link->data, json_object_ref (object));
    }
  return TRUE;
}

static JsonObject *
load_terms (const char *file, GError **error)
{
  g_autoptr (JsonObject) known = json_object_new ();
  g_autoptr (GBytes) bytes = ttecomm_resources_lookup ("terms-of-sale.json", error);
  g_autofree char *text = NULL;
  gconstpointer data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (!add_terms (known, data, length, error))
    return NULL;
  if (file != NULL
      && (!g_file_get_contents (file, &text, &length, error)
          || !add_terms (known, text, length, error)))
    return NULL;
  return g_steal_pointer (&known);
}

/* Gives a row that names terms of sale their object. */
static gboolean
resolve_terms (JsonObject *row, JsonObject *known, GError **error)
{
  const char *name;
  JsonObject *terms;

  if (!ttecomm_json_get_optional_string (row, "terms", MAX_TEXT, &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;
  if (!ttecomm_json_get_object (known, name, &terms, error))
    {
      g_prefix_error (error, "unknown terms of sale: ");
      return FALSE;
    }
  json_object_set_object_member (row, VECTORS_TERMS, json_object_ref (terms));
  return TRUE;
}

/* What the row's function answers; NULL with @error where it has no answer. */
static JsonNode *
run_row (JsonObject *row, JsonObject *known, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *answer = NULL;
  JsonNode *got = NULL;
  const char *fn;
  VectorFn run;

  if (!ttecomm_json_get_string (row, "fn", MAX_TEXT, &fn, error))
    return NULL;
  run = find_function (fn);
  if (run == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "unknown fn \"%s\"", fn);
      return NULL;
    }
  if (!resolve_terms (row, known, error))
    return NULL;
  if (run (row, &got, &local_error))
    return got;
  if (local_error->domain != TTECOMM_TERMS_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  answer = g_strconcat ("error:", ttecomm_terms_error_name ((TtecommTermsError)local_error->code),
                        NULL);
  return vectors_node_string (answer);
}

/* A member as text, for a row that may be wrong in any way. */
static char *
member_text (JsonObject *row, const char *name)
{
  JsonNode *node = json_object_get_member (row, name);

  return node != NULL ? vectors_node_print (node) : g_strdup ("-");
}

static void
print_mismatch (guint index, JsonObject *row, JsonNode *got, const GError *error)
{
  g_autofree char *n = member_text (row, "n");
  g_autofree char *fn = member_text (row, "fn");
  g_autofree char *terms = member_text (row, "terms");
  g_autofree char *expected = member_text (row, "out");
  g_autofree char *answer = got != NULL ? vectors_node_print (got) : g_strdup (error->message);

  g_print ("row %u (n %s, fn %s, terms %s): expected %s, got %s%s\n", index + 1, n, fn, terms,
           expected, got != NULL ? "" : "no answer: ", answer);
}

static gboolean
check_row (guint index, JsonObject *row, JsonObject *known)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) got = run_row (row, known, &error);
  JsonNode *out = json_object_get_member (row, "out");

  if (got != NULL && out != NULL && vectors_node_equal (out, got))
    return TRUE;
  print_mismatch (index, row, got, error);
  return FALSE;
}

static gboolean
check_are_objects (GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    if (!JSON_NODE_HOLDS_OBJECT (g_ptr_array_index (rows, i)))
      {
        g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE, "row %u is not an object",
                     i + 1);
        return FALSE;
      }
  return TRUE;
}

static GPtrArray *
load_rows (const char *file, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, error))
    return NULL;
  rows = vectors_parse_rows (text, length, error);
  if (rows == NULL || !check_are_objects (rows, error))
    {
      g_prefix_error (error, "%s: ", file);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

/* Whether the row is one of those asked for; a row without a kind is of every kind. */
static gboolean
is_wanted (JsonObject *row, const char *only)
{
  const char *fn;

  return only == NULL || !ttecomm_json_get_string (row, "fn", MAX_TEXT, &fn, NULL)
         || g_str_equal (fn, only);
}

/* @only: (nullable): run the rows of this `fn` alone */
static int
run_file (const char *file, const char *terms_file, const char *only, GError **error)
{
  g_autoptr (JsonObject) known = load_terms (terms_file, error);
  g_autoptr (GPtrArray) rows = NULL;
  guint passed = 0;
  guint failed = 0;

  if (known == NULL)
    return 2;
  rows = load_rows (file, error);
  if (rows == NULL)
    return 2;
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *row = json_node_get_object (g_ptr_array_index (rows, i));

      if (!is_wanted (row, only))
        continue;
      if (check_row (i, row, known))
        passed++;
      else
        failed++;
    }
  g_print ("%u passed, %u failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE - run a file of vectors");
  g_autoptr (GError) error = NULL;
  g_autofree char *terms_file = NULL;
  g_autofree char *only = NULL;
  const GOptionEntry entries[] = {
    { "terms", 0, 0, G_OPTION_ARG_FILENAME, &terms_file, "More terms of sale", "FILE" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "The rows of one function alone", "FN" },
    { 0 },
  };
  int status;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("vectors: %s\n", error->message);
      return 2;
    }
  if (argc != 2)
    {
      g_printerr (
          "vectors: one file of vectors is needed: vectors [--terms FILE] [--only FN] FILE\n");
      return 2;
    }
  status = run_file (argv[1], terms_file, only, &error);
  if (error != NULL)
    g_printerr ("vectors: %s\n", error->message);
  return status;
}
