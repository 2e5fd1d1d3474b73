/* SPDX-License-Identifier: MIT */
/* Every way of part B over a real connection, with every state of the cache: what is decided, why,
 * and in which words. Limits and budgets are half an hour away, but for the one that a row is
 * about: a verdict that comes is one that no timer gave. */
#include "plugin/page/desk-private.h"
#include "tests/harness/harness.h"
#include "tests/unit/gate/wire-fixture.h"

#include <string.h>

#define SHORT_MS 150
#define HOUR 3600

/* Part C, by the age of what is on disk. */
typedef struct
{
  gint64 age;
  TtecommGateOutcome outcome;
  TtecommGateCode code;
  const char *words; /* with the cause's in the place of {cause} */
} CacheRow;

static const CacheRow caches[] = {
  { WIRE_NO_CACHE, TTECOMM_GATE_WAIT, TTECOMM_GATE_CODE_FLAG_UNKNOWN,
    "Could not check the subscription of Villa Picos: {cause}" },
  { HOUR, TTECOMM_GATE_NOTE, TTECOMM_GATE_CODE_RECENT,
    "TTcloud could not be reached; using the check of " },
  { 24 * HOUR, TTECOMM_GATE_NOTE, TTECOMM_GATE_CODE_RECENT,
    "TTcloud could not be reached; using the check of " },
  { 24 * HOUR + 1, TTECOMM_GATE_NOTE, TTECOMM_GATE_CODE_STALE,
    "Using the check of yesterday at 14:13; the next one is needed by 23/09/2026 at 14:13" },
  { 72 * HOUR + 1, TTECOMM_GATE_WAIT, TTECOMM_GATE_CODE_GRACE_OVER,
    "TTcloud could not be reached since 18/09/2026" },
};

/* What the person reads, as the module would say it. (transfer full) */
static char *
put_into_words (WireFixture *f, const TtecommGateVerdict *verdict)
{
  static const TtecommModelSink sink = { 0 };
  g_autoptr (TtecommText) text = ttecomm_text_new ("en");
  g_autoptr (TtecommDesk) desk = ttecomm_desk_new (TTECOMM_CLOCK (f->clock), &sink, NULL);
  g_autoptr (TtecommDecision) decision = NULL;

  ttecomm_desk_set_text (desk, text);
  decision = ttecomm_desk_put_into_words (desk, verdict, WIRE_SITE, "Villa Picos");
  g_assert_cmpstr (decision->details, ==, verdict->details);
  return g_strdup (decision->message);
}

static void
assert_words (WireFixture *f, const TtecommGateVerdict *verdict, const char *words, const char *why)
{
  g_autofree char *message = put_into_words (f, verdict);
  g_auto (GStrv) parts = g_strsplit (words, "{cause}", 2);
  g_autofree char *expected = g_strjoinv (why, parts);

  g_test_message ("%s", message);
  if (!g_str_has_prefix (message, expected))
    g_assert_cmpstr (message, ==, expected);
}

static void
assert_verdict (WireFixture *f,
                const TtecommGateVerdict *verdict,
                const WireRow *row,
                const CacheRow *cache)
{
  gboolean by_budget = row->end == WIRE_GATE_BUDGET;

  g_test_message ("%s", verdict->details);
  g_assert_cmpstr (ttecomm_gate_code_to_string (verdict->decision.code), ==,
                   ttecomm_gate_code_to_string (cache->code));
  g_assert_cmpint (verdict->decision.outcome, ==, cache->outcome);
  g_assert_cmpstr (ttecomm_gate_cause_to_string (verdict->decision.cause), ==,
                   ttecomm_gate_cause_to_string (row->cause));
  g_assert_cmpuint (verdict->http_status, ==, by_budget ? 0 : row->status);
  /* TTcloud was reached, and refused the account. */
  if (row->cause == TTECOMM_GATE_CAUSE_SIGN_IN && cache->age != WIRE_NO_CACHE)
    assert_words (f, verdict, "TTcloud wants you to sign in again; ", "");
  else
    assert_words (f, verdict, cache->words, row->words);
  if (row->end != WIRE_AT_ONCE)
    g_assert_cmpint (verdict->total_us, >=, SHORT_MS * 1000);
  g_assert_cmpint (verdict->valid_until != 0, ==, cache->outcome == TTECOMM_GATE_NOTE);
}

typedef struct
{
  WireCloud *cloud;
  guint n;
} Asked;

static gboolean
was_asked (gpointer data)
{
  const Asked *asked = data;

  return wire_cloud_count (asked->cloud, WIRE_ASK) == asked->n;
}

/* Once, and not again. What ran out of time may not have come to its request yet: it does so behind
 * a decision, and never after a limit of its own. */
static void
assert_n_asked (WireFixture *f, const WireRow *row, guint n_before)
{
  Asked asked = { f->cloud, n_before + row->n_asked };

  if (row->end == WIRE_GATE_BUDGET)
    g_assert_true (wire_run_until (f, was_asked, &asked));
  else if (row->end == WIRE_AT_ONCE)
    g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, asked.n);
  else
    g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), <=, asked.n);
}

