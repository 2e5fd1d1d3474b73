/* SPDX-License-Identifier: MIT */
/* The host's functions, as a plug-in calls them: each looks at thread, state and arguments first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check/host.h"

/* Whether the host may be called just now; if not, the finding is made. */
CheckHost *
check_enter (const prosoft_host_t *table, const char *function, bool any_thread)
{
  CheckHost *host = check_host_of (table);
  int life;

  if (host == NULL)
    {
      check_fail ("R7", "%s was called with another struct than the host's own", function);
      host = check_host_last ();
    }
  life = atomic_load (&host->life);
  if (life == CHECK_LIFE_DESTROYED)
    check_fail ("R11", "%s was called after destroy() had returned", function);
  else if (life != CHECK_LIFE_RUNNING)
    check_fail ("R11", "%s was called before init()", function);
  else if (!any_thread && platform_thread_id () != host->main)
    check_fail ("R4", "%s was called from another thread than [main]", function);
  else if (!any_thread && host->depth == 0)
    check_fail ("R6", "%s was called while no function of the plug-in was called", function);
  else
    return host;
  return NULL;
}

static const void *PROSOFT_ABI
get_extension (const prosoft_host_t *table, const char *id)
{
  CheckHost *host = check_enter (table, "host.get_extension", true);

  if (host == NULL || !check_text ("the id in host.get_extension", id, false))
    return NULL;
  return check_tables_find (host, id);
}

static void PROSOFT_ABI
request_callback (const prosoft_host_t *table)
{
  CheckHost *host = check_enter (table, "host.request_callback", true);

  if (host == NULL)
    return;
  atomic_fetch_add (&host->n_requests, 1);
  atomic_store (&host->wanted, true);
}

static void PROSOFT_ABI
log_line (const prosoft_host_t *table,
          prosoft_log_severity_t severity,
          const char *domain,
          const char *text)
{
  CheckHost *host = check_enter (table, "log.log", true);

  if (host == NULL || !check_text ("the domain of a log line", domain, false)
      || !check_text ("a log line", text, false))
    return;
  /* Of a test that fails the end of it is shown. */
  printf ("%s: %s\n", domain, text);
  fflush (stdout);
  if (strpbrk (text, "\r\n") != NULL)
    check_fail ("R8", "a log line has a line feed in it: one line, one call");
  if (severity < PROSOFT_LOG_DEBUG || severity > PROSOFT_LOG_PLUGIN_MISBEHAVING)
    check_fail ("R1", "a log line of severity %d, which is none", (int)severity);
  if (severity == PROSOFT_LOG_HOST_MISBEHAVING && !host->may_misbehave)
    check_fail ("R9", "the plug-in complains of a host that keeps the rules: %.300s", text);
}

static int32_t PROSOFT_ABI
is_main_thread (const prosoft_host_t *table)
{
  CheckHost *host = check_enter (table, "thread_check.is_main_thread", true);

  return host != NULL && platform_thread_id () == host->main ? 1 : 0;
}

static const CheckValue *
find_value (const CheckHost *host, const char *key)
{
  for (size_t i = 0; i < CHECK_MAX_VALUES && host->values[i].key != NULL; i++)
    if (strcmp (host->values[i].key, key) == 0)
      return &host->values[i];
  return NULL;
}

/* All of `capacity` is the host's to write, so a wrong one is felt. */
static int32_t PROSOFT_ABI
get_value (const prosoft_host_t *table, const char *key, char *buffer, int32_t capacity)
{
  CheckHost *host = check_enter (table, "environment.get", false);
  const CheckValue *value;
  CheckValue *found;
  size_t needed;

  if (host == NULL || !check_text ("the key in environment.get", key, false))
    return 0;
  if (capacity < 0 || (capacity > 0 && buffer == NULL))
    {
      check_fail ("R7", "environment.get (\"%.40s\") with capacity %d%s", key, (int)capacity,
                  buffer == NULL ? " and no buffer" : "");
      return 0;
    }
  value = find_value (host, key);
  if (value == NULL || value->value == NULL)
    return 0;
  if (capacity > 0)
    memset (buffer, 0xa5, (size_t)capacity);
  needed = strlen (value->value) + 1;
  if (needed <= (size_t)capacity)
    memcpy (buffer, value->value, needed);
  found = &host->values[value - host->values];
  if (found->larger != NULL)
    {
      free (found->value);
      found->value = found->larger;
      found->larger = NULL;
    }
  return (int32_t)needed;
}

