/* SPDX-License-Identifier: MIT */
/* A test's own process: what it says to the one that started it. */
#include "tests/check/check.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define MAX_WATCHED 600
#define MAX_SAID 64

typedef struct Watched
{
  const char *start; /* NULL: free */
  size_t size;
  const char *rule;
  const char *what; /* (static) */
} Watched;

/* One test, one process: what a signal handler has to find stands here. */
static const CheckTest *current;
static const char *_Atomic current_step = "the start";
static Watched watched[MAX_WATCHED];
static size_t next_watched;
static _Atomic uint32_t said[MAX_SAID];
static _Atomic bool leaving;

void
check_step (const char *step)
{
  atomic_store (&current_step, step);
}

const char *
check_get_step (void)
{
  return atomic_load (&current_step);
}

/* Fields of a line are split by tabs, and a line is a line. */
static void
tame (char *text)
{
  for (; *text != '\0'; text++)
    if ((unsigned char)*text < 0x20 || *text == 0x7f)
      *text = ' ';
}

static void
say (char kind, const char *rule, const char *text)
{
  char line[1500], place[200], said_text[1000];

  snprintf (place, sizeof place, "%s", check_get_step ());
  snprintf (said_text, sizeof said_text, "%s", text);
  tame (place);
  tame (said_text);
  snprintf (line, sizeof line, "%c\t%s\t%s\t%s", kind, rule, place, said_text);
  platform_report (line);
}

static bool
is_new (const char *rule, const char *text)
{
  uint32_t hash = 2166136261u;

  for (const char *at = rule; *at != '\0'; at++)
    hash = (hash ^ (unsigned char)*at) * 16777619u;
  for (const char *at = text; *at != '\0'; at++)
    hash = (hash ^ (unsigned char)*at) * 16777619u;
  hash |= 1;
  for (size_t i = 0; i < MAX_SAID; i++)
    {
      uint32_t empty = 0;

      if (atomic_compare_exchange_strong (&said[i], &empty, hash))
        return true;
      if (empty == hash)
        return false;
    }
  return false;
}

void
check_fail (const char *rule, const char *format, ...)
{
  char text[1000];
  va_list arguments;

  va_start (arguments, format);
  vsnprintf (text, sizeof text, format, arguments);
  va_end (arguments);
  if (rule == NULL)
    rule = current->rule;
  if (is_new (rule, text))
    say ('F', rule, text);
}

void
check_stop (void)
{
  atomic_store (&leaving, true);
  say ('E', current->rule, "");
  platform_quit (0);
}

void
check_skip (const char *format, ...)
{
  char text[500];
  va_list arguments;

  va_start (arguments, format);
  vsnprintf (text, sizeof text, format, arguments);
  va_end (arguments);
  say ('K', current->rule, text);
  check_stop ();
}

void
check_watch_memory (const void *start, size_t size, const char *rule, const char *what)
{
  check_forget_memory (start);
  watched[next_watched] = (Watched){ start, size, rule, what };
  next_watched = (next_watched + 1) % MAX_WATCHED;
}

void
check_forget_memory (const void *start)
{
  for (size_t i = 0; i < MAX_WATCHED; i++)
    if (watched[i].start == start)
      watched[i].start = NULL;
}

static const Watched *
find_watched (const void *address)
{
  const char *at = address;

  for (size_t i = 0; at != NULL && i < MAX_WATCHED; i++)
    if (watched[i].start != NULL && at >= watched[i].start
        && (size_t)(at - watched[i].start) < watched[i].size)
      return &watched[i];
  return NULL;
}

/* From a signal handler, or from exit(). */
static void
on_fault (const char *signal, const void *address)
{
  const Watched *memory = find_watched (address);
  char text[300];

  if (atomic_exchange (&leaving, true))
    platform_quit (0);
  if (memory != NULL)
    say ('F', memory->rule, memory->what);
  else if (signal == NULL)
    say ('H', current->rule, "it did not return");
  else if (strcmp (signal, "exit") == 0)
    say ('F', "R9", "the plug-in ended the host's process with exit()");
  else
    {
      snprintf (text, sizeof text, "the process died of \"%s\"", signal);
      say ('C', current->rule, text);
    }
  platform_quit (0);
}

void
check_child (const CheckOptions *options, const CheckTest *test)
{
  Check check = { .options = *options, .test = test };

  current = test;
  platform_guard_process (options->limit_ms, on_fault);
  test->run (&check);
  check_stop ();
}

bool
check_text (const char *what, const char *text, bool may_be_null)
{
  if (text == NULL && !may_be_null)
    check_fail ("R8", "%s is NULL", what);
  else if (text != NULL && !check_utf8_valid (text, strlen (text)))
    check_fail ("R8", "%s is not UTF-8", what);
  else
    return true;
  return false;
}
