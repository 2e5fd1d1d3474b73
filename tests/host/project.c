/* SPDX-License-Identifier: MIT */
/* prosoft.project/1: the open file. */
#include "tests/host/host-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SHORT_READ 509 /* a prime: no structure of a file is a multiple of it */
#define PROJECT_ID "project"

static bool
reader_usable (HostProject *project, const char *function)
{
  Host *host = project->host;

  if (!host_accept_main (host, function))
    return false;
  if (project->file != NULL)
    return true;
  host_blame_plugin (host, HOST_CHECK_LATE_CALL, "%s was called for a project that is closed",
                     function);
  return false;
}

static int64_t PROSOFT_ABI
reader_size (const prosoft_reader_t *reader)
{
  HostProject *project = reader->reader_data;

  return reader_usable (project, "reader.size") ? host_file_get_size (project->file)
                                                : PROSOFT_E_INVALID;
}

static int64_t PROSOFT_ABI
reader_read (const prosoft_reader_t *reader, int64_t offset, void *buffer, int64_t capacity)
{
  HostProject *project = reader->reader_data;
  int64_t got;

  if (!reader_usable (project, "reader.read"))
    return PROSOFT_E_INVALID;
  if (offset < 0 || capacity < 0 || (capacity > 0 && buffer == NULL))
    {
      host_blame_plugin (project->host, HOST_CHECK_RESULT, "reader.read (%lld, %s, %lld)",
                         (long long)offset, buffer != NULL ? "buffer" : "NULL",
                         (long long)capacity);
      return PROSOFT_E_INVALID;
    }
  if (project->host->short_reads && capacity > SHORT_READ)
    capacity = SHORT_READ;
  got = host_file_read (project->file, offset, buffer, (size_t)capacity);
  return got >= 0 ? got : PROSOFT_E_IO;
}

void
host_project_free (HostProject *project)
{
  if (project->file != NULL)
    host_file_close (project->file);
  free (project->path);
  free (project);
}

/* The plug-in must not call the reader any more; if it does, that shall be seen. */
static void
retire (HostProject *project)
{
  Host *host = project->host;

  host_file_close (project->file);
  project->file = NULL;
  project->next = host->retired;
  host->retired = project;
}

static prosoft_result_t
open_file (Host *host, const char *path, HostProject **opened, prosoft_error_t *error)
{
  HostFile *file = host_file_open (path);
  HostProject *project;

  if (file == NULL && errno == EISDIR)
    return host_error (error, PROSOFT_E_INVALID, "%s is not a file; give the path of a .nbt file",
                       path);
  if (file == NULL)
    return host_error (error, errno == ENOENT ? PROSOFT_E_NOT_FOUND : PROSOFT_E_IO,
                       "cannot open %s: %s; give the path of a .nbt file", path, strerror (errno));
  project = host_alloc (sizeof *project);
  project->host = host;
  project->file = file;
  project->path = host_strdup (path);
  project->reader = (prosoft_reader_t){ project, reader_size, reader_read };
  *opened = project;
  return PROSOFT_OK;
}

static prosoft_project_info_t
info_of (const HostProject *project)
{
  prosoft_project_info_t info = { .struct_size = sizeof info, .id = PROJECT_ID };

  info.path = host_utf8_valid (project->path, strlen (project->path)) ? project->path : NULL;
  return info;
}

prosoft_result_t
host_open_project (Host *host, const char *path, prosoft_error_t *error)
{
  prosoft_error_t reason = { 0 };
  prosoft_project_info_t info;
  prosoft_result_t result;
  int64_t started;

  if (!host_is_running (host) || host->project_table == NULL)
    return host_error (error, PROSOFT_E_UNSUPPORTED, "the plug-in takes no project");
  if (host->project != NULL)
    return host_error (error, PROSOFT_E_BUSY, "close %s first", host->project->path);
  result = open_file (host, path, &host->project, error);
  if (result < 0)
    return result;
  if (!host_call_begin (host, "project.opened", &started))
    {
      host_project_free (host->project);
      host->project = NULL;
      return host_error (error, PROSOFT_E_BUSY, "the plug-in is on the stack");
    }
  info = info_of (host->project);
  result = host->project_table->opened (host->plugin, &info, &host->project->reader, &reason);
  host_call_end (host, started);
  if (result >= 0)
    return PROSOFT_OK;
  retire (host->project);
  host->project = NULL;
  return host_error (error, result, "the plug-in did not take %s: %s", path, reason.message);
}

prosoft_result_t
host_change_project (Host *host, prosoft_error_t *error)
{
  HostProject *former = host->project, *project;
  prosoft_project_info_t info;
  prosoft_result_t result;
  int64_t started;

  if (former == NULL || !host_is_running (host))
    return host_error (error, PROSOFT_E_INVALID, "no project is open");
  result = open_file (host, former->path, &project, error);
  if (result < 0)
    return result;
  if (!host_call_begin (host, "project.changed", &started))
    {
      host_project_free (project);
      return host_error (error, PROSOFT_E_BUSY, "the plug-in is on the stack");
    }
  info = info_of (project);
  result = host->project_table->changed (host->plugin, &info, &project->reader);
  host_call_end (host, started);
  host->project = result >= 0 ? project : former;
  retire (result >= 0 ? former : project);
  return result >= 0 ? PROSOFT_OK : host_error (error, result, "the plug-in did not take the file");
}

void
host_close_project (Host *host)
{
  int64_t started;

  if (host->project == NULL)
    return;
  if (host_is_running (host))
    {
      if (!host_call_begin (host, "project.closed", &started))
        return;
      host->project_table->closed (host->plugin, PROJECT_ID);
      host_call_end (host, started);
    }
  retire (host->project);
  host->project = NULL;
}
