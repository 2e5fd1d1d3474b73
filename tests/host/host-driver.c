/* SPDX-License-Identifier: MIT */
#include "tests/host/host-driver.h"

#include <gio/gio.h>

#include "tests/host/files.h"
#include "tests/host/page-text.h"
#include "tests/host/page-tree.h"
#include "tests/host/sandbox-dir.h"

#define PAGE_ID "subscriptions"
#define NOTICE_MS 5000
#define LOAD_TIMEOUT_MS 20000
#define CHECK_TIMEOUT_MS 15000
#define OPERATION_TIMEOUT_MS 60000

struct _HostDriver
{
  Host *host;           /* (owned) */
  HostSchema *schema;   /* (owned): of pages */
  HostSandbox *sandbox; /* (owned) (nullable) */
  char *address;        /* (owned) (nullable): who is to be signed in */
  char *remembered;     /* (owned): file that keeps the sandbox's addresses */
  prosoft_view_t view;  /* 0: not open */
  JsonObject *page;     /* (owned) (nullable): of `revision` */
  gint64 revision;
  gsize n_opened; /* addresses handed to a browser, as far as looked at */
  gboolean away;  /* the person is in the browser */
};

G_DEFINE_QUARK (host - driver - error - quark, host_driver_error)

/* --- start and stop --------------------------------------------------------------------------- */

static GStrv
make_browser (const HostDriverOptions *options, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  if (options->browser == NULL)
    return NULL;
  if (!g_shell_parse_argv (options->browser, NULL, &words, error))
    {
      g_prefix_error (error, "the browser command cannot be read: ");
      return NULL;
    }
  g_strv_builder_addv (builder, (const char **)words);
  return g_strv_builder_end (builder);
}

static gboolean
make_folders (const char *home, GError **error)
{
  static const char *const folders[] = { "data", "cache", "secrets", "saved" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (home, folders[i], NULL);

      if (!host_make_folder (path))
        {
          g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_SETUP,
                       "cannot make the folder %s: %s; give another --home", path,
                       g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

/* The host and its folders, not yet a module. */
static gboolean
make_host (HostDriver *driver, const HostDriverOptions *options, GError **error)
{
  g_autofree char *secrets = g_build_filename (options->home, "secrets", NULL);
  g_autofree char *saved = g_build_filename (options->home, "saved", NULL);
  g_autofree char *data = g_build_filename (options->home, "data", NULL);
  g_autofree char *cache = g_build_filename (options->home, "cache", NULL);
  g_autofree char *log = g_build_filename (options->home, "host.log", NULL);
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) browser = make_browser (options, &local_error);
  HostOptions host_options = { .version = options->prosoft_version,
                               .browser = (const char *const *)browser,
                               .secrets_dir = secrets,
                               .save_dir = saved,
                               .sandbox = driver->sandbox != NULL };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!options->log_to_stderr)
    host_options.log_file = host_append_to_file (log);
  driver->host = host_new (&host_options);
  host_set_environment (driver->host, PROSOFT_ENV_LOCALE,
                        options->locale != NULL ? options->locale : "en");
  host_set_environment (driver->host, PROSOFT_ENV_THEME, "light");
  host_set_environment (driver->host, PROSOFT_ENV_DATA_DIR, data);
  host_set_environment (driver->host, PROSOFT_ENV_CACHE_DIR, cache);
  if (driver->sandbox != NULL)
    {
      host_set_environment (driver->host, PROSOFT_ENV_PROXY, "direct");
      host_sandbox_apply (driver->sandbox, driver->host);
    }
  return TRUE;
}

/* A sandbox that does not answer is no reason to stop: that is what a host would live through. */
static gboolean
read_sandbox (HostDriver *driver, const HostDriverOptions *options, GError **error)
{
  g_autoptr (GError) ignored = NULL;

  driver->remembered = g_build_filename (options->home, "sandbox.json", NULL);
  if (options->sandbox == NULL)
    return TRUE;
  driver->sandbox = host_sandbox_read (options->sandbox, driver->remembered, error);
  if (driver->sandbox == NULL)
    return FALSE;
  if (!host_sandbox_ask_clock (driver->sandbox, &ignored))
    return TRUE;
  return host_sandbox_remember (driver->sandbox, driver->remembered, error);
}

static gboolean
start (HostDriver *driver, const char *module, const char *id, GError **error)
{
  prosoft_error_t reason = { 0 };

  if (host_load (driver->host, module, &reason) >= 0 && host_start (driver->host, id, &reason) >= 0)
    return TRUE;
  g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_SETUP, "%s", reason.message);
  return FALSE;
}

