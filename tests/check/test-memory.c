/* SPDX-License-Identifier: MIT */
/* R7 and R8: buffers, borrowed arguments, readers and writers, text. */
#include <stdlib.h>
#include <string.h>

#include "tests/check/page.h"
#include "tests/check/tests.h"

/* Each argument is untouchable after its call, each table always: whoever looks again dies of it.
 */
static void
test_arguments_are_borrowed (Check *check)
{
  CheckHost *host = check_begin (check);

  check_host_live (host);
  check_host_pump (host, 100);
  check_host_destroy (host);
}

/* Values of lengths at which buffers end, and one that grows between the two calls for it. */
static void
test_value_sizes (Check *check)
{
  static const size_t sizes[]
      = { 0, 1, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 1023, 1024, 4095, 4096, 5000 };
  CheckHost *host = check_begin (check);
  char text[5001];

  if (host->environment == NULL)
    check_skip ("the plug-in does not hear of changes of the environment");
  for (size_t i = 0; i < CHECK_COUNT (sizes); i++)
    {
      memset (text, 'n', sizes[i]);
      text[sizes[i]] = '\0';
      check_host_set (host, PROSOFT_ENV_LOCALE, text);
      check_host_set (host, PROSOFT_ENV_THEME, text);
      check_host_set (host, PROSOFT_ENV_PROSOFT_VERSION, text);
      for (size_t j = 0; j < CHECK_MAX_VALUES; j++)
        if (host->values[j].key != NULL && strcmp (host->values[j].key, PROSOFT_ENV_LOCALE) == 0)
          {
            free (host->values[j].larger);
            host->values[j].larger = check_format ("%s-and-much-longer-than-it-was-before", text);
          }
      check_call_begin (host, "environment.changed");
      host->environment->changed (host->plugin, NULL);
      check_call_end (host);
      check_host_pump (host, 2);
    }
  check_host_destroy (host);
}

static void
test_short_reads (Check *check)
{
  static const size_t largest[] = { 1, 2, 3, 7, 61, 509 };
  CheckHost *host = check_begin (check);
  size_t size;
  char *bytes = check_project_bytes (check, &size);

  if (host->project == NULL)
    check_skip ("the plug-in takes no project");
  for (size_t i = 0; i < CHECK_COUNT (largest); i++)
    {
      CheckProject *project = check_project_new (host, bytes, size, largest[i]);

      if (check_project_open (project, "short") < 0)
        {
          check_fail (NULL, "project.opened refuses a reader that gives %zu bytes a call",
                      largest[i]);
          break;
        }
      check_host_pump (host, 20);
      check_project_close (project, "short");
    }
  check_host_destroy (host);
  free (bytes);
}

static int writes_left;

static prosoft_result_t PROSOFT_ABI
write_and_fail (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  if (writes_left < 0)
    {
      check_fail ("R7", "the plug-in goes on writing after its writer failed");
      return PROSOFT_E_IO;
    }
  return writes_left-- > 0 ? PROSOFT_OK : PROSOFT_E_TOO_LARGE;
}

static void
test_failing_writer (Check *check)
{
  CheckHost *host = check_begin (check);
  char *page = check_first_page (host), *text;
  prosoft_view_t view;
  int64_t revision = -1;

  if (check_open_page (host, page, &view) < 0)
    check_stop ();
  for (int good = 0; good < 3; good++)
    {
      prosoft_writer_t writer = { NULL, write_and_fail };
      prosoft_writer_t *lent = check_lend (&writer, sizeof writer, "R7");
      prosoft_result_t result;

      writes_left = good;
      check_call_begin (host, "pages.render");
      result = host->pages->render (host->plugin, view, lent, &revision);
      check_call_end (host);
      check_take_back (lent);
      if (writes_left < 0 && result != PROSOFT_E_TOO_LARGE)
        check_fail ("R9", "render() returned %d when its writer had failed with %d", (int)result,
                    PROSOFT_E_TOO_LARGE);
    }
  text = check_render (host, view, &revision);
  if (text == NULL)
    check_fail (NULL, "after a writer that failed the page cannot be rendered any more");
  check_host_destroy (host);
  free (text);
  free (page);
}

static void
test_statics_stay (Check *check)
{
  CheckHost *host = check_begin (check);
  const prosoft_plugin_factory_t *factory = check->factory;
  const prosoft_plugin_descriptor_t *first = factory->descriptor (factory, 0);
  prosoft_plugin_descriptor_t copy = *first;
  char *id = check_format ("%s", first->id), *name = check_format ("%s", first->name);

  check_host_live (host);
  check_host_destroy (host);
  check_step ("factory.descriptor");
  if (factory->descriptor (factory, 0) != first || memcmp (&copy, first, sizeof copy) != 0
      || strcmp (id, first->id) != 0 || strcmp (name, first->name) != 0)
    check_fail (NULL, "the descriptor is another one after an instance has lived");
  free (id);
  free (name);
}

static void
test_texts (Check *check)
{
  CheckHost *host = check_begin (check);
  const prosoft_plugin_descriptor_t *descriptor = host->plugin->descriptor;

  if (descriptor == NULL)
    {
      check_fail ("R1", "plugin->descriptor is NULL");
      check_stop ();
    }
  check_text ("the id of the plug-in", descriptor->id, false);
  check_text ("the name of the plug-in", descriptor->name, false);
  check_text ("the vendor of the plug-in", descriptor->vendor, false);
  check_text ("the version of the plug-in", descriptor->version, false);
  check_text ("the description of the plug-in", descriptor->description, false);
  check_host_live (host);
  check_host_destroy (host);
}

static void
test_page_is_json (Check *check)
{
  CheckHost *host = check_begin (check);
  char *page = check_first_page (host);
  prosoft_view_t view;

  if (check_open_page (host, page, &view) < 0)
    check_stop ();
  for (int i = 0; i < 5; i++)
    {
      CheckPage parsed;
      int64_t revision;
      char *text = check_render (host, view, &revision);

      if (text != NULL && check_page_parse (&parsed, text))
        check_page_clear (&parsed);
      free (text);
      check_host_pump (host, 30);
    }
  check_host_destroy (host);
  free (page);
}

const CheckTest check_tests_memory[] = {
  { "R7", "arguments-are-borrowed", 2, "arguments are used during their call only, and only read",
    test_arguments_are_borrowed },
  { "R7", "value-sizes", 3, "values of any length are read, also when they grow meanwhile",
    test_value_sizes },
  { "R7", "short-reads", 3, "a reader may give as little as one byte a call", test_short_reads },
  { "R7", "failing-writer", 2, "a writer that fails loses nothing", test_failing_writer },
  { "R7", "statics-stay", 2, "the descriptor is static", test_statics_stay },
  { "R8", "texts", 2, "all texts are UTF-8, and there", test_texts },
  { "R8", "page-is-json", 2, "a page is RFC 8259 in UTF-8 without BOM", test_page_is_json },
  { NULL, NULL, 0, NULL, NULL },
};
