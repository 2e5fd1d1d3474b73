/* SPDX-License-Identifier: MIT */
#include "tests/unit/module/module-host.h"

#include "tests/harness/environment.h"

#include <string.h>

#define WAIT_MS 60000

char *
module_dup_path (void)
{
  return harness_build_path ("plugin/ttecomm" HOST_MODULE_SUFFIX);
}

GBytes *
module_load_data (const char *name)
{
  g_autofree char *path = harness_data_path (name);
  char *data = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

static char *
folder_of (Host *host, const char *name)
{
  g_autofree char *number = g_strdup_printf ("host-%p", (void *)host);

  return g_build_filename (harness_tmpdir (), number, name, NULL);
}

Host *
module_host_new (HostOptions *options)
{
  HostOptions none = { 0 };
  HostOptions *chosen = options != NULL ? options : &none;
  g_autofree char *log = NULL, *data = NULL, *cache = NULL;
  Host *host;

  log = g_build_filename (harness_tmpdir (), "log", NULL);
  if (chosen->log_file == NULL)
    chosen->log_file = fopen (log, "ae");
  g_assert_nonnull (chosen->log_file);
  host = host_new (chosen);
  data = folder_of (host, "data");
  cache = folder_of (host, "cache");
  host_set_environment (host, PROSOFT_ENV_LOCALE, "en");
  host_set_environment (host, PROSOFT_ENV_DATA_DIR, data);
  host_set_environment (host, PROSOFT_ENV_CACHE_DIR, cache);
  return host;
}

char *
module_host_dup_log (Host *host)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "log", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

void
module_host_start (Host *host)
{
  g_autofree char *path = module_dup_path ();
  prosoft_error_t error = { 0 };

  host_load (host, path, &error);
  g_assert_cmpstr (error.message, ==, "");
  host_start (host, NULL, &error);
  g_assert_cmpstr (error.message, ==, "");
}

void
module_host_free (Host *host)
{
  const HostFinding *finding;

  host_stop (host);
  /* R11: what comes now comes too late, and is a finding. */
  host_run_for (host, 30);
  host_unload (host);
  for (gsize i = 0; (finding = host_findings_get (host_get_findings (host), i)) != NULL; i++)
    g_test_message ("%s: %s", host_check_name (finding->check), finding->text);
  g_assert_cmpuint (host_findings_total (host_get_findings (host)), ==, 0);
  host_free (host);
}

void
module_host_open_path (Host *host, const char *path)
{
  prosoft_error_t error = { 0 };

  host_open_project (host, path, &error);
  g_assert_cmpstr (error.message, ==, "");
}

void
module_host_open_data (Host *host, const char *name)
{
  g_autofree char *path = harness_data_path (name);

  module_host_open_path (host, path);
}

prosoft_view_t
module_host_open_page (Host *host)
{
  prosoft_error_t error = { 0 };
  prosoft_view_t view = 0;

  host_open_page (host, "subscriptions", &view, &error);
  g_assert_cmpstr (error.message, ==, "");
  return view;
}

bool
module_host_run_until (Host *host, HostPredicate predicate, void *data)
{
  return host_run_until (host, predicate, data, WAIT_MS * (int)harness_environment_slowness ());
}

typedef struct
{
  Host *host;
  prosoft_view_t view;
  const char *text;
} Shown;

static bool
shows (void *data)
{
  Shown *shown = data;
  const HostView *view;

  g_assert_cmpint (host_refresh_view (shown->host, shown->view), ==, PROSOFT_OK);
  view = host_get_view (shown->host, shown->view);
  return view->page != NULL && strstr (view->page, shown->text) != NULL;
}

void
module_host_wait_page (Host *host, prosoft_view_t view, const char *text)
{
  Shown shown = { host, view, text };

  if (!module_host_run_until (host, shows, &shown))
    g_error ("the page never says '%s': %s", text, host_get_view (host, view)->page);
}

static bool
is_done (void *data)
{
  const HostOperation *operation = data;

  return operation->done;
}

const HostOperation *
module_host_wait (Host *host, prosoft_op_t op)
{
  const HostOperation *operation = host_get_operation (host, op);

  g_assert_nonnull (operation);
  g_assert_true (module_host_run_until (host, is_done, (void *)operation));
  return operation;
}

const HostDecision *
module_host_check (Host *host, const char *installation)
{
  prosoft_op_t op = 0;
  const HostOperation *operation;

  g_assert_cmpint (host_check_session (host, installation, NULL, 0, &op), ==, PROSOFT_OK);
  operation = module_host_wait (host, op);
  g_assert_nonnull (operation->decision);
  return operation->decision;
}

void
module_assert_error (const prosoft_error_t *error, prosoft_result_t code)
{
  gsize length = strnlen (error->message, sizeof error->message);

  g_assert_cmpint (error->code, ==, code);
  g_assert_cmpuint (error->reserved, ==, 0);
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <, sizeof error->message);
  g_assert_true (g_utf8_validate (error->message, (gssize)length, NULL));
}
