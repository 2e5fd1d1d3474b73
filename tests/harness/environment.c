/* SPDX-License-Identifier: MIT */
#include "tests/harness/environment.h"

#include "tests/harness/system.h"

#define DEFAULT_TIMEOUT_S 120
#define MAX_TIMEOUT_S 86400
#define MAX_SLOWNESS 1000

typedef struct
{
  const char *name;
  const char *value; /* (nullable): NULL removes the variable */
} Setting;

/* HOME and the XDG directories are places that do not exist: a program under test that falls back
 * to them fails at once instead of writing to a person's home. In-process, GLib's isolated
 * directories (harness.c) take their place. */
static const Setting settings[] = {
  { "HOME", "/nonexistent" },
  { "XDG_CACHE_HOME", "/nonexistent/cache" },
  { "XDG_CONFIG_HOME", "/nonexistent/config" },
  { "XDG_DATA_HOME", "/nonexistent/data" },
  { "XDG_STATE_HOME", "/nonexistent/state" },
  { "XDG_RUNTIME_DIR", "/nonexistent/run" },
  { "XDG_CONFIG_DIRS", "/nonexistent/etc" },
  { "GSETTINGS_BACKEND", "memory" },
  { "GIO_USE_PROXY_RESOLVER", "dummy" },
  { "GIO_USE_VFS", "local" },
  { "DBUS_SESSION_BUS_ADDRESS", "disabled:" },
  { "DBUS_SYSTEM_BUS_ADDRESS", "disabled:" },
  { "LC_ALL", "C.UTF-8" },
  { "TZ", "UTC" },
  { "LANGUAGE", NULL },
  { "http_proxy", NULL },
  { "https_proxy", NULL },
  { "all_proxy", NULL },
  { "no_proxy", NULL },
  { "HTTP_PROXY", NULL },
  { "HTTPS_PROXY", NULL },
  { "ALL_PROXY", NULL },
  { "NO_PROXY", NULL },
};

void
harness_environment_isolate (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      if (settings[i].value != NULL)
        g_setenv (settings[i].name, settings[i].value, TRUE);
      else
        g_unsetenv (settings[i].name);
    }

  /* A tool such as valgrind brings its own G_DEBUG. */
  g_setenv ("G_DEBUG", "fatal-criticals", FALSE);
  harness_system_settle ();
}

static guint
read_bounded (const char *name, guint fallback, guint max)
{
  const char *text = g_getenv (name);
  guint64 value = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, max, &value, NULL))
    return fallback;
  return (guint)value;
}

guint
harness_environment_slowness (void)
{
  return read_bounded ("HARNESS_SLOW", 1, MAX_SLOWNESS);
}

guint
harness_environment_test_timeout_ms (void)
{
  guint64 seconds = read_bounded ("HARNESS_TIMEOUT", DEFAULT_TIMEOUT_S, MAX_TIMEOUT_S);

  seconds = MIN (seconds * harness_environment_slowness (), MAX_TIMEOUT_S);
  return (guint)(seconds * 1000);
}
