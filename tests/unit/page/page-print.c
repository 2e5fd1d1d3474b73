/* SPDX-License-Identifier: MIT */
/* page-print FOLDER: writes every sample page, and the words of every decision, in every language.
 * On each system the same bytes come out (windows/compare). */
#include <glib/gstdio.h>
#include <string.h>

#include "plugin/page/page.h"
#include "tests/support/zone.h"
#include "tests/unit/page/gate-rows.h"
#include "tests/unit/page/many.h"
#include "tests/unit/page/scenarios.h"

#define MANY 200

/* As hosts ask for them. */
static const char *const locales[] = { "en", "de-AT", "fr-BE", "nl-BE" };

static void
write_file (const char *folder, const char *locale, const char *name, const char *bytes, gsize size)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", name, locale);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, bytes, (gssize)size, &error))
    g_error ("%s", error->message);
}

static void
print_page (const char *folder, const char *locale, const char *name, TtecommSnapshot *snapshot)
{
  g_autoptr (TtecommPage) page = ttecomm_page_build (snapshot);
  GBytes *json = ttecomm_page_get_json (page);

  write_file (folder, locale, name, g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  ttecomm_snapshot_free (snapshot);
}

static void
print_pages (const char *folder, const char *locale, TtecommText *text)
{
  TtecommSnapshot *many = sample_new_in (text);

  for (guint i = 0; i < scenario_count (); i++)
    print_page (folder, locale, scenario_name (i), scenario_new_in (text, scenario_name (i)));
  many_set (many, MANY);
  print_page (folder, locale, "many", many);
}

static void
append_words (GString *lines, const TtecommText *text, const TtecommWordFacts *facts)
{
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *message = NULL;

  ttecomm_gate_words (text, facts, &message, &buttons);
  g_string_append_printf (lines, "%s, %s, %s: %s\n", facts->code, facts->cause, facts->was,
                          message);
  for (guint i = 0; i < buttons->len; i++)
    {
      const TtecommButton *button = buttons->pdata[i];

      g_string_append_printf (lines, "  %s %d %s [%s]\n", button->id, (int)button->kind,
                              button->label, button->target != NULL ? button->target : "");
    }
}

static void
append_decision (GString *lines, const TtecommText *text, const char *code, const char *cause)
{
  TtecommWordFacts facts = gate_full_facts;
  TtecommWordFacts bare = { .code = code, .cause = cause != NULL ? cause : "", .was = "ended" };

  facts.code = code;
  facts.cause = bare.cause;
  facts.was = bare.was;
  append_words (lines, text, &facts);
  append_words (lines, text, &bare);
}

static void
print_decisions (const char *folder, const char *locale, const TtecommText *text)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (gsize i = 0; i < N_GATE_ROWS; i++)
    for (gsize k = 0; k < N_GATE_CAUSES; k++)
      append_decision (lines, text, gate_rows[i].code, gate_causes[k]);
  write_file (folder, locale, "decisions", lines->str, lines->len);
}

int
main (int argc, char **argv)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");

  if (argc != 2 || zone == NULL || g_mkdir_with_parents (argv[1], 0700) != 0)
    {
      g_printerr ("usage: page-print FOLDER\n");
      return 2;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autoptr (TtecommText) text = ttecomm_text_new_in_zone (locales[i], zone);

      print_pages (argv[1], locales[i], text);
      print_decisions (argv[1], locales[i], text);
    }
  return 0;
}
