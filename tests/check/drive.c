/* SPDX-License-Identifier: MIT */
/* What a host does with an instance: pages, actions, the gate, and what must come of each. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/host.h"
#include "tests/check/page.h"

#define MAX_PAGE (16 * 1024 * 1024)
#define OP_PATIENCE_MS 30000

/* --- errors ---------------------------------------------------------------------------------- */

void
check_error_fill (prosoft_error_t *error)
{
  memset (error, 0xa5, sizeof *error);
}

void
check_error_judge (const prosoft_error_t *error, const char *call, prosoft_result_t result)
{
  const unsigned char *bytes = (const unsigned char *)error;
  bool untouched = true;

  for (size_t i = 0; i < sizeof *error; i++)
    untouched = untouched && bytes[i] == 0xa5;
  if (result >= 0)
    {
      if (!untouched)
        check_fail ("R9", "%s succeeded and wrote into error", call);
      return;
    }
  if (result < PROSOFT_E_TIMEOUT)
    check_fail ("R9", "%s returned %d, which is none of abi.h", call, (int)result);
  if (untouched)
    check_fail ("R9", "%s failed with %d and said nothing in error", call, (int)result);
  else if (error->code != result)
    check_fail ("R9", "%s returned %d and wrote %d into error->code", call, (int)result,
                (int)error->code);
  else if (memchr (error->message, '\0', sizeof error->message) == NULL
           || error->message[0] == '\0')
    check_fail ("R9", "%s failed with %d, and error->message is %s", call, (int)result,
                error->message[0] == '\0' ? "empty" : "not terminated");
  else
    check_text ("the message of an error", error->message, false);
}

/* --- operations ------------------------------------------------------------------------------ */

CheckOp *
check_find_op (CheckHost *host, prosoft_op_t op)
{
  for (size_t i = 0; i < host->n_ops; i++)
    if (host->ops[i].id == op)
      return &host->ops[i];
  return NULL;
}

void
check_starting (CheckHost *host, const char *call)
{
  host->starting = call;
  host->inside_op = 0;
}

void
check_started (CheckHost *host, bool is_check, prosoft_result_t result, prosoft_op_t op)
{
  const char *call = host->starting;

  host->starting = NULL;
  if (result < 0 && op != 0)
    check_fail ("R10", "%s failed with %d and gave an operation all the same", call, (int)result);
  else if (result >= 0 && op == 0)
    check_fail ("R10", "%s succeeded and gave no operation", call);
  else if (result >= 0 && check_find_op (host, op) != NULL)
    check_fail ("R10", "%s gave the number of an earlier operation", call);
  else if (result >= 0 && host->n_ops < CHECK_MAX_OPS)
    {
      host->ops[host->n_ops] = (CheckOp){ .id = op, .is_check = is_check };
      host->ops[host->n_ops++].endings = host->inside_op == op;
    }
}

static bool
has_ended (CheckHost *host, void *data)
{
  const CheckOp *op = check_find_op (host, *(prosoft_op_t *)data);

  return op == NULL || op->endings > 0;
}

bool
check_wait_op (CheckHost *host, prosoft_op_t op)
{
  if (check_host_until (host, has_ended, &op,
                        (int)(OP_PATIENCE_MS * host->check->options.patience)))
    return true;
  check_fail ("R10", "an operation was not completed within %d s", OP_PATIENCE_MS / 1000);
  return false;
}

prosoft_result_t
check_cancel (CheckHost *host, prosoft_op_t op)
{
  prosoft_result_t result;

  check_call_begin (host, "operations.cancel");
  result = host->operations->cancel (host->plugin, op);
  check_call_end (host);
  return result;
}

/* --- pages ----------------------------------------------------------------------------------- */

char *
check_first_page (CheckHost *host)
{
  const prosoft_page_info_t *info;
  uint32_t count;

  if (host->pages == NULL)
    check_skip ("the plug-in has no pages");
  check_call_begin (host, "pages.count");
  count = host->pages->count (host->plugin);
  check_call_end (host);
  if (count == 0)
    check_skip ("the plug-in has no pages just now");
  check_call_begin (host, "pages.info");
  info = host->pages->info (host->plugin, 0);
  check_call_end (host);
  if (info == NULL || info->struct_size < PROSOFT_PAGE_INFO_SIZE_V1)
    {
      check_fail ("R3", "pages.info (0) gives %s",
                  info == NULL ? "NULL" : "a struct_size below its first version");
      check_stop ();
    }
  if (!check_text ("the id of a page", info->id, false)
      || !check_text ("the menu path of a page", info->menu_path, false)
      || !check_text ("the title of a page", info->title, false))
    check_stop ();
  return check_format ("%s", info->id);
}

