/* SPDX-License-Identifier: MIT */
/* What was seen: kept, drawn on the page, written as JUnit. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/check/hostcheck/hostcheck.h"
#include "tests/check/util.h"

const HostcheckItem hostcheck_items[HOSTCHECK_N] = {
  [HOSTCHECK_SIZES]
  = { "R3", "struct-sizes", "structs of the host say how long they are", "Invoke an action." },
  [HOSTCHECK_MAIN]
  = { "R4", "calls-on-main", "every call comes on the thread of init()", "Use the page." },
  [HOSTCHECK_IS_MAIN] = { "R4", "is-main-thread", "is_main_thread() is 1 on [main] and 0 elsewhere",
                          "Choose Run the threads." },
  [HOSTCHECK_ANY] = { "R4", "any-thread", "the four [any] functions work on eight threads at once",
                      "Choose Run the threads." },
  [HOSTCHECK_LOCK]
  = { "R5", "no-lock", "log() and request_callback() return while the plug-in is being called",
      "Choose Run the threads." },
  [HOSTCHECK_CALLBACK] = { "R5", "callback-comes", "request_callback() is answered within 1 s",
                           "Invoke an action, and wait." },
  [HOSTCHECK_REENTRY]
  = { "R6", "no-reentrancy", "no function is called while another one is on the stack",
      "Choose Stay inside, and meanwhile use the page." },
  [HOSTCHECK_BUFFERS] = { "R7", "buffers", "environment.get() keeps to the buffer it was given",
                          "Start the plug-in in a host that has prosoft.environment/1." },
  [HOSTCHECK_READER]
  = { "R7", "reader", "a reader keeps to its buffer and ends at its size", "Open a project." },
  [HOSTCHECK_TEXTS] = { "R8", "texts", "texts are UTF-8, and there", "Use the page." },
  [HOSTCHECK_ADDRESSES]
  = { "R9", "addresses", "open_uri() refuses what is not https with PROSOFT_E_INVALID",
      "Choose Try addresses." },
  [HOSTCHECK_ORDER]
  = { "R11", "order", "create, init, use, destroy, deinit: in this order", "Close the host." },
  [HOSTCHECK_TABLES]
  = { "R11", "tables-stay", "the host's tables are the same until destroy()", "Close the host." },
  [HOSTCHECK_FLOATING]
  = { "R13", "floating", "the floating-point traps of a thread stay as they are",
      "Choose Run the threads." },
  [HOSTCHECK_IDS] = { "R14", "unknown-ids", "unknown extensions are NULL", "Start the plug-in." },
  [HOSTCHECK_EXTENSIONS]
  = { "R14", "extensions", "the extensions that a host must have are there", "Start the plug-in." },
  [HOSTCHECK_VIEWS] = { "pages", "views", "views are opened once, used while open, and closed",
                        "Open and close the page." },
  [HOSTCHECK_PROJECT]
  = { "pages", "project", "one project at a time, opened and closed", "Open and close a project." },
  [HOSTCHECK_SESSIONS]
  = { "gate", "sessions", "only allowed == 1 opens a session, and each is ended once",
      "Ask for five remote sessions, and end those that open." },
};

void
hostcheck_seen (Hostcheck *self, HostcheckId id)
{
  int unseen = HOSTCHECK_UNSEEN;

  atomic_compare_exchange_strong (&self->states[id], &unseen, HOSTCHECK_GOOD);
}

void
hostcheck_find (Hostcheck *self, HostcheckId id, const char *format, ...)
{
  int state = atomic_exchange (&self->states[id], HOSTCHECK_CLAIMED);
  va_list arguments;

  if (state == HOSTCHECK_UNSEEN || state == HOSTCHECK_GOOD)
    {
      va_start (arguments, format);
      vsnprintf (self->findings[id], sizeof self->findings[id], format, arguments);
      va_end (arguments);
      state = HOSTCHECK_BAD;
    }
  /* Whoever claimed it first writes its text; it is BAD for the others as well. */
  if (state == HOSTCHECK_BAD)
    atomic_store (&self->states[id], HOSTCHECK_BAD);
}

bool
hostcheck_text (Hostcheck *self, const char *what, const char *text, bool may_be_null)
{
  bool good = text != NULL ? check_utf8_valid (text, strlen (text)) : may_be_null;

  hostcheck_expect (self, HOSTCHECK_TEXTS, good, "%s is %s", what,
                    text == NULL ? "NULL" : "not UTF-8");
  return good && text != NULL;
}

static HostcheckState
state_of (Hostcheck *self, size_t id)
{
  int state = atomic_load (&self->states[id]);

  return state == HOSTCHECK_CLAIMED ? HOSTCHECK_BAD : (HostcheckState)state;
}

size_t
hostcheck_count (Hostcheck *self, HostcheckState state)
{
  size_t count = 0;

  for (size_t i = 0; i < HOSTCHECK_N; i++)
    count += state_of (self, i) == state;
  return count;
}

/* --- JUnit ----------------------------------------------------------------------------------- */

