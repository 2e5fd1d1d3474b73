/* SPDX-License-Identifier: MIT */
/* Renders a page without its blocks. */
#include "tests/unit/host/specimens/specimen.h"

const SpecimenHooks specimen_hooks
    = { .page
        = "{\"page\":\"specimen\",\"title\":\"Specimen\",\"revision\":1,\"state\":\"ready\"}" };