prosoft_result_t
check_open_page (CheckHost *host, const char *page, prosoft_view_t *view)
{
  char *lent = check_lend_text (page);
  prosoft_error_t error;
  prosoft_result_t result;
  CheckView *slot = &host->views[host->last_view % CHECK_MAX_VIEWS];

  *view = ++host->last_view;
  *slot = (CheckView){ .id = *view, .announced = -1 };
  check_error_fill (&error);
  check_call_begin (host, "pages.open");
  result = host->pages->open (host->plugin, lent, *view, &error);
  check_call_end (host);
  check_take_back (lent);
  check_error_judge (&error, "pages.open", result);
  if (result < 0)
    slot->id = 0;
  return result;
}

void
check_close_page (CheckHost *host, prosoft_view_t view)
{
  check_call_begin (host, "pages.close");
  host->pages->close (host->plugin, view);
  check_call_end (host);
  for (size_t i = 0; i < CHECK_MAX_VIEWS; i++)
    if (host->views[i].id == view)
      host->views[i].closed = true;
}

typedef struct Sink
{
  char *bytes; /* (owned) */
  size_t size;
} Sink;

/* The call's one writer; it lies in lent memory, so its state does not. */
static Sink sink;

static prosoft_result_t PROSOFT_ABI
write_page (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  char *more;

  if (size < 0 || (size > 0 && data == NULL) || (uint64_t)size > MAX_PAGE - sink.size)
    {
      check_fail ("R7", "writer.write (%s, %lld)", data != NULL ? "data" : "NULL", (long long)size);
      return PROSOFT_E_INVALID;
    }
  more = realloc (sink.bytes, sink.size + (size_t)size + 1);
  if (more == NULL)
    return PROSOFT_E_MEMORY;
  sink.bytes = more;
  if (size > 0)
    memcpy (sink.bytes + sink.size, data, (size_t)size);
  sink.size += (size_t)size;
  sink.bytes[sink.size] = '\0';
  return PROSOFT_OK;
}

/* It only grows, whether it is announced or rendered. */
static void
note_revision (CheckHost *host, prosoft_view_t id, int64_t revision)
{
  for (size_t i = 0; i < CHECK_MAX_VIEWS; i++)
    if (host->views[i].id == id)
      {
        if (revision < host->views[i].announced)
          check_fail ("pages", "render() gives revision %lld after %lld was there",
                      (long long)revision, (long long)host->views[i].announced);
        else
          host->views[i].announced = revision;
      }
}

char *
check_render (CheckHost *host, prosoft_view_t view, int64_t *revision)
{
  prosoft_writer_t writer = { (void *)(uintptr_t)0xdeadcafe, write_page };
  prosoft_writer_t *lent = check_lend (&writer, sizeof writer, "R7");
  prosoft_result_t result;
  char *bytes;

  sink = (Sink){ NULL, 0 };
  *revision = -1;
  check_call_begin (host, "pages.render");
  result = host->pages->render (host->plugin, view, lent, revision);
  check_call_end (host);
  check_take_back (lent);
  bytes = sink.bytes;
  sink = (Sink){ NULL, 0 };
  if (result < 0)
    {
      check_fail ("pages", "render() of an open page failed with %d", (int)result);
      free (bytes);
      return NULL;
    }
  if (bytes == NULL || strlen (bytes) == 0)
    check_fail ("pages", "render() wrote nothing");
  else if (*revision < 0)
    check_fail ("pages", "render() gave revision %lld", (long long)*revision);
  else
    note_revision (host, view, *revision);
  return bytes;
}

typedef struct Search
{
  prosoft_view_t view;
  char *action; /* (owned) (nullable) */
} Search;

static bool
finds_action (CheckHost *host, void *data)
{
  Search *search = data;
  CheckPage page;
  int64_t revision;
  char *text = check_render (host, search->view, &revision);

  if (text != NULL && check_page_parse (&page, text))
    {
      if (page.n_actions > 0)
        search->action = check_format ("%s", page.actions[0]);
      check_page_clear (&page);
    }
  free (text);
  return search->action != NULL;
}

