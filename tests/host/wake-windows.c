/* SPDX-License-Identifier: MIT */
#include "tests/host/wake.h"

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include "tests/host/util.h"

struct HostWake
{
  HANDLE event; /* (owned) set until somebody has waited for it */
};

HostWake *
host_wake_new (void)
{
  HostWake *wake = host_alloc (sizeof *wake);

  wake->event = CreateEventW (NULL, FALSE, FALSE, NULL);
  if (wake->event == NULL)
    {
      fputs ("there is no event for the main loop\n", stderr);
      abort ();
    }
  return wake;
}

void
host_wake_free (HostWake *wake)
{
  CloseHandle (wake->event);
  free (wake);
}

void
host_wake_signal (HostWake *wake)
{
  SetEvent (wake->event);
}

static void
pump_messages (void)
{
  MSG message;

  while (PeekMessageW (&message, NULL, 0, 0, PM_REMOVE))
    {
      TranslateMessage (&message);
      DispatchMessageW (&message);
    }
}

bool
host_wake_wait (HostWake *wake, int timeout_ms)
{
  DWORD time = timeout_ms < 0 ? INFINITE : (DWORD)timeout_ms;
  DWORD came
      = MsgWaitForMultipleObjectsEx (1, &wake->event, time, QS_ALLINPUT, MWMO_INPUTAVAILABLE);

  if (came != WAIT_OBJECT_0 + 1)
    return came == WAIT_OBJECT_0;
  pump_messages ();
  return WaitForSingleObject (wake->event, 0) == WAIT_OBJECT_0;
}

intptr_t
host_wake_get_handle (const HostWake *wake)
{
  return (intptr_t)wake->event;
}
