/* SPDX-License-Identifier: MIT */
/* The file, its one symbol, the factory, and coming and going (R2, R12, R13, R14, E1). */
#include <dlfcn.h>
#include <string.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

#define ID "be.teletask.ttecomm"

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *output = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

/* What readelf says of the module; NULL, and the test is skipped, where there is no readelf. */
static char *
read_elf (const char *option)
{
  g_autofree char *tool = g_find_program_in_path ("readelf");
  g_autofree char *path = module_dup_path ();
  const char *argv[] = { tool, "-W", option, path, NULL };

  if (tool == NULL)
    {
      g_test_skip ("there is no readelf; install binutils");
      return NULL;
    }
  return run (argv);
}

static void
test_exports_one_symbol (void)
{
  g_autofree char *text = read_elf ("--dyn-syms");
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (text == NULL)
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* Num: Value Size Type Bind Vis Ndx Name */
      g_autoptr (GRegex) regex = g_regex_new ("^ *\\d+: [0-9a-f]+ +\\S+ (\\S+) +(?:GLOBAL|WEAK) +"
                                              "\\S+ +(\\d+) (\\S+)",
                                              0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *name = NULL;

      if (!g_regex_match (regex, lines[i], 0, &match))
        continue;
      name = g_match_info_fetch (match, 3);
      g_assert_cmpstr (name, ==, PROSOFT_ENTRY_SYMBOL);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_pins_itself (void)
{
  g_autofree char *text = read_elf ("-d");

  if (text == NULL)
    return;
  g_assert_nonnull (strstr (text, "FLAGS_1"));
  g_assert_nonnull (strstr (text, "NODELETE"));
}

/* Loaded, used and closed it stays: the same bytes at the same place (R12). */
static void
test_stays_when_it_is_closed (void)
{
  g_autofree char *path = module_dup_path ();
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  const prosoft_entry_t *entry;

  g_assert_nonnull (module);
  entry = dlsym (module, PROSOFT_ENTRY_SYMBOL);
  g_assert_cmpint (dlclose (module), ==, 0);
  module = dlopen (path, RTLD_NOW | RTLD_NOLOAD);
  g_assert_nonnull (module);
  g_assert_true (dlsym (module, PROSOFT_ENTRY_SYMBOL) == entry);
  dlclose (module);
}

static void
test_says_its_version_before_any_call (void)
{
  const prosoft_entry_t *entry = raw_host_get_entry ();

  g_assert_cmpuint (entry->abi.major, ==, PROSOFT_ABI_MAJOR);
  g_assert_cmpuint (entry->abi.minor, ==, PROSOFT_ABI_MINOR);
  g_assert_nonnull (entry->init);
  g_assert_nonnull (entry->deinit);
  g_assert_nonnull (entry->get_factory);
}

static void
test_init_nests (void)
{
  const prosoft_entry_t *entry = raw_host_get_entry ();
  prosoft_error_t error = { 0 };

  entry->deinit ();
  g_assert_cmpint (entry->init (NULL, &error), ==, PROSOFT_E_INVALID);
  module_assert_error (&error, PROSOFT_E_INVALID);
  g_assert_cmpint (entry->init (NULL, NULL), ==, PROSOFT_E_INVALID);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (entry->init ("/x/ttecomm.so", &error), ==, PROSOFT_OK);
  for (guint i = 0; i < 4; i++)
    entry->deinit ();
  g_assert_nonnull (entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID));
}

/* R14: ids compare exactly. */
static void
test_unknown_factories_are_null (void)
{
  static const char *const ids[] = {
    NULL,
    "",
    "prosoft.plugin-factory/2",
    "prosoft.plugin-factory/1 ",
    "prosoft.plugin-factory/10",
    "prosoft.plugin-factory/",
    "PROSOFT.plugin-factory/1",
    "\xff\xfe",
  };
  const prosoft_entry_t *entry = raw_host_get_entry ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (entry->get_factory (ids[i]));
}

static void
test_describes_one_plugin (void)
{
  const prosoft_plugin_factory_t *factory
      = raw_host_get_entry ()->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  const prosoft_plugin_descriptor_t *descriptor = factory->descriptor (factory, 0);

  g_assert_cmpuint (factory->count (factory), ==, 1);
  g_assert_nonnull (descriptor);
  g_assert_cmpuint (descriptor->struct_size, >=, PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1);
  g_assert_cmpstr (descriptor->id, ==, ID);
  g_assert_cmpstr (descriptor->version, ==, TTECOMM_VERSION);
  g_assert_true (descriptor->name[0] != '\0' && descriptor->vendor[0] != '\0'
                 && descriptor->description[0] != '\0');
  g_assert_true (factory->descriptor (factory, 0) == descriptor);
  g_assert_null (factory->descriptor (factory, 1));
  g_assert_null (factory->descriptor (factory, G_MAXUINT32));
}

typedef struct
{
  const char *name;
  const char *id;
  guint major;
  gboolean no_host;
  gboolean no_functions;
  prosoft_result_t code;
} Refusal;

static const Refusal refusals[] = {
  { "no-host", ID, PROSOFT_ABI_MAJOR, TRUE, FALSE, PROSOFT_E_INVALID },
  { "no-id", NULL, PROSOFT_ABI_MAJOR, FALSE, FALSE, PROSOFT_E_INVALID },
  { "empty-id", "", PROSOFT_ABI_MAJOR, FALSE, FALSE, PROSOFT_E_NOT_FOUND },
  { "unknown-id", "be.teletask.other", PROSOFT_ABI_MAJOR, FALSE, FALSE, PROSOFT_E_NOT_FOUND },
  { "id-with-more-behind", ID "/1", PROSOFT_ABI_MAJOR, FALSE, FALSE, PROSOFT_E_NOT_FOUND },
  { "older-major", ID, 0, FALSE, FALSE, PROSOFT_E_UNSUPPORTED },
  { "newer-major", ID, 2, FALSE, FALSE, PROSOFT_E_UNSUPPORTED },
  { "no-functions", ID, PROSOFT_ABI_MAJOR, FALSE, TRUE, PROSOFT_E_INVALID },
};

static void
test_create_refuses (gconstpointer data)
{
  const Refusal *row = data;
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_error_t error = { 0 };

  host->table.abi.major = row->major;
  if (row->no_functions)
    host->table.request_callback = NULL;
  g_assert_null (
      host->factory->create (host->factory, row->no_host ? NULL : &host->table, row->id, &error));
  module_assert_error (&error, row->code);
  g_assert_null (
      host->factory->create (host->factory, row->no_host ? NULL : &host->table, row->id, NULL));
}

static void
test_a_newer_minor_is_the_same_interface (void)
{
  g_autoptr (RawHost) host = raw_host_new ();

  host->table.abi.minor = 7;
  raw_host_start (host);
  g_assert_cmpuint (host->pages->count (host->plugin), ==, 1);
}

/* Created and never started: nothing was fetched from the host, and it goes quietly. */
static void
test_destroy_without_init (void)
{
  g_autoptr (RawHost) host = raw_host_new ();

  host->plugin = host->factory->create (host->factory, &host->table, ID, NULL);
  g_assert_nonnull (host->plugin);
  g_assert_cmpstr (host->plugin->descriptor->id, ==, ID);
  g_assert_null (host->plugin->get_extension (host->plugin, PROSOFT_EXT_PAGES));
  host->plugin->on_main_thread (host->plugin);
  raw_host_stop (host);
  g_assert_cmpuint (raw_host_count_lines (host), ==, 0);
}

static void
test_unknown_extensions_are_null (void)
{
  static const char *const ids[] = {
    NULL,
    "",
    "prosoft.pages/2",
    "prosoft.pages/1\n",
    "prosoft.pages/1 ",
    "prosoft.pages",
    "Prosoft.pages/1",
    "\xff",
  };
  g_autoptr (RawHost) host = raw_host_new ();

  raw_host_start (host);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (host->plugin->get_extension (host->plugin, ids[i]));
  g_assert_true (host->plugin->get_extension (host->plugin, PROSOFT_EXT_PAGES) == host->pages);
}

static void
test_init_only_once (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_error_t error = { 0 };

  raw_host_start (host);
  g_assert_cmpint (host->plugin->init (host->plugin, &error), ==, PROSOFT_E_INVALID);
  module_assert_error (&error, PROSOFT_E_INVALID);
  g_assert_cmpuint (host->pages->count (host->plugin), ==, 1);
}

/* R13, and what the host library sees: no thread, nothing process-wide. */
static void
use_once (void)
{
  Host *host = module_host_new (NULL);
  prosoft_view_t view;

  module_host_start (host);
  module_host_open_data (host, "villa-picos.nbt");
  view = module_host_open_page (host);
  module_host_wait_page (host, view, "Villa Picos");
  module_host_free (host);
}

/* E1: libsoup and json-glib cannot be loaded twice into one process; the pin keeps them. */
static void
test_load_use_unload_three_times (void)
{
  for (guint i = 0; i < 3; i++)
    use_once ();
}

static void
test_two_instances_at_once (void)
{
  Host *one = module_host_new (NULL);
  Host *other = module_host_new (NULL);
  prosoft_view_t view_one, view_other;

  module_host_start (one);
  module_host_start (other);
  module_host_open_data (one, "villa-picos.nbt");
  module_host_open_data (other, "never-connected.nbt");
  view_one = module_host_open_page (one);
  view_other = module_host_open_page (other);
  module_host_wait_page (one, view_one, "Villa Picos");
  module_host_wait_page (other, view_other, "\"page\":\"subscriptions\"");
  g_assert_null (strstr (host_get_view (other, view_other)->page, "Villa Picos"));
  module_host_free (one);
  module_host_wait_page (other, view_other, "\"page\":\"subscriptions\"");
  module_host_free (other);
}

/* An update beside a pinned old copy (abi.md): the types of both would collide. */
static void
test_a_second_copy_asks_for_a_restart (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autofree char *path = module_dup_path ();
  g_autofree char *copy_path = g_build_filename (harness_tmpdir (), "ttecomm.so", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  const prosoft_plugin_factory_t *factory;
  const prosoft_entry_t *entry;
  prosoft_error_t error = { 0 };
  void *module;

  raw_host_start (host);
  g_assert_true (g_file_copy (file, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  module = dlopen (copy_path, RTLD_NOW | RTLD_LOCAL);
  g_assert_nonnull (module);
  entry = dlsym (module, PROSOFT_ENTRY_SYMBOL);
  g_assert_true (entry != host->entry);
  g_assert_cmpint (entry->init (copy_path, NULL), ==, PROSOFT_OK);
  factory = entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  g_assert_null (factory->create (factory, &host->table, ID, &error));
  module_assert_error (&error, PROSOFT_E_UNSUPPORTED);
  g_assert_nonnull (strstr (error.message, "restart PROSOFT"));
  entry->deinit ();
  /* The first one does not suffer. */
  g_assert_cmpuint (host->pages->count (host->plugin), ==, 1);
}

/* A host without one of its tables: less works, nothing crashes, and nobody is let in. */
static void
test_missing_extension (gconstpointer data)
{
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_op_t op = 0;
  RawReader reader;
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");

  host->missing = data;
  raw_host_declare_sandbox (host, "https://127.0.0.1:1", NULL);
  raw_host_start (host);
  raw_reader_init (&reader, bytes);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  if (g_strcmp0 (data, PROSOFT_EXT_SECRETS) != 0 && g_strcmp0 (data, PROSOFT_EXT_ENVIRONMENT) != 0)
    raw_host_sign_in (host);
  raw_host_wait_page (host, 1, "Villa Picos");
  /* What could not be answered is not started (R10). */
  if (g_strcmp0 (data, PROSOFT_EXT_SESSION_GATE) == 0)
    {
      g_assert_cmpint (raw_host_check (host, NULL, &op), ==, PROSOFT_E_UNSUPPORTED);
      g_assert_cmpuint (op, ==, 0);
    }
  else
    {
      g_assert_cmpint (raw_host_check (host, NULL, &op), ==, PROSOFT_OK);
      g_assert_cmpint (raw_host_wait (host, op)->allowed, ==, 0);
    }
  op = 0;
  if (g_strcmp0 (data, PROSOFT_EXT_OPERATIONS) == 0)
    g_assert_cmpint (raw_host_invoke (host, 1, "refresh", NULL, &op, NULL), ==,
                     PROSOFT_E_UNSUPPORTED);
  else if (raw_host_invoke (host, 1, "refresh", NULL, &op, NULL) == PROSOFT_OK)
    raw_host_wait (host, op);
  for (guint i = 0; i < host->endings->len; i++)
    g_assert_cmpint (((RawEnding *)g_ptr_array_index (host->endings, i))->allowed, ==, 0);
  host->project->closed (host->plugin, "p");
}

static void
register_tests (Harness *harness)
{
  static const char *const extensions[][2] = {
    { "log", PROSOFT_EXT_LOG },
    { "thread-check", PROSOFT_EXT_THREAD_CHECK },
    { "environment", PROSOFT_EXT_ENVIRONMENT },
    { "operations", PROSOFT_EXT_OPERATIONS },
    { "pages", PROSOFT_EXT_PAGES },
    { "session-gate", PROSOFT_EXT_SESSION_GATE },
    { "open-uri", PROSOFT_EXT_OPEN_URI },
    { "attention", PROSOFT_EXT_ATTENTION },
    { "secrets", PROSOFT_EXT_SECRETS },
  };

  harness_add (harness, "module-file", "exports-one-symbol", test_exports_one_symbol);
  harness_add (harness, "module-file", "pins-itself", test_pins_itself);
  harness_add (harness, "module-file", "stays-when-it-is-closed", test_stays_when_it_is_closed);
  harness_add (harness, "module-file", "says-its-version-before-any-call",
               test_says_its_version_before_any_call);
  harness_add (harness, "module-file", "init-nests", test_init_nests);
  harness_add (harness, "module-file", "unknown-factories-are-null",
               test_unknown_factories_are_null);
  harness_add (harness, "module-file", "describes-one-plugin", test_describes_one_plugin);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    harness_add_full (harness, "module-create-refuses", refusals[i].name, test_create_refuses,
                      (gpointer)&refusals[i], NULL);
  harness_add (harness, "module-life", "a-newer-minor-is-the-same-interface",
               test_a_newer_minor_is_the_same_interface);
  harness_add (harness, "module-life", "destroy-without-init", test_destroy_without_init);
  harness_add (harness, "module-life", "unknown-extensions-are-null",
               test_unknown_extensions_are_null);
  harness_add (harness, "module-life", "init-only-once", test_init_only_once);
  harness_add (harness, "module-life", "load-use-unload-three-times",
               test_load_use_unload_three_times);
  harness_add (harness, "module-life", "two-instances-at-once", test_two_instances_at_once);
  harness_add (harness, "module-life", "a-second-copy-asks-for-a-restart",
               test_a_second_copy_asks_for_a_restart);
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    harness_add_full (harness, "module-without", extensions[i][0], test_missing_extension,
                      (gpointer)extensions[i][1], NULL);
}

HARNESS_MAIN (register_tests)
