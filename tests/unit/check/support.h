/* SPDX-License-Identifier: MIT */
/* Running prosoft-check, and reading what it says. */
#pragma once

#include <json-glib/json-glib.h>

#include "tests/harness/harness.h"

G_BEGIN_DECLS

/* Limits of time are longer where a tool makes everything slow. */
#if defined(__SANITIZE_ADDRESS__)
#define CHECKER_PATIENCE "3"
#define CHECKER_MODULE_PATIENCE "20"
#else
#define CHECKER_PATIENCE "2"
#define CHECKER_MODULE_PATIENCE "4"
#endif

/* What it wrote to its standard output. @arguments: NULL-terminated, without the program's name;
 * @status: (out): its exit status. (transfer full) */
char *checker_run (const char *const *arguments, int *status) G_GNUC_WARN_UNUSED_RESULT;

/* The path of a specimen among tests/check/specimens. (transfer full) */
char *checker_specimen (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* The names of all specimens: plug-ins, hosts. (transfer full) */
GStrv checker_list_specimens (void) G_GNUC_WARN_UNUSED_RESULT;
GStrv checker_list_hosts (void) G_GNUC_WARN_UNUSED_RESULT;

/* Its JSON report, which must be one. (transfer full) */
JsonNode *checker_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The rules that the report says are broken, with blanks in between. (transfer full) */
char *checker_broken_rules (JsonNode *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
