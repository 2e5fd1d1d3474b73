/* SPDX-License-Identifier: MIT */
#include "tests/unit/page/samples.h"

#include "base/json.h"
#include "plugin/page/gate-words.h"
#include "tests/harness/harness.h"
#include "tests/support/zone.h"

#define MAX_BYTES (4 * 1024 * 1024)
#define TODAY "'server_today':'2026-09-18'"

const char sample_inst[]
    = "{'id':'5e1f0c5a-8d4e-4d0b-9c61-0a5f0b7c1d2e','name':'Villa Picos','language':'nl',"
      "'prosoft':'5.1.2.0','ttcloud':{'connected':true,'id':'villa-picos'},"
      "'modified':'2026-09-01T08:00:00Z','transmitted':'2026-09-01T08:05:00Z'%s}";

const char sample_users[]
    = "{'people':["
      "{'id':'p1','name':'Alexa Picos','email':'alexa@example.org','group':'parents',"
      "'cloud_access':'owner','integrator':false},"
      "{'id':'p2','name':'Tom Picos','email':'tom@example.org','group':'children',"
      "'cloud_access':'user','integrator':false},"
      "{'id':'p3','name':'Oma','email':null,'group':'family','cloud_access':'none'}],"
      "'integrators':["
      "{'id':'i1','name':'Mara Peeters','company':'Domo bv','email':'mara@example.org'},"
      "{'id':'i2','name':'Jan Maes','company':null,'email':'jan@example.org'}]}";

const char sample_account_json[]
    = "{" TODAY
      ",'id':'acct-1','email':'mara@example.org','name':'Mara Peeters','company':'Domo bv',"
      "'country':'BE','address':{'street':'Kerkstraat 1','postcode':'9000','city':'Gent'},"
      "'tax_id':{'kind':'vat','number':'BE0123456789'},'invoice_email':'mara@example.org',"
      "'complete':true,'missing':[],"
      "'card':{'brand':'visa','last4':'4242','expires':'2028-03','verified':true},"
      "'account_url':'https://ttecomm.example.org/account'}";

const char sample_online[] = "'connected':true,'last_seen':'2026-09-18T11:00:00Z',"
                             "'role':'integrator','si_access':true,'prosoft':'5.1.2.0'";

#define RS_HEAD "'service':'RS','order_reference':'TSF16100','name':'Remote Services'"
#define VC_HEAD "'service':'VC','order_reference':'TSF12125','name':'Voice Control'"
#define MARA "'payer':{'name':'Mara Peeters','email':'mara@example.org','you':true}"
#define CHARGE                                                                                     \
  "{'date':'2027-08-30','net_cents':6000,'vat_cents':1260,'gross_cents':7260,'currency':'EUR'}"

const char sample_nothing[] = "[{" RS_HEAD ",'state':'none','auto_renew':false,'end':null},"
                              "{" VC_HEAD ",'state':'none','auto_renew':false}]";
const char sample_active[] = "[{" RS_HEAD ",'state':'active','auto_renew':true,'end':'2027-09-30',"
                             "'next_charge':" CHARGE "," MARA "},"
                             "{" VC_HEAD ",'state':'none','auto_renew':false}]";

static const char catalogue_json[]
    = "{" TODAY ",'currency':'EUR','fiction':true,'products':["
      "{'id':'RS','order_reference':'TSF16100','aliases':[],'name':'Remote Services',"
      "'terms':'ttecomm','list_cents':6000,'includes':[],'setup':null},"
      "{'id':'VC','order_reference':'TSF12125','aliases':['TDS16120'],'name':'Voice Control',"
      "'terms':'ttecomm','list_cents':4900,'includes':[],'setup':null}],"
      "'terms':%s,"
      "'terms_of_sale':{'version':'2026-01','url':'https://ttecomm.example.org/terms/2026-01'}}";

#define RS_LINE                                                                                    \
  "{'action':'buy','installation':'villa-picos','installation_name':'Villa Picos'," RS_HEAD ","    \
  "'period':'1y','start':'2026-09-18','end':'2027-09-30','free_days':12,'net_cents':6000,"         \
  "'next_charge':" CHARGE ",'label_after':{'state':'active','date':'2027-09-30'},'blockers':[]}"
