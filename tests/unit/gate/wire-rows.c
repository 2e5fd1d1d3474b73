/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/wire-rows.h"

#include "tests/unit/gate/wire-statements.h"

#define DAY (24 * 3600)

/* The words of part B. */
#define ALTERED                                                                                    \
  "The answer from TTcloud could not be verified, so it was not used. Something between this PC "  \
  "and TTcloud may change data (proxy, antivirus)"
#define KEYS "This module does not know TTcloud's current key. Updating PROSOFT usually solves this"
#define SITE "TTcloud answered for another installation. Nothing was changed"
#define PORTAL "This network asks you to sign in first (hotel or guest network?)"
#define SIGN_IN "TTcloud wants you to sign in again"
#define BUSY(status) "TTcloud is busy or a proxy refused the request (" status ")"
#define DATE "The date of this PC looks wrong (21/09/2026"
#define TRUST "The secure connection is intercepted or misconfigured: "
#define UNREACHED "TTcloud could not be reached"

#define HEAD(status, type) "HTTP/1.1 " status " Test\r\nContent-Type: " type "\r\n"
#define PAGE "<!DOCTYPE html><title>Guest network</title>"
/* No Content-Length: the end of the connection is the end of the body. */
#define ANSWER(status, type, headers, body)                                                        \
  HEAD (status, type) headers "Connection: close\r\n\r\n" body
#define PLAIN(status, headers) ANSWER (status, "text/plain", headers, "no\n")

#define C(word) TTECOMM_GATE_CAUSE_##word
#define BAD_STATEMENT(row_name, function, row_cause, row_words)                                    \
  {                                                                                                \
    .name = (row_name), .statement = (function), .cause = C (row_cause), .status = 200,            \
    .words = (row_words), .n_asked = 1                                                             \
  }
