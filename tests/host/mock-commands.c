/* SPDX-License-Identifier: MIT */
#include "tests/host/mock.h"

#include <gio/gio.h>
#include <stdio.h>

#include "tests/host/json.h"
#include "tests/host/page-text.h"
#include "tests/host/page-tree.h"
#include "tests/host/program.h"
#include "tests/host/registration.h"

#define WIDTH 100
#define MAX_INPUTS (64 * 1024)
#define PAGE "subscriptions"
/* How long a page is waited for before it is shown as it is. */
#define REST_MS 10000

/* --- what is beside the program --------------------------------------------------------------- */

/* The file at `relative` to the program's folder, when it is there. */
static char *
beside_program (const char *relative)
{
  g_autofree char *program = host_program_dup_path ();
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *path = folder != NULL ? g_canonicalize_filename (relative, folder) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path)
                                                                    : NULL;
}

/* What was asked for, else what is registered, else the one of the build tree. */
static gboolean
choose_module (const MockOptions *options, char **module, char **id, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (HostRegistration) registration = NULL;

  *module = g_strdup (options->module);
  *id = NULL;
  if (*module != NULL)
    return TRUE;
  paths = host_registration_list (options->home, error);
  if (paths == NULL)
    return FALSE;
  if (paths->len > 0)
    {
      registration = host_registration_read (g_ptr_array_index (paths, 0), error);
      if (registration == NULL)
        return FALSE;
      *module = g_strdup (registration->module);
      *id = g_strdup (registration->id);
      return TRUE;
    }
  *module = beside_program ("../../plugin/ttecomm" HOST_MODULE_SUFFIX);
  if (*module == NULL)
    *module = beside_program ("../../plugin/module/ttecomm" HOST_MODULE_SUFFIX);
  if (*module == NULL)
    g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_SETUP,
                 "no plug-in is registered; give --module, or register the folder of one");
  return *module != NULL;
}

/* In the sandbox a program plays the person; else it is the system's browser. */
static char *
choose_browser (const MockOptions *options, GError **error)
{
  g_autofree char *person = NULL;
  g_autofree char *program = NULL;
  g_autofree char *address = NULL;

  if (options->browser != NULL)
    return g_strdup (options->browser);
  if (options->sandbox == NULL || options->address == NULL)
    return g_strdup (host_program_get_browser ());
  person = beside_program ("../sandbox/sandbox-person" HOST_PROGRAM_SUFFIX);
  if (person == NULL)
    person = g_find_program_in_path ("sandbox-person");
  if (person == NULL)
    {
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_SETUP,
                   "sandbox-person is not to be found; give --browser");
      return NULL;
    }
  program = g_shell_quote (person);
  address = g_shell_quote (options->address);
  return g_strdup_printf ("%s --as %s", program, address);
}

static HostDriver *
make_driver (const MockOptions *options, GError **error)
{
  g_autofree char *module = NULL;
  g_autofree char *id = NULL;
  g_autofree char *browser = choose_browser (options, error);
  HostDriverOptions driver_options = { .home = options->home,
                                       .sandbox = options->sandbox,
                                       .locale = options->locale,
                                       .address = options->address,
                                       .browser = browser,
                                       .log_to_stderr = options->verbose };

  if (browser == NULL || !choose_module (options, &module, &id, error))
    return NULL;
  driver_options.module = module;
  driver_options.id = id;
  return host_driver_new (&driver_options, error);
}

/* Everything up to a page that has loaded, signed in when --as says who. */
static HostDriver *
begin (const MockOptions *options, const char *file, GError **error)
{
  g_autoptr (HostDriver) driver = NULL;

  /* Before any code is loaded: the commonest mistake gets the plainest answer. */
  if (file != NULL && !g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, HOST_DRIVER_ERROR, HOST_DRIVER_ERROR_FILE,
                   "there is no file %s; give the path of a .nbt file, or - for none", file);
      return NULL;
    }
  driver = make_driver (options, error);
  if (driver == NULL || !host_driver_open (driver, file, error)
      || !host_driver_wait_loaded (driver, error))
    return NULL;
  if (options->password_from != NULL && file != NULL
      && !mock_open_lock (driver, options->password_from, error))
    return NULL;
  if (options->address != NULL && !host_driver_sign_in (driver, error))
    return NULL;
  return g_steal_pointer (&driver);
}

/* Rules that the plug-in broke turn any answer into a failure. */
static int
end (HostDriver *driver, int status)
{
  HostFindings *findings = host_get_findings (host_driver_get_host (driver));

  if (host_driver_stop (driver) == 0)
    return status;
  for (gsize i = 0; host_findings_get (findings, i) != NULL; i++)
    {
      const HostFinding *finding = host_findings_get (findings, i);

      fprintf (stderr, "prosoft-mock: the %s broke %s (%s): %s\n",
               finding->by_host ? "host" : "plug-in", host_check_rule (finding->check),
               host_check_name (finding->check), finding->text);
    }
  return MOCK_FAILED;
}