char *
check_first_action (CheckHost *host, prosoft_view_t view)
{
  Search search = { view, NULL };

  if (!check_host_until (host, finds_action, &search, 500))
    check_skip ("no action of the page can be invoked just now");
  return search.action;
}

prosoft_result_t
check_invoke (CheckHost *host,
              prosoft_view_t view,
              int64_t revision,
              const char *action,
              const char *inputs,
              prosoft_op_t *op)
{
  prosoft_page_call_t call = { .struct_size = PROSOFT_PAGE_CALL_SIZE_V1, .view = view };
  prosoft_page_call_t *lent;
  prosoft_error_t error;
  prosoft_result_t result;

  call.revision = revision;
  call.action_id = check_lend_text (action);
  call.inputs_json = check_lend_text (inputs);
  lent = check_lend (&call, PROSOFT_PAGE_CALL_SIZE_V1, "R3");
  *op = 0;
  check_error_fill (&error);
  check_starting (host, "pages.invoke");
  check_call_begin (host, "pages.invoke");
  result = host->pages->invoke (host->plugin, lent, op, &error);
  check_call_end (host);
  check_started (host, false, result, *op);
  check_take_back (lent);
  check_take_back (call.action_id);
  check_take_back (call.inputs_json);
  check_error_judge (&error, "pages.invoke", result);
  return result;
}

/* --- the gate -------------------------------------------------------------------------------- */

prosoft_result_t
check_gate (CheckHost *host, const char *installation, int32_t timeout_ms, prosoft_op_t *op)
{
  prosoft_gate_request_t request
      = { .struct_size = PROSOFT_GATE_REQUEST_SIZE_V1, .kind = PROSOFT_SESSION_REMOTE };
  prosoft_gate_request_t *lent;
  prosoft_result_t result;

  request.installation_id = check_lend_text (installation);
  request.site_name = check_lend_text ("Villa d'Été \xe2\x9c\x93");
  lent = check_lend (&request, PROSOFT_GATE_REQUEST_SIZE_V1, "R3");
  *op = 0;
  check_starting (host, "session_gate.check");
  check_call_begin (host, "session_gate.check");
  result = host->gate->check (host->plugin, lent, timeout_ms, op);
  check_call_end (host);
  check_started (host, true, result, *op);
  check_take_back (lent);
  check_take_back (request.installation_id);
  check_take_back (request.site_name);
  return result;
}

/* --- a whole life ---------------------------------------------------------------------------- */

static void
use_actions (CheckHost *host, prosoft_view_t view)
{
  CheckPage page;
  int64_t revision;
  char *text = check_render (host, view, &revision);
  prosoft_op_t op;

  if (text != NULL && check_page_parse (&page, text))
    {
      for (size_t i = 0; i < page.n_actions && i < 3; i++)
        if (check_invoke (host, view, revision, page.actions[i], NULL, &op) >= 0)
          check_wait_op (host, op);
      check_page_clear (&page);
    }
  free (text);
}

static void
use_pages (CheckHost *host)
{
  char *id = check_first_page (host);
  prosoft_view_t view;

  if (check_open_page (host, id, &view) >= 0)
    {
      check_host_pump (host, 20);
      use_actions (host, view);
      check_call_begin (host, "pages.activated");
      host->pages->activated (host->plugin, view);
      check_call_end (host);
      check_close_page (host, view);
    }
  free (id);
}

void
check_host_live (CheckHost *host)
{
  size_t size;
  char *bytes = check_project_bytes (host->check, &size);
  CheckProject *project = check_project_new (host, bytes, size, 0);
  prosoft_op_t op;

  if (host->project != NULL)
    check_project_open (project, "live");
  if (host->pages != NULL)
    use_pages (host);
  if (host->gate != NULL
      && check_gate (host, "00000000-0000-4000-8000-000000000000", 500, &op) >= 0)
    check_wait_op (host, op);
  if (host->environment != NULL)
    {
      check_host_set (host, PROSOFT_ENV_LOCALE, "nl-BE");
      check_call_begin (host, "environment.changed");
      host->environment->changed (host->plugin, PROSOFT_ENV_LOCALE);
      check_call_end (host);
    }
  check_host_pump (host, 20);
  if (host->project != NULL)
    check_project_close (project, "live");
  free (bytes);
}
