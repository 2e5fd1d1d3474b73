/* SPDX-License-Identifier: MIT */
/* What the host is told of a new page. */
#include "plugin/bridge/bridge.h"
#include "plugin/page/snapshot.h"
#include "tests/harness/harness.h"
#include "tests/unit/text/mo.h"

#define VIEW 7

typedef struct
{
  prosoft_host_t host;
  prosoft_host_pages_t table;
  TtecommBridge *bridge; /* (owned) */
  GString *calls;        /* (owned) what the host was told */
} Fixture;

static void
rescan (const prosoft_host_t *host)
{
  Fixture *self = host->host_data;

  g_string_append (self->calls, "rescan ");
}

static void
changed (const prosoft_host_t *host, prosoft_view_t view, int64_t revision)
{
  Fixture *self = host->host_data;

  g_string_append_printf (self->calls, "%d@%d ", (int)view, (int)revision);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const prosoft_view_t view = VIEW;

  self->calls = g_string_new (NULL);
  self->host.host_data = self;
  self->table = (prosoft_host_pages_t){ rescan, changed };
  self->bridge = ttecomm_bridge_new (&self->host, NULL);
  self->bridge->link.pages = &self->table;
  g_array_append_val (self->bridge->views, view);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  self->bridge->plugin.destroy (&self->bridge->plugin);
  g_string_free (self->calls, TRUE);
}

static GBytes *
load_dutch (const char *language, gpointer data)
{
  static const MoText dutch[] = {
    { NULL, "", NULL, { "Plural-Forms: nplurals=2; plural=(n != 1);\n" } },
    { "page", "Subscriptions", NULL, { "Abonnementen" } },
  };

  return mo_build (dutch, G_N_ELEMENTS (dutch), FALSE);
}

static void
set_page (Fixture *self, const char *locale, gint64 revision)
{
  g_autoptr (TtecommText) text = ttecomm_text_new_full (locale, load_dutch, NULL, NULL);
  g_autoptr (TtecommSnapshot) snapshot = ttecomm_snapshot_new (text);
  g_autoptr (TtecommPage) page = NULL;

  snapshot->revision = revision;
  page = ttecomm_page_build (snapshot);
  ttecomm_bridge_set_page (self->bridge, page);
}

/* The title stands in the host's menu as well: it is told when that is another one, and only
 * then. */
static void
test_another_title (Fixture *self, gconstpointer data)
{
  set_page (self, "en", 1);
  g_assert_cmpstr (self->calls->str, ==, "7@1 ");
  set_page (self, "en", 2);
  g_assert_cmpstr (self->calls->str, ==, "7@1 7@2 ");
  set_page (self, "nl", 3);
  g_assert_cmpstr (self->calls->str, ==, "7@1 7@2 rescan 7@3 ");
  set_page (self, "nl", 4);
  g_assert_cmpstr (self->calls->str, ==, "7@1 7@2 rescan 7@3 7@4 ");
}

static void
test_a_host_without_pages (Fixture *self, gconstpointer data)
{
  self->bridge->link.pages = NULL;
  set_page (self, "en", 1);
  set_page (self, "nl", 2);
  g_assert_cmpstr (self->calls->str, ==, "");
  g_assert_cmpstr (ttecomm_page_get_title (ttecomm_bridge_get_page (self->bridge)), ==,
                   "Abonnementen");
}

static void
register_tests (Harness *harness)
{
  harness_add_fixture (harness, "bridge-page", "another-title", Fixture, NULL, set_up,
                       test_another_title, tear_down);
  harness_add_fixture (harness, "bridge-page", "a-host-without-pages", Fixture, NULL, set_up,
                       test_a_host_without_pages, tear_down);
}

HARNESS_MAIN (register_tests)
