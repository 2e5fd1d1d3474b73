/* SPDX-License-Identifier: MIT */
/* Cannot be made. */
#include "tests/unit/host/specimens/specimen.h"

const SpecimenHooks specimen_hooks = { .refuse_create = "restart PROSOFT" };
