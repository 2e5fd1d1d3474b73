/* SPDX-License-Identifier: MIT */
/* The project that is open, the sessions that are asked for, and the environment. */
#include <stdio.h>
#include <string.h>

#include "tests/check/hostcheck/hostcheck.h"

#define LATE_US 300000

/* --- project --------------------------------------------------------------------------------- */

static bool
info_good (Hostcheck *self, const prosoft_project_info_t *project, const prosoft_reader_t *reader)
{
  bool long_enough
      = project != NULL && project->struct_size >= PROSOFT_PROJECT_INFO_SIZE_V1 && reader != NULL;

  hostcheck_expect (self, HOSTCHECK_SIZES, long_enough,
                    "a project comes without reader or info, or struct_size is below its first "
                    "version");
  if (!long_enough || !hostcheck_text (self, "the id of a project", project->id, false))
    return false;
  hostcheck_text (self, "the path of a project", project->path, true);
  return true;
}

static prosoft_result_t
take_project (Hostcheck *self,
              const prosoft_project_info_t *project,
              const prosoft_reader_t *reader,
              prosoft_error_t *error)
{
  if (!info_good (self, project, reader))
    return hostcheck_refuse (error, PROSOFT_E_INVALID, "opened: no info, no reader or no id");
  hostcheck_expect (self, HOSTCHECK_PROJECT, self->project[0] == '\0',
                    "a project is opened while another one is open");
  if (self->project[0] != '\0')
    return hostcheck_refuse (error, PROSOFT_E_BUSY, "opened: another project is open");
  snprintf (self->project, sizeof self->project, "%s",
            project->id[0] != '\0' ? project->id : "(empty)");
  hostcheck_probe_reader (self, reader);
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
opened (const prosoft_plugin_t *plugin,
        const prosoft_project_info_t *project,
        const prosoft_reader_t *reader,
        prosoft_error_t *error)
{
  Hostcheck *self = hostcheck_self (plugin);
  prosoft_result_t result;
  const char *before;

  if (!hostcheck_enter (self, "project.opened", &before))
    return hostcheck_refuse (error, PROSOFT_E_WRONG_THREAD, "opened: not on [main]");
  result = take_project (self, project, reader, error);
  hostcheck_leave (self, before);
  return result;
}

static bool
is_project (Hostcheck *self, const char *id)
{
  return id != NULL && strncmp (self->project, id, sizeof self->project - 1) == 0;
}

static prosoft_result_t PROSOFT_ABI
changed (const prosoft_plugin_t *plugin,
         const prosoft_project_info_t *project,
         const prosoft_reader_t *reader)
{
  Hostcheck *self = hostcheck_self (plugin);
  prosoft_result_t result = PROSOFT_E_NOT_FOUND;
  const char *before;

  if (!hostcheck_enter (self, "project.changed", &before))
    return PROSOFT_E_WRONG_THREAD;
  if (!info_good (self, project, reader))
    result = PROSOFT_E_INVALID;
  else if (is_project (self, project->id))
    {
      hostcheck_probe_reader (self, reader);
      result = PROSOFT_OK;
    }
  hostcheck_expect (self, HOSTCHECK_PROJECT, result != PROSOFT_E_NOT_FOUND,
                    "a project changed which is not open");
  hostcheck_leave (self, before);
  return result;
}

static void PROSOFT_ABI
closed (const prosoft_plugin_t *plugin, const char *project_id)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (!hostcheck_enter (self, "project.closed", &before))
    return;
  hostcheck_expect (self, HOSTCHECK_PROJECT, is_project (self, project_id),
                    "a project is closed which is not open");
  self->project[0] = '\0';
  hostcheck_leave (self, before);
}

const prosoft_plugin_project_t hostcheck_project_table = { opened, changed, closed };

/* --- gate ------------------------------------------------------------------------------------ */

static int64_t
due (unsigned turn)
{
  switch (turn)
    {
    case HOSTCHECK_TURN_LATE:
      return platform_now_us () + LATE_US;
    case HOSTCHECK_TURN_MISSING:
      return INT64_MAX;
    default:
      return 0;
    }
}

static prosoft_result_t
start_check (Hostcheck *self,
             const prosoft_gate_request_t *request,
             int32_t timeout_ms,
             prosoft_op_t *op)
{
  bool long_enough = request != NULL && request->struct_size >= PROSOFT_GATE_REQUEST_SIZE_V1;

  hostcheck_expect (self, HOSTCHECK_SIZES, long_enough,
                    "a gate request is NULL, or its struct_size is below its first version");
  if (!long_enough || timeout_ms < 0 || request->kind != PROSOFT_SESSION_REMOTE)
    return PROSOFT_E_INVALID;
  hostcheck_text (self, "the installation of a gate request", request->installation_id, true);
  hostcheck_text (self, "the site of a gate request", request->site_name, true);
  if (request->installation_id == NULL && self->project[0] == '\0')
    return PROSOFT_E_NOT_FOUND;
  if (self->gate == NULL)
    return PROSOFT_E_UNSUPPORTED;
  return hostcheck_begin (self, true, due (self->n_checks), op);
}

static prosoft_result_t PROSOFT_ABI
check (const prosoft_plugin_t *plugin,
       const prosoft_gate_request_t *request,
       int32_t timeout_ms,
       prosoft_op_t *op)
{
  Hostcheck *self = hostcheck_self (plugin);
  prosoft_result_t result;
  const char *before;

  if (!hostcheck_enter (self, "session_gate.check", &before))
    return PROSOFT_E_WRONG_THREAD;
  result = start_check (self, request, timeout_ms, op);
  hostcheck_leave (self, before);
  return result;
}

/* What a host ends it had opened: so shows one that opened what nobody allowed. */
static void
judge_ended (Hostcheck *self, prosoft_session_t session)
{
  for (size_t i = 0; i < self->n_sessions; i++)
    if (self->sessions[i] == session && session != 0)
      {
        self->sessions[i] = 0;
        hostcheck_seen (self, HOSTCHECK_SESSIONS);
        return;
      }
  if (session != 0 && session == self->false_session)
    hostcheck_find (self, HOSTCHECK_SESSIONS,
                    "a session was opened for a decision whose allowed is 2: only 1 admits");
  else
    hostcheck_find (self, HOSTCHECK_SESSIONS,
                    "session %llu ended, which was never allowed or has ended before",
                    (unsigned long long)session);
}

static void PROSOFT_ABI
session_ended (const prosoft_plugin_t *plugin, prosoft_session_t session)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (!hostcheck_enter (self, "session_gate.session_ended", &before))
    return;
  judge_ended (self, session);
  hostcheck_leave (self, before);
}

const prosoft_plugin_session_gate_t hostcheck_gate_table = { check, session_ended };

/* --- environment ----------------------------------------------------------------------------- */

static void PROSOFT_ABI
environment_changed (const prosoft_plugin_t *plugin, const char *key)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (!hostcheck_enter (self, "environment.changed", &before))
    return;
  hostcheck_text (self, "the key of a change", key, true);
  hostcheck_leave (self, before);
}

const prosoft_plugin_environment_t hostcheck_environment_table = { environment_changed };
