/* SPDX-License-Identifier: MIT */
#include "tests/check/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check/check.h"

#define MAX_IDS 8192
#define MAX_ROWS 2000

typedef struct Ids
{
  const char *ids[MAX_IDS]; /* borrowed */
  size_t count;
} Ids;

/* What a member must be: s text, S text that is not empty, b flag, n number, a list, o object,
 * i id; e one of the words behind it. */
typedef struct Member
{
  const char *type; /* of the block */
  const char *name;
  char kind;
  const char *words; /* (nullable) split by blanks */
} Member;

static const Member members[] = {
  { "heading", "text", 's', NULL },
  { "heading", "level", 'n', NULL },
  { "text", "text", 's', NULL },
  { "notice", "severity", 'e', "info good warning error" },
  { "notice", "text", 's', NULL },
  { "facts", "rows", 'a', NULL },
  { "table", "columns", 'a', NULL },
  { "table", "rows", 'a', NULL },
  { "status", "severity", 'e', "good info warning error neutral" },
  { "status", "symbol", 'S', NULL },
  { "status", "word", 'S', NULL },
  { "status", "text", 's', NULL },
  { "choice", "label", 'S', NULL },
  { "choice", "value", 's', NULL },
  { "choice", "options", 'a', NULL },
  { "toggle", "label", 'S', NULL },
  { "toggle", "value", 'b', NULL },
  { "input", "label", 'S', NULL },
  { "input", "kind", 'e', "text secret email date" },
  { "action", "label", 'S', NULL },
  { "action", "name", 'S', NULL },
  { "action", "style", 'e', "normal primary danger" },
  { "action", "enabled", 'b', NULL },
  { "progress", "text", 's', NULL },
  { "link", "label", 'S', NULL },
  { "link", "uri", 'S', NULL },
  { "group", "blocks", 'a', NULL },
};

static bool
is_id (const char *text)
{
  size_t size = strlen (text);

  if (size == 0 || size > 200 || !isalnum ((unsigned char)text[0]))
    return false;
  for (size_t i = 0; i < size; i++)
    if (!isalnum ((unsigned char)text[i]) && strchr ("._:-", text[i]) == NULL)
      return false;
  return true;
}

static bool
is_word_of (const char *words, const char *word)
{
  size_t size = strlen (word);

  for (const char *at = words; at != NULL && size > 0; at = strchr (at, ' '))
    {
      at += *at == ' ';
      if (strncmp (at, word, size) == 0 && (at[size] == ' ' || at[size] == '\0'))
        return true;
    }
  return false;
}

static bool
fits (const CheckJson *value, const Member *member)
{
  CheckJsonKind kind = value != NULL ? value->kind : CHECK_JSON_NULL;

  switch (member->kind)
    {
    case 'b':
      return kind == CHECK_JSON_BOOLEAN;
    case 'n':
      return kind == CHECK_JSON_NUMBER;
    case 'a':
      return kind == CHECK_JSON_ARRAY;
    case 's':
      return kind == CHECK_JSON_STRING;
    case 'S':
      return kind == CHECK_JSON_STRING && value->text[0] != '\0';
    case 'e':
      return kind == CHECK_JSON_STRING && is_word_of (member->words, value->text);
    default:
      return false;
    }
}

static void
note_id (Ids *ids, const char *id, const char *what)
{
  if (id == NULL || !is_id (id))
    {
      check_fail ("pages", "%s has no id, or one that is not [A-Za-z0-9._:-]: \"%.80s\"", what,
                  id != NULL ? id : "");
      return;
    }
  for (size_t i = 0; i < ids->count; i++)
    if (strcmp (ids->ids[i], id) == 0)
      {
        check_fail ("pages", "the id \"%.80s\" occurs twice", id);
        return;
      }
  if (ids->count < MAX_IDS)
    ids->ids[ids->count++] = id;
}

static void
check_rows (const CheckJson *table, const char *id)
{
  const CheckJson *columns = check_json_get (table, "columns");
  const CheckJson *rows = check_json_get (table, "rows");
  Ids *ids = check_alloc (sizeof *ids);

  if (columns == NULL || rows == NULL)
    rows = columns = table;
  if (rows->n_children > MAX_ROWS)
    check_fail ("pages", "table \"%.80s\" has more than %d rows", id, MAX_ROWS);
  for (const CheckJson *row = rows->first; row != NULL && rows != table; row = row->next)
    {
      const CheckJson *cells = check_json_get (row, "cells");

      note_id (ids, check_json_get_text (row, "id"), "a row");
      if (cells == NULL || cells->n_children != columns->n_children)
        check_fail ("pages", "a row of table \"%.80s\" has %zu cells; it has %zu columns", id,
                    cells != NULL ? cells->n_children : 0, columns->n_children);
    }
  free (ids);
}