#define QUOTE_TAIL                                                                                 \
  "'valid_on':'2026-09-18','currency':'EUR','lines':[" RS_LINE "],'net_cents':6000,"               \
  "'vat':[{'rate_bp':2100,'net_cents':6000,'vat_cents':1260,'kind':'standard'}],"                  \
  "'vat_cents':1260,'gross_cents':7260,'due_now_cents':7260," MARA ","                             \
  "'card':{'brand':'visa','last4':'4242','expires':'2028-03','verified':true},"                    \
  "'terms_of_sale':{'version':'2026-01','url':'https://ttecomm.example.org/terms/2026-01'}"

const char sample_quote_json[] = "{" TODAY ",'quote_id':'quote-0001'," QUOTE_TAIL ",'blockers':[]}";
const char sample_blocked_json[] = "{" TODAY ",'quote_id':null," QUOTE_TAIL
                                   ",'blockers':['account_incomplete','card_not_verified']}";

/* Two installations, three lines; @rs, @vc: the blockers of the lines of Hoeve Linde. */
#define LINDE_LINE(head, net, charge, blockers)                                                    \
  "{'action':'buy','installation':'site-linde','installation_name':'Hoeve Linde'," head ","        \
  "'period':'1y','start':'2026-09-18','end':'2027-09-30','free_days':12,'net_cents':" net ","      \
  "'next_charge':" charge ",'label_after':{'state':'active','date':'2027-09-30'},"                 \
  "'blockers':[" blockers "]}"
#define VC_CHARGE                                                                                  \
  "{'date':'2027-08-30','net_cents':4900,'vat_cents':1029,'gross_cents':5929,'currency':'EUR'}"
#define THREE_LINES(rs, vc)                                                                        \
  "[" RS_LINE                                                                                      \
  "," LINDE_LINE (RS_HEAD, "6000", CHARGE, rs) "," LINDE_LINE (VC_HEAD, "4900", VC_CHARGE, vc) "]"
#define THREE_TAIL(rs, vc)                                                                         \
  "'valid_on':'2026-09-18','currency':'EUR','lines':" THREE_LINES (                                \
      rs,                                                                                          \
      vc) ",'net_cents':16900,"                                                                    \
          "'vat':[{'rate_bp':2100,'net_cents':16900,'vat_cents':3549,'kind':'standard'}],"         \
          "'vat_cents':3549,'gross_cents':20449,'due_now_cents':20449," MARA ","                   \
          "'card':{'brand':'visa','last4':'4242','expires':'2028-03','verified':true},"            \
          "'terms_of_sale':{'version':'2026-01','url':'https://ttecomm.example.org/terms/2026-01'}"

const char sample_three_json[]
    = "{" TODAY ",'quote_id':'quote-0003'," THREE_TAIL ("", "") ",'blockers':[]}";
const char sample_three_blocked_json[] = "{" TODAY ",'quote_id':null," THREE_TAIL (
    "'already_subscribed'",
    "'not_connected','prosoft_too_old'") ","
                                         "'blockers':['already_subscribed','not_connected','prosoft_too_old']}";
#define THREE_ORDER(state, url, invoice)                                                           \
  "{" TODAY ",'id':'order-3','key':'key-33333333','quote_id':'quote-0003','state':'" state "',"    \
  "'reason':null,'checkout_url':" url ",'currency':'EUR','gross_cents':20449,"                     \
  "'due_now_cents':20449,'lines':" THREE_LINES (                                                   \
      "",                                                                                          \
      "") ",'po_reference':'PO 2026/7',"                                                           \
          "'created':'2026-09-18T11:20:00Z','expires':'2026-09-18T12:50:00Z','invoice':" invoice   \
          "}"
const char sample_three_pending_json[]
    = THREE_ORDER ("pending", "'https://ttecomm.example.org/checkout/order-3'", "null");
const char sample_three_paid_json[] = THREE_ORDER ("paid", "null", "'2026-000018'");