static void
write_item (Hostcheck *self, size_t id, FILE *file)
{
  const HostcheckItem *item = &hostcheck_items[id];
  HostcheckState state = state_of (self, id);

  fprintf (file, "    <testcase classname=\"%s\" name=\"%s\">", item->rule, item->name);
  if (state == HOSTCHECK_UNSEEN)
    {
      fputs ("<skipped message=\"", file);
      check_write_xml_text (file, item->how);
      fputs ("\"/>", file);
    }
  else if (state == HOSTCHECK_BAD)
    {
      fprintf (file, "<failure type=\"%s\" message=\"", item->rule);
      check_write_xml_text (file, self->findings[id]);
      fputs ("\">expected: ", file);
      check_write_xml_text (file, item->title);
      fputs ("</failure>", file);
    }
  fputs ("</testcase>\n", file);
}

void
hostcheck_write (Hostcheck *self)
{
  FILE *file = self->path[0] != '\0' ? fopen (self->path, "w") : NULL;

  if (file == NULL)
    return;
  fputs ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"", file);
  check_write_xml_text (file, self->host_copy.name != NULL ? self->host_copy.name : "host");
  fprintf (file, "\" tests=\"%d\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n", HOSTCHECK_N,
           hostcheck_count (self, HOSTCHECK_BAD), hostcheck_count (self, HOSTCHECK_UNSEEN));
  for (size_t i = 0; i < HOSTCHECK_N; i++)
    write_item (self, i, file);
  fputs ("  </testsuite>\n</testsuites>\n", file);
  fclose (file);
}

/* --- the page -------------------------------------------------------------------------------- */

typedef struct Text
{
  char *bytes;
  size_t size;
  size_t used;
} Text;

static void put (Text *text, const char *format, ...) __attribute__ ((format (printf, 2, 3)));

static void
put (Text *text, const char *format, ...)
{
  va_list arguments;
  int size;

  va_start (arguments, format);
  size = vsnprintf (text->bytes + text->used, text->size - text->used, format, arguments);
  va_end (arguments);
  if (size > 0)
    text->used
        += (size_t)size < text->size - text->used ? (size_t)size : text->size - text->used - 1;
}

/* A JSON string; findings have no more than printable ASCII in them but for what a host gave. */
static void
put_string (Text *text, const char *string)
{
  put (text, "\"");
  for (; *string != '\0'; string++)
    if (*string == '"' || *string == '\\')
      put (text, "\\%c", *string);
    else
      put (text, "%c",
           (unsigned char)*string < 0x20 || (unsigned char)*string > 0x7e ? '?' : *string);
  put (text, "\"");
}

static void
put_row (Hostcheck *self, size_t id, Text *text)
{
  static const char *const words[] = { "not seen yet", "good", "broken", "broken" };
  static const char *const severities[] = { "neutral", "good", "error", "error" };
  const HostcheckItem *item = &hostcheck_items[id];
  HostcheckState state = state_of (self, id);

  put (text, "%s{\"id\":\"%s\",\"cells\":[\"%s\",", id > 0 ? "," : "", item->name, item->rule);
  put_string (text, item->title);
  put (text, ",{\"status\":\"%s\",\"text\":\"%s\"},", severities[state], words[state]);
  put_string (text, state == HOSTCHECK_UNSEEN ? item->how
                    : state == HOSTCHECK_BAD  ? self->findings[id]
                                              : "");
  put (text, "]}");
}

static void
put_action (Text *text, const char *id, const char *label)
{
  put (text,
       ",{\"id\":\"%s\",\"type\":\"action\",\"label\":\"%s\",\"name\":\"%s\",\"style\":\"normal\","
       "\"enabled\":true,\"fallback_text\":\"%s\"}",
       id, label, label, label);
}

void
hostcheck_draw (Hostcheck *self, char *bytes, size_t size)
{
  Text text = { bytes, size, 0 };

  put (&text,
       "{\"page\":\"" HOSTCHECK_PAGE "\",\"title\":\"Check of this host\",\"revision\":%lld,"
       "\"state\":\"ready\",\"blocks\":[{\"id\":\"sum\",\"type\":\"text\",\"text\":\"%zu good, "
       "%zu broken, %zu not seen yet\",\"fallback_text\":\"\"}",
       (long long)self->revision, hostcheck_count (self, HOSTCHECK_GOOD),
       hostcheck_count (self, HOSTCHECK_BAD), hostcheck_count (self, HOSTCHECK_UNSEEN));
  put_action (&text, "threads", "Run the threads");
  put_action (&text, "inside", "Stay inside");
  put_action (&text, "addresses", "Try addresses");
  put (&text, ",{\"id\":\"findings\",\"type\":\"table\",\"fallback_text\":\"\",\"columns\":["
              "{\"id\":\"rule\",\"title\":\"Rule\"},{\"id\":\"title\",\"title\":\"Expected\"},"
              "{\"id\":\"state\",\"title\":\"State\"},{\"id\":\"what\",\"title\":\"What\"}],"
              "\"rows\":[");
  for (size_t i = 0; i < HOSTCHECK_N; i++)
    put_row (self, i, &text);
  put (&text, "]}]}");
}
