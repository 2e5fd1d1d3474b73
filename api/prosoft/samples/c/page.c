/* SPDX-License-Identifier: MIT */
#include "page.h"

#include <stdlib.h>

#include "json.h"

#define INDENT 2
#define MAX_INDENT 16 /* groups in groups: deeper ones show their fallback_text */

/* A member's text with something before and after. */
static void
print_text (const char *before, const char *value, const char *after, FILE *out)
{
  char *text = json_text (value);

  fprintf (out, "%s%s%s", before, text, after);
  free (text);
}

/* Rows of label and value. */
static void
print_facts (const char *block, int indent, FILE *out)
{
  const char *row = json_first (json_member (block, "rows"));

  for (; row != NULL; row = json_next (row))
    {
      const char *label = json_first (row);

      fprintf (out, "%*s", indent, "");
      print_text ("", label, ": ", out);
      print_text ("", label != NULL ? json_next (label) : NULL, "\n", out);
    }
}

/* A cell is a string, or an object with a text and how good that is. */
static void
print_cells (const char *cell, const char *member, FILE *out)
{
  fputc (' ', out);
  for (const char *before = ""; cell != NULL; cell = json_next (cell), before = " | ")
    print_text (before, *cell == '{' ? json_member (cell, member) : cell, "", out);
  fputc ('\n', out);
}

static void
print_table (const char *block, int indent, FILE *out)
{
  const char *row = json_first (json_member (block, "rows"));

  fprintf (out, "%*s-", indent, "");
  print_cells (json_first (json_member (block, "columns")), "title", out);
  for (; row != NULL; row = json_next (row))
    {
      fprintf (out, "%*s", indent, "");
      print_text ("", json_member (row, "id"), "", out);
      print_cells (json_first (json_member (row, "cells")), "text", out);
    }
}

static void
print_blocks (const char *container, int indent, FILE *out)
{
  const char *block = json_first (json_member (container, "blocks"));

  for (; block != NULL; block = json_next (block))
    {
      const char *type = json_member (block, "type");

      fprintf (out, "%*s", indent, "");
      print_text ("", json_member (block, "id"), "", out);
      print_text (" [", type, "]", out);
      if (json_is (type, "facts"))
        fputc ('\n', out), print_facts (block, indent + INDENT, out);
      else if (json_is (type, "table"))
        fputc ('\n', out), print_table (block, indent + INDENT, out);
      else if (json_is (type, "group") && indent < MAX_INDENT)
        {
          print_text (" ", json_member (block, "title"), "\n", out);
          print_blocks (block, indent + INDENT, out);
        }
      else if (json_is (type, "text") || json_is (type, "heading"))
        print_text (" ", json_member (block, "text"), "\n", out);
      else
        print_text (" ", json_member (block, "fallback_text"), "\n", out);
    }
}

void
page_print (const char *page, FILE *out)
{
  print_text ("page: ", json_member (page, "title"), ", ", out);
  print_text ("", json_member (page, "state"), "\n", out);
  print_blocks (page, INDENT, out);
}
