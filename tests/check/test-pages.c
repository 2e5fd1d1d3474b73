/* SPDX-License-Identifier: MIT */
/* pages/1 and project/1: what is on a page, and what a bad file does to it. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/page.h"
#include "tests/check/tests.h"

#define TURNS 12

/* A page that is valid; FALSE when there is none. */
static bool
look (CheckHost *host, prosoft_view_t view, CheckPage *page, int64_t *revision)
{
  char *text = check_render (host, view, revision);
  const CheckJson *own;
  bool good = text != NULL && check_page_parse (page, text);

  free (text);
  if (!good)
    return false;
  own = check_json_get (page->root, "revision");
  if (own != NULL && own->kind == CHECK_JSON_NUMBER && (int64_t)own->number != *revision)
    check_fail (NULL, "render() gives revision %lld, and the page in it %lld", (long long)*revision,
                (long long)own->number);
  return true;
}

static void
test_pages_are_valid (Check *check)
{
  CheckHost *host = check_begin (check);
  char *id = check_first_page (host);
  prosoft_view_t view;
  CheckPage before, page;
  int64_t revision, former;

  if (check_open_page (host, id, &view) < 0 || !look (host, view, &before, &former))
    check_stop ();
  for (int i = 0; i < TURNS; i++)
    {
      prosoft_op_t op;

      if (before.n_actions > 0
          && check_invoke (host, view, former, before.actions[(size_t)i % before.n_actions], NULL,
                           &op)
                 >= 0)
        check_wait_op (host, op);
      if (host->environment != NULL)
        {
          check_host_set (host, PROSOFT_ENV_LOCALE, i % 2 == 0 ? "nl-BE" : "en");
          check_call_begin (host, "environment.changed");
          host->environment->changed (host->plugin, PROSOFT_ENV_LOCALE);
          check_call_end (host);
        }
      check_host_pump (host, 20);
      if (!look (host, view, &page, &revision))
        break;
      if (revision < former)
        check_fail (NULL, "the revision went from %lld back to %lld", (long long)former,
                    (long long)revision);
      check_page_compare (&before, &page);
      check_page_clear (&before);
      before = page;
      former = revision;
    }
  check_host_destroy (host);
  free (id);
}

static void
test_page_list (Check *check)
{
  CheckHost *host = check_begin (check);
  uint32_t count;

  free (check_first_page (host));
  check_call_begin (host, "pages.info");
  count = host->pages->count (host->plugin);
  if (host->pages->info (host->plugin, count) != NULL
      || host->pages->info (host->plugin, UINT32_MAX) != NULL)
    check_fail (NULL, "pages.info gives a page behind the last");
  for (uint32_t i = 0; i < count && i < 100; i++)
    {
      const prosoft_page_info_t *info = host->pages->info (host->plugin, i);

      if (info == NULL || info->struct_size < PROSOFT_PAGE_INFO_SIZE_V1)
        check_fail ("R3", "pages.info (%u) is NULL or below its first version", (unsigned)i);
      else if (!check_text ("the id of a page", info->id, false)
               || !check_text ("the title of a page", info->title, false) || *info->title == '\0')
        check_fail (NULL, "page %u has no id or no title", (unsigned)i);
    }
  check_call_end (host);
  check_host_destroy (host);
}

static void
test_stale_is_refused (Check *check)
{
  CheckHost *host = check_begin (check);
  char *id = check_first_page (host);
  prosoft_view_t view;
  CheckPage page;
  int64_t revision;
  prosoft_op_t op;

  if (check_open_page (host, id, &view) < 0)
    check_stop ();
  check_host_pump (host, 50);
  if (!look (host, view, &page, &revision))
    check_stop ();
  host->may_misbehave = true;
  if (check_invoke (host, view, revision, "no.such-action", NULL, &op) != PROSOFT_E_STALE)
    check_fail (NULL, "an action that is not on the page is not refused with PROSOFT_E_STALE");
  if (page.disabled != NULL
      && check_invoke (host, view, revision, page.disabled, NULL, &op) != PROSOFT_E_STALE)
    check_fail (NULL, "action \"%.80s\", not enabled, is not refused with PROSOFT_E_STALE",
                page.disabled);
  check_page_clear (&page);
  check_host_destroy (host);
  free (id);
}

