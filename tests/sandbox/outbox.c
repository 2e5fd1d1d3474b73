/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/outbox.h"

#include "base/civil-date.h"
#include "tests/sandbox/world.h"

#define HOUR (60 * 60)

static void
put (SandboxWorld *world,
     gint64 sent,
     const char *kind,
     const char *recipient,
     const char *subject,
     const char *body)
{
  sandbox_database_run (
      world->db, "INSERT INTO outbox (sent, kind, recipient, subject, body) VALUES (?, ?, ?, ?, ?)",
      "issss", sent, kind, recipient, subject, body);
}

void
sandbox_outbox_send (SandboxWorld *world,
                     const char *kind,
                     const char *recipient,
                     const char *subject,
                     const char *body)
{
  put (world, sandbox_clock_now (&world->clock), kind, recipient, subject, body);
}

/* E-mails are in English, whatever the pages speak. */
static char *
money (gint64 cents, const char *currency)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d %s", cents / 100, (int)(cents % 100),
                          currency);
}

/* "Remote Services for Villa Picos, through 30/09/2027: 60.00 EUR" for each line. */
static char *
describe_lines (SandboxWorld *world, const TtecommEvent *event)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < event->lines->len; i++)
    {
      const TtecommEventLine *line = g_ptr_array_index (event->lines, i);
      g_auto (GStrv) parts = g_strsplit (line->subscription, "/", 2);
      const SandboxProduct *product = sandbox_catalogue_find (world->catalogue, parts[1]);
      g_autofree char *site
          = sandbox_database_text (world->db, "SELECT name FROM installations WHERE id = ?", "s",
                                   parts[0]);
      g_autofree char *amount = money (line->cents, event->currency);
      char end[TTECOMM_DATE_SIZE];

      ttecomm_date_format_dmy (&line->end, end);
      g_string_append_printf (text, "- %s for %s, through %s: %s net\n", product->name, site, end,
                              amount);
    }
  return g_string_free (text, FALSE);
}

static gboolean
text_of (const TtecommEvent *event, const char *invoice, char **subject, const char **advice)
{
  switch (event->kind)
    {
    case TTECOMM_EVENT_REMINDER:
      *subject = g_strdup ("Your subscriptions renew in two months");
      *advice = "Nothing needs to be done. To stop, switch renewal off before the charge, which "
                "comes one month before the end.";
      return TRUE;
    case TTECOMM_EVENT_PURCHASE_INVOICE:
    case TTECOMM_EVENT_RENEWAL_INVOICE:
      *subject = g_strdup_printf ("Invoice %s", invoice);
      *advice = "The amount was taken from your card. The invoice is attached.";
      return TRUE;
    case TTECOMM_EVENT_CHARGE_FAILED:
      *subject = g_strdup ("Your card could not be charged");
      *advice = "Replace the card on your account page. Otherwise the service stops at its end.";
      return TRUE;
    case TTECOMM_EVENT_DEACTIVATED:
    case TTECOMM_EVENT_REACTIVATED:
    case TTECOMM_EVENT_EXPIRED:
    default:
      return FALSE;
    }
}

void
sandbox_outbox_send_event (SandboxWorld *world,
                           const TtecommEvent *event,
                           const SandboxAccount *payer,
                           const char *invoice)
{
  g_autofree char *subject = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *body = NULL;
  const char *advice;
  const char *recipient = payer->email;
  gint64 sent = MIN (sandbox_clock_day_begins (&world->clock, &event->day) + 12 * HOUR,
                     sandbox_clock_now (&world->clock));

  if (!text_of (event, invoice, &subject, &advice))
    return;
  if (invoice != NULL && payer->invoice_email != NULL)
    recipient = payer->invoice_email;
  lines = describe_lines (world, event);
  body = g_strdup_printf ("%s\n%s", lines, advice);
  put (world, sent, ttecomm_event_kind_name (event->kind), recipient, subject, body);
}

/* A member "mails" of the rows of a query. */
static void
add_mails (SandboxRow *row, JsonBuilder *builder)
{
  json_builder_begin_array (json_builder_set_member_name (builder, "mails"));
  while (sandbox_row_next (row))
    {
      g_autofree char *sent = sandbox_clock_format (sandbox_row_int (row, 0));

      json_builder_begin_object (builder);
      sandbox_json_string (builder, "sent", sent);
      sandbox_json_string (builder, "kind", sandbox_row_text (row, 1));
      sandbox_json_string (builder, "to", sandbox_row_text (row, 2));
      sandbox_json_string (builder, "subject", sandbox_row_text (row, 3));
      sandbox_json_string (builder, "body", sandbox_row_text (row, 4));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
sandbox_outbox_newest_to_json (SandboxWorld *world, guint limit, JsonBuilder *builder)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      world->db,
      "SELECT sent, kind, recipient, subject, body FROM outbox ORDER BY sent DESC, serial DESC "
      "LIMIT ?",
      "i", (gint64)limit);

  add_mails (row, builder);
}

void
sandbox_outbox_list (SandboxExchange *exchange)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autoptr (SandboxRow) row
      = sandbox_database_query (exchange->world->db,
                                "SELECT sent, kind, recipient, subject, body FROM outbox "
                                "ORDER BY serial",
                                "");

  add_mails (row, builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
