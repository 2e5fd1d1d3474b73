/* SPDX-License-Identifier: MIT */
#include "tests/unit/check/support.h"

static void
assert_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
}

char *
checker_run (const char *const *arguments, int *status)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *program = harness_build_path ("tests/check/prosoft-check");
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *folder = harness_tmpdir ();
  char *output = NULL;

  g_ptr_array_add (argv, program);
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer)arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_setenv (launcher, "TMPDIR", folder, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  /* Whatever became of the plug-in: no scratch file is left behind. */
  assert_empty (folder);
  *status = g_subprocess_get_exit_status (process);
  return output;
}

char *
checker_specimen (const char *name)
{
  g_autofree char *file = g_strdup_printf ("tests/check/specimens/%s.so", name);

  return harness_build_path (file);
}

GStrv
checker_list_specimens (void)
{
  return g_strsplit (CHECK_SPECIMENS, " ", -1);
}

GStrv
checker_list_hosts (void)
{
  return g_strsplit (CHECK_HOSTS, " ", -1);
}

JsonNode *
checker_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return node;
}

char *
checker_broken_rules (JsonNode *report)
{
  JsonArray *rules = json_object_get_array_member (json_node_get_object (report), "broken_rules");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (rules); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (rules, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
