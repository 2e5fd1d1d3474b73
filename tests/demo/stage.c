/* SPDX-License-Identifier: MIT */
#include "tests/demo/stage.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "tests/host/files.h"
#include "tests/host/page-tree.h"

gboolean
stage_begin (Stage *stage, const char *sandbox, const char *module)
{
  g_autoptr (GError) error = NULL;

  *stage = (Stage){ .given = sandbox, .module = module, .started = g_get_monotonic_time () };
  stage->folder = g_dir_make_tmp ("ttecomm-demo-XXXXXX", &error);
  if (stage->folder == NULL)
    g_printerr ("demo: no temporary folder: %s\n", error->message);
  return stage->folder != NULL;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

int
stage_end (Stage *stage, gboolean ok)
{
  ok = ok && stage->n_failed == 0;
  g_clear_pointer (&stage->driver, host_driver_free);
  g_clear_pointer (&stage->sandbox, sandbox_process_free);
  stage_print ("\n%u of %u steps as stated, in %.1f s\n", stage->n_steps - stage->n_failed,
               stage->n_steps, (double)(g_get_monotonic_time () - stage->started) / G_USEC_PER_SEC);
  if (ok)
    remove_tree (stage->folder);
  else
    stage_print ("what was written is in %s\n", stage->folder);
  g_free (stage->folder);
  return ok ? 0 : 1;
}

void
stage_print (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
  fflush (stdout);
}

void
stage_show (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' || lines[i + 1] != NULL)
      stage_print ("       | %s\n", lines[i]);
}

void
stage_step (Stage *stage, gboolean ok, const char *what, const char *expected, const char *got)
{
  stage->n_steps++;
  if (!ok)
    stage->n_failed++;
  stage_print ("%s %2u. %s\n       expected: %s\n       happened: %s\n", ok ? " ok " : "FAIL",
               stage->n_steps, what, expected, got);
}

gboolean
stage_failed (Stage *stage, const char *what, const char *expected, GError *error)
{
  g_autoptr (GError) owned = error;

  stage_step (stage, FALSE, what, expected, owned != NULL ? owned->message : "nothing came");
  return FALSE;
}

char *
stage_dup_program (const char *name)
{
  g_autofree char *file = g_strconcat (name, HOST_PROGRAM_SUFFIX, NULL);

  return g_build_filename (BUILD_ROOT, "tests", "sandbox", file, NULL);
}

char *
stage_dup_module (Stage *stage)
{
  if (stage->module != NULL)
    return g_strdup (stage->module);
  return g_build_filename (BUILD_ROOT, "plugin", "ttecomm" HOST_MODULE_SUFFIX, NULL);
}

char *
stage_dup_data (const char *name)
{
  return g_build_filename (SOURCE_ROOT, "tests", "data", name, NULL);
}

char *
stage_dup_home (Stage *stage)
{
  return g_build_filename (stage->folder, "home", NULL);
}

static SandboxProcess *
find_sandbox (Stage *stage, GError **error)
{
  g_autofree char *program = stage_dup_program ("ttcloud-sandbox");
  g_autofree char *folder = g_build_filename (stage->folder, "sandbox", NULL);

  if (stage->given != NULL)
    return sandbox_process_attach (stage->given, error);
  if (host_make_folder (folder))
    return sandbox_process_start (program, folder, 0, error);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder,
               g_strerror (errno));
  return NULL;
}

gboolean
stage_start_sandbox (Stage *stage)
{
  const char *what = "the sandbox starts (its prices are fiction)";
  const char *expected = "TTcloud and TTecomm answer on this PC";
  g_autofree char *got = NULL;
  GError *error = NULL;

  stage->sandbox = find_sandbox (stage, &error);
  if (stage->sandbox == NULL)
    return stage_failed (stage, what, expected, error);
  got = g_strdup_printf ("TTcloud at %s, TTecomm at %s",
                         sandbox_process_get_ttcloud_url (stage->sandbox),
                         sandbox_process_get_ttecomm_url (stage->sandbox));
  stage_step (stage, TRUE, what, expected, got);
  return TRUE;
}

