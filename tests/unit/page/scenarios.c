/* SPDX-License-Identifier: MIT */
#include "tests/unit/page/scenarios.h"

#include "api/ttcloud/cloud-error.h"
#include "plugin/installation/nbt-error.h"
#include "plugin/page/setup-words.h"

#define PAST_DUE                                                                                   \
  "[{'service':'RS','order_reference':'TSF16100','name':'Remote Services','state':'past_due',"     \
  "'auto_renew':true,'end':'2026-10-31','next_charge':{'date':'2026-09-30','net_cents':6000,"      \
  "'vat_cents':1260,'gross_cents':7260,'currency':'EUR'},"                                         \
  "'payer':{'name':'Alexa Picos','email':'alexa@example.org','you':false}}]"
#define ONE(state, renew, end)                                                                     \
  "[{'service':'RS','order_reference':'TSF16100','name':'Remote Services','state':'" state "',"    \
  "'auto_renew':" renew ",'end':" end "}]"

static void
signed_out (TtecommSnapshot *s)
{
  s->sign_in = TTECOMM_SIGNED_OUT;
  g_clear_pointer (&s->account, ttecomm_account_unref);
  g_clear_pointer (&s->info, ttecomm_installation_info_unref);
  s->asked_wall = 0;
}

static void
signing_in (TtecommSnapshot *s)
{
  signed_out (s);
  s->sign_in = TTECOMM_SIGNING_IN;
}

static void
sign_in_failed (TtecommSnapshot *s)
{
  signed_out (s);
  s->sign_in_error = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_DENIED, "no");
}

static void
sign_in_refused (TtecommSnapshot *s)
{
  s->sign_in = TTECOMM_SIGN_IN_REFUSED;
}

static void
loading (TtecommSnapshot *s)
{
  s->state = TTECOMM_PAGE_LOADING;
  s->refreshing = TRUE;
  g_clear_pointer (&s->account, ttecomm_account_unref);
  g_clear_pointer (&s->info, ttecomm_installation_info_unref);
  g_clear_pointer (&s->catalogue, ttecomm_catalogue_unref);
  s->asked_wall = 0;
}

static void
no_project (TtecommSnapshot *s)
{
  s->project_open = FALSE;
  g_clear_pointer (&s->installation, ttecomm_installation_unref);
  g_clear_pointer (&s->info, ttecomm_installation_info_unref);
}

static void
unreadable (TtecommSnapshot *s)
{
  no_project (s);
  s->project_open = TRUE;
  s->project_error
      = g_error_new_literal (TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_MAGIC, "magic is 00, offset 0x0");
}

static void
protected_project (TtecommSnapshot *s)
{
  sample_set_installation (s, sample_inst, NULL, TRUE);
  s->explained = g_strsplit ("protected", ",", -1);
}

static void
unlocking (TtecommSnapshot *s)
{
  protected_project (s);
  s->unlocking = TRUE;
}

static void
wrong_password (TtecommSnapshot *s)
{
  protected_project (s);
  s->lock_trouble = TTECOMM_LOCK_WRONG;
}

static void
no_password (TtecommSnapshot *s)
{
  protected_project (s);
  s->lock_trouble = TTECOMM_LOCK_EMPTY;
}

static void
long_password (TtecommSnapshot *s)
{
  protected_project (s);
  s->lock_trouble = TTECOMM_LOCK_TOO_LONG;
}

static void
no_memory_for_password (TtecommSnapshot *s)
{
  protected_project (s);
  s->lock_trouble = TTECOMM_LOCK_NO_MEMORY;
}

static void
never_connected (TtecommSnapshot *s)
{
  sample_set_installation (
      s,
      "{'id':'5e1f0c5a-8d4e-4d0b-9c61-0a5f0b7c1d2e','name':'Villa Picos','prosoft':'5.1.2.0',"
      "'ttcloud':{'connected':false}%s}",
      sample_users, FALSE);
  g_clear_pointer (&s->info, ttecomm_installation_info_unref);
}

static void
owner (TtecommSnapshot *s)
{
  sample_set_account (s, "{'server_today':'2026-09-18','id':'acct-2','email':'Alexa@Example.org',"
                         "'name':'Alexa Picos','complete':true,'missing':[],'card':null,"
                         "'account_url':'https://ttecomm.example.org/account'}");
}

