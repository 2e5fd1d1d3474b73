/* SPDX-License-Identifier: MIT */
#include "base/proxy-memory.h"

#include "tests/harness/harness.h"

#define CLOUD "https://api.ttcloud.example/v1/subscriptions?installation=inst_1"
#define WPAD "detect"

static const char *const through[] = { "http://10.0.0.3:3128", NULL };

static void
assert_age (TtecommProxyMemory *self,
            const char *settings,
            const char *uri,
            gint64 now_us,
            TtecommProxyMemoryAge age,
            const char *expected)
{
  g_auto (GStrv) proxies = NULL;

  g_assert_cmpint (ttecomm_proxy_memory_find (self, settings, uri, now_us, &proxies), ==, age);
  g_assert_cmpstr (proxies != NULL ? proxies[0] : NULL, ==, expected);
}

static void
assert_known (TtecommProxyMemory *self,
              const char *settings,
              const char *uri,
              gint64 now_us,
              const char *expected)
{
  assert_age (self, settings, uri, now_us, TTECOMM_PROXY_MEMORY_FRESH, expected);
}

static void
assert_old (TtecommProxyMemory *self,
            const char *settings,
            const char *uri,
            gint64 now_us,
            const char *expected)
{
  assert_age (self, settings, uri, now_us, TTECOMM_PROXY_MEMORY_OLD, expected);
}

static void
assert_unknown (TtecommProxyMemory *self, const char *settings, const char *uri, gint64 now_us)
{
  char **proxies = (char **)through;

  g_assert_cmpint (ttecomm_proxy_memory_find (self, settings, uri, now_us, &proxies), ==,
                   TTECOMM_PROXY_MEMORY_UNKNOWN);
  g_assert_null (proxies);
}

static void
test_a_minute (void)
{
  g_autoptr (TtecommProxyMemory) self = ttecomm_proxy_memory_new ();

  assert_unknown (self, WPAD, CLOUD, 0);
  ttecomm_proxy_memory_keep (self, WPAD, CLOUD, 1000, through);
  assert_known (self, WPAD, CLOUD, 1000, through[0]);
  assert_known (self, WPAD, CLOUD, 1000 + TTECOMM_PROXY_MEMORY_US - 1, through[0]);
  assert_old (self, WPAD, CLOUD, 1000 + TTECOMM_PROXY_MEMORY_US, through[0]);
  assert_old (self, WPAD, CLOUD, 999, through[0]);
}

static void
test_one_origin (void)
{
  g_autoptr (TtecommProxyMemory) self = ttecomm_proxy_memory_new ();

  ttecomm_proxy_memory_keep (self, WPAD, CLOUD, 0, through);
  assert_known (self, WPAD, "https://api.ttcloud.example/v1/time", 0, through[0]);
  assert_unknown (self, WPAD, "http://api.ttcloud.example/v1/time", 0);
  assert_unknown (self, WPAD, "https://api.ttcloud.example:8443/v1/time", 0);
  assert_unknown (self, WPAD, "https://elsewhere.example/v1/time", 0);
  assert_unknown (self, "another script", CLOUD, 0);
}

/* No script: that is so for every address. */
static void
test_no_script (void)
{
  g_autoptr (TtecommProxyMemory) self = ttecomm_proxy_memory_new ();

  ttecomm_proxy_memory_keep (self, WPAD, CLOUD, 0, NULL);
  assert_known (self, WPAD, CLOUD, 0, NULL);
  assert_known (self, WPAD, "https://elsewhere.example/", 0, NULL);
  assert_unknown (self, "another script", CLOUD, 0);
  assert_old (self, WPAD, CLOUD, TTECOMM_PROXY_MEMORY_US, NULL);
  /* There is one again. */
  ttecomm_proxy_memory_keep (self, WPAD, CLOUD, TTECOMM_PROXY_MEMORY_US, through);
  assert_known (self, WPAD, CLOUD, TTECOMM_PROXY_MEMORY_US, through[0]);
  assert_old (self, WPAD, "https://elsewhere.example/", TTECOMM_PROXY_MEMORY_US, NULL);
  /* And gone. */
  ttecomm_proxy_memory_keep (self, WPAD, CLOUD, 2 * TTECOMM_PROXY_MEMORY_US, NULL);
  assert_known (self, WPAD, CLOUD, 2 * TTECOMM_PROXY_MEMORY_US, NULL);
}

static void
test_bounded (void)
{
  g_autoptr (TtecommProxyMemory) self = ttecomm_proxy_memory_new ();
  guint n_known = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://host%u.example/", i);

      ttecomm_proxy_memory_keep (self, WPAD, uri, 0, through);
      assert_known (self, WPAD, uri, 0, through[0]);
    }
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://host%u.example/", i);
      g_auto (GStrv) proxies = NULL;

      n_known
          += ttecomm_proxy_memory_find (self, WPAD, uri, 0, &proxies) == TTECOMM_PROXY_MEMORY_FRESH;
    }
  g_assert_cmpuint (n_known, <=, TTECOMM_PROXY_MEMORY_MAX);
}

static void
test_odd_addresses (void)
{
  static const char *const odd[] = { "", "https://", "no uri", "https://[::1]:1/", "mailto:x" };
  g_autoptr (TtecommProxyMemory) self = ttecomm_proxy_memory_new ();

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      ttecomm_proxy_memory_keep (self, "", odd[i], 0, through);
      assert_known (self, "", odd[i], 0, through[0]);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "proxy-memory", "a-minute", test_a_minute);
  harness_add (harness, "proxy-memory", "one-origin", test_one_origin);
  harness_add (harness, "proxy-memory", "no-script", test_no_script);
  harness_add (harness, "proxy-memory", "bounded", test_bounded);
  harness_add (harness, "proxy-memory", "odd-addresses", test_odd_addresses);
}

HARNESS_MAIN (register_tests)
