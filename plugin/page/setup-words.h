/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/cloud.h"
#include "plugin/text/text.h"

G_BEGIN_DECLS

/* What is wrong with the set-up (TTECOMM_SETUP_ERROR) and whom to ask, for a person. (transfer
 * full) */
char *ttecomm_setup_words (const TtecommText *text, const GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
