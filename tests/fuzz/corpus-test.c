/* SPDX-License-Identifier: MIT */
/* Every file of tests/fuzz/corpus through its target: what a fuzzer once found stays found, without
 * a fuzzer. A file FOLDER/NAME is the test /FOLDER/NAME. */
#include "tests/fuzz/fuzz.h"
#include "tests/harness/harness.h"

#include <string.h>

typedef int (*Target) (const guint8 *data, gsize size);

static const struct
{
  const char *name;
  Target run;
} targets[] = {
  { "answer", ttecomm_fuzz_answer },       { "cache", ttecomm_fuzz_cache },
  { "json", ttecomm_fuzz_json },           { "kept", ttecomm_fuzz_kept },
  { "keys", ttecomm_fuzz_keys },           { "nbt", ttecomm_fuzz_nbt },
  { "order", ttecomm_fuzz_order },         { "page", ttecomm_fuzz_page },
  { "problem", ttecomm_fuzz_problem },     { "redirect", ttecomm_fuzz_redirect },
  { "statement", ttecomm_fuzz_statement }, { "terms", ttecomm_fuzz_terms },
};

typedef struct
{
  char *path; /* (owned) */
  Target run;
} Case;

static void
case_free (gpointer data)
{
  Case *self = data;

  g_free (self->path);
  g_free (self);
}

static void
run_case (gconstpointer data)
{
  const Case *self = data;
  g_autofree char *text = NULL;
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (self->path, &text, &length, &error));
  g_assert_no_error (error);
  /* A block of exactly this length, so that reading past it is seen. */
  bytes = length > 0 ? g_memdup2 (text, length) : g_malloc (1);
  g_assert_cmpint (self->run (bytes, length), ==, 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* (transfer full) (element-type utf8): never empty: a folder that is missing must not pass for one
 * in which all is well */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  if (dir == NULL)
    g_error ("%s", error->message);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0)
    g_error ("%s is empty", folder);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *relative = g_build_filename ("tests/fuzz/corpus", targets[i].name, NULL);
      g_autofree char *folder = harness_source_path (relative);
      g_autoptr (GPtrArray) names = list_files (folder);

      for (guint j = 0; j < names->len; j++)
        {
          Case *one = g_new0 (Case, 1);

          one->path = g_build_filename (folder, names->pdata[j], NULL);
          one->run = targets[i].run;
          harness_add_full (harness, targets[i].name, names->pdata[j], run_case, one, case_free);
        }
    }
}

HARNESS_MAIN (register_tests)
