/* SPDX-License-Identifier: MIT */
/* A misspelt variable protects nobody and fails nothing; so what the variables are for is asserted
 * here, in the test's own process and in one that it starts. */
#include "tests/harness/harness.h"
#include "tests/harness/system.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <locale.h>
#include <string.h>

static void
test_proxies_are_off (void)
{
  static const char *const direct[] = { "direct://", NULL };
  GProxyResolver *resolver = g_proxy_resolver_get_default ();
  g_auto (GStrv) proxies = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (resolver), ==, "GDummyProxyResolver");
  proxies = g_proxy_resolver_lookup (resolver, "https://www.example.org/", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (proxies, direct);
}

static void
test_settings_stay_in_memory (void)
{
  g_autoptr (GSettingsBackend) backend = g_settings_backend_get_default ();

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (backend), ==, "GMemorySettingsBackend");
}

static void
test_files_are_local (void)
{
  GVfs *vfs = g_vfs_get_default ();

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (vfs), ==, "GLocalVfs");
}

/* A place of this test's own, or one where nothing can be: GLib's isolation puts /dev/null into the
 * environment, harness_environment_isolate() what does not exist. */
static gboolean
is_harmless (const char *dir)
{
  return g_str_has_prefix (dir, g_get_tmp_dir ()) || g_str_has_prefix (dir, "/dev/null")
         || g_str_has_prefix (dir, "/nonexistent");
}

static void
test_no_real_home (void)
{
  const char *const isolated[]
      = { g_get_home_dir (),      g_get_user_config_dir (), g_get_user_cache_dir (),
          g_get_user_data_dir (), g_get_user_state_dir (),  g_get_user_runtime_dir () };
  static const char *const variables[] = { "HOME",          "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                           "XDG_DATA_HOME", "XDG_STATE_HOME",  "XDG_RUNTIME_DIR" };

  for (gsize i = 0; i < G_N_ELEMENTS (isolated); i++)
    g_assert_true (g_str_has_prefix (isolated[i], g_get_tmp_dir ()));
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_assert_true (is_harmless (g_getenv (variables[i])));
}

static void
test_no_bus (void)
{
  static const GBusType types[] = { G_BUS_TYPE_SESSION, G_BUS_TYPE_SYSTEM };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GDBusConnection) bus = g_bus_get_sync (types[i], NULL, &error);

      g_assert_null (bus);
      g_assert_nonnull (error);
    }
}

static void
test_locale_and_zone_are_fixed (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  g_assert_cmpstr (setlocale (LC_ALL, NULL), ==, harness_system_get_locale ());
  g_assert_cmpint (g_get_charset (NULL), ==,
                   g_str_has_suffix (harness_system_get_locale (), "UTF-8"));
  g_assert_cmpint (g_time_zone_get_offset (zone, 0), ==, 0);
}

/* Half of the tests would otherwise pass while GLib complains. */
static void
test_a_critical_is_fatal (void)
{
  if (g_test_subprocess ())
    {
      g_object_unref (NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*g_object_unref*");
}

static void
test_children_inherit (void)
{
  static const char *const wanted[] = { "GSETTINGS_BACKEND=memory",
                                        "GIO_USE_PROXY_RESOLVER=dummy",
                                        "GIO_USE_VFS=local",
                                        "DBUS_SESSION_BUS_ADDRESS=disabled:",
                                        "LC_ALL=C.UTF-8",
                                        "TZ=UTC",
                                        "DBUS_SYSTEM_BUS_ADDRESS=disabled:" };
  static const char *const posix[] = { "env", NULL };
  static const char *const windows[] = { "cmd.exe", "/c", "set", NULL };
  g_autofree char *cmd = g_find_program_in_path ("cmd.exe");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (cmd == NULL ? posix : windows, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error));
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_strchomp (lines[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_true (g_strv_contains ((const char *const *)lines, wanted[i]));
  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_true (!g_str_has_prefix (lines[i], "HOME=") || is_harmless (lines[i] + 5));
  g_assert_null (strstr (text, "_proxy="));
  g_assert_null (strstr (text, "_PROXY="));
  g_assert_nonnull (strstr (text, "\nG_DEBUG="));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "hermetic", "proxies-are-off", test_proxies_are_off);
  harness_add (harness, "hermetic", "settings-stay-in-memory", test_settings_stay_in_memory);
  harness_add (harness, "hermetic", "files-are-local", test_files_are_local);
  harness_add (harness, "hermetic", "no-real-home", test_no_real_home);
  harness_add (harness, "hermetic", "no-bus", test_no_bus);
  harness_add (harness, "hermetic", "locale-and-zone", test_locale_and_zone_are_fixed);
  harness_add (harness, "hermetic", "a-critical-is-fatal", test_a_critical_is_fatal);
  harness_add (harness, "hermetic", "children-inherit", test_children_inherit);
}

HARNESS_MAIN (register_tests)
