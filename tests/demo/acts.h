/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/demo/stage.h"

G_BEGIN_DECLS

/* Each plays one story on an empty stage and says whether it went as stated. */
gboolean act_main_job (Stage *stage);
gboolean act_outage (Stage *stage);

G_END_DECLS
