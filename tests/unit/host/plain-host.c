/* SPDX-License-Identifier: MIT */
/* A host that links nothing but the host library: none of it needs GLib. Argument: a module. */
#include <stdio.h>

#include "tests/host/host.h"
#include "tests/unit/host/has-glib.h"

static bool
is_done (void *data)
{
  return ((const HostOperation *)data)->done;
}

int
main (int argc, char **argv)
{
  HostOptions options = { .log_threshold = PROSOFT_LOG_WARNING };
  prosoft_error_t error = { 0 };
  prosoft_op_t op = 0;
  bool admits = false;
  Host *host;

  if (argc != 2)
    return fputs ("usage: plain-host MODULE\n", stderr), 2;
  host = host_new (&options);
  if (host_load (host, argv[1], &error) >= 0 && host_start (host, NULL, &error) >= 0
      && host_check_session (host, "good", "Villa", 0, &op) >= 0
      && host_run_until (host, is_done, (void *)host_get_operation (host, op), 5000))
    admits = host_operation_admits (host_get_operation (host, op));
  if (error.code < 0)
    fprintf (stderr, "%s\n", error.message);
  host_stop (host);
  admits = admits && host_findings_total (host_get_findings (host)) == 0 && !has_glib ();
  host_free (host);
  puts (admits ? "admitted, without GLib" : "failed");
  return admits ? 0 : 1;
}
