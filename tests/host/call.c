/* SPDX-License-Identifier: MIT */
#include "tests/host/host-private.h"

#include <stdlib.h>
#include <string.h>

Host *
host_of (const prosoft_host_t *table)
{
  return table->host_data;
}

static void
blame (Host *host, HostCheck check, bool by_host, const char *format, va_list arguments)
{
  char *text = host_format_va (format, arguments);

  host_findings_add (host->findings, check, by_host, text);
  free (text);
}

void
host_blame_plugin (Host *host, HostCheck check, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  blame (host, check, false, format, arguments);
  va_end (arguments);
}

void
host_blame_host (Host *host, HostCheck check, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  blame (host, check, true, format, arguments);
  va_end (arguments);
}

bool
host_call_begin (Host *host, const char *call, int64_t *started)
{
  if (host->depth > 0)
    {
      host_blame_host (host, HOST_CHECK_REENTRANCY, "%s was called while %s is on the stack", call,
                       host->in_call);
      return false;
    }
  host->depth++;
  host->in_call = call;
  *started = host_monotonic_us ();
  return true;
}

void
host_call_end (Host *host, int64_t started)
{
  host_timing_add (&host->timing, host->in_call, host_monotonic_us () - started);
  host->in_call = NULL;
  host->depth--;
}

bool
host_accept_any (Host *host, const char *function)
{
  switch ((HostState)atomic_load (&host->state))
    {
    case HOST_STATE_RUNNING:
      return true;
    case HOST_STATE_CREATING:
      host_blame_plugin (host, HOST_CHECK_IN_CREATE, "%s was called inside create()", function);
      return false;
    case HOST_STATE_IDLE:
    case HOST_STATE_STOPPED:
    default:
      host_blame_plugin (host, HOST_CHECK_LATE_CALL, "%s was called after destroy()", function);
      return false;
    }
}

bool
host_accept_main (Host *host, const char *function)
{
  if (!host_accept_any (host, function))
    return false;
  if (!pthread_equal (pthread_self (), host->main))
    {
      host_blame_plugin (host, HOST_CHECK_THREAD, "%s was called from another thread than [main]",
                         function);
      return false;
    }
  return true;
}

bool
host_text_good (Host *host, const char *what, const char *text, bool may_be_null)
{
  if (text == NULL && !may_be_null)
    host_blame_plugin (host, HOST_CHECK_TEXT, "%s is NULL", what);
  else if (text != NULL && !host_utf8_valid (text, strlen (text)))
    host_blame_plugin (host, HOST_CHECK_TEXT, "%s is not UTF-8", what);
  else
    return true;
  return false;
}

HostPair *
host_pairs_find (HostPairs *pairs, const char *key)
{
  for (size_t i = 0; i < pairs->count; i++)
    if (strcmp (pairs->items[i].key, key) == 0)
      return &pairs->items[i];
  return NULL;
}

void
host_pairs_set (HostPairs *pairs, const char *key, const char *value)
{
  HostPair *pair = host_pairs_find (pairs, key);
  char *copy = host_strdup (value);

  if (pair == NULL)
    {
      pairs->items = host_realloc (pairs->items, (pairs->count + 1) * sizeof *pairs->items);
      pair = &pairs->items[pairs->count++];
      pair->key = host_strdup (key);
      pair->value = NULL;
    }
  free (pair->value);
  pair->value = copy;
}

void
host_pairs_clear (HostPairs *pairs)
{
  for (size_t i = 0; i < pairs->count; i++)
    {
      free (pairs->items[i].key);
      free (pairs->items[i].value);
    }
  free (pairs->items);
  *pairs = (HostPairs){ NULL, 0 };
}

char **
host_copy_list (const char *const *list)
{
  size_t count = 0;
  char **copy;

  if (list == NULL)
    return NULL;
  while (list[count] != NULL)
    count++;
  copy = host_alloc ((count + 1) * sizeof *copy);
  for (size_t i = 0; i < count; i++)
    copy[i] = host_strdup (list[i]);
  return copy;
}

void
host_free_list (char **list)
{
  for (size_t i = 0; list != NULL && list[i] != NULL; i++)
    free (list[i]);
  free (list);
}
