/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @name: as the world calls it, "Europe/Brussels"; Windows has other names, and rules of its own in
 * the registry, which are what a PC of a customer goes by.
 *
 * Returns: (transfer full) (nullable): NULL when this system does not know it */
GTimeZone *test_zone_new (const char *name);

G_END_DECLS
