/* SPDX-License-Identifier: MIT */
/* Does not start. */
#include "tests/unit/host/specimens/specimen.h"

const SpecimenHooks specimen_hooks = { .refuse_init = "no worker" };