HostDriver *
host_driver_new (const HostDriverOptions *options, GError **error)
{
  g_autoptr (HostDriver) driver = g_new0 (HostDriver, 1);

  driver->revision = -1;
  driver->address = g_strdup (options->address);
  driver->schema = host_schema_load ("page", error);
  if (driver->schema == NULL || !make_folders (options->home, error)
      || !read_sandbox (driver, options, error) || !make_host (driver, options, error)
      || !start (driver, options->module, options->id, error))
    return NULL;
  return g_steal_pointer (&driver);
}

gsize
host_driver_stop (HostDriver *driver)
{
  host_stop (driver->host);
  driver->view = 0;
  return host_findings_total (host_get_findings (driver->host));
}

void
host_driver_free (HostDriver *driver)
{
  g_clear_pointer (&driver->host, host_free);
  g_clear_pointer (&driver->schema, host_schema_free);
  g_clear_pointer (&driver->sandbox, host_sandbox_free);
  g_clear_pointer (&driver->page, json_object_unref);
  g_free (driver->address);
  g_free (driver->remembered);
  g_free (driver);
}

Host *
host_driver_get_host (HostDriver *driver)
{
  return driver->host;
}

gboolean
host_driver_sync_clock (HostDriver *driver, GError **error)
{
  if (driver->sandbox == NULL)
    return TRUE;
  if (!host_sandbox_ask_clock (driver->sandbox, error)
      || !host_sandbox_remember (driver->sandbox, driver->remembered, error))
    return FALSE;
  host_sandbox_apply (driver->sandbox, driver->host);
  return TRUE;
}

/* --- waiting --------------------------------------------------------------------------------- */

typedef struct
{
  HostDriver *driver;
  HostPredicate predicate;
  gpointer data;
} Wait;

/* When the browser is gone the host's window has the focus again, and says so. Addresses are
 * counted, since a browser command may have come and gone between two looks. */
static void
notice_focus (HostDriver *driver)
{
  for (; host_get_opened_uri (driver->host, driver->n_opened) != NULL; driver->n_opened++)
    driver->away = TRUE;
  if (!driver->away || host_count_browsers (driver->host) > 0)
    return;
  driver->away = FALSE;
  if (driver->view != 0)
    host_activate_page (driver->host, driver->view);
}

static bool
look (void *data)
{
  Wait *wait = data;

  notice_focus (wait->driver);
  return wait->predicate (wait->data);
}

static gboolean
run_until (HostDriver *driver, HostPredicate predicate, gpointer data, guint timeout_ms)
{
  Wait wait = { driver, predicate, data };

  return host_run_until (driver->host, look, &wait, (int)timeout_ms);
}

/* --- the page --------------------------------------------------------------------------------- */

static gboolean
open_page (HostDriver *driver, GError **error)
{
  prosoft_error_t reason = { 0 };
  const prosoft_page_info_t *info = host_get_page_info (driver->host, 0);

  if (driver->view != 0
      || host_open_page (driver->host, info != NULL ? info->id : PAGE_ID, &driver->view, &reason)
             >= 0)
    return TRUE;
  g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_PAGE, "%s", reason.message);
  return FALSE;
}

static gboolean
is_newer (JsonObject *page, gpointer data)
{
  return json_object_get_int_member (page, "revision") > *(gint64 *)data;
}