#define ORDER(state, reason, url, invoice)                                                         \
  "{" TODAY ",'id':'order-1','key':'key-12345678','quote_id':'quote-0001','state':'" state "',"    \
  "'reason':" reason ",'checkout_url':" url ",'currency':'EUR','gross_cents':7260,"                \
  "'due_now_cents':7260,'lines':[" RS_LINE "],'created':'2026-09-18T12:00:00Z',"                   \
  "'expires':'2026-09-18T13:00:00Z','invoice':" invoice "}"

const char sample_pending_json[]
    = ORDER ("pending", "null", "'https://ttecomm.example.org/checkout/order-1'", "null");
const char sample_paid_json[] = ORDER ("paid", "null", "null", "'2026-000017'");
const char sample_taken_json[] = ORDER ("failed", "'already_subscribed'", "null", "null");
const char sample_failed_json[] = ORDER ("failed", "'card_declined'", "null", "null");

/* JSON with ' for ". */
static JsonNode *
parse (const char *quoted)
{
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = ttecomm_json_parse (text, strlen (text), MAX_BYTES, &error);

  g_assert_no_error (error);
  return node;
}

#define DEFINE_SAMPLE(Type, name, from_json)                                                       \
  Type *sample_##name (const char *json)                                                           \
  {                                                                                                \
    g_autoptr (JsonNode) node = parse (json);                                                      \
    g_autoptr (GError) error = NULL;                                                               \
    Type *self = from_json (json_node_get_object (node), &error);                                  \
                                                                                                   \
    g_assert_no_error (error);                                                                     \
    return self;                                                                                   \
  }

DEFINE_SAMPLE (TtecommAccount, account, ttecomm_account_from_json)
DEFINE_SAMPLE (TtecommInstallationInfo, info, ttecomm_installation_info_from_json)
DEFINE_SAMPLE (TtecommCatalogue, catalogue, ttecomm_catalogue_from_json)
DEFINE_SAMPLE (TtecommQuote, quote, ttecomm_quote_from_json)
DEFINE_SAMPLE (TtecommOrder, order, ttecomm_order_from_json)

void
sample_set_account (TtecommSnapshot *snapshot, const char *json)
{
  g_clear_pointer (&snapshot->account, ttecomm_account_unref);
  snapshot->account = sample_account (json);
}

void
sample_set_info (TtecommSnapshot *snapshot, const char *members, const char *subscriptions)
{
  g_autofree char *json = g_strdup_printf ("{" TODAY ",'id':'villa-picos','name':'Villa Picos',%s,"
                                           "'subscriptions':%s}",
                                           members, subscriptions);

  g_clear_pointer (&snapshot->info, ttecomm_installation_info_unref);
  snapshot->info = sample_info (json);
}

void
sample_set_installation (TtecommSnapshot *snapshot,
                         const char *inst,
                         const char *users,
                         gboolean transmitted)
{
  g_autofree char *digest = g_strnfill (64, 'a');
  g_autofree char *member
      = transmitted ? g_strdup_printf (",'transmitted_users_sha256':'%s'", digest) : g_strdup ("");
  g_auto (GStrv) halves = g_strsplit (inst, "%s", 2);
  g_autofree char *json = g_strjoinv (member, halves);
  g_autoptr (JsonNode) inst_node = parse (json);
  g_autoptr (JsonNode) unit_node
      = parse ("[{'type':'PICOS','name':'Main'},{'type':'MICROS','name':'Garage'}]");
  TtecommInstallation *self = ttecomm_installation_new (users == NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok
      = ttecomm_installation_take_inst (self, json_node_get_object (inst_node), digest, &error);

  if (ok && users != NULL)
    {
      g_autoptr (JsonNode) users_node = parse (users);

      ok = ttecomm_installation_take_units (self, json_node_get_array (unit_node), &error)
           && ttecomm_installation_take_users (self, json_node_get_object (users_node), &error);
    }
  g_assert_no_error (error);
  g_assert_true (ok);
  g_clear_pointer (&snapshot->installation, ttecomm_installation_unref);
  snapshot->installation = self;
}

/* "RS,VC" of the villa, "RS@site-linde" of another. */
static GPtrArray *
sample_lines (const char *services)
{
  g_auto (GStrv) words = g_strsplit (services, ",", -1);
  GPtrArray *lines = ttecomm_basket_lines_new ();

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (words[i], "@", 2);
      gboolean elsewhere = halves[1] != NULL;
      TtecommBasketLine *line
          = ttecomm_basket_line_new (elsewhere ? halves[1] : "villa-picos", halves[0]);

      ttecomm_basket_line_set_name (line, elsewhere ? "Hoeve Linde" : "Villa Picos");
      g_ptr_array_add (lines, line);
    }
  return lines;
}

