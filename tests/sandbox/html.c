/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/html.h"

#include <gio/gio.h>

#include "base/civil-date.h"

static void
append_escaped (GString *page, const char *text)
{
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
        g_string_append (page, "&amp;");
        break;
      case '<':
        g_string_append (page, "&lt;");
        break;
      case '>':
        g_string_append (page, "&gt;");
        break;
      case '"':
        g_string_append (page, "&quot;");
        break;
      case '\'':
        g_string_append (page, "&#39;");
        break;
      default:
        g_string_append_c (page, *p);
        break;
      }
}

void
sandbox_html_add (GString *page, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  for (const char *p = format; *p != '\0'; p++)
    if (p[0] == '%' && p[1] == 's')
      {
        append_escaped (page, va_arg (arguments, const char *));
        p++;
      }
    else if (p[0] == '%' && p[1] == '%')
      g_string_append_c (page, *p++);
    else
      g_string_append_c (page, *p);
  va_end (arguments);
}

GString *
sandbox_html_begin (const char *title, const char *kind, const char *result)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                                "<meta charset=\"utf-8\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width, "
                                "initial-scale=1\">\n");

  sandbox_html_add (page,
                    "<title>%s - TTecomm sandbox</title>\n"
                    "<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n"
                    "<header><p><strong>SANDBOX: prices are fiction.</strong> Nothing here is "
                    "bought, and no card is charged.</p></header>\n"
                    "<main data-page=\"%s\"",
                    title, kind);
  if (result != NULL)
    sandbox_html_add (page, " data-result=\"%s\"", result);
  sandbox_html_add (page, ">\n<h1>%s</h1>\n", title);
  return page;
}

void
sandbox_html_reply (SandboxExchange *exchange, guint status, GString *page)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);

  g_string_append (page, "</main>\n<footer><p><a href=\"/terms-of-sale\">Terms of sale</a></p>"
                         "</footer>\n</body>\n</html>\n");
  sandbox_exchange_reply (exchange, status, "text/html; charset=utf-8", page->str);
  g_string_free (page, TRUE);
  /* A form may end in a redirect to the loopback address of the program that asked for sign-in,
   * and a browser applies form-action to that too. */
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'self'; form-action 'self' http:; "
                                "base-uri 'none'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Frame-Options", "DENY");
}

void
sandbox_html_message (SandboxExchange *exchange, guint status, const char *title, const char *text)
{
  GString *page = sandbox_html_begin (title, "message", status < 400 ? "ok" : "error");

  sandbox_html_add (page, "<p>%s</p>\n", text);
  sandbox_html_reply (exchange, status, page);
}

char *
sandbox_html_money (gint64 cents, const char *currency)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d %s", cents / 100, (int)(cents % 100),
                          currency);
}

char *
sandbox_html_date (const char *iso)
{
  GDate date;
  char text[TTECOMM_DATE_SIZE];

  if (!ttecomm_date_parse (iso, &date, NULL))
    return g_strdup ("-");
  ttecomm_date_format_dmy (&date, text);
  return g_strdup (text);
}

void
sandbox_html_style (SandboxExchange *exchange)
{
  g_autoptr (GBytes) style
      = g_resources_lookup_data ("/ttecomm/sandbox/style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  sandbox_exchange_reply (exchange, SOUP_STATUS_OK, "text/css; charset=utf-8",
                          g_bytes_get_data (style, NULL));
}
