/* SPDX-License-Identifier: MIT */
/* An open file, as a plug-in reads it. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/host.h"

#define MAX_FILE (64 * 1024 * 1024)
#define MAX_PROJECTS 64

/* All that there were: a reader lies in lent memory, so it says nothing of its own. */
static CheckProject *projects[MAX_PROJECTS];
static size_t n_projects;

static CheckProject *
enter (const prosoft_reader_t *reader, const char *function)
{
  for (size_t i = 0; i < n_projects; i++)
    if (projects[i]->reader == reader)
      {
        CheckHost *host = projects[i]->host;

        if (platform_thread_id () != host->main)
          check_fail ("R4", "%s was called from another thread than [main]", function);
        else if (host->depth == 0)
          check_fail ("R6", "%s was called while no function of the plug-in was called", function);
        else if (!projects[i]->open)
          check_fail ("R7", "%s was called for a project that is closed", function);
        else
          return projects[i];
        return NULL;
      }
  check_fail ("R7", "%s was called with another struct than the host's own", function);
  return NULL;
}

static int64_t PROSOFT_ABI
get_size (const prosoft_reader_t *reader)
{
  const CheckProject *project = enter (reader, "reader.size");

  return project != NULL ? (int64_t)project->size : PROSOFT_E_INVALID;
}

static int64_t PROSOFT_ABI
read_bytes (const prosoft_reader_t *reader, int64_t offset, void *buffer, int64_t capacity)
{
  const CheckProject *project = enter (reader, "reader.read");
  size_t size;

  if (project == NULL)
    return PROSOFT_E_INVALID;
  if (offset < 0 || capacity < 0 || (capacity > 0 && buffer == NULL))
    {
      check_fail ("R7", "reader.read (%lld, %s, %lld)", (long long)offset,
                  buffer != NULL ? "buffer" : "NULL", (long long)capacity);
      return PROSOFT_E_INVALID;
    }
  if (project->fails)
    return PROSOFT_E_IO;
  if ((uint64_t)offset >= project->size)
    return 0;
  size = project->size - (size_t)offset;
  if ((uint64_t)capacity < size)
    size = (size_t)capacity;
  if (project->largest > 0 && size > project->largest)
    size = project->largest;
  if (size > 0)
    memcpy (buffer, project->bytes + offset, size);
  return (int64_t)size;
}

CheckProject *
check_project_new (CheckHost *host, const char *bytes, size_t size, size_t largest)
{
  CheckProject *project = check_alloc (sizeof *project);

  project->host = host;
  project->bytes = bytes;
  project->size = size;
  project->largest = largest;
  project->reader
      = (prosoft_reader_t *)platform_pages_new (sizeof *project->reader, &project->page_size);
  *project->reader = (prosoft_reader_t){ (void *)(uintptr_t)0xdeadcafe, get_size, read_bytes };
  platform_pages_protect ((char *)project->reader, project->page_size, PLATFORM_ACCESS_READ);
  check_watch_memory (project->reader, project->page_size, "R7",
                      "the plug-in wrote into the host's reader");
  if (n_projects == MAX_PROJECTS)
    abort ();
  projects[n_projects++] = project;
  return project;
}

/* Nobody may look at the reader any more. */
static void
retire (CheckProject *project)
{
  project->open = false;
  platform_pages_protect ((char *)project->reader, project->page_size, PLATFORM_ACCESS_NONE);
  check_watch_memory (project->reader, project->page_size, "R7",
                      "the plug-in used the reader of a project that is closed or was replaced");
}

typedef prosoft_result_t (*Give) (CheckHost *host,
                                  const prosoft_project_info_t *info,
                                  const prosoft_reader_t *reader);

static prosoft_result_t
give_opened (CheckHost *host, const prosoft_project_info_t *info, const prosoft_reader_t *reader)
{
  prosoft_error_t error;
  prosoft_result_t result;

  check_error_fill (&error);
  check_call_begin (host, "project.opened");
  result = host->project->opened (host->plugin, info, reader, &error);
  check_call_end (host);
  check_error_judge (&error, "project.opened", result);
  return result;
}

static prosoft_result_t
give_changed (CheckHost *host, const prosoft_project_info_t *info, const prosoft_reader_t *reader)
{
  prosoft_result_t result;

  check_call_begin (host, "project.changed");
  result = host->project->changed (host->plugin, info, reader);
  check_call_end (host);
  return result;
}

static prosoft_result_t
give (CheckProject *project, const char *id, Give call)
{
  prosoft_project_info_t info = { .struct_size = PROSOFT_PROJECT_INFO_SIZE_V1 };
  prosoft_project_info_t *lent;
  prosoft_result_t result;

  info.id = check_lend_text (id);
  info.path = check_lend_text ("/projets/\xc3\xa9t\xc3\xa9.nbt");
  lent = check_lend (&info, PROSOFT_PROJECT_INFO_SIZE_V1, "R3");
  project->open = true;
  result = call (project->host, lent, project->reader);
  check_take_back (lent);
  check_take_back (info.id);
  check_take_back (info.path);
  if (result < 0)
    retire (project);
  return result;
}

prosoft_result_t
check_project_open (CheckProject *project, const char *id)
{
  return give (project, id, give_opened);
}

prosoft_result_t
check_project_change (CheckProject *former, CheckProject *project, const char *id)
{
  prosoft_result_t result = give (project, id, give_changed);

  if (result >= 0)
    retire (former);
  return result;
}

void
check_project_close (CheckProject *project, const char *id)
{
  CheckHost *host = project->host;
  char *lent = check_lend_text (id);

  check_call_begin (host, "project.closed");
  host->project->closed (host->plugin, lent);
  check_call_end (host);
  check_take_back (lent);
  if (project->open)
    retire (project);
}

char *
check_project_bytes (Check *check, size_t *size)
{
  static const char none[] = "this is no project file, and a plug-in says so on its page";
  char *bytes;

  if (check->options.project == NULL)
    {
      *size = sizeof none - 1;
      return check_format ("%s", none);
    }
  bytes = check_read_file (check->options.project, MAX_FILE, size);
  if (bytes == NULL)
    check_skip ("the project file cannot be read");
  return bytes;
}
