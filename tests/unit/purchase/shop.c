/* SPDX-License-Identifier: MIT */
#include "tests/unit/purchase/shop.h"

#include <libsoup/soup.h>
#include <string.h>

#include "api/ttcloud/origin.h"
#include "tests/harness/harness.h"
#include "tests/sandbox/sandbox.h"
#include "tests/support/http-server.h"

#define REAL_NOW G_GINT64_CONSTANT (1789718400) /* 2026-09-18 08:00 UTC */

static void
read_settings (Shop *shop)
{
  TtecommSandbox *sandbox = TTECOMM_SANDBOX (shop->sandbox);

  shop->api_url = ttecomm_sandbox_get_api_url (sandbox);
  shop->web_url = ttecomm_sandbox_get_web_url (sandbox);
  shop->trust = ttecomm_sandbox_get_trust (sandbox);
  shop->ca_pem = ttecomm_sandbox_get_ca_pem (sandbox);
}

Shop *
shop_new (void)
{
  Shop *shop = g_new0 (Shop, 1);
  TtecommSandboxOptions options = { .world.start = SHOP_START };
  g_autoptr (GError) error = NULL;

  shop->clock = ttecomm_fake_clock_new (REAL_NOW);
  options.world.clock = TTECOMM_CLOCK (shop->clock);
  shop->sandbox = G_OBJECT (ttecomm_sandbox_start (NULL, &options, &error));
  g_assert_no_error (error);
  read_settings (shop);
  shop->origin = ttecomm_origin_parse (shop->api_url, TTECOMM_ORIGIN_HTTPS, &error);
  g_assert_no_error (error);
  shop->web = ttecomm_origin_parse (shop->web_url, TTECOMM_ORIGIN_SANDBOX, &error);
  g_assert_no_error (error);
  return shop;
}

void
shop_free (Shop *shop)
{
  ttecomm_sandbox_stop (TTECOMM_SANDBOX (shop->sandbox));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_unref (shop->sandbox);
  g_object_unref (shop->clock);
  g_uri_unref (shop->origin);
  g_uri_unref (shop->web);
  g_free (shop);
}

/* -- the control interface -- */

static char *
control (Shop *shop, const char *method, const char *path, const char *json)
{
  g_autofree char *url
      = g_strconcat (ttecomm_sandbox_get_control_url (TTECOMM_SANDBOX (shop->sandbox)), path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (json != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, test_store_result,
                                    &result);
  test_await (&result);
  answer = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

char *
shop_control (Shop *shop, const char *path, const char *json)
{
  return control (shop, json != NULL ? "POST" : "GET", path, json);
}

void
shop_fault (Shop *shop, const char *name, const char *path, guint times)
{
  g_autofree char *json
      = g_strdup_printf ("{\"name\":\"%s\",\"path\":\"%s\",\"times\":%u}", name, path, times);
  g_autofree char *answer = shop_control (shop, "/sandbox/faults", json);
}

void
shop_heal (Shop *shop)
{
  g_autofree char *answer = control (shop, "DELETE", "/sandbox/faults", NULL);
}

void
shop_travel (Shop *shop, const char *to)
{
  g_autofree char *json = g_strdup_printf ("{\"to\":\"%s\"}", to);
  g_autofree char *answer = shop_control (shop, "/sandbox/clock/advance", json);
}

guint
shop_count_events (Shop *shop, const char *event)
{
  g_autofree char *ledger = shop_control (shop, "/sandbox/events", NULL);
  g_autofree char *word = g_strdup_printf ("\"%s\"", event);
  guint n = 0;

  for (const char *found = strstr (ledger, word); found != NULL; found = strstr (found + 1, word))
    n++;
  return n;
}

/* -- the browser -- */

typedef struct
{
  const char *url;
  const SandboxPersonWishes *wishes;
  gboolean came_true;
  gint done;
} Walk;

static gpointer
walk_thread (gpointer data)
{
  Walk *walk = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  walk->came_true = sandbox_person_browse (walk->url, walk->wishes, NULL);
  g_main_context_pop_thread_default (context);
  g_atomic_int_set (&walk->done, 1);
  return NULL;
}

static gboolean
walk_done (gpointer data)
{
  return g_atomic_int_get (&((Walk *)data)->done) != 0;
}

gboolean
shop_browse (const char *url, const SandboxPersonWishes *wishes)
{
  Walk walk = { .url = url, .wishes = wishes };
  GThread *thread = g_thread_new ("person", walk_thread, &walk);

  g_assert_true (harness_wait_until (walk_done, &walk, SHOP_PATIENCE));
  g_thread_join (thread);
  return walk.came_true;
}

void
shop_pay (const char *url)
{
  const SandboxPersonWishes pay = { .address = "", .expires = "12/99" };

  g_assert_true (shop_browse (url, &pay));
}
