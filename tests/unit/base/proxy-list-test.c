/* SPDX-License-Identifier: MIT */
#include "base/proxy-list.h"

#include "tests/harness/harness.h"

typedef struct
{
  const char *proxies;
  const char *bypass;
  const char *uri;
  const char *expected; /* joined by blanks */
} Row;

static void
expect (const Row *row)
{
  g_auto (GStrv) found = ttecomm_proxy_list_lookup (row->proxies, row->bypass, row->uri);
  g_autofree char *joined = g_strjoinv (" ", found);

  g_test_message ("\"%.60s\" but \"%.60s\" for %s", row->proxies != NULL ? row->proxies : "",
                  row->bypass != NULL ? row->bypass : "", row->uri);
  g_assert_cmpstr (joined, ==, row->expected);
}

#define CLOUD "https://ttcloud.example/v1"

static void
test_proxies (void)
{
  static const Row rows[] = {
    { NULL, NULL, CLOUD, "direct://" },
    { "", "", CLOUD, "direct://" },
    { "proxy.example:8080", NULL, CLOUD, "http://proxy.example:8080" },
    { "http=a.example:80;https=b.example:443", NULL, CLOUD, "http://b.example:443" },
    { "http=a.example:80;https=b.example:443", NULL, "http://x.example/", "http://a.example:80" },
    { "HTTPS=b.example:443", NULL, CLOUD, "http://b.example:443" },
    { "http=a.example:80", NULL, CLOUD, "direct://" },
    { "socks=s.example:1080", NULL, CLOUD, "socks://s.example:1080" },
    { "http=a.example:80;socks=s.example:1080", NULL, CLOUD, "socks://s.example:1080" },
    { "a.example:1;b.example:2", NULL, CLOUD, "http://a.example:1 http://b.example:2" },
    { "  a.example:1   b.example:2 ", NULL, CLOUD, "http://a.example:1 http://b.example:2" },
    { "http://a.example:1", NULL, CLOUD, "http://a.example:1" },
    { "https=http://a.example:1", NULL, CLOUD, "http://a.example:1" },
    { "[::1]:3128", NULL, CLOUD, "http://[::1]:3128" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    expect (&rows[i]);
}

static void
test_bypass (void)
{
  static const Row rows[] = {
    { "p.example:1", "ttcloud.example", CLOUD, "direct://" },
    { "p.example:1", "*.example", CLOUD, "direct://" },
    { "p.example:1", "TTcloud.*", CLOUD, "direct://" },
    { "p.example:1", "example", CLOUD, "http://p.example:1" },
    { "p.example:1", "<local>", CLOUD, "http://p.example:1" },
    { "p.example:1", "<local>", "https://box/", "direct://" },
    { "p.example:1", "<local>", "https://[::1]/", "http://p.example:1" },
    { "p.example:1", "10.*; 192.168.*", "https://192.168.1.9/", "direct://" },
    { "p.example:1", "a.example b.example\tc.example", "https://c.example/", "direct://" },
    { "p.example:1", ";;;", CLOUD, "http://p.example:1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    expect (&rows[i]);
}

/* What cannot be read is as if it were not there: a PC with a broken setting still asks. */
static void
test_odd_settings (void)
{
  static const Row rows[] = {
    { ":8080", NULL, CLOUD, "direct://" },
    { "https=", NULL, CLOUD, "direct://" },
    { "https=;http=;=;", NULL, CLOUD, "direct://" },
    { "p.example:99999999", NULL, CLOUD, "direct://" },
    { "p.example:1 :2", NULL, CLOUD, "http://p.example:1" },
    { "p\xff:1", NULL, CLOUD, "direct://" },
    { "p.example:1", "\xff*", CLOUD, "http://p.example:1" },
    { "p.example:1", NULL, "no address", "direct://" },
    { "p.example:1", NULL, "", "direct://" },
    { "a:1;b:1;c:1;d:1;e:1;f:1;g:1;h:1;i:1;j:1", NULL, CLOUD,
      "http://a:1 http://b:1 http://c:1 http://d:1 http://e:1 http://f:1 http://g:1 http://h:1" },
  };
  g_autofree char *huge = g_strnfill (1 << 20, 'a');
  const Row flood = { huge, huge, CLOUD, "direct://" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    expect (&rows[i]);
  expect (&flood);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "proxy-list", "proxies", test_proxies);
  harness_add (harness, "proxy-list", "bypass", test_bypass);
  harness_add (harness, "proxy-list", "odd-settings", test_odd_settings);
}

HARNESS_MAIN (register_tests)
