/* SPDX-License-Identifier: MIT */
#include "tests/demo/actor.h"

gboolean
actor_play (const char *const *arguments, GError **error)
{
  g_autoptr (Actor) actor = actor_start (arguments, error);
  g_autoptr (GDataInputStream) lines = NULL;

  if (actor == NULL)
    return FALSE;
  lines = g_data_input_stream_new (actor_get_output (actor));
  for (;;)
    {
      /* Or it would wait for somebody to listen. */
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      if (line == NULL)
        return actor_wait (actor, error);
    }
}
