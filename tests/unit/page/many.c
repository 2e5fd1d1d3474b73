/* SPDX-License-Identifier: MIT */
#include "tests/unit/page/many.h"

#include <string.h>

#include "base/json.h"
#include "tests/harness/harness.h"

void
many_today (GDate *today)
{
  g_date_clear (today, 1);
  g_date_set_dmy (today, 18, G_DATE_SEPTEMBER, 2026);
}

TtecommInstallationSummary *
many_installation (const char *id, const char *name, const char *subscriptions)
{
  g_autofree char *text
      = g_strdup_printf ("{'id':'%s','name':'%s','connected':%s,'role':'integrator',"
                         "'si_access':true,'subscriptions':%s}",
                         id, name, strstr (name, "away") != NULL ? "false" : "true", subscriptions);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  TtecommInstallationSummary *installation;

  g_strdelimit (text, "'", '"');
  object = ttecomm_json_parse_object (text, strlen (text), 65536, &error);
  g_assert_no_error (error);
  installation = ttecomm_installation_summary_from_json (object, &error);
  g_assert_no_error (error);
  return installation;
}

static char *
make_subscriptions (guint i)
{
  guint month = 1 + i % 12;
  guint days = (guint)g_date_get_days_in_month ((GDateMonth)month, 2027);

  return g_strdup_printf (
      "[{'service':'RS','state':'%s','auto_renew':%s,'end':'2027-%02u-%02u','next_charge':{'date':"
      "'2027-%02u-01','gross_cents':%u,'currency':'EUR'},'payer':{'name':'Payer %u','you':%s}},"
      "{'service':'VC','state':'active','auto_renew':true,'end':'2027-%02u-%02u','next_charge':null,"
      "'payer':{'name':'Mara Peeters','you':true}},"
      "{'service':'ATMOS','state':'%s','auto_renew':false}]",
      i % 7 == 0 ? "ending" : "active", i % 7 == 0 ? "false" : "true", month, days, month,
      6000 + i % 50, i % 20, i % 3 == 0 ? "true" : "false", month, days,
      i % 2 == 0 ? "none" : "requested");
}

GPtrArray *
many_installations (guint n)
{
  GPtrArray *installations
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_installation_summary_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("site-%05u", i);
      g_autofree char *name = g_strdup_printf ("Villa number %u%s", i, i % 9 == 0 ? " away" : "");
      g_autofree char *subscriptions = make_subscriptions (i);

      g_ptr_array_add (installations,
                       many_installation (id, name, i % 5 == 4 ? "[]" : subscriptions));
    }
  return installations;
}

void
many_set (TtecommSnapshot *snapshot, guint n)
{
  g_autoptr (GPtrArray) installations = many_installations (n);
  GDate today;

  many_today (&today);
  g_clear_pointer (&snapshot->portfolio, ttecomm_portfolio_view_free);
  snapshot->portfolio = ttecomm_portfolio_view_new ();
  snapshot->portfolio->list = ttecomm_portfolio_list_new (installations, &today);
  snapshot->portfolio->asked_wall = snapshot->now_wall;
}
