/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/system-clock.h"

#include "tests/harness/harness.h"
#include "tests/support/fake-clock.h"

static void
test_system_clock (void)
{
  g_autoptr (TtecommClock) clock = ttecomm_system_clock_new ();
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  gint64 boottime = ttecomm_clock_get_boottime_us (clock);
  gint64 wall = 0;

  g_assert_true (ttecomm_clock_get_wall (clock, &wall));
  g_assert_cmpint (wall, >=, before);
  g_assert_cmpint (wall, <=, g_get_real_time () / G_USEC_PER_SEC);
  g_assert_cmpint (boottime, >, 0);
  g_assert_cmpint (ttecomm_clock_get_boottime_us (clock), >=, boottime);
  g_assert_nonnull (ttecomm_clock_get_boot_id (clock));
  g_assert_cmpstr (ttecomm_clock_get_boot_id (clock), !=, "");
}

/* The sandbox's time travel moves the wall clock only. */
static void
test_offset_moves_the_wall (void)
{
  g_autoptr (TtecommClock) clock = ttecomm_system_clock_new ();
  g_autoptr (TtecommClock) plain = ttecomm_system_clock_new ();
  gint64 boottime = ttecomm_clock_get_boottime_us (clock);
  gint64 wall = 0, moved = 0;

  ttecomm_system_clock_set_offset (TTECOMM_SYSTEM_CLOCK (clock), 86400 * 400);
  g_assert_true (ttecomm_clock_get_wall (plain, &wall));
  g_assert_true (ttecomm_clock_get_wall (clock, &moved));
  g_assert_cmpint (moved - wall, >=, 86400 * 400);
  g_assert_cmpint (moved - wall, <=, 86400 * 400 + 60);
  g_assert_cmpint (ttecomm_clock_get_boottime_us (clock) - boottime, <, 60 * G_USEC_PER_SEC);

  ttecomm_system_clock_set_offset (TTECOMM_SYSTEM_CLOCK (clock), G_MININT64);
  g_assert_true (ttecomm_clock_get_wall (clock, &moved));
  g_assert_cmpint (moved - wall, <=, -(gint64)G_MAXINT + 60);
}

static void
test_fake_clock (void)
{
  g_autoptr (TtecommFakeClock) fake = ttecomm_fake_clock_new (5000);
  TtecommClock *clock = TTECOMM_CLOCK (fake);
  gint64 wall = 0;

  ttecomm_fake_clock_advance (fake, 7);
  g_assert_true (ttecomm_clock_get_wall (clock, &wall));
  g_assert_cmpint (wall, ==, 5007);
  g_assert_cmpint (ttecomm_clock_get_boottime_us (clock), ==, 1007 * G_USEC_PER_SEC);
  g_assert_cmpstr (ttecomm_clock_get_boot_id (clock), ==, "boot-1");

  ttecomm_fake_clock_break_wall (fake);
  wall = 1;
  g_assert_false (ttecomm_clock_get_wall (clock, &wall));
  g_assert_cmpint (wall, ==, 1);

  ttecomm_fake_clock_set_wall (fake, 3);
  g_assert_true (ttecomm_clock_get_wall (clock, &wall));
  g_assert_cmpint (wall, ==, 3);

  ttecomm_fake_clock_reboot (fake, NULL, -1);
  ttecomm_fake_clock_advance (fake, 7);
  g_assert_cmpint (ttecomm_clock_get_boottime_us (clock), ==, -1);
  g_assert_null (ttecomm_clock_get_boot_id (clock));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "clock", "system-clock", test_system_clock);
  harness_add (harness, "clock", "offset-moves-the-wall", test_offset_moves_the_wall);
  harness_add (harness, "clock", "fake-clock", test_fake_clock);
}

HARNESS_MAIN (register_tests)
