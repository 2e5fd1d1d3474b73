/* SPDX-License-Identifier: MIT */
/* The house's own rules, read off the source: arrows between rooms point down, the host's headers
 * and hosts know no GLib of ours, one file knows the operating system, every file has its licence.
 */
#include "tests/harness/harness.h"
#include "tests/unit/harness/tree.h"

#include <string.h>

typedef struct
{
  const char *room;
  const char *may_import; /* folders and what is below them, split by blanks; itself always */
} Arrow;

/* The longest prefix of a file's folder is its room. */
static const Arrow arrows[] = {
  { "base", "" },
  { "resources", "" },
  { "api/prosoft", "" },
  { "api/prosoft/samples", "api/prosoft" },
  { "api/ttcloud", "base" },
  { "plugin/terms", "base" },
  { "plugin/installation", "base" },
  { "plugin/text", "base resources" },
  { "plugin/gate", "base resources api/ttcloud plugin/terms plugin/installation plugin/text" },
  { "plugin/purchase", "base resources api/ttcloud plugin/terms plugin/installation plugin/text" },
  { "plugin/page", "base resources api/ttcloud plugin/terms plugin/installation plugin/text "
                   "plugin/gate plugin/purchase" },
  { "plugin/bridge", "base resources api plugin/terms plugin/installation plugin/text plugin/gate "
                     "plugin/purchase plugin/page" },
  { "plugin/module", "base resources api plugin" },
  { "tests/harness", "" },
  { "tests/support", "base resources api plugin tests/harness tests/sandbox" },
  { "tests/host", "api/prosoft" },
  { "tests/sandbox", "base api/ttcloud plugin/terms" },
  { "tests/check", "api/prosoft" },
  { "tests/samples", "api/prosoft" },
  { "tests/guest", "api/prosoft" },
  { "tests/bench", "base resources api plugin tests" },
  { "tests/fuzz", "base resources api plugin tests" },
  { "tests/demo", "base api/prosoft tests/host tests/support" },
  { "tests/tools", "base resources api plugin tests/support" },
  { "tests/unit/host",
    "base api/prosoft tests/harness tests/support tests/host tests/sandbox tests/tools" },
  { "tests/unit", "base resources api plugin tests" },
};

typedef struct
{
  const char *path;   /* of the file that imports */
  const char *import; /* as written, without quotes or angles */
  gboolean is_allowed;
} Import;

/* Each way to break the rules, so that the checks cannot be broken unnoticed. */
static const Import imports[] = {
  { "base/json.c", "base/json.h", TRUE },
  { "base/json.c", "api/ttcloud/client.h", FALSE },
  { "plugin/terms/dates.c", "plugin/text/text.h", FALSE },
  { "plugin/gate/decision.c", "api/ttcloud/statement.h", TRUE },
  { "plugin/gate/decision.c", "plugin/purchase/basket.h", FALSE },
  { "plugin/gate/decision.c", "plugin/page/page.h", FALSE },
  { "plugin/page/page.c", "plugin/gate/decision.h", TRUE },
  { "plugin/page/page.c", "plugin/bridge/bridge.h", FALSE },
  { "plugin/page/page.c", "api/prosoft/prosoft.h", FALSE },
  { "plugin/bridge/bridge.c", "api/prosoft/prosoft.h", TRUE },
  { "plugin/bridge/bridge.c", "plugin/module/module.h", FALSE },
  { "plugin/module/module.c", "tests/support/fake-clock.h", FALSE },
  { "api/prosoft/samples/c/main.c", "api/prosoft/prosoft.h", TRUE },
  { "api/prosoft/samples/c/main.c", "tests/host/host.h", FALSE },
  { "api/prosoft/pages.h", "api/prosoft/samples/c/host.h", FALSE },
  { "tests/host/host.c", "api/prosoft/prosoft.h", TRUE },
  { "tests/host/host.c", "plugin/page/page.h", FALSE },
  { "tests/host/host.c", "base/json.h", FALSE },
  { "tests/check/host.c", "tests/host/host.h", FALSE },
  { "tests/sandbox/world.c", "plugin/terms/terms.h", TRUE },
  { "tests/sandbox/world.c", "plugin/gate/decision.h", FALSE },
  { "tests/unit/gate/decision-test.c", "plugin/gate/decision.h", TRUE },
  { "tests/unit/host/host-test.c", "plugin/gate/decision.h", FALSE },
  { "base/json.c", "api/prosoftly/x.h", FALSE },
  { "plugin/attic/x.c", "base/json.h", FALSE },
};

