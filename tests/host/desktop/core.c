/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/core.h"

#include <glib-unix.h>

#include "tests/host/desktop/core-private.h"
#include "tests/host/files.h"
#include "tests/host/page-tree.h"

#define MENU_PATH "extra/users-and-settings"

/* --- sources ---------------------------------------------------------------------------------- */

void
desktop_core_stop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

GSource *
desktop_core_after (guint ms, GSourceFunc function, gpointer data)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, function, data, NULL);
  g_source_attach (source, NULL);
  return source;
}

void
desktop_core_say (DesktopCore *self, DesktopSay severity, const char *text)
{
  self->listener->say (self->data, severity, text);
}

void
desktop_core_changed (DesktopCore *self)
{
  self->listener->changed (self->data);
}

/* --- what the plug-in did --------------------------------------------------------------------- */

/* A page that breaks the schema is not drawn: the one before stays. */
static void
take_page (DesktopCore *self, const HostView *view)
{
  g_autoptr (GError) error = NULL;
  JsonObject *page = host_page_parse (view->page, view->page_size, self->schema, &error);

  self->revision = view->revision;
  self->bad_page = page == NULL;
  if (page == NULL)
    {
      host_findings_add (host_get_findings (self->host), HOST_CHECK_PAGE, false, error->message);
      return;
    }
  g_clear_pointer (&self->page, json_object_unref);
  self->page = page;
  self->listener->page (self->data, page);
}

static void
look_at_page (DesktopCore *self)
{
  const HostView *view;

  if (self->view == 0 || host_refresh_view (self->host, self->view) < 0)
    return;
  view = host_get_view (self->host, self->view);
  if (view != NULL && view->page != NULL && view->revision != self->revision)
    take_page (self, view);
}

static void
look_at_trouble (DesktopCore *self)
{
  gsize n = host_findings_total (host_get_findings (self->host));

  if (n == self->n_findings)
    return;
  self->n_findings = n;
  if (self->trouble_word != DESKTOP_WORD_MODULE_MISSING)
    self->trouble_word
        = self->bad_page ? DESKTOP_WORD_MODULE_BAD_PAGE : DESKTOP_WORD_MODULE_MISBEHAVES;
}

static void
look_at_attention (DesktopCore *self)
{
  const char *now = desktop_core_get_attention (self, NULL);

  if (g_strcmp0 (now, self->attention) == 0)
    return;
  g_free (self->attention);
  self->attention = g_strdup (now);
}

/* Told once: a person who signs in should know how long it lasts. */
static void
look_at_safe (DesktopCore *self)
{
  if (self->safe == NULL || self->told_safe || desktop_safe_lasts (self->safe))
    return;
  self->told_safe = TRUE;
  desktop_core_say (self, DESKTOP_SAY_INFO,
                    desktop_word (self->language, DESKTOP_WORD_SECRETS_SESSION_ONLY));
}

static gboolean
look (gpointer data)
{
  DesktopCore *self = data;

  g_clear_pointer (&self->look, g_source_unref);
  look_at_page (self);
  desktop_core_look_at_work (self);
  look_at_trouble (self);
  look_at_attention (self);
  look_at_safe (self);
  desktop_core_changed (self);
  return G_SOURCE_REMOVE;
}

void
desktop_core_look_soon (DesktopCore *self)
{
  if (self->look != NULL)
    return;
  self->look = g_idle_source_new ();
  g_source_set_priority (self->look, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->look, look, self, NULL);
  g_source_attach (self->look, NULL);
}

static gboolean
iterate (int fd, GIOCondition condition, gpointer data)
{
  DesktopCore *self = data;

  host_loop_iterate (host_get_loop (self->host), 0);
  desktop_core_look_soon (self);
  return G_SOURCE_CONTINUE;
}

/* --- start and stop --------------------------------------------------------------------------- */

static gboolean
make_folder (DesktopCore *self, const char *home, const char *name, const char *key, GError **error)
{
  g_autofree char *path = g_build_filename (home, name, NULL);

  if (!host_make_folder (path))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "cannot make the folder %s: %s; give another --home", path, g_strerror (errno));
      return FALSE;
    }
  host_set_environment (self->host, key, path);
  return TRUE;
}

static gboolean
read_sandbox (DesktopCore *self, const DesktopCoreOptions *options, GError **error)
{
  g_autoptr (GError) ignored = NULL;

  if (options->sandbox == NULL)
    return TRUE;
  self->sandbox = host_sandbox_read (options->sandbox, NULL, error);
  if (self->sandbox == NULL)
    return FALSE;
  /* One that does not answer is no reason to stop: that is what a host would live through. */
  if (!host_sandbox_ask_clock (self->sandbox, &ignored))
    g_debug ("%s", ignored->message);
  return TRUE;
}

