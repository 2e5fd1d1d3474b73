/* SPDX-License-Identifier: MIT */
#include "tests/unit/sandbox/site.h"

#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/form.h"
#include "tests/sandbox/secrets.h"

#define REAL_NOW G_GINT64_CONSTANT (1789718400) /* 2026-09-18 08:00 UTC */
#define PATIENCE_MS 30000

static Site *
open_site (const SandboxWorldOptions *world)
{
  Site *site = g_new0 (Site, 1);
  TtecommSandboxOptions options = { .world = *world };
  g_autofree char *ca_path = g_build_filename (harness_tmpdir (), "site-ca.pem", NULL);
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GError) error = NULL;

  site->clock = ttecomm_fake_clock_new (REAL_NOW);
  options.world.clock = TTECOMM_CLOCK (site->clock);
  site->sandbox = ttecomm_sandbox_start (NULL, &options, &error);
  g_assert_no_error (error);
  g_file_set_contents (ca_path, ttecomm_sandbox_get_ca_pem (site->sandbox), -1, &error);
  g_assert_no_error (error);
  trust = g_tls_file_database_new (ca_path, &error);
  g_assert_no_error (error);
  site->session = soup_session_new_with_options ("tls-database", trust, "timeout", 60,
                                                 "max-conns-per-host", 16, NULL);
  soup_session_add_feature_by_type (site->session, SOUP_TYPE_COOKIE_JAR);
  return site;
}

Site *
site_new (const char *start, const char *seed, const char *database)
{
  g_autofree char *seed_path = NULL;
  g_autoptr (GError) error = NULL;

  if (seed != NULL)
    {
      seed_path = g_build_filename (harness_tmpdir (), "seed.json", NULL);
      g_file_set_contents (seed_path, seed, -1, &error);
      g_assert_no_error (error);
    }
  return open_site (
      &(SandboxWorldOptions){ .start = start, .seed = seed_path, .database = database });
}

Site *
site_new_many (const char *start, guint many)
{
  return open_site (&(SandboxWorldOptions){ .start = start, .many = many });
}

void
site_free (Site *site)
{
  soup_session_abort (site->session);
  g_object_unref (site->session);
  ttecomm_sandbox_stop (site->sandbox);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (site->sandbox);
  g_object_unref (site->clock);
  g_free (site);
}

void
reply_free (Reply *reply)
{
  g_free (reply->text);
  g_clear_pointer (&reply->json, json_object_unref);
  g_free (reply->type);
  g_free (reply->location);
  g_clear_object (&reply->message);
  g_clear_error (&reply->error);
  g_free (reply);
}

struct _SiteCall
{
  SoupMessage *message;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GBytes *body;              /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
  gboolean done;
};

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SiteCall *call = data;

  call->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &call->error);
  call->done = TRUE;
}

static void
set_body (SoupMessage *message, const char *type, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  soup_message_set_request_body_from_bytes (message, type, bytes);
}

SiteCall *
site_begin (Site *site, const char *method, const char *address, const SiteBody *body)
{
  SiteCall *call = g_new0 (SiteCall, 1);
  g_autofree char *url
      = *address == '/' ? g_strconcat (ttecomm_sandbox_get_api_url (site->sandbox), address, NULL)
                        : g_strdup (address);
  SoupMessageHeaders *headers;

  call->message = soup_message_new (method, url);
  g_assert_nonnull (call->message);
  call->cancellable = g_cancellable_new ();
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (call->message);
  if (body != NULL && body->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", body->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (body != NULL && body->key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", body->key);
  if (body != NULL && body->languages != NULL)
    soup_message_headers_replace (headers, "Accept-Language", body->languages);
  if (body != NULL && body->json != NULL)
    set_body (call->message, "application/json", body->json);
  else if (body != NULL && body->form != NULL)
    set_body (call->message, "application/x-www-form-urlencoded", body->form);
  soup_session_send_and_read_async (site->session, call->message, G_PRIORITY_DEFAULT,
                                    call->cancellable, sent_cb, call);
  return call;
}

