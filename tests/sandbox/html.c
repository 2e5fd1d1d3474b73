/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/html.h"

#include <gio/gio.h>

#include "tests/sandbox/browser.h"

/* The values of a choice of languages that a GET keeps. */
#define MAX_KEPT 32

static void
append_escaped (GString *html, const char *text)
{
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
        g_string_append (html, "&amp;");
        break;
      case '<':
        g_string_append (html, "&lt;");
        break;
      case '>':
        g_string_append (html, "&gt;");
        break;
      case '"':
        g_string_append (html, "&quot;");
        break;
      case '\'':
        g_string_append (html, "&#39;");
        break;
      default:
        g_string_append_c (html, *p);
        break;
      }
}

static void
append_word (SandboxPage *page, SandboxWord word)
{
  g_autofree char *text = sandbox_word_fill (word, page->language, NULL);

  append_escaped (page->html, text);
}

void
sandbox_page_add (SandboxPage *page, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  for (const char *p = format; *p != '\0'; p++)
    if (p[0] != '%' || p[1] == '\0')
      g_string_append_c (page->html, *p);
    else
      switch (*++p)
        {
        case 's':
          append_escaped (page->html, va_arg (arguments, const char *));
          break;
        case 'w':
          append_word (page, va_arg (arguments, SandboxWord));
          break;
        default:
          g_string_append_c (page->html, *p);
          break;
        }
  va_end (arguments);
}

void
sandbox_page_put (SandboxPage *page, SandboxWord word, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, word);
  text = sandbox_word_fill_valist (word, page->language, values);
  va_end (values);
  append_escaped (page->html, text);
}

void
sandbox_page_say (SandboxPage *page, SandboxWord word, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, word);
  text = sandbox_word_fill_valist (word, page->language, values);
  va_end (values);
  sandbox_page_add (page, "<p>%s</p>\n", text);
}

static SandboxPage *
begin (SandboxExchange *exchange,
       SandboxWord title,
       const char *kind,
       const char *result,
       gboolean refused)
{
  SandboxPage *page = g_new0 (SandboxPage, 1);
  g_autofree char *words = NULL;

  page->exchange = exchange;
  page->language = sandbox_browser_language (exchange);
  page->html = g_string_new ("<!DOCTYPE html>\n");
  words = sandbox_word_fill (title, page->language, NULL);
  sandbox_page_add (page,
                    "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<title>",
                    sandbox_language_tag (page->language));
  sandbox_page_put (page, refused ? SANDBOX_WORD_ERROR_TITLE : SANDBOX_WORD_PAGE_TITLE, "title",
                    words, NULL);
  sandbox_page_add (page,
                    "</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n"
                    "<header>\n<p class=\"banner\"><strong>%w</strong> %w</p>\n"
                    "<p class=\"brand\">TTecomm</p>\n</header>\n<main data-page=\"%s\"",
                    SANDBOX_WORD_BANNER, SANDBOX_WORD_BANNER_MORE, kind);
  if (result != NULL)
    sandbox_page_add (page, " data-result=\"%s\"", result);
  sandbox_page_add (page, ">\n<h1>%s</h1>\n", words);
  return page;
}

SandboxPage *
sandbox_page_begin (SandboxExchange *exchange,
                    SandboxWord title,
                    const char *kind,
                    const char *result)
{
  return begin (exchange, title, kind, result, FALSE);
}

SandboxPage *
sandbox_page_begin_refused (SandboxExchange *exchange,
                            SandboxWord title,
                            const char *kind,
                            const char *result)
{
  return begin (exchange, title, kind, result, TRUE);
}

/* Without a script only autofocus brings a reader here, and lets a screen reader begin here. */
void
sandbox_page_problem (SandboxPage *page, SandboxWord text, const char *field)
{
  sandbox_page_add (page,
                    "<div class=\"problem\" role=\"alert\" tabindex=\"-1\" autofocus>\n"
                    "<h2>%w</h2>\n<p><a href=\"#%s\">%w</a></p>\n</div>\n",
                    SANDBOX_WORD_PROBLEM, field, text);
}

