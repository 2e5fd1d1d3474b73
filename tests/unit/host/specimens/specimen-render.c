/* SPDX-License-Identifier: MIT */
/* Renders an older revision than the one before. */
#include "tests/unit/host/specimens/specimen.h"

const SpecimenHooks specimen_hooks = { .render_revision = -3 };
