/* SPDX-License-Identifier: MIT */
/* Attaches a source to GLib's default main context (R13). */
#include "tests/unit/host/specimens/specimen.h"

#include <glib.h>

static gboolean
again (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
init (Specimen *self)
{
  g_timeout_add (60000, again, NULL);
}

const SpecimenHooks specimen_hooks = { .init = init };