static gboolean
is_below (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static const Arrow *
arrow_of (const char *path)
{
  const Arrow *best = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gboolean longer = best == NULL || strlen (arrows[i].room) > strlen (best->room);

      if (is_below (path, arrows[i].room) && longer)
        best = &arrows[i];
    }
  return best;
}

static gboolean
is_allowed (const char *path, const char *import)
{
  const Arrow *arrow = arrow_of (path);
  g_auto (GStrv) folders = NULL;

  if (arrow == NULL)
    return FALSE;
  /* A room within this one is not itself. */
  if (arrow_of (import) == arrow)
    return TRUE;
  folders = g_strsplit (arrow->may_import, " ", -1);
  for (gsize i = 0; folders[i] != NULL; i++)
    {
      if (*folders[i] != '\0' && is_below (import, folders[i]))
        return TRUE;
    }
  return FALSE;
}

static void
test_the_table_means_what_it_says (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (imports); i++)
    {
      g_test_message ("%s imports %s", imports[i].path, imports[i].import);
      g_assert_cmpint (is_allowed (imports[i].path, imports[i].import), ==, imports[i].is_allowed);
    }
}

static gboolean
is_c (const char *path)
{
  return g_str_has_suffix (path, ".c") || g_str_has_suffix (path, ".h")
         || g_str_has_suffix (path, ".cpp") || g_str_has_suffix (path, ".hpp");
}

/* Calls `visit` with what `pattern` catches, an #include say, in every C file; returns how many
 * there were. */
static guint
for_each_catch (const char *pattern,
                void (*visit) (const char *path, const char *import, GString *wrong),
                GString *wrong)
{
  g_autoptr (GPtrArray) files = tree_list_files ();
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, G_REGEX_MATCH_DEFAULT, NULL);
  guint count = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autofree char *text = is_c (path) ? tree_read (path) : g_strdup ("");
      g_autoptr (GMatchInfo) match = NULL;

      g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          g_autofree char *import = g_match_info_fetch (match, 1);
          visit (path, import, wrong);
          count++;
        }
    }
  return count;
}

static void
assert_nothing_wrong (const GString *wrong)
{
  g_test_message ("%s", wrong->str);
  g_assert_cmpstr (wrong->str, ==, "");
}

/* The host's headers are installed as one folder, so they import each other by bare name; the
 * samples as another. */
static char *
resolve (const char *path, const char *import)
{
  g_autofree char *room = tree_room_of (path);

  if (g_str_has_prefix (import, "../"))
    {
      g_autofree char *above = g_path_get_dirname (room);

      return g_build_filename (above, import + strlen ("../"), NULL);
    }
  if (strchr (import, '/') != NULL)
    return g_strdup (import);
  return g_strconcat (room, "/", import, NULL);
}

static void
visit_quoted (const char *path, const char *import, GString *wrong)
{
  g_autofree char *target = resolve (path, import);
  gboolean bare = strchr (import, '/') == NULL || g_str_has_prefix (import, "../");

  if (!is_allowed (path, target))
    g_string_append_printf (wrong, "%s may not import %s\n", path, import);
  else if (bare && !is_below (path, "api/prosoft"))
    g_string_append_printf (wrong, "%s: write \"%s\", the path from the root\n", path, target);
}

static void
test_arrows_point_down (void)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  g_assert_cmpuint (for_each_catch ("^[ \t]*#[ \t]*include[ \t]*\"([^\"]+)\"", visit_quoted, wrong),
                    >, 50);
  assert_nothing_wrong (wrong);
}