/* --- operations ------------------------------------------------------------------------------ */

CheckOp *
check_ending (CheckHost *host, prosoft_op_t id, bool is_check, const char *function)
{
  CheckOp *op = check_find_op (host, id);
  unsigned long long number = (unsigned long long)id;

  if (op == NULL && host->starting != NULL)
    {
      host->inside_op = id;
      check_fail ("R10", "%s ended operation %llu inside %s, which started it", function, number,
                  host->starting);
    }
  else if (op == NULL)
    check_fail ("R10", "%s for operation %llu, which was never started", function, number);
  else if (op->endings++ > 0)
    check_fail ("R10", "%s for an operation that had ended already", function);
  else if (op->is_check != is_check)
    check_fail ("R10", "%s for %s", function, is_check ? "an action" : "a check of the gate");
  else
    return op;
  return NULL;
}

static void PROSOFT_ABI
progress (const prosoft_host_t *table, prosoft_op_t id, double fraction, const char *text)
{
  CheckHost *host = check_enter (table, "operations.progress", false);
  const CheckOp *op;

  if (host == NULL || !check_text ("the text of a progress", text, true))
    return;
  op = check_find_op (host, id);
  if (op == NULL || op->endings > 0)
    check_fail ("R10", "progress of an operation that is not open");
  if (!((fraction >= 0 && fraction <= 1) || (fraction <= -1 && fraction >= -1)))
    check_fail ("R1", "a progress of %g, which is neither 0 to 1 nor -1", fraction);
}

static void
judge_result (const char *what, prosoft_result_t result)
{
  if (result < PROSOFT_E_TIMEOUT)
    check_fail ("R9", "%s has the result %d, which is none of abi.h", what, (int)result);
}

static void PROSOFT_ABI
completed (const prosoft_host_t *table, const prosoft_completion_t *completion)
{
  CheckHost *host = check_enter (table, "operations.completed", false);
  CheckOp *op;

  if (host == NULL)
    return;
  if (completion == NULL || completion->struct_size < PROSOFT_COMPLETION_SIZE_V1)
    {
      check_fail ("R3", "a completion %s",
                  completion == NULL ? "is NULL" : "whose struct_size is below its first version");
      if (completion == NULL)
        return;
    }
  check_text ("the message of a completion", completion->message, true);
  check_text ("the details of a completion", completion->details, true);
  judge_result ("a completion", completion->result);
  op = check_ending (host, completion->op, false, "operations.completed");
  if (op != NULL)
    op->result = completion->result;
}

/* --- pages ----------------------------------------------------------------------------------- */

static void PROSOFT_ABI
rescan (const prosoft_host_t *table)
{
  check_enter (table, "pages.rescan", false);
}

static void PROSOFT_ABI
changed (const prosoft_host_t *table, prosoft_view_t id, int64_t revision)
{
  CheckHost *host = check_enter (table, "pages.changed", false);
  CheckView *view = NULL;

  if (host == NULL)
    return;
  for (size_t i = 0; i < CHECK_MAX_VIEWS; i++)
    if (host->views[i].id == id && id != 0)
      view = &host->views[i];
  if (view == NULL || view->closed)
    check_fail ("pages", "changed() for view %llu, which is not open", (unsigned long long)id);
  else if (revision < view->announced)
    check_fail ("pages", "changed() takes a view from revision %lld back to %lld",
                (long long)view->announced, (long long)revision);
  else
    view->announced = revision;
}

/* --- the rest -------------------------------------------------------------------------------- */

static prosoft_result_t PROSOFT_ABI
open_uri (const prosoft_host_t *table, const char *uri)
{
  if (check_enter (table, "open_uri.open", false) == NULL
      || !check_text ("an address for the browser", uri, false))
    return PROSOFT_E_INVALID;
  if (strncmp (uri, "https://", 8) == 0 || strncmp (uri, "http://127.", 11) == 0
      || strncmp (uri, "http://[::1]", 12) == 0)
    return PROSOFT_OK;
  check_fail ("R9", "open_uri.open was given an address that is not https");
  return PROSOFT_E_INVALID;
}

