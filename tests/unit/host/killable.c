/* SPDX-License-Identifier: MIT */
/*
 * A host that buys, and may be killed at any call that touches the disk or the network:
 *   killable MODULE HOME SANDBOX BROWSER FILE SERVICE before|after N
 * N counts from the first step of buying; 0: nothing happens, and the last line is how many calls
 * there were.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/host/host-driver.h"
#include "tests/support/disk-faults.h"

static int
complain (const GError *error)
{
  fprintf (stderr, "killable: %s\n", error->message);
  return 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (HostDriver) driver = NULL;
  g_autoptr (GError) error = NULL;
  HostDriverOptions options;
  guint nth;

  if (argc != 9)
    return 2;
  options = (HostDriverOptions){
    .module = argv[1], .home = argv[2], .sandbox = argv[3], .browser = argv[4]
  };
  nth = (guint)strtoul (argv[8], NULL, 10);
  driver = host_driver_new (&options, &error);
  if (driver == NULL || !host_driver_open (driver, argv[5], &error)
      || !host_driver_wait_loaded (driver, &error))
    return complain (error);
  disk_faults_arm_network (nth > 0 ? nth : G_MAXUINT,
                           g_str_equal (argv[7], "after") ? DISK_POWER_AFTER : DISK_POWER_OFF);
  if (!host_driver_buy (driver, (const char *const[]){ argv[6], NULL }, NULL, NULL, NULL, &error))
    return complain (error);
  printf ("%u\n", disk_faults_disarm ());
  return 0;
}
