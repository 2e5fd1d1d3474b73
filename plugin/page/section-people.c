/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/installation/clean.h"
#include "plugin/page/labels.h"
#include "plugin/text/amount.h"

/* Of all the rows of a page: the subscriptions must have room, too. */
#define MAX_PEOPLE 1000

/* What one address pays for: "Remote Services, Voice Control". */
static char *
tell_payments (const TtecommSnapshot *snapshot, const char *address)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0;
       address != NULL && snapshot->info != NULL && i < snapshot->info->subscriptions->len; i++)
    {
      const TtecommSubscription *subscription = snapshot->info->subscriptions->pdata[i];
      g_autofree char *payer = NULL;

      if (subscription->payer == NULL)
        continue;
      payer = ttecomm_clean_address (subscription->payer->email);
      if (g_strcmp0 (payer, address) != 0)
        continue;
      if (out->len > 0)
        g_string_append (out, ttecomm_text_get (snapshot->text, "in a list", ", "));
      g_string_append (out, subscription->name);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
tell_buying (const TtecommText *text, gboolean has_role, const char *address)
{
  if (has_role && address != NULL)
    return ttecomm_text_get (text, "people", "yes");
  return has_role ? ttecomm_text_get (text, "people", "no: an e-mail address is missing")
                  : ttecomm_text_get (text, "people", "no");
}

/* FALSE: the page is full. */
static gboolean
add_row (TtecommBlocks *blocks,
         const TtecommSnapshot *snapshot,
         const char *id,
         const char *const *cells,
         const char *address)
{
  g_autofree char *pays = NULL;

  if (!ttecomm_blocks_begin_row (blocks, id))
    return FALSE;
  for (gsize i = 0; cells[i] != NULL; i++)
    ttecomm_blocks_cell (blocks, cells[i]);
  pays = tell_payments (snapshot, address);
  ttecomm_blocks_cell (blocks, *pays != '\0' ? pays : "–");
  ttecomm_blocks_end_row (blocks, NULL);
  return TRUE;
}

static char *
tell_person_roles (const TtecommText *text, const TtecommPerson *person)
{
  const char *roles[3] = { NULL };
  gsize n = 0;

  if (person->cloud_access == TTECOMM_CLOUD_ACCESS_OWNER)
    roles[n++] = ttecomm_text_get (text, "role", "owner");
  else if (person->cloud_access == TTECOMM_CLOUD_ACCESS_USER)
    roles[n++] = ttecomm_text_get (text, "role", "user");
  if (person->is_integrator)
    roles[n++] = ttecomm_text_get (text, "role", "system integrator");
  if (n == 0)
    roles[n++] = ttecomm_text_get (text, "role", "no cloud access");
  return ttecomm_text_list (text, roles);
}

static const char *
or_dash (const char *text)
{
  return text != NULL && *text != '\0' ? text : "–";
}

static gboolean
add_person (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const TtecommPerson *person)
{
  const TtecommText *text = snapshot->text;
  gboolean has_role = person->cloud_access == TTECOMM_CLOUD_ACCESS_OWNER || person->is_integrator;
  g_autofree char *roles = tell_person_roles (text, person);
  g_autofree char *id = g_strconcat ("person.", person->id, NULL);
  const char *cells[] = { or_dash (person->name), or_dash (person->email), roles,
                          tell_buying (text, has_role, person->address), NULL };

  return add_row (blocks, snapshot, id, cells, person->address);
}

static gboolean
add_integrator (TtecommBlocks *blocks,
                const TtecommSnapshot *snapshot,
                const TtecommIntegrator *integrator)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *id = g_strconcat ("integrator.", integrator->id, NULL);
  g_autofree char *name = NULL;
  const char *cells[5] = { NULL };

  if (integrator->company != NULL && *integrator->company != '\0')
    name = ttecomm_text_format (text, "people", "{name}, {company}", "name", integrator->name,
                                "company", integrator->company, NULL);
  cells[0] = or_dash (name != NULL ? name : integrator->name);
  cells[1] = or_dash (integrator->email);
  cells[2] = ttecomm_text_get (text, "role", "system integrator");
  cells[3] = tell_buying (text, TRUE, integrator->address);
  return add_row (blocks, snapshot, id, cells, integrator->address);
}

/* Returns how many do not fit on the page. */
static guint
add_rows (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const GPtrArray *people = snapshot->installation->people;
  const GPtrArray *integrators = snapshot->installation->integrators;
  guint n = 0;

  /* Who buys and pays comes first. */
  for (guint i = 0; i < integrators->len && n < MAX_PEOPLE; i++)
    n += add_integrator (blocks, snapshot, integrators->pdata[i]) ? 1 : 0;
  for (guint i = 0; i < people->len && n < MAX_PEOPLE; i++)
    n += add_person (blocks, snapshot, people->pdata[i]) ? 1 : 0;
  return people->len + integrators->len - n;
}

static void
add_table (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommColumn columns[] = {
    { "name", ttecomm_text_get (text, "people", "Name") },
    { "email", ttecomm_text_get (text, "people", "E-mail") },
    { "role", ttecomm_text_get (text, "people", "Role") },
    { "may-buy", ttecomm_text_get (text, "people", "May buy") },
    { "pays", ttecomm_text_get (text, "people", "Pays for") },
  };
  g_autofree char *more = NULL;
  guint left;

  ttecomm_blocks_begin_table (blocks, "people", columns, G_N_ELEMENTS (columns));
  left = add_rows (blocks, snapshot);
  ttecomm_blocks_end_table (blocks);
  if (left == 0)
    return;
  more = ttecomm_text_format_plural (
      text, "people", "{n} more person is not shown; see Extra → Users and settings.",
      "{n} more people are not shown; see Extra → Users and settings.", left, NULL);
  ttecomm_blocks_text (blocks, "people.more", more);
}

void
ttecomm_section_people (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  if (snapshot->installation == NULL)
    return;
  ttecomm_blocks_heading (blocks, "people.heading", 2,
                          ttecomm_text_get (text, "people", "People and roles"));
  if (!snapshot->installation->roles_known)
    ttecomm_blocks_text (blocks, "people.unknown",
                         ttecomm_text_get (text, "people",
                                           "The roles are not known: the project is protected by a "
                                           "password. Enter it above."));
  else if (snapshot->installation->people->len + snapshot->installation->integrators->len == 0)
    ttecomm_blocks_text (
        blocks, "people.none",
        ttecomm_text_get (text, "people",
                          "Nobody is declared in this project. Add people in Extra "
                          "→ Users and settings, then transmit."));
  else
    add_table (blocks, snapshot);
}