void
sample_set_purchase (TtecommSnapshot *snapshot,
                     TtecommPurchaseState state,
                     const char *services,
                     const char *quote,
                     const char *order)
{
  TtecommPurchaseView view = { .state = state };
  g_autoptr (GPtrArray) lines = sample_lines (services);

  view.lines = lines;
  view.quote = quote != NULL ? sample_quote (quote) : NULL;
  view.order = order != NULL ? sample_order (order) : NULL;
  g_clear_pointer (&snapshot->purchase, ttecomm_purchase_view_free);
  snapshot->purchase = ttecomm_purchase_view_copy (&view);
  g_clear_pointer (&view.quote, ttecomm_quote_unref);
  g_clear_pointer (&view.order, ttecomm_order_unref);
}

void
sample_set_decision (TtecommSnapshot *snapshot, int outcome, const char *code)
{
  const TtecommWordFacts facts = {
    .code = code,
    .cause = outcome == 3 ? "offline" : NULL,
    .was = g_str_equal (code, "unknown_was_no") ? "ended" : NULL,
    .site = "Villa Picos",
    .until = "2026-10-31",
    .until_ts = SAMPLE_NOW + 43 * 86400,
    .trusted = SAMPLE_NOW,
    .when = SAMPLE_NOW - 3600,
    .now = SAMPLE_NOW,
    .ttecomm_url = "https://ttecomm.example.org",
  };
  TtecommDecision *decision = ttecomm_decision_new ();

  decision->outcome = outcome;
  decision->allowed = outcome <= 2;
  decision->code = g_strdup (code);
  g_clear_pointer (&decision->buttons, g_ptr_array_unref);
  ttecomm_gate_words (snapshot->text, &facts, &decision->message, &decision->buttons);
  g_clear_pointer (&snapshot->decision, ttecomm_decision_unref);
  snapshot->decision = decision;
  snapshot->decision_wall = SAMPLE_NOW - 60;
}

static TtecommCatalogue *
sample_shop (void)
{
  g_autofree char *path = harness_source_path ("resources/terms-of-sale.json");
  g_autofree char *terms = NULL;
  g_auto (GStrv) halves = g_strsplit (catalogue_json, "%s", 2);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &terms, NULL, &error);
  g_assert_no_error (error);
  json = g_strjoinv (terms, halves);
  return sample_catalogue (json);
}

TtecommSnapshot *
sample_new (void)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");
  g_autoptr (TtecommText) text = ttecomm_text_new_full ("en", NULL, NULL, zone);

  return sample_new_in (text);
}

TtecommSnapshot *
sample_new_in (TtecommText *text)
{
  TtecommSnapshot *self = ttecomm_snapshot_new (text);

  self->state = TTECOMM_PAGE_READY;
  self->revision = 7;
  self->project_open = TRUE;
  sample_set_installation (self, sample_inst, sample_users, TRUE);
  self->sign_in = TTECOMM_SIGNED_IN;
  sample_set_account (self, sample_account_json);
  sample_set_info (self, sample_online, sample_nothing);
  self->catalogue = sample_shop ();
  self->asked_wall = SAMPLE_NOW - 20;
  self->now_wall = SAMPLE_NOW;
  sample_set_purchase (self, TTECOMM_PURCHASE_EMPTY, "", NULL, NULL);
  self->prosoft_version = g_strdup ("5.1.2.0");
  self->ttecomm_url = g_strdup ("https://ttecomm.example.org");
  return self;
}