static void
user (TtecommSnapshot *s)
{
  sample_set_account (s, "{'server_today':'2026-09-18','id':'acct-3','email':'tom@example.org',"
                         "'name':'Tom Picos','complete':true,'missing':[],"
                         "'account_url':'https://ttecomm.example.org/account'}");
}

static void
stranger (TtecommSnapshot *s)
{
  sample_set_account (s, "{'server_today':'2026-09-18','id':'acct-4','email':'eve@example.org',"
                         "'name':'Eve','complete':true,'missing':[],"
                         "'account_url':'https://ttecomm.example.org/account'}");
  s->explained = g_strsplit ("not-in-file", ",", -1);
}

static void
no_owner (TtecommSnapshot *s)
{
  sample_set_installation (s, sample_inst,
                           "{'people':[],'integrators':[{'id':'i1','name':'Mara Peeters',"
                           "'company':null,'email':'mara@example.org'}]}",
                           FALSE);
}

static void
active (TtecommSnapshot *s)
{
  sample_set_info (s, sample_online, sample_active);
  sample_set_decision (s, 1, "ok");
}

static void
ending (TtecommSnapshot *s)
{
  sample_set_info (s, sample_online, ONE ("ending", "false", "'2026-10-31'"));
  sample_set_decision (s, 2, "ends_soon");
}

static void
past_due (TtecommSnapshot *s)
{
  sample_set_info (s, sample_online, PAST_DUE);
  s->explained = g_strsplit ("payment", ",", -1);
}

static void
expired (TtecommSnapshot *s)
{
  sample_set_info (s, sample_online, ONE ("expired", "false", "'2026-08-31'"));
  sample_set_decision (s, 4, "ended");
}

static void
other_states (TtecommSnapshot *s)
{
  sample_set_info (s, sample_online,
                   "[{'service':'RS','order_reference':'TSF16100','name':'Remote Services',"
                   "'state':'requested','auto_renew':false},"
                   "{'service':'VC','order_reference':'TSF12125','name':'Voice Control',"
                   "'state':'rejected','auto_renew':false},"
                   "{'service':'ATMOS','order_reference':'TSF16101','name':'ATMOS app',"
                   "'state':'scheduled','auto_renew':true,'end':'2027-10-31'}]");
}

static void
warnings (TtecommSnapshot *s)
{
  sample_set_account (s, "{'server_today':'2026-09-18','id':'acct-1','email':'mara@example.org',"
                         "'name':'Mara Peeters','complete':true,'missing':[],"
                         "'card':{'brand':'mastercard','last4':'5100','expires':'2027-07',"
                         "'verified':true},'account_url':'https://ttecomm.example.org/account'}");
  sample_set_info (
      s,
      "'connected':false,'last_seen':null,'role':'integrator','si_access':false,'prosoft':'3.7.2'",
      "[{'service':'RS','order_reference':'TSF16100','name':'Remote Services','state':'active',"
      "'auto_renew':true,'end':'2027-09-30','next_charge':{'date':'2027-08-30','net_cents':6000,"
      "'vat_cents':1260,'gross_cents':7260,'currency':'EUR'},"
      "'payer':{'name':'Mara Peeters','email':'mara@example.org','you':true}},"
      "{'service':'VC','order_reference':'TSF12125','name':'Voice Control','state':'active',"
      "'auto_renew':true,'end':'2027-09-30','next_charge':{'date':'2027-08-30','net_cents':4900,"
      "'vat_cents':1029,'gross_cents':5929,'currency':'EUR'},"
      "'payer':{'name':'Old Installer','email':'old@example.org','you':false}}]");
  sample_set_installation (s, sample_inst, sample_users, FALSE);
}

static void
offline (TtecommSnapshot *s)
{
  active (s);
  s->state = TTECOMM_PAGE_OFFLINE;
  s->asked_wall = SAMPLE_NOW - 2 * 3600;
  s->cloud_error
      = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_OFFLINE, "refused");
  sample_set_decision (s, 3, "unknown_was_no");
}

static void
offline_from_the_start (TtecommSnapshot *s)
{
  loading (s);
  s->state = TTECOMM_PAGE_OFFLINE;
  s->refreshing = FALSE;
  s->cloud_error = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SLOW, "8 s");
}

