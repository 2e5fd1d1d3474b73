/* SPDX-License-Identifier: MIT */
/* The control window's way to the sandbox, and what it makes of answers that are none. */
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/window/remote.h"
#include "tests/sandbox/window/view.h"

#define PATIENCE_MS 60000

typedef struct
{
  SoupServer *server; /* (owned) */
  char *folder;       /* (owned) */
  guint status;
  const char *body;
  gsize length;
} Fixture;

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer data)
{
  Fixture *self = data;

  soup_server_message_set_status (message, self->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, self->body,
                                    self->length);
}

static void
write_urls (Fixture *self, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, "urls.json", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GSList *uris;

  self->folder = g_strdup (harness_tmpdir ());
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, answer_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  text = g_strdup_printf ("{\"control_url\":\"http://127.0.0.1:%d\"}", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  write_urls (self, text);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->folder);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static JsonObject *
ask (Fixture *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SandboxRemote) remote = sandbox_remote_new (self->folder);
  g_autoptr (GAsyncResult) result = NULL;

  sandbox_remote_ask_async (remote, "GET", "/sandbox/overview", NULL, cancellable, asked_cb,
                            &result);
  g_assert_null (result);
  g_assert_true (harness_wait_until (is_set, &result, PATIENCE_MS));
  return sandbox_remote_ask_finish (remote, result, error);
}

static void
assert_fails (Fixture *self, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = ask (self, NULL, &error);

  g_assert_null (object);
  g_test_message ("%s", error->message);
  g_assert_error (error, SANDBOX_REMOTE_ERROR, code);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_answers (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    SandboxRemoteError code;
    const char *says;
  } rows[] = {
    { 200, "", SANDBOX_REMOTE_ERROR_UNREADABLE, "" },
    { 200, "[]", SANDBOX_REMOTE_ERROR_UNREADABLE, "" },
    { 200, "{\"a\":1,\"a\":2}", SANDBOX_REMOTE_ERROR_UNREADABLE, "" },
    { 200, "<html>", SANDBOX_REMOTE_ERROR_UNREADABLE, "" },
    { 400, "{\"detail\":\"Not like this.\"}", SANDBOX_REMOTE_ERROR_REFUSED, "Not like this." },
    { 400, "{\"detail\":1}", SANDBOX_REMOTE_ERROR_REFUSED, "HTTP 400" },
    { 500, "oh", SANDBOX_REMOTE_ERROR_REFUSED, "HTTP 500" },
    { 302, "", SANDBOX_REMOTE_ERROR_REFUSED, "HTTP 302" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) good = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      self->status = rows[i].status;
      self->body = rows[i].body;
      self->length = strlen (rows[i].body);
      assert_fails (self, rows[i].code, rows[i].says);
    }
  self->status = 200;
  self->body = "{\"today\":\"2027-03-17\"}";
  self->length = strlen (self->body);
  good = ask (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (good, "today"), ==, "2027-03-17");
}

static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autofree char *large = g_strnfill (5 * 1024 * 1024, ' ');

  self->status = 200;
  self->body = large;
  self->length = 5 * 1024 * 1024;
  assert_fails (self, SANDBOX_REMOTE_ERROR_UNREADABLE, "more than");
}

static void
test_addresses (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *urls;
    SandboxRemoteError code;
  } rows[] = {
    { "{\"control_url\":\"http://example.org:80\"}", SANDBOX_REMOTE_ERROR_UNREADABLE },
    { "{\"control_url\":\"https://127.0.0.1:80\"}", SANDBOX_REMOTE_ERROR_UNREADABLE },
    { "{\"control_url\":\"127.0.0.1\"}", SANDBOX_REMOTE_ERROR_UNREADABLE },
    { "{\"control_url\":7}", SANDBOX_REMOTE_ERROR_UNREADABLE },
    { "{}", SANDBOX_REMOTE_ERROR_UNREADABLE },
    { "", SANDBOX_REMOTE_ERROR_UNREADABLE },
    { "{\"control_url\":\"http://127.0.0.1:1\"}", SANDBOX_REMOTE_ERROR_GONE },
  };
  g_autofree char *path = g_build_filename (self->folder, "urls.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      write_urls (self, rows[i].urls);
      assert_fails (self, rows[i].code, "");
    }
  g_assert_cmpint (g_remove (path), ==, 0);
  assert_fails (self, SANDBOX_REMOTE_ERROR_GONE, "urls.json");
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  g_cancellable_cancel (cancellable);
  object = ask (self, cancellable, &error);
  g_assert_null (object);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* -- what an overview must be -- */

#define REST                                                                                       \
  "\"mails\":[],\"installations\":[],\"accounts\":[],\"faults\":[],\"names\":[],\"services\":{}}"

static void
test_views (void)
{
  static const char *const bad[] = {
    "{\"events\":[]," REST,
    "{\"today\":\"17/03/2027\",\"events\":[]," REST,
    "{\"today\":\"2027-03-17\"," REST,
    "{\"today\":\"2027-03-17\",\"events\":[{}]," REST,
    "{\"today\":\"2027-03-17\",\"events\":[{\"day\":\"x\",\"event\":\"e\",\"payer\":\"p\","
    "\"subscriptions\":[],\"n\":0,\"net_cents\":0}]," REST,
    "{\"today\":\"2027-03-17\",\"events\":[{\"day\":\"2027-03-17\",\"event\":\"e\",\"payer\":\"p\","
    "\"subscriptions\":[1],\"n\":1,\"net_cents\":0}]," REST,
    "{\"today\":\"2027-03-17\",\"events\":[{\"day\":\"2027-03-17\",\"event\":\"e\",\"payer\":\"p\","
    "\"subscriptions\":[],\"n\":-1,\"net_cents\":0}]," REST,
    "{\"today\":\"2027-03-17\",\"events\":[],\"mails\":[{\"sent\":1}]}",
  };
  static const char good[]
      = "{\"today\":\"2027-03-17\",\"events\":[{\"day\":\"2027-03-17\",\"event\":\"expired\","
        "\"payer\":\"p\",\"subscriptions\":[\"a/RS\"],\"n\":3,\"net_cents\":6000}]," REST;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (good, &error);
  g_autoptr (SandboxView) view = sandbox_view_from_json (json_node_get_object (node), &error);
  const SandboxViewEvent *event;

  g_assert_no_error (error);
  event = g_ptr_array_index (view->events, 0);
  g_assert_cmpint (event->n, ==, 3);
  g_assert_cmpstr (event->subscriptions[0], ==, "a/RS");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) why = NULL;
      g_autoptr (JsonNode) root = json_from_string (bad[i], NULL);
      SandboxView *none;

      g_test_message ("%s", bad[i]);
      g_assert_nonnull (root);
      none = sandbox_view_from_json (json_node_get_object (root), &why);
      g_assert_null (none);
      g_assert_nonnull (why);
    }
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "window-remote", name, Fixture, NULL, set_up, func, tear_down)
  ADD ("answers", test_answers);
  ADD ("too-large", test_too_large);
  ADD ("addresses", test_addresses);
  ADD ("cancelled", test_cancelled);
  harness_add (harness, "window-remote", "views", test_views);
}

HARNESS_MAIN (register_tests)
