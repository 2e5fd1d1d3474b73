/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"

#include <string.h>

#define NAME_WIDTH 52
#define MISSES " misses  "
#define HOLDS " holds   "
#define OPEN "         "

static const struct
{
  const char *name;
  double size;
  int decimals;
} units[] = {
  [BENCH_UNIT_NS] = { "ns", 1, 0 },         [BENCH_UNIT_US] = { "us", 1e3, 1 },
  [BENCH_UNIT_MS] = { "ms", 1e6, 2 },       [BENCH_UNIT_KIB] = { "KiB", 1024, 0 },
  [BENCH_UNIT_MIB] = { "MiB", 1048576, 2 }, [BENCH_UNIT_NUMBER] = { "", 1, 0 },
};

static char *
dup_figure (double value, BenchUnit unit)
{
  return g_strdup_printf ("%.*f %s", units[unit].decimals, value / units[unit].size,
                          units[unit].name);
}

static char *
dup_target (const BenchRow *row)
{
  g_autofree char *figure = NULL;

  if (row->target_words != NULL)
    return g_strdup (row->target_words);
  if (row->target <= 0)
    return g_strdup ("-");
  figure = g_strdup_printf ("%g %s", row->target / units[row->unit].size, units[row->unit].name);
  return g_strdup_printf ("<= %s", g_strchomp (figure));
}

static char *
dup_high_name (double quantile)
{
  return g_strdup_printf ("p%g", quantile * 100);
}

void
bench_report_head (void)
{
  g_print ("%-*s %11s %19s %11s %9s  %-17s %-9s floor\n", NAME_WIDTH, "row", "median", "high",
           "floor", "ratio", "target", "");
}

void
bench_report (const Bench *bench, const BenchRow *row)
{
  double median = bench_series_get_median (row->subject);
  double high = bench_series_get_quantile (row->subject, row->high);
  double least = row->floor != NULL ? bench_series_get_median (row->floor) : 0;
  gboolean misses = row->target > 0 && (row->judged == BENCH_HIGH ? high : median) > row->target;
  g_autofree char *median_text = dup_figure (median, row->unit);
  g_autofree char *high_name = dup_high_name (row->high);
  g_autofree char *high_value = dup_figure (high, row->unit);
  g_autofree char *high_text = g_strconcat (high_name, " ", high_value, NULL);
  g_autofree char *floor_text = row->floor != NULL ? dup_figure (least, row->unit) : g_strdup ("-");
  g_autofree char *ratio = least > 0 ? g_strdup_printf ("%.2fx", median / least) : g_strdup ("-");
  g_autofree char *target = dup_target (row);

  g_print ("%-*s %11s %19s %11s %9s  %-17s%s %s\n", NAME_WIDTH, row->name, median_text, high_text,
           floor_text, ratio, target,
           row->target <= 0 ? OPEN
           : misses         ? MISSES
                            : HOLDS,
           row->floor_name != NULL ? row->floor_name : "");
}

gboolean
bench_is_row (const char *line)
{
  return strlen (line) > NAME_WIDTH && !g_str_has_prefix (line, "  note: ");
}

char *
bench_dup_missed (const char *line)
{
  if (!bench_is_row (line) || strstr (line + NAME_WIDTH, MISSES) == NULL)
    return NULL;
  return g_strchomp (g_strndup (line, NAME_WIDTH));
}

void
bench_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("  note: %s\n", text);
}
