/* SPDX-License-Identifier: MIT */
#include "tests/unit/page/gate-rows.h"

#include "tests/unit/page/samples.h"

const GateRow gate_rows[N_GATE_ROWS] = {
  { "never_connected", 3 },
  { "locked", 3 },
  { "sign_in", 3 },
  { "prosoft_old", 4 },
  { "not_linked", 4 },
  { "role", 4 },
  { "role_unknown", 3 },
  { "access_disabled_by_owner", 4 },
  { "suspended", 4 },
  { "not_activated", 4 },
  { "payment", 4 },
  { "ended", 4 },
  { "ended_check", 4 },
  { "flag_off", 4 },
  { "not_connected", 3 },
  { "payment_soon", 2 },
  { "ends_soon", 2 },
  { "clock", 2 },
  { "flag_unknown", 3 },
  { "clock_unreadable", 3 },
  { "clock_back", 3 },
  { "unknown_was_no", 3 },
  { "grace_over", 3 },
  { "renewal_unconfirmed", 3 },
  { "ended_unconfirmed", 3 },
  { "stale", 2 },
  { "recent", 2 },
  { "a code of tomorrow", 3 },
};

const char *const gate_causes[N_GATE_CAUSES] = {
  NULL,          "reply_altered", "keys",    "replay", "wrong_site",          "portal",
  "sign_in",     "refused",       "busy",    "slow",   "tls_clock",           "tls_trust",
  "proxy_login", "offline",       "blocked", "",       "a cause of tomorrow",
};

const TtecommWordFacts gate_full_facts = {
  .site = "Villa Picos",
  .account = "mara@example.org",
  .version = "3.7.2",
  .min = "3.7.3",
  .until = "2027-09-30",
  .payer = "Mara",
  .reference = "R-17",
  .issuer = "Evil Proxy CA",
  .status = 503,
  .until_ts = SAMPLE_NOW + 86400 * 14,
  .trusted = SAMPLE_NOW,
  .seen = SAMPLE_NOW - 86400,
  .when = SAMPLE_NOW - 3600,
  .exp = SAMPLE_NOW + 3600,
  .high_water = SAMPLE_NOW + 86400,
  .clock_off = 720,
  .now = SAMPLE_NOW,
  .ttecomm_url = "https://ttecomm.example.org",
  .account_url = "https://ttecomm.example.org/account",
};