gboolean
stage_start_host (Stage *stage, gboolean pays, GError **error)
{
  g_autofree char *module = stage_dup_module (stage);
  g_autofree char *person = stage_dup_program ("sandbox-person");
  g_autofree char *quoted = g_shell_quote (person);
  g_autofree char *browser = g_strconcat (quoted, " --as ", STAGE_INTEGRATOR, NULL);
  g_autofree char *home = stage_dup_home (stage);
  HostDriverOptions options = {
    .module = module,
    .home = home,
    .sandbox = sandbox_process_get_folder (stage->sandbox),
    .locale = "en",
    .browser = pays ? browser : NULL,
  };

  g_clear_pointer (&stage->driver, host_driver_free);
  stage->driver = host_driver_new (&options, error);
  return stage->driver != NULL;
}

JsonObject *
stage_open (Stage *stage, const char *file, GError **error)
{
  g_autofree char *path = stage_dup_data (file);

  if (!host_driver_open (stage->driver, path, error)
      || !host_driver_wait_loaded (stage->driver, error))
    return NULL;
  return host_driver_get_page (stage->driver, error);
}

const char *
stage_get_cell (JsonObject *page, const char *table_id, const char *row_id, guint column)
{
  JsonObject *table = host_page_find (page, table_id);
  JsonArray *rows = table != NULL && json_object_has_member (table, "rows")
                        ? json_object_get_array_member (table, "rows")
                        : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonNode *cell;

      if (strcmp (host_page_get_text (row, "id"), row_id) != 0)
        continue;
      cell = json_array_get_element (json_object_get_array_member (row, "cells"), column);
      if (JSON_NODE_HOLDS_OBJECT (cell))
        return host_page_get_text (json_node_get_object (cell), "text");
      return json_node_get_string (cell);
    }
  return "(no such row)";
}

static char *
describe_expected (const StageCheck *expected, const char *word)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s", word, expected->code);
  if (expected->cause != NULL)
    g_string_append_printf (text, ", because %s", expected->cause);
  if (expected->was != NULL)
    g_string_append_printf (text, " (was %s)", expected->was);
  if (expected->in_text != NULL)
    g_string_append_printf (text, ", and the text says: %s", expected->in_text);
  return g_string_free (text, FALSE);
}

static gboolean
is_as_expected (const HostDecision *decision, const StageCheck *expected)
{
  return decision->outcome == expected->outcome && g_strcmp0 (decision->code, expected->code) == 0
         && (expected->cause == NULL || g_strcmp0 (decision->cause, expected->cause) == 0)
         && g_strcmp0 (decision->was, expected->was) == 0
         && decision->allowed == (expected->outcome <= PROSOFT_GATE_NOTE ? 1 : 0)
         && (decision->session != 0) == (decision->allowed == 1)
         && (expected->in_text == NULL
             || (decision->message != NULL
                 && strstr (decision->message, expected->in_text) != NULL));
}

static void
show_decision (const HostDecision *decision)
{
  if (decision->message != NULL)
    stage_show (decision->message);
  for (guint i = 0; i < decision->n_buttons; i++)
    stage_print ("       | [%s]\n", decision->buttons[i].label);
}

gboolean
stage_check (Stage *stage, const char *what, const StageCheck *expected)
{
  static const char *const words[] = { "?", "ALLOW", "NOTE", "WAIT", "DENY" };
  g_autofree char *wanted = describe_expected (expected, words[expected->outcome]);
  g_autofree char *got = NULL;
  const HostDecision *decision;
  GError *error = NULL;
  gboolean ok;

  decision = host_driver_check (stage->driver, expected->installation, &error);
  if (decision == NULL)
    return stage_failed (stage, what, wanted, error);
  ok = is_as_expected (decision, expected);
  if (ok)
    got = g_strdup (wanted);
  else
    got = g_strdup_printf ("%s %s, cause %s, was %s", words[CLAMP (decision->outcome, 0, 4)],
                           decision->code, decision->cause != NULL ? decision->cause : "none",
                           decision->was != NULL ? decision->was : "nothing");
  stage_step (stage, ok, what, wanted, got);
  /* The person closes it again; what follows is about the next opening. */
  if (decision->session != 0)
    host_end_session (host_driver_get_host (stage->driver), decision->session);
  show_decision (decision);
  return ok;
}

gboolean
stage_check_findings (Stage *stage)
{
  Host *host = host_driver_get_host (stage->driver);
  gsize n = host_findings_total (host_get_findings (host));
  g_autofree char *got = NULL;

  n = MAX (n, host_driver_stop (stage->driver));
  got = g_strdup_printf ("%" G_GSIZE_FORMAT " broken", n);
  stage_step (stage, n == 0, "the host watched the rules of the interface all the time", "0 broken",
              got);
  return n == 0;
}
