/* SPDX-License-Identifier: MIT */
/* The specimen's page and its project. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/check/specimens/plugin.h"

/* --- pages ----------------------------------------------------------------------------------- */

static prosoft_view_t *
find_view (Plugin *self, prosoft_view_t view)
{
  for (size_t i = 0; i < MAX_VIEWS; i++)
    if (self->views[i] == view)
      return &self->views[i];
  return NULL;
}

static uint32_t PROSOFT_ABI
count (const prosoft_plugin_t *plugin)
{
  return 1;
}

static const prosoft_page_info_t *PROSOFT_ABI
info (const prosoft_plugin_t *plugin, uint32_t index)
{
  static const prosoft_page_info_t page = { .struct_size = sizeof page,
                                            .id = "specimen",
                                            .menu_path = PROSOFT_MENU_USERS_AND_SETTINGS,
                                            .title = "Specimen" };

  return index == 0 ? &page : NULL;
}

static prosoft_result_t PROSOFT_ABI
open_page (const prosoft_plugin_t *plugin,
           const char *page_id,
           prosoft_view_t view,
           prosoft_error_t *error)
{
  Plugin *self = specimen_self (plugin);
  prosoft_view_t *slot = find_view (self, 0);

  if (strcmp (page_id, "specimen") != 0 && !BAD (R9_OPEN))
    return specimen_refuse (error, PROSOFT_E_NOT_FOUND, "there is no such page");
  if (view == 0 || find_view (self, view) != NULL || slot == NULL)
    return specimen_refuse (error, PROSOFT_E_INVALID, "this view is 0 or in use");
  *slot = view;
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
render (const prosoft_plugin_t *plugin,
        prosoft_view_t view,
        const prosoft_writer_t *writer,
        int64_t *revision)
{
  static const char format[]
      = "%s{\"page\":\"specimen\",\"title\":\"Specimen\",\"revision\":%lld,\"state\":\"ready\","
        "\"blocks\":[{\"id\":\"%s\",\"type\":\"text\",\"text\":\"%s\",\"fallback_text\":\"\"},"
        "{\"id\":\"work\",\"type\":\"action\",\"label\":\"Work\",\"name\":\"Work\",\"style\":"
        "\"normal\",\"enabled\":true,\"fallback_text\":\"\"}]}";
  Plugin *self = specimen_self (plugin);
  char text[1024];

  if (view == 0 || find_view (self, view) == NULL)
    return PROSOFT_E_INVALID;
  if (BAD (R5_SLEEPS))
    usleep (20000);
  snprintf (text, sizeof text, format, BAD (R8_BOM) ? "\xef\xbb\xbf" : "",
            (long long)self->revision, BAD (PAGES_TWICE) ? "work" : "text",
            BAD (R7_KEEPS) && self->lent != NULL ? self->lent : "Nothing to see here.");
  *revision = self->revision;
  return writer->write (writer, text, (int64_t)strlen (text));
}

static prosoft_result_t PROSOFT_ABI
invoke (const prosoft_plugin_t *plugin,
        const prosoft_page_call_t *call,
        prosoft_op_t *op,
        prosoft_error_t *error)
{
  Plugin *self = specimen_self (plugin);

  if (!specimen_fits (call->struct_size, PROSOFT_PAGE_CALL_SIZE_V1))
    return specimen_refuse (error, PROSOFT_E_INVALID, "the call is too short");
  if (call->view == 0 || find_view (self, call->view) == NULL)
    return specimen_refuse (error, PROSOFT_E_INVALID, "this view is not open");
  if (strcmp (call->action_id, "work") != 0 && !BAD (PAGES_STALE))
    return specimen_refuse (error, PROSOFT_E_STALE, "there is no such action");
  if (self->operations == NULL)
    return specimen_refuse (error, PROSOFT_E_UNSUPPORTED, "the host has no operations");
  if (BAD (R10_INSIDE))
    {
      Op inside = { .id = *op = ++self->last_op };

      specimen_end (self, &inside, PROSOFT_OK);
      return PROSOFT_OK;
    }
  return specimen_begin (self, 0, op);
}

static void PROSOFT_ABI
activated (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  if (BAD (R9_EXIT))
    exit (3);
  while (BAD (HANGS))
    usleep (100000);
}

static void PROSOFT_ABI
close_page (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  prosoft_view_t *slot = view != 0 ? find_view (specimen_self (plugin), view) : NULL;

  if (slot != NULL)
    *slot = 0;
}

const prosoft_plugin_pages_t specimen_pages
    = { count, info, open_page, render, invoke, activated, close_page };

/* --- from outside ---------------------------------------------------------------------------- */

/* While a project is open the host is called from a signal, whatever it does just then. */
static Plugin *signalled;
static timer_t timer;
static struct sigaction before;

static void
call_from_outside (int number)
{
  if (signalled != NULL && signalled->pages != NULL)
    signalled->pages->rescan (signalled->host);
}

static void
start_calling (Plugin *self)
{
  struct sigaction action = { .sa_handler = call_from_outside, .sa_flags = SA_RESTART };
  struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGURG };
  struct itimerspec often = { { 0, 1000000 }, { 0, 1000000 } };

  event._sigev_un._tid = gettid ();
  signalled = self;
  sigaction (SIGURG, &action, &before);
  timer_create (CLOCK_MONOTONIC, &event, &timer);
  timer_settime (timer, 0, &often, NULL);
}

static void
stop_calling (void)
{
  if (signalled == NULL)
    return;
  timer_delete (timer);
  sigaction (SIGURG, &before, NULL);
  signalled = NULL;
}

/* --- project --------------------------------------------------------------------------------- */

static void
look_into (Plugin *self, const prosoft_reader_t *reader)
{
  char first[16];

  self->reader = reader;
  if (reader->read (reader, 0, first, sizeof first) == (int64_t)sizeof first && BAD (CRASHES))
    raise (SIGSEGV);
}

static prosoft_result_t PROSOFT_ABI
opened (const prosoft_plugin_t *plugin,
        const prosoft_project_info_t *project,
        const prosoft_reader_t *reader,
        prosoft_error_t *error)
{
  Plugin *self = specimen_self (plugin);

  if (project == NULL || reader == NULL
      || !specimen_fits (project->struct_size, PROSOFT_PROJECT_INFO_SIZE_V1))
    return specimen_refuse (error, PROSOFT_E_INVALID, "NULL, or an info that is too short");
  if (self->project != NULL)
    return specimen_refuse (error, PROSOFT_E_BUSY, "a project is open");
  self->project = strdup (project->id);
  self->lent = project->id;
  if (BAD (R6_OUTSIDE))
    start_calling (self);
  look_into (self, reader);
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
changed (const prosoft_plugin_t *plugin,
         const prosoft_project_info_t *project,
         const prosoft_reader_t *reader)
{
  Plugin *self = specimen_self (plugin);

  if (self->project == NULL || strcmp (self->project, project->id) != 0)
    return PROSOFT_E_NOT_FOUND;
  look_into (self, reader);
  return PROSOFT_OK;
}

static void PROSOFT_ABI
closed (const prosoft_plugin_t *plugin, const char *project_id)
{
  Plugin *self = specimen_self (plugin);

  if (self->project == NULL || strcmp (self->project, project_id) != 0)
    return;
  stop_calling ();
  free (self->project);
  self->project = NULL;
}

const prosoft_plugin_project_t specimen_project = { opened, changed, closed };
