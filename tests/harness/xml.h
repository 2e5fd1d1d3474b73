/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/harness/result.h"

/* The text of GoogleTest's XML report of `results`, or its list of `tests` with their places in the
 * source. Well-formed whatever the tests printed. (transfer full) */
char *harness_xml_results (GPtrArray *results);
char *harness_xml_list (GPtrArray *tests);

/* Writes `xml` to `path` whole or not at all, making the directory it stands in. */
gboolean
harness_xml_write (const char *path, const char *xml, GError **error) G_GNUC_WARN_UNUSED_RESULT;
