/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/many.h"

#include "tests/sandbox/http.h"
#include "tests/sandbox/seed.h"

#define INTEGRATOR "mara@example.org"
#define COLLEAGUE "jonas@example.org"

/* How one service of one installation stands. */
typedef struct
{
  guint months_ago; /* 0: never bought */
  gboolean no_renewal;
  gboolean failed;
  const char *payer;
} Course;

/* Twelve installations on, the months are others. */
static const struct
{
  Course remote;
  Course voice;
  Course app;
  gboolean offline;
} kinds[] = {
  { .remote = { 1 } },
  { .remote = { 2 }, .voice = { 2 } },
  { .remote = { 3 }, .voice = { 5 }, .app = { 3 } },
  { .remote = { 12, TRUE } },
  { .remote = { 0 } },
  { .remote = { 4 }, .offline = TRUE },
  { .remote = { 5, TRUE }, .voice = { 1 } },
  { .remote = { 12, .failed = TRUE } },
  { .remote = { 6 }, .app = { 6, TRUE } },
  { .remote = { 7, .payer = COLLEAGUE }, .voice = { 7 } },
  { .remote = { 15, TRUE } },
  { .voice = { 8 }, .app = { 2 } },
};

static const char *const houses[] = { "Villa", "Residentie", "Hoeve", "Huis", "Penthouse" };
static const char *const places[] = { "Zonnebeek",  "Eikenhof",     "De Linde", "Zeezicht",
                                      "Berkenlaan", "Kasteeldreef", "Molenveld" };

static void
add_course (JsonBuilder *builder, const char *service, const Course *course, guint round)
{
  /* What has run for a year or more must stay in its state. */
  guint months = course->months_ago < 12 ? (course->months_ago + round) % 12 : course->months_ago;

  if (course->months_ago == 0)
    return;
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "service", service);
  sandbox_json_string (builder, "payer", course->payer != NULL ? course->payer : INTEGRATOR);
  sandbox_json_int (builder, "months_ago", months);
  sandbox_json_boolean (builder, "renew", !course->no_renewal);
  sandbox_json_boolean (builder, "failed", course->failed);
  json_builder_end_object (builder);
}

static void
add_person (JsonBuilder *builder, const char *email)
{
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "email", email);
  sandbox_json_string (builder, "role", "integrator");
  json_builder_end_object (builder);
}

/* (transfer full): number `n`, from 1, in the form of world.json */
static JsonObject *
make_installation (guint n)
{
  guint kind = (n - 1) % G_N_ELEMENTS (kinds);
  guint round = (n - 1) / G_N_ELEMENTS (kinds);
  g_autoptr (JsonBuilder) builder = sandbox_json_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *id = g_strdup_printf ("many-%05u", n);
  g_autofree char *name = g_strdup_printf ("%s %s %u", houses[n % G_N_ELEMENTS (houses)],
                                           places[n % G_N_ELEMENTS (places)], n);

  sandbox_json_string (builder, "id", id);
  sandbox_json_string (builder, "name", name);
  sandbox_json_string (builder, "prosoft", "5.1.2.0");
  sandbox_json_boolean (builder, "connected", !kinds[kind].offline);
  json_builder_begin_array (json_builder_set_member_name (builder, "people"));
  add_person (builder, INTEGRATOR);
  if (kinds[kind].remote.payer != NULL)
    add_person (builder, kinds[kind].remote.payer);
  json_builder_end_array (builder);
  json_builder_begin_array (json_builder_set_member_name (builder, "subscriptions"));
  add_course (builder, "RS", &kinds[kind].remote, round);
  add_course (builder, "VC", &kinds[kind].voice, round);
  add_course (builder, "ATMOS", &kinds[kind].app, round);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_node_dup_object (root);
}

gboolean
sandbox_many_add (SandboxWorld *world, guint n, GError **error)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autoptr (JsonObject) object = make_installation (i);

      if (!sandbox_seed_add_installation (world, object, error))
        {
          g_prefix_error (error, "installation %u of %u: ", i, n);
          return FALSE;
        }
    }
  return TRUE;
}