/* Inputs that no page of this plug-in asks for; each is answered, somehow. */
static void
test_odd_inputs (Check *check)
{
  static const char *const inputs[] = { "",
                                        "{}",
                                        "[]",
                                        "null",
                                        "{\"x\":",
                                        "{\"x\":1e400}",
                                        "{\"\":\"\\ud800\"}",
                                        "{\"x\":{\"y\":[[[[[[[[]]]]]]]]}}",
                                        "\xff" };
  CheckHost *host = check_begin (check);
  char *id = check_first_page (host), *action;
  prosoft_view_t view;

  if (check_open_page (host, id, &view) < 0)
    check_stop ();
  action = check_first_action (host, view);
  host->may_misbehave = true;
  for (size_t i = 0; i < CHECK_COUNT (inputs); i++)
    {
      int64_t revision;
      prosoft_op_t op;

      free (check_render (host, view, &revision));
      if (check_invoke (host, view, revision, action, inputs[i], &op) >= 0)
        check_wait_op (host, op);
    }
  check_host_destroy (host);
  free (action);
  free (id);
}

/* --- files ----------------------------------------------------------------------------------- */

static void
show_file (CheckHost *host, const char *bytes, size_t size, bool fails)
{
  CheckProject *project = check_project_new (host, bytes, size, 0);
  char *id = check_first_page (host);
  prosoft_view_t view;
  CheckPage page;
  int64_t revision;

  project->fails = fails;
  if (check_project_open (project, "odd") < 0)
    {
      check_fail (NULL, "project.opened refuses a file; what is wrong with it is said on the page");
      free (id);
      return;
    }
  if (check_open_page (host, id, &view) >= 0)
    {
      check_host_pump (host, 50);
      if (look (host, view, &page, &revision))
        check_page_clear (&page);
      check_close_page (host, view);
    }
  check_project_close (project, "odd");
  free (id);
}

static void
test_odd_files (Check *check)
{
  CheckHost *host = check_begin (check);
  size_t size, noise_size = 300000;
  char *bytes = check_project_bytes (check, &size), *noise = check_alloc (noise_size);
  uint32_t state = 1;

  if (host->project == NULL)
    check_skip ("the plug-in takes no project");
  for (size_t i = 0; i < noise_size; i++)
    {
      state = state * 1664525u + 1013904223u;
      noise[i] = (char)(state >> 24);
    }
  show_file (host, "", 0, false);
  show_file (host, "\0", 1, false);
  show_file (host, noise, noise_size, false);
  show_file (host, bytes, size, true);
  show_file (host, bytes, size / 2, false);
  /* A good beginning, and noise behind it. */
  for (size_t i = size / 3; i < size && i < size / 3 + 64; i++)
    bytes[i] = noise[i % noise_size];
  show_file (host, bytes, size, false);
  check_host_destroy (host);
  free (bytes);
  free (noise);
}

const CheckTest check_tests_pages[] = {
  { "pages", "page-list", 1, "pages.info gives count() pages, each with id and title",
    test_page_list },
  { "pages", "valid", 3, "every page is as page.schema.json says, ids are unique and stable",
    test_pages_are_valid },
  { "pages", "stale-is-refused", 3, "an action that is gone or disabled is refused as stale",
    test_stale_is_refused },
  { "pages", "odd-inputs", 4, "inputs that nobody asked for do no harm", test_odd_inputs },
  { "pages", "odd-files", 4, "an empty, random or broken file is taken and shown as such",
    test_odd_files },
  { NULL, NULL, 0, NULL, NULL },
};