gboolean
site_is_done (SiteCall *call)
{
  return call->done;
}

void
site_cancel (SiteCall *call)
{
  g_cancellable_cancel (call->cancellable);
}

static gboolean
call_done (gpointer data)
{
  return site_is_done (data);
}

Reply *
site_finish (SiteCall *call)
{
  Reply *reply = g_new0 (Reply, 1);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);

  g_assert_true (harness_wait_until (call_done, call, PATIENCE_MS));
  reply->error = g_steal_pointer (&call->error);
  reply->status = soup_message_get_status (call->message);
  reply->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  reply->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  reply->text = call->body != NULL && g_bytes_get_size (call->body) > 0
                    ? g_strndup (g_bytes_get_data (call->body, NULL), g_bytes_get_size (call->body))
                    : g_strdup ("");
  if (reply->type != NULL && strstr (reply->type, "json") != NULL)
    {
      g_autoptr (JsonNode) node = json_from_string (reply->text, NULL);

      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        reply->json = json_node_dup_object (node);
    }
  reply->message = g_steal_pointer (&call->message);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_object_unref (call->cancellable);
  g_free (call);
  return reply;
}

Reply *
site_send (Site *site, const char *method, const char *address, const SiteBody *body)
{
  return site_finish (site_begin (site, method, address, body));
}

Reply *
site_get (Site *site, const char *address, const char *token)
{
  return site_send (site, "GET", address, &(SiteBody){ .token = token });
}

Reply *
site_post (Site *site, const char *path, const char *token, const char *json)
{
  return site_send (site, "POST", path, &(SiteBody){ .token = token, .json = json });
}

Reply *
site_web (Site *site, const char *method, const char *path, const char *form)
{
  g_autofree char *url = g_strconcat (ttecomm_sandbox_get_web_url (site->sandbox), path, NULL);

  return site_send (site, method, url, &(SiteBody){ .form = form });
}

Reply *
site_control (Site *site, const char *method, const char *path, const char *json)
{
  g_autofree char *url = g_strconcat (ttecomm_sandbox_get_control_url (site->sandbox), path, NULL);

  return site_send (site, method, url, &(SiteBody){ .json = json });
}

/* -- sign-in -- */