static void PROSOFT_ABI
attention (const prosoft_host_t *table,
           prosoft_attention_severity_t severity,
           const char *text,
           const char *page_id)
{
  if (check_enter (table, "attention.attention", false) == NULL)
    return;
  check_text ("the text of an attention", text, true);
  check_text ("the page of an attention", page_id, false);
  if (severity < PROSOFT_ATTENTION_INFO || severity > PROSOFT_ATTENTION_URGENT)
    check_fail ("R1", "an attention of severity %d, which is none", (int)severity);
}

static prosoft_result_t
owe (CheckHost *host, const char *key, prosoft_cookie_t cookie)
{
  if (host->n_answers == CHECK_MAX_ANSWERS)
    return PROSOFT_E_BUSY;
  host->answers[host->n_answers++]
      = (CheckAnswer){ key != NULL ? check_format ("%s", key) : NULL, cookie };
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
save_file (const prosoft_host_t *table,
           const char *suggested_name,
           const char *media_type,
           prosoft_cookie_t cookie)
{
  if (check_enter (table, "files.save", false) == NULL)
    return PROSOFT_E_FAILED;
  check_text ("a suggested name", suggested_name, false);
  check_text ("a media type", media_type, false);
  return PROSOFT_E_UNSUPPORTED;
}

static prosoft_result_t PROSOFT_ABI
load_secret (const prosoft_host_t *table, const char *key, prosoft_cookie_t cookie)
{
  CheckHost *host = check_enter (table, "secrets.load", false);

  if (host == NULL || !check_text ("the key of a secret", key, false))
    return PROSOFT_E_INVALID;
  return owe (host, key, cookie);
}

static prosoft_result_t PROSOFT_ABI
store_secret (const prosoft_host_t *table,
              const char *key,
              const void *data,
              int32_t size,
              prosoft_cookie_t cookie)
{
  CheckHost *host = check_enter (table, "secrets.store", false);

  if (host == NULL || !check_text ("the key of a secret", key, false))
    return PROSOFT_E_INVALID;
  if (data == NULL || size < 1 || size > PROSOFT_SECRET_MAX_SIZE)
    {
      check_fail ("R7", "secrets.store with %d bytes at %s", (int)size,
                  data != NULL ? "a place" : "NULL");
      return PROSOFT_E_INVALID;
    }
  return owe (host, NULL, cookie);
}

static prosoft_result_t PROSOFT_ABI
erase_secret (const prosoft_host_t *table, const char *key)
{
  if (check_enter (table, "secrets.erase", false) == NULL
      || !check_text ("the key of a secret", key, false))
    return PROSOFT_E_INVALID;
  return PROSOFT_OK;
}

void
check_tables_fill (CheckTables *tables)
{
  *tables = (CheckTables){
    .host = { .abi = { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
              .host_data = (void *)(uintptr_t)0xdeadcafe,
              .name = "prosoft-check",
              .vendor = NULL,
              .version = "5.1.2.0",
              .get_extension = get_extension,
              .request_callback = request_callback },
    .log = { log_line },
    .thread_check = { is_main_thread },
    .environment = { get_value },
    .operations = { progress, completed },
    .pages = { rescan, changed },
    .gate = check_gate_table,
    .open_uri = { open_uri },
    .attention = { attention },
    .files = { save_file },
    .secrets = { load_secret, store_secret, erase_secret },
  };
}

const void *
check_tables_find (const CheckHost *host, const char *id)
{
  const CheckTables *tables = host->tables;
  const struct
  {
    const char *id;
    const void *table;
  } known[] = {
    { PROSOFT_EXT_LOG, &tables->log },
    { PROSOFT_EXT_THREAD_CHECK, &tables->thread_check },
    { PROSOFT_EXT_ENVIRONMENT, &tables->environment },
    { PROSOFT_EXT_OPERATIONS, &tables->operations },
    { PROSOFT_EXT_PAGES, &tables->pages },
    { PROSOFT_EXT_SESSION_GATE, &tables->gate },
    { PROSOFT_EXT_OPEN_URI, &tables->open_uri },
    { PROSOFT_EXT_ATTENTION, &tables->attention },
    { PROSOFT_EXT_FILES, &tables->files },
    { PROSOFT_EXT_SECRETS, &tables->secrets },
  };

  if (host->missing != NULL && strcmp (host->missing, id) == 0)
    return NULL;
  for (size_t i = 0; i < CHECK_COUNT (known); i++)
    if (strcmp (known[i].id, id) == 0)
      return known[i].table;
  return NULL;
}
