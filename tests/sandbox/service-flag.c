/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/service-flag.h"

#include <string.h>

#include "base/civil-date.h"
#include "base/json.h"
#include "tests/sandbox/api.h"
#include "tests/sandbox/faults.h"
#include "tests/sandbox/installation.h"
#include "tests/sandbox/scheduler.h"
#include "tests/sandbox/secrets.h"

/* The server decides how long a statement may be used; 72 hours is the most (gate.md, section 2).
 */
#define LIFE_SECONDS (72 * 60 * 60)
#define NEXT_POLL_SECONDS (60 * 60)
#define MIN_PROSOFT "3.7.3"

/* One request as its statement sees it. */
typedef struct
{
  SandboxWorld *world;
  const char *sub;
  const char *account;
  const char *nonce;
  SandboxInstallation *installation; /* (nullable): not linked */
  TtecommSchedule *schedule;
  SandboxFaultKind fault;
} Question;

/* The statement's word for it, which the gate alone reads (rules.md, 4b). */
static const char *
state_word (const Question *question, TtecommState state)
{
  if (question->installation == NULL)
    return "not_linked";
  if (question->installation->suspended)
    return "suspended";
  switch (state)
    {
    case TTECOMM_STATE_ACTIVE:
    case TTECOMM_STATE_ENDING:
      return "active";
    case TTECOMM_STATE_PAST_DUE:
      return "payment_failed";
    case TTECOMM_STATE_EXPIRED:
      return "ended";
    case TTECOMM_STATE_NONE:
    case TTECOMM_STATE_REQUESTED:
    case TTECOMM_STATE_REJECTED:
    case TTECOMM_STATE_SCHEDULED:
    default:
      return "not_activated";
    }
}

static void
add_until (const Question *question, const TtecommSubscription *subscription, JsonBuilder *builder)
{
  char until[TTECOMM_DATE_SIZE];

  if (subscription == NULL)
    {
      sandbox_json_string (builder, "until", NULL);
      sandbox_json_string (builder, "until_ts", NULL);
      return;
    }
  ttecomm_date_format (&subscription->end, until);
  sandbox_json_string (builder, "until", until);
  sandbox_json_int (builder, "until_ts",
                    sandbox_clock_day_ends (&question->world->clock, &subscription->end));
}

static void
add_service (const Question *question, const SandboxProduct *product, JsonBuilder *builder)
{
  const TtecommSubscription *subscription = NULL;
  TtecommState state = TTECOMM_STATE_NONE;
  gboolean runs;

  if (question->installation != NULL)
    {
      subscription
          = sandbox_installation_subscription (question->schedule, question->sub, product->id);
      state = sandbox_installation_state (question->schedule, question->sub, product->id);
    }
  runs = subscription != NULL
         && ttecomm_subscription_runs (subscription, &question->schedule->today);
  json_builder_begin_object (json_builder_set_member_name (builder, product->id));
  sandbox_json_boolean (builder, "flag", runs && !question->installation->suspended);
  add_until (question, subscription, builder);
  sandbox_json_boolean (builder, "renew", runs && subscription->auto_renew);
  sandbox_json_string (builder, "state", state_word (question, state));
  json_builder_end_object (builder);
}

static const char *
role_word (const Question *question)
{
  if (question->installation == NULL)
    return "unknown";
  return g_str_equal (question->installation->role, "integrator") ? "si"
                                                                  : question->installation->role;
}

/* The person who pays for remote sessions, by name. */
static void
add_payer (const Question *question, JsonBuilder *builder)
{
  const TtecommSubscription *subscription;
  g_autoptr (SandboxAccount) payer = NULL;

  if (question->installation == NULL)
    return;
  subscription = sandbox_installation_subscription (question->schedule, question->sub, "RS");
  if (subscription != NULL)
    payer = sandbox_account_find (question->world, subscription->payer);
  if (payer != NULL)
    sandbox_json_string (builder, "payer", payer->name);
}

static void
add_people (const Question *question, JsonBuilder *builder)
{
  const SandboxInstallation *installation = question->installation;

  json_builder_begin_object (json_builder_set_member_name (builder, "who"));
  sandbox_json_string (builder, "role", role_word (question));
  sandbox_json_boolean (builder, "si_access", installation != NULL && installation->si_access);
  json_builder_end_object (builder);
  json_builder_begin_object (json_builder_set_member_name (builder, "cloud"));
  sandbox_json_boolean (builder, "connected", installation != NULL && installation->connected);
  sandbox_json_int (builder, "seen", installation != NULL ? MAX (installation->last_seen, 0) : 0);
  json_builder_end_object (builder);
}

static gint64
version_of (const Question *question)
{
  return sandbox_database_int (question->world->db, 1, "SELECT ver FROM installations WHERE id = ?",
                               "s", question->sub);
}