static void
note_action (CheckPage *page, const CheckJson *block, const char *id)
{
  const CheckJson *enabled = check_json_get (block, "enabled");
  const char *reason = check_json_get_text (block, "disabled_reason");

  if (enabled == NULL)
    return;
  if (enabled->boolean && page->n_actions < CHECK_MAX_ACTIONS)
    page->actions[page->n_actions++] = id;
  else if (!enabled->boolean)
    {
      page->disabled = id;
      if (reason == NULL || reason[0] == '\0')
        check_fail ("pages", "action \"%.80s\" is not enabled and does not say why", id);
    }
}

static void check_blocks (CheckPage *page, const CheckJson *blocks, Ids *ids);

static void
check_block (CheckPage *page, const CheckJson *block, Ids *ids)
{
  const char *id = check_json_get_text (block, "id"), *type = check_json_get_text (block, "type");

  note_id (ids, id, "a block");
  if (id == NULL || type == NULL || check_json_get_text (block, "fallback_text") == NULL)
    {
      check_fail ("pages", "block \"%.80s\" has no type, or no fallback_text",
                  id != NULL ? id : "?");
      return;
    }
  for (size_t i = 0; i < CHECK_COUNT (members); i++)
    if (strcmp (members[i].type, type) == 0
        && !fits (check_json_get (block, members[i].name), &members[i]))
      check_fail ("pages",
                  "block \"%.80s\" (%.40s): \"%s\" is missing or not what the schema asks "
                  "for",
                  id, type, members[i].name);
  if (strcmp (type, "table") == 0)
    check_rows (block, id);
  else if (strcmp (type, "action") == 0)
    note_action (page, block, id);
  else if (strcmp (type, "group") == 0)
    check_blocks (page, check_json_get (block, "blocks"), ids);
}

static void
check_blocks (CheckPage *page, const CheckJson *blocks, Ids *ids)
{
  for (const CheckJson *block = blocks != NULL ? blocks->first : NULL; block != NULL;
       block = block->next)
    check_block (page, block, ids);
}

static void
check_root (CheckPage *page)
{
  static const Member root[] = {
    { NULL, "page", 'S', NULL },     { NULL, "title", 'S', NULL },
    { NULL, "revision", 'n', NULL }, { NULL, "state", 'e', "loading ready offline error" },
    { NULL, "blocks", 'a', NULL },
  };
  Ids *ids = check_alloc (sizeof *ids);

  for (size_t i = 0; i < CHECK_COUNT (root); i++)
    if (!fits (check_json_get (page->root, root[i].name), &root[i]))
      check_fail ("pages", "the page's \"%s\" is missing or not what the schema asks for",
                  root[i].name);
  check_blocks (page, check_json_get (page->root, "blocks"), ids);
  free (ids);
}

bool
check_page_parse (CheckPage *page, const char *text)
{
  char why[120];

  *page = (CheckPage){ .root = check_json_parse (text, strlen (text), why) };
  if (page->root == NULL)
    {
      check_fail ("R8", "a page is not JSON: %s", why);
      return false;
    }
  if (page->root->kind != CHECK_JSON_OBJECT)
    {
      check_fail ("pages", "a page is not a JSON object");
      check_page_clear (page);
      return false;
    }
  check_root (page);
  return true;
}

void
check_page_clear (CheckPage *page)
{
  check_json_free (page->root);
  *page = (CheckPage){ 0 };
}

static const CheckJson *
find_block (const CheckJson *blocks, const char *id)
{
  const CheckJson *found = NULL;

  for (const CheckJson *block = blocks != NULL ? blocks->first : NULL;
       block != NULL && found == NULL; block = block->next)
    {
      const char *own = check_json_get_text (block, "id");

      found = own != NULL && strcmp (own, id) == 0
                  ? block
                  : find_block (check_json_get (block, "blocks"), id);
    }
  return found;
}

const CheckJson *
check_page_find (const CheckPage *page, const char *id)
{
  return find_block (check_json_get (page->root, "blocks"), id);
}

static void
compare_blocks (const CheckJson *blocks, const CheckPage *after)
{
  for (const CheckJson *block = blocks != NULL ? blocks->first : NULL; block != NULL;
       block = block->next)
    {
      const char *id = check_json_get_text (block, "id");
      const char *type = check_json_get_text (block, "type");
      const CheckJson *now = id != NULL ? check_page_find (after, id) : NULL;
      const char *now_type = now != NULL ? check_json_get_text (now, "type") : NULL;

      if (type != NULL && now_type != NULL && strcmp (type, now_type) != 0)
        check_fail ("pages",
                    "block \"%.80s\" was a %.40s and is a %.40s now: an id stays what it is", id,
                    type, now_type);
      compare_blocks (check_json_get (block, "blocks"), after);
    }
}

void
check_page_compare (const CheckPage *before, const CheckPage *after)
{
  compare_blocks (check_json_get (before->root, "blocks"), after);
}