static const char *
file_of (const char *word)
{
  return g_str_equal (word, "-") ? NULL : word;
}

static void
print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  puts (text);
}

/* --- page ------------------------------------------------------------------------------------- */

/* What the plug-in wants a person to know without opening the page. */
static void
print_attention (HostDriver *driver, const MockOptions *options)
{
  Host *host = host_driver_get_host (driver);
  const char *text = host_get_attention (host, PAGE);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  if (text == NULL)
    return;
  if (!options->json)
    {
      fprintf (stderr, "attention (%s): %s\n", host_get_attention_severity (host, PAGE), text);
      return;
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), "attention", text);
  json_object_set_string_member (json_node_get_object (node), "severity",
                                 host_get_attention_severity (host, PAGE));
  json_object_set_string_member (json_node_get_object (node), "page", PAGE);
  json = host_json_to_text (node);
  fprintf (stderr, "%s\n", json);
}

int
mock_page (const MockOptions *options, GError **error)
{
  g_autoptr (HostDriver) driver = begin (options, file_of (options->words[1]), error);
  g_autoptr (GError) restless = NULL;
  JsonObject *page = NULL;

  /* A page that takes its time is shown as it is. */
  if (driver != NULL && !host_driver_wait_rest (driver, REST_MS, &restless))
    g_debug ("%s", restless->message);
  if (driver != NULL)
    page = host_driver_get_page (driver, error);
  if (page == NULL)
    return MOCK_FAILED;
  if (options->json)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, page);
      print_json (node);
    }
  else
    {
      g_autofree char *text = host_page_to_text (page, WIDTH, options->ids);

      fputs (text, stdout);
    }
  fflush (stdout);
  print_attention (driver, options);
  return end (driver, MOCK_OK);
}

/* --- session ---------------------------------------------------------------------------------- */

static const char *
outcome_name (prosoft_gate_outcome_t outcome)
{
  static const char *const names[] = { "?", "allow", "note", "wait", "deny" };

  return outcome >= PROSOFT_GATE_ALLOW && outcome <= PROSOFT_GATE_DENY ? names[outcome] : names[0];
}

static const char *
button_kind (prosoft_gate_button_kind_t kind)
{
  static const char *const names[] = { "?", "action", "uri", "retry", "host" };

  return kind >= PROSOFT_GATE_BUTTON_ACTION && kind <= PROSOFT_GATE_BUTTON_HOST ? names[kind]
                                                                                : names[0];
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
print_decision_json (const HostDecision *decision)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "outcome", outcome_name (decision->outcome));
  json_builder_set_member_name (builder, "allowed");
  json_builder_add_boolean_value (builder, decision->allowed == 1);
  add_text (builder, "code", decision->code);
  add_text (builder, "cause", decision->cause);
  add_text (builder, "was", decision->was);
  add_text (builder, "text", decision->message);
  add_text (builder, "details", decision->details);
  json_builder_set_member_name (builder, "valid_until");
  json_builder_add_int_value (builder, decision->valid_until);
  json_builder_set_member_name (builder, "buttons");
  json_builder_begin_array (builder);
  for (uint32_t i = 0; i < decision->n_buttons; i++)
    {
      json_builder_begin_object (builder);
      add_text (builder, "id", decision->buttons[i].id);
      add_text (builder, "label", decision->buttons[i].label);
      add_text (builder, "kind", button_kind (decision->buttons[i].kind));
      add_text (builder, "target", decision->buttons[i].target);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  print_json (root);
}

static void
print_decision (const HostDecision *decision)
{
  g_autofree char *outcome = g_ascii_strup (outcome_name (decision->outcome), -1);
  const struct
  {
    const char *name;
    const char *value;
  } lines[] = { { "outcome", outcome },        { "code", decision->code },
                { "cause", decision->cause },  { "was", decision->was },
                { "text", decision->message }, { "details", decision->details } };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].value != NULL)
      printf ("%-8s %s\n", lines[i].name, lines[i].value);
  for (uint32_t i = 0; i < decision->n_buttons; i++)
    printf ("%-8s [%s] %s %s\n", i == 0 ? "buttons" : "", decision->buttons[i].label,
            button_kind (decision->buttons[i].kind),
            decision->buttons[i].target != NULL ? decision->buttons[i].target : "");
}

/* A word with a slash or the suffix .nbt, or one that names a file, is a file. */
static gboolean
means_a_file (const char *word)
{
  return strchr (word, '/') != NULL || g_str_has_suffix (word, ".nbt")
         || g_file_test (word, G_FILE_TEST_EXISTS);
}

