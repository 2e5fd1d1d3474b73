/* SPDX-License-Identifier: MIT */
/* Does nothing wrong. */
#include "tests/unit/host/specimens/specimen.h"

const SpecimenHooks specimen_hooks = { 0 };
