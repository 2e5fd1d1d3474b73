/* SPDX-License-Identifier: MIT */
#include "tests/unit/terms/world.h"

#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"

const TtecommTermChoice world_one_year = { "1y", 0 };

void
world_init (World *world, const char *today)
{
  GDate date = support_date (today);

  world->terms = support_terms ("ttecomm");
  world->schedule = ttecomm_schedule_new (&date);
  world->events = ttecomm_events_new ();
}

void
world_clear (World *world)
{
  g_clear_pointer (&world->terms, ttecomm_terms_unref);
  g_clear_pointer (&world->schedule, ttecomm_schedule_free);
  g_clear_pointer (&world->events, g_ptr_array_unref);
}

void
world_settle (World *world)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_schedule_settle (world->schedule, world->events, &error));
  g_assert_no_error (error);
}

/* As a server's clock does: day by day, settled at every midnight. */
void
world_advance_to (World *world, const char *day)
{
  GDate to = support_date (day);

  while (g_date_compare (&world->schedule->today, &to) < 0)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (ttecomm_schedule_advance_day (world->schedule, world->events, &error));
      g_assert_no_error (error);
    }
}

void
world_buy (World *world, const char *id, const char *payer, gint64 cents)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_schedule_buy (world->schedule, id, world->terms, &world_one_year, payer,
                                       cents, world->events, &error));
  g_assert_no_error (error);
}

void
world_assert_buy_refused (World *world,
                          const char *id,
                          const char *payer,
                          TtecommScheduleError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ttecomm_schedule_buy (world->schedule, id, world->terms, &world_one_year, payer,
                                        6000, world->events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, (gint)code);
}

void
world_deactivate (World *world, const char *id)
{
  g_assert_true (ttecomm_schedule_deactivate (world->schedule, id, world->events, NULL));
}

void
world_reactivate (World *world, const char *id, const char *payer)
{
  g_assert_true (ttecomm_schedule_reactivate (world->schedule, id, payer, world->events, NULL));
}

static char *
print_event (const TtecommEvent *event)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *day = support_date_text (&event->day);

  g_string_append_printf (text, "%s %s %s ", day, ttecomm_event_kind_name (event->kind),
                          event->payer);
  for (guint i = 0; i < event->lines->len; i++)
    {
      const TtecommEventLine *line = g_ptr_array_index (event->lines, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", line->subscription);
    }
  g_string_append_printf (text, " %" G_GINT64_FORMAT "\n", event->cents);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
world_print_events (const GPtrArray *events)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *line = print_event (g_ptr_array_index (events, i));

      g_string_append (text, line);
    }
  return g_string_free (text, FALSE);
}

void
world_assert_events (const World *world, const char *expected)
{
  g_autofree char *got = world_print_events (world->events);

  g_assert_cmpstr (got, ==, expected);
}

TtecommState
world_state_of (World *world, const char *id)
{
  return ttecomm_subscription_state (ttecomm_schedule_lookup (world->schedule, id),
                                     &world->schedule->today);
}
