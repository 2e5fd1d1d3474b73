/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/person.h"

#include <libsoup/soup.h>
#include <string.h>

#include "tests/sandbox/form.h"

#define MAX_PAGE (1024 * 1024)
#define MAX_STEPS 12
#define DECLINED "4000000000000002"
#define WORKING "4242424242424242"

typedef struct
{
  SoupSession *session; /* (owned) */
  const SandboxPersonWishes *wishes;
  GUri *uri; /* (owned): of the page that is shown */
  guint status;
  SandboxForm *page; /* (owned) */
  gboolean asked;    /* the change was confirmed */
} Browser;

static void
browser_clear (Browser *browser)
{
  g_clear_object (&browser->session);
  g_clear_pointer (&browser->uri, g_uri_unref);
  g_clear_pointer (&browser->page, sandbox_form_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Browser, browser_clear)

static gboolean
fail (GError **error, const char *format, const char *what)
{
  g_autofree char *text = g_strdup_printf ("%s: %s", format, what != NULL ? what : "nothing");

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, text);
  return FALSE;
}

/* -- the network -- */

static gboolean
show (Browser *browser, SoupMessage *message, GError **error)
{
  g_autoptr (GInputStream) body = soup_session_send (browser->session, message, NULL, error);
  g_autofree char *text = g_malloc0 (MAX_PAGE + 1);
  gsize length;

  if (body == NULL || !g_input_stream_read_all (body, text, MAX_PAGE, &length, NULL, error))
    return FALSE;
  browser->status = soup_message_get_status (message);
  g_clear_pointer (&browser->uri, g_uri_unref);
  browser->uri = g_uri_ref (soup_message_get_uri (message));
  g_clear_pointer (&browser->page, sandbox_form_free);
  browser->page = sandbox_form_read (text);
  g_print ("%u %s\n", browser->status,
           browser->page->heading != NULL ? browser->page->heading : "(a page without heading)");
  return TRUE;
}

static gboolean
open_address (Browser *browser, const char *address, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, error);
  g_autoptr (SoupMessage) message = NULL;

  if (uri == NULL)
    return FALSE;
  if (!g_str_equal (g_uri_get_scheme (uri), "http")
      || g_strcmp0 (g_uri_get_host (uri), "127.0.0.1") != 0)
    return fail (error, "this is not a page of a sandbox on this PC", address);
  message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  return show (browser, message, error);
}

static gboolean
follow (Browser *browser, const char *link, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (browser->uri, link, SOUP_HTTP_URI_FLAGS, error);
  g_autofree char *address = uri != NULL ? g_uri_to_string (uri) : NULL;

  return address != NULL && open_address (browser, address, error);
}

static gboolean
submit (Browser *browser, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;
  char *text;

  if (browser->page->action == NULL)
    return fail (error, "the page has no form", browser->page->kind);
  uri = g_uri_parse_relative (browser->uri, browser->page->action, SOUP_HTTP_URI_FLAGS, error);
  if (uri == NULL)
    return FALSE;
  text = sandbox_form_encode (browser->page);
  body = g_bytes_new_take (text, strlen (text));
  message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
  return show (browser, message, error);
}

/* -- what to do on each page -- */

static gboolean
set (Browser *browser, const char *name, const char *value, GError **error)
{
  return sandbox_form_set (browser->page, name, value)
         || fail (error, "the form has no such field", name);
}

static gboolean
press (Browser *browser, const char *action, GError **error)
{
  if (!sandbox_form_press (browser->page, "action", action))
    return fail (error, "the form has no such button", action);
  return submit (browser, error);
}

static gboolean
sign_in (Browser *browser, GError **error)
{
  const SandboxPersonWishes *wishes = browser->wishes;

  if (g_strcmp0 (browser->page->result, "refused") == 0)
    return fail (error, "address and password were refused", wishes->address);
  if (wishes->deny || wishes->cancel)
    {
      g_print ("do not sign in\n");
      return press (browser, "cancel", error);
    }
  g_print ("sign in as %s\n", wishes->address);
  return set (browser, "email", wishes->address, error)
         && set (browser, "password", wishes->password, error) && press (browser, "sign-in", error);
}

/* The number of another card than the one on file, if one is wished for or none is there. */
static const char *
other_card (Browser *browser)
{
  if (browser->wishes->decline)
    return DECLINED;
  if (browser->wishes->card != NULL)
    return browser->wishes->card;
  return g_strcmp0 (g_hash_table_lookup (browser->page->fields, "card"), "file") != 0 ? WORKING
                                                                                      : NULL;
}

/* Not even a test card's number is printed. */
static void
tell_card (const char *number)
{
  gsize length = number != NULL ? strlen (number) : 0;

  if (number == NULL)
    g_print ("pay with the card on file\n");
  else
    g_print ("pay with the card ending in %s\n", number + (length > 4 ? length - 4 : 0));
}

