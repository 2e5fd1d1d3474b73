/* SPDX-License-Identifier: MIT */
/* The open .nbt: handed to the plug-in, watched, and read anew when it was saved again. */
#include "tests/host/desktop/core-private.h"

/* A program that saves writes more than once. */
#define SETTLE_MS 300

gboolean
desktop_core_open (DesktopCore *self, const char *path, GError **error)
{
  prosoft_error_t reason = { 0 };

  desktop_core_close (self);
  if (host_is_running (self->host) && host_open_project (self->host, path, &reason) < 0)
    {
      g_autofree char *text
          = desktop_words_format (self->language, DESKTOP_WORD_FILE_UNREADABLE, reason.message);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, text);
      return FALSE;
    }
  self->path = g_strdup (path);
  desktop_core_watch (self);
  desktop_core_look_soon (self);
  return TRUE;
}

void
desktop_core_close (DesktopCore *self)
{
  if (self->path == NULL)
    return;
  desktop_core_unwatch (self);
  desktop_core_end_session (self);
  desktop_core_forget_checks (self);
  host_close_project (self->host);
  g_clear_pointer (&self->path, g_free);
  desktop_core_look_soon (self);
}

const char *
desktop_core_get_path (DesktopCore *self)
{
  return self->path;
}

/* --- watching --------------------------------------------------------------------------------- */

static void
tell (DesktopCore *self, DesktopSay severity, DesktopWord word)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *text = desktop_words_format (self->language, word, name);

  desktop_core_say (self, severity, text);
}

static gboolean
reread (gpointer data)
{
  DesktopCore *self = data;
  prosoft_error_t reason = { 0 };
  gboolean is_gone = !g_file_test (self->path, G_FILE_TEST_EXISTS);

  g_clear_pointer (&self->reread, g_source_unref);
  if (is_gone)
    {
      if (!self->gone)
        tell (self, DESKTOP_SAY_WARNING, DESKTOP_WORD_FILE_GONE);
      self->gone = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->gone = FALSE;
  if (!host_is_running (self->host))
    return G_SOURCE_REMOVE;
  if (host_change_project (self->host, &reason) >= 0)
    tell (self, DESKTOP_SAY_INFO, DESKTOP_WORD_FILE_CHANGED);
  else
    {
      g_autofree char *text
          = desktop_words_format (self->language, DESKTOP_WORD_FILE_UNREADABLE, reason.message);
      desktop_core_say (self, DESKTOP_SAY_ERROR, text);
    }
  desktop_core_look_soon (self);
  return G_SOURCE_REMOVE;
}

static void
file_changed (GFileMonitor *monitor,
              GFile *file,
              GFile *other,
              GFileMonitorEvent event,
              DesktopCore *self)
{
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || event == G_FILE_MONITOR_EVENT_PRE_UNMOUNT)
    return;
  desktop_core_stop_source (&self->reread);
  self->reread = desktop_core_after (SETTLE_MS, reread, self);
}

void
desktop_core_watch (DesktopCore *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) error = NULL;

  self->gone = FALSE;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    g_debug ("%s is not watched: %s", self->path, error->message);
  else
    g_signal_connect (self->monitor, "changed", G_CALLBACK (file_changed), self);
}

void
desktop_core_unwatch (DesktopCore *self)
{
  desktop_core_stop_source (&self->reread);
  if (self->monitor == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}
