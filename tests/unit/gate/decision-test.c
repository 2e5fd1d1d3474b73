/* SPDX-License-Identifier: MIT */
#include "plugin/gate/decision.h"

#include "tests/harness/harness.h"
#include "tests/support/fake-signer.h"

#define IAT G_GINT64_CONSTANT (1790000000)
#define DAY 86400

/* What each code must come with, whatever the inputs. */
static const TtecommGateOutcome outcome_of[TTECOMM_GATE_N_CODES] = {
  [TTECOMM_GATE_CODE_CANCELLED] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_SIGN_IN] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_PROSOFT_OLD] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_NOT_LINKED] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_ROLE] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_ROLE_UNKNOWN] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_ACCESS_DISABLED_BY_OWNER] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_SUSPENDED] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_NOT_ACTIVATED] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_PAYMENT] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_ENDED] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_ENDED_CHECK] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_FLAG_OFF] = TTECOMM_GATE_DENY,
  [TTECOMM_GATE_CODE_NOT_CONNECTED] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_PAYMENT_SOON] = TTECOMM_GATE_NOTE,
  [TTECOMM_GATE_CODE_ENDS_SOON] = TTECOMM_GATE_NOTE,
  [TTECOMM_GATE_CODE_CLOCK] = TTECOMM_GATE_NOTE,
  [TTECOMM_GATE_CODE_OK] = TTECOMM_GATE_ALLOW,
  [TTECOMM_GATE_CODE_FLAG_UNKNOWN] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_CLOCK_UNREADABLE] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_CLOCK_BACK] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_UNKNOWN_WAS_NO] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_GRACE_OVER] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_RENEWAL_UNCONFIRMED] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_ENDED_UNCONFIRMED] = TTECOMM_GATE_WAIT,
  [TTECOMM_GATE_CODE_STALE] = TTECOMM_GATE_NOTE,
  [TTECOMM_GATE_CODE_RECENT] = TTECOMM_GATE_NOTE,
};

/* Counts every way of filling in the inputs; each digit of the counter is one input. */
typedef struct
{
  guint64 rest;
  TtecommGateFacts facts;
  TtecommGateInputs inputs;
  gint64 offline_time; /* what the trusted time is when only the cache is left; 0: none */
} Case;

static guint
take (Case *c, guint base)
{
  guint digit = (guint)(c->rest % base);

  c->rest /= base;
  return digit;
}

static void
fill_facts (Case *c)
{
  static const gint64 until[] = { 0, 1, 299, 300, DAY, 30 * DAY, 30 * DAY + 1, 400 * DAY };

  c->facts = (TtecommGateFacts){ .iat = IAT, .exp = IAT + 72 * 3600, .min_prosoft = "3.7.3" };
  c->facts.state = (TtecommServiceState)take (c, 6);
  c->facts.role = (TtecommStatementRole)take (c, 4);
  c->facts.si_access = take (c, 2) != 0;
  c->facts.connected = take (c, 2) != 0;
  c->facts.flag = take (c, 2) != 0;
  c->facts.renew = take (c, 2) != 0;
  c->facts.until_ts = IAT + until[take (c, G_N_ELEMENTS (until))];
}

static void
fill_cache (Case *c, gint64 elapsed)
{
  static const char *const boots[] = { "b1", "b1", "b2", NULL };
  guint kind = take (c, 5);

  if (kind == 4)
    return;
  c->inputs.cache = &c->facts;
  c->inputs.cache_boot_id = boots[kind];
  c->inputs.cache_boottime = kind == 1 ? c->inputs.boottime + 1 : c->inputs.boottime - elapsed;
  c->inputs.high_water = IAT + 3600;
  if (kind == 0)
    c->offline_time = IAT + elapsed;
  else if (c->inputs.has_wall && c->inputs.wall >= c->inputs.high_water - 600)
    c->offline_time = MAX (c->inputs.wall, c->inputs.high_water);
}

static void
fill_clocks (Case *c)
{
  static const gint64 walls[]
      = { 0,          IAT - 601,     IAT + 3000,
          IAT + 3599, IAT + 2 * DAY, G_GINT64_CONSTANT (4070908800) /* 2099 */ };
  guint wall = take (c, G_N_ELEMENTS (walls) + 1);

  c->inputs.boot_id = "b1";
  c->inputs.boottime = 1000000;
  c->inputs.has_wall = wall < G_N_ELEMENTS (walls);
  c->inputs.wall = c->inputs.has_wall ? walls[wall] : 0;
}