static gboolean
check_out (Browser *browser, GError **error)
{
  const char *number = other_card (browser);

  if (g_strcmp0 (browser->page->result, "refused") == 0)
    return fail (error, "the card was not understood", number);
  if (browser->wishes->cancel)
    {
      g_print ("cancel the order\n");
      return press (browser, "cancel", error);
    }
  tell_card (number);
  if (number != NULL
      && (!set (browser, "card", "other", error) || !set (browser, "number", number, error)
          || !set (browser, "expires", browser->wishes->expires, error)))
    return FALSE;
  return press (browser, "pay", error);
}

/* The link that switches renewal off, if the page has it. */
static const char *
find_switch (Browser *browser)
{
  g_auto (GStrv) parts = g_strsplit (browser->wishes->switch_off, "/", 2);
  g_autofree char *wanted = NULL;

  if (parts[0] == NULL || parts[1] == NULL)
    return NULL;
  wanted
      = g_strdup_printf ("/account/renewal?installation=%s&service=%s&to=off", parts[0], parts[1]);
  for (guint i = 0; i < browser->page->links->len; i++)
    if (g_str_equal (g_ptr_array_index (browser->page->links, i), wanted))
      return g_ptr_array_index (browser->page->links, i);
  return NULL;
}

static gboolean
go_to_switch (Browser *browser, GError **error)
{
  const char *link = find_switch (browser);
  g_autofree char *copy = g_strdup (link);

  if (link == NULL)
    return fail (error, "renewal of this cannot be switched off here", browser->wishes->switch_off);
  g_print ("switch renewal of %s off\n", browser->wishes->switch_off);
  return follow (browser, copy, error);
}

typedef enum
{
  GO_ON,
  DONE,
  FAILED,
} Step;

static Step
after (gboolean worked)
{
  return worked ? GO_ON : FAILED;
}

/* The last page: is it what was wished for? */
static Step
judge (Browser *browser, const char *wanted, GError **error)
{
  if (g_strcmp0 (browser->page->result, wanted) == 0)
    return DONE;
  fail (error, "the page says", browser->page->result);
  return FAILED;
}

static const char *
wanted_result (const SandboxPersonWishes *wishes)
{
  if (wishes->cancel)
    return "cancelled";
  return wishes->decline || wishes->deny ? "failed" : "paid";
}

static Step
look_at_account (Browser *browser, GError **error)
{
  if (browser->asked)
    return judge (browser, "renewal-off", error);
  if (browser->wishes->switch_off == NULL)
    return DONE;
  return after (go_to_switch (browser, error));
}

/* The page that the program itself serves at the end of a sign-in. */
static Step
look_at_callback (Browser *browser, GError **error)
{
  const char *query = g_uri_get_query (browser->uri);
  gboolean refused = query != NULL && strstr (query, "error=access_denied") != NULL;
  gboolean granted = query != NULL && strstr (query, "code=") != NULL;

  if (browser->status == SOUP_STATUS_OK
      && (browser->wishes->deny || browser->wishes->cancel ? refused : granted))
    return DONE;
  fail (error, "the program did not take the answer", browser->page->heading);
  return FAILED;
}

static Step
take_step (Browser *browser, GError **error)
{
  const char *kind = browser->page->kind != NULL ? browser->page->kind : "";

  if (g_str_equal (g_uri_get_path (browser->uri), "/callback"))
    return look_at_callback (browser, error);
  if (g_str_equal (kind, "sign-in"))
    return after (sign_in (browser, error));
  if (g_str_equal (kind, "checkout"))
    return after (check_out (browser, error));
  if (g_str_equal (kind, "checkout-confirm"))
    return after (press (browser, "confirm", error));
  if (g_str_equal (kind, "checkout-bank"))
    return after (press (browser, browser->wishes->deny ? "fail" : "confirm", error));
  if (g_str_equal (kind, "checkout-result"))
    return judge (browser, wanted_result (browser->wishes), error);
  if (g_str_equal (kind, "account"))
    return look_at_account (browser, error);
  if (g_str_equal (kind, "renewal"))
    {
      browser->asked = TRUE;
      return after (press (browser, "confirm", error));
    }
  fail (error, "nothing can be done on this page", browser->page->heading);
  return FAILED;
}

gboolean
sandbox_person_browse (const char *url, const SandboxPersonWishes *wishes, GError **error)
{
  g_auto (Browser) browser = { .wishes = wishes };
  Step step;

  browser.session = soup_session_new_with_options ("timeout", 30, NULL);
  soup_session_add_feature_by_type (browser.session, SOUP_TYPE_COOKIE_JAR);
  soup_session_set_proxy_resolver (browser.session, NULL);
  if (wishes->languages != NULL)
    soup_session_set_accept_language (browser.session, wishes->languages);
  if (!open_address (&browser, url, error))
    return FALSE;
  for (guint i = 0; i < MAX_STEPS; i++)
    {
      step = take_step (&browser, error);
      if (step != GO_ON)
        return step == DONE;
    }
  return fail (error, "this goes round in circles", browser.page->heading);
}
