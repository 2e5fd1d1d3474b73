/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/unit/text/po-file.h"

G_BEGIN_DECLS

/* Every text of the code, read out of it now by po/template. %NULL, and the running test is
 * skipped, on a computer without xgettext. (transfer full) */
PoFile *po_template_load (void);

/* What a .po file holds; the test fails when it cannot be read. (transfer full) */
PoFile *po_file_load (const char *path);

G_END_DECLS