int
mock_session (const MockOptions *options, GError **error)
{
  const char *word = options->words[1];
  gboolean is_file = means_a_file (word);
  g_autoptr (HostDriver) driver = begin (options, is_file ? word : NULL, error);
  const HostDecision *decision;

  if (driver == NULL)
    return MOCK_FAILED;
  decision = host_driver_check (driver, is_file ? NULL : word, error);
  if (decision == NULL)
    return MOCK_FAILED;
  if (options->json)
    print_decision_json (decision);
  else
    print_decision (decision);
  if (decision->allowed == 1)
    {
      host_end_session (host_driver_get_host (driver), decision->session);
      return end (driver, MOCK_OK);
    }
  return end (driver, decision->outcome == PROSOFT_GATE_DENY ? MOCK_DENY : MOCK_WAIT);
}

/* --- buy, invoke, sign in --------------------------------------------------------------------- */

static void
print_step (const char *step, const char *shown, gpointer data)
{
  printf ("* %s\n%s", step, shown);
  fflush (stdout);
}

static gboolean
is_id (const char *text)
{
  gsize length = strlen (text);

  return length >= 1 && length <= 64
         && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == length;
}

/* SERVICE, or SERVICE@INSTALLATION */
static gboolean
is_service (const char *word)
{
  g_auto (GStrv) halves = g_strsplit (word, "@", 2);

  return halves[0] != NULL && is_id (halves[0]) && (halves[1] == NULL || is_id (halves[1]));
}

int
mock_buy (const MockOptions *options, GError **error)
{
  g_autoptr (HostDriver) driver = NULL;

  for (gsize i = 2; options->words[i] != NULL; i++)
    if (!is_service (options->words[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     "\"%s\" is no service; give its id, eg: RS, or RS@INSTALLATION",
                     options->words[i]);
        return MOCK_USAGE;
      }
  driver = begin (options, file_of (options->words[1]), error);
  if (driver == NULL
      || !host_driver_buy (driver, (const char *const *)options->words + 2, options->po, print_step,
                           NULL, error))
    return MOCK_FAILED;
  return end (driver, MOCK_OK);
}

static gboolean
check_inputs (const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) inputs = host_json_parse_object (text, strlen (text), &local_error);

  if (inputs != NULL && strlen (text) > MAX_INPUTS)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "INPUTS-JSON is longer than 64 KiB");
      return FALSE;
    }
  if (inputs == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "INPUTS-JSON is no JSON object: %s; give eg: '{\"terms\":true}'",
                 local_error->message);
  return inputs != NULL;
}

int
mock_invoke (const MockOptions *options, GError **error)
{
  g_autoptr (HostDriver) driver = NULL;
  g_autofree char *message = NULL;

  if (options->words[3] != NULL && !check_inputs (options->words[3], error))
    return MOCK_USAGE;
  driver = begin (options, file_of (options->words[1]), error);
  if (driver == NULL
      || !host_driver_invoke (driver, options->words[2], options->words[3], &message, error))
    return MOCK_FAILED;
  puts (message != NULL ? message : "Done.");
  return end (driver, MOCK_OK);
}

int
mock_sign_in (const MockOptions *options, GError **error)
{
  const char *word = options->words[1];
  g_autoptr (HostDriver) driver = begin (options, word != NULL ? file_of (word) : NULL, error);
  g_autofree char *text = NULL;
  JsonObject *page;

  if (driver == NULL || !host_driver_sign_in (driver, error))
    return MOCK_FAILED;
  page = host_driver_get_page (driver, error);
  if (page == NULL)
    return MOCK_FAILED;
  text = host_page_block_to_text (page, "identity", WIDTH);
  fputs (text, stdout);
  return end (driver, MOCK_OK);
}

/* --- plug-ins --------------------------------------------------------------------------------- */

static void
print_registration (const HostRegistration *registration)
{
  g_autofree char *menus = g_strjoinv (", ", registration->menus);

  printf ("%s %s  %s  %s  %s\n", registration->id, registration->version, registration->name,
          registration->module, menus);
}

int
mock_list (const MockOptions *options, GError **error)
{
  g_autoptr (GPtrArray) paths = host_registration_list (options->home, error);

  if (paths == NULL)
    return MOCK_FAILED;
  if (paths->len == 0)
    puts ("No plug-in is registered; prosoft-mock register DIR adds one.");
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (HostRegistration) registration
          = host_registration_read (g_ptr_array_index (paths, i), error);

      if (registration == NULL)
        return MOCK_FAILED;
      print_registration (registration);
    }
  return MOCK_OK;
}

int
mock_register (const MockOptions *options, GError **error)
{
  g_autoptr (GPtrArray) added = host_registration_add (options->home, options->words[1], error);

  if (added == NULL)
    return MOCK_FAILED;
  for (guint i = 0; i < added->len; i++)
    print_registration (g_ptr_array_index (added, i));
  return MOCK_OK;
}
