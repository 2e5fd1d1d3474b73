/* SPDX-License-Identifier: MIT */
/* Has no factory. */
#include "tests/unit/host/specimens/specimen.h"

const SpecimenHooks specimen_hooks = { .no_factory = true };