#define STATUS(row_name, number, headers, row_cause)                                               \
  {                                                                                                \
    .name = (row_name), .bytes = PLAIN (#number, headers), .then = TEST_THEN_CLOSE,                \
    .cause = C (row_cause), .status = (number), .words = BUSY (#number), .n_asked = 1              \
  }
#define NAME(row_name, row_address, row_cause)                                                     \
  {                                                                                                \
    .name = (row_name), .host = "ttcloud.test", .address = (row_address), .cause = C (row_cause),  \
    .words = UNREACHED                                                                             \
  }
#define VERSION(row_name, option)                                                                  \
  {                                                                                                \
    .name = (row_name), .tls_version = (option), .cause = C (TLS_TRUST), .words = TRUST            \
  }
#define SOCKET(row_name, fault, row_cause, row_words)                                              \
  {                                                                                                \
    .name = (row_name), .socket = (fault), .cause = C (row_cause), .words = (row_words)            \
  }

const WireRow wire_rows[] = {
  /* B1 */
  BAD_STATEMENT ("bad-signature", wire_statement_bad_signature, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("bad-claims", wire_statement_bad_claims, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("alg-none", wire_statement_alg_none, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("crit", wire_statement_crit_header, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("other-typ", wire_statement_other_typ, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("over-long", wire_statement_over_long, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("cut-statement", wire_statement_cut_statement, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("duplicate-claims", wire_statement_duplicate_claims, REPLY_ALTERED, ALTERED),
  BAD_STATEMENT ("long-exp", wire_statement_long_exp, REPLY_ALTERED, ALTERED),
  { .name = "duplicate-members",
    .statement = wire_statement_good,
    .around = "{\"statement\":\"x\",\"server_today\":\"2026-09-21\",\"statement\":\"%s\"}",
    .cause = C (REPLY_ALTERED),
    .status = 200,
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "bad-json",
    .statement = wire_statement_good,
    .around = "{\"server_today\":\"2026-09-21\",%s",
    .cause = C (REPLY_ALTERED),
    .status = 200,
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "no-statement",
    .statement = wire_statement_good,
    .around = "{\"server_today\":\"2026-09-21\",\"sentiment\":\"%s\"}",
    .cause = C (REPLY_ALTERED),
    .status = 200,
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "empty-body",
    .bytes = ANSWER ("200", "application/json", "", ""),
    .then = TEST_THEN_CLOSE,
    .cause = C (REPLY_ALTERED),
    .status = 200,
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "cut-body",
    .bytes = HEAD ("200", "application/json") "Content-Length: 900\r\n\r\n{\"server_today\":",
    .then = TEST_THEN_CLOSE,
    .cause = C (REPLY_ALTERED),
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "cut-body-1-0",
    .bytes = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
             "{\"server_today\":",
    .then = TEST_THEN_CLOSE,
    .cause = C (REPLY_ALTERED),
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "cut-chunks",
    .bytes = HEAD ("200", "application/json") "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    .then = TEST_THEN_CLOSE,
    .cause = C (REPLY_ALTERED),
    .status = 200,
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "huge-body",
    .bytes = HEAD ("200", "application/json") "Content-Length: 16777216\r\n\r\n{",
    .then = TEST_THEN_STALL,
    .cause = C (REPLY_ALTERED),
    .words = ALTERED,
    .n_asked = 1 },
  { .name = "another-server",
    .bytes = "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n",
    .then = TEST_THEN_CLOSE,
    .cause = C (REPLY_ALTERED),
    .words = ALTERED,
    .n_asked = 1 },
  /* B2 */
  { .name = "unknown-kid",
    .statement = wire_statement_unknown_kid,
    .cause = C (KEYS),
    .status = 200,
    .words = KEYS,
    .n_asked = 1,
    .n_keys = 1 },
  { .name = "unknown-kid-and-busy",
    .statement = wire_statement_unknown_kid,
    .keys = PLAIN ("503", ""),
    .cause = C (BUSY),
    .status = 503,
    .words = BUSY ("503"),
    .n_asked = 1,
    .n_keys = 1 },
  { .name = "unknown-kid-and-bad-keys",
    .statement = wire_statement_unknown_kid,
    .keys = ANSWER ("200",
                    "application/json",
                    "",
                    "{\"server_today\":\"2026-09-21\",\"keys\":\"a.b.c\"}"),
    .cause = C (REPLY_ALTERED),
    .status = 200,
    .words = ALTERED,
    .n_asked = 1,
    .n_keys = 1 },
  /* B3 */
  BAD_STATEMENT ("wrong-nonce", wire_statement_wrong_nonce, REPLAY, ALTERED),
  BAD_STATEMENT ("no-nonce", wire_statement_no_nonce, REPLAY, ALTERED),
  /* B4 */
  /* rules: S14 */
  BAD_STATEMENT ("wrong-site", wire_statement_wrong_site, WRONG_SITE, SITE),
  BAD_STATEMENT ("wrong-account", wire_statement_wrong_account, WRONG_SITE, SITE),
  BAD_STATEMENT ("wrong-env", wire_statement_wrong_env, WRONG_SITE, SITE),
  BAD_STATEMENT ("wrong-audience", wire_statement_wrong_audience, WRONG_SITE, SITE),
  BAD_STATEMENT ("wrong-issuer", wire_statement_wrong_issuer, WRONG_SITE, SITE),
  /* B5 */
  { .name = "html-200",
    .bytes = ANSWER ("200", "text/html", "", PAGE),
    .then = TEST_THEN_CLOSE,
    .cause = C (PORTAL),
    .status = 200,
    .words = PORTAL,
    .n_asked = 1 },
  { .name = "redirect-foreign",
    .bytes = ANSWER ("302", "text/html", "Location: https://portal.hotel.example/login\r\n", PAGE),
    .then = TEST_THEN_CLOSE,
    .cause = C (PORTAL),
    .status = 302,
    .words = PORTAL,
    .n_asked = 1 },
  { .name = "redirect-foreign-307",
    .bytes = ANSWER ("307", "text/html", "Location: http://portal.hotel.example/\r\n", PAGE),
    .then = TEST_THEN_CLOSE,
    .cause = C (PORTAL),
    .status = 307,
    .words = PORTAL,
    .n_asked = 1 },
  { .name = "redirect-nowhere",
    .bytes = ANSWER ("302", "text/html", "", PAGE),
    .then = TEST_THEN_CLOSE,
    .cause = C (PORTAL),
    .status = 302,
    .words = PORTAL,
    .n_asked = 1 },
  { .name = "network-login-511",
    .bytes = ANSWER ("511", "text/html", "", PAGE),
    .then = TEST_THEN_CLOSE,
    .cause = C (PORTAL),
    .status = 511,
    .words = PORTAL,
    .n_asked = 1 },
  /* B6 */
  { .name = "unauthorized-401",
    .bytes = PLAIN ("401", "WWW-Authenticate: Bearer\r\n"),
    .then = TEST_THEN_CLOSE,
    .cause = C (SIGN_IN),
    .status = 401,
    .words = SIGN_IN,
    .n_asked = 2 },
  STATUS ("forbidden-403", 403, "", REFUSED),
  STATUS ("not-found-404", 404, "", REFUSED),
  { .name = "problem-403",
    .bytes = ANSWER ("403",
                     "application/problem+json",
                     "",
                     "{\"type\":\"urn:ttecomm:problem:not_allowed\",\"title\":\"No\","
                     "\"status\":403,\"server_today\":\"2026-09-21\"}"),
    .then = TEST_THEN_CLOSE,
    .cause = C (REFUSED),
    .status = 403,
    .words = BUSY ("403"),
    .n_asked = 1 },
  { .name = "redirect-home",
    .bytes = ANSWER ("302", "text/plain", "Location: /v1/elsewhere\r\n", ""),
    .then = TEST_THEN_CLOSE,
    .cause = C (REFUSED),
    .status = 302,
    .words = BUSY ("302"),
    .n_asked = 1 },
  STATUS ("proxy-407", 407, "", PROXY_LOGIN),
  STATUS ("busy-429", 429, "", BUSY),
  STATUS ("busy-429-seconds", 429, "Retry-After: 120\r\n", BUSY),
  STATUS ("busy-429-huge", 429, "Retry-After: 99999999999999999999\r\n", BUSY),
  STATUS ("refuse-503", 503, "", BUSY),
  STATUS ("refuse-503-date",
          503,
          "Date: Fri, 18 Sep 2026 08:30:00 GMT\r\nRetry-After: Fri, 18 Sep 2026 08:31:30 GMT\r\n",
          BUSY),
  STATUS ("refuse-503-nonsense", 503, "Retry-After: soon\r\n", BUSY),
  STATUS ("error-500", 500, "", BUSY),
  STATUS ("bad-gateway-502", 502, "", BUSY),
  { .name = "proxy-asks-login",
    .host = "ttcloud.test",
    .proxy = "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
             "Content-Length: 0\r\n\r\n",
    .cause = C (PROXY_LOGIN),
    .status = 407,
    .words = BUSY ("407") },
  { .name = "proxy-refuses",
    .host = "ttcloud.test",
    .proxy = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n",
    .cause = C (REFUSED),
    .status = 403,
    .words = BUSY ("403") },
  { .name = "proxy-502",
    .host = "ttcloud.test",
    .proxy = "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n",
    .cause = C (BUSY),
    .status = 502,
    .words = BUSY ("502") },
  /* B7 */
  { .name = "certificate-expired",
    .bad_certificate = TRUE,
    .leaf = { .not_before = -30 * DAY, .not_after = -10 * DAY },
    .cause = C (TLS_CLOCK),
    .words = DATE },
  { .name = "certificate-not-yet",
    .bad_certificate = TRUE,
    .leaf = { .not_before = 10 * DAY, .not_after = 30 * DAY },
    .cause = C (TLS_CLOCK),
    .words = DATE },
  /* B8 */
  { .name = "certificate-other-host",
    .bad_certificate = TRUE,
    .leaf = { .name = "other.test" },
    .cause = C (TLS_TRUST),
    .words = TRUST "CN=Test CA" },
  { .name = "certificate-self-signed",
    .bad_certificate = TRUE,
    .leaf = { .self_signed = TRUE },
    .cause = C (TLS_TRUST),
    .words = TRUST "CN=server" },
  { .name = "certificate-foreign-ca",
    .bad_certificate = TRUE,
    .foreign_ca = TRUE,
    .cause = C (TLS_TRUST),
    .words = TRUST "CN=Hotel CA" },
  { .name = "certificate-foreign-expired",
    .bad_certificate = TRUE,
    .foreign_ca = TRUE,
    .leaf = { .not_before = -30 * DAY, .not_after = -10 * DAY },
    .cause = C (TLS_TRUST),
    .words = TRUST "CN=Hotel CA" },
  VERSION ("tls-1-0", "-tls1"),
  VERSION ("tls-1-1", "-tls1_1"),
  SOCKET ("tls-alert", TEST_RAW_ALERT, TLS_TRUST, TRUST),
  SOCKET ("portal-without-tls", TEST_RAW_PLAIN_PAGE, TLS_TRUST, TRUST),
  /* B9 */
  NAME ("name-unknown", NULL, OFFLINE),
  NAME ("name-unreachable", "255.255.255.255", OFFLINE),
  NAME ("name-blocked-any", "0.0.0.0", BLOCKED),
  NAME ("name-blocked-loopback", "127.0.0.1", BLOCKED),
  NAME ("name-blocked-loopback-6", "::1", BLOCKED),
  SOCKET ("refused", TEST_RAW_REFUSED, OFFLINE, UNREACHED),
  SOCKET ("closed-on-connect", TEST_RAW_CLOSE, OFFLINE, UNREACHED),
  SOCKET ("reset-on-connect", TEST_RAW_RESET, OFFLINE, UNREACHED),
  SOCKET ("reset-in-handshake", TEST_RAW_RESET_ON_HELLO, OFFLINE, UNREACHED),
  { .name = "reset",
    .bytes = "",
    .then = TEST_THEN_RESET,
    .cause = C (OFFLINE),
    .words = UNREACHED,
    .n_asked = 1 },
  { .name = "hang-up",
    .bytes = "",
    .then = TEST_THEN_CLOSE,
    .cause = C (OFFLINE),
    .words = UNREACHED,
    .n_asked = 1 },
  { .name = "stall-in-tcp",
    .socket = TEST_RAW_FULL,
    .end = WIRE_CONNECT_LIMIT,
    .cause = C (SLOW),
    .words = UNREACHED },
  { .name = "stall-in-handshake",
    .socket = TEST_RAW_SILENT,
    .end = WIRE_CONNECT_LIMIT,
    .cause = C (SLOW),
    .words = UNREACHED },
  { .name = "stall-in-handshake-budget",
    .socket = TEST_RAW_SILENT,
    .end = WIRE_GATE_BUDGET,
    .cause = C (SLOW),
    .words = UNREACHED },
  { .name = "stall",
    .bytes = "",
    .then = TEST_THEN_STALL,
    .end = WIRE_FIRST_BYTE_LIMIT,
    .cause = C (SLOW),
    .words = UNREACHED,
    .n_asked = 1 },
  { .name = "stall-budget",
    .bytes = "",
    .then = TEST_THEN_STALL,
    .end = WIRE_GATE_BUDGET,
    .cause = C (SLOW),
    .words = UNREACHED,
    .n_asked = 1 },
  { .name = "stall-in-head",
    .bytes = "HTTP/1.1 200 OK\r\nContent-Ty",
    .then = TEST_THEN_STALL,
    .end = WIRE_FIRST_BYTE_LIMIT,
    .cause = C (SLOW),
    .words = UNREACHED,
    .n_asked = 1 },
  { .name = "stall-in-body",
    .bytes = HEAD ("200", "application/json") "Content-Length: 900\r\n\r\n{",
    .then = TEST_THEN_STALL,
    .end = WIRE_GATE_BUDGET,
    .cause = C (SLOW),
    .words = UNREACHED,
    .n_asked = 1 },
  { .name = "endless-chunks",
    .bytes = HEAD ("200", "application/json") "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    .then = TEST_THEN_STALL,
    .end = WIRE_GATE_BUDGET,
    .cause = C (SLOW),
    .words = UNREACHED,
    .n_asked = 1 },
  { .name = "drip",
    .bytes = HEAD ("200", "application/json") "Content-Length: 900\r\n\r\n{",
    .then = TEST_THEN_STALL,
    .drip_ms = 20,
    .end = WIRE_GATE_BUDGET,
    .cause = C (SLOW),
    .words = UNREACHED,
    .n_asked = 1 },
};

const gsize wire_n_rows = G_N_ELEMENTS (wire_rows);

const WireRow *
wire_row_find (const char *name)
{
  for (gsize i = 0; i < wire_n_rows; i++)
    if (g_str_equal (wire_rows[i].name, name))
      return &wire_rows[i];
  return NULL;
}