static void
make_host (DesktopCore *self, const DesktopCoreOptions *options)
{
  g_autofree char *log = g_build_filename (options->home, "host.log", NULL);
  g_autofree char *saved = g_build_filename (options->home, "saved", NULL);
  HostOptions host_options = { .has_main_context = true,
                               .log_file = fopen (log, "ae"),
                               .version = options->prosoft_version,
                               .browser = options->browser,
                               .secrets_dir = options->secrets_dir,
                               .save_dir = saved,
                               .sandbox = self->sandbox != NULL };

  if (options->secrets_dir == NULL)
    {
      self->safe = desktop_safe_new ();
      host_options.safe = desktop_safe_get (self->safe);
    }
  self->host = host_new (&host_options);
  host_set_environment (self->host, PROSOFT_ENV_LOCALE, desktop_language_code (options->language));
  host_set_environment (self->host, PROSOFT_ENV_THEME, options->theme);
  if (self->sandbox != NULL)
    {
      host_set_environment (self->host, PROSOFT_ENV_PROXY, "direct");
      host_sandbox_apply (self->sandbox, self->host);
    }
}

DesktopCore *
desktop_core_new (const DesktopCoreOptions *options,
                  const DesktopCoreListener *listener,
                  gpointer data,
                  GError **error)
{
  g_autoptr (DesktopCore) self = g_new0 (DesktopCore, 1);

  self->listener = listener;
  self->data = data;
  self->language = options->language;
  self->revision = -1;
  self->trouble_word = DESKTOP_N_WORDS;
  self->works = g_array_new (FALSE, FALSE, sizeof (DesktopWork));
  self->cancellable = g_cancellable_new ();
  self->schema = host_schema_load ("page", error);
  if (self->schema == NULL || !read_sandbox (self, options, error))
    return NULL;
  if (!host_make_folder (options->home))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "cannot make the folder %s: %s; give another --home", options->home,
                   g_strerror (errno));
      return NULL;
    }
  make_host (self, options);
  if (!make_folder (self, options->home, "data", PROSOFT_ENV_DATA_DIR, error)
      || !make_folder (self, options->home, "cache", PROSOFT_ENV_CACHE_DIR, error))
    return NULL;
  self->source
      = g_unix_fd_source_new ((int)host_loop_get_handle (host_get_loop (self->host)), G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (iterate), self, NULL);
  g_source_attach (self->source, NULL);
  desktop_core_start_clock (self);
  return g_steal_pointer (&self);
}

void
desktop_core_free (DesktopCore *self)
{
  g_cancellable_cancel (self->cancellable);
  desktop_core_unwatch (self);
  desktop_core_stop_source (&self->look);
  desktop_core_stop_source (&self->tick);
  desktop_core_stop_source (&self->clock);
  desktop_core_stop_source (&self->source);
  if (self->host != NULL)
    host_stop (self->host);
  g_clear_pointer (&self->safe, desktop_safe_free);
  g_clear_pointer (&self->host, host_free);
  g_clear_pointer (&self->schema, host_schema_free);
  g_clear_pointer (&self->sandbox, host_sandbox_free);
  g_clear_pointer (&self->page, json_object_unref);
  g_clear_pointer (&self->works, g_array_unref);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->trouble);
  g_free (self->attention);
  g_free (self->trouble_reason);
  g_free (self);
}

gboolean
desktop_core_load (DesktopCore *self, const char *module)
{
  prosoft_error_t reason = { 0 };

  if (host_load (self->host, module, &reason) >= 0 && host_start (self->host, NULL, &reason) >= 0)
    {
      desktop_core_look_soon (self);
      return TRUE;
    }
  self->trouble_word = DESKTOP_WORD_MODULE_MISSING;
  self->trouble_reason = g_strdup (reason.message);
  desktop_core_look_soon (self);
  return FALSE;
}

Host *
desktop_core_get_host (DesktopCore *self)
{
  return self->host;
}

/* --- the page --------------------------------------------------------------------------------- */

gboolean
desktop_core_show_page (DesktopCore *self)
{
  if (self->view != 0)
    return TRUE;
  for (uint32_t i = 0; i < host_count_pages (self->host); i++)
    {
      const prosoft_page_info_t *info = host_get_page_info (self->host, i);

      if (info != NULL && g_strcmp0 (info->menu_path, MENU_PATH) == 0
          && host_open_page (self->host, info->id, &self->view, NULL) >= 0)
        {
          desktop_core_look_soon (self);
          return TRUE;
        }
    }
  return FALSE;
}

