/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdbool.h>

/* Whether a GLib of its own file is mapped into this process. One that is linked in would not be
 * seen, but then the linker would have found it without being told of it. */
bool has_glib (void);