/* Whatever happens: no token, address, id or statement. */
static void
assert_no_secrets (const char *log)
{
  static const char *const secrets[]
      = { "access-", "refresh-", "mara@",           WIRE_SITE, TTECOMM_FAKE_ACCOUNT,
          "eyJ",     "Bearer",   TTECOMM_FAKE_NONCE };

  g_assert_cmpuint (strlen (log), >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (strstr (log, secrets[i]) != NULL)
      g_assert_cmpstr (log, ==, secrets[i]);
}

static void
test_row (gconstpointer data)
{
  const WireRow *row = data;
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  WireFixture f = { 0 };

  if (row->tls_version != NULL && openssl == NULL)
    {
      g_test_skip ("openssl is not installed");
      return;
    }
  wire_fixture_init (&f, row, harness_tmpdir (), SHORT_MS);
  for (gsize i = 0; i < G_N_ELEMENTS (caches); i++)
    {
      g_autoptr (TtecommGateVerdict) verdict = NULL;
      guint n_asked = wire_cloud_count (f.cloud, WIRE_ASK);
      guint n_keys = wire_cloud_count (f.cloud, WIRE_KEYS);
      guint n_connections = wire_cloud_get_n_connections (f.cloud);

      wire_fixture_put_cache (&f, caches[i].age);
      wire_fixture_start (&f, TRUE);
      verdict = wire_check (&f, TTECOMM_GATE_CLICK);
      assert_verdict (&f, verdict, row, &caches[i]);
      assert_n_asked (&f, row, n_asked);
      g_assert_cmpuint (wire_cloud_count (f.cloud, WIRE_KEYS) - n_keys, ==, row->n_keys);
      if (row->socket > TEST_RAW_SILENT)
        g_assert_cmpuint (wire_cloud_get_n_connections (f.cloud) - n_connections, ==, 1);
      wire_fixture_stop (&f);
    }
  assert_no_secrets (f.log->str);
  if (row->tls_version != NULL)
    wire_cloud_assert_nothing_came (f.cloud);
  wire_fixture_clear (&f);
}

/* So that no row is green because nothing works. */
static void
test_good (void)
{
  WireFixture f = { 0 };
  g_autoptr (TtecommGateVerdict) verdict = NULL;
  g_autoptr (TtecommGateVerdict) again = NULL;

  wire_fixture_init (&f, NULL, harness_tmpdir (), SHORT_MS);
  wire_fixture_start (&f, TRUE);
  verdict = wire_check (&f, TTECOMM_GATE_CLICK);
  g_assert_cmpint (verdict->decision.code, ==, TTECOMM_GATE_CODE_OK);
  g_assert_cmpint (verdict->decision.outcome, ==, TTECOMM_GATE_ALLOW);
  g_assert_cmpint (verdict->from, ==, TTECOMM_GATE_FROM_NET);
  g_assert_cmpuint (wire_cloud_count (f.cloud, WIRE_KEYS), ==, 1);
  again = wire_check (&f, TTECOMM_GATE_CLICK);
  g_assert_cmpint (again->from, ==, TTECOMM_GATE_FROM_MEMORY);
  g_assert_cmpuint (wire_cloud_count (f.cloud, WIRE_ASK), ==, 1);
  wire_fixture_clear (&f);
}

/* As it was sent. (transfer full) */
static char *
dup_nonce (WireCloud *cloud)
{
  g_autofree char *request = test_server_get_request (cloud->server, 0);
  const char *begin = strstr (request, "\"nonce\":\"");

  g_assert_nonnull (begin);
  return g_strndup (begin + strlen ("\"nonce\":\""), 22);
}

/* The line of gate.md, section 6, field by field and in order. */
static void
test_line (void)
{
  static const char line[]
      = "^time=2026-09-21T14:13:20Z installation=[0-9a-f]{4} outcome=ALLOW code=ok source=net "
        "dns=[0-9]+ms tcp=[0-9]+ms tls=[0-9]+ms first_byte=[0-9]+ms verify=[0-9]+us "
        "total=[0-9]+us http=200 kid=2026a ver=12 age=0s$";
  WireFixture f = { 0 };
  g_autoptr (TtecommGateVerdict) verdict = NULL;
  g_autofree char *logged = NULL;
  g_autofree char *nonce = NULL;

  wire_fixture_init (&f, NULL, harness_tmpdir (), SHORT_MS);
  wire_fixture_start (&f, TRUE);
  verdict = wire_check (&f, TTECOMM_GATE_CLICK);
  logged = g_strdup_printf ("%s\n", verdict->details);
  g_assert_cmpstr (f.log->str, ==, logged);
  g_test_message ("%s", verdict->details);
  g_assert_true (g_regex_match_simple (line, verdict->details, 0, 0));
  assert_no_secrets (f.log->str);
  nonce = dup_nonce (f.cloud);
  g_assert_null (strstr (f.log->str, nonce));
  wire_fixture_clear (&f);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "gate-wire", "good", test_good);
  harness_add (harness, "gate-wire", "line", test_line);
  for (gsize i = 0; i < wire_n_rows; i++)
    harness_add_full (harness, "gate-wire", wire_rows[i].name, test_row, (gpointer)&wire_rows[i],
                      NULL);
}

HARNESS_MAIN (register_tests)