JsonObject *
desktop_core_get_page (DesktopCore *self)
{
  return self->page;
}

void
desktop_core_follow (DesktopCore *self, const char *uri)
{
  if (host_follow_link (self->host, uri) < 0)
    desktop_core_say (self, DESKTOP_SAY_WARNING,
                      desktop_word (self->language, DESKTOP_WORD_LINK_REFUSED));
}

void
desktop_core_activated (DesktopCore *self)
{
  if (self->view == 0)
    return;
  host_activate_page (self->host, self->view);
  desktop_core_look_soon (self);
}

/* --- values ----------------------------------------------------------------------------------- */

void
desktop_core_set_language (DesktopCore *self, DesktopLanguage language)
{
  self->language = language;
  host_set_environment (self->host, PROSOFT_ENV_LOCALE, desktop_language_code (language));
  desktop_core_look_soon (self);
}

DesktopLanguage
desktop_core_get_language (DesktopCore *self)
{
  return self->language;
}

void
desktop_core_set_theme (DesktopCore *self, const char *theme)
{
  host_set_environment (self->host, PROSOFT_ENV_THEME, theme);
  desktop_core_look_soon (self);
}

const char *
desktop_core_get_attention (DesktopCore *self, const char **severity)
{
  for (uint32_t i = 0; i < host_count_pages (self->host); i++)
    {
      const prosoft_page_info_t *info = host_get_page_info (self->host, i);
      const char *text = info != NULL ? host_get_attention (self->host, info->id) : NULL;

      if (text == NULL)
        continue;
      if (severity != NULL)
        *severity = host_get_attention_severity (self->host, info->id);
      return text;
    }
  return NULL;
}

/* In the language of the moment. */
const char *
desktop_core_get_trouble (DesktopCore *self)
{
  g_clear_pointer (&self->trouble, g_free);
  if (self->trouble_word == DESKTOP_WORD_MODULE_MISSING)
    self->trouble = desktop_words_format (self->language, self->trouble_word, self->trouble_reason);
  else if (self->trouble_word == DESKTOP_WORD_MODULE_MISBEHAVES)
    self->trouble
        = desktop_words_format (self->language, self->trouble_word, (unsigned)self->n_findings);
  else if (self->trouble_word != DESKTOP_N_WORDS)
    self->trouble = g_strdup (desktop_word (self->language, self->trouble_word));
  return self->trouble;
}

static void
describe_findings (DesktopCore *self, GString *text)
{
  const HostFinding *finding;

  for (gsize i = 0; (finding = host_findings_get (host_get_findings (self->host), i)) != NULL; i++)
    g_string_append_printf (text, "%s broke %s (%s): %s\n",
                            finding->by_host ? "the host" : "the plug-in",
                            host_check_rule (finding->check), host_check_name (finding->check),
                            finding->text);
  if (host_findings_total (host_get_findings (self->host)) == 0)
    g_string_append (text, "no broken rule was seen\n");
}

char *
desktop_core_diagnose (DesktopCore *self)
{
  GString *text = g_string_new ("PROSOFT desktop host " TTECOMM_VERSION "\n");
  const prosoft_plugin_descriptor_t *plugin
      = host_is_running (self->host) ? host_describe_plugin (self->host, 0) : NULL;
  g_autofree char *file = self->path != NULL ? g_path_get_basename (self->path) : NULL;
  const HostTiming *timing = host_get_timing (self->host);

  if (plugin != NULL)
    g_string_append_printf (text, "plug-in %s %s\n", plugin->id, plugin->version);
  else
    g_string_append (text, "no plug-in runs\n");
  g_string_append_printf (text, "project %s\n", file != NULL ? file : "none");
  if (self->page != NULL)
    g_string_append_printf (text, "page %s, revision %" G_GINT64_FORMAT ", %s\n",
                            host_page_get_text (self->page, "page"), self->revision,
                            host_page_get_text (self->page, "state"));
  g_string_append_printf (text, "language %s, operations under way %zu\n",
                          desktop_language_code (self->language),
                          host_count_open_operations (self->host));
  g_string_append_printf (text, "longest call of the plug-in %lld us (%s)\n",
                          (long long)timing->max_us,
                          timing->slowest != NULL ? timing->slowest : "none");
  describe_findings (self, text);
  return g_string_free (text, FALSE);
}
