/* SPDX-License-Identifier: MIT */
/*
 * How long the gate takes from the moment at which something can be known to its verdict, for every
 * row of wire-rows.c. A line a row: its name, a tab, "fact" or "limit", a tab, and the milliseconds
 * of each round, with spaces between. For a row that a time limit ends: how far past the limit.
 * tests/bench/bench-wire.c makes a table of it.
 *
 *   gate-wire-bench [ROUNDS]
 *
 * The moment is the server's misdeed where the server can tell it; for a name, a refused port and
 * an old TLS it is the question itself, so that connecting is counted as well: 10 to 40 ms of that
 * are glib-networking's, which reads the system's certificates for each new TLS connection. Nothing
 * is cached.
 */
#include "tests/unit/gate/wire-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#define DEFAULT_ROUNDS 11
#define MAX_ROUNDS 1000
#define LIMIT_MS 200

/* When it could be known; @begin_us is when it was asked. */
static gint64
get_fact_us (WireFixture *f, const WireRow *row, gint64 begin_us)
{
  gint64 fact_us = wire_cloud_get_fact_us (f->cloud);

  if (row->end == WIRE_FIRST_BYTE_LIMIT && fact_us != 0)
    return fact_us + LIMIT_MS * 1000;
  if (row->end != WIRE_AT_ONCE)
    return begin_us + LIMIT_MS * 1000;
  return fact_us != 0 ? fact_us : begin_us;
}

static double
measure (const WireRow *row, const char *folder)
{
  WireFixture f = { 0 };
  WireWait wait;
  gint64 begin_us;
  double ms;

  wire_fixture_init (&f, row, folder, LIMIT_MS);
  wire_fixture_put_cache (&f, WIRE_NO_CACHE);
  wire_fixture_start (&f, TRUE);
  begin_us = g_get_monotonic_time ();
  wire_check_begin (&f, &wait, TTECOMM_GATE_CLICK, 0, NULL);
  wire_wait (&f, &wait);
  g_assert_cmpint (wait.verdict->decision.cause, ==, row->cause);
  ms = (double)(wait.at_us - get_fact_us (&f, row, begin_us)) / 1000.0;
  wire_wait_clear (&wait);
  wire_fixture_clear (&f);
  return ms;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      remove_folder (path);
      g_remove (path);
    }
}

static void
print_row (const WireRow *row, guint rounds, const char *folder)
{
  g_print ("%s\t%s\t", row->name, row->end == WIRE_AT_ONCE ? "fact" : "limit");
  for (guint i = 0; i < rounds; i++)
    {
      g_print ("%s%.3f", i == 0 ? "" : " ", measure (row, folder));
      remove_folder (folder);
    }
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  guint64 rounds = DEFAULT_ROUNDS;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("gate-wire-bench-XXXXXX", &error);

  g_assert_no_error (error);
  if (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, 1, MAX_ROUNDS, &rounds, &error))
    {
      g_printerr ("ROUNDS: %s\n", error->message);
      return EXIT_FAILURE;
    }
  for (gsize i = 0; i < wire_n_rows; i++)
    print_row (&wire_rows[i], (guint)rounds, folder);
  g_rmdir (folder);
  return EXIT_SUCCESS;
}