gboolean
host_driver_open (HostDriver *driver, const char *file, GError **error)
{
  g_autoptr (GError) unnoticed = NULL;
  prosoft_error_t reason = { 0 };
  JsonObject *page;
  gint64 before;

  if (!open_page (driver, error))
    return FALSE;
  if (file == NULL)
    return TRUE;
  page = host_driver_get_page (driver, error);
  if (page == NULL)
    return FALSE;
  before = json_object_get_int_member (page, "revision");
  if (host_open_project (driver->host, file, &reason) < 0)
    {
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_FILE, "%s", reason.message);
      return FALSE;
    }
  /* The page of before is no answer; a plug-in that has nothing to say of a file keeps it. */
  if (!host_driver_wait_page (driver, is_newer, &before, "the page to notice the file", NOTICE_MS,
                              &unnoticed))
    g_debug ("%s", unnoticed->message);
  return TRUE;
}

/* What a host that draws pages would stumble over is a finding about the plug-in. */
static gboolean
take_page (HostDriver *driver, const HostView *view, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  JsonObject *page = host_page_parse (view->page, view->page_size, driver->schema, &local_error);

  if (page != NULL && json_object_get_int_member (page, "revision") != view->revision)
    g_set_error (&local_error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_PAGE,
                 "render() says revision %" G_GINT64_FORMAT " and the page another",
                 view->revision);
  if (local_error != NULL)
    {
      host_findings_add (host_get_findings (driver->host), HOST_CHECK_PAGE, false,
                         local_error->message);
      g_clear_pointer (&page, json_object_unref);
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_PAGE,
                   "the plug-in rendered no valid page: %s", local_error->message);
      return FALSE;
    }
  g_clear_pointer (&driver->page, json_object_unref);
  driver->page = page;
  driver->revision = view->revision;
  return TRUE;
}

JsonObject *
host_driver_get_page (HostDriver *driver, GError **error)
{
  prosoft_result_t result = host_refresh_view (driver->host, driver->view);
  const HostView *view = host_get_view (driver->host, driver->view);

  if (result < 0 || view == NULL || view->page == NULL)
    {
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_PAGE,
                   "the page cannot be rendered (%d); see the log", (int)result);
      return NULL;
    }
  if ((driver->page == NULL || view->revision != driver->revision)
      && !take_page (driver, view, error))
    return NULL;
  return driver->page;
}

typedef struct
{
  HostDriver *driver;
  HostDriverPredicate predicate;
  gpointer data;
  GError *error; /* (owned) (nullable) */
} PageWait;

static bool
page_is_as_wanted (void *data)
{
  PageWait *wait = data;
  JsonObject *page = host_driver_get_page (wait->driver, &wait->error);

  return page == NULL || wait->predicate (page, wait->data);
}

gboolean
host_driver_wait_page (HostDriver *driver,
                       HostDriverPredicate predicate,
                       gpointer data,
                       const char *what,
                       guint timeout_ms,
                       GError **error)
{
  PageWait wait = { driver, predicate, data, NULL };
  gboolean over = run_until (driver, page_is_as_wanted, &wait, timeout_ms);

  if (wait.error != NULL)
    {
      g_propagate_error (error, wait.error);
      return FALSE;
    }
  if (!over)
    g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_TIMEOUT,
                 "waited %u s for %s; the page is \"%s\"", timeout_ms / 1000, what,
                 driver->page != NULL ? host_page_get_text (driver->page, "state") : "not there");
  return over;
}

static gboolean
is_loaded (JsonObject *page, gpointer data)
{
  return !g_str_equal (host_page_get_text (page, "state"), "loading");
}

gboolean
host_driver_wait_loaded (HostDriver *driver, GError **error)
{
  return host_driver_wait_page (driver, is_loaded, NULL, "the page to load", LOAD_TIMEOUT_MS,
                                error);
}

/* What can be cancelled waits for a person. */
static gboolean
has_progress (JsonObject *object)
{
  JsonArray *blocks = host_page_get_blocks (object);

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);

      if (has_progress (block)
          || (g_str_equal (host_page_get_text (block, "type"), "progress")
              && !json_object_has_member (block, "cancel")))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_at_rest (JsonObject *page, gpointer data)
{
  return is_loaded (page, data) && !has_progress (page);
}

gboolean
host_driver_wait_rest (HostDriver *driver, guint timeout_ms, GError **error)
{
  return host_driver_wait_page (driver, is_at_rest, NULL, "the page to come to rest", timeout_ms,
                                error);
}

/* --- operations ------------------------------------------------------------------------------- */