static void
append_parameter (GString *query, const char *name, const char *value)
{
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append (query, name);
  g_string_append_c (query, '=');
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

char *
site_authorize_query (const char *name, const char *value)
{
  g_autofree char *challenge = sandbox_digest (SITE_VERIFIER);
  const char *const parameters[][2] = {
    { "response_type", "code" },       { "client_id", "prosoft-ttecomm" },
    { "redirect_uri", SITE_REDIRECT }, { "state", "st/a te&1=<2>" },
    { "code_challenge", challenge },   { "code_challenge_method", "S256" },
  };
  GString *query = g_string_new (NULL);
  gboolean replaced = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (g_strcmp0 (name, parameters[i][0]) != 0)
      append_parameter (query, parameters[i][0], parameters[i][1]);
    else
      {
        replaced = TRUE;
        if (value != NULL)
          append_parameter (query, name, value);
      }
  if (name != NULL && !replaced)
    append_parameter (query, name, value);
  return g_string_free (query, FALSE);
}

char *
site_get_code (Site *site, const char *email)
{
  g_autofree char *query = site_authorize_query (NULL, NULL);
  g_autofree char *path = g_strconcat ("/authorize?", query, NULL);
  g_autoptr (Reply) page = site_web (site, "GET", path, NULL);
  g_autoptr (SandboxForm) form = sandbox_form_read (page->text);
  g_autofree char *posted = NULL;
  g_autoptr (Reply) answer = NULL;
  const char *code;

  g_assert_true (sandbox_form_set (form, "email", email));
  g_assert_true (sandbox_form_set (form, "password", "sandbox"));
  g_assert_true (sandbox_form_press (form, "action", "sign-in"));
  posted = sandbox_form_encode (form);
  answer = site_web (site, "POST", form->action, posted);
  g_assert_cmpuint (answer->status, ==, 303);
  code = strstr (answer->location, "?code=");
  g_assert_nonnull (code);
  code += strlen ("?code=");
  return g_strndup (code, strcspn (code, "&"));
}

Reply *
site_redeem (Site *site, const char *code, const char *verifier, const char *redirect_uri)
{
  GString *form = g_string_new ("grant_type=authorization_code&client_id=prosoft-ttecomm");
  Reply *reply;

  append_parameter (form, "code", code);
  append_parameter (form, "code_verifier", verifier);
  append_parameter (form, "redirect_uri", redirect_uri);
  reply = site_send (site, "POST", "/oauth/token", &(SiteBody){ .form = form->str });
  g_string_free (form, TRUE);
  return reply;
}

char *
site_sign_in (Site *site, const char *email)
{
  g_autofree char *code = site_get_code (site, email);
  g_autoptr (Reply) reply = site_redeem (site, code, SITE_VERIFIER, SITE_REDIRECT);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (json_text (reply->json, "access_token"));
}

/* -- buying -- */

Reply *
site_quote (Site *site,
            const char *token,
            const char *action,
            const char *installation,
            const char *service)
{
  g_autofree char *json = g_strdup_printf (
      "{\"lines\":[{\"action\":\"%s\",\"installation\":\"%s\",\"service\":\"%s\"}]}", action,
      installation, service);

  return site_post (site, "/v1/quotes", token, json);
}

char *
site_quote_id (Reply *quote)
{
  g_assert_cmpuint (quote->status, ==, 200);
  return g_strdup (json_text (quote->json, "quote_id"));
}

Reply *
site_order (Site *site, const char *token, const char *quote_id)
{
  g_autofree char *key = g_strconcat ("key-", quote_id, NULL);
  g_autofree char *json = g_strdup_printf (
      "{\"quote_id\":\"%s\",\"accept_terms\":\"2026-09\",\"po_reference\":\"PO 7\"}", quote_id);

  return site_send (site, "POST", "/v1/orders",
                    &(SiteBody){ .token = token, .key = key, .json = json });
}

void
site_do (Site *site,
         const char *token,
         const char *action,
         const char *installation,
         const char *service)
{
  g_autoptr (Reply) quote = site_quote (site, token, action, installation, service);
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);
  const SandboxPersonWishes pay = { .address = "", .expires = "12/99" };

  g_assert_cmpuint (order->status, ==, 201);
  if (json_object_get_int_member (order->json, "due_now_cents") > 0)
    g_assert_true (site_browse (site, json_text (order->json, "checkout_url"), &pay));
  else
    g_assert_cmpstr (json_text (order->json, "state"), ==, "paid");
}

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
site_browse (Site *site, const char *url, const SandboxPersonWishes *wishes)
{
  Walk walk = { .url = url, .wishes = wishes };
  GThread *thread = g_thread_new ("person", walk_thread, &walk);

  g_assert_true (harness_wait_until (walk_done, &walk, PATIENCE_MS));
  g_thread_join (thread);
  return walk.came_true;
}

Reply *
site_advance (Site *site, const char *to)
{
  g_autofree char *json = g_strdup_printf ("{\"to\":\"%s\"}", to);
  Reply *reply = site_control (site, "POST", "/sandbox/clock/advance", json);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (json_text (reply->json, "today"), ==, to);
  return reply;
}

/* -- JSON -- */

const char *
json_text (JsonObject *object, const char *name)
{
  g_assert_nonnull (object);
  g_assert_true (json_object_has_member (object, name));
  return json_object_get_string_member (object, name);
}

JsonObject *
json_line (JsonObject *object, guint n)
{
  return json_array_get_object_element (json_object_get_array_member (object, "lines"), n);
}

char *
json_blockers (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "blockers");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            json_array_get_string_element (array, i));
  return g_string_free (text, FALSE);
}
