/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/ledger.h"

#include <string.h>

#include "base/civil-date.h"
#include "tests/sandbox/money.h"
#include "tests/sandbox/outbox.h"

/* Of one event, where only the newest events are told: an invoice may be for hundreds. */
#define NEWEST_SUBSCRIPTIONS 10

static gboolean
has_invoice (TtecommEventKind kind)
{
  return kind == TTECOMM_EVENT_PURCHASE_INVOICE || kind == TTECOMM_EVENT_RENEWAL_INVOICE;
}

char *
sandbox_ledger_invoice_of_today (SandboxWorld *world, const char *account)
{
  g_autofree char *today = sandbox_clock_today_text (&world->clock);

  return sandbox_database_text (
      world->db, "SELECT number FROM invoices WHERE account = ? AND kind = 'purchase' AND day = ?",
      "ss", account, today);
}

/* (transfer full): a new invoice's number */
static char *
new_invoice (SandboxWorld *world,
             const SandboxAccount *payer,
             const char *kind,
             const char *day,
             gint64 net)
{
  gint64 serial = sandbox_database_int (world->db, 0, "SELECT next_invoice FROM world", "");
  g_autofree char *number = g_strdup_printf ("SBX-%.4s-%06" G_GINT64_FORMAT, day, serial);

  sandbox_database_run (world->db, "UPDATE world SET next_invoice = next_invoice + 1", "");
  sandbox_database_run (world->db,
                        "INSERT INTO invoices (number, account, kind, day, net_cents, vat_cents) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        "ssssii", number, payer->id, kind, day, net,
                        sandbox_money_of (world, payer, net).vat_cents);
  return g_steal_pointer (&number);
}

static void
grow_invoice (SandboxWorld *world, const SandboxAccount *payer, const char *number, gint64 net)
{
  gint64 total
      = net
        + sandbox_database_int (world->db, 0, "SELECT net_cents FROM invoices WHERE number = ?",
                                "s", number);

  sandbox_database_run (world->db,
                        "UPDATE invoices SET net_cents = ?, vat_cents = ? WHERE number = ?", "iis",
                        total, sandbox_money_of (world, payer, total).vat_cents, number);
}