static void
not_set_up (TtecommSnapshot *s)
{
  g_autoptr (GError) error
      = g_error_new_literal (TTECOMM_SETUP_ERROR, TTECOMM_SETUP_ERROR_NO_KEYS, "no keys");

  signed_out (s);
  s->state = TTECOMM_PAGE_ERROR;
  s->config_error = ttecomm_setup_words (s->text, error);
  s->explained = g_strsplit ("configuration", ",", -1);
  g_clear_pointer (&s->ttecomm_url, g_free);
}

static void
checking (TtecommSnapshot *s)
{
  s->checking = TRUE;
  sample_set_decision (s, 4, "not_activated");
}

static void
basket_filled (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_FILLED, "RS", NULL, NULL);
}

static void
basket_blocked_here (TtecommSnapshot *s)
{
  sample_set_account (s,
                      "{'server_today':'2026-09-18','id':'acct-1','email':'mara@example.org',"
                      "'name':'Mara','complete':false,'missing':['address','tax_id'],'card':null,"
                      "'account_url':'https://ttecomm.example.org/account'}");
  sample_set_info (s, "'connected':false,'role':'integrator','si_access':true,'prosoft':'3.7.2.9'",
                   sample_nothing);
  basket_filled (s);
}

static void
basket_quoting (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_QUOTING, "RS", NULL, NULL);
}

static void
basket_blocked (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_BLOCKED, "RS", sample_blocked_json, NULL);
}

static void
basket_quoted (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_QUOTED, "RS", sample_quote_json, NULL);
}

static void
basket_accepted (TtecommSnapshot *s)
{
  basket_quoted (s);
  s->purchase->terms_accepted = TRUE;
}

static void
basket_ordering (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_ORDERING, "RS", sample_quote_json, NULL);
}

static void
basket_waiting (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_WAITING, "RS", sample_quote_json, sample_pending_json);
}

static void
basket_waiting_offline (TtecommSnapshot *s)
{
  basket_waiting (s);
  s->state = TTECOMM_PAGE_OFFLINE;
  s->purchase->offline = TRUE;
}

static void
basket_paid (TtecommSnapshot *s)
{
  sample_set_info (s, sample_online, sample_active);
  sample_set_purchase (s, TTECOMM_PURCHASE_PAID, "", NULL, sample_paid_json);
}

static void
basket_failed (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_FAILED, "RS", sample_quote_json, sample_failed_json);
}

static void
basket_cancelled (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_CANCELLED, "RS", NULL, NULL);
}

static void
basket_expired (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_EXPIRED, "RS,VC", NULL, NULL);
}

static void
basket_error (TtecommSnapshot *s)
{
  basket_filled (s);
  s->purchase->error = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY, "503");
}

#define THREE "RS,RS@site-linde,VC@site-linde"

static void
lines_filled (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_FILLED, THREE, NULL, NULL);
}

static void
lines_blocked (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_BLOCKED, THREE, sample_three_blocked_json, NULL);
  s->purchase->n_blocked = 2;
}

static void
lines_accepted (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_QUOTED, THREE, sample_three_json, NULL);
  s->purchase->terms_accepted = TRUE;
  s->purchase->po = g_strdup ("PO 2026/7");
}

/* Nothing is open: the basket is there all the same. */
static void
lines_without_a_file (TtecommSnapshot *s)
{
  no_project (s);
  lines_accepted (s);
}

static void
lines_found (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_WAITING, THREE, NULL, sample_three_pending_json);
  s->purchase->found = TRUE;
}

static void
lines_looked_for (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_ORDERING, THREE, NULL, NULL);
  s->purchase->found = TRUE;
}

static void
lines_paid (TtecommSnapshot *s)
{
  sample_set_info (s, sample_online, sample_active);
  sample_set_purchase (s, TTECOMM_PURCHASE_PAID, "", NULL, sample_three_paid_json);
}

static void
basket_taken (TtecommSnapshot *s)
{
  sample_set_purchase (s, TTECOMM_PURCHASE_FAILED, "RS", NULL, sample_taken_json);
}

static void
lines_beaten (TtecommSnapshot *s)
{
  TtecommProblem problem = { .name = TTECOMM_PROBLEM_QUOTE_CHANGED,
                             .status = 409,
                             .title = (char *)"changed",
                             .blockers = TTECOMM_BLOCKER_ALREADY_SUBSCRIBED };

  lines_filled (s);
  s->purchase->error
      = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM, "changed");
  ttecomm_cloud_error_set_problem (s->purchase->error, &problem);
}