/* Not part of C itself, and not there with every compiler the module is built by. */
static gboolean
is_of_the_system (const char *import)
{
  static const char *const headers[]
      = { "unistd.h", "fcntl.h",   "pthread.h", "dlfcn.h",   "signal.h",   "poll.h",    "pwd.h",
          "dirent.h", "windows.h", "direct.h",  "winhttp.h", "winternl.h", "winsock2.h" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      if (g_str_equal (import, headers[i]))
        return TRUE;
    }
  return g_str_has_prefix (import, "sys/") || g_str_has_prefix (import, "netinet/")
         || g_str_has_prefix (import, "arpa/") || g_str_has_prefix (import, "linux/")
         || g_str_has_prefix (import, "gio/gunix") || g_str_has_prefix (import, "glib-unix");
}

static void
visit_angled (const char *path, const char *import, GString *wrong)
{
  static const char *const libraries[]
      = { "glib", "gio/", "gobject/", "json-glib/", "libsoup/", "openssl/" };

  /* A sample is a whole program for one system. */
  if (!is_below (path, "tests") && !is_below (path, "api/prosoft/samples")
      && !g_str_has_prefix (path, "base/platform") && is_of_the_system (import))
    g_string_append_printf (wrong, "%s: <%s> belongs into base/platform\n", path, import);
  for (gsize i = 0; i < G_N_ELEMENTS (libraries); i++)
    {
      if (is_below (path, "api/prosoft") && g_str_has_prefix (import, libraries[i]))
        g_string_append_printf (wrong, "%s: <%s> in a header that hosts compile\n", path, import);
    }
}

static void
test_one_room_knows_the_system (void)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  g_assert_true (is_of_the_system ("unistd.h"));
  g_assert_true (is_of_the_system ("sys/stat.h"));
  g_assert_false (is_of_the_system ("string.h"));
  g_assert_cmpuint (for_each_catch ("^[ \t]*#[ \t]*include[ \t]*<([^>]+)>", visit_angled, wrong), >,
                    50);
  assert_nothing_wrong (wrong);
}

static void
visit_written (const char *path, const char *call, GString *wrong)
{
  if (!is_below (path, "tests") && !g_str_equal (path, "base/json-write.c"))
    g_string_append_printf (wrong, "%s: %s(): write JSON by ttecomm_json_to_text()\n", path, call);
}

/* json-glib's own writer leaves a control character unescaped. */
static void
test_json_is_written_in_one_place (void)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  g_assert_cmpuint (
      for_each_catch ("\\b(json_to_string|json_generator_\\w+|json_node_to_string) ?\\(",
                      visit_written, wrong),
      >, 5);
  assert_nothing_wrong (wrong);
}

static gboolean
needs_licence_line (const char *path)
{
  static const char *const endings[]
      = { ".c", ".h", ".cpp", ".hpp", ".cs", ".pas", ".py", ".sh", ".ksy", "/meson.build", "/run" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (path, endings[i]))
        return TRUE;
    }
  return g_str_equal (path, "dev") || g_str_equal (path, "meson.build");
}

/* In the first line, or in the second where a script's interpreter stands first. */
static gboolean
has_licence_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  gsize n = g_strv_length (lines);
  gsize at = n > 1 && g_str_has_prefix (lines[0], "#!") ? 1 : 0;

  return n > at && strstr (lines[at], "SPDX-License-Identifier: MIT") != NULL;
}

static void
test_every_file_has_its_licence (void)
{
  g_autoptr (GPtrArray) files = tree_list_files ();
  g_autoptr (GString) wrong = g_string_new (NULL);
  guint count = 0;

  g_assert_false (has_licence_line ("int main;\n/* SPDX-License-Identifier: MIT */\n"));
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autofree char *text = needs_licence_line (path) ? tree_read (path) : NULL;

      if (text == NULL)
        continue;
      count++;
      if (!has_licence_line (text))
        g_string_append_printf (wrong, "%s has no SPDX line\n", path);
    }
  g_assert_cmpuint (count, >, 50);
  assert_nothing_wrong (wrong);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "rooms", "the-table-means-what-it-says", test_the_table_means_what_it_says);
  harness_add (harness, "rooms", "arrows-point-down", test_arrows_point_down);
  harness_add (harness, "rooms", "one-room-knows-the-system", test_one_room_knows_the_system);
  harness_add (harness, "rooms", "json-is-written-in-one-place", test_json_is_written_in_one_place);
  harness_add (harness, "rooms", "every-file-has-its-licence", test_every_file_has_its_licence);
}

HARNESS_MAIN (register_tests)