static void
add_claims (const Question *question, JsonBuilder *builder)
{
  gint64 now = sandbox_clock_now (&question->world->clock);
  gint64 life = question->fault == SANDBOX_FAULT_LONG_EXP ? 30 * LIFE_SECONDS : LIFE_SECONDS;

  sandbox_json_string (builder, "iss", "ttcloud");
  sandbox_json_string (builder, "aud", "prosoft-remote");
  sandbox_json_string (builder, "env",
                       question->fault == SANDBOX_FAULT_WRONG_ENV ? "prod" : "sandbox");
  sandbox_json_string (builder, "sub",
                       question->fault == SANDBOX_FAULT_WRONG_SITE ? "another-site"
                                                                   : question->sub);
  sandbox_json_string (builder, "acct", question->account);
  sandbox_json_int (builder, "ver", version_of (question));
  sandbox_json_int (builder, "iat", now);
  sandbox_json_int (builder, "exp", now + life);
  if (question->fault == SANDBOX_FAULT_WRONG_NONCE)
    sandbox_json_string (builder, "nonce", "AAAAAAAAAAAAAAAAAAAAAA");
  else if (question->fault != SANDBOX_FAULT_NO_NONCE)
    sandbox_json_string (builder, "nonce", question->nonce);
}

/* (transfer full): the payload */
static char *
state_claims (const Question *question)
{
  const GPtrArray *products = question->world->catalogue->products;
  JsonBuilder *builder = sandbox_json_new ();

  add_claims (question, builder);
  json_builder_begin_object (json_builder_set_member_name (builder, "svc"));
  for (guint i = 0; i < products->len; i++)
    add_service (question, g_ptr_array_index (products, i), builder);
  json_builder_end_object (builder);
  add_people (question, builder);
  sandbox_json_string (builder, "min_prosoft", MIN_PROSOFT);
  sandbox_json_int (builder, "next", NEXT_POLL_SECONDS);
  add_payer (question, builder);
  return sandbox_json_finish (builder);
}

/* (transfer full) (nullable) */
static char *
sign (const Question *question, const char *payload, GError **error)
{
  SandboxTrust *trust = question->world->trust;
  char *statement;

  if (question->fault == SANDBOX_FAULT_UNKNOWN_KID)
    return sandbox_trust_sign_unknown (trust, payload, error);
  if (question->fault == SANDBOX_FAULT_ALG_NONE)
    return sandbox_trust_sign_none (payload);
  statement = sandbox_trust_sign (trust, payload, error);
  if (statement != NULL && question->fault == SANDBOX_FAULT_BAD_SIGNATURE)
    {
      char *signature = strrchr (statement, '.') + 1;

      *signature = *signature == 'A' ? 'B' : 'A';
    }
  return statement;
}

static gboolean
nonce_is_whole (const char *nonce)
{
  return strlen (nonce) == 22 && strspn (nonce, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == 22;
}

gboolean
sandbox_service_flag_read (SandboxExchange *exchange,
                           JsonObject *object,
                           const char **installation,
                           const char **nonce)
{
  static const char *const members[] = { "installation", "nonce", NULL };
  g_autoptr (GError) error = NULL;

  if (!sandbox_exchange_only_members (exchange, object, members))
    return FALSE;
  if (!ttecomm_json_get_string (object, "installation", 64, installation, &error)
      || !ttecomm_json_get_string (object, "nonce", 22, nonce, &error))
    {
      sandbox_exchange_problem (exchange, "invalid", "%s", error->message);
      return FALSE;
    }
  if (!sandbox_exchange_is_id (*installation) || !nonce_is_whole (*nonce))
    {
      sandbox_exchange_problem (exchange, "invalid", "installation or nonce is not well-formed.");
      return FALSE;
    }
  sandbox_witness ("nonce", *nonce);
  return TRUE;
}

char *
sandbox_service_flag_state (SandboxExchange *exchange,
                            TtecommSchedule *schedule,
                            const char *installation,
                            const char *nonce)
{
  SandboxWorld *world = exchange->world;
  g_autoptr (SandboxInstallation) linked
      = sandbox_installation_load (world, exchange->account, installation);
  const Question question = {
    .world = world,
    .sub = installation,
    .account = exchange->account->id,
    .nonce = nonce,
    .installation = linked,
    .schedule = schedule,
    .fault = sandbox_faults_take (world, SANDBOX_FAULT_STATEMENT, exchange->path).kind,
  };
  g_autofree char *payload = state_claims (&question);
  g_autoptr (GError) error = NULL;
  char *statement = sign (&question, payload, &error);

  if (statement == NULL)
    sandbox_exchange_problem (exchange, "internal", "%s", error->message);
  return statement;
}

void
sandbox_api_service_flag (SandboxExchange *exchange)
{
  g_autoptr (JsonObject) object = sandbox_exchange_read_json (exchange);
  g_autoptr (TtecommSchedule) schedule = NULL;
  g_autofree char *statement = NULL;
  const char *installation;
  const char *nonce;
  JsonBuilder *builder;

  if (object == NULL || !sandbox_service_flag_read (exchange, object, &installation, &nonce))
    return;
  schedule = sandbox_scheduler_load (exchange->world);
  if (schedule != NULL)
    statement = sandbox_service_flag_state (exchange, schedule, installation, nonce);
  if (statement == NULL)
    return;
  builder = sandbox_json_new ();
  sandbox_json_string (builder, "statement", statement);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}

void
sandbox_api_keys (SandboxExchange *exchange)
{
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_json_string (builder, "keys", sandbox_trust_key_set (exchange->world->trust));
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