static bool
is_done (void *data)
{
  const HostOperation *operation = data;

  return operation->done;
}

static gboolean
offered (HostDriver *driver, const char *action, GError **error)
{
  JsonObject *page = host_driver_get_page (driver, error);
  const char *reason = NULL;

  if (page == NULL)
    return FALSE;
  if (host_page_can_invoke (page, action, &reason))
    return TRUE;
  g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_ACTION, "action %s: %s", action, reason);
  return FALSE;
}

/* Starts it, once more when the page changed in between. */
static gboolean
begin (HostDriver *driver, const char *action, const char *inputs, prosoft_op_t *op, GError **error)
{
  prosoft_error_t reason = { 0 };
  prosoft_result_t result;

  if (!offered (driver, action, error))
    return FALSE;
  result = host_invoke (driver->host, driver->view, action, inputs, op, &reason);
  if (result == PROSOFT_E_STALE)
    {
      if (!offered (driver, action, error))
        return FALSE;
      result = host_invoke (driver->host, driver->view, action, inputs, op, &reason);
    }
  if (result < 0)
    g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_ACTION, "%s", reason.message);
  return result >= 0;
}

gboolean
host_driver_invoke (HostDriver *driver,
                    const char *action,
                    const char *inputs,
                    char **message,
                    GError **error)
{
  const HostOperation *operation;
  prosoft_op_t op = 0;

  if (!begin (driver, action, inputs, &op, error))
    return FALSE;
  operation = host_get_operation (driver->host, op);
  if (!run_until (driver, is_done, (gpointer)operation, OPERATION_TIMEOUT_MS))
    {
      host_cancel (driver->host, op);
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_TIMEOUT,
                   "action %s did not end within %d s", action, OPERATION_TIMEOUT_MS / 1000);
      return FALSE;
    }
  if (operation->result < 0)
    g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_FAILED, "action %s: %s (%d%s%s)",
                 action, operation->message != NULL ? operation->message : "it failed",
                 (int)operation->result, operation->details != NULL ? ", " : "",
                 operation->details != NULL ? operation->details : "");
  else if (message != NULL)
    *message = g_strdup (operation->message);
  return operation->result >= 0;
}

/* @data: the address; (nullable): anybody's. */
static gboolean
is_signed_in (JsonObject *page, gpointer data)
{
  g_autofree char *identity = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *wanted = NULL;

  if (host_page_find (page, "sign-out") == NULL || !is_loaded (page, NULL))
    return FALSE;
  if (data == NULL)
    return TRUE;
  identity = host_page_block_to_text (page, "identity", G_MAXINT);
  shown = g_utf8_casefold (identity, -1);
  wanted = g_utf8_casefold (data, -1);
  return strstr (shown, wanted) != NULL;
}

gboolean
host_driver_sign_in (HostDriver *driver, GError **error)
{
  JsonObject *page;

  if (!host_driver_wait_loaded (driver, error))
    return FALSE;
  page = host_driver_get_page (driver, error);
  if (page == NULL)
    return FALSE;
  return is_signed_in (page, driver->address)
         || (host_driver_invoke (driver, "sign-in", NULL, NULL, error)
             && host_driver_wait_page (driver, is_signed_in, driver->address,
                                       "the page to say who is signed in", LOAD_TIMEOUT_MS, error));
}

const HostDecision *
host_driver_check (HostDriver *driver, const char *installation, GError **error)
{
  const HostOperation *operation;
  prosoft_op_t op = 0;
  prosoft_result_t result = host_check_session (driver->host, installation, NULL, 0, &op);

  if (result < 0)
    {
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_FAILED,
                   "the gate does not take the question (%d)", (int)result);
      return NULL;
    }
  operation = host_get_operation (driver->host, op);
  if (!run_until (driver, is_done, (gpointer)operation, CHECK_TIMEOUT_MS))
    {
      host_cancel (driver->host, op);
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_TIMEOUT,
                   "the gate did not answer within %d s", CHECK_TIMEOUT_MS / 1000);
      return NULL;
    }
  if (operation->decision == NULL)
    g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_FAILED,
                 "the gate gave no decision (%d); see the log", (int)operation->result);
  return operation->decision;
}
