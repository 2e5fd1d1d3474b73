/* SPDX-License-Identifier: MIT */
/* Just enough JSON to walk through a page: no tree, no library. A value is a pointer into the text,
 * which ends with a NUL. What is not JSON ends the walk early and is never read past its end. */
#ifndef SAMPLE_JSON_H
#define SAMPLE_JSON_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The value of member `name`, or NULL when `object` (may be NULL) is no object or has none. */
const char *json_member (const char *object, const char *name);

/* The first element of an array, and the one after `element`; NULL when there is none. */
const char *json_first (const char *array);
const char *json_next (const char *element);

/* A string decoded, with blanks for its control characters; a number, true or false as written; ""
 * for anything else and for NULL. The caller frees it. */
char *json_text (const char *value);

/* Whether the value is this string. */
bool json_is (const char *value, const char *text);

#ifdef __cplusplus
}
#endif

#endif
