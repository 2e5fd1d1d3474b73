/* SPDX-License-Identifier: MIT */
#include "tests/unit/text/po-template.h"

#include "tests/harness/harness.h"

PoFile *
po_file_load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  PoFile *file;

  g_assert_true (g_file_get_contents (path, &content, NULL, &error));
  file = po_file_parse (content, &error);
  if (file == NULL)
    g_error ("%s: %s", path, error->message);
  return file;
}

PoFile *
po_template_load (void)
{
  g_autofree char *tool = g_find_program_in_path ("xgettext");
  g_autofree char *script = harness_source_path ("po/template");
  g_autofree char *root = harness_source_path ("");
  g_autofree char *path = g_build_filename (harness_tmpdir (), "ttecomm.pot", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (tool == NULL)
    {
      g_test_skip ("there is no xgettext; install gettext");
      return NULL;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, script, root, path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  return po_file_load (path);
}