/* FALSE when the counter has run out of cases. */
static gboolean
fill (Case *c, guint64 number)
{
  static const gint64 ages[] = { -1, 0, 299, 300 };
  static const gint64 elapsed[] = { 0, DAY, DAY + 1, 72 * 3600, 72 * 3600 + 1 };
  guint age;

  *c = (Case){ .rest = number };
  fill_facts (c);
  fill_clocks (c);
  fill_cache (c, elapsed[take (c, G_N_ELEMENTS (elapsed))]);
  age = take (c, G_N_ELEMENTS (ages) + 1);
  if (age < G_N_ELEMENTS (ages))
    {
      c->inputs.answer = &c->facts;
      c->inputs.answer_age = ages[age];
    }
  c->inputs.prosoft = take (c, 2) != 0 ? "3.10" : "3.7.2.9";
  c->inputs.signed_in = TRUE;
  c->inputs.cause = TTECOMM_GATE_CAUSE_OFFLINE;
  return c->rest == 0;
}

static gboolean
is_online (const Case *c)
{
  return c->inputs.answer != NULL && c->inputs.answer_age >= 0 && c->inputs.answer_age < 300;
}

/* Nothing opens that a verified answer does not open, and nothing at or after its end. */
static void
check_opening (const Case *c, const TtecommGateDecision *d)
{
  const TtecommGateFacts *facts = &c->facts;
  gint64 t = is_online (c) ? IAT + c->inputs.answer_age : c->offline_time;

  if (!ttecomm_gate_outcome_opens (d->outcome))
    return;
  g_assert_true (is_online (c) || c->inputs.cache != NULL);
  g_assert_cmpint (t, >, 0);
  g_assert_cmpint (d->time, ==, t);
  g_assert_cmpint (t, <, facts->until_ts);
  g_assert_true (facts->flag && facts->connected);
  g_assert_true (facts->state == TTECOMM_SERVICE_STATE_ACTIVE
                 || facts->state == TTECOMM_SERVICE_STATE_PAYMENT_FAILED);
  g_assert_true (facts->role == TTECOMM_STATEMENT_ROLE_OWNER
                 || (facts->role == TTECOMM_STATEMENT_ROLE_SI && facts->si_access));
  g_assert_cmpstr (c->inputs.prosoft, ==, "3.10");
  if (!is_online (c))
    g_assert_cmpint (t, <=, facts->exp);
}

/* One code, one outcome; a verified reason needs a verified answer to this question. */
static void
check_words (const Case *c, const TtecommGateDecision *d)
{
  g_assert_cmpint (outcome_of[d->code], ==, d->outcome);
  g_assert_true (is_online (c) || d->outcome != TTECOMM_GATE_DENY);
  g_assert_cmpint (d->cause, ==, is_online (c) ? TTECOMM_GATE_CAUSE_NONE : c->inputs.cause);
  g_assert_true ((d->was != TTECOMM_GATE_CODE_NONE)
                 == (d->code == TTECOMM_GATE_CODE_UNKNOWN_WAS_NO));
  if (d->was != TTECOMM_GATE_CODE_NONE)
    g_assert_false (ttecomm_gate_outcome_opens (outcome_of[d->was]));
}

/* Somebody turns the PC's clock: online nothing changes but the note about it. */
static void
check_wall_is_ignored_online (Case *c, const TtecommGateDecision *d)
{
  TtecommGateDecision other;
  TtecommGateInputs inputs = c->inputs;

  if (!is_online (c))
    return;
  inputs.has_wall = FALSE;
  other = ttecomm_gate_decide (&inputs);
  if (d->code == TTECOMM_GATE_CODE_CLOCK)
    g_assert_cmpint (other.code, ==, TTECOMM_GATE_CODE_OK);
  else
    g_assert_cmpint (other.code, ==, d->code);
}

static void
check_cause_is_words_only (Case *c, const TtecommGateDecision *d)
{
  TtecommGateInputs inputs = c->inputs;
  TtecommGateDecision other;

  inputs.cause = TTECOMM_GATE_CAUSE_KEYS;
  other = ttecomm_gate_decide (&inputs);
  g_assert_cmpint (other.outcome, ==, d->outcome);
  g_assert_cmpint (other.code, ==, d->code);
  g_assert_cmpint (other.was, ==, d->was);
}

/* Every combination of the inputs at their borders. */
static void
test_every_combination (void)
{
  gboolean seen[TTECOMM_GATE_N_CODES] = { FALSE };
  guint64 n = 0;
  Case c;

  for (; fill (&c, n); n++)
    {
      TtecommGateDecision d = ttecomm_gate_decide (&c.inputs);

      seen[d.code] = TRUE;
      check_opening (&c, &d);
      check_words (&c, &d);
      check_wall_is_ignored_online (&c, &d);
      check_cause_is_words_only (&c, &d);
    }
  g_assert_cmpuint (n, ==, 384 * 8 * 7 * 5 * 5 * 5 * 2);
  for (guint i = TTECOMM_GATE_CODE_PROSOFT_OLD; i < TTECOMM_GATE_N_CODES; i++)
    {
      g_test_message ("%s", ttecomm_gate_code_to_string ((TtecommGateCode)i));
      g_assert_true (seen[i]);
    }
}

