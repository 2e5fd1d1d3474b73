/* SPDX-License-Identifier: MIT */
/* Strict JSON (RFC 8259) into a tree. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum
{
  CHECK_JSON_NULL,
  CHECK_JSON_BOOLEAN,
  CHECK_JSON_NUMBER,
  CHECK_JSON_STRING,
  CHECK_JSON_ARRAY,
  CHECK_JSON_OBJECT,
} CheckJsonKind;

typedef struct CheckJson
{
  CheckJsonKind kind;
  bool boolean;
  double number;
  char *text;              /* (owned) (nullable) of a string, UTF-8 */
  char *name;              /* (owned) (nullable) of a member */
  struct CheckJson *first; /* (owned) (nullable) members or elements */
  struct CheckJson *next;  /* (owned) (nullable) beside this one */
  size_t n_children;
} CheckJson;

/* NULL when it is not: `why` says what is wrong, and where. */
CheckJson *check_json_parse (const char *text, size_t size, char why[120]);
void check_json_free (CheckJson *json);

/* A member of an object; NULL when it is none, or has no such member. Borrowed. */
const CheckJson *check_json_get (const CheckJson *object, const char *name);

/* The member's text; NULL when there is none. Borrowed. */
const char *check_json_get_text (const CheckJson *object, const char *name);
