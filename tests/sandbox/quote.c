/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/quote.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "plugin/terms/roles.h"
#include "tests/sandbox/api.h"
#include "tests/sandbox/money.h"
#include "tests/sandbox/order.h"
#include "tests/sandbox/scheduler.h"
#include "tests/sandbox/secrets.h"

/* What a preview is computed from. */
typedef struct
{
  SandboxWorld *world;
  const SandboxAccount *account;
  TtecommSchedule *schedule;
  GHashTable *awaited; /* what the account's pending orders would buy */
  JsonBuilder *builder;
  gint64 net_cents;
  GPtrArray *blockers; /* (element-type utf8): static names, of all lines, each once */
} Preview;

/* One line while it is looked at. */
typedef struct
{
  const SandboxLine *line;
  SandboxInstallation *installation;       /* (nullable) */
  const TtecommSubscription *subscription; /* (nullable) */
  TtecommState state;
  TtecommPreview result;
  gboolean has_result;
  GPtrArray *blockers; /* (element-type utf8): static names */
} Look;

static void
block (Look *look, const char *name)
{
  g_ptr_array_add (look->blockers, (gpointer)name);
}

/* Rule 4a-18: what stands in the way of buying; and nobody orders twice what still waits for the
 * first payment. An order of somebody else's does not wait for this account: who pays first has it.
 */
static void
check_purchase (const Preview *preview, Look *look)
{
  const TtecommBuyer buyer = {
    .role = look->installation->role,
    .prosoft = look->installation->prosoft,
    .cloud = look->installation->connected,
    .verified_card = sandbox_account_has_card (preview->world, preview->account),
    .has_active = look->subscription != NULL
                  && ttecomm_subscription_runs (look->subscription, &preview->schedule->today),
    .account_complete = sandbox_account_is_complete (preview->world, preview->account),
  };
  guint blockers = ttecomm_terms_blockers (look->line->product->terms, &buyer);
  g_autofree char *id = sandbox_scheduler_id (look->line->installation, look->line->product->id);

  for (guint i = 0; i < TTECOMM_N_BLOCKERS; i++)
    if ((blockers & 1u << i) != 0)
      block (look, ttecomm_blocker_name ((TtecommBlocker)(1u << i)));
  if (g_hash_table_contains (preview->awaited, id))
    block (look, "conflict");
}

/* Rule 4a-17, the table of 4b; whoever switches renewal on must be able to pay (S78, S88). */
static void
check_change (const Preview *preview, Look *look)
{
  const TtecommTerms *terms = look->line->product->terms;
  gboolean is_payer
      = look->subscription != NULL
        && g_ascii_strcasecmp (look->subscription->payer, preview->account->email) == 0;
  guint allowed = ttecomm_terms_allowed (terms, look->installation->role, look->state, is_payer);
  gboolean reactivate = look->line->action == SANDBOX_LINE_REACTIVATE;

  if (!g_strv_contains ((const char *const *)terms->payer_who, look->installation->role))
    block (look, "role");
  else if ((allowed & (reactivate ? TTECOMM_ACTION_REACTIVATE : TTECOMM_ACTION_DEACTIVATE)) == 0)
    block (look, "conflict");
  if (reactivate && !sandbox_account_is_complete (preview->world, preview->account))
    block (look, "account_incomplete");
  if (reactivate && !sandbox_account_has_card (preview->world, preview->account))
    block (look, "card_not_verified");
}

static void
compute (const Preview *preview, Look *look)
{
  g_autoptr (GError) error = NULL;
  const SandboxLine *line = look->line;
  const TtecommPriceInput input = {
    .choice = { .period = line->period->id },
    .quantity = 1,
    .list_cents = line->product->list_cents,
  };

  if (line->action == SANDBOX_LINE_BUY)
    look->has_result = ttecomm_preview_purchase (line->product->terms, &input,
                                                 &preview->schedule->today, &look->result, &error);
  else if (look->subscription != NULL
           && ttecomm_subscription_runs (look->subscription, &preview->schedule->today))
    look->has_result
        = ttecomm_preview_renewal (look->subscription, line->action == SANDBOX_LINE_REACTIVATE,
                                   &preview->schedule->today, &look->result, &error);
  if (error != NULL)
    sandbox_database_fail (preview->world->db, error);
}