/* Rows 0 and 1 come before everything. */
static void
test_person_first (void)
{
  for (guint64 n = 0; n < 100000; n += 7)
    {
      TtecommGateDecision d;
      Case c;

      g_assert_true (fill (&c, n));
      c.inputs.signed_in = FALSE;
      d = ttecomm_gate_decide (&c.inputs);
      g_assert_cmpint (d.code, ==, TTECOMM_GATE_CODE_SIGN_IN);
      g_assert_cmpint (d.cause, ==, TTECOMM_GATE_CAUSE_NONE);
      c.inputs.cancelled = TRUE;
      d = ttecomm_gate_decide (&c.inputs);
      g_assert_cmpint (d.code, ==, TTECOMM_GATE_CODE_CANCELLED);
      g_assert_cmpint (d.outcome, ==, TTECOMM_GATE_WAIT);
    }
}

/* Within one boot, no clock and no waiting ever opens again what had closed. */
static void
test_time_only_closes (void)
{
  TtecommGateFacts facts = { .iat = IAT,
                             .exp = IAT + 72 * 3600,
                             .until_ts = IAT + 50 * 3600,
                             .flag = TRUE,
                             .renew = TRUE,
                             .state = TTECOMM_SERVICE_STATE_ACTIVE,
                             .role = TTECOMM_STATEMENT_ROLE_OWNER,
                             .connected = TRUE,
                             .min_prosoft = "1" };
  TtecommGateInputs inputs = { .signed_in = TRUE,
                               .prosoft = "5.1",
                               .has_wall = TRUE,
                               .boot_id = "b1",
                               .cache = &facts,
                               .cache_boot_id = "b1",
                               .cache_boottime = 77,
                               .high_water = IAT };
  static const gint64 walls[] = { 0, IAT, G_GINT64_CONSTANT (4070908800) };
  gboolean open = TRUE;

  for (gint64 minutes = 0; minutes < 100 * 60; minutes++)
    for (guint i = 0; i < G_N_ELEMENTS (walls); i++)
      {
        gboolean opens;

        inputs.boottime = 77 + minutes * 60;
        inputs.wall = walls[i];
        opens = ttecomm_gate_outcome_opens (ttecomm_gate_decide (&inputs).outcome);
        g_assert_true (open || !opens);
        g_assert_cmpint (opens, ==, minutes * 60 < 50 * 3600);
        open = opens;
      }
}

/* Whatever of the clocks is in doubt, the session does not open by it: not by a boot clock that was
 * unknown when the answer came, nor by a second line that claims to know of no time at all. */
