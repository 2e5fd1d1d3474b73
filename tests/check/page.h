/* SPDX-License-Identifier: MIT */
/* What render() wrote: is it a page (page.schema.json), and what is on it? */
#pragma once

#include "tests/check/json.h"

#define CHECK_MAX_ACTIONS 256

typedef struct CheckPage
{
  CheckJson *root;                        /* (owned) */
  const char *actions[CHECK_MAX_ACTIONS]; /* ids of those that can be invoked now, borrowed */
  size_t n_actions;
  const char *disabled; /* (nullable) id of one that cannot be, borrowed */
} CheckPage;

/* FALSE when it is no JSON object. What is wrong with it is a finding: of R8 when it is not JSON
 * in UTF-8, else of "pages". */
bool check_page_parse (CheckPage *page, const char *text);
void check_page_clear (CheckPage *page);

/* The block of that id, at any depth; NULL when it is not there. Borrowed. */
const CheckJson *check_page_find (const CheckPage *page, const char *id);

/* A finding when a block of that id is of another type than it was. */
void check_page_compare (const CheckPage *before, const CheckPage *after);