static void
add_date (JsonBuilder *builder, const char *name, gboolean known, const GDate *date)
{
  char text[TTECOMM_DATE_SIZE] = "";

  if (known && g_date_valid (date))
    ttecomm_date_format (date, text);
  sandbox_json_string (builder, name, *text != '\0' ? text : NULL);
}

static void
add_label (Preview *preview, const Look *look)
{
  TtecommState state = look->has_result ? look->result.state_after : look->state;
  const GDate *date = look->has_result ? &look->result.end : NULL;

  if (date == NULL && look->subscription != NULL)
    date = &look->subscription->end;
  json_builder_begin_object (json_builder_set_member_name (preview->builder, "label_after"));
  sandbox_json_string (preview->builder, "state", ttecomm_state_name (state));
  add_date (preview->builder, "date", date != NULL, date);
  json_builder_end_object (preview->builder);
}

static void
add_names (JsonBuilder *builder, const char *name, GPtrArray *names)
{
  json_builder_begin_array (json_builder_set_member_name (builder, name));
  for (guint i = 0; i < names->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (names, i));
  json_builder_end_array (builder);
}

static const char *
action_name (SandboxLineAction action)
{
  switch (action)
    {
    case SANDBOX_LINE_DEACTIVATE:
      return "deactivate";
    case SANDBOX_LINE_REACTIVATE:
      return "reactivate";
    case SANDBOX_LINE_BUY:
    default:
      return "buy";
    }
}

static void
add_look (Preview *preview, const Look *look)
{
  JsonBuilder *builder = preview->builder;
  const SandboxLine *line = look->line;
  GDate no_day;

  g_date_clear (&no_day, 1);
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "action", action_name (line->action));
  sandbox_json_string (builder, "installation", line->installation);
  sandbox_json_string (builder, "installation_name",
                       look->installation != NULL ? look->installation->name : "");
  sandbox_json_string (builder, "service", line->product->id);
  sandbox_json_string (builder, "order_reference", line->product->order_reference);
  sandbox_json_string (builder, "name", line->product->name);
  sandbox_json_string (builder, "period",
                       line->action == SANDBOX_LINE_BUY ? line->period->id
                       : look->subscription != NULL     ? look->subscription->period
                                                        : NULL);
  add_date (builder, "start", look->has_result, &look->result.start);
  add_date (builder, "end", look->has_result, &look->result.end);
  sandbox_json_int (builder, "free_days", look->result.free_days);
  sandbox_json_int (builder, "net_cents", look->result.net_cents);
  sandbox_charge_to_json (preview->world, "next_charge", preview->account,
                          look->has_result ? &look->result.next_charge : &no_day,
                          look->result.next_cents, builder);
  add_label (preview, look);
  add_names (builder, "blockers", look->blockers);
  json_builder_end_object (builder);
}

static void
add_line (Preview *preview, const SandboxLine *line)
{
  g_autoptr (GPtrArray) blockers = g_ptr_array_new ();
  g_autoptr (SandboxInstallation) installation
      = sandbox_installation_load (preview->world, preview->account, line->installation);
  Look look = { .line = line, .installation = installation, .blockers = blockers };

  if (installation == NULL)
    block (&look, "not_found");
  else
    {
      look.subscription = sandbox_installation_subscription (preview->schedule, line->installation,
                                                             line->product->id);
      look.state
          = sandbox_installation_state (preview->schedule, line->installation, line->product->id);
      if (line->action == SANDBOX_LINE_BUY)
        check_purchase (preview, &look);
      else
        check_change (preview, &look);
    }
  compute (preview, &look);
  add_look (preview, &look);
  preview->net_cents += look.result.net_cents;
  for (guint i = 0; i < blockers->len; i++)
    if (!g_ptr_array_find (preview->blockers, g_ptr_array_index (blockers, i), NULL))
      g_ptr_array_add (preview->blockers, g_ptr_array_index (blockers, i));
}