static void
test_doubtful_clocks (void)
{
  TtecommGateFacts facts = { .iat = IAT,
                             .exp = IAT + 72 * 3600,
                             .until_ts = IAT + 50 * 3600,
                             .flag = TRUE,
                             .renew = TRUE,
                             .state = TTECOMM_SERVICE_STATE_ACTIVE,
                             .role = TTECOMM_STATEMENT_ROLE_OWNER,
                             .connected = TRUE,
                             .min_prosoft = "1" };
  static const struct
  {
    const char *boot_id;
    gint64 boottime;
    gint64 cache_boottime;
    gint64 wall; /* -1: cannot be read */
    gint64 high_water;
    TtecommGateCode code;
    gint64 time;
  } rows[] = {
    { "b1", 77, 77, -1, IAT, TTECOMM_GATE_CODE_RECENT, IAT },
    { "b1", 100, 0, -1, IAT, TTECOMM_GATE_CODE_RECENT, IAT + 100 },
    { "b1", 100, -1, -1, IAT, TTECOMM_GATE_CODE_CLOCK_UNREADABLE, 0 },
    { "b1", -1, -1, -1, IAT, TTECOMM_GATE_CODE_CLOCK_UNREADABLE, 0 },
    { "b1", 76, 77, -1, IAT, TTECOMM_GATE_CODE_CLOCK_UNREADABLE, 0 },
    { "b2", 100, 77, IAT - 601, 0, TTECOMM_GATE_CODE_CLOCK_BACK, 0 },
    { "b2", 100, 77, IAT - 600, 0, TTECOMM_GATE_CODE_RECENT, IAT },
    { "b2", 100, 77, IAT + 1, 0, TTECOMM_GATE_CODE_RECENT, IAT + 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TtecommGateInputs inputs = { .signed_in = TRUE,
                                   .prosoft = "5.1",
                                   .has_wall = rows[i].wall >= 0,
                                   .wall = rows[i].wall,
                                   .boot_id = rows[i].boot_id,
                                   .boottime = rows[i].boottime,
                                   .cache = &facts,
                                   .cache_boot_id = "b1",
                                   .cache_boottime = rows[i].cache_boottime,
                                   .high_water = rows[i].high_water };
      TtecommGateDecision d = ttecomm_gate_decide (&inputs);

      g_test_message ("row %u", i);
      g_assert_cmpint (d.code, ==, rows[i].code);
      g_assert_cmpint (d.time, ==, rows[i].time);
    }
}

static void
test_facts_from_statement (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommFakeStatement fake = ttecomm_fake_statement ("TT-0001", IAT);
  TtecommStatementExpected expected
      = { signer->keys, "TT-0001", TTECOMM_FAKE_ACCOUNT, TTECOMM_FAKE_NONCE, 0 };
  g_autofree char *text = NULL;
  g_autoptr (TtecommStatement) statement = NULL;
  TtecommGateFacts facts;

  fake.state = "payment_failed";
  fake.role = "owner";
  fake.renew = FALSE;
  text = ttecomm_fake_signer_sign (signer, &fake);
  statement = ttecomm_statement_verify (text, strlen (text), &expected, NULL);
  ttecomm_gate_facts_from_statement (&facts, statement);
  g_assert_cmpint (facts.iat, ==, IAT);
  g_assert_cmpint (facts.exp, ==, fake.exp);
  g_assert_cmpint (facts.until_ts, ==, fake.until_ts);
  g_assert_true (facts.flag && facts.si_access && facts.connected);
  g_assert_false (facts.renew);
  g_assert_cmpint (facts.state, ==, TTECOMM_SERVICE_STATE_PAYMENT_FAILED);
  g_assert_cmpint (facts.role, ==, TTECOMM_STATEMENT_ROLE_OWNER);
  g_assert_cmpstr (facts.min_prosoft, ==, "3.7.3");
}

/* The services stand in any order. */
static void
test_facts_of_remote_services (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommFakeStatement fake = ttecomm_fake_statement ("TT-0001", IAT);
  TtecommStatementExpected expected
      = { signer->keys, "TT-0001", TTECOMM_FAKE_ACCOUNT, TTECOMM_FAKE_NONCE, 0 };
  g_autofree char *plain = ttecomm_fake_statement_to_json (&fake);
  g_autoptr (GString) json = g_string_new (plain);
  g_autofree char *text = NULL;
  g_autoptr (TtecommStatement) statement = NULL;
  TtecommGateFacts facts;

  g_assert_cmpuint (g_string_replace (json, "\"svc\":{",
                                      "\"svc\":{\"ATMOS\":{\"flag\":false,\"renew\":false,"
                                      "\"state\":\"suspended\"},",
                                      0),
                    ==, 1);
  text = ttecomm_fake_signer_sign_json (signer, json->str);
  statement = ttecomm_statement_verify (text, strlen (text), &expected, NULL);
  g_assert_nonnull (statement);
  ttecomm_gate_facts_from_statement (&facts, statement);
  g_assert_cmpint (facts.state, ==, TTECOMM_SERVICE_STATE_ACTIVE);
  g_assert_cmpint (facts.until_ts, ==, fake.until_ts);
  g_assert_true (facts.flag && facts.renew);
}

static void
test_words (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 1; i < TTECOMM_GATE_N_CODES; i++)
    g_assert_true (
        g_hash_table_add (words, (char *)ttecomm_gate_code_to_string ((TtecommGateCode)i)));
  for (guint i = 0; i < TTECOMM_GATE_N_CAUSES; i++)
    {
      TtecommGateCause back = TTECOMM_GATE_CAUSE_SLOW;

      g_assert_true (
          ttecomm_gate_cause_from_string (ttecomm_gate_cause_to_string ((TtecommGateCause)i),
                                          &back));
      g_assert_cmpuint (back, ==, i);
    }
  {
    TtecommGateCause untouched = TTECOMM_GATE_CAUSE_SLOW;

    g_assert_false (ttecomm_gate_cause_from_string ("Slow", &untouched));
    g_assert_cmpint (untouched, ==, TTECOMM_GATE_CAUSE_SLOW);
  }
}

static void
register_tests (Harness *harness)
{
  /* rules: S25 H15 C15 C26 */
  harness_add (harness, "decision", "every-combination", test_every_combination);
  harness_add (harness, "decision", "person-first", test_person_first);
  harness_add (harness, "decision", "time-only-closes", test_time_only_closes);
  harness_add (harness, "decision", "doubtful-clocks", test_doubtful_clocks);
  /* rules: S8 S24 */
  harness_add (harness, "decision", "facts-from-statement", test_facts_from_statement);
  harness_add (harness, "decision", "facts-of-remote-services", test_facts_of_remote_services);
  harness_add (harness, "decision", "words", test_words);
}

HARNESS_MAIN (register_tests)
