/* SPDX-License-Identifier: MIT */
#pragma once

/* One full answer of each kind, as openapi.yaml has them: every optional member is there. */

#define SAMPLE_CARD                                                                                \
  "{\"brand\":\"visa\",\"last4\":\"4242\",\"expires\":\"2028-02\",\"verified\":true}"

#define SAMPLE_PAYER "{\"name\":\"Jan Peeters\",\"email\":\"jan@example.test\",\"you\":true}"

#define SAMPLE_CHARGE                                                                              \
  "{\"date\":\"2027-09-30\",\"net_cents\":6000,\"vat_cents\":1260,\"gross_cents\":7260,"           \
  "\"currency\":\"EUR\"}"

#define SAMPLE_ACCOUNT(url)                                                                        \
  "{\"server_today\":\"2026-09-18\",\"id\":\"acct-1\",\"email\":\"jan@example.test\","             \
  "\"name\":\"Jan Peeters\",\"company\":\"Peeters bv\",\"country\":\"BE\","                        \
  "\"address\":{\"street\":\"Dorp 1\",\"postcode\":\"9000\",\"city\":\"Gent\"},"                   \
  "\"tax_id\":{\"kind\":\"vat\",\"number\":\"BE0123456789\"},"                                     \
  "\"invoice_email\":\"boek@example.test\",\"complete\":true,\"missing\":[],"                      \
  "\"card\":" SAMPLE_CARD ",\"account_url\":\"" url "/account\"}"

#define SAMPLE_SUBSCRIPTION                                                                        \
  "{\"service\":\"RS\",\"order_reference\":\"TSF16100\",\"name\":\"Remote Services\","             \
  "\"state\":\"active\",\"auto_renew\":true,\"end\":\"2027-09-30\","                               \
  "\"next_charge\":" SAMPLE_CHARGE ",\"payer\":" SAMPLE_PAYER "}"

#define SAMPLE_INSTALLATION                                                                        \
  "{\"server_today\":\"2026-09-18\",\"id\":\"inst-1\",\"name\":\"Villa Picos\","                   \
  "\"connected\":true,\"last_seen\":\"2026-09-18T08:30:00Z\",\"role\":\"integrator\","             \
  "\"si_access\":true,\"prosoft\":\"5.1.2.0\",\"subscriptions\":[" SAMPLE_SUBSCRIPTION "]}"

#define SAMPLE_SUMMARY(id)                                                                         \
  "{\"id\":\"" id "\",\"name\":\"Villa Picos\",\"connected\":true,\"role\":\"integrator\","        \
  "\"si_access\":true,\"subscriptions\":[{\"service\":\"RS\",\"state\":\"active\","                \
  "\"auto_renew\":true,\"end\":\"2027-09-30\",\"next_charge\":{\"date\":\"2027-08-30\","           \
  "\"gross_cents\":7260,\"currency\":\"EUR\"},\"payer\":{\"name\":\"Jan Peeters\",\"you\":true}}]}"

#define SAMPLE_PAGE(next, ...)                                                                     \
  "{\"server_today\":\"2026-09-18\",\"installations\":[" __VA_ARGS__ "],\"next\":" next "}"

#define SAMPLE_TERMS_OF_SALE(url) "{\"version\":\"2026-01\",\"url\":\"" url "/terms\"}"

#define SAMPLE_CATALOGUE(url)                                                                      \
  "{\"server_today\":\"2026-09-18\",\"currency\":\"EUR\",\"fiction\":true,\"products\":["          \
  "{\"id\":\"RS\",\"order_reference\":\"TSF16100\",\"aliases\":[\"TSF161\"],"                      \
  "\"name\":\"Remote Services\",\"terms\":\"ttecomm\",\"list_cents\":6000,"                        \
  "\"includes\":[\"PROSOFT remote\"],\"setup\":\"none\"}],\"terms\":{\"ttecomm\":{}},"             \
  "\"terms_of_sale\":" SAMPLE_TERMS_OF_SALE (url) "}"

#define SAMPLE_LINE(blockers)                                                                      \
  "{\"action\":\"buy\",\"installation\":\"inst-1\",\"installation_name\":\"Villa Picos\","         \
  "\"service\":\"RS\",\"order_reference\":\"TSF16100\",\"name\":\"Remote Services\","              \
  "\"period\":\"year\",\"start\":\"2026-09-18\",\"end\":\"2027-09-30\",\"free_days\":12,"          \
  "\"net_cents\":6000,\"next_charge\":" SAMPLE_CHARGE ","                                          \
  "\"label_after\":{\"state\":\"active\",\"date\":\"2027-09-30\"},\"blockers\":[" blockers "]}"

#define SAMPLE_QUOTE(url, id, blockers)                                                                     \
  "{\"server_today\":\"2026-09-18\",\"quote_id\":" id ",\"valid_on\":\"2026-09-18\","                       \
  "\"currency\":\"EUR\",\"lines\":[" SAMPLE_LINE (                                                          \
      blockers) "],\"net_cents\":6000,"                                                                     \
                "\"vat\":[{\"rate_bp\":2100,\"net_cents\":6000,\"vat_cents\":1260,\"kind\":\"standard\"}]," \
                "\"vat_cents\":1260,\"gross_cents\":7260,\"due_now_cents\":7260,\"payer\":" SAMPLE_PAYER    \
                ","                                                                                         \
                "\"card\":" SAMPLE_CARD ",\"blockers\":[" blockers "],"                                     \
                "\"terms_of_sale\":" SAMPLE_TERMS_OF_SALE (url) "}"

#define SAMPLE_ORDER(url, id, key, state)                                                          \
  "{\"server_today\":\"2026-09-18\",\"id\":\"" id "\",\"key\":\"" key "\","                        \
  "\"quote_id\":\"quote-0001\",\"state\":\"" state "\",\"reason\":\"timed_out\","                  \
  "\"checkout_url\":\"" url "/pay\",\"currency\":\"EUR\",\"gross_cents\":7260,"                    \
  "\"due_now_cents\":7260,\"lines\":[" SAMPLE_LINE (                                               \
      "") "],\"po_reference\":\"PO 1\","                                                           \
          "\"created\":\"2026-09-18T08:30:00Z\",\"expires\":\"2026-09-18T09:00:00.5Z\","           \
          "\"invoice\":\"2026-0001\"}"

#define SAMPLE_DISCOVERY(api, web)                                                                 \
  "{\"issuer\":\"" api "\",\"authorization_endpoint\":\"" web "/authorize\","                      \
  "\"token_endpoint\":\"" api "/oauth/token\",\"revocation_endpoint\":\"" api "/oauth/revoke\","   \
  "\"code_challenge_methods_supported\":[\"S256\"]}"

#define SAMPLE_TOKENS                                                                              \
  "{\"access_token\":\"access-1\",\"token_type\":\"Bearer\",\"expires_in\":900,"                   \
  "\"refresh_token\":\"refresh-1\",\"scope\":\"openid\"}"

#define SAMPLE_PROBLEM                                                                             \
  "{\"type\":\"urn:ttecomm:problem:conflict\",\"title\":\"Conflict\",\"status\":409,"              \
  "\"detail\":\"It is paid\",\"blockers\":[\"role\",\"conflict\"]}"