static SandboxMoney
add_totals (Preview *preview)
{
  JsonBuilder *builder = preview->builder;
  SandboxMoney money = sandbox_money_of (preview->world, preview->account, preview->net_cents);

  sandbox_json_int (builder, "net_cents", preview->net_cents);
  json_builder_begin_array (json_builder_set_member_name (builder, "vat"));
  if (preview->net_cents > 0)
    {
      json_builder_begin_object (builder);
      sandbox_json_int (builder, "rate_bp", money.rate_bp);
      sandbox_json_int (builder, "net_cents", preview->net_cents);
      sandbox_json_int (builder, "vat_cents", money.vat_cents);
      sandbox_json_string (builder, "kind", money.kind);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  sandbox_json_int (builder, "vat_cents", money.vat_cents);
  sandbox_json_int (builder, "gross_cents", money.gross_cents);
  sandbox_json_int (builder, "due_now_cents", money.gross_cents);
  return money;
}

void
sandbox_terms_of_sale_to_json (SandboxWorld *world, JsonBuilder *builder)
{
  g_autofree char *version
      = sandbox_database_text (world->db, "SELECT terms_version FROM world", "");
  g_autofree char *url = g_strconcat (world->web_url, "/terms-of-sale", NULL);

  json_builder_begin_object (json_builder_set_member_name (builder, "terms_of_sale"));
  sandbox_json_string (builder, "version", version);
  sandbox_json_string (builder, "url", url);
  json_builder_end_object (builder);
}

static void
build (Preview *preview, GPtrArray *lines, SandboxPreview *out)
{
  JsonBuilder *builder = preview->builder;
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  sandbox_json_string (builder, "currency", "EUR");
  json_builder_begin_array (json_builder_set_member_name (builder, "lines"));
  for (guint i = 0; i < lines->len; i++)
    add_line (preview, g_ptr_array_index (lines, i));
  json_builder_end_array (builder);
  out->gross_cents = add_totals (preview).gross_cents;
  sandbox_payer_to_json (preview->account, preview->account->id, builder);
  add_names (builder, "blockers", preview->blockers);
  sandbox_terms_of_sale_to_json (preview->world, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  out->text = ttecomm_json_to_text (root);
  out->json = json_node_dup_object (root);
  out->blockers = json_object_get_array_member (out->json, "blockers");
}

SandboxPreview *
sandbox_preview_new (SandboxWorld *world, const SandboxAccount *account, GPtrArray *lines)
{
  g_autoptr (TtecommSchedule) schedule = sandbox_scheduler_load (world);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) blockers = g_ptr_array_new ();
  g_autoptr (GHashTable) awaited = sandbox_orders_awaited (world, account->id);
  Preview preview = { world, account, schedule, awaited, builder, 0, blockers };
  SandboxPreview *out;

  if (schedule == NULL)
    return NULL;
  out = g_new0 (SandboxPreview, 1);
  build (&preview, lines, out);
  return out;
}

void
sandbox_preview_free (SandboxPreview *preview)
{
  if (preview == NULL)
    return;
  json_object_unref (preview->json);
  g_free (preview->text);
  g_free (preview);
}

/* The quote is stored with its request, so that the order can compute it again. */
static char *
store (SandboxExchange *exchange, JsonObject *request, const SandboxPreview *preview)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), request);
  g_autofree char *request_text = ttecomm_json_to_text (node);
  g_autofree char *today = sandbox_clock_today_text (&exchange->world->clock);
  char *id = sandbox_id_new ("q");

  sandbox_database_run (
      exchange->world->db,
      "INSERT INTO quotes (id, account, valid_on, request, preview) VALUES (?, ?, ?, ?, ?)",
      "sssss", id, exchange->account->id, today, request_text, preview->text);
  return id;
}

void
sandbox_api_quote (SandboxExchange *exchange)
{
  SandboxWorld *world = exchange->world;
  g_autoptr (JsonObject) request = sandbox_exchange_read_json (exchange);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (SandboxPreview) preview = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *today = sandbox_clock_today_text (&world->clock);
  g_autoptr (GList) members = NULL;
  JsonBuilder *builder;

  if (request == NULL)
    return;
  lines = sandbox_lines_read (world, request, &error);
  if (lines == NULL)
    {
      sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
      return;
    }
  preview = sandbox_preview_new (world, exchange->account, lines);
  if (preview == NULL)
    return;
  if (json_array_get_length (preview->blockers) == 0)
    id = store (exchange, request, preview);
  builder = sandbox_json_new ();
  sandbox_json_string (builder, "quote_id", id);
  sandbox_json_string (builder, "valid_on", today);
  members = json_object_get_members (preview->json);
  for (GList *l = members; l != NULL; l = l->next)
    {
      json_builder_set_member_name (builder, l->data);
      json_builder_add_value (builder, json_object_dup_member (preview->json, l->data));
    }
  sandbox_card_to_json (exchange->account->card, builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
