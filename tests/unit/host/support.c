/* SPDX-License-Identifier: MIT */
#include "tests/unit/host/support.h"

#include "tests/host/files.h"

char *
test_specimen_path (const char *name)
{
  g_autofree char *file = g_strdup_printf ("specimen-%s" HOST_MODULE_SUFFIX, name);

  return g_build_filename (HOST_SPECIMENS, file, NULL);
}

Host *
test_host_new (const char *dir, const HostOptions *given)
{
  HostOptions options = *given;
  g_autofree char *log = g_build_filename (dir, "log", NULL);
  g_autofree char *secrets = g_build_filename (dir, "secrets", NULL);
  g_autofree char *saved = g_build_filename (dir, "saved", NULL);

  if (options.secrets_dir == NULL)
    options.secrets_dir = secrets;
  if (options.save_dir == NULL)
    options.save_dir = saved;
  options.log_file = host_append_to_file (log);
  g_assert_nonnull (options.log_file);
  return host_new (&options);
}

void
test_host_run (Host *host, const char *name)
{
  g_autofree char *path = test_specimen_path (name);
  prosoft_error_t error = { 0 };

  host_load (host, path, &error);
  g_assert_cmpstr (error.message, ==, "");
  host_start (host, NULL, &error);
  g_assert_cmpstr (error.message, ==, "");
}

void
test_host_open_project (Host *host, const char *dir, gsize size)
{
  g_autofree char *path = g_build_filename (dir, "project.nbt", NULL);
  g_autofree char *bytes = g_malloc0 (size);
  prosoft_error_t error = { 0 };

  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  host_open_project (host, path, &error);
  g_assert_cmpstr (error.message, ==, "");
}

static bool
is_done (void *data)
{
  const HostOperation *operation = data;

  return operation->done;
}

const HostOperation *
test_host_wait (Host *host, prosoft_op_t op)
{
  const HostOperation *operation = host_get_operation (host, op);

  g_assert_nonnull (operation);
  g_assert_true (host_run_until (host, is_done, (void *)operation, 5000));
  return operation;
}

char *
test_host_log (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "log", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}