static void
hostile (TtecommSnapshot *s)
{
  sample_set_installation (
      s,
      "{'id':'5e1f0c5a-8d4e-4d0b-9c61-0a5f0b7c1d2e','name':'<b>{site}</b>\\u202E{n}\\u0007',"
      "'prosoft':'5','ttcloud':{'connected':true,'id':'x'},'transmitted':null%s}",
      "{'people':[{'id':'../../etc','name':'A\\nB\\t\\u001b[31mred','email':'a@b\\u200b',"
      "'cloud_access':'owner'},{'id':'../../etc','name':'{name} \\\"q\\\" \\\\','email':'mara@example.org ',"
      "'cloud_access':'none','integrator':true},{'id':'','name':'','email':null,"
      "'cloud_access':'user'}],'integrators':[]}",
      FALSE);
  sample_set_info (
      s, "'connected':true,'role':'integrator','si_access':true,'prosoft':'not a version'",
      "[{'service':'RS','order_reference':'TSF16100','name':'\\u2066{service}<i>x</i>','state':'none','auto_renew':false}]");
}

static const struct
{
  const char *name;
  void (*change) (TtecommSnapshot *snapshot);
} scenarios[] = {
  /* rules: S17 S72 */
  { "integrator", NULL },
  { "signed-out", signed_out },
  { "signing-in", signing_in },
  { "sign-in-failed", sign_in_failed },
  { "sign-in-refused", sign_in_refused },
  { "loading", loading },
  { "no-project", no_project },
  { "unreadable", unreadable },
  /* rules: H18 */
  { "protected", protected_project },
  { "unlocking", unlocking },
  { "wrong-password", wrong_password },
  { "no-password", no_password },
  { "long-password", long_password },
  { "no-memory-for-password", no_memory_for_password },
  /* rules: S4 */
  { "never-connected", never_connected },
  { "owner", owner },
  { "user", user },
  /* rules: S40 */
  { "stranger", stranger },
  /* rules: H7 H9 */
  { "no-owner", no_owner },
  /* rules: S33 S71 S89 C14 */
  { "active", active },
  /* rules: S50 S83 */
  { "ending", ending },
  { "past-due", past_due },
  { "expired", expired },
  { "other-states", other_states },
  /* rules: S2 S46 S74 S80 H15 C20 */
  { "warnings", warnings },
  { "offline", offline },
  { "offline-from-the-start", offline_from_the_start },
  { "not-set-up", not_set_up },
  { "checking", checking },
  { "basket-filled", basket_filled },
  { "basket-blocked-here", basket_blocked_here },
  { "basket-quoting", basket_quoting },
  { "basket-blocked", basket_blocked },
  /* rules: S60 */
  { "basket-quoted", basket_quoted },
  { "basket-accepted", basket_accepted },
  { "basket-ordering", basket_ordering },
  { "basket-waiting", basket_waiting },
  { "basket-waiting-offline", basket_waiting_offline },
  /* rules: S21 S41 */
  { "basket-paid", basket_paid },
  { "basket-failed", basket_failed },
  { "basket-cancelled", basket_cancelled },
  { "basket-expired", basket_expired },
  { "basket-error", basket_error },
  { "basket-taken", basket_taken },
  { "lines-filled", lines_filled },
  { "lines-blocked", lines_blocked },
  { "lines-accepted", lines_accepted },
  { "lines-without-a-file", lines_without_a_file },
  { "lines-found", lines_found },
  { "lines-looked-for", lines_looked_for },
  { "lines-paid", lines_paid },
  { "lines-beaten", lines_beaten },
  { "hostile", hostile },
};

guint
scenario_count (void)
{
  return G_N_ELEMENTS (scenarios);
}

const char *
scenario_name (guint i)
{
  return scenarios[i].name;
}

static TtecommSnapshot *
change (const char *name, TtecommSnapshot *snapshot)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    if (g_str_equal (scenarios[i].name, name))
      {
        if (scenarios[i].change != NULL)
          scenarios[i].change (snapshot);
        return snapshot;
      }
  g_error ("no scenario is called %s", name);
}

TtecommSnapshot *
scenario_new (const char *name)
{
  return change (name, sample_new ());
}

TtecommSnapshot *
scenario_new_in (TtecommText *text, const char *name)
{
  return change (name, sample_new_in (text));
}

TtecommPage *
scenario_page (const char *name)
{
  g_autoptr (TtecommSnapshot) snapshot = scenario_new (name);

  return ttecomm_page_build (snapshot);
}