void
sandbox_page_field (SandboxPage *page, const SandboxField *field)
{
  sandbox_page_add (page, "<label for=\"%s\">%w</label>\n<input id=\"%s\" name=\"%s\" type=\"%s\"",
                    field->id, field->label, field->id, field->id, field->type);
  if (field->value != NULL && *field->value != '\0')
    sandbox_page_add (page, " value=\"%s\"", field->value);
  if (field->autocomplete != NULL)
    sandbox_page_add (page, " autocomplete=\"%s\"", field->autocomplete);
  if (field->described != NULL)
    sandbox_page_add (page, " aria-describedby=\"%s\"", field->described);
  if (field->wrong)
    sandbox_page_add (page, " aria-invalid=\"true\"");
  if (field->attributes != NULL)
    {
      g_string_append_c (page->html, ' ');
      g_string_append (page->html, field->attributes);
    }
  sandbox_page_add (page, ">\n");
}

/* -- the choice of languages -- */

/* What the address of this page says, to be said again. */
static void
keep_query (SandboxPage *page)
{
  g_autoptr (GHashTable) query = sandbox_exchange_query (page->exchange, NULL);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (query == NULL)
    return;
  g_hash_table_iter_init (&iter, query);
  for (guint n = 0; n < MAX_KEPT && g_hash_table_iter_next (&iter, &name, &value); n++)
    if (!g_str_equal (name, SANDBOX_LANGUAGE_FIELD))
      sandbox_page_add (page, "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n", name, value);
}

/* After the page's own form: Enter in a field presses the first button that belongs to it. A page
 * without a form asks for its own address again; the answer to a form has no address of its own.
 */
static void
add_languages (SandboxPage *page)
{
  gboolean is_answer = g_strcmp0 (page->exchange->method, "GET") != 0;

  if (is_answer && !page->has_form)
    return;
  sandbox_page_add (page, "<nav aria-label=\"%w\">\n", SANDBOX_WORD_LANGUAGE);
  if (!page->has_form)
    {
      sandbox_page_add (page, "<form method=\"get\" id=\"" SANDBOX_PAGE_FORM "\">\n");
      keep_query (page);
      sandbox_page_add (page, "</form>\n");
    }
  sandbox_page_add (page, "<ul class=\"languages\">\n");
  for (guint i = SANDBOX_LANGUAGE_EN; i <= SANDBOX_LAST_LANGUAGE; i++)
    {
      const char *tag = sandbox_language_tag ((SandboxLanguage)i);

      sandbox_page_add (page,
                        "<li><button class=\"link\" form=\"" SANDBOX_PAGE_FORM
                        "\" name=\"" SANDBOX_LANGUAGE_FIELD
                        "\" value=\"%s\" lang=\"%s\" formnovalidate",
                        tag, tag);
      if (i == page->language)
        sandbox_page_add (page, " aria-current=\"true\"");
      sandbox_page_add (page, ">%s</button></li>\n", sandbox_language_name ((SandboxLanguage)i));
    }
  sandbox_page_add (page, "</ul>\n</nav>\n");
}

void
sandbox_page_reply (SandboxPage *page, guint status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (page->exchange->message);

  sandbox_page_add (page, "</main>\n<footer>\n");
  add_languages (page);
  sandbox_page_add (page, "<p><a href=\"/terms-of-sale\">%w</a></p>\n</footer>\n</body>\n</html>\n",
                    SANDBOX_WORD_TERMS_TITLE);
  sandbox_exchange_reply (page->exchange, status, "text/html; charset=utf-8", page->html->str);
  soup_message_headers_replace (headers, "Content-Language", sandbox_language_tag (page->language));
  /* A form may end in a redirect to the loopback address of the program that asked for sign-in,
   * and a browser applies form-action to that too. */
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'self'; form-action 'self' http:; "
                                "base-uri 'none'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Frame-Options", "DENY");
  g_string_free (page->html, TRUE);
  g_free (page);
}

void
sandbox_page_message (SandboxExchange *exchange,
                      guint status,
                      SandboxWord title,
                      SandboxWord text,
                      const char *detail)
{
  SandboxPage *page
      = sandbox_page_begin (exchange, title, "message", status < 400 ? "ok" : "error");

  sandbox_page_add (page, "<p>%w</p>\n", text);
  /* It is for whoever wrote the program, in the language of the code. */
  if (detail != NULL)
    sandbox_page_add (page, "<p class=\"note\">%w <code lang=\"en\">%s</code></p>\n",
                      SANDBOX_WORD_DETAIL, detail);
  sandbox_page_reply (page, status);
}

void
sandbox_page_style (SandboxExchange *exchange)
{
  g_autoptr (GBytes) style
      = g_resources_lookup_data ("/ttecomm/sandbox/style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  sandbox_exchange_reply (exchange, SOUP_STATUS_OK, "text/css; charset=utf-8",
                          g_bytes_get_data (style, NULL));
}
