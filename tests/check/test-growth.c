/* SPDX-License-Identifier: MIT */
/* R3: structs of other sizes than the plug-in knows. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/tests.h"

#define TAIL 64

/* `bytes` with a tail of garbage, as a host of a later version would have it; or cut short. */
static void *
resize (const void *bytes, size_t known, size_t size)
{
  char grown[256];

  memset (grown, 0xa5, sizeof grown);
  memcpy (grown, bytes, known < size ? known : size);
  ((uint32_t *)(void *)grown)[0] = (uint32_t)size;
  return check_lend (grown, size, "R3");
}

static prosoft_result_t
gate_with (CheckHost *host, size_t size, prosoft_op_t *op)
{
  prosoft_gate_request_t request = { .kind = PROSOFT_SESSION_REMOTE };
  prosoft_gate_request_t *lent;
  prosoft_result_t result;

  request.installation_id = "00000000-0000-4000-8000-000000000000";
  lent = resize (&request, sizeof request, size);
  *op = 0;
  check_starting (host, "session_gate.check");
  check_call_begin (host, "session_gate.check");
  result = host->gate->check (host->plugin, lent, 500, op);
  check_call_end (host);
  check_started (host, true, result, *op);
  check_take_back (lent);
  return result;
}

static void
test_request_sizes (Check *check)
{
  CheckHost *host = check_begin (check);
  prosoft_op_t op;

  if (host->gate == NULL)
    check_skip ("the plug-in has no gate");
  if (gate_with (host, PROSOFT_GATE_REQUEST_SIZE_V1 + TAIL, &op) < 0)
    check_fail (NULL, "session_gate.check refuses a request that is %d bytes longer", TAIL);
  else
    check_wait_op (host, op);
  host->may_misbehave = true;
  if (gate_with (host, PROSOFT_GATE_REQUEST_SIZE_V1 - 8, &op) >= 0)
    check_fail (NULL, "session_gate.check takes a request below its first version");
  if (gate_with (host, 8, &op) >= 0)
    check_fail (NULL, "session_gate.check takes a request of 8 bytes");
  check_host_destroy (host);
}

static prosoft_result_t
open_with (CheckHost *host, CheckProject *project, size_t size)
{
  prosoft_project_info_t info = { .id = "sizes" };
  prosoft_project_info_t *lent = resize (&info, sizeof info, size);
  prosoft_result_t result;

  project->open = true;
  check_call_begin (host, "project.opened");
  result = host->project->opened (host->plugin, lent, project->reader, NULL);
  check_call_end (host);
  check_take_back (lent);
  return result;
}

static void
test_info_sizes (Check *check)
{
  CheckHost *host = check_begin (check);
  size_t size;
  char *bytes = check_project_bytes (check, &size);
  CheckProject *project = check_project_new (host, bytes, size, 0);

  if (host->project == NULL)
    check_skip ("the plug-in takes no project");
  host->may_misbehave = true;
  if (open_with (host, project, PROSOFT_PROJECT_INFO_SIZE_V1 - 8) >= 0)
    check_fail (NULL, "project.opened takes an info below its first version");
  else if (open_with (host, project, PROSOFT_PROJECT_INFO_SIZE_V1 + TAIL) < 0)
    check_fail (NULL, "project.opened refuses an info that is %d bytes longer", TAIL);
  else
    check_project_close (project, "sizes");
  check_host_destroy (host);
  free (bytes);
}

static prosoft_result_t
invoke_with (CheckHost *host, prosoft_view_t view, const char *action, size_t size)
{
  prosoft_page_call_t call = { .view = view, .action_id = action };
  prosoft_page_call_t *lent;
  prosoft_result_t result;
  prosoft_op_t op = 0;
  int64_t revision;

  free (check_render (host, view, &revision));
  call.revision = revision;
  lent = resize (&call, sizeof call, size);
  check_starting (host, "pages.invoke");
  check_call_begin (host, "pages.invoke");
  result = host->pages->invoke (host->plugin, lent, &op, NULL);
  check_call_end (host);
  check_started (host, false, result, op);
  check_take_back (lent);
  if (result >= 0 && op != 0)
    check_wait_op (host, op);
  return result;
}

static void
test_call_sizes (Check *check)
{
  CheckHost *host = check_begin (check);
  char *page = check_first_page (host);
  char *action;
  prosoft_view_t view;

  if (check_open_page (host, page, &view) < 0)
    check_stop ();
  host->may_misbehave = true;
  action = check_first_action (host, view);
  if (invoke_with (host, view, action, PROSOFT_PAGE_CALL_SIZE_V1 - 8) >= 0)
    check_fail (NULL, "pages.invoke takes a call below its first version");
  if (invoke_with (host, view, action, PROSOFT_PAGE_CALL_SIZE_V1 + TAIL) < 0)
    check_fail (NULL, "pages.invoke refuses a call that is %d bytes longer", TAIL);
  check_host_destroy (host);
  free (page);
  free (action);
}

static void
test_tables_stay (Check *check)
{
  CheckHost *host = check_begin (check);
  const prosoft_plugin_pages_t *pages = host->pages;
  const prosoft_plugin_t *plugin = host->plugin;
  prosoft_plugin_pages_t copy;
  prosoft_plugin_t plugin_copy = *plugin;

  if (pages == NULL)
    check_skip ("the plug-in has no pages");
  copy = *pages;
  check_host_live (host);
  check_call_begin (host, "plugin.get_extension");
  if (plugin->get_extension (plugin, PROSOFT_EXT_PAGES) != (const void *)pages)
    check_fail (NULL, "get_extension gives another table than before");
  else if (memcmp (&copy, pages, sizeof copy) != 0
           || memcmp (&plugin_copy, plugin, sizeof plugin_copy) != 0)
    check_fail (NULL, "a function table changed while the instance lives");
  check_call_end (host);
  check_host_destroy (host);
}

const CheckTest check_tests_growth[] = {
  { "R3", "request-sizes", 2, "a longer gate request is taken, one below its first version refused",
    test_request_sizes },
  { "R3", "info-sizes", 2, "a longer project info is taken, one below its first version refused",
    test_info_sizes },
  { "R3", "call-sizes", 2, "a longer page call is taken, one below its first version refused",
    test_call_sizes },
  { "R3", "tables-stay", 2, "a table is the same one, with the same functions, each time",
    test_tables_stay },
  { NULL, NULL, 0, NULL, NULL },
};
