/* SPDX-License-Identifier: MIT */
/* R9: what is refused is refused with a code and a reason. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/tests.h"

static void
refuse_create (CheckHost *host, const char *id, const char *what)
{
  const prosoft_plugin_factory_t *factory = host->check->factory;
  const prosoft_plugin_t *plugin;
  prosoft_error_t error;

  check_error_fill (&error);
  check_call_begin (host, "factory.create");
  plugin = factory->create (factory, &host->tables->host, id, &error);
  if (plugin != NULL)
    {
      check_fail (NULL, "factory.create makes an instance for %s", what);
      plugin->destroy (plugin);
    }
  else
    {
      if (error.code >= 0)
        check_fail (NULL, "factory.create refused %s and wrote code %d", what, (int)error.code);
      check_error_judge (&error, "factory.create", error.code < 0 ? error.code : -1);
    }
  /* Nobody has to want a reason. */
  plugin = factory->create (factory, &host->tables->host, id, NULL);
  check_call_end (host);
  if (plugin != NULL)
    plugin->destroy (plugin);
}

static void
test_create_refuses (Check *check)
{
  CheckHost *host;

  check_load (check);
  host = check_host_new (check);
  refuse_create (host, "org.example.no-such-plugin", "an unknown id");
  refuse_create (host, "", "an empty id");
  platform_pages_protect ((char *)host->tables, host->tables_size, PLATFORM_ACCESS_WRITE);
  host->tables->host.abi.major = PROSOFT_ABI_MAJOR + 1;
  platform_pages_protect ((char *)host->tables, host->tables_size, PLATFORM_ACCESS_READ);
  refuse_create (host, check->plugin_id, "a host of another major version");
}

static void
must_fail (const char *call, prosoft_result_t result, prosoft_result_t wanted)
{
  if (result >= 0)
    check_fail (NULL, "%s succeeds", call);
  else if (result != wanted)
    check_fail (NULL, "%s fails with %d; the header says %d", call, (int)result, (int)wanted);
}

static void
test_pages_refuse (Check *check)
{
  CheckHost *host = check_begin (check);
  char *page = check_first_page (host);
  prosoft_view_t view, none;
  prosoft_op_t op;

  host->may_misbehave = true;
  must_fail ("pages.open of an unknown page", check_open_page (host, "no-such-page", &none),
             PROSOFT_E_NOT_FOUND);
  if (check_open_page (host, page, &view) < 0)
    check_stop ();
  check_call_begin (host, "pages.open");
  must_fail ("pages.open of a view in use", host->pages->open (host->plugin, page, view, NULL),
             PROSOFT_E_INVALID);
  must_fail ("pages.open of view 0", host->pages->open (host->plugin, page, 0, NULL),
             PROSOFT_E_INVALID);
  check_call_end (host);
  if (check_invoke (host, 987654, 1, "x", NULL, &op) >= 0)
    check_fail (NULL, "pages.invoke in a view that is not open succeeds");
  check_host_destroy (host);
  free (page);
}

static void
test_gate_refuses (Check *check)
{
  prosoft_gate_request_t request
      = { .struct_size = sizeof request, .kind = PROSOFT_SESSION_REMOTE, .installation_id = "x" };
  CheckHost *host = check_begin (check);
  prosoft_op_t op = 0;

  if (host->gate == NULL)
    check_skip ("the plug-in has no gate");
  host->may_misbehave = true;
  check_call_begin (host, "session_gate.check");
  must_fail ("session_gate.check without a request", host->gate->check (host->plugin, NULL, 0, &op),
             PROSOFT_E_INVALID);
  must_fail ("session_gate.check with a negative time",
             host->gate->check (host->plugin, &request, -1, &op), PROSOFT_E_INVALID);
  request.kind = 99;
  must_fail ("session_gate.check of an unknown kind",
             host->gate->check (host->plugin, &request, 0, &op), PROSOFT_E_INVALID);
  check_call_end (host);
  must_fail ("session_gate.check without installation and project", check_gate (host, NULL, 0, &op),
             PROSOFT_E_NOT_FOUND);
  check_host_destroy (host);
}

static void
test_project_refuses (Check *check)
{
  CheckHost *host = check_begin (check);
  CheckProject *one, *other, *third;

  if (host->project == NULL)
    check_skip ("the plug-in takes no project");
  host->may_misbehave = true;
  one = check_project_new (host, "one", 3, 0);
  other = check_project_new (host, "other", 5, 0);
  third = check_project_new (host, "third", 5, 0);
  check_call_begin (host, "project.opened");
  must_fail ("project.opened without info",
             host->project->opened (host->plugin, NULL, one->reader, NULL), PROSOFT_E_INVALID);
  check_call_end (host);
  if (check_project_open (one, "one") < 0)
    check_fail (NULL, "project.opened refuses a file for what is in it; that belongs on the page");
  else
    {
      must_fail ("project.opened while another is open", check_project_open (other, "other"),
                 PROSOFT_E_BUSY);
      must_fail ("project.changed for another project", check_project_change (one, third, "third"),
                 PROSOFT_E_NOT_FOUND);
      check_project_close (one, "one");
    }
  check_host_destroy (host);
}

const CheckTest check_tests_errors[] = {
  { "R9", "create-refuses", 1, "factory.create says why it makes no instance",
    test_create_refuses },
  { "R9", "pages-refuse", 2, "pages that are not there are refused with the header's code",
    test_pages_refuse },
  { "R9", "gate-refuses", 2, "wrong questions to the gate are refused with the header's code",
    test_gate_refuses },
  { "R9", "project-refuses", 2, "wrong projects are refused with the header's code",
    test_project_refuses },
  { NULL, NULL, 0, NULL, NULL },
};
