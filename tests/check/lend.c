/* SPDX-License-Identifier: MIT */
/* Memory that is lent for one call, and can tell who keeps it. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/host.h"

#define MAX_LENT 128

typedef struct Loan
{
  char *pages; /* (owned) NULL: free */
  size_t whole;
  const void *lent;
} Loan;

/* The oldest gives way: what is then unmapped still cannot be touched, only less is said of it. */
static Loan loans[MAX_LENT];
static size_t next_loan;

void *
check_lend (const void *bytes, size_t size, const char *rule_behind)
{
  Loan *loan = &loans[next_loan];
  char *lent;

  next_loan = (next_loan + 1) % MAX_LENT;
  if (loan->pages != NULL)
    {
      check_forget_memory (loan->pages);
      check_forget_memory (loan->pages + loan->whole);
      platform_pages_free (loan->pages, loan->whole);
    }
  loan->pages = platform_pages_new (size, &loan->whole);
  lent = loan->pages + loan->whole - size;
  memcpy (lent, bytes, size);
  platform_pages_protect (loan->pages, loan->whole, PLATFORM_ACCESS_READ);
  check_watch_memory (loan->pages, loan->whole, "R7",
                      "the plug-in wrote into an argument, which is only borrowed");
  check_watch_memory (loan->pages + loan->whole, platform_page_size (), rule_behind,
                      strcmp (rule_behind, "R3") == 0
                          ? "the plug-in read behind what struct_size covers"
                          : "the plug-in read behind the end of an argument");
  loan->lent = lent;
  return lent;
}

char *
check_lend_text (const char *text)
{
  return text != NULL ? check_lend (text, strlen (text) + 1, "R8") : NULL;
}

void
check_take_back (const void *lent)
{
  for (size_t i = 0; lent != NULL && i < MAX_LENT; i++)
    if (loans[i].pages != NULL && loans[i].lent == lent)
      {
        platform_pages_protect (loans[i].pages, loans[i].whole, PLATFORM_ACCESS_NONE);
        check_watch_memory (loans[i].pages, loans[i].whole, "R7",
                            "the plug-in used an argument after the call that lent it");
        loans[i].lent = NULL;
      }
}