/* The unique row makes a second payment of the same term fail, whoever tries. */
static void
pay_terms (SandboxWorld *world, const TtecommEvent *event, const char *number, const char *day)
{
  for (guint i = 0; i < event->lines->len; i++)
    {
      const TtecommEventLine *line = g_ptr_array_index (event->lines, i);
      const char *slash = strrchr (line->subscription, '/');
      g_autofree char *installation
          = g_strndup (line->subscription, (gsize)(slash - line->subscription));
      gboolean first = event->kind == TTECOMM_EVENT_PURCHASE_INVOICE;

      /* A purchase's row is written before its subscription's: it starts on the day itself. */
      sandbox_database_run (
          world->db,
          "INSERT INTO renewals (installation, service, original_start, n, day, invoice) VALUES "
          "(?1, ?2, CASE WHEN ?6 THEN ?4 ELSE (SELECT original_start FROM subscriptions WHERE "
          "installation = ?1 AND service = ?2) END, ?3, ?4, ?5)",
          "ssissi", installation, slash + 1, line->n, day, number, (gint64)first);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* (transfer full): names in byte order, one a line: how a row of the ledger keeps them */
static char *
join_subscriptions (const TtecommEvent *event, const char *more)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_auto (GStrv) others = g_strsplit (more != NULL ? more : "", "\n", -1);

  for (gsize i = 0; others[i] != NULL; i++)
    if (*others[i] != '\0')
      g_ptr_array_add (names, others[i]);
  for (guint i = 0; i < event->lines->len; i++)
    {
      const TtecommEventLine *line = g_ptr_array_index (event->lines, i);

      g_ptr_array_add (names, line->subscription);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("\n", (GStrv)names->pdata);
}

/* What a payer buys on one day is one row, however many orders it took. */
static gboolean
grow_row (SandboxWorld *world, const TtecommEvent *event, const char *day)
{
  g_autofree char *present = NULL;
  g_autofree char *joined = NULL;

  if (event->kind != TTECOMM_EVENT_PURCHASE_INVOICE)
    return FALSE;
  present = sandbox_database_text (world->db,
                                   "SELECT subscriptions FROM events WHERE day = ? AND payer = ? "
                                   "AND event = 'purchase_invoice' AND reported = 0",
                                   "ss", day, event->payer);
  if (present == NULL)
    return FALSE;
  joined = join_subscriptions (event, present);
  sandbox_database_run (world->db,
                        "UPDATE events SET subscriptions = ?, cents = cents + ? WHERE day = ? AND "
                        "payer = ? AND event = 'purchase_invoice' AND reported = 0",
                        "siss", joined, event->cents, day, event->payer);
  return TRUE;
}

void
sandbox_ledger_record (SandboxWorld *world, const TtecommEvent *event)
{
  g_autoptr (SandboxAccount) payer = sandbox_account_find (world, event->payer);
  g_autofree char *number = NULL;
  g_autofree char *joined = NULL;
  char day[TTECOMM_DATE_SIZE];

  if (payer == NULL)
    return;
  ttecomm_date_format (&event->day, day);
  if (!grow_row (world, event, day))
    {
      joined = join_subscriptions (event, NULL);
      sandbox_database_run (world->db,
                            "INSERT INTO events (day, event, payer, subscriptions, cents) VALUES "
                            "(?, ?, ?, ?, ?)",
                            "ssssi", day, ttecomm_event_kind_name (event->kind), event->payer,
                            joined, event->cents);
    }
  if (has_invoice (event->kind))
    {
      gboolean purchase = event->kind == TTECOMM_EVENT_PURCHASE_INVOICE;

      number = purchase ? sandbox_ledger_invoice_of_today (world, payer->id) : NULL;
      if (number != NULL)
        grow_invoice (world, payer, number, event->cents);
      else
        number = new_invoice (world, payer, purchase ? "purchase" : "renewal", day, event->cents);
      pay_terms (world, event, number, day);
    }
  sandbox_outbox_send_event (world, event, payer, number);
}

void
sandbox_ledger_newest_to_json (SandboxWorld *world, guint limit, JsonBuilder *builder)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      world->db,
      "SELECT day, event, payer, subscriptions, cents FROM events ORDER BY day DESC, serial DESC "
      "LIMIT ?",
      "i", (gint64)limit);

  json_builder_begin_array (json_builder_set_member_name (builder, "events"));
  while (sandbox_row_next (row))
    {
      g_auto (GStrv) names = g_strsplit (sandbox_row_text (row, 3), "\n", -1);

      json_builder_begin_object (builder);
      sandbox_json_string (builder, "day", sandbox_row_text (row, 0));
      sandbox_json_string (builder, "event", sandbox_row_text (row, 1));
      sandbox_json_string (builder, "payer", sandbox_row_text (row, 2));
      json_builder_begin_array (json_builder_set_member_name (builder, "subscriptions"));
      for (gsize i = 0; i < NEWEST_SUBSCRIPTIONS && names[i] != NULL; i++)
        json_builder_add_string_value (builder, names[i]);
      json_builder_end_array (builder);
      sandbox_json_int (builder, "n", g_strv_length (names));
      sandbox_json_int (builder, "net_cents", sandbox_row_int (row, 4));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
sandbox_ledger_to_json (SandboxWorld *world, gboolean only_new, JsonBuilder *builder)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      world->db,
      "SELECT day, event, payer, subscriptions, cents FROM events WHERE reported = 0 OR ? = 0 "
      "ORDER BY day, serial",
      "i", (gint64)only_new);

  json_builder_begin_array (json_builder_set_member_name (builder, "events"));
  while (sandbox_row_next (row))
    {
      g_auto (GStrv) names = g_strsplit (sandbox_row_text (row, 3), "\n", -1);

      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, sandbox_row_text (row, 0));
      json_builder_add_string_value (builder, sandbox_row_text (row, 1));
      json_builder_add_string_value (builder, sandbox_row_text (row, 2));
      json_builder_begin_array (builder);
      for (gsize i = 0; names[i] != NULL; i++)
        json_builder_add_string_value (builder, names[i]);
      json_builder_end_array (builder);
      json_builder_add_int_value (builder, sandbox_row_int (row, 4));
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  if (only_new)
    sandbox_database_run (world->db, "UPDATE events SET reported = 1", "");
}
